"""What many documents cost: `python -m benchmarks.scale [COUNT …] [--command NAME] [--lines N]`.

Documents of the sample corpus, cut into pieces of so many lines, are repeated under other names until there are enough of
them. Each command works on them in one process and in two; counted are seconds of the processor in user mode, of all
processes together, seconds by the clock, and the highest memory of one process. The answers of both runs must be equal.
The last line of each command extrapolates the cost of a document between the two largest counts to 100,000 documents.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from subprocess import Popen
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = {
    "scan": ("scan", "texts/en", "--format", "json"),
    "align": ("align", "texts/zh", "texts/en", "--format", "json"),
    "check": ("check", "texts/en", "--source", "texts/zh", "--format", "json"),
    "extract": ("extract", "texts/zh", "texts/en", "--format", "json"),
}
MANY = 100_000


class Cost(NamedTuple):
    """User seconds of all processes, seconds by the clock, megabytes of the largest, and a hash of the answer."""

    user: float
    clock: float
    megabytes: float
    answer: str


def write_documents(folder: Path, count: int, lines: int) -> None:
    """Write so many pairs of documents of so many lines, in two folders."""
    pieces: list[tuple[str, str]] = []
    for path in sorted((ROOT / "corpus").glob("*.official.en.txt")):
        name = path.name.partition(".")[0]
        zh, en = (
            [line for line in each.read_text("utf-8").splitlines() if line.strip()]
            for each in (ROOT / "corpus" / f"{name}.zh.txt", path)
        )
        parts = max(1, min(len(zh), len(en)) // lines)
        for part in range(parts):
            pieces.append(
                tuple(  # type: ignore[arg-type]
                    "\n".join(side[part * len(side) // parts : (part + 1) * len(side) // parts]) + "\n"
                    for side in (zh, en)
                )
            )
    for number in range(count):
        for language, text in zip(("zh", "en"), pieces[number % len(pieces)], strict=True):
            path = folder / "texts" / language / f"{number // 1000:03}" / f"{number:06}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def measure(command: Sequence[str], folder: Path, workers: int) -> Cost:
    """Run a command on the documents of a folder; raises RuntimeError where it fails."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "TERMBANK_HOME": str(folder.parent / "home")}
    environment.pop("TERMBANK_BANK", None)
    with tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        arguments = [sys.executable, "-m", "termbank", *command, "--workers", str(workers)]
        child = Popen(arguments, cwd=folder, env=environment, stdout=output)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        clock = time.perf_counter() - began
        if child.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(arguments)} failed")
        output.seek(0)
        answer = sha256(output.read()).hexdigest()
    return Cost(usage.ru_utime, clock, usage.ru_maxrss / 1024, answer)


def main(arguments: Sequence[str]) -> int:
    """Print a table of each command; returns 1 where two processes answer otherwise than one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[200, 2000], metavar="COUNT")
    parser.add_argument("--command", action="append", choices=COMMANDS, help="by default all")
    parser.add_argument("--lines", type=int, default=10, help="of a document, by default about 10")
    options: Any = parser.parse_args(arguments)
    same = True
    print("| command | documents | processes | user s | s by the clock | MB |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        folders = {count: Path(temporary) / str(count) for count in sorted(options.counts)}
        for count, folder in folders.items():
            write_documents(folder, count, options.lines)
        for name in options.command or COMMANDS:
            alone: dict[int, Cost] = {}
            for count, folder in folders.items():
                measure(("scan", "texts/en/000/000000.txt"), folder, 1)  # fills the caches
                costs = {workers: measure(COMMANDS[name], folder, workers) for workers in (1, 2)}
                alone[count] = costs[1]
                same &= costs[1].answer == costs[2].answer
                for workers, cost in costs.items():
                    print(
                        f"| {name} | {count:,} | {workers} | {cost.user:.1f} | {cost.clock:.1f} | {cost.megabytes:.0f} |",
                        flush=True,
                    )
                print(
                    f"{name}, {count:,} documents: two processes are {costs[1].clock / costs[2].clock:.2f} times as fast"
                )
            print(_extrapolation(name, alone), flush=True)
    print("The answers of one and of two processes are equal." if same else "THE ANSWERS DIFFER.")
    return 0 if same else 1


def _extrapolation(name: str, alone: dict[int, Cost]) -> str:
    """One line on 100,000 documents, from the two largest counts (or the only one, with the start of the process in it)."""
    counts = sorted(alone)[-2:]
    last = alone[counts[-1]].user
    if len(counts) == 2:
        each = (last - alone[counts[0]].user) / (counts[1] - counts[0])
    else:
        each = last / counts[0]
    whole = last + each * (MANY - counts[-1])
    return f"{name}: {each * 1000:.0f} ms of user time a document; {MANY:,} would take {whole / 3600:.1f} hours of one core"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
