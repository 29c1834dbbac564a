"""How fast a large translation memory is checked, and whether memory grows with it.

A TMX is made of the texts at hand, repeated, each segment made different by two words of a few hundred on both sides, and a
glossary of 10,000 concepts: those that ship, those of the HKMA's dictionaries that they lack, and compounds of two of
them. Both are checked as `termbank check FILE --glossary FILE` checks them, in a process of its own. What is counted is
time without reading the glossary, and the highest memory less what the process held before the check: first of one
process, in CPU time, then as many as the machine has processors for, by the clock.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.figures import record
from termbank.model.concept import Concept, Status, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.segment import SegmentPair

CONCEPTS = 10_000
SIZES = (30_000, 100_000)
"""The smaller is large enough for tables of words and places to have their size."""


def many_concepts(some: Sequence[Concept], count: int = CONCEPTS) -> Glossary:
    """The concepts given, filled up with compounds of two of them."""
    rng = random.Random(1)
    concepts: dict[str, Concept] = {}
    written: set[str] = set()
    for concept in some[:count]:
        own = {term.text for term in concept.chinese}
        if own.isdisjoint(written):
            concepts[concept.id] = concept
            written |= own
    short = [c for c in some if c.english and len(c.headword) <= 6 and len(c.english[0].text.split()) <= 3]
    while len(concepts) < count:
        one, other = rng.sample(short, 2)
        zh, en = one.headword + other.headword, f"{one.english[0].text} {other.english[0].text}"
        if zh in written:
            continue
        written.add(zh)
        terms = (Term(zh, Language.ZH_HANS, Status.PREFERRED), Term(en, Language.EN, Status.PREFERRED))
        concepts[f"compound-{len(concepts):05}"] = Concept(f"compound-{len(concepts):05}", terms)
    return Glossary.of(concepts.values())


def write_memory(path: Path, pairs: Sequence[SegmentPair], count: int) -> None:
    """A TMX of that many units, as the translation tools write them."""
    from termbank.files.xml import escape

    whole = [pair for pair in pairs if pair.zh.strip() and pair.en.strip()]
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="utf-8"?>\n<tmx version="1.4">\n'
            '<header creationtool="benchmark" creationtoolversion="1" segtype="sentence" o-tmf="none" '
            'adminlang="en" srclang="zh-CN" datatype="plaintext"/>\n<body>\n'
        )
        for number, pair in enumerate(islice(cycle(whole), count)):
            file.write(
                f'<tu tuid="{number}">\n<tuv xml:lang="zh-CN"><seg>{escape(pair.zh.strip())}（{_letters(number)}）</seg></tuv>\n'
                f'<tuv xml:lang="en-GB"><seg>{escape(pair.en.strip())} ({_letters(number)})</seg></tuv>\n</tu>\n'
            )
        file.write("</body>\n</tmx>\n")


_CONSONANTS = "bcdfghjklmnpqrstvwxz"


def _letters(number: int) -> str:
    """Two words that no language has: a memory has many segments, and far fewer words."""
    a, b, c, d = (_CONSONANTS[number // 20**place % 20] for place in range(4))
    return f"q{a}{b} q{c}{d}"


def measured(memory: Path, glossary: Path, processes: int) -> dict[str, Any]:
    """Seconds, findings and megabytes of one check in a process of its own; 0 processes are as many as are worth it."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.checks_scale", str(memory), str(glossary), str(processes)],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def on_scale(pairs: Sequence[SegmentPair], concepts: Sequence[Concept]) -> Iterator[str]:
    """The lines of the benchmark."""
    from termbank.files.glossaries.toml import write

    with tempfile.TemporaryDirectory() as folder:
        glossary = Path(folder) / "many.toml"
        glossary.write_bytes(write(many_concepts(concepts)))
        runs = []
        for size in SIZES:
            memory = Path(folder) / f"{size}.tmx"
            write_memory(memory, pairs, size)
            found = measured(memory, glossary, 1)
            runs.append(found)
            yield (
                f"TMX of {size:,} segments ({memory.stat().st_size / 1e6:.0f} MB), {CONCEPTS:,} concepts: "
                f"{size / found['cpu']:.0f} segments a second of CPU, {found['findings']} findings, "
                f"{found['megabytes']:.0f} MB above the {found['before']:.0f} MB of program and glossary"
            )
        more = (SIZES[1] - SIZES[0]) / (runs[1]["cpu"] - runs[0]["cpu"])
        grown = (runs[1]["megabytes"] - runs[0]["megabytes"]) * 1e6 / (SIZES[1] - SIZES[0])
        record("checks/scale/bytes each further segment", grown, "memory")
        record(f"checks/scale/MB at {SIZES[1]:,} segments", runs[1]["megabytes"], "memory")
        yield f"  each further segment: {1e6 / more:.0f} µs ({more:.0f} a second) and {grown:.0f} bytes"
        found = measured(memory, glossary, 0)
        yield (
            f"  with the {found['processors']} processors of this machine: {size / found['wall']:.0f} segments a second by "
            f"the clock ({found['wall']:.1f} s), {found['findings']} findings, at most {found['helper']:.0f} MB in a helper"
        )


def _highest_kb() -> int:
    """The most memory this process has held; getrusage would tell the parent's where that held more."""
    status = Path("/proc/self/status")
    if status.is_file():
        found = re.search(r"VmHWM:\s*(\d+)", status.read_text())
        if found is not None:
            return int(found[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _measure(memory: Path, glossary_file: Path, processes: int) -> None:
    from termbank.services.check import check_files
    from termbank.services.glossary_file import read_glossary
    from termbank.services.lexicon_cache import lexicon

    glossary = read_glossary(glossary_file)[0].glossary
    lexicon().words("中国")
    before, began, clock = _highest_kb(), time.process_time(), time.perf_counter()
    checked = check_files(memory, glossary, processes=processes or None)
    cpu, wall = time.process_time() - began, time.perf_counter() - clock
    after = _highest_kb()
    run = {
        "cpu": cpu,
        "wall": wall,
        "processors": os.cpu_count(),
        "helper": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "findings": len(checked.findings),
        "segments": checked.segments,
        "before": before / 1024,
        "megabytes": (after - before) / 1024,
    }
    print(json.dumps(run))


if __name__ == "__main__":
    _measure(Path(sys.argv[1]), Path(sys.argv[2]), int((sys.argv[3:] or ["1"])[0]))
