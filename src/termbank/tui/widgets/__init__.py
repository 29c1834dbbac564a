"""The widgets of the terminal interface, and what they draw as lines."""
