"""What termbank costs: installed size, import times, a cold lookup and the first paint.

Times are given as multiples of a bare `python -c pass` in the same run, the median of several, for
machines differ and are busy.
"""

from __future__ import annotations

import os
import pty
import select
import statistics
import subprocess
import sys
import time
from importlib.metadata import distribution
from pathlib import Path

from benchmarks.figures import record

RUNS = 9
MODULES = (
    "termbank",
    "termbank.cli.app",
    "termbank.matching.matcher",
    "opencc",
    "rapidfuzz",
    "numpy",
    "jieba",
    "pypinyin",
    "simplemma",
    "textual.app",
)


def median_ms(arguments: list[str]) -> float:
    """Wall milliseconds of a command, the median of RUNS."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def first_paint_ms() -> float:
    """From the start of `termbank` in a terminal of 80×24 to the first screen that shows its box."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        child, terminal = pty.fork()
        if child == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24")
            os.execv(sys.executable, [sys.executable, "-m", "termbank"])
        seen = b""
        while b"xzscl" not in seen and time.perf_counter() - began < 20:
            if select.select([terminal], [], [], 0.05)[0]:
                try:
                    seen += os.read(terminal, 65536)
                except OSError:
                    break
        times.append((time.perf_counter() - began) * 1000)
        os.write(terminal, b"\x11")
        time.sleep(0.3)
        os.close(terminal)
        os.waitpid(child, 0)
    return statistics.median(times)


def installed_mb(name: str) -> float:
    """Megabytes of a distribution's own files."""
    files = distribution(name).files or []
    paths = (Path(str(file.locate())) for file in files)
    return sum(path.stat().st_size for path in paths if path.is_file()) / 1e6


def requirements() -> list[str]:
    """The packages the core depends on, directly."""
    declared = distribution("termbank").requires or []
    return sorted({line.split(">")[0].split("=")[0].strip() for line in declared if "extra ==" not in line})


def main() -> None:
    """Print the table."""
    bare = median_ms([sys.executable, "-c", "pass"])
    print(f"| what | ms | × bare python ({bare:.0f} ms) |\n|---|---|---|")
    for module in MODULES:
        ms = median_ms([sys.executable, "-c", f"import {module}"])
        print(f"| import {module} | {ms:.0f} | {ms / bare:.1f} |")
    subprocess.run([sys.executable, "-m", "termbank", "init"], check=True, capture_output=True)
    for query in ("新质生产力", "新質生產力", "xzscl", "new qualty"):
        ms = median_ms([sys.executable, "-m", "termbank", "lookup", query])
        print(f"| termbank lookup {query} | {ms:.0f} | {ms / bare:.1f} |")
    paint = first_paint_ms()
    print(f"| termbank, first paint | {paint:.0f} | {paint / bare:.1f} |")
    sizes = {name: installed_mb(name) for name in ["termbank", *requirements()]}
    print("\n| package | MB installed |\n|---|---|")
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        print(f"| {name} | {size:.1f} |")
    record("costs/installed MB", sum(sizes.values()), "memory")
    print(f"| all of these | {sum(sizes.values()):.0f} |")


if __name__ == "__main__":
    main()
