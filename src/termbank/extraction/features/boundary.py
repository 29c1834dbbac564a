"""Features of a span's edges: quotation marks, commas, particles, words that other units claim.

A quoted coinage is mostly rendered by all that stands between the English quotation marks, and a name may hold a comma
(“East Data, West Computing”) if there is evidence on both sides of it. Every function returns named columns of shape (spans,).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from termbank.extraction.features.piece import TokenFlags
from termbank.extraction.word_evidence import TermPlace, WordEvidence

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


def edge_features(
    place: TermPlace,
    evidence: WordEvidence,
    both: Real,
    flag: TokenFlags,
    span: tuple[Whole, Whole],
    zh: str,
    kind: str,
    bead: Mapping[str, Real],
) -> Columns:
    """The features of the edges of spans.

    Args:
        both: the strength of the links, shape (units, pieces).
        span: starts and ends of the spans, in pieces.
        zh: the Chinese of the bead.
        kind: what the term is, as `term_kind` says.
        bead: the columns of `span.bead_features` for the same spans.
    """
    start, end = span
    claim = _outer_claim(place, both) * flag.content
    return (
        _quote_features(zh, place, flag, start, end)
        | _claim_features(claim, flag, start, end, bead["uncovered"])
        | (_comma_features(evidence, flag, start, end, bead["all_capital"]) if flag.comma.any() else {})
        | _form_features(flag, start, end, kind)
        | _kind_features(flag, start, kind, bead)
        | _missing_features(place, both, flag, start, end)
    )


def _outer_claim(place: TermPlace, both: Real) -> Real:
    """How strongly a unit outside the term is linked to each piece, at most."""
    import numpy as np

    outside = np.concatenate([both[: place.first], both[place.last :]])
    claim: Real = outside.max(axis=0) if len(outside) else np.zeros(both.shape[1], np.float32)
    return claim


def _values_at(values: Real, where: Whole) -> Real:
    """The values at some places; 0 up to two places outside the bead."""
    import numpy as np

    padded = np.zeros(len(values) + 4, np.float32)
    padded[2:-2] = values
    held: Real = padded[where + 2]
    return held


def _quote_features(zh: str, place: TermPlace, flag: TokenFlags, start: Whole, end: Whole) -> Columns:
    """Whether a span fills the English quotation marks, fills half of them or cuts what they hold."""
    import numpy as np

    quoted = is_quoted(zh, place)
    before, after = flag.at("opening", start - 1), flag.at("closing", end)
    fills = before * after
    one_side = np.abs(before - after)
    row: Columns = {
        "quotes_filled": fills * (not opens_with_quotes(zh, place)),
        "quotes_filled_both": fills * quoted,
        "quotes_half": one_side,
        "quotes_half_both": one_side * quoted,
        "quotes_gone_on": flag.at("opening", start),
    }
    if quoted and flag.opening.any():
        within = _within_quotes(flag.opening, flag.closing)
        first = _values_at(within, start)
        row["quotes_cut_both"] = first * _values_at(within, end - 1) * (1 - fills)
        row["quotes_left_both"] = (1 - first) * float(within.any())
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


def _claim_features(claim: Real, flag: TokenFlags, start: Whole, end: Whole, uncovered: Real) -> Columns:
    """Whether the words at and beside the edges belong to other units, or to none."""
    loose = flag.content * (claim < LOOSE)
    loose_left, loose_right = _values_at(loose, start - 1), _values_at(loose, end)
    return {
        "claim_beside_left": _values_at(claim, start - 1),
        "claim_beside_right": _values_at(claim, end),
        "claim_edge_left": _values_at(claim, start),
        "claim_edge_right": _values_at(claim, end - 1),
        "loose_beside_left": loose_left,
        "loose_beside_right": loose_right,
        "loose_left_uncovered": loose_left * uncovered,
        "loose_right_uncovered": loose_right * uncovered,
        "loose_beyond_left": flag.at("function", start - 1) * _values_at(loose, start - 2),
        "loose_beyond_right": flag.at("function", end) * _values_at(loose, end + 1),
    }


def _form_features(flag: TokenFlags, start: Whole, end: Whole, kind: str) -> Columns:
    """The forms of the first and the last word: participles, gerunds, adverbs, phrasal verbs, words cut from a name."""
    past_last = flag.at("past", end - 1)
    return {
        "phrasal_cut": flag.at("phrasal", end) * (1 - flag.at("phrasal", end - 1)),
        "phrasal_end": flag.at("phrasal", end - 1),
        "past_first": flag.at("past", start),
        "past_last": past_last,
        "past_last_noun": past_last * float(kind == "n"),
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


def _kind_features(flag: TokenFlags, start: Whole, kind: str, bead: Mapping[str, Real]) -> Columns:
    """Features that weigh otherwise for a term that is no noun."""
    import numpy as np

    if kind not in _KINDS:
        return {}
    verbs: Real = np.maximum(flag.at("verb", start), flag.at("gerund", start))
    return {
        f"verb_first_{kind}": verbs,
        f"function_first_{kind}": bead["left_function"],
        f"function_inside_{kind}": bead["function_inside"],
        f"length_{kind}": bead["length"],
    }


def _missing_features(place: TermPlace, both: Real, flag: TokenFlags, start: Whole, end: Whole) -> Columns:
    """How much of the term's units that a span leaves out is linked to words close by, on either side."""
    import numpy as np

    own = both[place.first : place.last] * flag.content
    reach = np.concatenate([np.zeros((len(own), 1), np.float32), np.cumsum(own, axis=1)], axis=1)
    held = reach[:, end] - reach[:, start]
    left = reach[:, start] - reach[:, np.maximum(start - CLOSE, 0)]
    right = reach[:, np.minimum(end + CLOSE, own.shape[1])] - reach[:, end]
    bare = held < BARE
    return {
        "missing_left": (np.minimum(left, 1.0) * bare).sum(0).astype(np.float32),
        "missing_right": (np.minimum(right, 1.0) * bare).sum(0).astype(np.float32),
    }


def _comma_features(
    evidence: WordEvidence, flag: TokenFlags, start: Whole, end: Whole, all_capital: Real
) -> Columns:
    """Whether every part between the commas of a span has evidence, and whether all its words are names."""
    import numpy as np

    part = np.cumsum(flag.comma).astype(np.int64)
    parts = part[end - 1] - part[start] + 1
    strong = (evidence.mean * flag.content >= BACKED).astype(np.int64)
    best = np.zeros(int(part[-1]) + 1, np.int64)
    np.maximum.at(best, part, strong)
    running = np.concatenate([[0], np.cumsum(best)])
    # The first and the last part may reach beyond the span: only their pieces inside it count.
    seen = np.concatenate([[0], np.cumsum(strong)])
    edges = np.concatenate([np.flatnonzero(flag.comma), [len(part)]])
    first = seen[np.minimum(edges[part[start]], end)] - seen[start] > 0
    begins = np.concatenate([[0], np.flatnonzero(flag.comma) + 1])
    last = seen[end] - seen[np.maximum(begins[part[end - 1]], start)] > 0
    middle = np.maximum(running[part[end - 1]] - running[np.minimum(part[start] + 1, part[end - 1])], 0)
    backed = (first + last + middle) / np.maximum(parts, 1)
    several = parts > 1
    return {
        "comma_backed": (several * (backed > 0.99)).astype(np.float32),
        "comma_capital": several * all_capital,
    }
