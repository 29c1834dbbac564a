"""Query keys, and the ranking of terms that answer a query."""
