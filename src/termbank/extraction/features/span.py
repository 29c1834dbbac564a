"""Features of a span that need its own bead alone.

Evidence inside and outside the span, the words at and beside its edges, its length against the Chinese, capitals, how much of
the term it covers, which other words of the sentence claim it, the conjunct in the term's place, the dictionary's glosses.
Every function returns named columns of shape (spans,). Spans are pieces [start, end) of the bead's English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.extraction.features.cooccurrence import LONGEST
from termbank.extraction.features.coordination import Conjunct
from termbank.extraction.features.piece import TokenFlags
from termbank.extraction.word_evidence import TermPlace, WordEvidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]
    Whole = NDArray[np.int64]
    Columns = dict[str, Real]

FUNCTION_WEIGHT = 0.2
"""A function word's evidence counts for so much of a content word's."""
LOW = 0.2
"""A content word with less evidence is a hole in the span."""
EDGE_LOW = 0.15
BESIDE_STRONG = 0.45
FREE = 0.35
"""A content word that the units outside the term claim less than this is free."""
COVERED = 0.3
"""A unit of the term is covered where so much of its links lies in the span."""
WORDS_PER_CHARACTER = 0.5
ACRONYM_MISFIT = 0.3
"""An abbreviation's length says nothing; this is a usual misfit."""
SURE_LINK = 0.4
FARTHEST_GAP = 8
MOST_FREE = 6
MOST_GLOSS = 0.5
GLOSSED = 0.02


def bead_features(
    place: TermPlace,
    evidence: WordEvidence,
    both: Real,
    flag: TokenFlags,
    span: tuple[Whole, Whole],
) -> Columns:
    """The features of spans that their own bead shows, without those of `boundary.edge_features`.

    `both` is the strength of the links, shape (units, pieces).
    """
    start, end = span
    return (
        _evidence_features(evidence, flag, start, end)
        | _edge_features(evidence.mean, flag, start, end)
        | _content_features(flag, start, end)
        | _size_features(flag, start, end, place.zh.end - place.zh.start)
        | _beyond_features(evidence.mean, flag, start, end)
        | _coverage_features(place, both, flag, start, end)
        | _claim_features(place, both, flag, start, end)
    )


def _sums(values: Real, start: Whole, end: Whole) -> Real:
    """The sum of the values inside each span."""
    import numpy as np

    running = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    held: Real = (running[end] - running[start]).astype(np.float32)
    return held


def _values_at(values: Real, where: Whole, beyond: float = 0.0) -> Real:
    """The values at some places; `beyond` one place outside the bead."""
    import numpy as np

    padded = np.concatenate([[beyond], values, [beyond]])
    held: Real = padded[where + 1].astype(np.float32)
    return held


def _evidence_features(evidence: WordEvidence, flag: TokenFlags, start: Whole, end: Whole) -> Columns:
    """Each kind of evidence inside and outside the span, how dense it is, and where it is missing."""
    import numpy as np

    weight = flag.content + FUNCTION_WEIGHT * flag.function
    row: Columns = {}
    for name in ("forth", "back", "table", "company", "mean"):
        values = getattr(evidence, name) * weight
        row[f"{name}_in"] = _sums(values, start, end)
        row[f"{name}_out"] = values.sum() - row[f"{name}_in"]
    words: Real = np.maximum(flag.inside("content", start, end), 1)
    holes = _sums(flag.content * (evidence.mean < LOW), start, end)
    return row | {
        "density": row["mean_in"] / words,
        "holes": holes,
        "hole_share": holes / words,
        "weakest": _weakest(evidence.mean, flag, start, end),
    }


def _edge_features(mean: Real, flag: TokenFlags, start: Whole, end: Whole) -> Columns:
    """The evidence of the first and the last word and of their neighbours, and what kinds of words they are."""
    import numpy as np

    edge_left, edge_right = _values_at(mean, start), _values_at(mean, end - 1)
    beside = mean * flag.content
    beside_left, beside_right = _values_at(beside, start - 1), _values_at(beside, end)
    return {
        "edge_left": edge_left,
        "edge_right": edge_right,
        "edge_left_low": ((edge_left < EDGE_LOW) & (flag.at("content", start) > 0)).astype(np.float32),
        "edge_right_low": ((edge_right < EDGE_LOW) & (flag.at("content", end - 1) > 0)).astype(np.float32),
        "beside_left": beside_left,
        "beside_right": beside_right,
        "beside_left_strong": (beside_left > BESIDE_STRONG).astype(np.float32),
        "beside_right_strong": (beside_right > BESIDE_STRONG).astype(np.float32),
        "left_function": flag.at("function", start),
        "right_function": flag.at("function", end - 1),
        "right_particle": flag.at("particle", end - 1),
        "left_sign": flag.at("sign", start) * (1 - flag.at("opening", start)),
        "right_sign": flag.at("sign", end - 1),
        "beside_left_determiner": flag.at("determiner", start - 1),
        "beside_left_function": flag.at("function", start - 1),
        "beside_right_function": flag.at("function", end),
        "beside_left_sign": _values_at(flag.closer, start - 1, 1.0),
        "beside_right_sign": _values_at(flag.closer, end, 1.0),
        "and_edge": flag.at("conjunction", start) + flag.at("conjunction", end - 1),
        "of_beside_right": flag.at("of", end),
        "hyphen_left": flag.at("hyphen", start - 1),
        "hyphen_right": flag.at("hyphen", end),
    }


def _content_features(flag: TokenFlags, start: Whole, end: Whole) -> Columns:
    """What kinds of pieces stand inside the span."""
    brackets = flag.inside("bracket", start, end)
    return {
        "function_inside": flag.inside("function", start, end),
        "comma_inside": flag.inside("closer", start, end),
        "bracket_inside": brackets,
        "bracket_odd": brackets % 2,
        "and_inside": flag.inside("conjunction", start, end),
        "number_in": flag.inside("number", start, end),
        "of_inside": flag.inside("of", start, end),
        "determiner_inside": flag.inside("determiner", start, end),
    }


def _size_features(flag: TokenFlags, start: Whole, end: Whole, characters: int) -> Columns:
    """The length against that of the Chinese in `characters`, and capitals inside and at the edges."""
    import numpy as np

    words: Real = np.maximum(flag.inside("content", start, end), 1)
    tokens = flag.inside("words", start, end)
    upper = flag.inside("tall", start, end)
    is_acronym = (tokens <= 1) & (upper > 0)
    expected = max(1.0, WORDS_PER_CHARACTER * characters)
    misfit = np.abs(np.log(np.maximum(tokens, 1) / expected))
    capital = flag.inside("named", start, end)
    edge_left, edge_right = flag.at("capital", start), flag.at("capital", end - 1)
    return {
        "length": (end - start).astype(np.float32),
        "length_misfit": np.where(is_acronym, ACRONYM_MISFIT, misfit).astype(np.float32),
        "misfit_words": np.where(is_acronym, ACRONYM_MISFIT, np.abs(words - expected) / expected).astype(
            np.float32
        ),
        "one_word": (tokens <= 1).astype(np.float32),
        "all_capital": ((capital == flag.inside("content", start, end)) & (capital > 0)).astype(np.float32),
        "capital_edge_left": edge_left,
        "capital_edge_right": edge_right,
        "cut_capital_left": edge_left * flag.at("capital", start - 1),
        "cut_capital_right": edge_right * flag.at("capital", end),
        "acronym": ((tokens == 1) & (upper == 1)).astype(np.float32),
    }


def _coverage_features(place: TermPlace, both: Real, flag: TokenFlags, start: Whole, end: Whole) -> Columns:
    """How much of the term's units, and of other units, the span is linked to; `both` has shape (units, pieces)."""
    import numpy as np

    weight = flag.content + FUNCTION_WEIGHT * flag.function
    reach = np.concatenate([np.zeros((len(both), 1), np.float32), np.cumsum(both * weight, axis=1)], axis=1)
    held = reach[:, end] - reach[:, start]
    inside = slice(place.first, place.last)
    own = np.minimum(held[inside], 1.0)
    elsewhere = np.minimum(reach[inside, -1:] - held[inside], 1.0)
    others = np.concatenate([held[: place.first], held[place.last :]])
    foreign = others.sum(0) if len(others) else np.zeros(len(start), np.float32)
    return {
        "covered": own.mean(0),
        "uncovered": (own < COVERED).sum(0).astype(np.float32),
        "missed": np.where(own < COVERED, elsewhere, 0).mean(0).astype(np.float32),
        "foreign": foreign,
        "foreign_share": foreign / (foreign + held[inside].sum(0) + 0.1),
    }


def _claim_features(place: TermPlace, both: Real, flag: TokenFlags, start: Whole, end: Whole) -> Columns:
    """Which words of a span other units claim, which none claims, and how far the span is from the expected place."""
    import numpy as np

    units, size = both.shape
    outside = np.concatenate([both[: place.first], both[place.last :]])
    claim = outside.max(axis=0) if len(outside) else np.zeros(size, np.float32)
    words = np.concatenate([[0.0], np.cumsum(flag.content)])
    claimed = np.concatenate([[0.0], np.cumsum(flag.content * claim)])
    free = np.concatenate([[0.0], np.cumsum(flag.content * (claim < FREE))])
    count = np.maximum(words[end] - words[start], 1)
    free_in = (free[end] - free[start]).astype(np.float32)
    centre = (start + end) / 2 / max(size, 1)
    return {
        "rival": ((claimed[end] - claimed[start]) / count).astype(np.float32),
        "free_in": free_in,
        "free_out": np.minimum(free[-1] - free_in, MOST_FREE).astype(np.float32),
        "drift": np.abs(centre - (place.first + place.last) / 2 / max(units, 1)).astype(np.float32),
        "neighbour_gap": _neighbour_gap(place, both, flag, start, end),
    }


def _neighbour_gap(place: TermPlace, both: Real, flag: TokenFlags, start: Whole, end: Whole) -> Real:
    """Pieces between the span and the nearest word that a unit beside the term is surely linked to."""
    import numpy as np

    gaps = []
    for unit in (place.first - 1, place.first - 2, place.last, place.last + 1):
        if 0 <= unit < len(both):
            at = int(both[unit].argmax())
            if both[unit, at] > SURE_LINK and flag.content[at]:
                gaps.append(np.maximum(np.maximum(start - at, at - end + 1), 0))
    gap = np.minimum(np.min(gaps, axis=0), FARTHEST_GAP) if gaps else np.full(len(start), FARTHEST_GAP // 2)
    return gap.astype(np.float32)


def _beyond_features(mean: Real, flag: TokenFlags, start: Whole, end: Whole) -> Columns:
    """What a longer span would take in: the rest of a name, particles, words behind function words."""
    import numpy as np

    size = len(mean)
    skip_left, skip_right = _skip_function_words(flag, start, end)

    def inside_bead(values: Real, where: Whole) -> Real:
        padded = np.concatenate([[0.0], values, [0.0]])
        held: Real = padded[np.clip(where, -1, size) + 1].astype(np.float32)
        return held

    jumped_left, jumped_right = skip_left < start - 1, skip_right > end
    content = mean * flag.content
    return {
        "beyond_left": inside_bead(content, skip_left) * jumped_left,
        "beyond_right": inside_bead(content, skip_right) * jumped_right,
        "name_cut_left": flag.at("capital", skip_left) * flag.at("capital", start) * jumped_left,
        "name_cut_right": flag.at("capital", skip_right) * flag.at("capital", end - 1) * jumped_right,
        "adjective_right": flag.at("adjective", end - 1),
        "adjective_beside_left": flag.at("adjective", start - 1),
        "particle_beside_right": flag.at("particle", end),
        "function_beside_right_seen": inside_bead(flag.function * mean, end),
        "function_beside_left_seen": inside_bead(flag.function * mean, start - 1),
        "content_beside_left": flag.at("content", start - 1),
        "content_beside_right": flag.at("content", end),
    }


def _skip_function_words(flag: TokenFlags, start: Whole, end: Whole) -> tuple[Whole, Whole]:
    """The first place left and right of each span that is not one of at most three function words."""
    import numpy as np

    size = len(flag.function)
    left, right = start - 1, end.copy()
    joins = np.concatenate([flag.function, [0.0]])
    for _ in range(3):
        left = np.where((left >= 0) & (joins[left] > 0), left - 1, left)
        right = np.where((right < size) & (joins[np.minimum(right, size)] > 0), right + 1, right)
    return left, right


def _weakest(mean: Real, flag: TokenFlags, start: Whole, end: Whole) -> Real:
    """The least evidence of a content word inside."""
    import numpy as np

    values = np.where(flag.content > 0, mean, np.float32(1))
    size = len(values)
    table = np.ones((LONGEST + 1, size), np.float32)
    for length in range(1, min(LONGEST, size) + 1):
        table[length, : size - length + 1] = np.minimum(
            table[length - 1, : size - length + 1] if length > 1 else 1.0, values[length - 1 :]
        )
    found: Real = table[end - start, start]
    return found


def coordination_features(found: Conjunct | None, span: tuple[Whole, Whole]) -> Columns:
    """Whether a span is the conjunct in the term's place, or runs across the edge of that conjunct."""
    import numpy as np

    start, end = span
    if found is None:
        return {}
    inside = (start >= found.start) & (end <= found.end)
    left = (start == found.start) | found.open_left
    right = (end == found.end) | found.open_right
    meets = (start < found.end) & (found.start < end)
    return {
        "list_match": (inside & left & right).astype(np.float32),
        "list_exact": ((start == found.start) & (end == found.end)).astype(np.float32),
        "list_cut": (meets & ~inside).astype(np.float32),
    }


def gloss_features(gloss: Real, flag: TokenFlags, span: tuple[Whole, Whole]) -> Columns:
    """What the dictionary alone says of the words in and beside a span; `gloss` is t(en | term) by piece."""
    import numpy as np

    start, end = span
    held = np.minimum(gloss * flag.content, MOST_GLOSS)
    running = np.concatenate([[0.0], np.cumsum(held)])
    words = np.concatenate([[0.0], np.cumsum(flag.content)])
    marked = np.concatenate([[0.0], np.cumsum(held > GLOSSED)])
    padded = np.concatenate([[0.0], held, [0.0]])
    inside = running[end] - running[start]
    share = (marked[end] - marked[start]) / np.maximum(words[end] - words[start], 1)
    return {
        "gloss_out": (running[-1] - inside).astype(np.float32),
        "gloss_in": inside.astype(np.float32),
        "gloss_share": share.astype(np.float32),
        "gloss_beside_left": padded[start].astype(np.float32),
        "gloss_beside_right": padded[end + 1].astype(np.float32),
    }
