"""Features of a span's edges: quotation marks, commas, particles, words that other units claim.

A quoted coinage is mostly rendered by all that stands between the English quotation marks, and a name may hold a comma
(“East Data, West Computing”) if there is evidence on both sides of it. Every function returns named columns of shape (spans,).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from termbank.extraction.features.bead_spans import BeadSpans
from termbank.extraction.features.piece import TokenFlags
from termbank.extraction.word_evidence import TermPlace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]
    Whole = NDArray[np.int64]
    Columns = dict[str, Real]

_OPENING = "“「『\"'‘《〈"
_CLOSING = "”」』\"'’》〉"
BACKED = 0.25
"""A word with so much evidence backs the part of a name in which it stands."""
LOOSE = 0.35
"""A content word that other units claim less than this may belong to the term."""
BARE = 0.3
"""A unit with less of its links in the span is left out by it."""
CLOSE = 6
"""Pieces beside a span in which the words of units left out are looked for."""
_KINDS = "vid"


def term_kind(term: str, units: Sequence[str], kind: Callable[[str], str]) -> str:
    """One letter for a term: n like a noun, v like a verb and its object, i a set phrase, d an adverb."""
    whole = kind(term)
    if whole in "nvid":
        return whole
    if whole == "x" and len(units) > 1 and kind(units[0]) in "vd":
        return "v"
    return "d" if whole == "u" else "n"


def is_quoted(zh: str, place: TermPlace) -> bool:
    """Whether the term fills quotation marks or brackets of a title, its own or those round it."""
    start, end = place.zh
    if zh[start] in _OPENING and zh[end - 1] in _CLOSING:
        return True
    return zh[start - 1 : start] in tuple(_OPENING) and zh[end : end + 1] in tuple(_CLOSING)


def opens_with_quotes(zh: str, place: TermPlace) -> bool:
    """Whether the term begins with a quoted word and goes on after it: “东数西算”工程."""
    start, end = place.zh
    return zh[start] in _OPENING and zh[end - 1] not in _CLOSING


def edge_features(spans: BeadSpans, zh: str, kinds: Sequence[str], bead: Mapping[str, Real]) -> Columns:
    """The features of the edges of spans.

    Args:
        spans: the spans of the places of one bead.
        zh: the Chinese of the bead.
        kinds: what the term of each place is, as `term_kind` says.
        bead: the columns of `span.bead_features` for the same spans.
    """
    flag, start, end = spans.flag, spans.start, spans.end
    return (
        _quote_features(zh, spans)
        | _claim_features(spans, bead["uncovered"])
        | (_comma_features(spans, bead["all_capital"]) if flag.comma.any() else {})
        | _form_features(flag, start, end, spans.of_places([float(kind == "n") for kind in kinds]))
        | _kind_features(spans, kinds, bead)
        | _missing_features(spans)
    )


def _quote_features(zh: str, spans: BeadSpans) -> Columns:
    """Whether a span fills the English quotation marks, fills half of them or cuts what they hold."""
    import numpy as np

    flag, start, end = spans.flag, spans.start, spans.end
    quoted = spans.of_places([is_quoted(zh, place) for place in spans.places])
    opens = spans.of_places([opens_with_quotes(zh, place) for place in spans.places])
    before, after = flag.at("opening", start - 1), flag.at("closing", end)
    fills = before * after
    one_side = np.abs(before - after)
    row: Columns = {
        "quotes_filled": fills * (1 - opens),
        "quotes_filled_both": fills * quoted,
        "quotes_half": one_side,
        "quotes_half_both": one_side * quoted,
        "quotes_gone_on": flag.at("opening", start),
    }
    if quoted.any() and flag.opening.any():
        within = np.pad(_within_quotes(flag.opening, flag.closing), 2)
        first, last = within[start + 2], within[end + 1]
        row["quotes_cut_both"] = quoted * first * last * (1 - fills)
        row["quotes_left_both"] = quoted * (1 - first) * float(within.any())
    return row


def _within_quotes(opens: Real, closes: Real) -> Real:
    """1 for pieces between an opening mark and the next closing one."""
    import numpy as np

    found = np.zeros(len(opens), np.float32)
    begun = -1
    for k in range(len(opens)):
        if closes[k] and begun >= 0:
            found[begun + 1 : k] = 1
            begun = -1
        elif opens[k]:
            begun = k
    return found


def _claim_features(spans: BeadSpans, uncovered: Real) -> Columns:
    """Whether the words at and beside the edges belong to other units, or to none."""
    flag, start, end = spans.flag, spans.start, spans.end
    claim = spans.outer_claim * flag.content
    loose = flag.content * (claim < LOOSE)
    loose_left, loose_right = spans.at(loose, start - 1), spans.at(loose, end)
    return {
        "claim_beside_left": spans.at(claim, start - 1),
        "claim_beside_right": spans.at(claim, end),
        "claim_edge_left": spans.at(claim, start),
        "claim_edge_right": spans.at(claim, end - 1),
        "loose_beside_left": loose_left,
        "loose_beside_right": loose_right,
        "loose_left_uncovered": loose_left * uncovered,
        "loose_right_uncovered": loose_right * uncovered,
        "loose_beyond_left": flag.at("function", start - 1) * spans.at(loose, start - 2),
        "loose_beyond_right": flag.at("function", end) * spans.at(loose, end + 1),
    }


def _form_features(flag: TokenFlags, start: Whole, end: Whole, noun: Real) -> Columns:
    """The forms of the first and the last word: participles, gerunds, adverbs, phrasal verbs, words cut from a name.

    `noun` is 1 for the spans of a term that is like a noun.
    """
    past_last = flag.at("past", end - 1)
    return {
        "phrasal_cut": flag.at("phrasal", end) * (1 - flag.at("phrasal", end - 1)),
        "phrasal_end": flag.at("phrasal", end - 1),
        "past_first": flag.at("past", start),
        "past_last": past_last,
        "past_last_noun": past_last * noun,
        "adverb_first": flag.at("adverb", start),
        "adverb_last": flag.at("adverb", end - 1),
        "gerund_first": flag.at("gerund", start),
        "gerund_last": flag.at("gerund", end - 1),
        "lower_after_name": flag.at("lower", end - 1)
        * flag.at("capital", end - 2)
        * flag.at("capital", start),
        "lower_before_name": flag.at("lower", start)
        * flag.at("capital", start + 1)
        * flag.at("capital", end - 1),
        "opens_with_verb": flag.at("verb", start),
    }


def _kind_features(spans: BeadSpans, kinds: Sequence[str], bead: Mapping[str, Real]) -> Columns:
    """Features that weigh otherwise for a term that is no noun."""
    import numpy as np

    flag = spans.flag
    row: Columns = {}
    for kind in sorted(set(kinds) & set(_KINDS)):
        own = spans.of_places([one == kind for one in kinds])
        verbs = np.maximum(flag.at("verb", spans.start), flag.at("gerund", spans.start))
        row |= {
            f"verb_first_{kind}": own * verbs,
            f"function_first_{kind}": own * bead["left_function"],
            f"function_inside_{kind}": own * bead["function_inside"],
            f"length_{kind}": own * bead["length"],
        }
    return row


def _missing_features(spans: BeadSpans) -> Columns:
    """How much of the term's units that a span leaves out is linked to words close by, on either side."""
    import numpy as np

    both = spans.both * spans.flag.content
    size = both.shape[1]
    reach = np.zeros((len(both), size + 1), np.float32)
    np.cumsum(both, axis=1, out=reach[:, 1:])
    left_end, right_end = np.maximum(spans.start - CLOSE, 0), np.minimum(spans.end + CLOSE, size)
    row: Columns = {name: np.zeros(len(spans), np.float32) for name in ("missing_left", "missing_right")}
    for place, own in spans.each():
        units = reach[place.first : place.last]
        first, past = units[:, spans.start[own]], units[:, spans.end[own]]
        bare = past - first < BARE
        row["missing_left"][own] = (np.minimum(first - units[:, left_end[own]], 1.0) * bare).sum(0)
        row["missing_right"][own] = (np.minimum(units[:, right_end[own]] - past, 1.0) * bare).sum(0)
    return row


def _comma_features(spans: BeadSpans, all_capital: Real) -> Columns:
    """Whether every part between the commas of a span has evidence, and whether all its words are names."""
    import numpy as np

    flag, start, end, owner = spans.flag, spans.start, spans.end, spans.owner
    part = np.cumsum(flag.comma).astype(np.int64)
    of_first, of_last = part[start], part[end - 1]
    strong = spans.evidence.mean * flag.content >= BACKED
    begins = np.concatenate([[0], np.flatnonzero(flag.comma) + 1])
    edges = np.concatenate([np.flatnonzero(flag.comma), [len(part)]])
    best = np.logical_or.reduceat(strong, np.concatenate([[0], edges[:-1]]), axis=1)
    running = np.pad(np.cumsum(best, axis=1), ((0, 0), (1, 0)))
    # The first and the last part may reach beyond the span: only their pieces inside it count.
    seen = np.pad(np.cumsum(strong, axis=1), ((0, 0), (1, 0)))
    first = seen[owner, np.minimum(edges[of_first], end)] > seen[owner, start]
    last = seen[owner, end] > seen[owner, np.maximum(begins[of_last], start)]
    middle = running[owner, of_last] - running[owner, np.minimum(of_first + 1, of_last)]
    parts = of_last - of_first + 1
    backed = ((first | last) + np.maximum(middle, 0)) / np.maximum(parts, 1)
    several = parts > 1
    return {
        "comma_backed": (several * (backed > 0.99)).astype(np.float32),
        "comma_capital": several * all_capital,
    }
