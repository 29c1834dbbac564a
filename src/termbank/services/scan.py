"""Scan one document of either language for the bank's terms: a glossary to read before translating it.

A scan has the matches with their spans, and one line for each concept found: its renderings by status, how often it
occurs, and where first. Each block is searched by itself, so that no term is found across a heading and its paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from termbank.matching.matcher import Matcher
from termbank.matching.scan import Scan
from termbank.model.document import Document
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.span import Span
from termbank.reports import scan_csv, scan_json, write
from termbank.services.file_access import read_document
from termbank.services.matcher_cache import matcher_of
from termbank.text.characters_zh import looks_chinese
from termbank.text.scripts import script_of


def scan_file(path: Path, glossary: Glossary, *, nested: bool = False) -> Scan:
    """Scan a file; raises UnreadableError where it cannot be read."""
    return scan(read_document(path), glossary, nested=nested)


def scan(
    document: Document,
    glossary: Glossary,
    *,
    nested: bool = False,
    matchers: Callable[[Glossary], Matcher] = matcher_of,
) -> Scan:
    """Find the glossary's terms in a document; terms inside others only where `nested`.

    In English alone, ordinary words (`MatchFlag.ALIGNED`) are left out. `matchers` gives the matcher of a glossary.
    """
    text = document.text
    spans = [block.span for block in document.blocks] or [Span(0, len(text))]
    chinese = looks_chinese(text)
    matcher = matchers(glossary if chinese else glossary.without_aligned_terms)
    language = (script_of(text) or Language.ZH_HANS) if chinese else Language.EN
    return Scan(document, language, matcher.find_in(text, spans, nested, chinese=chinese))


def report(scanned: Scan, form: str, *, width: int = 100) -> str:
    """The scan as text, json or csv; raises TermbankError for any other form."""
    return write("scan", form, scanned, **({"width": width} if form == "text" else {}))


def record(scanned: Scan) -> dict[str, Any]:
    """The scan as plain values, as its JSON has them."""
    return scan_json.record(scanned)


def table(scans: Iterable[Scan]) -> Iterator[str]:
    """The scans of several documents as one CSV table, piece by piece; its first column is the document."""
    return scan_csv.table(scans)
