"""Features of a span that need its own bead alone.

Evidence inside and outside the span, the words at and beside its edges, its length against the Chinese, capitals, how much of
the term it covers, which other words of the sentence claim it, the conjunct in the term's place, the dictionary's glosses.
Every function returns named columns of shape (spans,). Spans are pieces [start, end) of the bead's English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.extraction.features.bead_spans import BeadSpans
from termbank.extraction.features.cooccurrence import LONGEST
from termbank.extraction.features.piece import TokenFlags

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


def bead_features(spans: BeadSpans) -> Columns:
    """The features of spans that their own bead shows, without those of `boundary.edge_features`."""
    return (
        _evidence_features(spans)
        | _edge_features(spans)
        | _content_features(spans.flag, spans.start, spans.end)
        | _size_features(spans)
        | _beyond_features(spans)
        | _coverage_features(spans)
        | _claim_features(spans)
    )


def _evidence_features(spans: BeadSpans) -> Columns:
    """Each kind of evidence inside and outside the span, how dense it is, and where it is missing."""
    import numpy as np

    flag, mean = spans.flag, spans.evidence.mean
    weight = flag.content + FUNCTION_WEIGHT * flag.function
    row: Columns = {}
    for name in ("forth", "back", "table", "company", "mean"):
        values = getattr(spans.evidence, name) * weight
        row[f"{name}_in"] = spans.inside(values).astype(np.float32)
        row[f"{name}_out"] = values.sum(axis=1)[spans.owner] - row[f"{name}_in"]
    words: Real = np.maximum(flag.inside("content", spans.start, spans.end), 1)
    holes = spans.inside(flag.content * (mean < LOW)).astype(np.float32)
    return row | {
        "density": row["mean_in"] / words,
        "holes": holes,
        "hole_share": holes / words,
        "weakest": _weakest(spans),
    }


def _edge_features(spans: BeadSpans) -> Columns:
    """The evidence of the first and the last word and of their neighbours, and what kinds of words they are."""
    import numpy as np

    flag, mean, start, end = spans.flag, spans.evidence.mean, spans.start, spans.end
    edge_left, edge_right = spans.at(mean, start), spans.at(mean, end - 1)
    beside = mean * flag.content
    beside_left, beside_right = spans.at(beside, start - 1), spans.at(beside, end)
    ends = np.pad(flag.closer, 1, constant_values=1)
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
        "beside_left_sign": ends[start],
        "beside_right_sign": ends[end + 1],
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


def _size_features(spans: BeadSpans) -> Columns:
    """The length against that of the Chinese, and capitals inside and at the edges."""
    import numpy as np

    flag, start, end = spans.flag, spans.start, spans.end
    words: Real = np.maximum(flag.inside("content", start, end), 1)
    tokens = flag.inside("words", start, end)
    upper = flag.inside("tall", start, end)
    is_acronym = (tokens <= 1) & (upper > 0)
    sizes = [place.zh.end - place.zh.start for place in spans.places]
    expected = spans.of_places([max(1.0, WORDS_PER_CHARACTER * size) for size in sizes])
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


def _coverage_features(spans: BeadSpans) -> Columns:
    """How much of the term's units, and of other units, the span is linked to."""
    import numpy as np

    flag, both = spans.flag, spans.both
    weight = flag.content + FUNCTION_WEIGHT * flag.function
    reach = np.zeros((len(both), both.shape[1] + 1), np.float32)
    np.cumsum(both * weight, axis=1, out=reach[:, 1:])
    columns = ("covered", "uncovered", "missed", "foreign", "foreign_share")
    row: Columns = {name: np.zeros(len(spans), np.float32) for name in columns}
    for place, own in spans.each():
        held = reach[:, spans.end[own]] - reach[:, spans.start[own]]
        inside = held[place.first : place.last]
        covered = np.minimum(inside, 1.0)
        low = covered < COVERED
        elsewhere = np.minimum(reach[place.first : place.last, -1:] - inside, 1.0)
        row["covered"][own] = covered.mean(0)
        row["uncovered"][own] = low.sum(0)
        row["missed"][own] = (elsewhere * low).mean(0)
        foreign = np.concatenate([held[: place.first], held[place.last :]]).sum(0)
        row["foreign"][own] = foreign
        row["foreign_share"][own] = foreign / (foreign + inside.sum(0) + 0.1)
    return row


def _claim_features(spans: BeadSpans) -> Columns:
    """Which words of a span other units claim, which none claims, and how far the span is from the expected place."""
    import numpy as np

    flag, start, end = spans.flag, spans.start, spans.end
    units, size = spans.both.shape
    claim = spans.outer_claim
    free = flag.content * (claim < FREE)
    count = np.maximum(flag.inside("content", start, end), 1)
    free_in = spans.inside(free).astype(np.float32)
    centre = (start + end) / 2 / max(size, 1)
    expected = np.array([(place.first + place.last) / 2 / max(units, 1) for place in spans.places])
    free_out = free.sum(axis=1)[spans.owner] - free_in
    return {
        "rival": (spans.inside(flag.content * claim, precise=False) / count).astype(np.float32),
        "free_in": free_in,
        "free_out": np.minimum(free_out, MOST_FREE).astype(np.float32),
        "drift": np.abs(centre - expected[spans.owner]).astype(np.float32),
        "neighbour_gap": _neighbour_gap(spans),
    }


def _neighbour_gap(spans: BeadSpans) -> Real:
    """Pieces between the span and the nearest word that a unit beside the term is surely linked to."""
    import numpy as np

    both = spans.both
    best = both.argmax(axis=1)
    sure = (both[np.arange(len(both)), best] > SURE_LINK) & (spans.flag.content[best] > 0)
    gap = np.full(len(spans), FARTHEST_GAP + 1)
    for offset in (-1, -2, 0, 1):
        unit = np.array([(place.first if offset < 0 else place.last) + offset for place in spans.places])
        valid = (unit >= 0) & (unit < len(both))
        valid[valid] = sure[unit[valid]]
        at = best[np.where(valid, unit, 0)][spans.owner]
        own = np.minimum(np.maximum(np.maximum(spans.start - at, at - spans.end + 1), 0), FARTHEST_GAP)
        gap = np.where(valid[spans.owner], np.minimum(gap, own), gap)
    return np.where(gap > FARTHEST_GAP, FARTHEST_GAP // 2, gap).astype(np.float32)


def _beyond_features(spans: BeadSpans) -> Columns:
    """What a longer span would take in: the rest of a name, particles, words behind function words."""
    flag, mean, start, end = spans.flag, spans.evidence.mean, spans.start, spans.end
    skip_left, skip_right = _skip_function_words(flag, start, end)
    jumped_left, jumped_right = skip_left < start - 1, skip_right > end
    content, function = mean * flag.content, mean * flag.function
    return {
        "beyond_left": spans.at(content, skip_left) * jumped_left,
        "beyond_right": spans.at(content, skip_right) * jumped_right,
        "name_cut_left": flag.at("capital", skip_left) * flag.at("capital", start) * jumped_left,
        "name_cut_right": flag.at("capital", skip_right) * flag.at("capital", end - 1) * jumped_right,
        "adjective_right": flag.at("adjective", end - 1),
        "adjective_beside_left": flag.at("adjective", start - 1),
        "particle_beside_right": flag.at("particle", end),
        "function_beside_right_seen": spans.at(function, end),
        "function_beside_left_seen": spans.at(function, start - 1),
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


def _weakest(spans: BeadSpans) -> Real:
    """The least evidence of a content word inside."""
    import numpy as np

    values = np.where(spans.flag.content > 0, spans.evidence.mean, np.float32(1))
    size = values.shape[1]
    table = np.ones((LONGEST + 1, *values.shape), np.float32)
    for length in range(1, min(LONGEST, size) + 1):
        past = size - length + 1
        np.minimum(table[length - 1, :, :past], values[:, length - 1 :], out=table[length, :, :past])
    found: Real = table[spans.end - spans.start, spans.owner, spans.start]
    return found


def gloss_features(gloss: Real, spans: BeadSpans) -> Columns:
    """What the dictionary alone says of the words in and beside a span; `gloss` is t(en | term), shape (places, pieces)."""
    import numpy as np

    flag = spans.flag
    held = np.minimum(gloss * flag.content, MOST_GLOSS)
    inside = spans.inside(held, precise=False)
    marked = spans.inside(held > GLOSSED)
    words = np.maximum(flag.inside("content", spans.start, spans.end), 1)
    whole = np.cumsum(held, axis=1)[:, -1].astype(np.float64)
    return {
        "gloss_out": (whole[spans.owner] - inside).astype(np.float32),
        "gloss_in": inside.astype(np.float32),
        "gloss_share": (marked / words).astype(np.float32),
        "gloss_beside_left": spans.at(held, spans.start - 1),
        "gloss_beside_right": spans.at(held, spans.end),
    }
