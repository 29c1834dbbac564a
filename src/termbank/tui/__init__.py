"""The Textual face: a wish becomes a service call, an answer becomes marks."""
