"""The step from two lists of segments to an alignment."""
