"""What the screens show, formatted as lines of text."""
