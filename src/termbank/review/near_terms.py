"""Terms that are nearly the same: likely misspellings and variants of one another, named in remarks only.

Two Chinese terms are near where they differ by one character and their English agrees: they share a rendering, or the
characters that differ are read alike and a rendering of one is nearly one of the other. So 新质生产力 is near 新質生産力,
but 十三五规划 is not near 十四五规划, nor 进口贸易 near 出口贸易. Terms that are equal once folded are one term, not near.

The cost is bounded: one edit leaves the first or the last two characters alone, so only terms that share these are
compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from termbank.model.message import Message, message
from termbank.text.normalize import fold

SHORTEST = 4
"""Shorter Chinese terms differ by one character as a rule: 权利 and 权力, 进口 and 出口."""
SAME_ENGLISH = 0.85
"""Least similarity of two renderings that may be one: a plural or a slip, not another word in four."""
NEAR_RENDERING = 0.9
"""Least similarity of two renderings of one concept for a remark; they often share all words but one."""
SHORTEST_RENDERING = 8
_PARTICLES = re.compile(r"[的之\W_]+")
_DIGITS = re.compile(r"\d+")
_EDGE = 2


class NearTerm(NamedTuple):
    """A term of a concept that a term asked about is near to."""

    concept: str
    text: str


def remark_on_near(text: str, near: NearTerm) -> Message:
    """“新质生产力” is close to “新質生産力” of new-quality-productive-forces."""
    return message(
        "“{term}” is close to “{other}” of {concept}.", term=text, other=near.text, concept=near.concept
    )


def near_key(key: str) -> str:
    """A folded, simplified term as it is compared: without 的, 之, spaces and punctuation."""
    return _PARTICLES.sub("", key)


class NearIndex:
    """Finds near terms among many Chinese terms, which are indexed by their edges."""

    def __init__(self, terms: Iterable[tuple[str, NearTerm]]) -> None:
        """`terms` gives each term with its folded, simplified key."""
        self._by_edge: dict[str, dict[str, list[NearTerm]]] = {}
        for key, term in terms:
            short = near_key(key)
            if len(short) >= SHORTEST - 1:
                for edge in _edges(short):
                    self._by_edge.setdefault(edge, {}).setdefault(short, []).append(term)

    def find(
        self,
        key: str,
        english: Iterable[str],
        english_of: Callable[[str], Iterable[str]],
        read: Callable[[str], Sequence[str]],
    ) -> list[NearTerm]:
        """The terms near to one, sorted; those with the same key are not among them.

        Args:
            key: The folded, simplified term.
            english: Its renderings.
            english_of: Gives the renderings of a concept by its id.
            read: Gives the pinyin syllables of a text.
        """
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract_iter

        short = near_key(key)
        if len(short) < SHORTEST:
            return []
        own: list[str] = [fold(text) for text in english]
        found: set[NearTerm] = set()
        for edge in _edges(short):
            block = self._by_edge.get(edge, {})
            for other, _, _ in extract_iter(short, block.keys(), scorer=OSA.distance, score_cutoff=1):
                for term in block[other]:
                    if _is_same_concept(short, other, own, english_of(term.concept), read):
                        found.add(term)
        return sorted(found)


def _edges(key: str) -> Iterator[str]:
    yield "‹" + key[:_EDGE]
    yield "›" + key[-_EDGE:]


def _is_same_concept(
    one: str,
    other: str,
    english: Sequence[str],
    renderings: Iterable[str],
    read: Callable[[str], Sequence[str]],
) -> bool:
    """Whether two terms at most one edit apart seem to name one concept."""
    other_english = [fold(text) for text in renderings]
    if set(english) & set(other_english):
        return True
    if one != other and (len(one) != len(other) or read(one) != read(other)):
        return False
    if not english or not other_english:
        return True
    return any(_similarity(a, b) >= SAME_ENGLISH for a in english for b in other_english)


def near_renderings(new: str, known: Iterable[str]) -> list[str]:
    """The renderings of a concept that a new one may be a slip of: “new quality productive force”.

    Renderings with other digits are not near: “13th Five-Year Plan” and “14th Five-Year Plan”.
    """
    wanted = fold(new)
    if len(wanted) < SHORTEST_RENDERING:
        return []
    return sorted(
        text
        for text in set(known)
        if (other := fold(text)) != wanted
        and _DIGITS.findall(other) == _DIGITS.findall(wanted)
        and _similarity(wanted, other) >= NEAR_RENDERING
    )


def _similarity(one: str, other: str) -> float:
    """1 less the share of characters to edit, from 0 to 1."""
    from rapidfuzz.distance import OSA

    return float(OSA.normalized_similarity(one, other))
