"""Print every figure: `python -m benchmarks [PART …] [--compare | --write]`, each part in a process of its own.

A part may be given its own arguments: `alignment:f1`, `extraction:renderings,2018`. `--compare` ends with exit code 1
where a figure fell under the one in benchmarks/figures.json, and names each; `--write` replaces them there.
`speed` is run by its name alone: it compares two checkouts (see benchmarks/speed.py). Parts that need texts the project
does not ship say so and are skipped.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import speed
from benchmarks.figures import COLLECTED, Baseline, parts_of, read_collected

PARTS = (
    "costs",
    "alignment",
    "extraction",
    "matching",
    "lookup",
    "survey",
    "checks",
    "glossaries",
    "reliability",
)


def run_part(name: str, arguments: Sequence[str], collected: Path) -> int:
    """Run one part, its output printed as it comes; returns its exit code."""
    print(f"\n## {name}\n", flush=True)
    began = time.perf_counter()
    command = [sys.executable, "-m", f"benchmarks.{name}", *arguments]
    code = subprocess.run(command, env=os.environ | {COLLECTED: str(collected)}, check=False).returncode
    print(f"\n({name}: {time.perf_counter() - began:.0f} s)", flush=True)
    return code


def compare(collected: Path, parts: Sequence[str], whole: bool) -> int:
    """Print the figures that fell; returns 1 where one did or a part was not measured."""
    baseline, measured = Baseline.read(), read_collected(collected)
    fallen = list(baseline.falls(measured, whole))
    absent = set(parts) & set(parts_of(baseline.figures)) - set(parts_of(measured))
    fallen += [f"{part}: nothing was measured" for part in sorted(absent)]
    count = sum(map(len, measured.values()))
    print(f"\n{count} figures compared: {len(fallen)} fell, {baseline.rises(measured)} rose.")
    for line in fallen:
        print(f"  {line}")
    return 1 if fallen else 0


def main(arguments: Sequence[str]) -> int:
    """Run the parts named, all by default; returns the worst exit code."""
    if arguments[:1] == ["speed"]:
        return speed.main(arguments[1:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"choose from: {', '.join(PARTS)}, speed")
    end = parser.add_mutually_exclusive_group()
    end.add_argument("--compare", action="store_true", help="fail where a figure fell")
    end.add_argument("--write", action="store_true", help="write benchmarks/figures.json")
    options = parser.parse_args(arguments)
    chosen = [
        (name, rest.split(",") if rest else [])
        for name, _, rest in (part.partition(":") for part in options.parts or PARTS)
    ]
    unknown = [name for name, _ in chosen if name not in PARTS]
    if unknown:
        parser.error(f"There is no benchmark “{unknown[0]}”. Choose from: {', '.join(PARTS)}, speed.")
    whole = not any(rest for _, rest in chosen)
    if options.write and not whole:
        parser.error("Only whole parts can be written: leave out the arguments after “:”.")
    with tempfile.TemporaryDirectory() as folder:
        collected = Path(folder) / "figures"
        collected.touch()
        worst = max(run_part(name, rest, collected) for name, rest in chosen)
        if options.write:
            Baseline.read().updated(read_collected(collected)).write()
        if options.compare:
            worst = max(worst, compare(collected, [name for name, _ in chosen], whole))
    return worst


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
