"""Two texts as arrays of token types, and the sparse translation table between their types.

A long or unknown Chinese word is backed by the dictionary words inside it and by its characters, a name by its pinyin;
numbers, Latin words and marks translate themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from termbank.alignment.arrays import Flags, Floats, Ints
from termbank.alignment.punctuation import SegmentPunctuation, read_punctuation
from termbank.alignment.sentence_openings import SegmentOpenings, read_openings
from termbank.alignment.tokens import (
    HAN,
    SegmentTokens,
    pinyin_spellings,
    tokenize_chinese,
    tokenize_english,
)
from termbank.lexicon.dictionary import Lexicon, is_stop_word

_PART_WEIGHT, _CHARACTER_WEIGHT = 0.6, 0.2
"""What the translations of a word's parts and characters count, against 1 for those of the whole word."""
_STOP_WORD_WEIGHT, _NUMBER_WEIGHT, _MARK_WEIGHT = 0.25, 0.25, 0.25
"""What such tokens count, against 1 for a content word: at full weight page numbers and lists mislead."""

_MIN_CLAUSE = 3
_MAX_CLAUSE = 16
"""Tokens of a clause; a longer stretch without commas is cut into equal parts."""

_FUNCTION_WORDS = frozenset(
    "的了是在和与及也都就而着之其这那把被将对为以于从到上下中里地得等一个有不他她它我你"
)


@dataclass(frozen=True)
class TokenizedText:
    """The S segments of one text as arrays.

    Attributes:
        names: the name of each token type.
        shares: p(type) in the whole text, by weight.
        starts: S + 1 numbers; segment s has the tokens `types[starts[s]:starts[s + 1]]`.
        types: the type of each token.
        weights: the weight of each token, at most 1 (a content word).
        lengths: S numbers, the characters of each segment that are no white space.
        cuts: clause c has the tokens `types[cuts[c]:cuts[c + 1]]`.
        clauses: S + 1 numbers; segment s has the clauses from `clauses[s]` up to `clauses[s + 1]`.
        punctuation, openings: what is known of each segment's marks and of its first words.
    """

    names: tuple[str, ...]
    shares: Floats
    starts: Ints
    types: Ints
    weights: Floats
    lengths: Floats
    cuts: Ints
    clauses: Ints
    punctuation: SegmentPunctuation
    openings: SegmentOpenings

    def __len__(self) -> int:
        return len(self.starts) - 1

    def part(self, first: int, last: int) -> TokenizedText:
        """The segments from `first` up to `last`; types and their shares stay those of the whole text."""
        begin, end = int(self.starts[first]), int(self.starts[last])
        return TokenizedText(
            self.names,
            self.shares,
            self.starts[first : last + 1] - begin,
            self.types[begin:end],
            self.weights[begin:end],
            self.lengths[first:last],
            self.cuts[self.clauses[first] : self.clauses[last] + 1] - begin,
            self.clauses[first : last + 1] - self.clauses[first],
            self.punctuation.part(first, last),
            self.openings.part(first, last),
        )


@dataclass(frozen=True)
class TextPair:
    """Both texts and the translation table between their types.

    Attributes:
        zh, en: the two texts.
        zh_type, en_type, weight: the entries of the table; entry k says t(`en_type[k]` | `zh_type[k]`) = `weight[k]`.
        slope: English letters for each Chinese character in the whole text.
    """

    zh: TokenizedText
    en: TokenizedText
    zh_type: Ints
    en_type: Ints
    weight: Floats
    slope: float

    def part(self, rows: tuple[int, int], columns: tuple[int, int]) -> TextPair:
        """Some segments of both sides (from, up to), with the entries of the table that can matter to them."""
        zh, en = self.zh.part(*rows), self.en.part(*columns)
        in_zh, in_en = np.zeros(len(zh.names), dtype=bool), np.zeros(len(en.names), dtype=bool)
        in_zh[zh.types] = True
        in_en[en.types] = True
        return self.with_entries(in_zh[self.zh_type] & in_en[self.en_type], zh, en)

    def with_entries(self, kept: Flags | Ints, zh: TokenizedText, en: TokenizedText) -> TextPair:
        """These sides with some entries of the table."""
        return TextPair(zh, en, self.zh_type[kept], self.en_type[kept], self.weight[kept], self.slope)


def han_share(texts: Sequence[str]) -> float:
    """The share of hanzi among the letters of the first 200 segments, 500 characters of each."""
    letters = [char for char in "".join(text[:500] for text in texts[:200]) if char.isalpha()]
    return sum(1 for char in letters if HAN.match(char)) / max(1, len(letters))


def tokenize_texts(zh: Sequence[str], en: Sequence[str], lexicon: Lexicon) -> TextPair:
    """Tokenize two texts given as segments, and look up the translations between their types."""
    en_side = _build_side(en, (tokenize_english(text, lexicon) for text in en))
    vocabulary = {name: number for number, name in enumerate(en_side.names)}
    zh_side = _build_side(zh, (tokenize_chinese(text, lexicon, vocabulary) for text in zh))
    rows: list[int] = []
    columns: list[int] = []
    weights: list[float] = []
    for number, name in enumerate(zh_side.names):
        for lemma, weight in _translations(name, lexicon).items():
            place = vocabulary.get(lemma)
            if place is not None:
                rows.append(number)
                columns.append(place)
                weights.append(weight)
    return TextPair(
        zh_side,
        en_side,
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        np.array(weights, dtype=np.float64),
        max(1.0, float(en_side.lengths.sum())) / max(1.0, float(zh_side.lengths.sum())),
    )


def _build_side(texts: Sequence[str], segments: Iterable[SegmentTokens]) -> TokenizedText:
    number: dict[str, int] = {}
    types: list[int] = []
    starts, cuts, clauses = [0], [0], [0]
    for names, pauses in segments:
        cuts.extend(len(types) + place for place in _clause_cuts(pauses, len(names)))
        types.extend(number.setdefault(name, len(number)) for name in names)
        starts.append(len(types))
        cuts.append(len(types))
        clauses.append(len(cuts) - 1)
    per_type = np.array([_token_weight(name) for name in number], dtype=np.float64)
    flat = np.array(types, dtype=np.int64)
    weights = per_type[flat] if len(flat) else np.zeros(0)
    counts = np.bincount(flat, weights=weights, minlength=len(number))
    return TokenizedText(
        tuple(number),
        counts / max(float(counts.sum()), 1e-9),
        np.array(starts, dtype=np.int64),
        flat,
        weights,
        np.array([_letter_count(text) for text in texts], dtype=np.float64),
        np.array(cuts, dtype=np.int64),
        np.array(clauses, dtype=np.int64),
        read_punctuation(texts),
        read_openings(texts),
    )


def _clause_cuts(pauses: Sequence[int], size: int) -> list[int]:
    """Where the clauses of a segment of `size` tokens begin, but the first.

    A clause begins at a pause, unless it or the one before it would be shorter than _MIN_CLAUSE; one longer than
    _MAX_CLAUSE is cut.
    """
    found: list[int] = []
    last = 0
    for pause in (*pauses, size):
        if pause < size and (pause - last < _MIN_CLAUSE or size - pause < _MIN_CLAUSE):
            continue
        parts = -(-(pause - last) // _MAX_CLAUSE)
        found.extend(last + (pause - last) * part // parts for part in range(1, parts))
        if pause < size:
            found.append(pause)
        last = pause
    return found


def _token_weight(name: str) -> float:
    if name[0] == "#":
        return _NUMBER_WEIGHT
    if name[0] == "=":
        return _MARK_WEIGHT
    return _STOP_WORD_WEIGHT if is_stop_word(name) or name in _FUNCTION_WORDS else 1.0


def _letter_count(text: str) -> int:
    """The characters that are no white space."""
    return len("".join(text.split()))


def _translations(name: str, lexicon: Lexicon) -> dict[str, float]:
    """The English types that a Chinese type may become, with t(en|zh)."""
    if not HAN.match(name):
        return {name: 1.0}
    row: dict[str, float] = {}
    whole = lexicon.translations(name)
    _add(row, whole, 1.0)
    if len(name) > 2 or (len(name) == 2 and not whole):
        for part in _inner_words(name):
            _add(row, lexicon.translations(part), _PART_WEIGHT)
        if not whole:
            _add(row, pinyin_spellings(name, lexicon).items(), 1.0)
    if len(name) > 1:
        for char in name:
            _add(row, lexicon.translations(char), _CHARACTER_WEIGHT)
    elif len(name) == 1:
        _add(row, ((syllable, _CHARACTER_WEIGHT) for syllable in lexicon.readings.get(name, ())[:1]), 1.0)
    return row


def _inner_words(name: str) -> Iterable[str]:
    """The substrings of two characters and more, the whole left out."""
    return (
        name[start:end]
        for start in range(len(name))
        for end in range(start + 2, len(name) + 1)
        if end - start < len(name)
    )


def _add(row: dict[str, float], translations: Iterable[tuple[str, float]], weight: float) -> None:
    for lemma, t in translations:
        row[lemma] = row.get(lemma, 0.0) + weight * t
