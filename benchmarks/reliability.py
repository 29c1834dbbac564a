"""What becomes of a bank when processes are killed, disks fail, many write, and bits flip.

    python -m benchmarks.reliability                          # all, in the numbers of the table below
    python -m benchmarks.reliability kills --kills 20 --seed 7
    python -m benchmarks reliability:flips,--flips=50

Every count of a fault must be 0. The exit code is 1 where one is not. It needs a POSIX system; the full disk needs the
right to mount one in memory (`unshare -rm`) and is left out elsewhere.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.figures import record
from benchmarks.reliability_faults import failing_writes, full_disks, kills, writers
from benchmarks.reliability_flips import flips
from benchmarks.reliability_work import Outcome, invent_terms
from termbank.model.decision import Change
from termbank.services import settings
from termbank.services.bank_setup import init, open_bank
from termbank.services.exporting import export

PARTS = ("kills", "disk", "writers", "flips", "cost")
WRITERS = (2, 4, 8)
RUNS = 5


def report(
    name: str, outcome: Outcome | None, seconds: float, subject: str = "decisions acknowledged"
) -> int:
    """Print a row for each fault looked for; returns how many were found."""
    if outcome is None:
        print(f"| {name} | left out: no disk can be mounted here | | |")
        return 0
    counts = f"{outcome.runs:,} runs, {outcome.acknowledged:,} {subject} ({seconds:.0f} s)"
    for fault, times in outcome.faults.items():
        print(f"| {name} | {counts} | {fault} | {times} |")
        record(f"reliability/{name}/{fault}", times, "error")
        counts = ""
    if outcome.beyond_repair:
        print(
            f"| {name} |  | (refused as beyond repair, the file as it was: no fault) | {outcome.beyond_repair} |"
        )
    for example in outcome.examples:
        print(f"  {example}", file=sys.stderr)
    sys.stdout.flush()
    return sum(outcome.faults.values())


def verification_cost(folder: Path, concepts: int, seed: int) -> float:
    """How much longer an export takes with verification than without: the medians of runs by turns, in one process."""
    path = folder / "large.bank"
    init(path, empty=True)
    with open_bank(path) as bank:
        bank.decide(settings.decision("import"), lambda: _concepts(concepts, random.Random(seed)))
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * RUNS):
        verifies = turn % 2 == 0
        with open_bank(path) as bank:
            bank.verifies = verifies
            began = time.process_time()
            export(bank, "json")
            seconds[verifies].append(time.process_time() - began)
    on, off = statistics.median(seconds[True]), statistics.median(seconds[False])
    print(
        f"\nAn export of {concepts:,} concepts: {on:.2f} s of the processor verified, {off:.2f} s not: {on / off - 1:+.1%}"
    )
    record("reliability/verification costs over a tenth of an export", float(on > 1.1 * off), "error")
    return on / off


def _concepts(count: int, rng: random.Random) -> Iterator[Change]:
    """Invented concepts of one Chinese term and two renderings."""
    for number in range(count):
        zh, en, other = invent_terms(rng)
        terms = [
            {"language": "zh-Hans", "text": zh, "status": "preferred"},
            {"language": "en", "text": en, "status": "preferred"},
            {"language": "en", "text": other, "status": "admitted"},
        ]
        yield Change("concept", f"concept-{number}", {"id": f"concept-{number}", "term": terms})


def main(arguments: Sequence[str]) -> int:
    """Run the parts named, all by default."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"choose from: {', '.join(PARTS)}")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--step", type=int, default=2048, help="bytes between two sizes at which writes fail")
    parser.add_argument("--seconds", type=float, default=30, help="how long writers write")
    parser.add_argument("--flips", type=int, default=200, help="flips in each region")
    parser.add_argument("--concepts", type=int, default=100_000, help="concepts of the export")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    parts = options.parts or PARTS
    if unknown := set(parts) - set(PARTS):
        parser.error(f"There is no part “{min(unknown)}”. Choose from: {', '.join(PARTS)}.")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TERMBANK_HOME"] = f"{folder}/home"
        print("| what | how often | fault | times |\n|---|---|---|---|")
        found = sum(_run(part, Path(folder) / part, options) for part in PARTS if part in parts)
    return 1 if found else 0


def _run(part: str, folder: Path, options: argparse.Namespace) -> int:
    folder.mkdir()
    began = time.perf_counter()

    def spent() -> float:
        return time.perf_counter() - began

    if part == "kills":
        return report("kills", kills(folder, options.kills, options.seed), spent())
    if part == "disk":
        failing = report("failing writes", failing_writes(folder, options.step, options.seed), spent())
        return failing + report("full disk", full_disks(2 * options.step, options.seed), spent())
    if part == "writers":
        found = 0
        for processes in WRITERS:
            place = folder / str(processes)
            place.mkdir()
            outcome = writers(place, processes, options.seconds, options.seed)
            found += report(f"{processes} writers", outcome, options.seconds)
        return found
    if part == "flips":
        outcomes = flips(folder, options.flips, options.seed)
        return sum(
            report(f"flips in {region}", outcome, spent(), "changed the content")
            for region, outcome in outcomes.items()
        )
    verification_cost(folder, options.concepts, options.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
