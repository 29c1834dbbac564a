"""The widgets of the terminal interface, and the modules that format values as lines for them."""
