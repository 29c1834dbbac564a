"""Reads what is to be checked: files in, segment pairs out, with the texts in which inline waivers are looked for.

The input is a pair of documents (aligned first), one bilingual file or one document that holds both languages in turn, or
English alone; which document of a pair is the
Chinese one is decided by its text. A TMX in UTF-8 is read while it is checked, so that its size does not matter;
everything else is read first. Each file is opened once.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from termbank.files.bitext import read_pairs, stream_pairs
from termbank.model.document import Document
from termbank.model.errors import TermbankError
from termbank.model.line_starts import LineStarts
from termbank.model.message import message
from termbank.model.progress import Progress
from termbank.model.segment import SegmentPair
from termbank.sentences.interleaved import separate_languages
from termbank.services.file_access import LARGEST, is_bilingual, is_chinese, read_bytes, read_document
from termbank.surveying.provenance import provenance


@dataclass(frozen=True)
class TextToCheck:
    """The pairs to check and what goes with them.

    Attributes:
        pairs: to be iterated over once.
        texts: by file, the text in which inline waivers are looked for.
        target: the language of the translation, `en` or `zh`.
        alone: whether there is English without its source.
        date: when the translation was made, as its head has it.
        remarks: what the user should know; may grow while the pairs are read.
    """

    pairs: Iterable[SegmentPair]
    texts: dict[str, str]
    target: str = "en"
    alone: bool = False
    date: str | None = None
    remarks: Sequence[str] = ()


def read_text_to_check(
    target: Path | Document,
    source: Path | Document | None,
    *,
    lines: bool = False,
    semantic: bool = False,
    progress: Progress | None = None,
) -> TextToCheck:
    """Read what is to be checked, and pair it.

    Args:
        target: the translation, a bilingual file, or a document already read.
        source: the Chinese text, if any.

    Raises:
        TermbankError: a file cannot be read, or is not a text to check.
    """
    if isinstance(target, Path) and (bilingual := _bilingual_text(target, source)) is not None:
        return bilingual
    document = _document(target)
    if source is None:
        sides = separate_languages(document)
        if sides is not None:
            zh, en = sides
            return _read_pair(en, zh, lines, semantic, progress)
        return _read_alone(document, lines)
    return _read_pair(document, _document(source), lines, semantic, progress)


def _document(text: Path | Document) -> Document:
    """The text as a document; a file of another kind than text is refused."""
    if isinstance(text, Document):
        return text
    _refuse_other_kinds(text)
    return read_document(text)


def _bilingual_text(target: Path, source: Path | Document | None) -> TextToCheck | None:
    """The pairs of a file that has both languages; None for any other file."""
    if is_bilingual(target):
        if source is not None:
            raise TermbankError(
                message("this file holds both languages already."),
                file=str(target),
                remedy=message("Leave --source out."),
            )
        return _read_tmx(target) if _may_be_streamed(target) else _read_bilingual(target, read_bytes(target))
    if source is None and target.suffix.lower() == ".xml" and target.is_file():
        data = read_bytes(target)
        if re.search(rb"<(?:tmx|xliff)\b", data[:_HEAD]) is not None:
            return _read_bilingual(target, data)
    return None


_HEAD = 4096
"""Bytes within which an XML file has its outermost element."""


def _read_bilingual(path: Path, data: bytes) -> TextToCheck:
    """The pairs of a bilingual file that is read as a whole."""
    reading = read_pairs(data, str(path))
    if not reading.pairs:
        raise TermbankError(
            message("there are no Chinese–English segments in it."),
            file=str(path),
            remedy=message("Check the languages."),
        )
    text = "" if data[:2] == b"PK" else data.decode("utf-8", "replace")
    return TextToCheck(reading.pairs, {str(path): text}, remarks=reading.remarks)


# -- a TMX, read while it is checked ------------------------------------------------------------


_PIECE = 1 << 16
_WAIVER_MARK = b"termbank:"


def _may_be_streamed(path: Path) -> bool:
    return path.suffix.lower() == ".tmx" and path.is_file() and os.access(path, os.R_OK)


def _read_tmx(path: Path) -> TextToCheck:
    """The pairs of a TMX, read piece by piece where that is possible.

    It is not where the file is not UTF-8, or has inline waivers: their lines are looked up in its text.
    """
    file = path.open("rb")
    if _is_plain(file):
        pairs = stream_pairs(str(path), _pieces(file))
        if pairs is not None:
            return TextToCheck(pairs, {str(path): ""}, remarks=pairs.remarks)
    with file:
        if os.fstat(file.fileno()).st_size > LARGEST:
            return _read_bilingual(path, read_bytes(path))  # says that it is too large
        file.seek(0)
        return _read_bilingual(path, file.read())


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """A file from its beginning, without its byte order mark; it is closed at the end."""
    file.seek(0)
    with file:
        if file.read(len(BOM_UTF8)) != BOM_UTF8:
            file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _is_plain(file: BinaryIO) -> bool:
    """Whether a file is UTF-8 by its bytes and by its XML declaration, and has no inline waiver."""
    decoder, last = getincrementaldecoder("utf-8")(), b""
    declared = file.read(_PIECE)[:300].lower()
    if b"encoding" in declared and b"utf-8" not in declared and b"utf8" not in declared:
        return False
    file.seek(0)
    try:
        while piece := file.read(_PIECE):
            if b"\0" in piece or _WAIVER_MARK in last + piece:
                return False
            decoder.decode(piece)
            last = piece[-len(_WAIVER_MARK) :]
        decoder.decode(b"", final=True)
    except (OSError, UnicodeDecodeError):
        return False
    return True


# -- documents -----------------------------------------------------------------------------


_KINDS = {
    ".json": "JSON", ".jsonl": "JSON", ".toml": "a TOML file", ".tbx": "a TBX glossary", ".yaml": "YAML", ".yml": "YAML",
    ".css": "a style sheet", ".js": "a program", ".ts": "a program", ".py": "a program", ".sh": "a program",
    ".sql": "a program", ".xml": "XML", ".xsd": "a schema", ".rng": "a schema", ".rnc": "a schema", ".dtd": "a schema",
    ".sch": "a schema", ".svg": "an image", ".png": "an image", ".jpg": "an image", ".jpeg": "an image",
    ".gif": "an image", ".sarif": "a report", ".sqlite": "a database", ".db": "a database", ".ini": "settings",
    ".cfg": "settings", ".lock": "settings", ".log": "a log",
}  # fmt: skip
_GLOSSARIES = (".toml", ".tbx", ".json", ".xml")


def _refuse_other_kinds(path: Path) -> None:
    """Refuse a glossary, a schema or a program given as a text: it would be read as bad English."""
    suffix = path.suffix.lower()
    kind = _KINDS.get(suffix)
    if kind is None or not path.is_file():
        return
    if suffix in _GLOSSARIES:
        remedy = message(
            "Give a glossary with --glossary, and what is to be checked as TARGET. "
            "Give a text (.txt, .md, .html, .docx, .pdf) or a bilingual file (.tmx, .xlf, .po, .tsv, .xlsx)."
        )
    else:
        remedy = message(
            "Give a text (.txt, .md, .html, .docx, .pdf) or a bilingual file (.tmx, .xlf, .po, .tsv, .xlsx)."
        )
    raise TermbankError(
        message("this is {kind}, not a text to check.", kind=kind), file=str(path), remedy=remedy
    )


def _read_alone(document: Document, lines: bool) -> TextToCheck:
    from termbank import sentences

    if is_chinese(document):
        raise TermbankError(
            message("this document is Chinese; alone, only English can be checked."),
            file=document.name,
            remedy=message("Give its English version as the target, and this file with --source."),
        )
    found = sentences.split_lines(document) if lines else sentences.split_document(document, "en")
    if not found:
        raise TermbankError(
            message("there is no text in it to check."),
            file=document.name,
            remedy=message("Give a file with sentences."),
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
    return TextToCheck(
        pairs,
        {document.name: document.text},
        alone=True,
        date=_date_of(document),
        remarks=document.remarks,
    )


UNRELATED = 0.5
"""Relatedness of an alignment below which its two texts hardly translate one another."""


def _read_pair(
    target: Document, source: Document, lines: bool, semantic: bool, progress: Progress | None
) -> TextToCheck:
    from termbank.services.align import align_documents

    into_chinese = is_chinese(target) and not is_chinese(source)
    zh, en = (target, source) if into_chinese else (source, target)
    texts = align_documents(zh, en, lines=lines, semantic=semantic, progress=progress)
    remarks = list(texts.remarks)
    if into_chinese:
        remarks.append(
            message(
                "{zh} is the Chinese side, so findings are placed in it; to have them in the English: "
                "termbank check {en} --source {zh}",
                zh=zh.name,
                en=en.name,
            )
        )
    if texts.alignment.relatedness is not None and texts.alignment.relatedness < UNRELATED:
        remarks.append(
            message(
                "{target} hardly looks like a translation of {source}; findings may mislead.",
                target=target.name,
                source=source.name,
            )
        )
    return TextToCheck(
        texts.pairs(),
        {texts.zh.name: texts.zh.text, texts.en.name: texts.en.text},
        "zh" if into_chinese else "en",
        date=_date_of(texts.en),
        remarks=remarks,
    )


def _date_of(document: Document) -> str | None:
    if document.source is not None and document.source.date:
        return document.source.date
    return provenance(document.text).date
