"""Compare the speed of two checkouts, run by turns: `python -m benchmarks speed --against FOLDER [JOB …]`.

Each job runs as a process of its own, first in the other checkout, then in this one, and so on by turns, so that both
meet the same machine. What is compared is seconds of the processor in user mode. A scan is timed within its process
(the glossary and the cached matcher are made ready before), every other job whole, from start to end. A first pair of
runs fills the caches and is not counted. Printed are the medians, the median of the ratios old / new (over 1: faster
than before), and the ratio of the highest memory, new / old. The exit code is 1 where a speed is under .95 of before
or memory over 1.05.

Jobs: scan-zh and scan-en (10 MB at 1,000, 10,000, 100,000 and 1,000,000 terms), align, check, extract, lookup; `quick`
stands for all but the scans of a million terms. The texts are those in ../shared/data, else the sample corpus, repeated.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
SLOWEST, LARGEST = 0.95, 1.05
CORPUS = ("corpus/ai-plus.zh.txt", "corpus/ai-plus.official.en.txt")


@dataclass(frozen=True)
class Checkout:
    """A source tree, with the interpreter and the private home its jobs run with."""

    root: Path
    home: Path

    @property
    def python(self) -> str:
        """Its own environment's interpreter where it has one, so that both sides may differ in nothing else."""
        own = self.root / ".venv" / "bin" / "python"
        return str(own) if own.is_file() else sys.executable

    def run(self, arguments: Sequence[str]) -> tuple[str, float, float]:
        """Run an interpreter's command; returns its output, user seconds and highest memory in MB."""
        environment = os.environ | {
            "PYTHONPATH": str(self.root / "src"),
            "TERMBANK_HOME": str(self.home),
            "PYTHONHASHSEED": "0",
            "PYTHONPYCACHEPREFIX": str(self.home / "bytecode"),
        }
        # Both sides start from compiled modules: what a session has set here would slow one of them alone.
        for name in ("TERMBANK_BANK", "PYTHONDONTWRITEBYTECODE"):
            environment.pop(name, None)
        with tempfile.TemporaryFile() as output:
            child = subprocess.Popen(
                [self.python, *arguments], env=environment, stdout=output, stderr=subprocess.STDOUT
            )
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            text = output.read().decode("utf-8", "replace")
        if child.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(arguments)} failed in {self.root}:\n{text}")
        return text, usage.ru_utime, usage.ru_maxrss / 1024


@dataclass
class Runs:
    """What one checkout took, one value a run."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)


Job = Callable[[Checkout], tuple[dict[str, float], float]]
"""Runs once; returns seconds by what was timed, and the highest memory in MB."""


# -- the jobs ----------------------------------------------------------------------------------


def scan(terms: Path, text: Path, count: int, home: Path) -> Job:
    """Scan a text for the first `count` terms."""

    def job(checkout: Checkout) -> tuple[dict[str, float], float]:
        cache = home / checkout.home.name / f"matcher-{count}"
        script = str(ROOT / "benchmarks" / "speed_job.py")
        output, _, memory = checkout.run(["-P", script, str(terms), str(text), str(cache), str(count)])
        seconds = json.loads(output.splitlines()[-1])
        return {"first": seconds["first"], "again": seconds["again"]}, memory

    return job


def command(*arguments: str) -> Job:
    """Run a termbank command, whole."""

    def job(checkout: Checkout) -> tuple[dict[str, float], float]:
        _, seconds, memory = checkout.run(["-m", "termbank", *arguments])
        return {"whole": seconds}, memory

    return job


def write_text(path: Path, language: str, size: int) -> None:
    """About `size` bytes of one language."""
    pieces = list(_pieces(language))
    written = 0
    with path.open("w", encoding="utf-8") as file:
        while written < size:
            for piece in pieces:
                file.write(piece + "\n")
                written += len(piece.encode()) + 1
                if written >= size:
                    break


def _pieces(language: str) -> Iterator[str]:
    """Paragraphs of reports and laws, else of the sample corpus."""
    if not DATA.is_dir():
        for path in sorted((ROOT / "corpus").glob(f"*.{language}.txt")):
            yield path.read_text("utf-8")
        return
    for path in sorted((DATA / "hkma").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)[language]
    column = 2 if language == "zh" else 3
    for line in (DATA / "taiwan-laws" / "article_pairs.tsv").read_text("utf-8").splitlines()[1:]:
        yield line.split("\t")[column].replace("\\n", "\n")


def write_terms(path: Path, count: int) -> None:
    """A line for each pair of terms: real ones, then two of them joined."""
    from benchmarks.matching import terms_of

    path.write_text("".join(f"{zh}\t{en}\n" for zh, en in terms_of(count)), "utf-8")


def write_tmx(path: Path, segments: int) -> None:
    """A translation memory of that many segments."""
    from benchmarks.checks_scale import write_memory
    from benchmarks.checks_texts import gathered, gold_alignment

    if DATA.is_dir():
        texts = sorted((DATA / "sentence-alignment" / "un").glob("*.zh"))
        pairs = [pair for text in texts for pair in gold_alignment(text)]
    else:
        pairs = [pair for text in gathered().values() for pair in text]
    write_memory(path, pairs, segments)


def jobs(chosen: Sequence[str], folder: Path, megabytes: float) -> Iterator[tuple[str, Job]]:
    """Yield the jobs by name, the files they need written before the first of them."""
    sizes = [size for size in SIZES if size < 1_000_000 or "quick" not in chosen]
    for language in ("zh", "en"):
        names = {f"scan-{language}-{size}": size for size in sizes}
        wanted = [name for name in names if _is_chosen(name, chosen)]
        if wanted:
            terms, text = folder / f"{max(names[name] for name in wanted)}.tsv", folder / f"{language}.txt"
            if not terms.exists():
                write_terms(terms, max(names[name] for name in wanted))
            write_text(text, language, int(megabytes * 1_000_000))
        for name in wanted:
            yield name, scan(terms, text, names[name], folder)
    corpus = [str(ROOT / path) for path in CORPUS]
    if _is_chosen("align", chosen):
        yield "align", command("align", *(un_texts(folder) if DATA.is_dir() else corpus))
    if _is_chosen("check", chosen):
        write_tmx(folder / "memory.tmx", 20_000)
        yield "check", command("check", str(folder / "memory.tmx"))
    if _is_chosen("extract", chosen):
        yield "extract", command("extract", *corpus)
    if _is_chosen("lookup", chosen):
        yield "lookup", command("lookup", "新质生产力")


def un_texts(folder: Path) -> list[str]:
    """All documents of the United Nations set as one in each language; returns their paths."""
    paths = []
    for language in ("zh", "en"):
        path = folder / f"un.{language}.txt"
        texts = sorted((DATA / "sentence-alignment" / "un").glob(f"*.{language}"))
        path.write_text("\n".join(text.read_text("utf-8") for text in texts), "utf-8")
        paths.append(str(path))
    return paths


def _is_chosen(name: str, chosen: Sequence[str]) -> bool:
    return not chosen or "quick" in chosen or any(f"{name}-".startswith(f"{one}-") for one in chosen)


# -- the comparison ----------------------------------------------------------------------------


def compare(name: str, job: Job, old: Checkout, new: Checkout, repeats: int) -> list[str]:
    """Run a job by turns and print a line for each thing timed; returns what fell."""
    runs = {old.root: Runs(), new.root: Runs()}
    for number in range(repeats + 1):
        for checkout in (old, new):
            seconds, memory = job(checkout)
            if number:
                own = runs[checkout.root]
                own.memory.append(memory)
                for what, taken in seconds.items():
                    own.seconds.setdefault(what, []).append(taken)
    before, now = runs[old.root], runs[new.root]
    grown = statistics.median(now.memory) / statistics.median(before.memory)
    fallen = [f"{name}: memory is {grown:.2f} of before"] if grown > LARGEST else []
    for what, olds in before.seconds.items():
        news = now.seconds[what]
        ratio = statistics.median(a / max(b, 1e-9) for a, b in zip(olds, news, strict=True))
        print(
            f"{name:16} {what:6} {statistics.median(olds):8.2f} s {statistics.median(news):8.2f} s "
            f"  speed {ratio:5.2f}   memory {statistics.median(now.memory):6.0f} MB, {grown:5.2f}",
            flush=True,
        )
        if ratio < SLOWEST:
            fallen.append(f"{name}, {what}: speed is {ratio:.2f} of before")
    return fallen


def main(arguments: Sequence[str]) -> int:
    """Compare this checkout with another, or print the table of goals; returns 1 where something fell or misses its goal."""
    if not any(argument.startswith("--against") for argument in arguments):
        from benchmarks import speed_table

        return speed_table.main(arguments)
    parser = argparse.ArgumentParser(prog="python -m benchmarks speed", description=__doc__)
    parser.add_argument("--against", type=Path, required=True, metavar="FOLDER", help="the other checkout")
    parser.add_argument("--repeats", type=int, default=5, help="counted runs of each, by default 5")
    parser.add_argument("--megabytes", type=float, default=10, help="of text scanned, by default 10")
    parser.add_argument(
        "jobs", nargs="*", metavar="JOB", help="scan, scan-zh, scan-zh-1000, align, …, or quick"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        old, new = (
            Checkout(root.resolve(), folder / name)
            for root, name in ((options.against, "old"), (ROOT, "new"))
        )
        print(f"{'job':16} {'timed':6} {'before':>10} {'now':>10}")
        fallen = []
        for name, job in jobs(options.jobs, folder, options.megabytes):
            fallen += compare(name, job, old, new, options.repeats)
    for line in fallen:
        print(line)
    return 1 if fallen else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
