"""Checks a large text in several processes: two passes over batches of pairs, in the order of the text.

The first pass examines a batch: it counts what the batch shows and keeps what cannot be judged yet. This process adds the
counts up, in order, and the second pass judges the batch's unanswered terms by the counts up to its end. Both passes run
on any executor (`worker_pool`). At most a few batches for each worker are in memory at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from typing import NamedTuple

from termbank.checks.batch import Findings, examine_batch, judge_batch
from termbank.checks.context import CheckContext
from termbank.checks.document_stats import DocumentStats, DocumentSummary, DocumentTally, RenderingUse
from termbank.checks.registry import Check, find_check
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.services.garbage_collection import relax_garbage_collection
from termbank.services.glossary_pickle import GlossaryPickle
from termbank.services.worker_pool import (
    ONE_AT_A_TIME,
    SharedJob,
    WorkerPool,
    WorkerSettings,
    open_pool,
    prepared,
    result_of,
)

ENOUGH = 50_000
"""Segments from which on several processes are faster: each needs seconds to load glossary and lexicon."""


class BatchJob(NamedTuple):
    """What every worker needs to know before its first batch."""

    glossary: Glossary
    checks: tuple[str, ...]
    with_lexicon: bool
    alone: bool
    date: str | None
    target: str
    house_terms: frozenset[str] = frozenset()

    def prepare(self) -> _Prepared:
        """Load the glossary's matcher and the lexicon."""
        from termbank.services.lexicon_cache import lexicon
        from termbank.services.matcher_cache import matcher_of

        glossary = self.glossary
        context = CheckContext(
            glossary,
            matcher_of(glossary.without_aligned_terms if self.alone else glossary),
            lexicon() if self.with_lexicon else None,
            self.date,
            self.target,
            self.house_terms,
        )
        relax_garbage_collection()
        return _Prepared(context, tuple(map(find_check, self.checks)), GlossaryPickle(glossary))


class _Prepared(NamedTuple):
    context: CheckContext
    checks: tuple[Check, ...]
    references: GlossaryPickle


class PackedReport(NamedTuple):
    """A `BatchReport` as it is sent between processes; only workers unpack `undecided`."""

    summaries: dict[str | None, DocumentSummary]
    uses: list[RenderingUse]
    findings: Findings
    undecided: bytes


def process_count(segments: int) -> int:
    """How many processes a check of so many segments is worth; 1 means that this process checks alone."""
    return WorkerSettings().processes(segments >= ENOUGH)


def check_in_processes(
    batches: Iterable[list[SegmentPair]], job: BatchJob, tally: DocumentTally, processes: int
) -> Iterator[Finding]:
    """The findings of the checks of scope `pair` and `term`, in the same order as in one process.

    Args:
        tally: every batch is added to it, in order.

    Raises:
        TermbankError: a worker failed, ended or could not be started.
    """
    with open_pool(job, processes) as pool:
        for findings in map_batches(pool, batches, tally):
            for code in job.checks:
                yield from findings.get(code, ())


def map_batches(
    pool: WorkerPool, batches: Iterable[list[SegmentPair]], tally: DocumentTally
) -> Iterator[Findings]:
    """The findings of each batch by check; a bounded number of batches is being examined, and as many being judged."""
    examining: deque[tuple[list[SegmentPair], Future[PackedReport]]] = deque()
    judging: deque[tuple[Findings, Future[Findings]]] = deque()
    source = iter(batches)
    more = True
    while more or examining or judging:
        while more and len(examining) < pool.ahead:
            segments = next(source, None)
            if segments is None:
                more = False
            else:
                examining.append((segments, pool.submit(examine, segments)))
        if examining:
            segments, examined = examining.popleft()
            report = result_of(examined)
            tally.add_uses(report.uses, segments)
            stats = tally.add(report.summaries)
            judging.append((report.findings, pool.submit(judge, report.undecided, stats)))
        while judging and (len(judging) > pool.ahead or not examining):
            findings, judged = judging.popleft()
            yield findings | result_of(judged)


def examine(job: SharedJob, segments: Sequence[SegmentPair]) -> PackedReport:
    """`examine_batch`, in a worker."""
    with ONE_AT_A_TIME:
        context, checks, references = prepared(job)
        report = examine_batch(segments, context, checks)
        return PackedReport(
            report.summaries, report.uses, report.findings, references.dumps(report.undecided)
        )


def judge(job: SharedJob, undecided: bytes, stats: Mapping[str | None, DocumentStats]) -> Findings:
    """`judge_batch`, in a worker."""
    with ONE_AT_A_TIME:
        context, checks, references = prepared(job)
        return judge_batch(references.loads(undecided), stats, context, checks)
