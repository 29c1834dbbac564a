"""Strings of a Chinese text that may be its terms, from the Chinese alone.

Strings of two to twelve characters are proposed, each with its traits: C-value (Frantzi et al. 2000), which sets a string's count against that of the longer strings around it; the
branching entropy at both edges (Jin & Tanaka-Ishii 2006); how well its words hold together; how common
they are at large. Quoted coinages and names in 《》 are proposed however seldom they occur. Whether a
string is a term is decided in `termhood`, when its renderings are known too.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from termbank.extraction.occurrences import comparison_text
from termbank.lexicon.dictionary import Lexicon

SHORTEST, LONGEST = 2, 12
MOST_WORDS = 6
FEW_BEADS = 250
"""Below this many beads a string that occurs once is weighed too."""

_HAN = re.compile(r"[㐀-鿿〇]+")
_QUOTED = re.compile(r'"([^"，。；！？]{2,14})"')
_TITLED = re.compile(r"《([^《》]{2,40})》")
_STOPS = frozenset("，。；：、（）()《》\"'！？ \n/,.;:")
_EDGE = frozenset(
    "的了是在和与及也都就而着之其这那把被将对为以于从到上下中里地得等一个有不他她它我你们并或但又更最很已曾均亦该此各每某由向按据因"
    "如若则所且至两三四五六七八九十百千万亿年月日时第约近逾超达次位名项只家间元"
)
_ENDINGS = frozenset("式化率性者权力峰法制体业链网区员型级类度量额费品界观感学器线点面层群处")
_LIGHT = frozenset("好走做建打搞用给看叫要会让使令受起干办管抓把想来去说见成作")
"""Characters that end a word, or are verbs: a string that begins with one alone is the rest of a longer word or phrase."""
_UNKNOWN_COST = 14.0
"""-log p of a word that the dictionary lacks, about that of its rarest words."""
MOST_ENTROPY = 3.0
"""Bits of branching entropy beyond which an edge is free in any case."""
COHESION_OF_ONE, MOST_COHESION = 6.0, 10.0

TRAITS = (
    "count", "c_value", "free", "branching", "branching_right", "branching_left", "cohesion", "two", "three",
    "four", "five_six", "long", "one_word", "two_words", "three_words", "dictionary", "common", "weird", "stop_left",
    "stop_right", "de_left", "de_right", "c_branching", "quoted", "titled", "once", "singles",
    "first_verb", "first_adjective", "first_adverb", "first_function", "first_noun", "last_verb", "last_verbal", "last_noun",
    "last_adjective", "last_adverb", "last_function", "phrase", "verbs", "de_inside", "after_verb", "after_noun",
    "before_noun", "before_verb", "first_single", "last_single", "after_adjective", "unknown",
    "single_verb_first", "single_other_first", "ending_first", "single_verb_last", "free_edges", "after_edge", "before_edge",
)  # fmt: skip
TAG_TRAITS = tuple(
    name
    for name in TRAITS
    if name.startswith(("first_", "last_", "after_", "before_", "single_"))
    or name in ("phrase", "verbs", "unknown", "free_edges")
)
"""The traits that need the parts of speech of words."""


@dataclass
class _Seen:
    """One string as it occurs: its count, the characters and the kinds of words beside it, its words."""

    count: int = 0
    left: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    words: tuple[str, ...] = ()
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Proposal:
    """A string that may be a term: its count and its traits, in the order of `TRAITS`."""

    text: str
    count: int
    traits: tuple[float, ...]


def propose_terms(chinese: Sequence[str], lexicon: Lexicon) -> tuple[Proposal, ...]:
    """Every string that may be a term, in the order of its text."""
    texts = [comparison_text(text) for text in chinese]
    seen, words = _collect(texts, lexicon)
    quoted = {name for text in texts for name in _QUOTED.findall(text)}
    titled = {name for text in texts for name in _TITLED.findall(text)}
    least = 1 if sum(map(bool, texts)) < FEW_BEADS else 2
    kept = {text: one for text, one in seen.items() if one.count >= least or text in quoted or text in titled}
    inside = _nesting(kept)
    measure = _Measure(words, kept, lexicon)
    found = [
        Proposal(text, one.count, measure(text, one, inside.get(text, ()), text in quoted, text in titled))
        for text, one in kept.items()
    ]
    for name in (quoted | titled) - kept.keys():
        count = sum(text.count(name) for text in texts)
        one = _Seen(count, words=(name,))
        found.append(Proposal(name, count, measure(name, one, (), name in quoted, name in titled)))
    return tuple(sorted(found, key=lambda proposal: proposal.text))


def _collect(texts: Sequence[str], lexicon: Lexicon) -> tuple[dict[str, _Seen], Counter[str]]:
    seen: dict[str, _Seen] = {}
    words: Counter[str] = Counter()
    for text in texts:
        for run in _HAN.finditer(text):
            spans = [span.shifted(run.start()) for span in lexicon.words(run.group())]
            own = [span.of(text) for span in spans]
            words.update(own)
            kinds = [".", *map(lexicon.kind, own), "."]
            for first, last in _runs([(s.start, s.end) for s in spans]):
                start, end = spans[first].start, spans[last].end
                if (
                    text[start] in _EDGE
                    or text[end - 1] in _EDGE
                    or _is_torn(own[first], own[last], kinds[last + 1])
                ):
                    continue
                one = seen.setdefault(text[start:end], _Seen())
                one.count += 1
                one.left[text[start - 1] if start else "\n"] += 1
                one.right[text[end] if end < len(text) else "\n"] += 1
                one.before[kinds[first]] += 1
                one.after[kinds[last + 2]] += 1
                one.words = one.words or tuple(own[first : last + 1])
    return seen, words


def _is_torn(first: str, last: str, kind: str) -> bool:
    """Whether a string of words begins with the end of another word or phrase, or ends with an adverb."""
    return first in _ENDINGS or first in _LIGHT or (kind == "d" and len(last) > 1 and first != last)


def _runs(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Runs of words, by first and last, whose length is that of a term."""
    for first in range(len(spans)):
        for last in range(first, min(len(spans), first + MOST_WORDS)):
            size = spans[last][1] - spans[first][0]
            if size > LONGEST:
                break
            if size >= SHORTEST:
                yield first, last


def _nesting(kept: dict[str, _Seen]) -> dict[str, list[int]]:
    """For every string the counts of the longer strings around it."""
    around: dict[str, list[int]] = {}
    for text, one in kept.items():
        for start in range(len(text)):
            for end in range(start + SHORTEST, len(text) + 1):
                if end - start < len(text) and (part := text[start:end]) in kept:
                    around.setdefault(part, []).append(one.count)
    return around


class _Measure:
    """Computes the traits of strings against the whole text.

    Args:
        words: counts of the words of the text; `seen` the strings that are kept.
    """

    def __init__(self, words: Counter[str], seen: dict[str, _Seen], lexicon: Lexicon) -> None:
        self._words, self._seen, self._lexicon = words, seen, lexicon
        self._total = max(1, sum(words.values()))

    def __call__(
        self, text: str, one: _Seen, around: Sequence[int], quoted: bool, titled: bool
    ) -> tuple[float, ...]:
        """The traits of a string, in the order of `TRAITS`; `around` are the counts of the longer strings around it."""
        values = (
            self._count_traits(text, one, around)
            | _size_traits(text, one)
            | self._dictionary_traits(text, one)
            | self._kind_traits(text, one)
            | _neighbour_traits(one)
            | {"quoted": quoted, "titled": titled, "de_inside": "的" in text}
        )
        return tuple(float(values[name]) for name in TRAITS)

    def _count_traits(self, text: str, one: _Seen, around: Sequence[int]) -> dict[str, float]:
        """C-value, branching entropy and cohesion."""
        count = one.count
        free = count - (sum(around) / len(around) if around else 0.0)
        left, right = min(_entropy(one.left), MOST_ENTROPY), min(_entropy(one.right), MOST_ENTROPY)
        value = max(0.0, math.log2(len(text)) * free)
        return {
            "count": math.log(max(count, 1)),
            "c_value": math.log1p(value),
            "free": free / max(count, 1),
            "branching": min(left, right),
            "branching_right": right,
            "branching_left": left,
            "c_branching": math.log1p(value * min(left, right)),
            "cohesion": self._cohesion(one),
            "once": count == 1,
        }

    def _dictionary_traits(self, text: str, one: _Seen) -> dict[str, float]:
        """Whether the string is in the dictionary, and how common its words are at large."""
        costs = [self._cost(word) for word in one.words]
        return {
            "dictionary": text in self._lexicon.index,
            "common": sum(costs) / len(costs),
            "weird": math.log(max(one.count, 1) / self._total) + 0.5 * sum(costs),
        }

    def _kind_traits(self, text: str, one: _Seen) -> dict[str, float]:
        """What kinds of words the string begins with, ends with and holds, as `Lexicon.kind` names them."""
        kinds = "".join(map(self._lexicon.kind, one.words))
        first, last = kinds[0], kinds[-1]
        first_single, last_single = len(one.words[0]) == 1, len(one.words[-1]) == 1
        return {
            "first_verb": first == "v",
            "first_adjective": first == "a",
            "first_adverb": first == "d",
            "first_function": first in "um",
            "first_noun": first == "n",
            "last_verb": last == "v",
            "last_verbal": last == "g",
            "last_noun": last == "n",
            "last_adjective": last == "a",
            "last_adverb": last == "d",
            "last_function": last in "um",
            "phrase": "i" in kinds,
            "verbs": (kinds.count("v") + kinds.count("d")) / len(kinds),
            "unknown": "x" in kinds,
            "first_single": first_single,
            "last_single": last_single,
            "single_verb_first": first_single and first == "v",
            "single_other_first": first_single and first != "v",
            "ending_first": first_single and text[0] in _ENDINGS,
            "single_verb_last": last_single and last == "v",
        }

    def _cost(self, word: str) -> float:
        number = self._lexicon.index.get(word)
        return _UNKNOWN_COST if number is None else float(self._lexicon.costs[number])

    def _cohesion(self, one: _Seen) -> float:
        """The least mutual information over the ways of splitting the string between two words."""
        least = COHESION_OF_ONE if len(one.words) < 2 else MOST_COHESION
        for at in range(1, len(one.words)):
            apart = self._count(one.words[:at]) * self._count(one.words[at:])
            least = min(least, math.log(max(one.count, 1) * self._total / apart))
        return least

    def _count(self, words: Sequence[str]) -> int:
        text = "".join(words)
        return (self._seen[text].count if text in self._seen else 0) or self._words.get(text, 0) or 1


def _size_traits(text: str, one: _Seen) -> dict[str, float]:
    """How many characters and words the string has."""
    size, words = len(text), len(one.words)
    return {
        "two": size == 2,
        "three": size == 3,
        "four": size == 4,
        "five_six": size in (5, 6),
        "long": size >= 7,
        "one_word": words == 1,
        "two_words": words == 2,
        "three_words": words == 3,
        "singles": sum(len(word) == 1 for word in one.words) / words,
    }


def _neighbour_traits(one: _Seen) -> dict[str, float]:
    """How often a stop, 的 or a kind of word is beside the string; “.” is the edge of a run of hanzi."""
    count = one.count
    return {
        "stop_left": _share(one.left, _STOPS, count),
        "stop_right": _share(one.right, _STOPS, count),
        "de_left": _share(one.left, "的", count),
        "de_right": _share(one.right, "的", count),
        "after_verb": _share(one.before, "v", count),
        "after_noun": _share(one.before, "ng", count),
        "after_adjective": _share(one.before, "a", count),
        "before_noun": _share(one.after, "ng", count),
        "before_verb": _share(one.after, "v", count),
        "free_edges": _share(one.before, ".vu", count) * _share(one.after, ".vu", count),
        "after_edge": _share(one.before, ".u", count),
        "before_edge": _share(one.after, ".u", count),
    }


def _share(around: Counter[str], of: frozenset[str] | str, count: int) -> float:
    return sum(n for char, n in around.items() if char in of) / max(count, 1)


def _entropy(around: Counter[str]) -> float:
    total = sum(around.values())
    return -sum(n / total * math.log2(n / total) for n in around.values()) + 0.0
