"""Word segmentation of Chinese: one Viterbi search, and the word costs by which matching judges boundaries.

`Segmenter` finds the cheapest segmentation of a text under a unigram model. Matching runs it over jieba's words and
counts with the bank's terms added, the lexicon over CC-CEDICT's words. jieba's dictionary file is compiled once: jieba itself
is never loaded.

A term of the bank costs as much as a common word. A character that is hardly ever a word by itself
costs more than its count says, and a dictionary entry whose parts meet as often by chance counts as two words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from termbank.model.resources import compiled, package_data, read_json
from termbank.text.computed_dict import ComputedDict
from termbank.text.word_table import TableView, WordTable, table_bytes

_CONSTANTS = read_json("termbank.text", "chinese.json")["segmenter"]
LONGEST_WORD = 10
"""Longest dictionary word looked up, in characters."""
SUFFIXES = frozenset(_CONSTANTS["suffixes"])
_NAME_TAGS = frozenset(_CONSTANTS["name_tags"].split())
_NAME_OPENINGS = frozenset(_CONSTANTS["name_openings"].split())
_CHARACTER_COST, _SPLIT_LIMIT = _CONSTANTS["character_cost"], _CONSTANTS["split_limit"]
_TAG_BITS = 8
_TAG_MASK = (1 << _TAG_BITS) - 1
_MORPHEME_TAGS = frozenset(_CHARACTER_COST["morpheme_tags"].split())


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


class DictionaryWords:
    """jieba's dictionary: how often each word was counted, its tag (nr person, ns place, nt organisation, v, n …), its cost.

    A cost is a negative log probability, by the count; `unknown` is that of an unknown character.

    Args:
        words: Each word with its count and the number of its tag; `about` has the tags and the sum of all counts.
    """

    def __init__(self, words: WordTable) -> None:
        tags: list[str] = words.about["tags"]
        self.counts = TableView(words, lambda value: value >> _TAG_BITS)
        self.tags = TableView(words, lambda value: tags[value & _TAG_MASK])
        self.unknown = math.log(words.about["total"])

    def name_tag(self, word: str) -> str | None:
        """The tag of a name: nr person, ns place, nt organisation; None for any other word."""
        tag = self.tags.get(word, "")[:2]
        return tag if tag in _NAME_TAGS else None

    def reliable_name_tag(self, word: str) -> str | None:
        """The tag of a name, unless its count is too low to trust the tag; an organisation is known by how its name begins."""
        tag = self.name_tag(word)
        if tag == "nt":
            return tag if self._begins_as_organisation(word) else None
        return tag if self.counts.get(word, 0) > _CONSTANTS["rare_name"] else None

    def _begins_as_organisation(self, word: str) -> bool:
        """Whether a word is long, or begins with a place, another name or the state: 商业银行 does not."""
        openings = [word[:size] for size in range(2, min(5, len(word)))]
        return len(word) >= _CONSTANTS["long_name"] or any(
            opening in _NAME_OPENINGS or self.name_tag(opening) for opening in openings
        )

    def cost(self, count: int) -> float:
        """The cost of a word with this count."""
        return self.unknown - math.log(count or 1)

    def term_cost(self, term: str) -> float:
        """The cost of a term of the bank: more where it is in the dictionary too."""
        is_listed = len(term) > 1 and term in self.counts
        return self.cost(_CONSTANTS["listed_term_count" if is_listed else "term_count"])

    def character_cost(self, char: str) -> float:
        """What a character costs as a word by itself.

        Policy is written in words of two characters: bound morphemes are hardly ever words, and a content character is
        seldom one, least of all where it is rare.
        """
        count, tag = self.counts.get(char, 0), self.tags.get(char, "")
        cost = self.cost(count)
        if tag in _MORPHEME_TAGS:
            cost += _CHARACTER_COST["bound"]
        elif tag and tag[0] in _CHARACTER_COST["content_tags"] and char not in SUFFIXES:
            is_frequent = count >= _CHARACTER_COST["frequent"]
            cost += _CHARACTER_COST["frequent_content" if is_frequent else "bound"]
        return cost


@cache
def dictionary_words() -> DictionaryWords:
    """jieba's dictionary, from its file, without loading jieba.

    Raises:
        ModuleNotFoundError: jieba is not installed.
    """
    return DictionaryWords(_table("words", _compile_words))


@cache
def segmenter() -> Segmenter:
    """The segmenter over jieba's words and counts."""
    words, pairs = dictionary_words(), _table("pairs", _compile_pairs)
    return Segmenter(
        words.counts,
        ComputedDict(words.cost),
        ComputedDict(words.character_cost),
        ComputedDict(lambda pair: _lengths(pairs.get(pair, 0))),
    )


@cache
def _lengths(bits: int) -> tuple[int, ...]:
    """The lengths up to `LONGEST_WORD` whose bits are set."""
    return tuple(length for length in range(2, LONGEST_WORD + 1) if bits >> length & 1)


def _table(kind: str, compile_table: Callable[[bytes], bytes]) -> WordTable:
    """A table made from jieba's dictionary."""
    source = package_data("jieba", "dict.txt")
    return WordTable(compiled(f"jieba-{kind}-{crc32(source):08x}", lambda: compile_table(source)))


def _compile_words(source: bytes) -> bytes:
    """The words, each with its count and tag in one number."""
    fields = source.decode("utf-8").split()
    tags = sorted(set(fields[2::3]))
    numbers = {tag: number for number, tag in enumerate(tags)}
    counts = dict(zip(fields[::3], map(int, fields[1::3]), strict=True))
    words = zip(fields[::3], fields[1::3], fields[2::3], strict=True)
    return table_bytes(
        {word: int(count) << _TAG_BITS | numbers[tag] for word, count, tag in words},
        {"tags": tags, "total": sum(counts.values())},
    )


def _compile_pairs(source: bytes) -> bytes:
    """The two characters with which words begin, each with a bit for every length of such a word."""
    pairs: dict[str, int] = {}
    for word in source.decode("utf-8").split()[::3]:
        if 2 <= len(word) <= LONGEST_WORD:
            pairs[word[:2]] = pairs.get(word[:2], 0) | 1 << len(word)
    return table_bytes(pairs)


def _entry_split(word: str) -> int:
    """Where an entry splits: its parts meet little oftener than by chance, or are both common words and no name.

    An organisation of four characters keeps its name however seldom it was counted.
    """
    words = dictionary_words()
    counts, tags = words.counts, words.tags
    if word not in counts or not 3 <= len(word) <= 4 or (len(word) == 4 and words.name_tag(word) == "nt"):
        return 0
    limits = {2: _SPLIT_LIMIT["halves"]}
    if len(word) == 3:
        first, last = tags.get(word[0], "")[:1], tags.get(word[2], "")[:1]
        limits = {1: _SPLIT_LIMIT["first"].get(first, _SPLIT_LIMIT["other_first"])}
        limit = _SPLIT_LIMIT["plural"].get(word[2]) or _SPLIT_LIMIT["last"].get(last)
        if limit and word[2] not in SUFFIXES:
            limits[2] = limit
    own = words.unknown + math.log(counts[word] or 1)
    excess = {
        at: own - math.log(counts.get(word[:at]) or 1) - math.log(counts.get(word[at:]) or 1) - limit
        for at, limit in limits.items()
    }
    best = min(excess, key=excess.__getitem__)
    if excess[best] < 0:
        return best
    both = min(counts.get(word[:2], 0), counts.get(word[2:], 0)) if len(word) == 4 else 0
    return 2 if both >= _SPLIT_LIMIT["common_word"] and words.name_tag(word) is None else 0


entry_splits = ComputedDict(_entry_split)
"""Where a dictionary entry of three or four characters splits into two words; 0 where it does not."""
