"""Checks a large text in several processes: a map over batches of pairs, reduced in the order of the text.

A worker examines a batch; this process adds the reports up, in order, and a worker judges the batch's unanswered terms by
the statistics up to its end. The tasks are plain functions, so any `concurrent.futures.Executor` whose workers were
started with `start_worker` can run them. At most a few batches for each worker are in memory at once.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from multiprocessing import get_context, parent_process
from threading import Thread
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

from termbank.checks.batch import Findings, UndecidedPair, examine_batch, judge_batch
from termbank.checks.context import CheckContext
from termbank.checks.document_stats import DocumentStats, DocumentSummary, DocumentTally, RenderingUse
from termbank.checks.registry import Check, find_check
from termbank.model.concept import Concept, Term
from termbank.model.errors import TermbankError
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.message import message
from termbank.model.segment import SegmentPair
from termbank.services.garbage_collection import relax_garbage_collection

_Result = TypeVar("_Result")

ENOUGH = 50_000
"""Segments from which on several processes are faster: each needs seconds to load glossary and lexicon."""
MOST = 4
"""One reader does not keep more workers busy."""
AHEAD = 2
"""Batches that wait for each worker, so that it need not wait for the next."""


class WorkerTask(NamedTuple):
    """What every worker needs to know before its first batch."""

    glossary: Glossary
    checks: tuple[str, ...]
    with_lexicon: bool
    alone: bool
    date: str | None
    target: str


class PackedReport(NamedTuple):
    """A `BatchReport` as it is sent between processes; only workers unpack `undecided`."""

    summaries: dict[str | None, DocumentSummary]
    uses: list[RenderingUse]
    findings: Findings
    undecided: bytes


def process_count(segments: int) -> int:
    """How many processes a check of so many segments is worth; 1 means that this process checks alone.

    The environment variable `TERMBANK_PROCESSES` overrides it.
    """
    wanted = os.environ.get("TERMBANK_PROCESSES", "")
    if wanted.isdecimal():
        return max(1, int(wanted))
    if segments < ENOUGH or not sys.executable or getattr(sys, "frozen", False):
        return 1  # a frozen program cannot start a worker
    return min(MOST, os.cpu_count() or 1)


def check_in_processes(
    batches: Iterable[list[SegmentPair]], task: WorkerTask, tally: DocumentTally, processes: int
) -> Iterator[Finding]:
    """The findings of the checks of scope `pair` and `term`, in the same order as in one process.

    Args:
        tally: every batch is added to it, in order.

    Raises:
        TermbankError: a worker failed, ended or could not be started.
    """
    executor = ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=start_worker, initargs=(pickle.dumps(task),)
    )
    try:
        for findings in map_batches(executor, batches, tally, AHEAD * processes):
            for code in task.checks:
                yield from findings.get(code, ())
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def map_batches(
    executor: Executor, batches: Iterable[list[SegmentPair]], tally: DocumentTally, ahead: int
) -> Iterator[Findings]:
    """The findings of each batch by check, with at most `ahead` batches being examined and as many being judged."""
    examining: deque[tuple[list[SegmentPair], Future[PackedReport]]] = deque()
    judging: deque[tuple[Findings, Future[Findings]]] = deque()
    source = iter(batches)
    more = True
    while more or examining or judging:
        while more and len(examining) < ahead:
            segments = next(source, None)
            if segments is None:
                more = False
            else:
                examining.append((segments, _submit(executor, examine, segments)))
        if examining:
            segments, examined = examining.popleft()
            report = _result(examined)
            tally.add_uses(report.uses, segments)
            stats = tally.add(report.summaries)
            judging.append((report.findings, _submit(executor, judge, report.undecided, stats)))
        while judging and (len(judging) > ahead or not examining):
            findings, judged = judging.popleft()
            yield findings | _result(judged)


def _submit(executor: Executor, task: Callable[..., _Result], *arguments: Any) -> Future[_Result]:
    try:
        with _clean_start():
            return executor.submit(task, *arguments)
    except (OSError, BrokenProcessPool) as error:
        raise _failure(error) from error


def _result(future: Future[_Result]) -> _Result:
    """Wait for a result; where waiting cannot be interrupted by Ctrl-C, it is done a second at a time."""
    while True:
        try:
            return future.result(timeout=1)
        except TimeoutError:
            if future.done():
                raise
        except TermbankError:
            raise
        except Exception as error:
            raise _failure(error) from error


def _failure(error: Exception) -> TermbankError:
    if isinstance(error, BrokenProcessPool):
        text = message("a worker process of the check ended unexpectedly.")
    elif isinstance(error, OSError):
        text = message("a worker process of the check cannot be started ({reason}).", reason=str(error))
    else:
        reason = f"{type(error).__name__}: {error}"
        text = message("a worker process of the check failed ({reason}).", reason=reason)
    return TermbankError(text, remedy=message("Check in one process: set TERMBANK_PROCESSES=1."))


@contextmanager
def _clean_start() -> Iterator[None]:
    """Start workers that do not import the caller's main module and do not react to Ctrl-C.

    A worker would run a script that calls termbank once more; an interrupt is for the caller to handle.
    """
    main = sys.modules["__main__"]
    blocked = None
    if hasattr(signal, "pthread_sigmask"):
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


# -- in a worker -----------------------------------------------------------------------------


class _Worker(NamedTuple):
    context: CheckContext
    checks: tuple[Check, ...]
    terms: Mapping[int, tuple[str, int]]
    """By the identity of a term: its concept and its number there."""


_task = b""


def start_worker(task: bytes) -> None:
    """Prepare a process to work on batches.

    Args:
        task: a pickled `WorkerTask`.
    """
    global _task
    _task = task
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library may print must not get into the report.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, even if that was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@cache
def _worker() -> _Worker:
    """The glossary and lexicon of this process, loaded with its first batch."""
    from termbank.services.lexicon_cache import lexicon
    from termbank.services.matcher_cache import matcher_of

    task: WorkerTask = pickle.loads(_task)
    glossary = task.glossary
    context = CheckContext(
        glossary,
        matcher_of(glossary.without_aligned_terms if task.alone else glossary),
        lexicon() if task.with_lexicon else None,
        task.date,
        task.target,
    )
    terms = {id(t): (concept.id, n) for concept in glossary for n, t in enumerate(concept.terms)}
    relax_garbage_collection()
    return _Worker(context, tuple(map(find_check, task.checks)), terms)


def examine(segments: Sequence[SegmentPair]) -> PackedReport:
    """`examine_batch`, in a worker."""
    context, checks, _ = _worker()
    report = examine_batch(segments, context, checks)
    return PackedReport(report.summaries, report.uses, report.findings, pack(report.undecided))


def judge(undecided: bytes, stats: Mapping[str | None, DocumentStats]) -> Findings:
    """`judge_batch`, in a worker."""
    context, checks, _ = _worker()
    return judge_batch(unpack(undecided), stats, context, checks)


def pack(undecided: Sequence[UndecidedPair]) -> bytes:
    """Pickle pairs with the concepts and terms of the glossary by reference, which is many times smaller."""
    buffer = BytesIO()
    pickler = pickle.Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {Concept: _reduce_concept, Term: _reduce_term}
    pickler.dump(undecided)
    return buffer.getvalue()


def unpack(data: bytes) -> list[UndecidedPair]:
    """The pairs that another worker with the same glossary has packed."""
    found: list[UndecidedPair] = pickle.loads(data)
    return found


def _reduce_concept(concept: Concept) -> Any:
    if _worker().context.glossary.by_id.get(concept.id) is concept:
        return _find_concept, (concept.id,)
    return concept.__reduce_ex__(pickle.HIGHEST_PROTOCOL)


def _reduce_term(term: Term) -> Any:
    place = _worker().terms.get(id(term))
    return (_find_term, place) if place is not None else term.__reduce_ex__(pickle.HIGHEST_PROTOCOL)


def _find_concept(name: str) -> Concept:
    return _worker().context.glossary.by_id[name]


def _find_term(concept: str, number: int) -> Term:
    return _find_concept(concept).terms[number]
