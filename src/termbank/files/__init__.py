"""How files are written, whatever they say: encodings, XML, rows of a table, archives.

Bytes come in, text, events or rows go out. The formats and the readers both stand on this floor;
it knows nothing of terms or segments and opens nothing itself.
"""
