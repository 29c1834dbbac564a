"""Vectorised search: many places or long texts at once, by the same rules as the scalar modules."""
