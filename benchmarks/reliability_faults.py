"""Processes that are killed, disks that are full or fail, and many writers: what becomes of the decisions."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from benchmarks.reliability_work import (
    ACTIONS,
    Outcome,
    judge,
    judge_copies,
    make_bank,
    take_decisions,
    take_one,
)
from termbank.model.errors import TermbankError
from termbank.services.bank_setup import open_bank

REFUSED, UNCLEAR = 3, 4
"""Exit codes of a child that was refused in a sentence, and of one that met anything else."""


def child(work: Callable[[Callable[[str], None]], None]) -> tuple[int, int]:
    """Run work in a process of its own; returns its number and a file to read its acknowledgements from."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    number = os.fork()
    if number:
        os.close(writing)
        return number, reading
    code = UNCLEAR
    try:
        os.close(reading)
        work(lambda line: _write(writing, line))
        code = 0
    except TermbankError:
        code = REFUSED
    except BaseException as error:
        os.write(writing, f"{type(error).__name__}: {error}".encode())
    finally:
        os._exit(code)


def _write(file: int, line: str) -> None:
    os.write(file, line.encode())


def finish(process: int, reading: int) -> tuple[int, list[str]]:
    """Wait for a child; returns its exit code and its lines."""
    with open(reading, encoding="utf-8") as lines:
        said = lines.readlines()
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), said


def kills(folder: Path, count: int, seed: int, longest: float = 0.6) -> Outcome:
    """Kill processes that take decisions at seeded moments; each goes on where the one before was killed."""
    outcome = Outcome()
    rng = random.Random(seed)
    path = make_bank(folder, 100, seed)
    for number in range(count):
        if number % 25 == 0:  # keep the bank small
            _remove_bank(path)
            path = make_bank(folder, 100, seed + number)
        before = judge(path, (), outcome)
        actions = (rng.choice(ACTIONS),) if rng.random() < 0.5 else ACTIONS
        work_seed, moment = rng.random(), rng.random() * longest
        process, reading = child(partial(_take, path, work_seed, actions))
        time.sleep(moment)
        os.kill(process, signal.SIGKILL)
        code, lines = finish(process, reading)
        outcome.runs += 1
        if code in (REFUSED, UNCLEAR):
            outcome.count("errors", lines[-1:])
        after = judge(path, lines, outcome)
        decided = sum(line.endswith("\n") for line in lines)
        if after - before > decided + 1:  # at most one was decided and not yet acknowledged
            outcome.count("half decisions", f"{after - before} decisions of {decided} acknowledged")
    judge_copies(folder / "copies", outcome)
    return outcome


def _take(path: Path, seed: float, actions: Sequence[str], say: Callable[[str], None]) -> None:
    take_decisions(path, say, random.Random(seed), actions)


def _remove_bank(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


# -- disks -------------------------------------------------------------------------------------


def failing_writes(folder: Path, step: int, seed: int) -> Outcome:
    """Let every write beyond a size fail, for sizes that grow until an action succeeds (the system answers EFBIG)."""
    outcome = Outcome()
    sound = make_bank(folder, 60, seed)

    def limit(size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    for action in ACTIONS:
        _until_it_succeeds(folder, sound, action, seed, step, limit, outcome)
    return outcome


def _until_it_succeeds(
    folder: Path,
    sound: Path,
    action: str,
    seed: int,
    step: int,
    limit: Callable[[int], None],
    outcome: Outcome,
    inputs: Path | None = None,
    last: int = 1 << 23,
) -> None:
    """Try an action on fresh copies of a bank under growing limits; it is done or refused, and never half done."""
    place = folder / "disk"
    enough = 0
    for size in range(0, last, step):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        path = Path(shutil.copy(sound, place / "terms.bank"))

        def work(say: Callable[[str], None], size: int = size, path: Path = path) -> None:
            limit(size)
            with open_bank(path) as bank:
                take_one(bank, folder, say, random.Random(seed), action, inputs)

        code, lines = finish(*child(work))
        limit_lifted(folder)
        outcome.runs += 1
        if code == UNCLEAR:
            outcome.count("unclear errors", f"{action} at {size} bytes: {lines[-1:]}")
        judge(path, lines, outcome)
        judge_copies(folder / "copies", outcome)
        enough = enough + 1 if code == 0 else 0
        if enough == 3:  # once the closing of the bank has its room too
            return
    outcome.count("unclear errors", f"{action} never succeeded")


def limit_lifted(folder: Path) -> None:
    """Give the disk its room back."""
    (folder / "filler").unlink(missing_ok=True)


def full_disks(step: int, seed: int) -> Outcome | None:
    """The same on a disk in memory that is full but for some bytes; None where none can be mounted."""
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as inputs:
        code = (
            f"mount -t tmpfs -o size=24m tmpfs {place} && exec {sys.executable} -m benchmarks.reliability_faults "
            f"{place} {inputs} {step} {seed}"
        )
        with contextlib.suppress(OSError):
            done = subprocess.run(
                ["unshare", "-rm", "sh", "-c", code],
                capture_output=True,
                text=True,
                check=False,
                env=os.environ | {"TERMBANK_HOME": f"{place}/home"},
            )
            if done.returncode == 0:
                outcome = Outcome()
                first, *rest = done.stdout.splitlines()
                outcome.runs, outcome.acknowledged = map(int, first.split())
                for line in rest:
                    times, _, fault = line.partition(" ")
                    outcome.count(fault, times=int(times))
                outcome.examples += done.stderr.splitlines()
                return outcome
    return None


def _on_this_disk(folder: Path, inputs: Path, step: int, seed: int) -> Outcome:
    outcome = Outcome()
    sound = make_bank(folder, 60, seed)
    filler = folder / "filler"

    def limit(size: int) -> None:
        with filler.open("wb") as file, contextlib.suppress(OSError):
            while True:
                os.write(file.fileno(), b"\0" * 4096)
        os.truncate(filler, max(0, filler.stat().st_size - size))

    for action in ACTIONS:
        _until_it_succeeds(folder, sound, action, seed, step, limit, outcome, inputs)
    return outcome


# -- writers -----------------------------------------------------------------------------------


def writers(folder: Path, processes: int, seconds: float, seed: int) -> Outcome:
    """Let processes decide at once for some seconds; every acknowledged decision must be in the one history."""
    outcome = Outcome(runs=processes)
    path = make_bank(folder, 100, seed)
    actions = ("edit", "edit", "edit", "import", "undo", "corpus")

    def work(say: Callable[[str], None], number: int) -> None:
        rng = random.Random(seed * 100 + number)
        until = time.monotonic() + seconds
        with open_bank(path) as bank:
            while time.monotonic() < until:
                take_one(bank, folder, say, rng, rng.choice(actions))

    started = [child(partial(work, number=number)) for number in range(processes)]
    lines: list[str] = []
    for process, reading in started:
        code, said = finish(process, reading)
        if code:
            outcome.count("errors", said[-1:])
        lines += said
    judge(path, lines, outcome)
    numbers = [line.split(",")[0] for line in lines if line.endswith("\n")]
    outcome.count("numbers given twice", times=len(numbers) - len(set(numbers)))
    return outcome


def main(arguments: list[str]) -> int:
    """Run the full disk in the folder given, with another for input files; prints the counts for `full_disks` to read."""
    outcome = _on_this_disk(Path(arguments[0]), Path(arguments[1]), int(arguments[2]), int(arguments[3]))
    print(outcome.runs, outcome.acknowledged)
    for fault, times in outcome.faults.items():
        print(times, fault)
    for example in outcome.examples:
        print(example, file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
