"""The nouns: frozen values on the standard library alone, without files, clock or randomness."""
