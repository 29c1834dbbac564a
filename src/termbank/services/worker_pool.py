"""A large check shared out among processes: batches of pairs out, findings in, as one process would find them.

Each member of the crew (`crew_member`) reads a batch, tells what it shows of its documents, and judges it when it is
told what they have shown up to its end; that sum is kept here, in the order of the text. Members are started anew and
spoken to through their standard streams, so they need nothing of the program that calls, and end when it does. A
member that fails or is killed ends the check with a TermbankError.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, Queue
from threading import Thread
from typing import Any, NamedTuple

from termbank.checks.document_stats import Noted, Shown, Use
from termbank.checks.pair import Desk
from termbank.model.errors import TermbankError
from termbank.model.finding import Finding
from termbank.model.segment import SegmentPair

ENOUGH = 50_000
"""Segments from which on a crew is sooner done: its members take seconds to make themselves ready."""
MOST = 4
"""More members than this are not kept busy by one reader."""
PROGRAM = "termbank.services.worker"
AHEAD = 2
"""Batches that lie before each member, so that it need not wait for the next."""


class Task(NamedTuple):
    """What every member is told first."""

    glossary: bytes
    checks: tuple[str, ...]
    with_lexicon: bool
    alone: bool
    date: str | None
    target: str


class Batch(NamedTuple):
    """Pairs to read; they are answered with `Read`."""

    number: int
    pairs: list[SegmentPair]


class Read(NamedTuple):
    """What a batch shows of each document; it is answered with `Before`."""

    number: int
    noted: dict[str | None, Noted]
    uses: list[Use]


class Before(NamedTuple):
    """What the documents of a batch have shown up to its end, as far as it matters there; answered with `Judged`."""

    number: int
    shown: dict[str | None, Shown]


class Judged(NamedTuple):
    """The findings in a batch, in order."""

    number: int
    findings: list[Finding]


class Failed(NamedTuple):
    """Why a member gives up."""

    why: str


def size(segments: int) -> int:
    """How many members a check of so many segments is worth; 1 means none beside the caller itself.

    `TERMBANK_PROCESSES` says otherwise where a person wants it.
    """
    wanted = os.environ.get("TERMBANK_PROCESSES", "")
    if wanted.isdecimal():
        return max(1, int(wanted))
    if segments < ENOUGH or not sys.executable or getattr(sys, "frozen", False):
        return 1  # a frozen program cannot be asked to run a module
    return min(MOST, os.cpu_count() or 1)


class _Member:
    """A process of the crew, with what is on its way to it and from it."""

    def __init__(self, said: Queue[tuple[_Member, Any]]) -> None:
        paths = [path for path in sys.path if path]
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
        )
        self.waiting = 0
        self._said = said
        self._told: Queue[Any] = Queue()
        for run in (self._tell, self._listen):
            Thread(target=run, daemon=True).start()

    def tell(self, message: Any) -> None:
        self._told.put(message)

    def end(self) -> None:
        self._told.put(None)
        self.process.kill()
        self.process.wait()

    def _tell(self) -> None:
        assert self.process.stdin is not None
        with suppress(OSError, ValueError), self.process.stdin as stream:
            while (message := self._told.get()) is not None:
                pickle.dump(message, stream, protocol=pickle.HIGHEST_PROTOCOL)
                stream.flush()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as stream:
            while True:
                try:
                    message = pickle.load(stream)
                except Exception:  # cut short in any way: the member is gone
                    self._said.put((self, None))
                    return
                self._said.put((self, message))


@contextmanager
def _crew(members: int, task: Task) -> Iterator[tuple[list[_Member], Queue[tuple[_Member, Any]]]]:
    said: Queue[tuple[_Member, Any]] = Queue()
    crew: list[_Member] = []
    try:
        for _ in range(members):
            crew.append(_Member(said))
            crew[-1].tell(task)
        yield crew, said
    except OSError as error:
        raise TermbankError(f"another process cannot be started ({error}).", remedy=_ALONE) from error
    finally:
        for member in crew:
            member.end()


_ALONE = "Check in one process: set TERMBANK_PROCESSES=1."


def findings(
    batches: Iterable[list[SegmentPair]], desk: Desk, checks: tuple[str, ...], members: int, alone: bool
) -> Iterator[Finding]:
    """The findings of the checks that look at pairs, in order; what the documents show is added to the desk."""
    task = Task(
        pickle.dumps(desk.glossary),
        checks,
        not alone or desk.lexicon is not None,
        alone,
        desk.date,
        desk.target,
    )
    with _crew(members, task) as (crew, said):
        yield from _Round(desk, crew, said).run(enumerate(batches))


class _Round:
    """The batches on their way: given out, read, judged, and told in order."""

    def __init__(self, desk: Desk, crew: list[_Member], said: Queue[tuple[_Member, Any]]) -> None:
        self._desk, self._crew, self._said = desk, crew, said
        self._pairs: dict[int, list[SegmentPair]] = {}
        self._read: dict[int, tuple[_Member, Read]] = {}
        self._judged: dict[int, list[Finding]] = {}
        self._summed = self._given_back = 0

    def run(self, batches: Iterator[tuple[int, list[SegmentPair]]]) -> Iterator[Finding]:
        more = True
        while more or self._pairs:
            while more and (free := min(self._crew, key=lambda member: member.waiting)).waiting < AHEAD:
                number, pairs = next(batches, (0, None))
                if pairs is None:
                    more = False
                    break
                self._pairs[number] = pairs
                free.waiting += 1
                free.tell(Batch(number, pairs))
            if self._pairs:
                self._hear(*self._next_said())
            yield from self._in_order()

    def _next_said(self) -> tuple[_Member, Any]:
        while True:
            with suppress(Empty):
                return self._said.get(timeout=1)  # where waiting cannot be interrupted, it is not long

    def _hear(self, member: _Member, message: Any) -> None:
        if isinstance(message, Read):
            self._read[message.number] = (member, message)
            while self._summed in self._read:
                self._sum(*self._read.pop(self._summed))
        elif isinstance(message, Judged):
            member.waiting -= 1
            self._judged[message.number] = message.findings
        else:
            why = message.why if isinstance(message, Failed) else f"exit code {member.process.wait()}"
            raise TermbankError(f"a process of the check ended before its time ({why}).", remedy=_ALONE)

    def _sum(self, member: _Member, read: Read) -> None:
        """Add what the next batch in order shows, and tell its member what holds from there."""
        self._desk.usage.take(read.uses, self._pairs[read.number], self._desk.glossary)
        before: dict[str | None, Shown] = {}
        for file, noted in read.noted.items():
            shown = self._desk.shown.setdefault(file, Shown())
            shown.add(noted)
            before[file] = shown.about(noted.open)
        member.tell(Before(read.number, before))
        self._summed += 1

    def _in_order(self) -> Iterator[Finding]:
        while self._given_back in self._judged:
            yield from self._judged.pop(self._given_back)
            del self._pairs[self._given_back]
            self._given_back += 1
