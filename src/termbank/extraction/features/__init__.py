"""Features of the English spans that may render a term."""
