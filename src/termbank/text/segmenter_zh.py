"""Word segmentation of Chinese: one Viterbi search, and the word costs by which matching judges boundaries.

`Segmenter` finds the cheapest segmentation of a text under a unigram model. Matching runs it over jieba's words and
counts with the bank's terms added, the lexicon over CC-CEDICT's words. jieba's dictionary file is read directly: jieba
itself is never loaded.

A term of the bank costs as much as a word counted `TERM_COUNT` times. A character that is hardly ever a word by itself
costs more than its count says, and a dictionary entry whose parts meet as often by chance counts as two words.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from sys import intern
from typing import Any, NamedTuple

TERM_COUNT = 300
"""How often a term of the bank counts as seen; at most 150 where it is in jieba's dictionary too."""
_LISTED_TERM_COUNT = 150
LONGEST_WORD = 10
"""Longest dictionary word looked up, in characters."""
SUFFIXES = frozenset("率性化者")
_RARE_NAME = 3
_NAME_TAGS = frozenset(("nr", "ns", "nt"))
# extra cost of a single character: a bound morpheme, or a content word; less where it is as frequent as `_FREQUENT`
_BOUND_COST, _FREQUENT_COST = 2.0, 0.5
_FREQUENT = 15_000
# An entry is split where the log ratio of its count to the chance count of its parts is below these limits. A first
# or last character of a kind that joins words freely (促发展, 致力于) has a higher limit.
_CHANCE = 1.3
_FIRST_CHARACTER = {"v": 4.0, "d": 4.0, "r": 4.0, "z": 4.0, "f": 1.3}
_OTHER_FIRST_CHARACTER = 2.3
_LAST_CHARACTER = {"p": 4.0, "u": 2.3, "f": 2.3, "v": 1.3, "c": 1.3, "d": 1.3, "r": 1.3, "m": 1.3}
_PLURAL, _PLURAL_LIMIT = "们", 4.0
_MORPHEME_TAGS = frozenset(("ng", "vg", "ag", "tg", "dg", "g"))
_CONTENT_TAGS = frozenset("nvajtiz")
_COMMON_WORD = 1000
_LONG_NAME = 6
_NAME_OPENINGS = frozenset(
    ("国家", "中央", "全国", "人民", "国际", "世界", "中共", "中华", "最高", "国务", "联合")
)


@dataclass(frozen=True, slots=True)
class Segmenter:
    """Viterbi segmentation with word costs.

    The cost of a longer word is `costs[words[word]]`, that of a character alone `characters[character]`. `lengths`
    gives the lengths, two and above in rising order, that words may have which begin with two given characters.
    """

    words: Mapping[str, int]
    costs: Mapping[int, float] | Sequence[float]
    characters: Mapping[str, float]
    lengths: Mapping[str, Sequence[int]]

    def word_ends(
        self, text: str, extra: Mapping[int, Sequence[tuple[int, float]]] | None = None
    ) -> list[int]:
        """For each position, where the first word of the cheapest segmentation of the rest ends.

        Args:
            text: What to segment.
            extra: Further words by their start: end and cost of each.
        """
        words, costs, characters, lengths, size = (
            self.words,
            self.costs,
            self.characters,
            self.lengths,
            len(text),
        )
        best = [0.0] * (size + 1)
        ends = [0] * size
        for start in range(size - 1, -1, -1):
            end = start + 1
            least = characters[text[start]] + best[end]
            for length in lengths[text[start : start + 2]]:
                stop = start + length
                if stop > size:
                    break
                number = words.get(text[start:stop])
                if number is not None and costs[number] + best[stop] < least:
                    least, end = costs[number] + best[stop], stop
            if extra is not None:
                for stop, cost in extra.get(start, ()):
                    if cost + best[stop] < least:
                        least, end = cost + best[stop], stop
            best[start], ends[start] = least, end
        return ends

    def split(
        self, text: str, extra: Mapping[int, Sequence[tuple[int, float]]] | None = None
    ) -> Iterator[tuple[int, int]]:
        """The words of the cheapest segmentation as start and end, in order."""
        ends = self.word_ends(text, extra)
        start = 0
        while start < len(text):
            yield start, ends[start]
            start = ends[start]


class DictionaryWords(NamedTuple):
    """jieba's dictionary: how often each word was counted, and its tag (nr person, ns place, nt organisation, v, n …)."""

    counts: Mapping[str, int]
    tags: Mapping[str, str]


@lru_cache(maxsize=1)
def dictionary_words() -> DictionaryWords:
    """Read jieba's dictionary from its file, without loading jieba.

    Raises:
        ModuleNotFoundError: jieba is not installed.
    """
    from importlib.util import find_spec

    spec = find_spec("jieba")
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError("jieba is not installed")
    loader: Any = spec.loader
    fields = loader.get_data(f"{spec.submodule_search_locations[0]}/dict.txt").decode("utf-8").split()
    words = fields[::3]
    return DictionaryWords(
        dict(zip(words, map(int, fields[1::3]), strict=True)),
        dict(zip(words, map(intern, fields[2::3]), strict=True)),
    )


class WordCosts(NamedTuple):
    """jieba's words with their costs: the negative log probability, by count.

    `unknown` is the cost of an unknown character, `term` that of a term of the bank, `listed_term` that of a term that is in
    the dictionary too.
    """

    counts: Mapping[str, int]
    tags: Mapping[str, str]
    unknown: float
    term: float
    listed_term: float

    def name_tag(self, word: str) -> str | None:
        """The tag of a name: nr person, ns place, nt organisation; None for any other word."""
        tag = self.tags.get(word, "")[:2]
        return tag if tag in _NAME_TAGS else None

    def reliable_name_tag(self, word: str) -> str | None:
        """The tag of a name, unless its count is too low to trust the tag; an organisation is known by how its name begins."""
        tag = self.name_tag(word)
        if tag == "nt":
            return tag if self._begins_as_organisation(word) else None
        return tag if self.counts.get(word, 0) > _RARE_NAME else None

    def _begins_as_organisation(self, word: str) -> bool:
        """Whether a word is long, or begins with a place, another name or the state: 商业银行 does not."""
        openings = [word[:size] for size in range(2, min(5, len(word)))]
        return len(word) >= _LONG_NAME or any(
            opening in _NAME_OPENINGS or self.name_tag(opening) for opening in openings
        )

    def cost(self, count: int) -> float:
        """The cost of a word with this count."""
        return self.unknown - math.log(count or 1)


@cache
def word_costs() -> WordCosts:
    """The costs of jieba's words and of terms beside them."""
    counts, tags = dictionary_words()
    total = math.log(sum(counts.values()))
    return WordCosts(counts, tags, total, total - math.log(TERM_COUNT), total - math.log(_LISTED_TERM_COUNT))


class _CostOfCount(dict[int, float]):
    """The cost of a word by its count, computed once for each count."""

    def __missing__(self, count: int) -> float:
        found = self[count] = word_costs().cost(count)
        return found


class _CharacterCosts(dict[str, float]):
    """What each character costs as a word by itself, computed once for each.

    Policy is written in words of two characters: bound morphemes are hardly ever words, and a content character is
    seldom one, least of all where it is rare.
    """

    def __missing__(self, char: str) -> float:
        words = word_costs()
        count = words.counts.get(char)
        cost = words.unknown if count is None else words.cost(count)
        tag = words.tags.get(char, "")
        if tag in _MORPHEME_TAGS:
            cost += _BOUND_COST
        elif tag[:1] in _CONTENT_TAGS and char not in SUFFIXES:
            cost += _FREQUENT_COST if (count or 0) >= _FREQUENT else _BOUND_COST
        self[char] = cost
        return cost


_ALL_LENGTHS = tuple(range(2, LONGEST_WORD + 1))


class _AnyLength(dict[str, Sequence[int]]):
    """All lengths up to `LONGEST_WORD`, whatever the characters: for short windows cheaper than an index."""

    def __missing__(self, pair: str) -> Sequence[int]:
        found = self[pair] = _ALL_LENGTHS
        return found


@cache
def segmenter() -> Segmenter:
    """The segmenter over jieba's words and counts."""
    return Segmenter(word_costs().counts, _CostOfCount(), _CharacterCosts(), _AnyLength())


class _EntrySplits(dict[str, int]):
    """Where a dictionary entry of three or four characters splits into two words; 0 where it does not. Computed once for each."""

    def __missing__(self, word: str) -> int:
        found = self[word] = _entry_split(word, word_costs())
        return found


def _entry_split(word: str, words: WordCosts) -> int:
    """Where an entry splits: its parts meet little oftener than by chance, or are both common words and no name.

    An organisation of four characters keeps its name however seldom it was counted.
    """
    counts, tags = words.counts, words.tags
    if word not in counts or not 3 <= len(word) <= 4 or (len(word) == 4 and words.name_tag(word) == "nt"):
        return 0
    limits = {2: _CHANCE}
    if len(word) == 3:
        limits = {1: _FIRST_CHARACTER.get(tags.get(word[0], "")[:1], _OTHER_FIRST_CHARACTER)}
        last = _PLURAL_LIMIT if word[2] == _PLURAL else _LAST_CHARACTER.get(tags.get(word[2], "")[:1])
        if last and word[2] not in SUFFIXES:
            limits[2] = last
    own = words.unknown + math.log(counts[word] or 1)
    excess = {
        at: own - math.log(counts.get(word[:at]) or 1) - math.log(counts.get(word[at:]) or 1) - limit
        for at, limit in limits.items()
    }
    best = min(excess, key=excess.__getitem__)
    if excess[best] < 0:
        return best
    both = min(counts.get(word[:2], 0), counts.get(word[2:], 0)) if len(word) == 4 else 0
    return 2 if both >= _COMMON_WORD and words.name_tag(word) is None else 0


entry_splits = _EntrySplits()
