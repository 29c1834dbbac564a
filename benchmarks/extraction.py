"""How well renderings, terms and variants are found: the figures of docs/extraction.md.

    python -m benchmarks.extraction                        every table, every year
    python -m benchmarks.extraction renderings 2018        one table, one year
    python -m benchmarks.extraction renderings discovery 2018 2019 weights=FILE
                                                           with other weights: those that
        `python -m training.fit_extraction 2018 2019 > FILE` fits without these years

Tables: renderings, discovery, variants, abstention, policy, speed. Discovery is measured with parts of speech, which come
from jieba's dictionary, and without them (weights_without_tags.json, fitted by `python -m training.fit_extraction tagless`). The texts are the Hong Kong Monetary Authority's annual
reports in ../shared/data/hkma: Markdown as given, split, aligned and extracted by termbank; each year's
term list is the gold and nothing else is trained on. An occurrence counts where its bead holds an accepted
rendering; case, inflection and a leading determiner are ignored. Abstention is measured on tests/gold/renderings.tsv,
hard cases of policy phrasing on tests/gold/policy_renderings.txt.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from benchmarks.figures import record  # noqa: E402
from gold.policy_sentences import policy_sentences  # noqa: E402
from termbank.alignment import align  # noqa: E402
from termbank.extraction import extract  # noqa: E402
from termbank.extraction.fitted_weights import ExtractionWeights  # noqa: E402
from termbank.extraction.occurrences import comparison_text  # noqa: E402
from termbank.extraction.variants import lemma_key  # noqa: E402
from termbank.files.documents import read  # noqa: E402
from termbank.model.alignment import Alignment, Bead  # noqa: E402
from termbank.model.candidate import Candidate, Occurrence  # noqa: E402
from termbank.model.resources import read_json  # noqa: E402
from termbank.model.span import Span  # noqa: E402
from termbank.sentences import split_document  # noqa: E402
from termbank.services.lexicon_cache import lexicon  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
YEARS = ("2018", "2015", "2016", "2017", "2019")
GOALS = {
    "occurrences": (0.85, 0.96),
    "types": (0.72, 0.88),
    "discovery": (0.75, 0.90),
    "abstention": (0.7, 0.6),
}
_HAN = re.compile(r"[一-鿿]{2,}")
NOT_FOUND = Occurrence(0, Span(0, 0), None)
"""The answer for a labelled term that is no word of its own where it was labelled."""
WITHOUT_TAGS = Path(__file__).with_name("weights_without_tags.json")
WEIGHTS: list[ExtractionWeights] = []
"""Other weights than those that ship, the last of them used."""


@dataclass(frozen=True)
class Year:
    """A year's reports as one text, and its term list: Chinese term → accepted renderings as lemmas."""

    zh: list[str]
    en: list[str]
    alignment: Alignment
    gold: dict[str, set[tuple[str, ...]]]

    def english(self, bead: int) -> str:
        return " ".join(self.en[j] for j in self.alignment.beads[bead].en)

    def terms(self) -> list[str]:
        whole = "\n".join(
            comparison_text("".join(self.zh[i] for i in bead.zh)) for bead in self.alignment.beads
        )
        return [term for term in sorted(self.gold) if term in whole]


@lru_cache(maxsize=5)
def year(name: str) -> Year:
    rows = [json.loads(line) for line in (DATA / "hkma" / f"{name}.jsonl").read_text("utf-8").splitlines()]
    zh: list[str] = []
    en: list[str] = []
    beads: list[Bead] = []
    for row in rows:
        chinese = [s.text for s in split_document(read(row["zh"].encode(), "report.md"), "zh")]
        english = [s.text for s in split_document(read(row["en"].encode(), "report.md"), "en")]
        found = align(chinese, english, lexicon())
        beads.extend(
            Bead(tuple(i + len(zh) for i in b.zh), tuple(j + len(en) for j in b.en), b.score, b.confidence)
            for b in found.beads
        )
        zh.extend(chinese)
        en.extend(english)
    gold: dict[str, set[tuple[str, ...]]] = {}
    for key, values in rows[0]["proper"].items():
        for value in values:
            term, rendering = (key, value) if int(name) % 2 == 0 else (value, key)
            if _HAN.fullmatch(term.strip()):
                gold.setdefault(comparison_text(term.strip()), set()).add(lemma_key(rendering, lexicon()))
    return Year(zh, en, Alignment(tuple(beads)), {t: ways - {()} for t, ways in gold.items()})


def find_candidates(
    zh: Sequence[str], en: Sequence[str], alignment: Alignment, terms: Sequence[str] | None = None
) -> tuple[Candidate, ...]:
    """The candidates of two aligned texts, with the weights that are measured."""
    weights = WEIGHTS[-1] if WEIGHTS else None
    return extract(zh, en, alignment, lexicon(), terms=terms, weights=weights)


def weights_with(path: Path) -> ExtractionWeights:
    """The weights that ship, with the tables in a file instead of theirs."""
    shipped: dict[str, Any] = read_json("termbank.extraction", "weights.json")
    return ExtractionWeights.from_json(shipped | json.loads(path.read_text("utf-8")))


def holds(text: str, ways: Iterable[tuple[str, ...]]) -> bool:
    words = lemma_key(text, lexicon())
    return any(words[k : k + len(way)] == way for way in ways for k in range(len(words) - len(way) + 1))


def guesses(place: Occurrence) -> list[tuple[str, ...]]:
    texts = ([place.en] if place.en else []) + list(place.alternatives)
    return list(dict.fromkeys(lemma_key(text, lexicon()) for text in texts))[:5]


def renderings(names: Sequence[str]) -> None:
    print("year   occurrences (outermost)            every occurrence                 types")
    for name in names:
        texts = year(name)
        terms = texts.terms()
        found = find_candidates(texts.zh, texts.en, texts.alignment, terms=terms)
        outer = _outermost(found)
        counts = {True: [0, 0, 0], False: [0, 0, 0]}
        types = [0, 0, 0]
        for candidate in found:
            ways = texts.gold[candidate.zh]
            findable = [o for o in candidate.occurrences if holds(texts.english(o.bead), ways)]
            for place in findable:
                ranks = [guess in ways for guess in guesses(place)]
                for kind in {False, (candidate.zh, place) in outer}:
                    row = counts[kind]
                    row[0] += 1
                    row[1] += bool(ranks and ranks[0] and place.en)
                    row[2] += any(ranks)
            if findable:
                ranks = [lemma_key(r.text, lexicon()) in ways for r in candidate.renderings[:5]]
                types[0] += 1
                types[1] += bool(ranks and ranks[0])
                types[2] += any(ranks)
        for what, row in (("outermost", counts[True]), ("every", counts[False]), ("types", types)):
            record(f"extraction/renderings/{name}/{what}/top-1", row[1] / max(1, row[0]))
            record(f"extraction/renderings/{name}/{what}/top-5", row[2] / max(1, row[0]))
        print(name, "  ".join(_share(row) for row in (counts[True], counts[False], types)), flush=True)
    print(f"goals  occurrences {GOALS['occurrences']}, types {GOALS['types']} (top-1, top-5)")


def _outermost(found: Sequence[Candidate]) -> set[tuple[str, Occurrence]]:
    by_bead: dict[int, list[tuple[str, Occurrence]]] = {}
    for candidate in found:
        for place in candidate.occurrences:
            by_bead.setdefault(place.bead, []).append((candidate.zh, place))
    return {
        (term, place)
        for here in by_bead.values()
        for term, place in here
        if not any(other.zh != place.zh and other.zh.contains(place.zh) for _, other in here)
    }


def _share(row: Sequence[int]) -> str:
    total = max(1, row[0])
    return f"n={row[0]:5d} top-1 {row[1] / total:.3f} top-5 {row[2] / total:.3f}"


def discovery(names: Sequence[str]) -> None:
    print("year   exact / within two characters")
    for name in names:
        _discovery(name, "")
    print(f"goal   P@100 {GOALS['discovery']}")
    print("The same without parts of speech:")
    WEIGHTS.append(weights_with(WITHOUT_TAGS))
    for name in names:
        _discovery(name, " without tags")
    WEIGHTS.pop()


def _discovery(name: str, how: str) -> None:
    texts = year(name)
    found = [comparison_text(c.zh) for c in find_candidates(texts.zh, texts.en, texts.alignment)]
    cells = []
    for most in (50, 100, 200):
        top = found[:most]
        exact = sum(term in texts.gold for term in top) / max(1, len(top))
        near = sum(_near(term, texts.gold) for term in top) / max(1, len(top))
        record(f"extraction/discovery{how}/{name}/P@{most}", exact)
        record(f"extraction/discovery{how}/{name}/P@{most} within two characters", near)
        cells.append(f"P@{most} {exact:.2f} / {near:.2f}")
    print(name, "  ".join(cells), f"({len(found)} candidates)", flush=True)


def _near(term: str, gold: Iterable[str]) -> bool:
    return any(abs(len(term) - len(other)) <= 2 and (term in other or other in term) for other in gold)


def variants(names: Sequence[str]) -> None:
    """Of terms with two accepted renderings or more in the text: how many of these are among those found."""
    print("year   recall of accepted renderings   precision of renderings found twice or more / at all")
    for name in names:
        texts = year(name)
        terms = [term for term in texts.terms() if len(texts.gold[term]) > 1]
        wanted = hit = 0
        right = {1: [0, 0], 2: [0, 0]}
        for candidate in find_candidates(texts.zh, texts.en, texts.alignment, terms=terms):
            ways = texts.gold[candidate.zh]
            there = {w for w in ways if any(holds(texts.english(o.bead), [w]) for o in candidate.occurrences)}
            if len(there) < 2:
                continue
            shown = [r for r in candidate.renderings if r.count]
            forms = {lemma_key(form, lexicon()) for r in shown for form in r.forms}
            wanted += len(there)
            hit += len(there & forms)
            for r in shown:
                good = any(lemma_key(form, lexicon()) in ways for form in r.forms)
                for least, row in right.items():
                    if r.count >= least:
                        row[0] += 1
                        row[1] += good
        record(f"extraction/variants/{name}/recall", hit / max(1, wanted))
        record(f"extraction/variants/{name}/precision, found twice", right[2][1] / max(1, right[2][0]))
        record(f"extraction/variants/{name}/precision", right[1][1] / max(1, right[1][0]))
        precision = " / ".join(f"{right[k][1] / max(1, right[k][0]):.2f}" for k in (2, 1))
        print(f"{name}   {hit / max(1, wanted):.2f} of {wanted}   {precision}", flush=True)


def labelled() -> list[tuple[str, int, str, tuple[int, int], list[tuple[int, int]], str]]:
    rows = []
    for line in (ROOT / "tests" / "gold" / "renderings.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            file, bead, term, start, end, right, kind = line.split("\t")
            spans = [] if right == "-" else [tuple(map(int, s.split("-"))) for s in right.split(";")]
            rows.append((file, int(bead), term, (int(start), int(end)), spans, kind))
    return rows


def gold_beads(file: str) -> tuple[list[str], list[str], Alignment]:
    base = DATA / "sentence-alignment" / file
    zh, en = (
        [line.strip() for line in base.with_suffix(suffix).read_text("utf-8").split("\n")]
        for suffix in (".zh", ".en")
    )
    beads = []
    for line in base.with_suffix(".gold").read_text("utf-8").splitlines():
        left, right = re.fullmatch(r"\[([\d, ]*)\]:\[([\d, ]*)\].*", line.strip()).groups()
        beads.append(
            Bead(tuple(map(int, re.findall(r"\d+", left))), tuple(map(int, re.findall(r"\d+", right))))
        )
    return zh, en, Alignment(tuple(beads))


def abstention(names: Sequence[str]) -> None:
    """Of every labelled place; one that is no word of its own is not answered, so it is missed either way."""
    rows = labelled()
    answered: list[tuple[list[tuple[int, int]], str, Occurrence | None]] = []
    refused: set[tuple[str, int, str, tuple[int, int]]] = set()
    for file in dict.fromkeys(row[0] for row in rows):
        own = [row for row in rows if row[0] == file]
        terms = list(dict.fromkeys(row[2] for row in own))
        answers = {
            (c.zh, o.bead, tuple(o.zh)): o
            for c in find_candidates(*gold_beads(file), terms=terms)
            for o in c.occurrences
        }
        answered += [(row[4], row[5], answers.get((row[2], row[1], row[3]))) for row in own]
        refused |= {row[:4] for row in own if (row[2], row[1], row[3]) not in answers}
    places = [f"{row[2]} in {row[0]}:{row[1]}" for row in rows if row[:4] in refused]
    print(
        f"{len(places)} of {len(rows)} labelled places are not words of their own to the matcher and count as missed:"
    )
    print(", ".join(places))
    for label, kinds, rows_ in (
        ("nouns", ("noun",), answered),
        ("every word", ("noun", "other"), answered),
        ("every word, the half on which no threshold was chosen", ("noun", "other"), answered[1::2]),
    ):
        part = [(spans, answer) for spans, kind, answer in rows_ if kind in kinds]
        none = [answer for spans, answer in part if not spans]
        there = [(spans, answer) for spans, answer in part if spans]
        abstained = sum(answer is not None and answer.en is None for _, answer in part)
        true = sum(answer is not None and answer.en is None for answer in none)
        right = sum(
            answer is not None and answer.span is not None and tuple(answer.span) in spans
            for spans, answer in there
        )
        record(f"extraction/abstention/{label}/precision", true / max(1, abstained))
        record(f"extraction/abstention/{label}/recall", true / max(1, len(none)))
        record(f"extraction/abstention/{label}/right spans", right / max(1, len(there)))
        print(
            f"{label}: {len(part)} labelled, {len(none)} without a rendering; “no rendering here” precision "
            f"{true / max(1, abstained):.2f} recall {true / max(1, len(none)):.2f}; right spans {right / max(1, len(there)):.2f} "
            f"of {len(there)}"
        )
    print(f"goal   precision, recall {GOALS['abstention']}")


def policy(names: Sequence[str]) -> None:
    zh, en, alignment, rows = policy_sentences()
    terms = list(dict.fromkeys(row.term for row in rows))
    answers: dict[tuple[str, int], Occurrence] = {}
    for candidate in find_candidates(zh, en, alignment, terms=terms):
        for place in candidate.occurrences:
            answers.setdefault((comparison_text(candidate.zh), place.bead), place)
    print("kind           read: top-1 / top-5            unread: top-1 / top-5")
    kinds = dict.fromkeys(row.kind for row in rows)
    for kind in (*kinds, "whole", "gapped", "all with one"):
        cells = []
        for odd in (0, 1):
            counts = [0, 0, 0]
            for row in rows:
                named = {"whole": not row.gapped, "gapped": row.gapped, "all with one": True}.get(
                    kind, row.kind == kind
                )
                if row.bead % 2 != odd or not (named and (row.right or kind == "none")):
                    continue
                answer = answers.get((comparison_text(row.term), row.bead), NOT_FOUND)
                ranks = [row.holds(text) for text in [answer.en, *answer.alternatives][:5]]
                counts[0] += 1
                counts[1] += ranks[0] if row.right else answer.en is None
                counts[2] += any(ranks)
            cells.append(_share(counts))
            half = "unread" if odd else "read"
            record(f"extraction/policy/{kind}/{half}/top-1", counts[1] / max(1, counts[0]))
            record(f"extraction/policy/{kind}/{half}/top-5", counts[2] / max(1, counts[0]))
        print(f"{kind:14} {cells[0]}  {cells[1]}")
    silent = [row for row in rows if answers.get((comparison_text(row.term), row.bead), NOT_FOUND).en is None]
    true = sum(not row.right for row in silent)
    print(
        f"“no rendering here” said {len(silent)} times, {true} times rightly, of {sum(not r.right for r in rows)}"
    )


def speed(names: Sequence[str]) -> None:
    texts = year("2018")
    terms = texts.terms()
    for label, beads in (("60 beads", 60), ("300 beads", 300), ("all beads", len(texts.alignment.beads))):
        part = Alignment(texts.alignment.beads[:beads])
        cells = []
        for wanted in (terms, None):
            began = time.perf_counter()
            find_candidates(texts.zh, texts.en, part, terms=wanted)
            cells.append(f"{time.perf_counter() - began:.2f} s")
        print(f"{label} ({len(part.beads)}): {len(terms)} terms {cells[0]}, discovery {cells[1]}", flush=True)


TABLES = {
    "renderings": renderings,
    "discovery": discovery,
    "variants": variants,
    "abstention": abstention,
    "policy": policy,
    "speed": speed,
}


def main(wanted: Sequence[str]) -> int:
    if not (DATA / "hkma").is_dir():
        print("The texts in ../shared/data are not beside the project; nothing was measured.")
        return 0
    for word in wanted:
        if word.startswith("weights="):
            WEIGHTS.append(weights_with(Path(word.removeprefix("weights="))))
    wanted = [word for word in wanted if not word.startswith("weights=")]
    names = [word for word in wanted if word in YEARS] or list(YEARS)
    tables = [word for word in wanted if word in TABLES] or list(TABLES)
    unknown = [word for word in wanted if word not in YEARS and word not in TABLES]
    if unknown:
        print(f"There is no table or year “{unknown[0]}”. Tables: {', '.join(TABLES)}.", file=sys.stderr)
        return 2
    for table in tables:
        print(f"\n### {table}\n")
        TABLES[table](names)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
