"""The step from documents and a glossary to attestations."""
