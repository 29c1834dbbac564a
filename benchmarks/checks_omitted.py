"""Passages left out of whole texts: is each reported, as one finding, and is nothing reported of the whole?

Every bead of a text with both languages is set as a paragraph of its own. A run of one to five consecutive beads loses its
English, the text is aligned anew, and the findings of `omitted-sentence` are compared with the run: it is found where a
finding lies on it, and found as one where there is no other finding on the text.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks.checks_texts import aligned
from benchmarks.figures import record
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.services.check import check_pairs
from termbank.services.lexicon_cache import lexicon

SIZES = (1, 2, 3, 4, 5)
RUNS_OF_ONE = 3
"""Single beads left out of each text, at least; of longer runs a third as many of each size."""
BEADS_FOR_A_RUN = 60
"""A text of more beads has more runs: one for so many."""
GROUPS = ("corpus", "mag", "un")


def as_paragraphs(pairs: Sequence[SegmentPair]) -> tuple[str, str]:
    """Both texts, each bead a paragraph; those without English have none there."""
    sides = ([" ".join(side.split()) for side in (pair.zh, pair.en)] for pair in pairs)
    zh, en = zip(*sides, strict=True)
    return "\n\n".join(zh), "\n\n".join(text for text in en if text)


def omissions_in(zh: str, en: str) -> list[Finding]:
    """The findings of `omitted-sentence` above a note on two texts, aligned anew."""
    pairs = aligned(zh.encode(), en.encode(), "omitted")
    found = check_pairs(pairs, Glossary(), lexicon=lexicon(), only=("omitted-sentence",))
    return [finding for finding in found if finding.severity.value != "note"]


def leave_out(pairs: Sequence[SegmentPair], rng: random.Random) -> Iterator[tuple[int, bool, bool]]:
    """For each run: its size, whether it is reported, and whether it is the one finding."""
    for size in SIZES:
        places = range(1, len(pairs) - size)
        runs = max(RUNS_OF_ONE, len(pairs) // BEADS_FOR_A_RUN)
        for _ in range(min(len(places), runs if size == 1 else runs // RUNS_OF_ONE)):
            first = rng.choice(places)
            gone = range(first, first + size)
            cut = [replace(pair, en="") if n in gone else pair for n, pair in enumerate(pairs)]
            zh, en = as_paragraphs(cut)
            start = len(as_paragraphs(pairs[:first])[0])
            end = len(as_paragraphs(pairs[: first + size])[0])
            found = omissions_in(zh, en)
            hits = [
                f for f in found if f.source_span and f.source_span.start < end and f.source_span.end > start
            ]
            yield size, bool(hits), len(hits) == len(found) == 1


def on_omitted(texts: dict[str, list[SegmentPair]]) -> Iterator[str]:
    """The table of runs left out, by group; a group that is not at hand is left out."""
    yield "consecutive beads left out, set as paragraphs: share reported / reported as the one finding (seed = name of the text)"
    for group in GROUPS:
        some = {name: pairs for name, pairs in texts.items() if name.split()[0] == group}
        if not some:
            continue
        runs: Counter[str] = Counter()
        whole = 0
        for name, pairs in some.items():
            full = [pair for pair in pairs if pair.zh.strip() and pair.en.strip()]
            whole += len(omissions_in(*as_paragraphs(full)))
            for size, is_found, is_one in leave_out(full, random.Random(name)):
                label = "one" if size == 1 else "two to five"
                runs.update({label: 1, f"{label} found": is_found, f"{label} as one": is_one})
        parts = []
        for label in ("one", "two to five"):
            found, as_one = (runs[f"{label} {what}"] / max(1, runs[label]) for what in ("found", "as one"))
            record(f"checks/beads left out/{group}/{label}/recall", found)
            parts.append(f"{label} {found:.3f} / {as_one:.3f} ({runs[label]})")
        record(f"checks/beads left out/{group}/findings on whole texts", whole, "error")
        yield f"  {group:10} {'   '.join(parts)}   whole texts: {whole} findings in {len(some)}"
