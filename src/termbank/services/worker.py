"""One member of a crew: `python -m termbank.services.worker`, spoken to by `crew` through its standard streams.

A task comes first, then batches and what their documents had shown before; what a batch shows and its findings go
back. It ends when nothing more can come; a person's interrupt is for the caller to hear.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Sequence
from typing import Any, BinaryIO

from termbank.checks import CHECKS, Check
from termbank.checks.document_stats import Usage, noted
from termbank.checks.pair import Desk, Reading
from termbank.services.check import judged, settled_memory
from termbank.services.worker_pool import Batch, Before, Failed, Judged, Read, Task


def main() -> None:
    """Read and judge until the caller is done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    heard = sys.stdin.buffer
    # What a library may print must not come between the answers.
    told = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    try:
        _work(heard, told)
    except (EOFError, BrokenPipeError):
        pass
    except Exception as error:
        _tell(told, Failed(f"{type(error).__name__}: {error}"))


def _tell(stream: BinaryIO, message: Any) -> None:
    pickle.dump(message, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _work(heard: BinaryIO, told: BinaryIO) -> None:
    task: Task = pickle.load(heard)
    desk = _desk(task)
    checks = [check for check in CHECKS if check.code in task.checks]
    with settled_memory():
        _go_on(heard, told, desk, checks)


def _go_on(heard: BinaryIO, told: BinaryIO, desk: Desk, checks: Sequence[Check]) -> None:
    held: dict[int, list[Reading]] = {}
    while True:
        message = pickle.load(heard)
        if isinstance(message, Batch):
            readings = held[message.number] = desk.found(message.pairs)
            usage = Usage()
            for reading in readings:
                usage.add(reading)
            _tell(told, Read(message.number, noted(readings), list(usage.told(message.pairs))))
        elif isinstance(message, Before):
            readings = held.pop(message.number)
            desk.shown = message.shown
            desk.settle(readings)
            _tell(told, Judged(message.number, list(judged(readings, desk, checks))))


def _desk(task: Task) -> Desk:
    from termbank.services.lexicon_cache import lexicon
    from termbank.services.matcher_cache import matcher_of

    glossary = pickle.loads(task.glossary)
    matcher = matcher_of(glossary.alone if task.alone else glossary)
    return Desk(glossary, matcher, lexicon() if task.with_lexicon else None, task.date, task.target)


if __name__ == "__main__":
    main()
