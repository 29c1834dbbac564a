"""DOCX: paragraphs, headings, list items and table cells, a paragraph on each line.

The archive is measured before it is unpacked and its XML read without entities. Deleted and moved
text, field codes and ruby are left out; text boxes follow their paragraph, notes stand at the end.
Pages' headers and footers are no prose.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

from termbank.files.archives import member, open_zip
from termbank.files.remarks import remark_on
from termbank.files.xml import Element, Records, TextPiece
from termbank.model.document import Block, BlockKind, Document
from termbank.model.errors import UnreadableError
from termbank.model.message import Message, message, plural
from termbank.model.span import Span

_SKIPPED = frozenset(("Fallback", "moveFrom", "rt", "pPr", "rPr", "del"))
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_Styles = dict[str, tuple[BlockKind, int]]
_LEVEL = re.compile(r"heading (\d)")


def read(data: bytes, name: str) -> Document:
    """The document's text, its notes at the end."""
    if not data.startswith(b"PK"):
        raise UnreadableError(
            message("this is not a DOCX."),
            file=name,
            remedy=message("Save it as .docx without a password, or as plain text."),
        )
    archive = open_zip(data, name)
    main = _main_part(archive, name)
    styles = _styles(archive, name)
    remarks: list[str] = []
    found = list(_paragraphs(archive, main, name, styles, "p"))
    for part, note in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        notes = list(_paragraphs(archive, part, name, styles, note))
        if notes:
            remarks.append(remark_on(name, _remark_on_notes(note, len(notes))))
        found += notes
    return _document(name, found, remarks)


def _remark_on_notes(kind: str, count: int) -> Message:
    if kind == "footnote":
        return plural(
            "{count} footnote is at the end of the text.",
            "{count} footnotes are at the end of the text.",
            count,
        )
    return plural(
        "{count} endnote is at the end of the text.", "{count} endnotes are at the end of the text.", count
    )


def _document(name: str, found: list[tuple[str, BlockKind, int]], remarks: list[str]) -> Document:
    lines: list[str] = []
    blocks: list[Block] = []
    offset = 0
    for text, kind, level in found:
        body = text.strip()
        if body:
            start = offset + text.index(body[0])
            blocks.append(Block(kind, Span(start, start + len(body)), level))
        lines.append(text)
        offset += len(text) + 1
    return Document(name, "\n".join(lines), tuple(blocks), "docx", None, tuple(remarks))


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    names = archive.namelist()
    relations = member(archive, "_rels/.rels", name)
    if relations is not None:
        for relation in Records(relations, name, {"Relationship"}):
            target = relation.get("Target").lstrip("/")
            if relation.get("Type").endswith("/officeDocument") and target in names and "word" in target:
                return target
    if "word/document.xml" in names:
        return "word/document.xml"
    raise UnreadableError(
        message("this is a spreadsheet, not a DOCX.")
        if "xl/workbook.xml" in names
        else message("this is a ZIP archive of something else, not a DOCX."),
        file=name,
        remedy=message("Give the document itself."),
    )


def _styles(archive: zipfile.ZipFile, name: str) -> _Styles:
    """What each paragraph style means, where it means something: headings and list items."""
    data = member(archive, "word/styles.xml", name)
    kinds: _Styles = {}
    for style in Records(data, name, {"style"}) if data else ():
        label = style.child("name")
        word = label.get("val").lower() if label is not None else ""
        match = _LEVEL.match(word)
        if match or word in ("title", "subtitle"):
            kinds[style.get("styleId")] = (BlockKind.HEADING, int(match[1]) if match else 1)
        elif word.startswith("list"):
            kinds[style.get("styleId")] = (BlockKind.ITEM, 0)
    return kinds


def _paragraphs(
    archive: zipfile.ZipFile, part: str, name: str, styles: _Styles, wanted: str
) -> Iterator[tuple[str, BlockKind, int]]:
    """(text, kind, level) of each paragraph in a part, or of each paragraph of its notes."""
    data = member(archive, part, name)
    if data is None:
        return
    for element in Records(data, name, {wanted}):
        if wanted == "p":
            yield from _paragraph_and_boxes(element, styles)
        elif element.get("type") not in ("separator", "continuationSeparator", "continuationNotice"):
            for paragraph in element.children("p"):
                yield from _paragraph_and_boxes(paragraph, styles)


def _paragraph_and_boxes(paragraph: Element, styles: _Styles) -> Iterator[tuple[str, BlockKind, int]]:
    """The paragraph, then those of the text boxes in it."""
    boxes: list[Element] = []
    text = "".join(_pieces(paragraph, boxes))
    yield (text, *_kind(paragraph, styles))
    for box in boxes:
        yield from _paragraph_and_boxes(box, styles)


def _pieces(paragraph: Element, boxes: list[Element]) -> Iterator[str]:
    stack: list[Element | TextPiece] = list(reversed(paragraph.content))
    while stack:
        item = stack.pop()
        if isinstance(item, TextPiece):
            if item.characters.strip():  # whitespace between elements is layout
                continue
        elif item.name == "p":
            boxes.append(item)
        elif item.name == "t":
            yield item.text()
        elif item.name in _MARKS:
            yield "" if item.get("type") == "page" else _MARKS[item.name]
        elif item.name not in _SKIPPED:
            stack.extend(reversed(item.content))


def _kind(paragraph: Element, styles: _Styles) -> tuple[BlockKind, int]:
    properties = paragraph.child("pPr")
    if properties is not None:
        style, outline = properties.child("pStyle"), properties.child("outlineLvl")
        known = styles.get(style.get("val")) if style is not None else None
        if known is not None and known[0] is BlockKind.HEADING:
            return known
        if outline is not None and outline.get("val").isdigit() and int(outline.get("val")) < 9:
            return BlockKind.HEADING, int(outline.get("val")) + 1
        if known is not None or properties.child("numPr") is not None:
            return BlockKind.ITEM, 0
    above = paragraph.above
    while above is not None:
        if above.name == "tc":
            return BlockKind.CELL, 0
        above = above.above
    return BlockKind.PARAGRAPH, 0
