"""Reading and writing files, whatever they contain.

`documents` reads texts, `bitext` pairs of segments, `glossaries` reads and writes concepts; the modules beside them read
encodings, XML, TMX, tables and archives for all three. Nothing here opens a file: data are bytes.
"""
