"""Fit the weights and the calibration of the aligner, and measure them on texts they have not seen.

    python training/fit_alignment.py                held out: strict F1 and confidence, without an encoder and with it
    python training/fit_alignment.py --write        fitted on every text: prints weights.json's stages and calibration.json's
                                                    tables, and how far they are from the committed ones
    python training/fit_alignment.py --quick        either with few iterations: shows that it works; figures differ

Method: each text, whole and altered, is a log-linear chain over all paths through its search band, with the features of
`termbank.alignment` itself. The weights maximise the likelihood of the gold paths (forward–backward, L-BFGS, L2 penalty
towards the start). `dictionary_pass` is fitted with the dictionary alone; `adapted_pass` on the same texts with the
translation table that the first one teaches; the two `rescoring` stages on the beads left after pruning. The calibration is
least squares on held-out beads. Held out, the first two stages are fitted on every other document (mag is one text, cut
in half), so each text's lattice comes from weights that have not seen it; on these lattices the last stage is fitted
without a third of the documents, or without a whole set, and measured on what was left out.

Needs NumPy and ../shared/data, and for `rescoring_with_encoder` the extra `semantic`; about ten minutes on two free cores.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from benchmarks.alignment import DATA, SETS, GoldBead, f1

from termbank.alignment.anchors import find_anchors
from termbank.alignment.calibration import calibrated_confidence, load_table
from termbank.alignment.embeddings import SegmentVectors, encode_segments
from termbank.alignment.pruned_lattice import expected_gain
from termbank.alignment.search_band import build_band
from termbank.alignment.token_arrays import tokenize_texts
from termbank.alignment.weights import (
    EMBEDDING_FEATURES,
    FEATURES,
    GAP_FEATURES,
    RESCORING_FEATURES,
    Weights,
    load_weights,
    shape_names,
)
from termbank.services.lexicon_cache import lexicon
from training.alignment_bands import (
    AFTER_FEATURES,
    AFTER_SHAPES,
    GAP_RATE,
    RATE_START,
    SIZE,
    SPLIT_RATE,
    fit_passes,
    starting_weights,
)
from training.alignment_cases import VARIANTS, Case, case_weights, gold_path, read_cases
from training.alignment_lattices import GoldLattice, JoinedLattices, build_gold_lattice, fit_lattices

Floats = Any

ITERATIONS = (40, 30)
QUICK = (8, 8)
_RESCORING_RIDGE, _RESCORING_ITERATIONS = (0.3, 3.0, 0.3), 60
"""Towards where the band's features begin, and towards 0 for the rescoring and the embedding features."""
_CALIBRATION_PRIOR = 5.0
"""Beads that each point of the calibration counts as at its own posterior."""

Aligned = list[tuple[GoldBead, float]]
"""Beads with their posteriors."""
Pruned = tuple[Case, GoldLattice]


def as_weights(weights: Floats) -> Weights:
    """Fitted numbers as the weights of a stage, rounded as they are committed."""
    rounded = [round(float(weight), 3) + 0.0 for weight in weights]
    return Weights(
        tuple(rounded[:AFTER_SHAPES]),
        tuple(rounded[AFTER_SHAPES:AFTER_FEATURES]),
        tuple(rounded[AFTER_FEATURES:SIZE]),
        tuple(rounded[SIZE:]),
    )


def as_record(weights: Weights) -> dict[str, dict[str, float]]:
    """A stage as weights.json has it."""
    rescoring = (RESCORING_FEATURES + EMBEDDING_FEATURES)[: len(weights.rescoring)]
    record = {
        "shapes": dict(zip(shape_names(), weights.shapes, strict=True)),
        "features": dict(zip(FEATURES, weights.features, strict=True)),
        "gaps": dict(zip(GAP_FEATURES, weights.gaps, strict=True)),
    }
    return record | ({"rescoring": dict(zip(rescoring, weights.rescoring, strict=True))} if rescoring else {})


def prune_case(case: Case, weights: tuple[Weights, Weights], encoder: Any | None) -> Pruned:
    """The lattice that the weights of the first two stages leave of a text, with its rescoring features."""
    zh, en, _ = case.text
    texts = tokenize_texts(zh, en, lexicon())
    vectors: SegmentVectors | None = (
        encode_segments(zh, en, encoder, lambda done, total: None) if encoder else None
    )
    band = build_band(find_anchors(texts), len(zh), len(en))
    return case, build_gold_lattice(texts, band, gold_path(case.text), weights, vectors)


def prune_fold(number: int, iterations: tuple[int, int]) -> list[Pruned]:
    """The documents of a fold, pruned by weights fitted on the others."""
    first, adapted = fit_passes([case for case in read_cases() if case.fold != number], iterations)
    weights, encoder = (as_weights(first), as_weights(adapted)), caching_encoder()
    return [prune_case(case, weights, encoder) for case in read_cases() if case.fold == number]


def prune_held_out(iterations: tuple[int, int]) -> list[Pruned]:
    """Every text, pruned by weights that have not seen it."""
    with ProcessPoolExecutor(2) as pool:
        return [pair for half in pool.map(prune_fold, (0, 1), (iterations, iterations)) for pair in half]


def caching_encoder() -> Any | None:
    """The encoder, with a cache of sentences; None where it is not installed."""
    from termbank.model.errors import MissingExtraError
    from termbank.services.sentence_encoder import encoder

    try:
        own = encoder()
    except MissingExtraError:
        return None
    known: dict[str, Any] = {}

    class CachingEncoder:
        def encode(self, sentences: Sequence[str]) -> Any:
            new = [text for text in dict.fromkeys(sentences) if text not in known]
            known.update(zip(new, own.encode(new), strict=True) if new else ())
            return np.array([known[text] for text in sentences])

    return CachingEncoder()


def _columns(pruned: Sequence[Pruned], semantic: bool) -> list[GoldLattice]:
    """The lattices with or without the embedding features."""
    size = SIZE + len(RESCORING_FEATURES) + (len(EMBEDDING_FEATURES) if semantic else 0)
    return [GoldLattice(own.lattice, own.rows[:, :size], own.gold, own.path) for _, own in pruned]


def fit_rescoring(pruned: Sequence[Pruned], semantic: bool) -> Floats:
    """Fit the weights of a rescoring stage."""
    new = len(RESCORING_FEATURES) + (len(EMBEDDING_FEATURES) if semantic else 0)
    start = np.concatenate([starting_weights(), np.zeros(new)])
    start[[SPLIT_RATE, GAP_RATE]] = RATE_START
    ridge = np.repeat(_RESCORING_RIDGE, (SIZE, len(RESCORING_FEATURES), new - len(RESCORING_FEATURES)))
    counts = case_weights([case for case, _ in pruned])
    return fit_lattices(_columns(pruned, semantic), counts, start, ridge, _RESCORING_ITERATIONS)


def align_pruned(pruned: Sequence[Pruned], weights: Floats, semantic: bool) -> list[tuple[Case, Aligned]]:
    """The texts as `termbank.alignment.align` aligns them with these rescoring weights."""
    joined = JoinedLattices(_columns(pruned, semantic))
    _, posteriors = joined.posteriors(joined.rows @ weights)
    gain = expected_gain(np.concatenate([own.lattice.shapes for _, own in pruned]), posteriors)
    found = []
    for (case, own), path, begin in zip(pruned, joined.best_paths(gain), joined.bounds, strict=False):
        steps = own.lattice.steps[path].tolist()
        beads = [(tuple(range(a, b)), tuple(range(c, d))) for a, b, c, d in steps]
        found.append((case, list(zip(beads, posteriors[begin + np.array(path)].tolist(), strict=True))))
    return found


def align_held_out(
    pruned: Sequence[Pruned], part: Callable[[Case], Any], semantic: bool
) -> list[tuple[Case, Aligned]]:
    """Every text aligned by rescoring weights fitted without its part."""
    found = []
    for which in sorted({part(case) for case, _ in pruned}):
        weights = fit_rescoring([pair for pair in pruned if part(pair[0]) != which], semantic)
        found.extend(align_pruned([pair for pair in pruned if part(pair[0]) == which], weights, semantic))
    return found


def fit_calibration(results: Sequence[tuple[Case, Aligned]], kind: str) -> list[tuple[float, float]]:
    """Fit the calibration of `paired` beads or of `gaps` by least squares, at the posteriors of the committed table.

    Args:
        results: held-out alignments.
        kind: which beads.

    Returns:
        Points (posterior, confidence) that rise.
    """
    seen = [
        (posterior, bead in set(case.text[2]))
        for case, found in results
        for bead, posterior in found
        if all(bead) == (kind == "paired")
    ]
    knots = np.array([posterior for posterior, _ in load_table(kind)])
    posterior = np.array([x for x, _ in seen])
    basis = np.stack([np.interp(posterior, knots, row) for row in np.eye(len(knots))], axis=1)
    prior = _CALIBRATION_PRIOR * np.eye(len(knots))
    right = np.array([float(ok) for _, ok in seen])
    values = np.linalg.solve(basis.T @ basis + prior, basis.T @ right + prior @ knots)
    values = np.clip(np.maximum.accumulate(values), 0.0, 1.0)
    return [(float(x), round(float(y), 3)) for x, y in zip(knots, values, strict=True)]


def f1_table(results: Sequence[tuple[Case, Aligned]]) -> str:
    """Strict F1 of each set and variant."""
    lines = [" " * 20 + "".join(f"{name:>10}" for name in SETS)]
    for variant in VARIANTS:
        scores = []
        for name in SETS:
            some = [(case, found) for case, found in results if (case.name, case.variant) == (name, variant)]
            scores.append(f1([([bead for bead, _ in found], case.text[2]) for case, found in some])[0])
        lines.append(f"  {variant:18}" + "".join(f"{score:10.4f}" for score in scores))
    return "\n".join(lines)


def measure(iterations: tuple[int, int]) -> None:
    """Print the held-out figures."""
    pruned = prune_held_out(iterations)
    semantic = pruned[0][1].rows.shape[1] > SIZE + len(RESCORING_FEATURES)
    for with_encoder in (False, True) if semantic else (False,):
        title = "With an encoder" if with_encoder else "Without an encoder"
        print(f"\n{title}: strict F1, a third of the documents held out")
        results = align_held_out(pruned, lambda case: case.third, with_encoder)
        print(f1_table(results))
        print(f"\n{title}: strict F1, a whole set held out")
        print(f1_table(align_held_out(pruned, lambda case: case.name, with_encoder)))
        print_reliability(results)


def print_reliability(results: Sequence[tuple[Case, Aligned]]) -> None:
    """Print how many beads of each range of posteriors are right."""
    seen = [
        (posterior, calibrated_confidence((len(bead[0]), len(bead[1])), posterior), bead in set(case.text[2]), all(bead))
        for case, found in results
        for bead, posterior in found
    ]  # fmt: skip
    print("\nHeld out: beads by posterior; the share that is right, of beads with both sides and of gaps")
    edges = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.01)
    for low, high in itertools.pairwise(edges):
        some = [
            [ok for posterior, _, ok, paired in seen if low <= posterior < high and paired == which]
            for which in (True, False)
        ]
        shown = "".join(f"  {sum(oks) / max(1, len(oks)):.3f} of {len(oks):5}" for oks in some)
        print(f"  {low:.3f} – {min(high, 1):.3f} {shown}")
    doubtful, sure = [ok for _, c, ok, _ in seen if c < 0.5], [ok for _, c, ok, _ in seen if c > 0.95]
    print(f"  confidence under .5: {1 - sum(doubtful) / max(1, len(doubtful)):.3f} wrong of {len(doubtful)}")
    print(f"  confidence over .95: {1 - sum(sure) / max(1, len(sure)):.4f} wrong of {len(sure)}")


def write(iterations: tuple[int, int]) -> None:
    """Fit on every text; print the stages and tables, and how far each is from the committed one."""
    cases = list(read_cases())
    first, adapted = fit_passes(cases, iterations)
    stages = {"dictionary_pass": as_weights(first), "adapted_pass": as_weights(adapted)}
    pruned = prune_held_out(iterations)
    stages["rescoring"] = as_weights(fit_rescoring(pruned, False))
    if pruned[0][1].rows.shape[1] > SIZE + len(RESCORING_FEATURES):
        stages["rescoring_with_encoder"] = as_weights(fit_rescoring(pruned, True))
    results = align_held_out(pruned, lambda case: case.third, False)
    tables = {kind: fit_calibration(results, kind) for kind in ("paired", "gaps")}
    print(
        json.dumps({"stages": {name: as_record(w) for name, w in stages.items()}, "tables": tables}, indent=2)
    )
    for name, weights in stages.items():
        _print_distance(name, list(itertools.chain(*weights)), list(itertools.chain(*load_weights(name))))
    for kind, points in tables.items():
        _print_distance(kind, [y for _, y in points], [y for _, y in load_table(kind)])
    print("Strict F1 on the texts fitted on:", file=sys.stderr)
    encoder = caching_encoder()
    own = [prune_case(case, (stages["dictionary_pass"], stages["adapted_pass"]), encoder) for case in cases]
    for name in [name for name in stages if name.startswith("rescoring")]:
        weights = np.array(list(itertools.chain(*stages[name])))
        print(f1_table(align_pruned(own, weights, "encoder" in name)), file=sys.stderr)


def _print_distance(name: str, fitted: Sequence[float], committed: Sequence[float]) -> None:
    away = np.abs(np.array(fitted) - np.array(committed))
    print(
        f"{name}: from the committed numbers on average {away.mean():.4f}, at most {away.max():.4f}",
        file=sys.stderr,
    )


def main(words: Sequence[str]) -> int:
    """Run the program; returns the exit code."""
    unknown = set(words) - {"--write", "--quick"}
    if unknown:
        print(f"no such option: {', '.join(sorted(unknown))}; there are --write and --quick", file=sys.stderr)
        return 2
    if not (DATA / "sentence-alignment").is_dir():
        print(f"skipped: the texts are not at {DATA}")
        return 0
    iterations = QUICK if "--quick" in words else ITERATIONS
    if "--quick" in words:
        print(f"quick: {QUICK[0]} and {QUICK[1]} iterations instead of {ITERATIONS}")
    (write if "--write" in words else measure)(iterations)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
