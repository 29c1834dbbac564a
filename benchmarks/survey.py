"""How many renderings a survey finds: spans against a hand-labelled gold of four English texts.

Run: python -m benchmarks.survey [--misses]

The texts in ../shared/data/seeds are surveyed in one call with the shipped packs. A span counts where start, end and
concept agree with tests/gold/survey-seeds.tsv. `--misses` lists what was missed and what was found beside the gold.
Beside it stand two common rules with the same renderings: substring search, and whole words by regular expression.
Renderings that the bank has never seen are measured on the sample corpus: known ones are hidden, then looked for, in
the texts as they are and with half their paragraphs gone and the rest shuffled (tests/gold/hidden_renderings.py).
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT.parent / "shared" / "data" / "seeds"
sys.path.insert(0, str(ROOT / "tests"))

from benchmarks.figures import record  # noqa: E402
from gold.hidden_renderings import Tally, measure, own_way, texts  # noqa: E402
from gold.survey_gold import Row, gold, packs, surveyed  # noqa: E402
from termbank.model.glossary import Glossary  # noqa: E402
from termbank.services.file_access import read_document  # noqa: E402


def rule(paths: list[Path], glossary: Glossary, edge: str) -> set[Row]:
    """What a search for each rendering by itself finds, between edges."""
    return {row for path in paths for row in _by_rule(path, glossary, edge)}


def _by_rule(path: Path, glossary: Glossary, edge: str) -> Iterator[Row]:
    text = read_document(path).text
    for concept in glossary:
        for term in concept.english:
            for found in re.finditer(f"{edge}{re.escape(term.text)}{edge}", text, re.IGNORECASE):
                yield path.name, found.start(), found.end(), concept.id


def line(name: str, found: set[Row], wanted: set[Row]) -> str:
    right = len(found & wanted)
    precision, recall = right / max(1, len(found)), right / max(1, len(wanted))
    if name == "termbank survey":
        record("survey/precision", precision)
        record("survey/recall", recall)
    return f"| {name} | {len(found)} | {precision:.3f} | {recall:.3f} |"


def new_renderings() -> None:
    """Print what is found again of renderings that were hidden from the bank."""
    glossary = packs()
    print("\n| hidden renderings | hidden | found | offered | precision | over .8 sure | precision |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("translations", "parts in their own order"):
            tally = Tally()
            for zh, en in texts(ROOT / "corpus"):
                text = en.read_text(encoding="utf-8")
                path = Path(folder) / en.name
                path.write_text(text if name == "translations" else own_way(text, en.name), encoding="utf-8")
                measure(zh, path, glossary, tally)
            record(f"survey/hidden renderings, {name}/found", tally.recall)
            record(f"survey/hidden renderings, {name}/precision", tally.precision)
            record(
                f"survey/hidden renderings, {name}/precision over .8 sure",
                tally.sure_right / max(1, tally.sure),
            )
            print(
                f"| {name} | {tally.hidden} | {tally.recall:.3f} | {tally.offered} | {tally.precision:.3f} "
                f"| {tally.sure} | {tally.sure_right / max(1, tally.sure):.3f} |",
                flush=True,
            )


def main() -> int:
    """Print the tables; 0 also where the texts are not at hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    paths = sorted(SEEDS.glob("*.txt"))
    if not paths:
        print("The four texts are not at hand (../shared/data/seeds); their spans are not measured.")
        new_renderings()
        return 0
    glossary, wanted = packs(), gold()
    began = time.perf_counter()
    found = surveyed(paths, glossary)
    took = time.perf_counter() - began
    print(f"{len(wanted)} labelled spans in {len(paths)} texts; surveyed in {took:.2f} s.\n")
    print("| rule | spans | precision | recall |\n|---|---:|---:|---:|")
    print(line("termbank survey", found, wanted))
    print(line("substring", rule(paths, glossary, ""), wanted))
    print(line("`\\b` … `\\b`", rule(paths, glossary, r"\b"), wanted))
    if options.misses:
        for name, rows in (("missed", wanted - found), ("beside the gold", found - wanted)):
            for row in sorted(rows):
                print(f"{name}: {row[0]} {row[1]}–{row[2]} {row[3]}")
    new_renderings()
    return 0


if __name__ == "__main__":
    sys.exit(main())
