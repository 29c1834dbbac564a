"""The terminal interface, built with Textual: it calls services and shows their answers."""
