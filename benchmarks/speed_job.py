"""Scan a text in one process and print the seconds of the processor: one run of benchmarks/speed.py.

    python -P benchmarks/speed_job.py TERMS TEXT CACHE COUNT

Runs with the termbank of any checkout since 0.1, found through PYTHONPATH, so it tries both names of a module.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

NAMES = {
    "concept": ("termbank.model.concept", "termbank.core.concept"),
    "glossary": ("termbank.model.glossary", "termbank.core.glossary"),
    "language": ("termbank.model.language", "termbank.core.language"),
    "matcher_cache": ("termbank.services.matcher_cache", "termbank.services.matching"),
}
HEAD = 100_000
"""Characters that the matcher sees before it is timed."""


def load(name: str) -> Any:
    """The module of that name, wherever this checkout has it."""
    for path in NAMES[name]:
        try:
            return import_module(path)
        except ModuleNotFoundError:
            continue
    raise ModuleNotFoundError(f"This termbank has no {name}.")


def read_glossary(path: Path, count: int) -> Any:
    """The glossary of the first `count` lines, a Chinese term and an English one in each."""
    concept, language = load("concept"), load("language").Language
    with path.open(encoding="utf-8") as file:
        rows = (line.rstrip("\n").split("\t") for line in islice(file, count))
        return load("glossary").Glossary.of(
            concept.Concept(
                f"c{number:07}", (concept.Term(zh, language.ZH_HANS), concept.Term(en, language.EN))
            )
            for number, (zh, en) in enumerate(rows)
        )


def main(terms: Path, text: Path, cache: Path, count: int) -> None:
    """Print seconds of the first scan and of the same again, and the matches found."""
    whole = text.read_text("utf-8")
    matcher = load("matcher_cache").matcher_of(read_glossary(terms, count), cache)
    matcher.find(whole[:HEAD])
    seconds = []
    for _ in range(2):
        gc.collect()
        began = os.times().user
        found = matcher.find(whole)
        seconds.append(os.times().user - began)
    print(json.dumps({"first": seconds[0], "again": seconds[1], "matches": len(found)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
