"""Where a span begins and ends: at quotation marks, at commas, before a particle, beside words of others.

In come the spans of one place; out come features of their edges by name. A quoted coinage is mostly rendered by all
that stands between the English quotation marks, and a name may hold a comma (“East Data, West
Computing”) if the evidence stands on both sides of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from termbank.extraction.features.piece import TokenFlags
from termbank.extraction.word_evidence import TermPlace, WordEvidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]
    Whole = NDArray[np.int64]

_OPENING = "“「『\"'‘《〈"
_CLOSING = "”」』\"'’》〉"
_BACKED = 0.25
_LOOSE = 0.35
_BARE = 0.3
_CLOSE = 6
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
    row: dict[str, Real],
    place: TermPlace,
    evidence: WordEvidence,
    both: Real,
    flag: TokenFlags,
    span: tuple[Whole, Whole],
    zh: str,
    kind: str,
) -> None:
    """`both` is the strength of the links, units × pieces; `zh` the Chinese of the bead, `kind` what the term is."""
    import numpy as np

    start, end = span
    size = both.shape[1]

    def at(values: Real, where: Whole) -> Real:
        padded = np.zeros(size + 4, np.float32)
        padded[2:-2] = values
        held: Real = padded[where + 2]
        return held

    quoted = is_quoted(zh, place)
    opens, closes = flag.opening, flag.closing
    fills = flag.at("opening", start - 1) * flag.at("closing", end)
    one_side = np.abs(flag.at("opening", start - 1) - flag.at("closing", end))
    goes_on = opens_with_quotes(zh, place)
    row["quotes_filled"], row["quotes_filled_both"] = fills * (not goes_on), fills * quoted
    row["quotes_half"], row["quotes_half_both"] = one_side, one_side * quoted
    if quoted and opens.any():
        within = _within(opens, closes, size)
        row["quotes_cut_both"] = at(within, start) * at(within, end - 1) * (1 - fills)
        row["quotes_left_both"] = (1 - at(within, start)) * float(within.any())
    row["quotes_gone_on"] = flag.at("opening", start)
    row["phrasal_cut"] = flag.at("phrasal", end) * (1 - flag.at("phrasal", end - 1))
    row["phrasal_end"] = flag.at("phrasal", end - 1)
    outside = np.concatenate([both[: place.first], both[place.last :]])
    claim = (outside.max(axis=0) if len(outside) else np.zeros(size, np.float32)) * flag.content
    row["claim_beside_left"], row["claim_beside_right"] = at(claim, start - 1), at(claim, end)
    row["claim_edge_left"], row["claim_edge_right"] = at(claim, start), at(claim, end - 1)
    if flag.comma.any():
        _commas(row, evidence, flag, start, end)
    loose = flag.content * (claim < _LOOSE)
    row["loose_beside_left"], row["loose_beside_right"] = at(loose, start - 1), at(loose, end)
    row["loose_left_uncovered"] = row["loose_beside_left"] * row["uncovered"]
    row["loose_right_uncovered"] = row["loose_beside_right"] * row["uncovered"]
    for name, where, beyond in (("left", start - 1, start - 2), ("right", end, end + 1)):
        over = flag.at("function", where)
        row[f"loose_beyond_{name}"] = over * at(loose, beyond)
    row["past_first"], row["past_last"] = flag.at("past", start), flag.at("past", end - 1)
    row["past_last_noun"] = row["past_last"] * float(kind == "n")
    row["adverb_first"], row["adverb_last"] = flag.at("adverb", start), flag.at("adverb", end - 1)
    row["gerund_first"], row["gerund_last"] = flag.at("gerund", start), flag.at("gerund", end - 1)
    row["lower_after_name"] = (
        flag.at("lower", end - 1) * flag.at("capital", end - 2) * flag.at("capital", start)
    )
    row["lower_before_name"] = (
        flag.at("lower", start) * flag.at("capital", start + 1) * flag.at("capital", end - 1)
    )
    row["opens_with_verb"] = flag.at("verb", start)
    verbs: Real = np.maximum(flag.at("verb", start), flag.at("gerund", start))
    if kind in _KINDS:
        row[f"verb_first_{kind}"] = verbs
        row[f"function_first_{kind}"] = row["left_function"]
        row[f"function_inside_{kind}"] = row["function_inside"]
        row[f"length_{kind}"] = row["length"]
    _missing(row, place, both, flag, start, end)


def _missing(
    row: dict[str, Real], place: TermPlace, both: Real, flag: TokenFlags, start: Whole, end: Whole
) -> None:
    """How much of the term's units that a span leaves out is linked to words close by, on either side."""
    import numpy as np

    own = both[place.first : place.last] * flag.content
    reach = np.concatenate([np.zeros((len(own), 1), np.float32), np.cumsum(own, axis=1)], axis=1)
    held = reach[:, end] - reach[:, start]
    left = reach[:, start] - reach[:, np.maximum(start - _CLOSE, 0)]
    right = reach[:, np.minimum(end + _CLOSE, own.shape[1])] - reach[:, end]
    bare = held < _BARE
    row["missing_left"] = (np.minimum(left, 1.0) * bare).sum(0).astype(np.float32)
    row["missing_right"] = (np.minimum(right, 1.0) * bare).sum(0).astype(np.float32)


def _within(opens: Real, closes: Real, size: int) -> Real:
    """1 for pieces between an opening mark and the next closing one."""
    import numpy as np

    found = np.zeros(size, np.float32)
    begun = -1
    for k in range(size):
        if closes[k] and begun >= 0:
            found[begun + 1 : k] = 1
            begun = -1
        elif opens[k]:
            begun = k
    return found


def _commas(row: dict[str, Real], evidence: WordEvidence, flag: TokenFlags, start: Whole, end: Whole) -> None:
    """Parts between commas of a span, how many of them have evidence, and whether all are names."""
    import numpy as np

    part = np.cumsum(flag.comma).astype(np.int64)
    parts = part[end - 1] - part[start] + 1
    strong = (evidence.mean * flag.content >= _BACKED).astype(np.int64)
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
    row["comma_backed"] = (several * (backed > 0.99)).astype(np.float32)
    row["comma_capital"] = several * row["all_capital"]
