"""How well and how fast two texts are aligned: the figures of docs/alignment.md.

    python -m benchmarks.alignment                  everything but the encoder
    python -m benchmarks.alignment f1 omissions     only these tables
    python -m benchmarks.alignment semantic         with the optional encoder

Tables: f1, omissions, robustness, confidence, splitting, speed, cold, relatedness, semantic. The texts are read from
../shared/data beside the project; where they are missing the table is skipped and says so. A bead counts when it
equals a gold bead exactly (strict) or overlaps one on both sides (lax); empty beads count in precision and not in
recall; counts are summed over the documents of a set, as Vecalign's and Bertalign's scorers do.
"""

from __future__ import annotations

import ast
import itertools
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.figures import record
from termbank.alignment import align
from termbank.model.alignment import Alignment
from termbank.services.lexicon_cache import lexicon

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
SETS = ("mac-dev", "mag", "un", "sinorama")
GOALS = {"mac-dev": 0.890, "mag": 0.970, "un": 0.985, "sinorama": 0.82}
SEMANTIC_GOALS = {"mac-dev": 0.915, "mag": 0.975, "un": 0.988, "sinorama": 0.84}
OMITTED = 0.15
SEEDS = (11, 12, 13)

GoldBead = tuple[tuple[int, ...], tuple[int, ...]]
Text = tuple[list[str], list[str], list[GoldBead]]
"""Chinese segments, English segments, gold."""


def texts(name: str) -> list[Text]:
    return [_text(gold) for gold in sorted((DATA / "sentence-alignment" / name).glob("*.gold"))]


def _text(gold: Path) -> Text:
    zh, en = (
        gold.with_suffix(suffix).read_text("utf-8").rstrip("\n").split("\n") for suffix in (".zh", ".en")
    )
    beads = []
    for line in gold.read_text("utf-8").splitlines():
        if line.strip():
            left, right = line.strip().split(":")[:2]
            beads.append((tuple(ast.literal_eval(left)), tuple(ast.literal_eval(right))))
    return zh, en, beads


def _judged(test: Iterable[GoldBead], gold: Iterable[GoldBead]) -> tuple[int, int, int]:
    """Beads of `test`, those that `gold` has exactly, those that overlap one on both sides."""
    wanted = {bead for bead in gold if bead[0] or bead[1]}
    opposite: dict[int, set[int]] = {}
    for left, right in wanted:
        for segment in left:
            opposite.setdefault(segment, set()).update(right)
    offered = {bead for bead in test if bead[0] or bead[1]}
    strict = len(offered & wanted)
    lax = sum(1 for left, right in offered - wanted if any(opposite.get(s, set()) & set(right) for s in left))
    return len(offered), strict, strict + lax


def f1(results: Sequence[tuple[list[GoldBead], list[GoldBead]]]) -> tuple[float, float]:
    """Strict and lax F1 over documents given as (beads found, gold beads)."""
    found, gold = [0, 0, 0], [0, 0, 0]
    for test, wanted in results:
        for place, count in enumerate(_judged(test, wanted)):
            found[place] += count
        for place, count in enumerate(_judged(_paired(wanted), _paired(test))):
            gold[place] += count
    scores = []
    for place in (1, 2):
        precision, recall = found[place] / max(1, found[0]), gold[place] / max(1, gold[0])
        scores.append(2 * precision * recall / max(1e-9, precision + recall))
    return scores[0], scores[1]


def _paired(beads: Iterable[GoldBead]) -> list[GoldBead]:
    return [bead for bead in beads if bead[0] and bead[1]]


def beads(alignment: Alignment) -> list[GoldBead]:
    return [(bead.zh, bead.en) for bead in alignment.beads]


def score(documents: Iterable[Text], encoder: object | None = None) -> tuple[float, float]:
    made = [(beads(align(zh, en, lexicon(), encoder=encoder)), gold) for zh, en, gold in documents]  # type: ignore[arg-type]
    return f1(made)


def omitted(text: Text, side: str, dropped: set[int]) -> Text:
    """The text without some segments of a side, and the gold that is then true."""
    zh, en, gold = text
    kept = [place for place in range(len(zh if side == "zh" else en)) if place not in dropped]
    new = {old: place for place, old in enumerate(kept)}
    changed: list[GoldBead] = []
    for left, right in gold:
        if side == "zh":
            left = tuple(new[s] for s in left if s in new)
        else:
            right = tuple(new[s] for s in right if s in new)
        if left and right:
            changed.append((left, right))
        else:
            changed.extend(((s,), ()) for s in left)
            changed.extend(((), (s,)) for s in right)
    if side == "zh":
        return [zh[place] for place in kept], en, changed
    return zh, [en[place] for place in kept], changed


def at_random(text: Text, side: str, share: float, seed: int) -> Text:
    chance = random.Random(seed)
    return omitted(
        text, side, {s for s in range(len(text[0] if side == "zh" else text[1])) if chance.random() < share}
    )


def block(text: Text, side: str, size: int, seed: int) -> Text:
    length = len(text[0] if side == "zh" else text[1])
    start = random.Random(seed).randrange(max(1, length - size))
    return omitted(text, side, set(range(start, min(length, start + size))))


def table_f1() -> None:
    print("\nSentence alignment: strict F1 (lax F1), goal")
    for name in SETS:
        strict, lax = score(texts(name))
        record(f"alignment/f1/{name}/strict", strict)
        record(f"alignment/f1/{name}/lax", lax)
        print(
            f"  {name:10} {strict:.4f} ({lax:.4f})  goal {GOALS[name]:.3f}  {'reached' if strict >= GOALS[name] else 'MISSED'}"
        )


def table_omissions() -> None:
    print(
        f"\n{OMITTED:.0%} of the English sentences left out at random (seeds {SEEDS}): strict F1, fall, goal .05"
    )
    for name in ("mag", "un", "mac-dev", "sinorama"):
        whole = score(texts(name))[0]
        for seed in SEEDS:
            less = score([at_random(text, "en", OMITTED, seed) for text in texts(name)])[0]
            record(f"alignment/omissions/{name}/seed {seed}", less)
            print(f"  {name:10} seed {seed}  {whole:.4f} → {less:.4f}  fall {whole - less:.4f}")


def _traditional(text: Text) -> Text:
    from termbank.text.scripts import to_traditional

    return [to_traditional(line) for line in text[0]], text[1], text[2]


def unpunctuated(text: Text) -> Text:
    marks = str.maketrans("", "", '。，、；：？！“”‘’「」『』（）《》…—.,;:?!()"')
    return [line.translate(marks) or line for line in text[0]], text[1], text[2]


def _lower(text: Text) -> Text:
    return text[0], [line.lower() for line in text[1]], text[2]


_ZH_NUMERALS = "一二三四五六七八九"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def _structured(text: Text) -> Text:
    """Headings with Markdown marks, numbered sections, list items and table rows, on both sides of every fourth bead."""
    zh, en, gold = list(text[0]), list(text[1]), text[2]
    kinds: tuple[Callable[[int], tuple[str, str, str, str]], ...] = (
        lambda n: (f"## {_ZH_NUMERALS[n % 9]}、", f"## {_ROMAN[n % 9]}. ", "", ""),
        lambda n: (f"（{_ZH_NUMERALS[n % 9]}）", f"({n % 9 + 1}) ", "", ""),
        lambda n: ("- ", "* ", "", ""),
        lambda n: (f"{n % 9 + 1}.", f"{n % 9 + 1}. ", "", ""),
        lambda n: ("| ", "| ", " |", " |"),
    )
    for number, (left, right) in enumerate(_paired(gold)):
        if number % 4 == 0:
            zh_mark, en_mark, zh_end, en_end = kinds[number // 4 % len(kinds)](number // 4)
            zh[left[0]], en[right[0]] = zh_mark + zh[left[0]] + zh_end, en_mark + en[right[0]] + en_end
    return zh, en, gold


def table_robustness() -> None:
    print("\nTexts altered: strict F1 (loss), goal: at most .015 lost")
    changes: dict[str, Callable[[Text], Text]] = {
        "traditional script": _traditional,
        "no Chinese punctuation": unpunctuated,
        "English lower-cased": _lower,
        "headings, numbers, lists, tables": _structured,
        "150 Chinese sentences gone": lambda text: block(text, "zh", 150, 5),
        "150 English sentences gone": lambda text: block(text, "en", 150, 5),
    }
    for name in ("mag", "un", "mac-dev"):
        whole = score(texts(name))[0]
        print(f"  {name:8} as it is {whole:.4f}")
        for label, change in changes.items():
            if "150" in label and name == "mac-dev":
                continue
            less = score([change(text) for text in texts(name)])[0]
            record(f"alignment/robustness/{name}/{label}", less)
            print(f"  {name:8} {label:34} {less:.4f} ({whole - less:+.4f})")


def table_confidence() -> None:
    print(
        "\nConfidence of beads and how many are wrong (all sets, whole and with 15 % of the English left out)"
    )
    seen: list[tuple[float, bool]] = []
    for name in SETS:
        for text in texts(name):
            for zh, en, gold in (text, *(at_random(text, "en", OMITTED, seed) for seed in SEEDS[:1])):
                right = set(gold)
                seen.extend((b.confidence, (b.zh, b.en) in right) for b in align(zh, en, lexicon()).beads)
    edges = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
    print("  confidence      beads   mean   right")
    for low, high in itertools.pairwise(edges):
        some = [(sure, ok) for sure, ok in seen if low <= sure < high]
        if some:
            mean, good = sum(s for s, _ in some) / len(some), sum(ok for _, ok in some) / len(some)
            print(f"  {low:.2f} – {min(high, 1):.2f}   {len(some):7}   {mean:.3f}   {good:.3f}")
    doubtful, sure = [ok for s, ok in seen if s < 0.5], [ok for s, ok in seen if s > 0.95]
    record("alignment/confidence/wrong under .5", 1 - sum(doubtful) / max(1, len(doubtful)))
    record("alignment/confidence/wrong over .95", 1 - sum(sure) / max(1, len(sure)), "error")
    print(f"  under .5: {1 - sum(doubtful) / max(1, len(doubtful)):.3f} wrong of {len(doubtful)} (goal ≥ .5)")
    print(f"  over .95: {1 - sum(sure) / max(1, len(sure)):.4f} wrong of {len(sure)} (goal ≤ .01)")


def table_splitting() -> None:
    from termbank.sentences.split import split_sentences

    print("\nSentence splitting: F1 of ends inside runs of eight gold segments; sentencex in the same run")
    try:
        import sentencex
    except ImportError:
        print("  skipped: sentencex is not installed (pip install sentencex)")
        return
    rivals: dict[str, Callable[[str, str], set[int]]] = {
        "termbank": lambda text, lang: {
            _solid(text[: s.end]) for s in split_sentences(text, "zh" if lang == "zh" else "en")
        },
        "sentencex": lambda text, lang: _running([_solid(part) for part in sentencex.segment(lang, text)]),
    }
    for name in SETS:
        for lang in ("zh", "en"):
            lines = [line.strip() for text in texts(name) for line in text[lang == "en"] if line.strip()]
            shown = []
            for who, ends in rivals.items():
                hit = missed = false = 0
                for start in range(0, len(lines), 8):
                    run = lines[start : start + 8]
                    gold = _running([_solid(line) for line in run])
                    found, last = ends(("" if lang == "zh" else " ").join(run), lang), {max(gold)}
                    hit += len((gold & found) - last)
                    missed += len(gold - found - last)
                    false += len(found - gold - last)
                value = 2 * hit / (2 * hit + missed + false)
                shown.append(f"{who} {value:.4f}")
                if who == "termbank":
                    record(f"alignment/splitting/{name}/{lang}", value)
            print(f"  {name:10} {lang}  {'   '.join(shown)}")


def _solid(text: str) -> int:
    return len("".join(text.split()))


def _running(sizes: Iterable[int]) -> set[int]:
    ends, total = set(), 0
    for size in sizes:
        total += size
        ends.add(total)
    return ends


def _long_text(size: int) -> tuple[list[str], list[str]]:
    """At least `size` segments, both sides counted: laws sentence by sentence, repeated where they do not suffice."""
    from termbank.model.document import Document
    from termbank.sentences import split_document

    zh: list[str] = []
    en: list[str] = []
    rows = (DATA / "taiwan-laws" / "article_pairs.tsv").read_text("utf-8").splitlines()[1:]
    while len(zh) + len(en) < size:
        for row in rows:
            cells = row.split("\t")
            zh.extend(s.text for s in split_document(Document("zh", cells[2].replace("\\n", "\n")), "zh"))
            en.extend(s.text for s in split_document(Document("en", cells[3].replace("\\n", "\n")), "en"))
            if len(zh) + len(en) >= size:
                break
    return zh, en


def table_speed() -> None:
    print(
        "\nSpeed: segments (both sides) a second, warm, one process; goal 600 at 10,000, linear to 100,000, ≤ 600 MB"
    )
    lexicon()
    for size in (1_000, 10_000, 100_000):
        zh, en = _long_text(size)
        started = time.process_time()
        align(zh, en, lexicon())
        spent = time.process_time() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        record(f"alignment/speed/peak MB at {size:,} segments", peak, "memory")
        print(
            f"  {size:7,}  {spent:7.1f} s of processor  {(len(zh) + len(en)) / spent:7.0f} segments/s  peak {peak:.0f} MB",
            flush=True,
        )


_COLD = """
import sys, time
from pathlib import Path
from termbank.services.align import align_files
print(len(align_files(Path(sys.argv[1]), Path(sys.argv[2])).alignment.beads))
"""


def table_cold() -> None:
    print("\nA 60-sentence article, cold process, lexicon in the cache: goal 2.5 s")
    zh, en, gold = texts("mag")[0]
    last = [bead for bead in gold if bead[0] and bead[1] and bead[0][-1] < 60][-1]
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder) / "article.zh.txt", Path(folder) / "article.en.txt"
        one.write_text("\n".join(zh[: last[0][-1] + 1]), "utf-8")
        other.write_text("\n".join(en[: last[1][-1] + 1]), "utf-8")
        for _ in range(3):
            started = time.perf_counter()
            subprocess.run(
                [sys.executable, "-c", _COLD, str(one), str(other)], check=True, stdout=subprocess.DEVNULL
            )
            print(f"  {time.perf_counter() - started:.2f} s")


def table_relatedness() -> None:
    print("\nRelatedness: translations and texts that are not (a remark is made under 1)")
    held = {name: texts(name)[0] for name in SETS}
    for name in SETS:
        print(f"  {name} with its own English: {align(*held[name][:2], lexicon()).relatedness:.2f}")
    for one, other in (("mag", "un"), ("un", "mac-dev"), ("mac-dev", "mag"), ("sinorama", "un")):
        print(
            f"  {one} with the English of {other}: {align(held[one][0], held[other][1], lexicon()).relatedness:.2f}"
        )


def table_semantic() -> None:
    from termbank.model.errors import MissingExtraError
    from termbank.services.sentence_encoder import encoder

    print("\nWith the optional encoder: strict F1 (lax F1), goal")
    try:
        model = encoder()
    except MissingExtraError as error:
        print(f"  skipped: {error}")
        return
    started, count = time.process_time(), 0
    for name in SETS:
        strict, lax = score(texts(name), model)
        count += sum(len(zh) + len(en) for zh, en, _ in texts(name))
        reached = "reached" if strict >= SEMANTIC_GOALS[name] else "MISSED"
        print(f"  {name:10} {strict:.4f} ({lax:.4f})  goal {SEMANTIC_GOALS[name]:.3f}  {reached}", flush=True)
    print(f"  {count / (time.process_time() - started):.0f} segments a second, encoding included")


TABLES = {
    name.removeprefix("table_"): call for name, call in list(globals().items()) if name.startswith("table_")
}


def main(wanted: Sequence[str]) -> int:
    unknown = [name for name in wanted if name not in TABLES]
    if unknown:
        print(f"no such table: {', '.join(unknown)}; there are {', '.join(TABLES)}", file=sys.stderr)
        return 2
    if not (DATA / "sentence-alignment").is_dir():
        print(f"skipped: the texts are not at {DATA}")
        return 0
    for name in wanted or [name for name in TABLES if name != "semantic"]:
        TABLES[name]()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
