"""The step from a document to its segments."""
