"""Segments as numbers: which words stand where, and how much each has to say.

In come the segments of both sides and the lexicon; out come, for each side, word types and their places, and
between them the sparse table of how likely a Chinese type is to be rendered by an English one. A long or
unknown Chinese word is backed by the dictionary words inside it and by its characters; a name by its pinyin;
digits, Latin letters and marks such as ？ by their like on the other side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.align.marks import Marks, marks
from termbank.lang.lexicon import Lexicon, is_stop_word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LONGEST_LINE = 4000
"""Words beyond this many characters of a segment are not looked at; its length still counts in full."""

_PART = 0.6
_CHARACTER = 0.2
_STOP_WORD = 0.25
_NUMBER = 0.25
_MARK = 0.25

_MARKS = {
    "?": "?", "？": "?", "!": "!", "！": "!", "“": '"', "”": '"', '"': '"', "「": '"', "」": '"', "『": '"', "』": '"',
    ":": ":", "：": ":", ";": ";", "；": ";", "(": "(", "（": "(",
}  # fmt: skip
_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff]+")
_PIECE = re.compile(
    r"(?P<han>[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff]+)|(?P<latin>[A-Za-zÀ-ɏ]+)|(?P<number>[0-9][0-9,.]*)|(?P<mark>[?？!！“”\"「」『』:：;；(（])"
)
_ENGLISH = re.compile(
    r"(?P<latin>[A-Za-zÀ-ɏ]+)(?:['’](?:s|S)\b)?|(?P<number>[0-9][0-9,.]*)|(?P<mark>[?!“”\":;(])"
)
_FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


@dataclass(frozen=True)
class Side:
    """One text: segment s holds the types `types[starts[s]:starts[s+1]]`; `lengths` are in letters."""

    names: tuple[str, ...]
    shares: NDArray[np.float64]
    """p(type) in the whole text."""
    starts: NDArray[np.int64]
    types: NDArray[np.int64]
    weights: NDArray[np.float64]
    lengths: NDArray[np.float64]
    marks: Marks

    def __len__(self) -> int:
        return len(self.starts) - 1

    def part(self, first: int, last: int) -> Side:
        """The segments from `first` up to `last`, counted against the whole text's words."""
        begin, end = int(self.starts[first]), int(self.starts[last])
        return Side(
            self.names,
            self.shares,
            self.starts[first : last + 1] - begin,
            self.types[begin:end],
            self.weights[begin:end],
            self.lengths[first:last],
            self.marks.part(first, last),
        )


@dataclass(frozen=True)
class Units:
    """Both texts and the table between them: entry k says that `zh_type[k]` gives `en_type[k]` with `weight[k]`.

    `slope` is how many English letters a Chinese one takes in the whole text.
    """

    zh: Side
    en: Side
    zh_type: NDArray[np.int64]
    en_type: NDArray[np.int64]
    weight: NDArray[np.float64]
    slope: float

    def part(self, rows: tuple[int, int], columns: tuple[int, int]) -> Units:
        """Some of the segments of either side, with what of the table can matter to them."""
        import numpy as np

        zh, en = self.zh.part(*rows), self.en.part(*columns)
        in_zh, in_en = np.zeros(len(zh.names), dtype=bool), np.zeros(len(en.names), dtype=bool)
        in_zh[zh.types] = True
        in_en[en.types] = True
        return self.with_table(in_zh[self.zh_type] & in_en[self.en_type], zh, en)

    def with_table(self, kept: NDArray[np.bool_] | NDArray[np.int64], zh: Side, en: Side) -> Units:
        """These sides with some entries of the table."""
        return Units(zh, en, self.zh_type[kept], self.en_type[kept], self.weight[kept], self.slope)


def share_of_han(texts: Sequence[str]) -> float:
    """The share of hanzi among the letters of the first thousands of characters."""
    letters = [char for char in "".join(text[:500] for text in texts[:200]) if char.isalpha()]
    return sum(1 for char in letters if _HAN.match(char)) / max(1, len(letters))


def read(zh: Sequence[str], en: Sequence[str], lexicon: Lexicon) -> Units:
    """Both texts as numbers."""
    import numpy as np

    english = _side(en, (_english(text, lexicon) for text in en))
    vocabulary = {name: number for number, name in enumerate(english.names)}
    chinese = _side(zh, (_chinese(text, lexicon, vocabulary) for text in zh))
    rows: list[int] = []
    columns: list[int] = []
    weights: list[float] = []
    for number, name in enumerate(chinese.names):
        for lemma, weight in _renderings(name, lexicon).items():
            place = vocabulary.get(lemma)
            if place is not None:
                rows.append(number)
                columns.append(place)
                weights.append(weight)
    return Units(
        chinese,
        english,
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        np.array(weights, dtype=np.float64),
        float(english.lengths.sum()) / max(1.0, float(chinese.lengths.sum())),
    )


def _side(texts: Sequence[str], segments: Iterable[list[str]]) -> Side:
    import numpy as np

    number: dict[str, int] = {}
    types: list[int] = []
    starts = [0]
    for names in segments:
        types.extend(number.setdefault(name, len(number)) for name in names)
        starts.append(len(types))
    per_type = np.array([_weight(name) for name in number], dtype=np.float64)
    flat = np.array(types, dtype=np.int64)
    weights = per_type[flat] if len(flat) else np.zeros(0)
    counts = np.bincount(flat, weights=weights, minlength=len(number))
    return Side(
        tuple(number),
        counts / max(float(counts.sum()), 1e-9),
        np.array(starts, dtype=np.int64),
        flat,
        weights,
        np.array([_letters(text) for text in texts], dtype=np.float64),
        marks(texts),
    )


def _weight(name: str) -> float:
    if name[0] == "#":
        return _NUMBER
    if name[0] == "=":
        return _MARK
    return _STOP_WORD if is_stop_word(name) or name in _EMPTY_WORDS else 1.0


_EMPTY_WORDS = frozenset("的了是在和与及也都就而着之其这那把被将对为以于从到上下中里地得等一个有不他她它我你")


def _letters(text: str) -> int:
    """Characters that are not white space."""
    return len("".join(text.split()))


_ZH_SECTION = re.compile(
    r"\s*(?:[（(]?([一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)、．]|\.(?!\d))|第([一二三四五六七八九十百]{1,4}|\d{1,3})[章节條条部编篇])"
)
_EN_SECTION = re.compile(
    r"\s*(?:[(（]?(\d{1,2}|[IVX]{1,5}|[ivx]{1,5})(?:[)）、]|\.(?!\d))|(?:Chapter|Section|Article|Part|CHAPTER|SECTION|ARTICLE|PART) (\w{1,7}))"
)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_ROMAN = {"i": 1, "v": 5, "x": 10}
_ORDINAL_WORDS = {
    name: value
    for value, name in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
}


def _section(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The number a heading or an item begins with, the same for 三、 and III."""
    found = pattern.match(text)
    if found is None:
        return []
    value = _numeral(next(group for group in found.groups() if group))
    return [f"^{value}"] if value else []


def _numeral(written: str) -> int:
    lower = written.lower()
    if written.isascii() and written.isdigit():
        return int(written)
    if lower in _ORDINAL_WORDS:
        return _ORDINAL_WORDS[lower]
    if set(lower) <= _ROMAN.keys():
        values = [_ROMAN[char] for char in lower]
        return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
    total = unit = 0
    for char in written:
        if char in "十百":
            total += max(1, unit) * (10 if char == "十" else 100)
            unit = 0
        elif char in _DIGITS:
            unit = _DIGITS[char]
        else:
            return 0
    return total + unit


def _english(text: str, lexicon: Lexicon) -> list[str]:
    names = _section(text, _EN_SECTION)
    lemma = lexicon.lemma
    for piece in _ENGLISH.finditer(text[:LONGEST_LINE]):
        if piece.lastgroup == "latin":
            names.append(lemma(piece["latin"].lower()))
        elif piece.lastgroup == "number":
            names.append("#" + piece["number"].rstrip(".,").replace(",", ""))
        else:
            names.append("=" + _MARKS[piece["mark"]])
    return names


def _chinese(text: str, lexicon: Lexicon, vocabulary: dict[str, int]) -> list[str]:
    text = text[:LONGEST_LINE].translate(_FULL_WIDTH)
    names = _section(text, _ZH_SECTION)
    for piece in _PIECE.finditer(text):
        if piece.lastgroup == "han":
            names.extend(_han(piece["han"], lexicon, vocabulary))
        elif piece.lastgroup == "latin":
            names.append(lexicon.lemma(piece["latin"].lower()))
        elif piece.lastgroup == "number":
            digits = piece["number"].rstrip(".,").replace(",", "")
            is_month = (
                text[piece.end() : piece.end() + 1] == "月" and digits.isdigit() and 1 <= int(digits) <= 12
            )
            names.append(_MONTHS[int(digits) - 1] if is_month else "#" + digits)
        else:
            names.append("=" + _MARKS[piece["mark"]])
    return names


def _han(run: str, lexicon: Lexicon, vocabulary: dict[str, int]) -> list[str]:
    """Words of a run of hanzi; two or three single characters whose pinyin the other side has are one name."""
    spans = lexicon.words(run)
    names: list[str] = []
    place = 0
    while place < len(spans):
        start, end = spans[place]
        size = 1
        if end - start == 1:
            size = next(
                (n for n in (3, 2) if _is_name(run, spans[place : place + n], n, lexicon, vocabulary)), 1
            )
        names.append(_simplified(run[start : spans[place + size - 1].end], lexicon))
        place += size
    return names


def _simplified(word: str, lexicon: Lexicon) -> str:
    """One name for both scripts, as far as the lexicon knows the word or its characters."""
    number = lexicon.index.get(word)
    if number is not None:
        return lexicon.chinese[number]
    return "".join(lexicon.chinese[lexicon.index[char]] if char in lexicon.index else char for char in word)


def _is_name(
    run: str, spans: Sequence[tuple[int, int]], size: int, lexicon: Lexicon, vocabulary: dict[str, int]
) -> bool:
    if len(spans) < size or any(end - start != 1 for start, end in spans):
        return False
    return bool(_pinyin(run[spans[0][0] : spans[-1][1]], lexicon).keys() & vocabulary.keys())


def _pinyin(word: str, lexicon: Lexicon) -> dict[str, float]:
    ways = [""]
    for char in word:
        ways = [way + syllable for way in ways for syllable in lexicon.readings.get(char, ())[:2]]
    return dict.fromkeys(ways, 1.0)


def _renderings(name: str, lexicon: Lexicon) -> dict[str, float]:
    """English types a Chinese type may become, with t(en|zh)."""
    if not _HAN.match(name):
        return {name: 1.0}
    row: dict[str, float] = {}
    whole = lexicon.translations(name)
    _add(row, whole, 1.0)
    if len(name) > 2 or (len(name) == 2 and not whole):
        for part in _parts(name):
            _add(row, lexicon.translations(part), _PART)
        if not whole:
            _add(row, _pinyin(name, lexicon).items(), 1.0)
    if len(name) > 1:
        for char in name:
            _add(row, lexicon.translations(char), _CHARACTER)
    elif len(name) == 1:
        _add(row, ((syllable, _CHARACTER) for syllable in lexicon.readings.get(name, ())[:1]), 1.0)
    return row


def _parts(name: str) -> Iterable[str]:
    return (
        name[start:end]
        for start in range(len(name))
        for end in range(start + 2, len(name) + 1)
        if end - start < len(name)
    )


def _add(row: dict[str, float], renderings: Iterable[tuple[str, float]], weight: float) -> None:
    for lemma, t in renderings:
        row[lemma] = row.get(lemma, 0.0) + weight * t
