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
    starts: NDArray[np.int64]
    types: NDArray[np.int64]
    weights: NDArray[np.float64]
    lengths: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True)
class Units:
    """Both texts and the table between them: entry k says that `zh_type[k]` gives `en_type[k]` with `weight[k]`."""

    zh: Side
    en: Side
    zh_type: NDArray[np.int64]
    en_type: NDArray[np.int64]
    weight: NDArray[np.float64]


def units(zh: Sequence[str], en: Sequence[str], lexicon: Lexicon) -> Units:
    import numpy as np

    english = _side((_english(text, lexicon) for text in en), [len(_letters(text)) for text in en])
    vocabulary = {name: number for number, name in enumerate(english.names)}
    chinese = _side(
        (_chinese(text, lexicon, vocabulary) for text in zh), [_chinese_length(text) for text in zh]
    )
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
    )


def _side(segments: Iterable[list[str]], lengths: list[int]) -> Side:
    import numpy as np

    number: dict[str, int] = {}
    types: list[int] = []
    starts = [0]
    for names in segments:
        types.extend(number.setdefault(name, len(number)) for name in names)
        starts.append(len(types))
    per_type = np.array([_weight(name) for name in number], dtype=np.float64)
    flat = np.array(types, dtype=np.int64)
    return Side(
        tuple(number),
        np.array(starts, dtype=np.int64),
        flat,
        per_type[flat] if len(flat) else np.zeros(0),
        np.array(lengths, dtype=np.float64),
    )


def _weight(name: str) -> float:
    if name[0] == "#":
        return _NUMBER
    if name[0] == "=":
        return _MARK
    return _STOP_WORD if is_stop_word(name) or name in _EMPTY_WORDS else 1.0


_EMPTY_WORDS = frozenset("的了是在和与及也都就而着之其这那把被将对为以于从到上下中里地得等一个有不他她它我你")


def _letters(text: str) -> str:
    return "".join(text.split())


def _chinese_length(text: str) -> int:
    """Characters, with a Latin word or a number counted by what it would take in Chinese."""
    return len(_letters(text))


def _english(text: str, lexicon: Lexicon) -> list[str]:
    names = []
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
    names: list[str] = []
    for piece in _PIECE.finditer(text[:LONGEST_LINE].translate(_FULL_WIDTH)):
        if piece.lastgroup == "han":
            names.extend(_han(piece["han"], lexicon, vocabulary))
        elif piece.lastgroup == "latin":
            names.append(lexicon.lemma(piece["latin"].lower()))
        elif piece.lastgroup == "number":
            names.append("#" + piece["number"].rstrip(".,").replace(",", ""))
        else:
            names.append("=" + _MARKS[piece["mark"]])
    return names


def _han(run: str, lexicon: Lexicon, vocabulary: dict[str, int]) -> list[str]:
    """Words of a run of hanzi; two or three single characters whose pinyin the other side has are one name."""
    spans = lexicon.words(run)
    names: list[str] = []
    place = 0
    while place < len(spans):
        size = next(
            (
                size
                for size in (3, 2)
                if _is_name(run, spans[place : place + size], size, lexicon, vocabulary)
            ),
            1,
        )
        names.append(run[spans[place].start : spans[place + size - 1].end])
        place += size
    return names


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
