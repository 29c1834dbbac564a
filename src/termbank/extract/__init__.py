"""The step from an alignment to candidates."""
