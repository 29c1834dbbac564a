"""What Chinese and English look like: pure functions on strings."""
