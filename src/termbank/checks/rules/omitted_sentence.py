"""A sentence that the translation leaves out.

**What it finds.** A Chinese sentence that the alignment leaves without English, between sentences that
are surely paired, when nothing near by takes up its numbers, names or terms.

**Why it matters.** It is the error that reading the English alone cannot show.

**Spared.** Headings, short sentences, formulas of address and closing, page furniture; sentences whose
content stands in the neighbouring English; texts of which the English is plainly a summary. Of a text that
is abridged throughout it is said once, at the first sentence left out.

**Example.** 到2027年，普及率超过70%。到2030年，普及率超过90%。 → *The rate will exceed 70 percent by 2027.*

**Use instead.** Both sentences, or a note that the translation is abridged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from termbank.checks.example_glossary import Example
from termbank.checks.lexicon_stems import stem, stems_of
from termbank.checks.pair import Desk, Reading
from termbank.model.finding import Finding
from termbank.model.span import Span
from termbank.text import tokenizer_en as english

CODE = "omitted-sentence"
FAULTY: tuple[Example, ...] = ()
SOUND = (Example("扎实推进共同富裕。", "Make solid progress toward common prosperity."),)

SHORTEST = 12
"""Han characters below which a sentence may be a heading or a formula."""

ENDS = tuple("。！？；”」")
SURE = 0.6
_HAN = re.compile(r"[㐀-鿿]")


ABRIDGED = 0.18
MANY = 4
"""Share of the sentences without English, and how many of them plainly left out, from which on a text is abridged."""


def run(pairs: Sequence[Reading], desk: Desk) -> Iterator[Finding]:
    """One finding for each omitted sentence; one for all where the text is abridged, none where it is a summary."""
    by_file: dict[str | None, list[Reading]] = {}
    for reading in pairs:
        by_file.setdefault(reading.pair.en_file, []).append(reading)
    for some in by_file.values():
        yield from _in_one_text(some, desk)


def _in_one_text(pairs: Sequence[Reading], desk: Desk) -> Iterator[Finding]:
    gaps = [r for r in pairs if r.pair.aligned and r.pair.zh and not r.pair.en]
    if not gaps or len(gaps) * 4 > len(pairs):
        return
    omitted = [reading for reading in gaps if _is_plain_gap(reading) and not _taken_up(reading, desk)]
    said = "this sentence has no counterpart in the English."
    whole = sum(_is_a_sentence(reading.pair.zh) for reading in pairs)
    left = sum(_is_a_sentence(reading.pair.zh) for reading in gaps)
    if len(omitted) >= MANY and left > ABRIDGED * whole:
        said = f"this and {len(omitted) - 1} more sentences have no counterpart in the English, which reads as abridged."
        omitted = omitted[:1]
    for reading in omitted:
        yield desk.finding(CODE, reading.pair, said, zh=Span(0, len(reading.pair.zh)), found="")


def _is_a_sentence(zh: str) -> bool:
    """Whether it is long enough, and ends, so that it is no heading and no formula."""
    return zh.rstrip()[-1:] in ENDS and len(_HAN.findall(zh)) >= SHORTEST


def _is_plain_gap(reading: Reading) -> bool:
    pair = reading.pair
    if not _is_a_sentence(pair.zh):
        return False
    near = [other for other in (reading.before, reading.after) if other is not None]
    return bool(near) and all(o.pair.en and o.pair.zh and o.pair.confidence >= SURE for o in near)


def _taken_up(reading: Reading, desk: Desk) -> bool:
    """Whether the English beside the gap holds what the sentence says."""
    near = [other for other in (reading.before, reading.after) if other is not None]
    beside = " ".join(other.pair.en for other in near)
    numbers = re.findall(r"\d+(?:\.\d+)?", reading.pair.zh)
    if any(number in beside for number in numbers if len(number) > 1):
        return True
    if desk.lexicon is None:
        return False
    have = {stem(english.lemma(token.text)) for token in english.tokens(beside)}
    own = {
        stem_
        for o in near
        for unit in desk.lexicon.words(o.pair.zh)
        for stem_ in stems_of(desk.lexicon, unit.of(o.pair.zh))
    }
    units = [unit.of(reading.pair.zh) for unit in desk.lexicon.words(reading.pair.zh)]
    telling = [stems for unit in units if len(unit) > 1 and (stems := stems_of(desk.lexicon, unit) - own)]
    return bool(telling) and sum(bool(stems & have) for stems in telling) > 0.3 * len(telling)
