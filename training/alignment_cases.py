"""The texts the aligner is fitted on: gold alignments, whole and altered, and the gold as a path through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.alignment import OMITTED, SETS, GoldBead, Text, at_random, texts, unpunctuated

from termbank.alignment.path import Step

VARIANTS = {"whole": 1.0, "English left out": 0.4, "Chinese left out": 0.2, "no Chinese marks": 0.3}
"""How a text is altered, and what the altered text counts in the fit."""
SET_WEIGHT = 400
"""Each set counts as so many beads, however long it is."""
THIRDS = 3
_OMITTED_CHINESE = 0.1


@dataclass(frozen=True)
class Case:
    """A text of a set, whole or altered."""

    name: str
    number: int
    variant: str
    text: Text

    @property
    def fold(self) -> int:
        """The half of the documents it belongs to."""
        return self.number % 2

    @property
    def third(self) -> int:
        """The third of the documents it belongs to; each set's documents are spread over all thirds."""
        if self.name == "mac-dev":
            return self.number * THIRDS // 6 % THIRDS
        return (self.number + SETS.index(self.name)) % THIRDS


def read_cases() -> Iterator[Case]:
    """Every document of every set in every variant. A set of one document is cut in half."""
    for name in SETS:
        documents = texts(name)
        for number, text in enumerate(_halves(documents[0]) if len(documents) == 1 else documents):
            yield Case(name, number, "whole", text)
            yield Case(name, number, "English left out", at_random(text, "en", OMITTED, 7 + number))
            yield Case(name, number, "Chinese left out", at_random(text, "zh", _OMITTED_CHINESE, 70 + number))
            yield Case(name, number, "no Chinese marks", unpunctuated(text))


def case_weights(cases: Sequence[Case]) -> list[float]:
    """What each case counts: every set alike, every variant as VARIANTS says."""
    beads = {
        name: sum(len(case.text[2]) for case in cases if (case.name, case.variant) == (name, "whole"))
        for name in SETS
    }
    return [SET_WEIGHT / beads[case.name] * VARIANTS[case.variant] for case in cases]


def _halves(text: Text) -> list[Text]:
    zh, en, gold = text
    top, left = next((a[0], b[0]) for a, b in gold if a and b and a[0] >= len(zh) // 2)
    before = [(a, b) for a, b in gold if (a[0] < top if a else b[0] < left)]
    after = [
        (tuple(s - top for s in a), tuple(s - left for s in b)) for a, b in gold if (a, b) not in set(before)
    ]
    return [(zh[:top], en[:left], before), (zh[top:], en[left:], after)]


def gold_path(text: Text) -> list[Step]:
    """The gold beads as a path; a segment that no bead has is a gap. Empty where beads cross."""
    zh, en, gold = text
    paired: list[GoldBead] = [bead for bead in gold if bead[0] and bead[1]]
    of_zh = {s: number for number, (left, _) in enumerate(paired) for s in left}
    of_en = {s: number for number, (_, right) in enumerate(paired) for s in right}
    path, row, column = [], 0, 0
    while row < len(zh) or column < len(en):
        if row < len(zh) and row not in of_zh:
            step = (row, row + 1, column, column)
        elif column < len(en) and column not in of_en:
            step = (row, row, column, column + 1)
        elif of_zh.get(row, -1) != of_en.get(column, -2):
            return []
        else:
            left, right = paired[of_zh[row]]
            step = (row, row + len(left), column, column + len(right))
        path.append(step)
        row, column = step[1], step[3]
    return path
