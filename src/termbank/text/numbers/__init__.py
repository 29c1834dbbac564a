"""Numbers in Chinese and English text, and their values."""
