"""Fit the aligner's weights anew, and measure them on texts they have not seen.

    python benchmarks/alignment_fit.py                held out: strict F1 and confidence, without the encoder and with it
    python benchmarks/alignment_fit.py --write        weights fitted on every text, as src/termbank/alignment/model_weights.py holds them
    python benchmarks/alignment_fit.py --quick        either with few iterations, in a minute: shows that it works, figures differ

The method: each text, whole and with sentences of either side or all Chinese marks left out, is a log-linear chain
over all ways through its band; its features are those of `termbank.alignment` itself. The weights maximise the likelihood
of the gold ways (forward–backward, L-BFGS, ridge towards the start). FIRST is fitted on the dictionary alone; SECOND on
the same texts once FIRST has taught their words; THIRD and SEMANTIC_THIRD on the few beads that SECOND leaves (alignment_lattices.py).
Held out, FIRST and SECOND are fitted on every other document (mag is one text and is cut in half), and each text's beads
come from the settings that have not seen it; on these the last setting is fitted without a third of the documents, or
without a whole set, and judged on what was left out. Needs numpy and ../shared/data, and for SEMANTIC_THIRD the encoder;
some six minutes on two free cores, and as long with --write on one.
"""

from __future__ import annotations

import itertools
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks.alignment import (
    DATA,
    OMITTED,
    SETS,
    GoldBead,
    Text,
    at_random,
    f1,
    texts,
    unpunctuated,
)
from benchmarks.alignment_lattices import Close, Ways, close
from benchmarks.alignment_lattices import fitted as fitted_closely
from termbank.alignment.anchors import anchors
from termbank.alignment.calibration import confidence
from termbank.alignment.costs import FEATURES, GAP_FEATURES, SHAPES, Pricing, Rates, Worths, rates
from termbank.alignment.embeddings import MEANING_FEATURES, Meaning, meaning
from termbank.alignment.model_weights import Setting
from termbank.alignment.path import Step, best_path, spread
from termbank.alignment.pruned_lattice import hopes
from termbank.alignment.rescoring import CLOSER_FEATURES
from termbank.alignment.search_band import Band, band
from termbank.alignment.token_arrays import Units, read
from termbank.alignment.translation_table import learned
from termbank.services.lexicon_cache import lexicon

Floats = Any
"""An array of numbers, or one weight after another: shapes and (0, 1), FEATURES, GAP_FEATURES."""

AFTER_SHAPES = len(SHAPES) + 1
AFTER_FEATURES = AFTER_SHAPES + len(FEATURES)
SIZE = AFTER_FEATURES + len(GAP_FEATURES)
OWN_SPLITS = AFTER_SHAPES + FEATURES.index("own splits")
OWN_GAPS = AFTER_FEATURES + GAP_FEATURES.index("own gaps")

VARIANTS = (("whole", 1.0), ("English left out", 0.4), ("Chinese left out", 0.2), ("no Chinese marks", 0.3))
"""What is done to a text, and what it then counts in the fit."""
SET_WEIGHT = 400
"""Each set counts as so many beads, however long it is."""
RIDGE = 0.3
ITERATIONS = (40, 30)
QUICK = (8, 8)
CLOSER_RIDGE, CLOSER_ITERATIONS = (0.3, 3.0, 0.3), 60
"""Towards where the usual features begin, and towards nothing for those of the closer look and of the encoder."""
THIRDS = 3


@dataclass(frozen=True)
class Case:
    """A text, whole or with sentences left out."""

    name: str
    number: int
    variant: str
    text: Text

    @property
    def fold(self) -> int:
        return self.number % 2

    @property
    def third(self) -> int:
        """Each set's documents are dealt out to all parts."""
        return (
            self.number * THIRDS // 6 if self.name == "mac-dev" else self.number + SETS.index(self.name)
        ) % THIRDS


@dataclass(frozen=True)
class Chain:
    """Every bead a text's band allows, its features, and which beads a gold way may take."""

    units: Units
    strip: Band
    weight: float
    here: list[Any]
    origins: Any
    values: list[Floats]
    along: Floats
    inner: Any
    gold: list[Any]
    gold_along: Any


def cases() -> Iterator[Case]:
    for name in SETS:
        held = texts(name)
        for number, text in enumerate(_halves(held[0]) if len(held) == 1 else held):
            yield Case(name, number, "whole", text)
            yield Case(name, number, "English left out", at_random(text, "en", OMITTED, 7 + number))
            yield Case(name, number, "Chinese left out", at_random(text, "zh", 0.1, 70 + number))
            yield Case(name, number, "no Chinese marks", unpunctuated(text))


def _halves(text: Text) -> list[Text]:
    zh, en, gold = text
    top, left = next((a[0], b[0]) for a, b in gold if a and b and a[0] >= len(zh) // 2)
    before = [(a, b) for a, b in gold if (a[0] < top if a else b[0] < left)]
    after = [
        (tuple(s - top for s in a), tuple(s - left for s in b)) for a, b in gold if (a, b) not in set(before)
    ]
    return [(zh[:top], en[:left], before), (zh[top:], en[left:], after)]


def gold_way(text: Text) -> list[Step]:
    """The gold as a way through the texts; a segment that no bead has is a gap. Empty where beads cross."""
    zh, en, gold = text
    paired: list[GoldBead] = [bead for bead in gold if bead[0] and bead[1]]
    of_zh = {s: number for number, (left, _) in enumerate(paired) for s in left}
    of_en = {s: number for number, (_, right) in enumerate(paired) for s in right}
    way, row, column = [], 0, 0
    while row < len(zh) or column < len(en):
        if row < len(zh) and row not in of_zh:
            step = (row, row + 1, column, column)
        elif column < len(en) and column not in of_en:
            step = (row, row, column, column + 1)
        elif of_zh.get(row, -1) != of_en.get(column, -2):
            return []
        else:
            left, right = paired[of_zh[row]]
            step = (row, row + len(left), column, column + len(right))
        way.append(step)
        row, column = step[1], step[3]
    return way


def chain(
    units: Units, strip: Band, way: Sequence[Step], weight: float, habits: Rates | None = None
) -> Chain | None:
    """The features of every bead; None where the band or the order of beads has no room for the gold way."""
    if not way or not all(_node(strip, b, d) is not None for _, b, _, d in way):
        return None
    pricing = Pricing(units, strip, habits)
    gaps = {side: np.array(list(pricing.gap_features(side))) for side in ("zh", "en")}
    here, values = [], []
    origins = np.zeros((len(SHAPES), strip.size), dtype=np.int32)
    for number, (a, b) in enumerate(SHAPES):
        ends, left = pricing.held(a, b)
        origins[number, ends] = left
        here.append(ends)
        rows = list(pricing.features(a, b, ends)) if b else gaps["zh"][:, pricing.row[ends] - 1]
        values.append(np.array(rows, dtype=np.float32))
    along = np.pad(gaps["en"], ((0, 0), (0, 1)))[:, pricing.column - 1]
    inner = np.setdiff1d(np.arange(strip.size), strip.base[:-1])
    gold, gold_along = _marked(pricing, here, way)
    return Chain(units, strip, weight, here, origins, values, along, inner, gold, gold_along)


def _node(strip: Band, row: int, column: int) -> int | None:
    inside = strip.low[row] <= column <= strip.high[row]
    return int(strip.base[row] + column - strip.low[row]) if inside else None


def _marked(pricing: Pricing, here: Sequence[Any], way: Sequence[Step]) -> tuple[list[Any], Any]:
    """The beads a gold way may take: for a bead larger than any shape, every way through its corner points."""
    marks = [np.zeros(len(ends), dtype=bool) for ends in here]
    along = np.zeros(pricing.strip.size, dtype=bool)
    for top, bottom, left, right in way:
        shape = (bottom - top, right - left)
        end = _node(pricing.strip, bottom, right)
        if shape == (0, 1):
            along[end] = True
        elif shape in SHAPES:
            number = SHAPES.index(shape)
            marks[number][np.searchsorted(here[number], end)] = True
        else:
            for number, (a, b) in enumerate(SHAPES):
                i, j = pricing.row[here[number]], pricing.column[here[number]]
                marks[number] |= (i <= bottom) & (i - a >= top) & (j <= right) & (j - b >= left)
            i, j = pricing.row, pricing.column
            along |= (i >= top) & (i <= bottom) & (j > left) & (j <= right)
    return marks, along


def priced(held: Chain, weights: Floats, gold_only: bool = False) -> Worths:
    own = weights.astype(np.float32)
    beads = np.full(held.origins.shape, -np.inf)
    for number, (ends, values) in enumerate(zip(held.here, held.values, strict=True)):
        kind = own[AFTER_SHAPES:AFTER_FEATURES] if SHAPES[number][1] else own[AFTER_FEATURES:]
        worth = weights[number] + kind @ values
        beads[number, ends] = np.where(held.gold[number], worth, -np.inf) if gold_only else worth
    along = weights[len(SHAPES)] + weights[AFTER_FEATURES:] @ held.along
    # far below anything a way could make good, yet a number: sums along a row must stay numbers
    return Worths(beads, held.origins, np.where(held.gold_along, along, -1e4) if gold_only else along)


def expected(held: Chain, worths: Worths) -> tuple[float, Floats]:
    """Log sum over all ways, and how much of each feature they have on average."""
    forward, backward = spread(held.strip, worths)
    whole, counts = float(forward[-1]), np.zeros(SIZE)
    for number, (ends, values) in enumerate(zip(held.here, held.values, strict=True)):
        way = forward[worths.origins[number, ends]] + worths.beads[number, ends] + backward[ends]
        share = np.exp(np.minimum(0.0, way - whole))
        counts[number] = share.sum()
        kind = slice(AFTER_SHAPES, AFTER_FEATURES) if SHAPES[number][1] else slice(AFTER_FEATURES, SIZE)
        counts[kind] += values @ share.astype(np.float32)
    way = forward[held.inner - 1] + worths.along[held.inner] + backward[held.inner]
    share = np.exp(np.minimum(0.0, way - whole))
    counts[len(SHAPES)] = share.sum()
    counts[AFTER_FEATURES:] += held.along[:, held.inner] @ share
    return whole, counts


def fitted(chains: Sequence[Chain], start: Floats, ridge: Floats, iterations: int) -> Floats:
    """The weights under which the gold ways are likeliest."""

    def loss(weights: Floats) -> tuple[float, Floats]:
        away = weights - start
        total, slope = 0.5 * float((ridge * away * away).sum()), ridge * away
        for held in chains:
            whole, counts = expected(held, priced(held, weights))
            gold, gold_counts = expected(held, priced(held, weights, gold_only=True))
            total += held.weight * (whole - gold)
            slope = slope + held.weight * (counts - gold_counts)
        return total, slope

    return lbfgs(loss, start, iterations)


def lbfgs(
    loss: Callable[[Floats], tuple[float, Floats]], start: Floats, iterations: int, memory: int = 8
) -> Floats:
    """Limited-memory BFGS with backtracking (Nocedal & Wright 2006, algorithm 7.5)."""
    here, (value, slope) = start.copy(), loss(start)
    past: list[tuple[Floats, Floats]] = []
    for number in range(iterations):
        way, shares = slope.copy(), []
        for moved, turned in reversed(past):
            shares.append(float(moved @ way) / float(turned @ moved))
            way -= shares[-1] * turned
        scale = past[-1][0] @ past[-1][1] / (past[-1][1] @ past[-1][1]) if past else 1 / np.abs(way).sum()
        way *= scale
        for (moved, turned), share in zip(past, reversed(shares), strict=True):
            way += (share - float(turned @ way) / float(turned @ moved)) * moved
        step = 1.0
        while True:
            there = here - step * way
            new, new_slope = loss(there)
            if new <= value - 1e-4 * step * float(slope @ way) or step < 1e-3:
                break
            step /= 2
        if (there - here) @ (new_slope - slope) > 1e-10:
            past = [*past, (there - here, new_slope - slope)][-memory:]
        gained, here, value, slope = value - new, there, new, new_slope
        print(f"    {number + 1:3}  loss {value:.2f}", file=sys.stderr, flush=True)
        if abs(gained) < 5e-6 * abs(value):
            break
    return here


def neutral() -> Floats:
    """Where the first fit begins: common shapes likelier than rare ones, words and lengths of some use."""
    usual = {(1, 1): 0.7, (1, 2): 0.1, (2, 1): 0.08, (2, 2): 0.02, (1, 3): 0.03, (3, 1): 0.015}
    weights = np.zeros(SIZE)
    for number, shape in enumerate(SHAPES):
        weights[number] = math.log(usual.get(shape, 0.012 * 0.4 ** (sum(shape) - 4))) if shape[1] else -4.2
    weights[len(SHAPES)] = -4.2
    for name, weight in {"english": 0.3, "chinese": 0.25, "length": -0.35, "far length": -1.0}.items():
        weights[AFTER_SHAPES + FEATURES.index(name)] = weight
    return weights


def fit(learnt_from: Sequence[Case], iterations: tuple[int, int]) -> tuple[Setting, Setting]:
    """The first setting and the second."""
    beads = {
        name: sum(len(c.text[2]) for c in learnt_from if c.name == name and c.variant == "whole")
        for name in SETS
    }
    first: list[tuple[Chain, list[Step]]] = []
    for case in learnt_from:
        units, way = read(case.text[0], case.text[1], lexicon()), gold_way(case.text)
        strip = band(anchors(units), len(case.text[0]), len(case.text[1]))
        held = chain(units, strip, way, SET_WEIGHT / beads[case.name] * dict(VARIANTS)[case.variant])
        if held is not None:
            first.append((held, way))
    print(f"    {len(first)} of {len(learnt_from)} texts hold their gold way", file=sys.stderr, flush=True)
    ridge = np.full(SIZE, RIDGE)
    weights = fitted([held for held, _ in first], neutral(), ridge, iterations[0])
    second = []
    while first:
        held, way = first.pop(0)
        steps = best_path(held.strip, priced(held, weights))
        again = chain(learned(held.units, steps), held.strip, way, held.weight, rates(steps))
        second.extend([again] if again is not None else [])
    start = weights.copy()
    start[[OWN_SPLITS, OWN_GAPS]], ridge[[OWN_SPLITS, OWN_GAPS]] = (0.5, 0.6), (10.0, 5.0)
    return setting(weights), setting(fitted(second, start, ridge, iterations[1]))


def setting(weights: Floats) -> Setting:
    rounded = [round(float(weight), 3) + 0.0 for weight in weights]
    return Setting(
        tuple(rounded[:AFTER_SHAPES]),
        tuple(rounded[AFTER_SHAPES:AFTER_FEATURES]),
        tuple(rounded[AFTER_FEATURES:SIZE]),
        tuple(rounded[SIZE:]),
    )


Aligned = list[tuple[GoldBead, float]]
"""The beads found and the share of all ways that take them."""

Held = tuple[Case, Close]


def closely(case: Case, settings: tuple[Setting, Setting], encoder: Any | None) -> Held:
    """The beads that the first two settings leave of a text, with what the closer look and the encoder say."""
    zh, en, _ = case.text
    units = read(zh, en, lexicon())
    vectors: Meaning | None = meaning(zh, en, encoder, lambda done, total: None) if encoder else None
    strip = band(anchors(units), len(zh), len(en))
    return case, close(units, strip, gold_way(case.text), settings, vectors)


def fold(number: int, iterations: tuple[int, int]) -> list[Held]:
    """The documents of a fold, gone through with settings fitted on the others."""
    learnt = fit([case for case in cases() if case.fold != number], iterations)
    encoder = remembering()
    return [closely(case, learnt, encoder) for case in cases() if case.fold == number]


def remembering() -> Any | None:
    """The encoder, which here reads no sentence twice; None where it is not installed."""
    from termbank.model.errors import MissingExtraError
    from termbank.services.sentence_encoder import encoder

    try:
        own = encoder()
    except MissingExtraError:
        return None
    known: dict[str, Any] = {}

    class Remembering:
        def encode(self, sentences: Sequence[str]) -> Any:
            new = [text for text in dict.fromkeys(sentences) if text not in known]
            known.update(zip(new, own.encode(new), strict=True) if new else ())
            return np.array([known[text] for text in sentences])

    return Remembering()


def columns(held: Sequence[Held], semantic: bool) -> list[Close]:
    """The lattices with or without what the encoder says."""
    size = SIZE + len(CLOSER_FEATURES) + (len(MEANING_FEATURES) if semantic else 0)
    return [Close(c.lattice, c.rows[:, :size], c.gold, c.way) for _, c in held]


def third(held: Sequence[Held], semantic: bool) -> Floats:
    """The last setting, fitted on these."""
    beads = {
        name: sum(len(c.text[2]) for c, _ in held if (c.name, c.variant) == (name, "whole")) for name in SETS
    }
    weights = [SET_WEIGHT / beads[c.name] * dict(VARIANTS)[c.variant] for c, _ in held]
    new = len(CLOSER_FEATURES) + (len(MEANING_FEATURES) if semantic else 0)
    start = np.concatenate([neutral(), np.zeros(new)])
    start[[OWN_SPLITS, OWN_GAPS]] = 0.5, 0.6
    ridge = np.repeat(CLOSER_RIDGE, (SIZE, len(CLOSER_FEATURES), new - len(CLOSER_FEATURES)))
    return fitted_closely(columns(held, semantic), weights, start, ridge, CLOSER_ITERATIONS, lbfgs)


def judged_with(held: Sequence[Held], weights: Floats, semantic: bool) -> list[tuple[Case, Aligned]]:
    """The texts as `termbank.alignment.align` has them with this last setting."""
    ways = Ways(columns(held, semantic))
    worths = ways.rows @ weights
    _, shares = ways.shares(worths)
    hoped = hopes(np.concatenate([own.lattice.shapes for _, own in held]), shares)
    found = []
    for (case, own), way, begin in zip(held, ways.best(hoped), ways.bounds, strict=False):
        steps = own.lattice.steps[way].tolist()
        shown = [(tuple(range(a, b)), tuple(range(c, d))) for a, b, c, d in steps]
        found.append((case, list(zip(shown, shares[begin + np.array(way)].tolist(), strict=True))))
    return found


def left_out(held: Sequence[Held], part: Callable[[Case], Any], semantic: bool) -> list[tuple[Case, Aligned]]:
    """Every text judged by a last setting fitted without its part."""
    found = []
    for which in sorted({part(case) for case, _ in held}):
        weights = third([pair for pair in held if part(pair[0]) != which], semantic)
        found.extend(judged_with([pair for pair in held if part(pair[0]) == which], weights, semantic))
    return found


def table(results: Sequence[tuple[Case, Aligned]]) -> str:
    lines = [" " * 20 + "".join(f"{name:>10}" for name in SETS)]
    for variant, _ in VARIANTS:
        scores = []
        for name in SETS:
            some = [(case, found) for case, found in results if (case.name, case.variant) == (name, variant)]
            scores.append(f1([([bead for bead, _ in found], case.text[2]) for case, found in some])[0])
        lines.append(f"  {variant:18}" + "".join(f"{score:10.4f}" for score in scores))
    return "\n".join(lines)


def measure(iterations: tuple[int, int]) -> None:
    with ProcessPoolExecutor(2) as pool:
        held = [pair for half in pool.map(fold, (0, 1), (iterations, iterations)) for pair in half]
    semantic = held[0][1].rows.shape[1] > SIZE + len(CLOSER_FEATURES)
    for with_encoder in (False, True) if semantic else (False,):
        said = "With the encoder" if with_encoder else "Without the encoder"
        print(
            f"\n{said}: strict F1 of texts the last setting has not seen, a third of the documents left out"
        )
        results = left_out(held, lambda case: case.third, with_encoder)
        print(table(results))
        print(f"\n{said}: the same, a whole set left out")
        print(table(left_out(held, lambda case: case.name, with_encoder)))
        reliability(results)


def reliability(results: Sequence[tuple[Case, Aligned]]) -> None:
    seen = [
        (share, confidence((len(bead[0]), len(bead[1])), share), bead in set(case.text[2]), all(bead))
        for case, found in results
        for bead, share in found
    ]
    print("\nHeld out: beads by the share of all ways that take them; of these right, paired and alone")
    edges = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.01)
    for low, high in itertools.pairwise(edges):
        some = [
            [ok for share, _, ok, paired in seen if low <= share < high and paired == which]
            for which in (True, False)
        ]
        shown = "".join(f"  {sum(oks) / max(1, len(oks)):.3f} of {len(oks):5}" for oks in some)
        print(f"  {low:.3f} – {min(high, 1):.3f} {shown}")
    doubtful, sure = [ok for _, c, ok, _ in seen if c < 0.5], [ok for _, c, ok, _ in seen if c > 0.95]
    print(f"  confidence under .5: {1 - sum(doubtful) / max(1, len(doubtful)):.3f} wrong of {len(doubtful)}")
    print(f"  confidence over .95: {1 - sum(sure) / max(1, len(sure)):.4f} wrong of {len(sure)}")


def write(iterations: tuple[int, int]) -> None:
    every = list(cases())
    first, second = fit(every, iterations)
    encoder = remembering()
    with ProcessPoolExecutor(2) as pool:
        held = [pair for half in pool.map(fold, (0, 1), (iterations, iterations)) for pair in half]
    settings = {"FIRST": first, "SECOND": second, "THIRD": setting(third(held, False))}
    if encoder is not None:
        settings["SEMANTIC_THIRD"] = setting(third(held, True))
    for name, some in settings.items():
        lines = [f"    {part}=({', '.join(f'{weight:g}' for weight in getattr(some, part))},),"
                 for part in Setting._fields if getattr(some, part)]  # fmt: skip
        print(f"{name} = Setting(\n" + "\n".join(lines) + "\n)\n")
    print("Strict F1 on the texts fitted on:", file=sys.stderr)
    own = [closely(case, (first, second), encoder) for case in every]
    for name in [name for name in settings if "THIRD" in name]:
        weights = np.array([weight for part in settings[name] for weight in part])
        print(table(judged_with(own, weights, "SEMANTIC" in name)), file=sys.stderr)


def main(words: Sequence[str]) -> int:
    unknown = set(words) - {"--write", "--quick"}
    if unknown:
        print(f"no such option: {', '.join(sorted(unknown))}; there are --write and --quick", file=sys.stderr)
        return 2
    if not (DATA / "sentence-alignment").is_dir():
        print(f"skipped: the texts are not at {DATA}")
        return 0
    iterations = QUICK if "--quick" in words else ITERATIONS
    if "--quick" in words:
        print(f"quick: {QUICK[0]} and {QUICK[1]} iterations where {ITERATIONS} are usual")
    (write if "--write" in words else measure)(iterations)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
