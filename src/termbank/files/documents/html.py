"""HTML: what a page shows as prose, without its markup.

The text is the page's as read, a block on each line; lines are kept at their numbers in the file as
far as it has one for each block. Scripts, navigation, footers and hidden parts are no prose. A
comment that speaks to termbank stays, outside of any block.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from termbank.files.encoding import Decoded, decode
from termbank.model.document import Block, BlockKind, Document
from termbank.model.span import Span

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._-]+)", re.I)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "nav",
        "footer",
        "form",
        "button",
        "select",
        "option",
        "iframe",
        "object",
        "canvas",
        "audio",
        "video",
        "map",
        "head",
    ]
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_CODE = frozenset(("code", "kbd", "samp"))
"""Elements whose text is no prose: it is set between backquotes, and left out of a preformatted block."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "header",
        "hgroup",
        "legend",
        "br",
    ]
) | set(_HEADINGS)
_KINDS = {
    "li": BlockKind.ITEM,
    "dt": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
    "td": BlockKind.CELL,
    "th": BlockKind.CELL,
}
_BREAK = re.compile("(?<=[\u2e80-\u9fff\uff00-\uff60])[ \t]*[\r\n]\\s*(?=[\u2e80-\u9fff\uff00-\uff60])")
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read(data: bytes, name: str) -> Document:
    """The page's text, a block on each line."""
    decoded = _decode(data, name)
    page = _parse(decoded.text)
    return Document(name, page.text, tuple(page.blocks), decoded.encoding, None, decoded.remarks)


def _decode(data: bytes, name: str) -> Decoded:
    charset = _CHARSET.search(data[:4096])
    if charset and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        encoding = charset[1].decode("ascii").lower()
        encoding = "gb18030" if encoding in ("gb2312", "gbk") else encoding
        if encoding not in ("utf-8", "utf8", "utf-16"):
            try:
                return Decoded(data.decode(encoding), encoding)
            except (LookupError, UnicodeDecodeError, ValueError):
                pass
    return decode(data, name)


def _parse(text: str) -> _Page:
    page = _Page()
    try:
        page.feed(text)
        page.close()
    except AssertionError:  # the standard parser's word for a <![…] it does not know
        page = _Page()
        page.feed(text.replace("<![", "&lt;!["))
        page.close()
    page.finish()
    return page


class _Page(HTMLParser):
    """Gathers blocks of visible text as the tags go by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._parts: list[str] = []
        self._length = 0
        self._line = 1
        self._open: list[str] = []
        self._silent: list[str] = []
        self._words: list[str] = []
        self._words_line = 1
        self._begun = False
        self._pre = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.append(tag)
            return
        if tag == "body":  # a head that was never closed
            self._silent.clear()
        values = dict(attributes)
        hidden = "hidden" in values or values.get("aria-hidden") == "true"
        if (tag in _SILENT or hidden) and tag not in _VOID:
            self.finish()
            self._silent.append(tag)
            return
        if tag in _CODE and self._pre:
            self._silent.append(tag)
            return
        if tag in _BLOCKS:
            self.finish()
        if tag not in _VOID:
            self._open.append(tag)
            self._pre += tag == "pre"
        if tag in _CODE:
            self._words.append("`")

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
            return
        if tag in _BLOCKS:
            self.finish()
        if tag in _CODE and tag in self._open:
            self._words.append("`")
        if tag in self._open:
            while (last := self._open.pop()) != tag:
                self._pre -= last == "pre"
            self._pre -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._pre and "\n" in data:
            for number, line in enumerate(data.split("\n")):
                if number:
                    self.finish()
                self._say(line, self.getpos()[0] + number)
        else:
            self._say(data, self.getpos()[0])

    def _say(self, data: str, line: int) -> None:
        if not self._begun and data.strip():
            self._begun = True
            lead = data[: len(data) - len(data.lstrip())]
            self._words_line = line + lead.count("\n")
        self._words.append(data)

    def handle_comment(self, data: str) -> None:
        if data.strip().startswith("termbank:"):
            self.finish()
            self._emit(f"<!--{_SPACE.sub(' ', data)}-->", self.getpos()[0])

    def finish(self) -> None:
        """End the block that is open."""
        body = _SPACE.sub(" ", _BREAK.sub("", "".join(self._words))).strip(" \u3000\xa0")
        self._words.clear()
        self._begun = False
        if body:
            start = self._emit(body, self._words_line)
            self.blocks.append(Block(self._kind(), Span(start, start + len(body)), self._level()))

    def _emit(self, body: str, line: int) -> int:
        """Write a line at its number in the file, or the next free one; where it starts."""
        breaks = max(line - self._line, 1 if self._parts else 0)
        self._parts.append("\n" * breaks + body)
        start = self._length + breaks
        self._length = start + len(body)
        self._line += breaks
        return start

    def _kind(self) -> BlockKind:
        for tag in reversed(self._open):
            if tag in _HEADINGS:
                return BlockKind.HEADING
            if tag in _KINDS:
                return _KINDS[tag]
        return BlockKind.PARAGRAPH

    def _level(self) -> int:
        return next((_HEADINGS[tag] for tag in reversed(self._open) if tag in _HEADINGS), 0)
