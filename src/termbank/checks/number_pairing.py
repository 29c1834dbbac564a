"""Finds the English number that contradicts a Chinese one which has no like.

Figures contradict figures of their kind and size. Words and single figures are compared only on evidence from both
sides: they count the same thing by the lexicon, or they are the only ones without a like. What a pair, both, 双 or 半 says
in another way is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import log10

from termbank.checks.lexicon_stems import stems_of
from termbank.checks.number_equality import figures_of, is_a_slip
from termbank.lexicon.dictionary import Lexicon, is_stop_word
from termbank.model.span import Span
from termbank.text import tokenizer_en as english
from termbank.text.morphology_en import family_stem, lemma
from termbank.text.numbers.value import Kind, Quantity

_COUNTING = (Kind.PLAIN, Kind.ORDINAL, Kind.TIMES)
_SYNONYMS_EN = {
    2.0: re.compile(
        r"\b(?:both|pairs?|couples?|dual|double\w*|twin\w*|twice|two\w*|bilateral\w*|bienni\w+)\b", re.I
    ),
    3.0: re.compile(r"\b(?:trio|trilateral\w*|tripartite|triple\w*|thrice|three\w*|quarters?)\b", re.I),
    4.0: re.compile(r"\b(?:quad\w+|quart\w+|four\w*)\b", re.I),
    10.0: re.compile(r"\b(?:decades?|tens|ten\w*)\b", re.I),
    12.0: re.compile(r"\bdozen", re.I),
}
"""Other words that say a small number."""
_POSSIBLE_EN = {
    1.0: re.compile(
        r"\b(?:an?|one|once|single|sole|only|same|every|each|another|whole|entire|first|primary|top|unified|united|joint|per)\b",
        re.I,
    ),
    2.0: re.compile(
        r"\b(?:either|neither|other|another|second\w*|latter|respective\w*|mutual\w*|each|semi\w*|half)\b",
        re.I,
    ),
    3.0: re.compile(r"\b(?:tri\w+|third\w*)\b", re.I),
}
"""Words that may say a small number."""
_SYNONYMS_ZH = {
    1.0: "一",
    2.0: "二两兩双雙俩倆",
    3.0: "三仨",
    4.0: "四",
    5.0: "五",
    6.0: "六",
    7.0: "七",
    8.0: "八",
    9.0: "九",
    10.0: "十",
}
_POSSIBLE_ZH = {1.0: "首初头頭单單独獨统統同唯每某", 2.0: "再另半副互彼", 3.0: "季", 6.0: "半", 7.0: "周週"}
_NEXT = re.compile(
    r"(?:^|[^一二三四五六七八九十\d多几数每两这此上前首历歷屡屢])次|一[对對]|[对對](?:夫妇|夫婦|翅)"
)


def contradictions(
    zh: str, en: str, zh_left: Sequence[Quantity], en_left: Sequence[Quantity], lexicon: Lexicon | None
) -> dict[Quantity, Quantity]:
    """For each Chinese quantity that is contradicted, the English one that contradicts it; each quantity once.

    Args:
        zh_left: the Chinese quantities without a like one.
        en_left: the English ones.
    """
    pair = _NumberedPair(zh, en, zh_left, en_left, lexicon)
    found: dict[Quantity, Quantity] = {}
    for _, wanted, other in sorted(pair.rivals(), key=lambda rival: (rival[0], rival[1].span, rival[2].span)):
        if wanted not in found and not any(other is taken for taken in found.values()):
            found[wanted] = other
    return found


class _NumberedPair:
    """The two sides of one pair, with the numbers on each that have no like."""

    def __init__(
        self,
        zh: str,
        en: str,
        zh_left: Sequence[Quantity],
        en_left: Sequence[Quantity],
        lexicon: Lexicon | None,
    ) -> None:
        self.zh, self.en, self.lexicon = zh, en, lexicon
        self.zh_left = [q for q in zh_left if q.sure or not self._is_said_otherwise(q)]
        self.en_left = [q for q in en_left if q.sure or not self._has_a_cause(q)]

    def rivals(self) -> Iterator[tuple[tuple[float, ...], Quantity, Quantity]]:
        """Quantities that may contradict one another, with a key by which the likeliest sort first."""
        for wanted in self.zh_left:
            for other in self.en_left:
                if wanted.sure and other.sure:
                    if _may_contradict(wanted, other):
                        yield (0.0, *_unlikeness(wanted, other)), wanted, other
                elif self._counts_the_same(wanted, other):
                    yield (1.0, *_unlikeness(wanted, other)), wanted, other
                elif self._is_only_rival(wanted, other):
                    yield (2.0, *_unlikeness(wanted, other)), wanted, other

    def _is_said_otherwise(self, quantity: Quantity) -> bool:
        said = _SYNONYMS_EN.get(quantity.value) if quantity.kind in _COUNTING else None
        return said is not None and said.search(self.en) is not None

    def _has_a_cause(self, quantity: Quantity, letters: dict[float, str] = _SYNONYMS_ZH) -> bool:
        """Whether a character of the Chinese, outside the numbers without a like, may have become the English number."""
        if quantity.kind not in _COUNTING:
            return False
        wanted = letters.get(quantity.value, "")
        own = [q.span for q in self.zh_left if not q.faint]
        return any(
            char in wanted and not any(span.start <= at < span.end for span in own)
            for at, char in enumerate(self.zh)
        )

    def _may_be_said_otherwise(self, wanted: Quantity, other: Quantity) -> bool:
        """Whether another word of the other language may say either number."""
        hint = _POSSIBLE_EN.get(wanted.value)
        if wanted.kind is not Kind.ORDINAL and hint is not None:
            beside = other.span.start - 1  # “the other three” does not say two
            if any(found.end() != beside for found in hint.finditer(self.en)):
                return True
        if other.value == 2 and _NEXT.search(self.zh) is not None:
            return True
        return self._has_a_cause(other, _POSSIBLE_ZH)

    @cached_property
    def _counts_left(self) -> tuple[int, int]:
        return (
            sum(q.kind in _COUNTING and not q.faint for q in self.zh_left),
            sum(q.kind in _COUNTING and not q.faint and not _is_enumeration(q) for q in self.en_left),
        )

    def _is_only_rival(self, wanted: Quantity, other: Quantity) -> bool:
        """Whether no other number on either side is without a like, so that one must render the other."""
        if wanted.faint or other.faint or (wanted.kind is Kind.ORDINAL and wanted.value == 1):
            return False
        if wanted.kind is other.kind and wanted.kind in (Kind.SHARE, Kind.DECADE):
            return True
        if (
            wanted.kind not in _COUNTING
            or other.kind not in _COUNTING
            or self._may_be_said_otherwise(wanted, other)
        ):
            return False
        if wanted.kind is not other.kind and Kind.TIMES in (wanted.kind, other.kind):
            return False
        if Kind.ORDINAL in (wanted.kind, other.kind) and max(wanted.value, other.value) > 200:
            return False
        if _is_enumeration(other):
            return wanted.kind is Kind.ORDINAL and self._counts_left == (1, 0)
        return self._counts_left == (1, 1)

    def _counts_the_same(self, wanted: Quantity, other: Quantity) -> bool:
        """Whether the words around the two numbers are translations of one another."""
        if self.lexicon is None or wanted.kind not in _COUNTING or other.kind not in _COUNTING:
            return False
        if wanted.faint and (
            other.digits or (wanted.value == 1 and (other.sure or self._may_be_said_otherwise(wanted, other)))
        ):
            return False
        if other.faint and (wanted.sure or self._may_be_said_otherwise(wanted, other)):
            return False
        if _is_enumeration(other) and wanted.kind is not Kind.ORDINAL:
            return False
        before, after = self._context_zh(wanted.span)
        preceding, following = self._context_en(other.span)
        return bool(following & after) or bool(preceding & (after | before))

    def _context_zh(self, span: Span) -> tuple[set[str], set[str]]:
        """The stems that the Chinese word before a number, and the words after it, may have become."""
        assert self.lexicon is not None
        after = re.match(r"[㐀-鿿]{0,8}", self.zh[span.end :])
        before = re.search(r"[㐀-鿿]{0,4}$", self.zh[: span.start])
        words = [unit.of(after.group()) for unit in self.lexicon.words(after.group())][:4] if after else []
        last = [unit.of(before.group()) for unit in self.lexicon.words(before.group())][-1:] if before else []
        stems = [{s for word in some for s in stems_of(self.lexicon, word)} for some in (last, words)]
        return stems[0], stems[1]

    def _context_en(self, span: Span) -> tuple[set[str], set[str]]:
        """The stems of the content word before a number, and of those after it."""
        after = re.match(r"[^.;:!?()\d]{0,60}", self.en[span.end :])
        before = re.search(r"[A-Za-z]+(?= ?$)", self.en[: span.start])
        words = [
            token.lower
            for token in english.tokens(after.group() if after else "")
            if token.text[0].isalpha() and not is_stop_word(token.lower)
        ][:3]
        last = [before.group().lower()] if before and not is_stop_word(before.group().lower()) else []
        return {family_stem(lemma(word)) for word in last}, {family_stem(lemma(word)) for word in words}


def _is_enumeration(quantity: Quantity) -> bool:
    """Whether it is first, second or third: English has them where Chinese has other words."""
    return quantity.kind is Kind.ORDINAL and quantity.value <= 3 and not quantity.sure


def _may_contradict(wanted: Quantity, other: Quantity) -> bool:
    if wanted.faint or other.faint:
        return False
    kinds = (wanted.kind, other.kind)
    if is_a_slip(wanted, other) and max(wanted.digits, other.digits) > 2 and Kind.SHARE not in kinds:
        return True
    if Kind.ORDINAL in kinds and wanted.kind is not other.kind and max(wanted.value, other.value) > 200:
        return False
    if Kind.DECADE in kinds or Kind.MONTH in kinds:
        return wanted.kind is other.kind
    if Kind.SHARE in kinds:
        return wanted.kind is other.kind or (wanted.digits > 0 and figures_of(wanted) == figures_of(other))
    if Kind.TIMES in kinds:
        return wanted.kind is other.kind
    if Kind.ORDINAL in kinds:
        return wanted.kind is other.kind or wanted.digits == other.digits > 1
    if Kind.DAY in kinds:
        return wanted.kind is other.kind
    if Kind.YEAR in kinds:
        return wanted.kind is other.kind
    smaller, larger = sorted((abs(wanted.value), abs(other.value)))
    return larger <= 20 * max(smaller, 1e-9) or figures_of(wanted) == figures_of(other)


def _unlikeness(one: Quantity, other: Quantity) -> tuple[float, float]:
    """Same kind and same figures first, then the nearest size."""
    far = abs(log10(abs(one.value) + 1e-9) - log10(abs(other.value) + 1e-9))
    unlike = (one.kind is not other.kind) + (
        figures_of(one) != figures_of(other) and not is_a_slip(one, other)
    )
    return float(unlike), far
