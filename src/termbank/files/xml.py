"""XML read safely, one record at a time, with the place of every text.

Expat parses; elements of the wanted names are yielded whole and then forgotten, so memory stays flat. Nothing is ever
fetched: a DOCTYPE is passed over, and a file that declares entities or refers to external ones is refused. Names come
without their prefix. Positions are code points in the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from termbank.files.byte_positions import BytePositions, StreamPositions
from termbank.files.encoding import Decoded, decode
from termbank.files.remarks import remark_on
from termbank.model.errors import UnreadableError
from termbank.model.message import Message, message

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_MARK = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DEEPEST = 400
_STEP = 1 << 16
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


NATIVE_CODES = frozenset(("bpt", "ept", "ph", "it", "ut"))
"""Inline elements of TMX, TBX and XLIFF 1.2 that hold another format's codes, not text."""


@dataclass(slots=True)
class TextPiece:
    """Characters of an element, with the byte they begin at."""

    characters: str
    byte: int


@dataclass(slots=True)
class Element:
    """An element with its content in order; `byte` is where its tag begins.

    `above` is the element around a wanted one, known without its content.
    """

    name: str
    attributes: dict[str, str]
    byte: int
    content: list[Element | TextPiece] = field(default_factory=list)
    above: Element | None = None

    def nearest_attribute(self, key: str) -> str | None:
        """The attribute of the nearest element around it that has it, itself included."""
        element: Element | None = self
        while element is not None:
            if key in element.attributes:
                return element.attributes[key]
            element = element.above
        return None

    def get(self, key: str, default: str = "") -> str:
        return self.attributes.get(key, default)

    def children(self, *names: str) -> Iterator[Element]:
        """The child elements of these names, or all of them."""
        return (
            item for item in self.content if isinstance(item, Element) and (not names or item.name in names)
        )

    def child(self, *names: str) -> Element | None:
        return next(self.children(*names), None)

    def descendants(self) -> Iterator[Element]:
        """The element and all below it, in document order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(list(element.children())))

    def texts(self, skip: Collection[str] = ()) -> Iterator[TextPiece]:
        """The pieces of text in it, in order, but for elements named in `skip`."""
        stack: list[Element | TextPiece] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, TextPiece):
                yield item
            elif item is self or item.name not in skip:
                stack.extend(reversed(item.content))

    def text(self, skip: Collection[str] = ()) -> str:
        return "".join(piece.characters for piece in self.texts(skip))


class Records:
    """The elements of some names in an XML file, to be read once, in order.

    `root` and its attributes are known after the first step; `remarks` grow while reading.
    """

    def __init__(self, data: bytes, name: str, wanted: Collection[str]) -> None:
        self.name = name
        decoded = _decode(data, name)
        self.encoding = decoded.encoding
        self.remarks: list[str] = list(decoded.remarks)
        self.root: Element | None = None
        data = decoded.text.encode("utf-8", "replace")
        self.places: BytePositions | StreamPositions = BytePositions(data)
        self._length = len(data)
        self._pieces: Iterable[bytes] = (data[at : at + _STEP] for at in range(0, len(data), _STEP))
        self._begins = b""
        self._wanted = frozenset(wanted)
        self._stack: list[Element] = []
        self._around: list[Element] = []
        self._done: list[Element] = []
        self._skipped: set[str] = set()
        self._is_root_enough = False

    @classmethod
    def of_pieces(cls, pieces: Iterable[bytes], name: str, wanted: Collection[str]) -> Records:
        """The records of a file given piece by piece, in UTF-8 without a mark; places are known as they pass."""
        records = cls(b"", name, wanted)
        records.encoding = "utf-8"
        records.places = StreamPositions()
        records._pieces = pieces
        return records

    def __iter__(self) -> Iterator[Element]:
        from xml.parsers import expat

        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._refuse_entities
        parser.ExternalEntityRefHandler = self._refuse_external
        parser.SkippedEntityHandler = self._skip_entity
        self._parser = parser
        try:
            for piece in self._pieces:
                self._begins = self._begins or piece.lstrip()[:1]
                self._feed(piece)
                parser.Parse(piece, False)
                if self._is_root_enough and self.root is not None:
                    return
                yield from self._given()
            parser.Parse(b"", True)
            yield from self._given()
        except expat.ExpatError as error:
            raise self._broken(error) from None
        finally:
            del self._parser
        if self._skipped:
            names = ", ".join(f"&{each};" for each in sorted(self._skipped))
            self.remarks.append(
                remark_on(self.name, message("Ignored unknown entities: {names}.", names=names))
            )

    def _feed(self, piece: bytes) -> None:
        if isinstance(self.places, StreamPositions):
            if self.places.end:
                self.places.forget(self._stack[0].byte if self._stack else self._parser.CurrentByteIndex)
            self.places.feed(piece)
            self._length = self.places.end

    def place(self, byte: int) -> tuple[int, int, int]:
        """(code-point offset, line, column) of a byte."""
        return (self.places.offset(byte), *self.places.line_column(byte))

    def line(self, element: Element) -> int:
        return self.places.line_column(element.byte)[0]

    def _given(self) -> list[Element]:
        done, self._done = self._done, []
        return done

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._stack) + len(self._around) >= _DEEPEST:
            raise self._fault(
                message("the XML is nested too deeply to be read."),
                message("Give a file of the format itself."),
            )
        name = tag.rpartition(":")[2] if ":" in tag else tag
        element = Element(name, _local(attributes) if attributes else {}, self._parser.CurrentByteIndex)
        if self.root is None:
            self.root = element
        if self._stack:  # no way up from here: a circle of references would outlive its use
            self._stack[-1].content.append(element)
            self._stack.append(element)
            return
        element.above = self._around[-1] if self._around else None
        (self._stack if name in self._wanted else self._around).append(element)

    def _end(self, tag: str) -> None:
        if not self._stack:
            self._around.pop()
            return
        element = self._stack.pop()
        if not self._stack:
            self._done.append(element)

    def _characters(self, characters: str) -> None:
        if not self._stack:
            return
        content = self._stack[-1].content
        if content and isinstance(last := content[-1], TextPiece):
            last.characters += characters
        else:
            content.append(TextPiece(characters, self._parser.CurrentByteIndex))

    def _refuse_entities(self, name: str, *_: Any) -> None:
        raise self._fault(
            message("it declares an entity (“{name}”), which can hide an attack.", name=name),
            message("Remove the <!ENTITY> lines, or export the file again without them."),
        )

    def _refuse_external(self, *_: Any) -> int:
        raise self._fault(
            message("it refers to another file, which is never fetched."),
            message("Export the file again, whole."),
        )

    def _skip_entity(self, name: str, is_parameter: bool) -> None:
        from html.entities import html5

        character = html5.get(f"{name};")
        if is_parameter:
            return
        if character is None:
            self._skipped.add(name)
        else:
            self._characters(character)

    def _fault(self, what: Message, remedy: Message) -> UnreadableError:
        return UnreadableError(what, file=self.name, line=self._parser.CurrentLineNumber, remedy=remedy)

    def _broken(self, error: Any) -> UnreadableError:
        from xml.parsers.expat import errors

        if error.code == 3 and not self._begins:
            return UnreadableError(
                message("the file is empty."), file=self.name, remedy=message("Export it again.")
            )
        if self.root is None and self._begins != b"<":
            return UnreadableError(
                message("this is not XML."),
                file=self.name,
                remedy=message("Check that it is the right file."),
            )
        at_end = error.code in (3, 5, 13) or self._is_last_line(error.lineno)
        cut = at_end and error.code in (3, 4, 5, 13, 20)
        what = (
            message("the file is cut short: its XML does not end.")
            if cut
            else message("the XML is broken: {reason}.", reason=errors.messages[error.code])
        )
        return UnreadableError(
            what,
            file=self.name,
            line=error.lineno,
            column=error.offset + 1,
            remedy=message("Export it again."),
        )

    def _is_last_line(self, line: int) -> bool:
        if isinstance(self.places, StreamPositions) and any(b"\n" in piece for piece in self._pieces):
            return False
        return self.places.line_column(self._length)[0] <= line


def _local(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes without their prefixes; xml:lang wins over lang."""
    for key in attributes:
        if ":" in key:
            break
    else:
        return attributes
    local: dict[str, str] = {}
    for key, value in attributes.items():
        short = key.rpartition(":")[2]
        if short not in local or key.startswith("xml:"):
            local[short] = value
    return local


def _decode(data: bytes, name: str) -> Decoded:
    """The text: by its mark, else as it declares itself where that works, else as it looks."""
    if not data.startswith(_MARK) and (declared := _DECLARED.match(data.lstrip()[:300])):
        encoding = declared[1].decode("ascii").lower()
        if encoding not in ("utf-8", "utf8", "utf-16"):
            try:
                text = data.decode("gb18030" if encoding in ("gb2312", "gbk") else encoding)
            except (LookupError, UnicodeDecodeError, ValueError):
                pass
            else:
                if text.lstrip().startswith("<"):
                    return Decoded(text, encoding)
    return decode(data, name)


def root_of(data: bytes, name: str) -> Element:
    """The outermost element, without its content; the rest of the file is not read."""
    records = Records(data, name, ())
    records._is_root_enough = True
    for _ in records:  # pragma: no cover - nothing is wanted, so nothing is given
        break
    if records.root is None:
        raise UnreadableError(
            message("this is not XML."), file=name, remedy=message("Check that it is the right file.")
        )
    return records.root


def escape(text: str) -> str:
    """Text as XML character data; what XML cannot hold is left out."""
    text = _ILLEGAL.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def quote_attribute(text: str) -> str:
    """Text as an XML attribute with its quotation marks."""
    text = escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{text}"'


def without_illegal(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold, in any spelling."""
    return _ILLEGAL.sub("", text)
