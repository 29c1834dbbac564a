"""A sentence that the translation leaves out.

**What it finds.** A Chinese sentence that the alignment leaves without English, between sentences that
are surely paired, when nothing near by has its numbers, names or terms.

**Why it matters.** It is the error that reading the English alone cannot show.

**Spared.** Headings, short sentences, formulas of address and closing, page furniture; sentences whose
content is in the neighbouring English; texts of which the English is plainly a summary. A text that
is abridged throughout is reported once, at the first sentence left out.

**Example.** 到2027年，普及率超过70%。到2030年，普及率超过90%。 → *The rate will exceed 70 percent by 2027.*

**Use instead.** Both sentences, or a note that the translation is abridged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.checks.lexicon_stems import stems_of
from termbank.checks.pair import Pair, neighbours
from termbank.lexicon.dictionary import Lexicon
from termbank.model.finding import Finding
from termbank.model.message import message, plural
from termbank.model.segment import SegmentPair
from termbank.model.span import Span
from termbank.text import tokenizer_en as english
from termbank.text.morphology_en import family_stem, lemma

CODE = "omitted-sentence"
FAULTY: tuple[Example, ...] = ()
SOUND = (Example("扎实推进共同富裕。", "Make solid progress toward common prosperity."),)

SHORTEST = 12
"""Han characters below which a sentence may be a heading or a formula."""
ENDS = tuple("。！？；”」")
SURE = 0.6
"""Confidence from which a neighbouring pair counts as surely paired."""
MOST_GAPS = 0.25
"""Share of pairs without English above which the English is taken for a summary."""
ABRIDGED = 0.18
MANY = 4
"""Share of the sentences without English, and how many of them plainly left out, from which on a text is abridged."""
TAKEN_UP = 0.3
"""Share of a sentence's words found in the neighbouring English, above which its content is there."""
_HAN = re.compile(r"[㐀-鿿]")


class _Gap(NamedTuple):
    """A pair without English, with the pairs beside it."""

    pair: Pair
    near: Sequence[Pair]


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each omitted sentence; one for all where the text is abridged, none where it is a summary."""
    by_file: dict[str | None, list[int]] = {}
    for number, pair in enumerate(checked.pairs):
        by_file.setdefault(pair.segment.en_file, []).append(number)
    for numbers in by_file.values():
        gaps = [
            _Gap(checked.pairs[number], neighbours(checked.pairs, number))
            for number in numbers
            if _is_gap(checked.pairs[number].segment)
        ]
        if gaps and len(gaps) <= MOST_GAPS * len(numbers):
            sentences = sum(_is_a_sentence(checked.pairs[number].segment.zh) for number in numbers)
            yield from _findings(gaps, sentences, context)


def _findings(gaps: list[_Gap], sentences: int, context: CheckContext) -> Iterator[Finding]:
    """The findings in one file, of whose pairs so many are whole sentences."""
    omitted = [gap for gap in gaps if _is_plain(gap) and not _is_taken_up(gap, context)]
    fault = message("This sentence has no counterpart in the English.")
    unrendered = sum(_is_a_sentence(gap.pair.segment.zh) for gap in gaps)
    if len(omitted) >= MANY and unrendered > ABRIDGED * sentences:
        fault = plural(
            "This and {count} more sentence have no counterpart in the English, which looks abridged.",
            "This and {count} more sentences have no counterpart in the English, which looks abridged.",
            len(omitted) - 1,
        )
        omitted = omitted[:1]
    for gap in omitted:
        segment = gap.pair.segment
        yield context.finding(CODE, segment, fault, zh=Span(0, len(segment.zh)), found="")


def _is_gap(segment: SegmentPair) -> bool:
    return segment.aligned and bool(segment.zh) and not segment.en


def _is_a_sentence(zh: str) -> bool:
    """Whether it is long enough, and ends, so that it is no heading and no formula."""
    return zh.rstrip()[-1:] in ENDS and len(_HAN.findall(zh)) >= SHORTEST


def _is_plain(gap: _Gap) -> bool:
    """Whether a whole sentence has no English, and the pairs beside it are surely paired."""
    if not _is_a_sentence(gap.pair.segment.zh):
        return False
    near = [other.segment for other in gap.near]
    return bool(near) and all(s.en and s.zh and s.confidence >= SURE for s in near)


def _is_taken_up(gap: _Gap, context: CheckContext) -> bool:
    """Whether the English beside the gap has the numbers or most words of the sentence."""
    zh = gap.pair.segment.zh
    beside = " ".join(other.segment.en for other in gap.near)
    numbers = re.findall(r"\d+(?:\.\d+)?", zh)
    if any(number in beside for number in numbers if len(number) > 1):
        return True
    if context.lexicon is None:
        return False
    en_stems = {family_stem(lemma(token.text)) for token in english.tokens(beside)}
    explained: set[str] = set()
    for other in gap.near:
        for _, stems in _words_with_stems(other.segment.zh, context.lexicon):
            explained |= stems
    own = [stems - explained for word, stems in _words_with_stems(zh, context.lexicon) if len(word) > 1]
    own = [stems for stems in own if stems]
    return bool(own) and sum(bool(stems & en_stems) for stems in own) > TAKEN_UP * len(own)


def _words_with_stems(zh: str, lexicon: Lexicon) -> Iterator[tuple[str, frozenset[str]]]:
    """The Chinese words of a text, each with the stems of the English it may become."""
    for span in lexicon.words(zh):
        yield span.of(zh), stems_of(lexicon, span.of(zh))
