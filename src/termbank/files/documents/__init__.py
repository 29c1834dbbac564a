"""The shelf of readers: bytes in, a Document or pairs of segments out.

`read` takes plain text, Markdown, HTML, DOCX and the text layer of a PDF; `bilingual.read_pairs`
takes files that hold both languages. A reader keeps the text as it was given and marks blocks in
it by span; it names the encoding and remarks on what it could not read. What cannot be read at
all is an UnreadableError in one sentence.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple, Protocol, cast

from termbank.model.document import Document
from termbank.model.errors import UnreadableError


class DocumentKind(NamedTuple):
    """One kind of document: `module` is looked up here, and has `read(name, data) -> Document`."""

    name: str
    suffixes: tuple[str, ...]
    module: str


KINDS: tuple[DocumentKind, ...] = (
    DocumentKind("text", (".txt", ".text", ".utf8", ""), "text"),
    DocumentKind("markdown", (".md", ".markdown", ".mdown"), "markdown"),
    DocumentKind("html", (".html", ".htm", ".xhtml"), "html"),
    DocumentKind("docx", (".docx",), "docx"),
    DocumentKind("pdf", (".pdf",), "pdf"),
)


class _DocumentReader(Protocol):
    def read(self, name: str, data: bytes) -> Document: ...


def suffix_of(name: str) -> str:
    """The last suffix of a file's name in small letters, with its dot, or nothing."""
    stem = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "." + stem.rsplit(".", 1)[1].lower() if "." in stem.lstrip(".") else ""


def kind_of(name: str, data: bytes) -> str:
    """The kind a file's first bytes tell, or its suffix; an unknown suffix is read as text."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    suffix = suffix_of(name)
    for kind in KINDS:
        if suffix in kind.suffixes:
            return kind.name
    return "text"


def read(name: str, data: bytes, *, kind: str | None = None) -> Document:
    """The document in `data`; `name` is what the person calls it and tells the kind unless it is given.

    Raises UnreadableError where there is nothing to read.
    """
    if not data.strip():
        raise UnreadableError("the file is empty.", file=name, remedy="Give a file with text in it.")
    wanted = kind or kind_of(name, data)
    for each in KINDS:
        if each.name == wanted:
            reader = cast(_DocumentReader, import_module(f"termbank.files.documents.{each.module}"))
            document = reader.read(name, data)
            if not document.text.strip():
                raise UnreadableError(
                    "the file holds no text.", file=name, remedy="Give a file with text in it."
                )
            return document
    raise UnreadableError(
        f"no reader for “{wanted}”.",
        file=name,
        remedy=f"Use one of: {', '.join(each.name for each in KINDS)}.",
    )
