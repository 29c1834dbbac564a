"""Segments as numbers: which words stand where, and how much each has to say.

In come the segments of both sides and the lexicon; out come, for each side, word types and their places, and
between them the sparse table of how likely a Chinese type is to be rendered by an English one. A long or
unknown Chinese word is backed by the dictionary words inside it and by its characters; a name by its pinyin;
digits, Latin letters and marks such as ？ by their like on the other side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.alignment.punctuation import Marks, marks
from termbank.alignment.sentence_openings import Openings, openings
from termbank.alignment.tokens import HAN, Read, chinese, english, pinyin
from termbank.lexicon.dictionary import Lexicon, is_stop_word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PART = 0.6
_CHARACTER = 0.2
_STOP_WORD = 0.25
_NUMBER = 0.25
_MARK = 0.25

_SHORTEST_CLAUSE = 3
_LONGEST_CLAUSE = 16
"""In words and marks; a text without commas is cut all the same."""


@dataclass(frozen=True)
class Side:
    """One text: segment s holds the types `types[starts[s]:starts[s+1]]`; `lengths` are in letters.

    Clause c holds `types[cuts[c]:cuts[c+1]]`; segment s has the clauses from `clauses[s]` up to `clauses[s+1]`.
    """

    names: tuple[str, ...]
    shares: NDArray[np.float64]
    """p(type) in the whole text."""
    starts: NDArray[np.int64]
    types: NDArray[np.int64]
    weights: NDArray[np.float64]
    lengths: NDArray[np.float64]
    cuts: NDArray[np.int64]
    clauses: NDArray[np.int64]
    marks: Marks
    openings: Openings

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
            self.cuts[self.clauses[first] : self.clauses[last] + 1] - begin,
            self.clauses[first : last + 1] - self.clauses[first],
            self.marks.part(first, last),
            self.openings.part(first, last),
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
    return sum(1 for char in letters if HAN.match(char)) / max(1, len(letters))


def read(zh: Sequence[str], en: Sequence[str], lexicon: Lexicon) -> Units:
    """Both texts as numbers."""
    import numpy as np

    en_side = _side(en, (english(text, lexicon) for text in en))
    vocabulary = {name: number for number, name in enumerate(en_side.names)}
    zh_side = _side(zh, (chinese(text, lexicon, vocabulary) for text in zh))
    rows: list[int] = []
    columns: list[int] = []
    weights: list[float] = []
    for number, name in enumerate(zh_side.names):
        for lemma, weight in _renderings(name, lexicon).items():
            place = vocabulary.get(lemma)
            if place is not None:
                rows.append(number)
                columns.append(place)
                weights.append(weight)
    return Units(
        zh_side,
        en_side,
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        np.array(weights, dtype=np.float64),
        max(1.0, float(en_side.lengths.sum())) / max(1.0, float(zh_side.lengths.sum())),
    )


def _side(texts: Sequence[str], segments: Iterable[Read]) -> Side:
    import numpy as np

    number: dict[str, int] = {}
    types: list[int] = []
    starts, cuts, clauses = [0], [0], [0]
    for names, pauses in segments:
        cuts.extend(len(types) + place for place in _cuts(pauses, len(names)))
        types.extend(number.setdefault(name, len(number)) for name in names)
        starts.append(len(types))
        cuts.append(len(types))
        clauses.append(len(cuts) - 1)
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
        np.array(cuts, dtype=np.int64),
        np.array(clauses, dtype=np.int64),
        marks(texts),
        openings(texts),
    )


def _cuts(pauses: Sequence[int], size: int) -> list[int]:
    """Where the clauses of a segment begin but the first: at its pauses, none too short, and within what is too long."""
    found: list[int] = []
    last = 0
    for pause in (*pauses, size):
        if pause < size and (pause - last < _SHORTEST_CLAUSE or size - pause < _SHORTEST_CLAUSE):
            continue
        parts = -(-(pause - last) // _LONGEST_CLAUSE)
        found.extend(last + (pause - last) * part // parts for part in range(1, parts))
        if pause < size:
            found.append(pause)
        last = pause
    return found


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


def _renderings(name: str, lexicon: Lexicon) -> dict[str, float]:
    """English types a Chinese type may become, with t(en|zh)."""
    if not HAN.match(name):
        return {name: 1.0}
    row: dict[str, float] = {}
    whole = lexicon.translations(name)
    _add(row, whole, 1.0)
    if len(name) > 2 or (len(name) == 2 and not whole):
        for part in _parts(name):
            _add(row, lexicon.translations(part), _PART)
        if not whole:
            _add(row, pinyin(name, lexicon).items(), 1.0)
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
