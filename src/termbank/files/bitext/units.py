"""Units of a bilingual file, oriented as Chinese and English.

A format's reader gives units with their language tags. They are oriented by the tags, by the text where tags are
missing, and by the text against the tags where most units show that the tags are the wrong way round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from termbank.files.columns import chinese_in, english_in
from termbank.files.remarks import remark_on
from termbank.files.xml import NATIVE_CODES, Element, Records, TextPiece
from termbank.model.errors import UnreadableError
from termbank.model.language import read_tag
from termbank.model.message import Message, message, plural
from termbank.model.segment import SegmentPair


class TextPlace(NamedTuple):
    """Where a text begins in its file."""

    offset: int = 0
    line: int = 1
    column: int = 1


class UnitSide(NamedTuple):
    """One language's text of a unit, with its tag as the file gives it (None: not given)."""

    text: str
    tag: str | None
    place: TextPlace = TextPlace()


class Unit(NamedTuple):
    """Two sides that translate one another; `block` counts the files or groups within the file."""

    one: UnitSide
    other: UnitSide
    block: int = 0


def side_of(element: Element, tag: str | None, records: Records) -> UnitSide:
    """The text of an XML element without inline codes, at the place of its first character that is not space."""
    first = element.content[0] if len(element.content) == 1 else None
    pieces = [first] if isinstance(first, TextPiece) else list(element.texts(skip=NATIVE_CODES))
    text = "".join(piece.characters for piece in pieces)
    body = text.strip()
    for piece in pieces:
        stripped = piece.characters.lstrip()
        if stripped:
            lead = piece.characters[: len(piece.characters) - len(stripped)]
            return UnitSide(body, tag, TextPlace(*records.place(piece.byte + len(lead.encode()))))
    return UnitSide(body, tag, TextPlace(*records.place(element.byte)))


@dataclass(frozen=True)
class PairReading:
    """The pairs of a bilingual file, and remarks on what could not be read in it."""

    pairs: tuple[SegmentPair, ...]
    remarks: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def is_chinese(tag: str | None) -> bool | None:
    """Whether a tag means Chinese (True), English (False) or neither (None)."""
    language = read_tag(tag)[0] if tag else None
    return None if language is None else language.is_chinese


HEAD = 2000
"""How many units decide which way round a file has its languages."""


class PairStream:
    """The Chinese–English pairs among units, one at a time and once.

    `remarks` grow while the pairs are read. Where there is none, the end is an UnreadableError.
    """

    def __init__(self, units: Iterable[Unit], name: str, remarks: Iterable[str] = ()) -> None:
        self.remarks: list[str] = []
        self._units, self._name, self._earlier_remarks = iter(units), name, remarks
        self._seen = 0
        self._found = False
        self._foreign: Counter[str] = Counter()
        self._one_sided: Counter[str] = Counter()

    def __iter__(self) -> Iterator[SegmentPair]:
        full = self._full()
        head = list(islice(full, HEAD))
        orders = Counter(order for unit in head if (order := _order(unit)) is not None).most_common(1)
        usual = orders[0][0] if orders else None
        pairs = [pair for unit in head if (pair := self._orient(unit, usual)) is not None]
        swapped = _are_swapped(pairs)
        for zh, en, block in chain(pairs, self._later(full, usual)):
            if not self._found:
                self._found = bool(zh.text or is_chinese(zh.tag))
                self._one_sided[_languages(Unit(en, zh))] += 1
            yield _pair(en, zh, self._name, block) if swapped else _pair(zh, en, self._name, block)
        self._close(swapped)

    def _full(self) -> Iterator[Unit]:
        for unit in self._units:
            self._seen += 1
            if unit.one.text.strip() or unit.other.text.strip():
                yield unit

    def _later(self, full: Iterator[Unit], usual: bool | None) -> Iterator[OrientedUnit]:
        for unit in full:
            pair = self._orient(unit, usual)
            if pair is not None:
                yield pair

    def _orient(self, unit: Unit, usual: bool | None) -> OrientedUnit | None:
        order = _order(unit)
        if order is None and usual is not None and _is_open(unit):
            order = usual
        if order is None:
            self._foreign[_languages(unit)] += 1
            return None
        zh, en = (unit.one, unit.other) if order else (unit.other, unit.one)
        return zh, en, unit.block

    def _close(self, swapped: bool) -> None:
        self.remarks += self._earlier_remarks
        if not self._found:
            foreign = self._foreign + self._one_sided
            raise UnreadableError(
                _why_none(self._seen, foreign),
                file=self._name,
                remedy=message("Give a Chinese–English file."),
            )
        for languages, count in self._foreign.most_common():
            text = plural(
                "Ignored {count} unit in {languages}.",
                "Ignored {count} units in {languages}.",
                count,
                languages=languages,
            )
            self.remarks.append(remark_on(self._name, text))
        if swapped:
            text = message(
                "the languages are the other way round than the file says; read by what the texts are."
            )
            self.remarks.append(remark_on(self._name, text))


def orient_units(units: Iterable[Unit], name: str, remarks: Iterable[str] = ()) -> PairReading:
    """The Chinese–English pairs among the units; UnreadableError where there is none."""
    pairs = PairStream(units, name, remarks)
    return PairReading(tuple(pairs), tuple(pairs.remarks))


OrientedUnit = tuple[UnitSide, UnitSide, int]


def _order(unit: Unit) -> bool | None:
    """True where the first side is the Chinese one, None where the unit is not Chinese–English."""
    one, other = is_chinese(unit.one.tag), is_chinese(unit.other.tag)
    if one is not None and other is not None and one != other:
        return one
    if (
        (unit.one.tag and one is None)
        or (unit.other.tag and other is None)
        or (one is not None and one == other)
    ):
        return None
    if one is not None or other is not None:
        unknown = unit.other if other is None else unit.one
        known_is_chinese = one if other is None else other
        if unknown.text and chinese_in(unknown.text) == known_is_chinese:
            return None
        return one if one is not None else not other
    first, second = chinese_in(unit.one.text), chinese_in(unit.other.text)
    if first != second:
        return first
    return None


def _is_open(unit: Unit) -> bool:
    """Whether the languages are unknown because there are no tags and one side is empty."""
    return not (unit.one.tag or unit.other.tag or (unit.one.text.strip() and unit.other.text.strip()))


def _languages(unit: Unit) -> str:
    return "/".join(side.tag or "an unnamed language" for side in (unit.one, unit.other))


def _why_none(seen: int, foreign: Counter[str]) -> Message:
    if not seen:
        return message("the file holds no translated units.")
    if not foreign:
        return message("all units of the file are empty.")
    named = ", ".join(languages for languages, _ in foreign.most_common(3))
    return message("the file is in {languages}, not in Chinese and English.", languages=named)


def _are_swapped(pairs: list[OrientedUnit]) -> bool:
    """Whether the Chinese sides are mostly English and the English sides Chinese."""
    full = [(zh.text, en.text) for zh, en, _ in pairs if zh.text.strip() and en.text.strip()]
    wrong = sum(1 for zh, en in full if english_in(zh) and chinese_in(en))
    right = sum(1 for zh, en in full if chinese_in(zh))
    return wrong > right


def _pair(zh: UnitSide, en: UnitSide, name: str, block: int) -> SegmentPair:
    return SegmentPair(
        zh.text, en.text, name, name, zh.place.offset, en.place.offset, zh.place.line, en.place.line,
        zh.place.column, en.place.column, block=block,
    )  # fmt: skip
