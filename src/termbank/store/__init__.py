"""The bank on disk; nothing else speaks SQL."""
