"""Which English number stands in the place of a Chinese one that has no like.

Two lists of unexplained quantities come in; pairs that contradict one another come out, each quantity
once. Figures contradict figures of their kind and size. Words and single figures are held against one
another only on evidence from both sides: they count the same thing by the lexicon, or they are the only
ones without a like. What a pair, both, 双 or 半 says in another way is no evidence.
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
_SAID_EN = {
    2.0: re.compile(
        r"\b(?:both|pairs?|couples?|dual|double\w*|twin\w*|twice|two\w*|bilateral\w*|bienni\w+)\b", re.I
    ),
    3.0: re.compile(r"\b(?:trio|trilateral\w*|tripartite|triple\w*|thrice|three\w*|quarters?)\b", re.I),
    4.0: re.compile(r"\b(?:quad\w+|quart\w+|four\w*)\b", re.I),
    10.0: re.compile(r"\b(?:decades?|tens|ten\w*)\b", re.I),
    12.0: re.compile(r"\bdozen", re.I),
}
"""Other words by which English says a small number."""
_HINTED_EN = {
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
"""Words in which a small number may be hidden."""
_SAID_ZH = {
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
_HINTED_ZH = {1.0: "首初头頭单單独獨统統同唯每某", 2.0: "再另半副互彼", 3.0: "季", 6.0: "半", 7.0: "周週"}
_NEXT = re.compile(
    r"(?:^|[^一二三四五六七八九十\d多几数每两这此上前首历歷屡屢])次|一[对對]|[对對](?:夫妇|夫婦|翅)"
)


def contradictions(
    zh: str, en: str, open_: Sequence[Quantity], spare: Sequence[Quantity], lexicon: Lexicon | None
) -> dict[Quantity, Quantity]:
    """For each Chinese quantity that is contradicted, the English one in its place."""
    scene = _Scene(zh, en, open_, spare, lexicon)
    found: dict[Quantity, Quantity] = {}
    for _, wanted, other in sorted(
        scene.rivals(), key=lambda rival: (rival[0], rival[1].span, rival[2].span)
    ):
        if wanted not in found and not any(other is taken for taken in found.values()):
            found[wanted] = other
    return found


class _Scene:
    """The two sides of one pair, with what on each has no like."""

    def __init__(
        self, zh: str, en: str, open_: Sequence[Quantity], spare: Sequence[Quantity], lexicon: Lexicon | None
    ) -> None:
        self.zh, self.en, self.lexicon = zh, en, lexicon
        self.open = [q for q in open_ if q.sure or not self._is_said(q)]
        self.spare = [q for q in spare if q.sure or not self._has_a_cause(q)]

    def rivals(self) -> Iterator[tuple[tuple[float, ...], Quantity, Quantity]]:
        """Pairs that may contradict one another, the likeliest least."""
        for wanted in self.open:
            for other in self.spare:
                if wanted.sure and other.sure:
                    if _may_stand_for(wanted, other):
                        yield (0.0, *_unlikeness(wanted, other)), wanted, other
                elif self._counts_the_same(wanted, other):
                    yield (1.0, *_unlikeness(wanted, other)), wanted, other
                elif self._is_lonely(wanted, other):
                    yield (2.0, *_unlikeness(wanted, other)), wanted, other

    def _is_said(self, quantity: Quantity) -> bool:
        said = _SAID_EN.get(quantity.value) if quantity.kind in _COUNTING else None
        return said is not None and said.search(self.en) is not None

    def _has_a_cause(self, quantity: Quantity, letters: dict[float, str] = _SAID_ZH) -> bool:
        """Whether a letter of the Chinese, outside the numbers in question, may have become the English number."""
        if quantity.kind not in _COUNTING:
            return False
        wanted = letters.get(quantity.value, "")
        own = [q.span for q in self.open if not q.faint]
        return any(
            char in wanted and not any(span.start <= at < span.end for span in own)
            for at, char in enumerate(self.zh)
        )

    def _is_hinted(self, wanted: Quantity, other: Quantity) -> bool:
        """Whether either number may be hidden in another word of the other language."""
        hint = _HINTED_EN.get(wanted.value)
        if wanted.kind is not Kind.ORDINAL and hint is not None:
            beside = other.span.start - 1  # “the other three” hides no two
            if any(found.end() != beside for found in hint.finditer(self.en)):
                return True
        if other.value == 2 and _NEXT.search(self.zh) is not None:
            return True
        return self._has_a_cause(other, _HINTED_ZH)

    @cached_property
    def _lone(self) -> tuple[int, int]:
        return (
            sum(q.kind in _COUNTING and not q.faint for q in self.open),
            sum(q.kind in _COUNTING and not q.faint and not _is_an_order(q) for q in self.spare),
        )

    def _is_lonely(self, wanted: Quantity, other: Quantity) -> bool:
        """Whether no other number on either side has no like, so that one must stand for the other."""
        if wanted.faint or other.faint or (wanted.kind is Kind.ORDINAL and wanted.value == 1):
            return False
        if wanted.kind is other.kind and wanted.kind in (Kind.SHARE, Kind.DECADE):
            return True
        if wanted.kind not in _COUNTING or other.kind not in _COUNTING or self._is_hinted(wanted, other):
            return False
        if wanted.kind is not other.kind and Kind.TIMES in (wanted.kind, other.kind):
            return False
        if Kind.ORDINAL in (wanted.kind, other.kind) and max(wanted.value, other.value) > 200:
            return False
        if _is_an_order(other):
            return wanted.kind is Kind.ORDINAL and self._lone == (1, 0)
        return self._lone == (1, 1)

    def _counts_the_same(self, wanted: Quantity, other: Quantity) -> bool:
        """Whether the words about the two numbers are translations of one another."""
        if self.lexicon is None or wanted.kind not in _COUNTING or other.kind not in _COUNTING:
            return False
        if wanted.faint and (
            other.digits or (wanted.value == 1 and (other.sure or self._is_hinted(wanted, other)))
        ):
            return False
        if other.faint and (wanted.sure or self._is_hinted(wanted, other)):
            return False
        if _is_an_order(other) and wanted.kind is not Kind.ORDINAL:
            return False
        before, after = self._counted_zh(wanted.span)
        preceding, following = self._counted_en(other.span)
        return bool(following & after) or bool(preceding & (after | before))

    def _counted_zh(self, span: Span) -> tuple[set[str], set[str]]:
        """The stems that the Chinese word before a number, and the words after it, may have become."""
        assert self.lexicon is not None
        after = re.match(r"[㐀-鿿]{0,8}", self.zh[span.end :])
        before = re.search(r"[㐀-鿿]{0,4}$", self.zh[: span.start])
        words = [unit.of(after.group()) for unit in self.lexicon.words(after.group())][:4] if after else []
        last = [unit.of(before.group()) for unit in self.lexicon.words(before.group())][-1:] if before else []
        stems = [{s for word in some for s in stems_of(self.lexicon, word)} for some in (last, words)]
        return stems[0], stems[1]

    def _counted_en(self, span: Span) -> tuple[set[str], set[str]]:
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


def _is_an_order(quantity: Quantity) -> bool:
    """First, second, third: English puts them where Chinese has other words."""
    return quantity.kind is Kind.ORDINAL and quantity.value <= 3 and not quantity.sure


def _may_stand_for(wanted: Quantity, other: Quantity) -> bool:
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
