"""Checks a batch of consecutive pairs in two steps.

`examine_batch` finds the terms and everything that does not depend on the rest of the document. Its report is added to a
`DocumentTally`, in the order of the text; `judge_batch` then judges the unanswered terms by what the document has shown.
The two steps are functions of their arguments, so batches can be examined and judged in other processes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from termbank.checks import load_check
from termbank.checks.context import CheckContext
from termbank.checks.document_stats import (
    DocumentStats,
    DocumentSummary,
    RenderingUse,
    find_uses,
    summarize,
)
from termbank.checks.inputs import CheckInput
from termbank.checks.pair import Pair, find_pairs
from termbank.checks.registry import Check
from termbank.checks.term_faults import judge_pair
from termbank.checks.unanswered_terms import UnansweredTerm, find_unanswered, surroundings
from termbank.model.finding import Finding
from termbank.model.segment import SegmentPair

Findings = dict[str, list[Finding]]
"""Findings by the code of their check."""


class UndecidedPair(NamedTuple):
    """A pair with the terms that are to be judged once the document's statistics are known."""

    pair: Pair
    terms: tuple[UnansweredTerm, ...]


class BatchReport(NamedTuple):
    """What a batch shows by itself."""

    summaries: dict[str | None, DocumentSummary]
    uses: list[RenderingUse]
    findings: Findings
    undecided: list[UndecidedPair]


def examine_batch(
    segments: Sequence[SegmentPair], context: CheckContext, checks: Sequence[Check]
) -> BatchReport:
    """Find the terms of a batch and run the checks of scope `pair` on it."""
    pairs = find_pairs(segments, context.matcher)
    unanswered = [
        tuple(find_unanswered(pair, surroundings(pairs, number), context.expected, context.matcher))
        for number, pair in enumerate(pairs)
    ]
    return BatchReport(
        summarize(pairs, unanswered),
        find_uses(pairs),
        _run("pair", checks, CheckInput(pairs=pairs), context),
        [UndecidedPair(pair, terms) for pair, terms in zip(pairs, unanswered, strict=True) if terms],
    )


def judge_batch(
    undecided: Sequence[UndecidedPair],
    stats: Mapping[str | None, DocumentStats],
    context: CheckContext,
    checks: Sequence[Check],
) -> Findings:
    """Judge the unanswered terms of a batch and run the checks of scope `term` on the faults.

    Args:
        stats: by document, what it has shown up to the end of the batch.
    """
    if all(check.scope != "term" for check in checks):
        return {}
    faults = [
        fault
        for pair, terms in undecided
        for fault in judge_pair(pair, terms, stats[pair.segment.en_file], context)
    ]
    return _run("term", checks, CheckInput(faults=faults), context)


def _run(scope: str, checks: Sequence[Check], checked: CheckInput, context: CheckContext) -> Findings:
    return {
        check.code: list(load_check(check).run(checked, context)) for check in checks if check.scope == scope
    }
