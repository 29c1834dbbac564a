"""The table of speed goals: `python -m benchmarks speed [ROW …] [--repeats N]`.

Each row runs a whole process and counts its seconds of the processor in user mode, the best and the median of the runs.
Beside it runs its floor, which does the least that the work needs with another tool, in the same run. A row passes where
its ratio to the floor is within the goal. Goals were set in seconds on a machine whose bare Python with numpy took .19 s,
so they are given as multiples of that; those of reading and scanning are ratios by themselves.

The texts are those in ../shared/data where they are at hand, else the sample corpus, repeated. Rows named by a prefix
are all run: `scan`, `import`. Rows marked * take minutes and run only when they are named, or with `--all`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
BARE = 0.19
"""Seconds of bare Python with numpy on the machine on which the goals were set."""
CONCEPTS, UNITS = 100_000, 100_000


@dataclass(frozen=True)
class Measurement:
    """User seconds and megabytes of one process."""

    seconds: float
    megabytes: float
    output: str = ""


def run(command: Sequence[str], home: Path) -> Measurement:
    """Run a command to its end; raises RuntimeError where it fails."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "TERMBANK_HOME": str(home),
        "PYTHONHASHSEED": "0",
    }
    environment.pop("TERMBANK_BANK", None)
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    if child.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)} failed:\n{text[-2000:]}")
    return Measurement(usage.ru_utime, usage.ru_maxrss / 1024, text)


class Inputs:
    """The files that rows read, each written when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"

    @cached_property
    def zh_lines(self) -> list[str]:
        return [line for path in sorted(CORPUS.glob("*.zh.txt")) for line in _lines(path)]

    @cached_property
    def en_lines(self) -> list[str]:
        return [line for path in sorted(CORPUS.glob("*.official.en.txt")) for line in _lines(path)]

    def text(self, language: str, lines: int) -> str:
        """A text of so many lines of the corpus, repeated."""
        path = self.folder / f"{lines}.{language}.txt"
        if not path.exists():
            some = self.zh_lines if language == "zh" else self.en_lines
            path.write_text("".join(f"{some[n % len(some)]}\n" for n in range(lines)), "utf-8")
        return str(path)

    def units(self, count: int) -> str:
        """A TMX of so many units of aligned sentences."""
        from benchmarks.speed import write_tmx

        path = self.folder / f"units-{count}.tmx"
        if not path.exists():
            write_tmx(path, count)
        return str(path)

    def large(self, kind: str, count: int) -> str:
        """A large file of benchmarks/large_inputs.py; raises ModuleNotFoundError where that is missing."""
        path = self.folder / f"large.{kind}"
        if not path.exists():
            getattr(import_module("benchmarks.large_inputs"), f"write_{kind}")(path, count)
        return str(path)

    def bank(self) -> str:
        """A bank of the large glossary."""
        path = self.folder / "large.bank"
        if not path.exists():
            run([*TERMBANK, "init", "--empty", "--bank", str(path)], self.home)
            run([*TERMBANK, "import", self.large("csv", CONCEPTS), "--bank", str(path)], self.home)
        return str(path)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


TERMBANK = [sys.executable, "-m", "termbank"]
Command = Callable[[Inputs], Sequence[str]]


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes:
        floor: the name of the floor in `FLOORS`.
        goal: the most that the row may take, in times its floor.
        megabytes: the most memory it may take, if that has a goal.
        fresh: files and folders of the inputs to remove before each run.
        slow: whether it runs only where it is asked for.
    """

    name: str
    what: str
    command: Command
    goal: float
    floor: str = "numpy"
    megabytes: float | None = None
    fresh: tuple[str, ...] = ()
    slow: bool = False


def termbank(*arguments: str | Callable[[Inputs], str]) -> Command:
    """A termbank command; arguments that are functions name an input."""
    return lambda inputs: [*TERMBANK, *(a if isinstance(a, str) else a(inputs) for a in arguments)]


def python(script: str, *arguments: Callable[[Inputs], str]) -> Command:
    """A Python script; its arguments are inputs."""
    return lambda inputs: [sys.executable, "-c", script, *(a(inputs) for a in arguments)]


def corpus(name: str) -> str:
    """A file of the sample corpus."""
    return str(CORPUS / name)


ZH, EN = corpus("ai-plus.zh.txt"), corpus("ai-plus.official.en.txt")
_JSON = ("--format", "json")


def zh(lines: int) -> Callable[[Inputs], str]:
    return lambda inputs: inputs.text("zh", lines)


def en(lines: int) -> Callable[[Inputs], str]:
    return lambda inputs: inputs.text("en", lines)


def units(count: int) -> Callable[[Inputs], str]:
    return lambda inputs: inputs.units(count)


def large(kind: str, count: int = CONCEPTS) -> Callable[[Inputs], str]:
    return lambda inputs: inputs.large(kind, count)


def place(name: str) -> Callable[[Inputs], str]:
    return lambda inputs: str(inputs.folder / name)


def seconds(goal: float) -> float:
    """A goal in seconds as multiples of bare Python with numpy."""
    return goal / BARE


_LXML = """
import sys
from lxml import etree
print(sum(1 for _, unit in etree.iterparse(sys.argv[1], tag=("{*}tu", "{*}trans-unit", "tu")) if unit.clear() is None))
"""
_READ = """
import sys
from pathlib import Path
from termbank.services.file_access import read_pairs_and_remarks
print(len(read_pairs_and_remarks(Path(sys.argv[1]))[0]))
"""
_FTS5 = """
import csv, sqlite3, sys
base = sqlite3.connect(":memory:")
base.execute("create virtual table term using fts5(text)")
rows = csv.reader(open(sys.argv[1], encoding="utf-8"))
base.executemany("insert into term values (?)", ((cell,) for row in rows for cell in row))
base.commit()
"""
_AUTOMATON = """
import sys
from ahocorasick_rs import AhoCorasick
from benchmarks.matching import terms_of
crossed, automaton_alone = sys.argv[2] == "crossed", sys.argv[3] == "alone"
terms = [zh for zh, _ in terms_of(10_000)]
text = open(sys.argv[1], encoding="utf-8").read()
text = (text * (3_000_000 // len(text) + 1))[:3_000_000]
if crossed:
    from opencc import OpenCC
    text = OpenCC("s2t").convert(text)
if automaton_alone:
    finder = AhoCorasick(terms)
    scan = lambda: finder.find_matches_as_indexes(text)
else:
    from termbank import Glossary, Matcher
    from termbank.model.concept import Concept, Term
    from termbank.model.language import Language
    matcher = Matcher(Glossary.of(Concept(f"c{n}", (Term(zh, Language.ZH_HANS),)) for n, zh in enumerate(terms)))
    scan = lambda: matcher.chinese(text)
    matcher.chinese(text[:100_000])
import os
began = os.times().user
scan()
print("seconds", os.times().user - began)
"""
_DECISIONS = """
import sys
from pathlib import Path
from termbank.services import settings
from termbank.services.bank_setup import open_bank
from termbank.model.decision import Change
with open_bank(Path(sys.argv[1])) as bank:
    ids = list(bank.ids("concept"))[:150]
    for id in ids:
        body = bank.body("concept", id)
        body = {**body, "subject": "economy" if body.get("subject") != "economy" else "law"}
        bank.decide(settings.decision("edit"), lambda: [Change("concept", id, body)])
"""


def automaton(kind: str, alone: bool) -> Command:
    """Scan a text for 10,000 terms; only the scan is counted."""
    which = "alone" if alone else "matcher"
    return lambda inputs: [sys.executable, "-c", _AUTOMATON, inputs.text("zh", 2_000), kind, which]


FLOORS: dict[str, Command] = {
    "numpy": python("import numpy"),
    "lxml tmx": python(_LXML, large("tmx", UNITS)),
    "lxml xliff": python(_LXML, large("xliff", UNITS)),
    "sqlite FTS5": python(_FTS5, large("csv")),
    "automaton same": automaton("same", alone=True),
    "automaton crossed": automaton("crossed", alone=True),
    "hunalign 1000": lambda inputs: [
        "hunalign",
        "/dev/null",
        inputs.text("zh", 1_000),
        inputs.text("en", 1_000),
    ],
}
"""What the rows are compared with."""

ROWS: tuple[Row, ...] = (
    Row("first-extract", "first extract on a new machine", termbank("extract", ZH, EN), seconds(9), fresh=("home",)),
    Row("scan-zh", "scan one article, Chinese", termbank("scan", ZH), seconds(0.5)),
    Row("scan-en", "scan one article, English", termbank("scan", EN), seconds(0.4)),
    Row("align-article", "align one article", termbank("align", ZH, EN, *_JSON), seconds(0.6)),
    Row("check-pair", "check a pair", termbank("check", EN, "--source", ZH), seconds(1.0)),
    Row("check-30", "check 30 units", termbank("check", units(30)), seconds(0.7)),
    Row("check-1000", "check 1,000 units", termbank("check", units(1_000)), seconds(1.6)),
    Row("extract-30", "extract, 30 lines", termbank("extract", zh(30), en(30), "--lines"), seconds(2.0)),
    Row("extract-300", "extract, 300 lines", termbank("extract", zh(300), en(300), "--lines"), seconds(7.0)),
    Row("align-1000", "align 1,000 lines", termbank("align", zh(1_000), en(1_000), *_JSON), seconds(4)),
    Row("automaton-same", "scan 3 million characters for 10,000 terms: simplified text", automaton("same", alone=False), 1 / 0.33, "automaton same"),
    Row("automaton-crossed", "the same text in traditional characters", automaton("crossed", alone=False), 1 / 0.2, "automaton crossed"),
    Row("read-tmx", "read 100,000 TMX units", python(_READ, large("tmx", UNITS)), 2.5, "lxml tmx", slow=True),
    Row("read-xliff", "read 100,000 XLIFF units", python(_READ, large("xliff", UNITS)), 2.5, "lxml xliff", slow=True),
    Row("align-10000", "align 10,000 lines", termbank("align", zh(10_000), en(10_000), *_JSON), seconds(30), slow=True),
    Row("align-100000", "align 100,000 lines", termbank("align", zh(100_000), en(100_000), *_JSON), seconds(320), megabytes=700, slow=True),
    Row("corpus-add", "corpus add of 100,000 pairs", termbank("corpus", "add", large("tmx", UNITS), "--bank", place("corpus.bank")), seconds(20), megabytes=200, fresh=("corpus.bank",), slow=True),
    *(
        Row(f"import-{kind}", f"import 100,000 concepts: {kind.upper()}", termbank("import", large(kind), "--bank", place("new.bank")), seconds(goal), megabytes=400, fresh=("new.bank",), slow=True)
        for kind, goal in (("csv", 20), ("tbx", 30), ("toml", 40))
    ),
    *(
        Row(f"export-{kind}", f"export 100,000 concepts: {kind.upper()}", termbank("export", place(f"out.{kind}"), "--bank", Inputs.bank), seconds(goal), megabytes=300, slow=True)
        for kind, goal in (("tbx", 10), ("xlsx", 18), ("csv", 5))
    ),
    Row("index", "search index of the large bank, and a lookup", termbank("lookup", "共同富裕", "--bank", Inputs.bank), 10 / 2.3, "sqlite FTS5", fresh=("home/cache/search",), slow=True),
    Row("large-scan", "scan an article with 100,000 concepts", termbank("scan", ZH, "--bank", Inputs.bank), seconds(1.5), megabytes=200, slow=True),
    Row("large-check", "check 30 units with 100,000 concepts", termbank("check", units(30), "--bank", Inputs.bank), seconds(2.0), megabytes=200, slow=True),
    Row("decisions", "150 decisions at 100,000 concepts", python(_DECISIONS, Inputs.bank), seconds(1), slow=True),
)  # fmt: skip
"""The table of goals. `decisions` counts the start of the process too."""


@dataclass
class Table:
    """Runs rows and their floors, the floors by turns with them, and prints a line for each row."""

    inputs: Inputs
    repeats: int
    missed: list[str] = field(default_factory=list)

    def time(self, command: Command, fresh: Sequence[str] = ()) -> Measurement:
        """Run a command once, on what it needs made anew; a script may print the seconds that count."""
        arguments = command(self.inputs)
        for name in fresh:
            path = self.inputs.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            for one in path.parent.glob(f"{path.name}*") if path.parent.is_dir() else ():
                one.unlink()
        found = run(arguments, self.inputs.home)
        last = found.output.rstrip().rsplit("\n", 1)[-1]
        if last.startswith("seconds "):
            return Measurement(float(last.split()[1]), found.megabytes)
        return found

    def print_row(self, row: Row) -> None:
        """Measure a row and print its line; one whose inputs are missing says so."""
        try:
            if not row.fresh:
                self.time(row.command)  # fills the caches
            pairs = [
                (self.time(FLOORS[row.floor]), self.time(row.command, row.fresh)) for _ in range(self.repeats)
            ]
        except (ModuleNotFoundError, FileNotFoundError) as error:
            print(f"| {row.what} ({row.name}) | not measured: {error} | | | | | |", flush=True)
            return
        spent = [own.seconds for _, own in pairs]
        floor = min(floor.seconds for floor, _ in pairs)
        ratio = min(spent) / max(floor, 0.001)
        memory = max(own.megabytes for _, own in pairs)
        passes = ratio <= row.goal and (row.megabytes is None or memory <= row.megabytes)
        if not passes:
            self.missed.append(row.name)
        most = f" (≤ {row.megabytes:.0f})" if row.megabytes is not None else ""
        print(
            f"| {row.what} ({row.name}) | {min(spent):.2f} | {statistics.median(spent):.2f} | {memory:.0f}{most} "
            f"| {row.floor}: {floor:.2f} | {ratio:.2f} | {row.goal:.2f} | {'pass' if passes else 'MISS'} |",
            flush=True,
        )


def choose(names: Sequence[str], everything: bool) -> Iterator[Row]:
    """The rows of these names or prefixes; without a name those that are quick, or all."""
    for row in ROWS:
        is_named = any(row.name == name or row.name.startswith(f"{name}-") for name in names)
        if is_named or (not names and (everything or not row.slow)):
            yield row


def main(arguments: Sequence[str]) -> int:
    """Print the table; returns 1 where a row misses its goal."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks speed", description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="runs of each row, by default 5")
    parser.add_argument("--all", action="store_true", help="the rows that take minutes too")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="names or prefixes: scan, import-csv, …")
    options: Any = parser.parse_args(arguments)
    rows = list(choose(options.rows, options.all))
    if not rows:
        parser.error(f"There is no such row. Choose from: {', '.join(row.name for row in ROWS)}.")
    with tempfile.TemporaryDirectory() as folder:
        inputs = Inputs(Path(folder))
        table = Table(inputs, options.repeats)
        print(
            "| what | best s | median s | MB | floor s | ratio | goal | |\n|---|---|---|---|---|---|---|---|"
        )
        for row in rows:
            table.print_row(row)
    print(f"\n{len(rows)} rows, {len(table.missed)} missed: {', '.join(table.missed) or '—'}")
    return 1 if table.missed else 0
