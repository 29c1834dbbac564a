"""Documents: plain text, Markdown, HTML, DOCX and the text layer of a PDF.

A reader keeps the text as it was given and marks blocks in it by span; it names the encoding and remarks on what it
could not read. A file that cannot be read at all is an UnreadableError.
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from termbank.files.file_kinds import FileKind, kind_of_suffix, suffix_of
from termbank.model.document import Document
from termbank.model.errors import UnreadableError
from termbank.model.message import message

DOCUMENT_KINDS: tuple[FileKind, ...] = (
    FileKind("text", (".txt", ".text", ".utf8", ""), "text"),
    FileKind("markdown", (".md", ".markdown", ".mdown"), "markdown"),
    FileKind("html", (".html", ".htm", ".xhtml"), "html"),
    FileKind("docx", (".docx",), "docx"),
    FileKind("pdf", (".pdf",), "pdf"),
)
"""Each kind's module has `read(data, name) -> Document`."""


class _DocumentReader(Protocol):
    def read(self, data: bytes, name: str) -> Document: ...


def kind_of_document(data: bytes, name: str) -> str:
    """The kind of a document, by its first bytes or its suffix; a file of unknown suffix is text."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    return kind_of_suffix(suffix_of(name), DOCUMENT_KINDS) or "text"


def read(data: bytes, name: str, *, kind: str | None = None) -> Document:
    """Read a document.

    Args:
        name: What the person calls the file; its suffix decides the kind unless `kind` is given.
        data: The file.
        kind: The name of one of `DOCUMENT_KINDS`.

    Raises:
        UnreadableError: The file is empty, damaged or of another kind.
    """
    if not data.strip():
        raise UnreadableError(
            message("the file is empty."), file=name, remedy=message("Give a file with text in it.")
        )
    wanted = kind or kind_of_document(data, name)
    module = next((each.module for each in DOCUMENT_KINDS if each.name == wanted), None)
    if module is None:
        raise UnreadableError(
            message("there is no reader for “{kind}”.", kind=wanted),
            file=name,
            remedy=message("Use one of: {names}.", names=", ".join(each.name for each in DOCUMENT_KINDS)),
        )
    reader = cast(_DocumentReader, import_module(f"termbank.files.documents.{module}"))
    document = reader.read(data, name)
    if not document.text.strip():
        raise UnreadableError(
            message("the file holds no text."), file=name, remedy=message("Give a file with text in it.")
        )
    return document
