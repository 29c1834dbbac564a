"""Sentences that the translation leaves out.

**What it finds.** Chinese sentences and headings that the alignment leaves without English, between sentences that
are surely paired, when the English near by does not have their numbers, names or words. Sentences left out one
after another are one finding, which names the first and the last. A passage whose English stands elsewhere is
reported as moved (a note), a text of which a quarter has no English as a summary (a note).

**Why it matters.** It is the error that reading the English alone cannot show.

**Spared.** Lines of names, formulas of address and closing, page furniture; sentences whose content is in
the neighbouring English. A text that is abridged throughout is reported once, at the first sentence left out.

**Example.** 到2027年，普及率超过70%。到2030年，普及率超过90%。 → *The rate will exceed 70 percent by 2027.*

**Use instead.** Both sentences, or a note that the translation is abridged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from termbank.checks.context import CheckContext
from termbank.checks.example_glossary import Example
from termbank.checks.inputs import CheckInput
from termbank.checks.lexicon_stems import content_stem, stems_of
from termbank.checks.not_prose import HIDDEN
from termbank.checks.pair import Pair
from termbank.lexicon.dictionary import Lexicon
from termbank.model.finding import Finding, Severity
from termbank.model.message import Message, message, plural
from termbank.model.segment import SegmentPair
from termbank.model.span import Span
from termbank.text import tokenizer_en as english

CODE = "omitted-sentence"
FAULTY: tuple[Example, ...] = ()
SOUND = (Example("扎实推进共同富裕。", "Make solid progress toward common prosperity."),)

SHORTEST = 12
"""Han characters below which a sentence may be a formula."""
SHORTEST_HEADING = 4
"""Han characters of the shortest heading or clause that is asked about."""
ENDS = tuple("。！？；”」")
SURE = (0.6, 0.25)
"""Confidence from which on the surer and the less sure of the neighbouring pairs count as paired."""
SURE_OF_A_LINE = (0.7, 0.4)
"""The same beside a line that is no whole sentence."""
ENOUGH_SENTENCES = 2
"""Whole sentences without English, one after another, that are an omission however sure their neighbours are."""
UNSURE = 0.9
"""Confidence below which a pair between two gaps is taken for a part of one omission."""
MOST_GAPS = 0.25
"""Share of pairs without English above which the English is taken for a summary."""
FEWEST_FOR_A_SUMMARY = 8
"""Pairs that a text has at least, to be called a summary."""
ABRIDGED = 0.18
MANY = 4
"""Share of the sentences without English, and of how many places without it, from which on a text is abridged."""
TAKEN_UP = 0.3
"""Share of a sentence's words found in the neighbouring English, above which its content is there."""
MOVED = 0.5
"""Share of a passage's words found in English without Chinese elsewhere, from which on it was moved there."""
ENOUGH_WORDS = 3
"""Words and numbers of a paragraph, none of which the English has, that show it to be left out."""
NOT_RENDERED = 0.1
"""Share of a paragraph's own words in the English up to which it is not rendered there."""
SHORTEST_ENGLISH = 2.4
"""English characters for a Chinese one below which not all paragraphs of a pair are rendered."""
LONGEST_QUOTED = 24
"""Characters of a sentence that a message quotes."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_PARAGRAPH = re.compile(r"[^\s][^\n]*")
_HAN = re.compile(r"[㐀-鿿]")
_HEADING = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十百]+[）)]|[一二三四五六七八九十百]+[、．.是要]|第[一二三四五六七八九十百]+[章节節条條款项項部]|\d+[、．.])"
)
_DATE_LINE = re.compile(r"[\s（(]*(?:[\d〇零一二三四五六七八九十]+[年月日]\s*)+[\s）)]*$")


class _Run(NamedTuple):
    """Consecutive pairs without English, the pairs before and after them, and English beside them without Chinese."""

    pairs: tuple[Pair, ...]
    before: Pair | None
    after: Pair | None
    loose: tuple[Pair, ...]

    @property
    def english_beside(self) -> str:
        near = (self.before, *self.loose, self.after)
        return " ".join(pair.segment.en for pair in near if pair is not None)


def run(checked: CheckInput, context: CheckContext) -> Iterator[Finding]:
    """One finding for each run of omitted sentences; one for all where the text is abridged or a summary."""
    by_file: dict[str | None, list[Pair]] = {}
    for pair in checked.pairs:
        by_file.setdefault(pair.segment.en_file, []).append(pair)
    for whole in by_file.values():
        has_joined = any("\n" in pair.segment.zh for pair in whole)
        pairs = [part for pair in whole for part in _parts(pair, context.lexicon)] if has_joined else whole
        gaps = sum(_is_gap(pair.segment) for pair in pairs)
        if not gaps:
            continue
        if gaps <= MOST_GAPS * len(pairs):
            yield from _findings(list(_runs(pairs)), pairs, context)
        elif len(pairs) >= FEWEST_FOR_A_SUMMARY:
            yield _report_summary(pairs, gaps, context)


# Long: the parts are made in one expression.
def _parts(pair: Pair, lexicon: Lexicon | None) -> list[Pair]:
    """A pair whose English renders only some of several Chinese paragraphs, as pairs with English and without.

    An alignment takes a paragraph without English together with a neighbour, where that costs less than a gap. A paragraph
    counts as left out where the English has none of its words and is too short for all.
    """
    segment = pair.segment
    if "\n" not in segment.zh:
        return [pair]
    places = [found.span() for found in _PARAGRAPH.finditer(segment.zh)]
    is_one_to_many = segment.aligned and len(places) > 1 and len(_PARAGRAPH.findall(segment.en)) < len(places)
    if lexicon is None or not is_one_to_many or not segment.en.strip():
        return [pair]
    texts = [segment.zh[start:end] for start, end in places]
    left_out = [
        _is_left_out(text, "\n".join(other for other in texts if other is not text), segment, lexicon)
        for text in texts
    ]
    if True not in left_out or all(left_out):
        return [pair]
    confidence = max(segment.confidence, SURE_OF_A_LINE[0])
    return [
        Pair(
            replace(
                segment,
                zh=text,
                zh_start=segment.zh_start + start,
                en="" if is_gone else segment.en,
                as_written=None,
                confidence=confidence,
            ),
            (),
            (),
        )
        for text, (start, _), is_gone in zip(texts, places, left_out, strict=True)
    ]


def _is_left_out(zh: str, others: str, segment: SegmentPair, lexicon: Lexicon) -> bool | None:
    """Whether the English of a pair does not render one of its Chinese paragraphs; None where that cannot be seen.

    Args:
        others: the other paragraphs, whose words are no sign of this one.
    """
    explained = {stem for _, stems in _words_with_stems(others, lexicon) for stem in stems}
    own = _own_stems(zh, lexicon, explained)
    numbers = {number for number in _NUMBER.findall(zh) if len(number) > 1 and number not in others}
    asked = len(own) + len(numbers)
    if not asked:
        return None
    here = _stems_of_english(segment.en)
    found = sum(bool(stems & here) for stems in own) + sum(number in segment.en for number in numbers)
    if not found and asked >= ENOUGH_WORDS:
        return True
    if found > NOT_RENDERED * asked:
        return False if found >= TAKEN_UP * asked else None
    is_short = len(segment.en) < SHORTEST_ENGLISH * len(_HAN.findall(segment.zh))
    return True if is_short or not _is_a_sentence(zh) else None


def _runs(pairs: Sequence[Pair]) -> Iterator[_Run]:
    """The runs of pairs without English in a file; English without Chinese among them does not end a run."""
    before: Pair | None = None
    gaps: list[Pair] = []
    loose: list[Pair] = []
    for number, pair in enumerate(pairs):
        if _is_gap(pair.segment):
            gaps.append(pair)
        elif not pair.segment.zh or (gaps and _is_mispaired(pairs, number)):
            loose.append(pair)
        else:
            if gaps:
                yield _Run(tuple(gaps), before, pair, tuple(loose))
            before, gaps, loose = pair, [], []
    if gaps:
        yield _Run(tuple(gaps), before, None, tuple(loose))


def _is_mispaired(pairs: Sequence[Pair], number: int) -> bool:
    """Whether a pair of which the alignment is unsure lies between two gaps: it hides where the omission is."""
    near = pairs[number - 1 : number + 2]
    return (
        len(near) == 3
        and pairs[number].segment.confidence < UNSURE
        and _is_gap(near[0].segment)
        and _is_gap(near[2].segment)
    )


def _findings(runs: list[_Run], pairs: Sequence[Pair], context: CheckContext) -> Iterator[Finding]:
    """The findings in one file."""
    loose = [pair for pair in pairs if pair.segment.en and not pair.segment.zh]
    omitted: list[_Run] = []
    for one in runs:
        place = _place_moved_to(one, loose, context.lexicon)
        if place is not None:
            fault = plural(
                "This sentence was moved to line {line} of the English.",
                "These {count} sentences were moved to line {line} of the English.",
                len(one.pairs),
                line=place.segment.en_line,
            )
            yield replace(_finding(one, fault, context), severity=Severity.NOTE)
        elif (left := _omitted_part(one, context)) is not None:
            omitted.append(left)
    sentences = sum(_is_a_sentence(pair.segment.zh) for pair in pairs)
    unrendered = sum(_is_a_sentence(pair.segment.zh) for one in runs for pair in one.pairs)
    if len(omitted) >= MANY and unrendered > ABRIDGED * sentences:
        fault = plural(
            "This and {count} more sentence have no counterpart in the English, which looks abridged.",
            "This and {count} more sentences have no counterpart in the English, which looks abridged.",
            sum(len(one.pairs) for one in omitted) - 1,
        )
        yield _finding(omitted[0]._replace(pairs=omitted[0].pairs[:1]), fault, context)
        return
    for one in omitted:
        yield _finding(one, _fault(one), context)


def _fault(one: _Run) -> Message:
    if len(one.pairs) == 1:
        return message("This sentence has no counterpart in the English.")
    return message(
        "{count} sentences have no counterpart in the English, from “{first}” to “{last}”.",
        count=len(one.pairs),
        first=_quoted(one.pairs[0].segment.zh),
        last=_quoted(one.pairs[-1].segment.zh),
    )


def _quoted(zh: str) -> str:
    text = " ".join(zh.replace(HIDDEN, "").split())
    return text if len(text) <= LONGEST_QUOTED else f"{text[: LONGEST_QUOTED - 1]}…"


def _finding(one: _Run, fault: str, context: CheckContext) -> Finding:
    """A finding on a run, placed at its first sentence; its place in the Chinese goes on to the last."""
    first, last = one.pairs[0].segment, one.pairs[-1].segment
    found = context.finding(CODE, first, fault, zh=Span(0, len(first.zh)), found="")
    if len(one.pairs) == 1 or last.zh_start < first.zh_start:
        return found
    whole = Span(first.zh_start, last.zh_start + len(last.zh))
    return replace(found, span=whole) if context.target == "zh" else replace(found, source_span=whole)


def _report_summary(pairs: Sequence[Pair], gaps: int, context: CheckContext) -> Finding:
    """One note that the English is a summary, at the first sentence without English."""
    first = next(pair.segment for pair in pairs if _is_gap(pair.segment))
    fault = message(
        "The English looks like a summary: {count} of {total} sentences have no counterpart in it.",
        count=gaps,
        total=sum(bool(pair.segment.zh) for pair in pairs),
    )
    found = context.finding(CODE, first, fault, zh=Span(0, len(first.zh)), found="")
    return replace(found, severity=Severity.NOTE)


def _is_gap(segment: SegmentPair) -> bool:
    return segment.aligned and bool(segment.zh) and not segment.en


def _is_a_sentence(zh: str) -> bool:
    """Whether it is long enough, and ends, so that it is no heading and no formula."""
    return zh.rstrip()[-1:] in ENDS and len(_HAN.findall(zh)) >= SHORTEST


def _is_asked_about(zh: str) -> bool:
    """Whether it is a sentence, a heading with a number, a date or a clause that ends; no name and no title."""
    if _is_a_sentence(zh) or _DATE_LINE.match(zh) is not None:
        return True
    if len(_HAN.findall(zh)) < SHORTEST_HEADING:
        return False
    return zh.rstrip()[-1:] in ENDS or _HEADING.match(zh) is not None


def _omitted_part(one: _Run, context: CheckContext) -> _Run | None:
    """The run without the sentences at its ends whose content the English beside it has; None where it has all.

    It is also None where the pairs beside it are not surely paired, or it has no line that is asked about.
    """
    sentences = sum(_is_a_sentence(pair.segment.zh) for pair in one.pairs)
    if sentences < ENOUGH_SENTENCES and not _is_between_sure_pairs(
        one, SURE if sentences else SURE_OF_A_LINE
    ):
        return None
    left = list(one.pairs)
    while left and _is_taken_up(left[-1], one, context):
        left.pop()
    while left and _is_taken_up(left[0], one, context):
        left.pop(0)
    if not any(_is_asked_about(pair.segment.zh) for pair in left):
        return None
    return one._replace(pairs=tuple(left))


def _is_between_sure_pairs(one: _Run, sure: tuple[float, float]) -> bool:
    """Whether the pairs before and after a run, or the one there is, are surely paired."""
    beside = sorted(
        (
            pair.segment.confidence if pair.segment.en else 0.0
            for pair in (one.before, one.after)
            if pair is not None
        ),
        reverse=True,
    )
    return bool(beside) and all(confidence >= least for confidence, least in zip(beside, sure, strict=False))


def _is_taken_up(pair: Pair, one: _Run, context: CheckContext) -> bool:
    """Whether the English beside the run has the numbers or most words of a sentence, and its own Chinese has them not."""
    beside = one.english_beside
    beside_zh = "".join(other.segment.zh for other in (one.before, one.after) if other is not None)
    numbers = {number for number in _NUMBER.findall(pair.segment.zh) if len(number) > 1}
    if any(number in beside and number not in beside_zh for number in numbers):
        return True
    if context.lexicon is None:
        return False
    explained: set[str] = set()
    for _, stems in _words_with_stems(beside_zh, context.lexicon):
        explained |= stems
    own = _own_stems(pair.segment.zh, context.lexicon, explained)
    here = _stems_of_english(beside)
    return bool(own) and sum(bool(stems & here) for stems in own) > TAKEN_UP * len(own)


def _place_moved_to(one: _Run, loose: Sequence[Pair], lexicon: Lexicon | None) -> Pair | None:
    """The English without Chinese, elsewhere in the file, that has most words of a run; None where there is none."""
    if lexicon is None or not any(_is_a_sentence(pair.segment.zh) for pair in one.pairs):
        return None
    elsewhere = [pair for pair in loose if pair not in one.loose]
    own = [stems for pair in one.pairs for stems in _own_stems(pair.segment.zh, lexicon, frozenset())]
    here = _stems_of_english(" ".join(pair.segment.en for pair in elsewhere))
    if not elsewhere or not own or sum(bool(stems & here) for stems in own) < MOVED * len(own):
        return None
    return max(elsewhere, key=lambda pair: sum(bool(s & _stems_of_english(pair.segment.en)) for s in own))


def _own_stems(zh: str, lexicon: Lexicon, explained: frozenset[str] | set[str]) -> list[frozenset[str]]:
    """For each Chinese word of some length, the stems of the English it may become, without those explained."""
    found = (stems - explained for word, stems in _words_with_stems(zh, lexicon) if len(word) > 1)
    return [stems for stems in found if stems]


def _stems_of_english(text: str) -> set[str]:
    return {stem for token in english.tokens(text) if (stem := content_stem(token.text)) is not None}


def _words_with_stems(zh: str, lexicon: Lexicon) -> Iterator[tuple[str, frozenset[str]]]:
    """The Chinese words of a text, each with the stems of the English it may become."""
    for span in lexicon.words(zh):
        yield span.of(zh), stems_of(lexicon, span.of(zh))
