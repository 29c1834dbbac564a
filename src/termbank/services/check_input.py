"""What is to be checked: files in, segment pairs out, with the texts in which waivers may stand.

Takes a pair of documents (aligned first), one bilingual file, or English alone; which of a pair is
the Chinese one is looked at, not believed. A TMX in UTF-8 is read as it is checked, so that its size
does not matter; everything else is read first. What is no text is refused by its kind.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from termbank.model.document import Document
from termbank.model.errors import TermbankError
from termbank.model.line_starts import LineStarts
from termbank.model.progress import Progress
from termbank.model.segment import SegmentPair
from termbank.services.file_access import (
    is_bilingual,
    is_chinese,
    read_bytes,
    read_document,
    read_pairs_and_remarks,
)
from termbank.surveying.provenance import provenance


@dataclass(frozen=True)
class Material:
    """Pairs, to be gone through once; the texts by file for waivers; and which side is the translation.

    `remarks` may grow while the pairs are read.
    """

    pairs: Iterable[SegmentPair]
    texts: dict[str, str]
    target: str = "en"
    alone: bool = False
    date: str | None = None
    remarks: Sequence[str] = ()


def material_of(
    target: Path,
    source: Path | None,
    *,
    lines: bool = False,
    semantic: bool = False,
    progress: Progress | None = None,
) -> Material:
    """Read what is to be checked, and pair it."""
    if is_bilingual(target) or (source is None and _is_a_memory(target)):
        if source is not None:
            raise TermbankError(
                "this file holds both languages already.", file=str(target), remedy="Leave --source out."
            )
        return _streamed(target) or _bilingual(target)
    for path in (target, source):
        if path is not None:
            _refuse_what_is_no_text(path)
    document = read_document(target)
    if source is None:
        return _alone(document, lines)
    return _pair(document, read_document(source), lines, semantic, progress)


def _bilingual(path: Path) -> Material:
    pairs, remarks = read_pairs_and_remarks(path)
    if not pairs:
        raise TermbankError(
            "there are no Chinese–English segments in it.", file=str(path), remedy="Check the languages."
        )
    return Material(pairs, {str(path): _as_text(path)}, remarks=remarks)


_PIECE = 1 << 16
_MARK = b"termbank:"


def _is_a_memory(path: Path) -> bool:
    """Whether an XML file is TMX or XLIFF under another name."""
    if path.suffix.lower() != ".xml" or not path.is_file():
        return False
    with path.open("rb") as file:
        return re.search(rb"<(?:tmx|xliff)\b", file.read(4096)) is not None


def _streamed(path: Path) -> Material | None:
    """The pairs of a file that can be read piece by piece; None where it must be read whole.

    So it must where it is not UTF-8, or holds waivers, whose lines are sought in its text.
    """
    from termbank.files.bitext import stream_pairs

    if not path.is_file() or not _is_plain(path):
        return None
    pairs = stream_pairs(str(path), _pieces(path))
    return Material(pairs, {str(path): ""}, remarks=pairs.remarks) if pairs is not None else None


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        if file.read(len(BOM_UTF8)) != BOM_UTF8:
            file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _is_plain(path: Path) -> bool:
    """Whether a file is UTF-8 by its bytes and by what it says, and without a mark of ours."""
    decoder, last = getincrementaldecoder("utf-8")(), b""
    try:
        for number, piece in enumerate(_pieces(path)):
            declared = piece[:300].lower() if number == 0 else b"utf-8"
            if b"encoding" in declared and b"utf-8" not in declared and b"utf8" not in declared:
                return False
            if b"\0" in piece or _MARK in last + piece:
                return False
            decoder.decode(piece)
            last = piece[-len(_MARK) :]
        decoder.decode(b"", final=True)
    except (OSError, UnicodeDecodeError):
        return False
    return True


def _as_text(path: Path) -> str:
    """The raw text of a bilingual file, in which inline waivers may stand; nothing where it is not text."""
    data = read_bytes(path)
    return "" if data[:2] == b"PK" else data.decode("utf-8", "replace")


_KINDS = {
    ".json": "JSON", ".jsonl": "JSON", ".toml": "a TOML file", ".tbx": "a TBX glossary", ".yaml": "YAML", ".yml": "YAML",
    ".css": "a style sheet", ".js": "a program", ".ts": "a program", ".py": "a program", ".sh": "a program",
    ".sql": "a program", ".xml": "XML", ".xsd": "a schema", ".rng": "a schema", ".rnc": "a schema", ".dtd": "a schema",
    ".sch": "a schema", ".svg": "a picture", ".png": "a picture", ".jpg": "a picture", ".jpeg": "a picture",
    ".gif": "a picture", ".sarif": "a report", ".sqlite": "a database", ".db": "a database", ".ini": "settings",
    ".cfg": "settings", ".lock": "settings", ".log": "a log",
}  # fmt: skip
_GLOSSARIES = (".toml", ".tbx", ".json", ".xml")


def _refuse_what_is_no_text(path: Path) -> None:
    """A glossary, a schema or a program given where a text is meant would be read as bad English."""
    kind = _KINDS.get(path.suffix.lower())
    if kind is None or not path.is_file():
        return
    remedy = "Give a text (.txt, .md, .html, .docx, .pdf) or a bilingual file (.tmx, .xlf, .po, .tsv, .xlsx)."
    if path.suffix.lower() in _GLOSSARIES:
        remedy = f"Give a glossary with --glossary, and what is to be checked as TARGET. {remedy}"
    raise TermbankError(f"this is {kind}, not a text to check.", file=str(path), remedy=remedy)


def _alone(document: Document, lines: bool) -> Material:
    from termbank import sentences

    if is_chinese(document):
        raise TermbankError(
            "this document is Chinese; alone, only English can be checked.",
            file=document.name,
            remedy="Give its English version as the target, and this file with --source.",
        )
    found = sentences.lines(document) if lines else sentences.segments(document, "en")
    if not found:
        raise TermbankError(
            "there is no text in it to check.", file=document.name, remedy="Give a file with sentences."
        )
    starts = LineStarts(document.text)
    pairs = []
    for item in found:
        line, column = starts.place(item.span.start)
        pairs.append(
            SegmentPair(
                "", item.text, None, document.name, en_start=item.span.start, en_line=line, en_column=column
            )
        )
    return Material(
        pairs,
        {document.name: document.text},
        alone=True,
        date=_date_of(document),
        remarks=document.remarks,
    )


def _pair(
    target: Document, source: Document, lines: bool, semantic: bool, progress: Progress | None
) -> Material:
    from termbank.services.align import align_documents

    towards_chinese = is_chinese(target) and not is_chinese(source)
    zh, en = (target, source) if towards_chinese else (source, target)
    texts = align_documents(zh, en, lines=lines, semantic=semantic, progress=progress)
    remarks = tuple(texts.remarks)
    if towards_chinese:
        remarks = (
            *remarks,
            f"{zh.name} is the Chinese side, so findings are placed in it; to have them in the English: "
            f"termbank check {en.name} --source {zh.name}",
        )
    if texts.alignment.relatedness is not None and texts.alignment.relatedness < UNRELATED:
        remarks = (
            *remarks,
            f"{target.name} hardly looks like a translation of {source.name}; findings may mislead.",
        )
    return Material(
        texts.pairs(),
        {texts.zh.name: texts.zh.text, texts.en.name: texts.en.text},
        "zh" if towards_chinese else "en",
        date=_date_of(texts.en),
        remarks=remarks,
    )


UNRELATED = 0.5


def _date_of(document: Document) -> str | None:
    if document.source is not None and document.source.date:
        return document.source.date
    return provenance(document.text).date
