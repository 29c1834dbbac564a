"""The step from a glossary and decisions to the next glossary."""
