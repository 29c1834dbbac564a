"""What one bead alone tells of the spans at a place: a row of named numbers for each span.

WordEvidence inside and left outside, what stands at and beside the edges, length against the Chinese,
capitals, what the dictionary says, who else claims the words, whether a list is cut.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.extraction.features.cooccurrence import LONGEST
from termbank.extraction.features.coordination import Conjunct
from termbank.extraction.features.piece import TokenFlags
from termbank.extraction.word_alignment import WordLinks
from termbank.extraction.word_evidence import TermPlace, WordEvidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]
    Whole = NDArray[np.int64]


def bead_features(
    place: TermPlace,
    evidence: WordEvidence,
    links: WordLinks,
    flag: TokenFlags,
    span: tuple[Whole, Whole],
    characters: int,
) -> dict[str, Real]:
    """Features that one bead alone can tell, by name."""
    import numpy as np

    start, end = span

    def inside(values: Real) -> Real:
        running = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
        held: Real = (running[end] - running[start]).astype(np.float32)
        return held

    def at(values: Real, where: Whole, beyond: float = 0.0) -> Real:
        padded = np.concatenate([[beyond], values, [beyond]])
        held: Real = padded[where + 1].astype(np.float32)
        return held

    weight = flag.content + 0.2 * flag.function
    row: dict[str, Real] = {}
    for name in ("forth", "back", "table", "company", "mean"):
        values = getattr(evidence, name) * weight
        row[f"{name}_in"] = inside(values)
        row[f"{name}_out"] = values.sum() - row[f"{name}_in"]
    words: Real = np.maximum(flag.inside("content", start, end), 1)
    mean = evidence.mean
    low = flag.content * (mean < 0.2)
    row["density"] = row["mean_in"] / words
    row["holes"] = inside(low)
    row["hole_share"] = row["holes"] / words
    row["function_inside"] = flag.inside("function", start, end)
    row["edge_left"], row["edge_right"] = at(mean, start), at(mean, end - 1)
    row["edge_left_low"] = ((row["edge_left"] < 0.15) & (flag.at("content", start) > 0)).astype(np.float32)
    row["edge_right_low"] = ((row["edge_right"] < 0.15) & (flag.at("content", end - 1) > 0)).astype(
        np.float32
    )
    beside = mean * flag.content
    row["beside_left"], row["beside_right"] = at(beside, start - 1), at(beside, end)
    row["beside_left_strong"] = (row["beside_left"] > 0.45).astype(np.float32)
    row["beside_right_strong"] = (row["beside_right"] > 0.45).astype(np.float32)
    row["left_function"], row["right_function"] = flag.at("function", start), flag.at("function", end - 1)
    row["right_particle"] = flag.at("particle", end - 1)
    row["left_sign"] = flag.at("sign", start) * (1 - flag.at("opening", start))
    row["right_sign"] = flag.at("sign", end - 1)
    row["beside_left_determiner"] = flag.at("determiner", start - 1)
    row["beside_left_function"] = flag.at("function", start - 1)
    row["beside_right_function"] = flag.at("function", end)
    row["beside_left_sign"] = at(flag.closer, start - 1, 1.0)
    row["beside_right_sign"] = at(flag.closer, end, 1.0)
    row["comma_inside"] = flag.inside("closer", start, end)
    row["bracket_inside"] = flag.inside("bracket", start, end)
    row["bracket_odd"] = row["bracket_inside"] % 2
    row["and_inside"] = flag.inside("conjunction", start, end)
    row["and_edge"] = flag.at("conjunction", start) + flag.at("conjunction", end - 1)
    row["number_in"] = flag.inside("number", start, end)
    row["of_inside"] = flag.inside("of", start, end)
    row["of_beside_right"] = flag.at("of", end)
    tokens = flag.inside("words", start, end)
    row["length"] = (end - start).astype(np.float32)
    upper = flag.inside("tall", start, end)
    expected = max(1.0, 0.5 * characters)
    row["length_misfit"] = np.where(
        (tokens <= 1) & (upper > 0), 0.3, np.abs(np.log(np.maximum(tokens, 1) / expected))
    ).astype(np.float32)
    row["misfit_words"] = np.where(
        (tokens <= 1) & (upper > 0), 0.3, np.abs(words - expected) / expected
    ).astype(np.float32)
    row["one_word"] = (tokens <= 1).astype(np.float32)
    capital = flag.inside("named", start, end)
    row["all_capital"] = ((capital == flag.inside("content", start, end)) & (capital > 0)).astype(np.float32)
    row["capital_edge_left"] = flag.at("capital", start)
    row["capital_edge_right"] = flag.at("capital", end - 1)
    row["cut_capital_left"] = row["capital_edge_left"] * flag.at("capital", start - 1)
    row["cut_capital_right"] = row["capital_edge_right"] * flag.at("capital", end)
    row["hyphen_left"], row["hyphen_right"] = flag.at("hyphen", start - 1), flag.at("hyphen", end)
    row["acronym"] = ((tokens == 1) & (upper == 1)).astype(np.float32)
    _beyond(row, evidence, flag, start, end)
    row["weakest"] = _weakest(mean, flag, start, end)
    both = np.maximum(links.en_by_zh, links.zh_by_en)
    reach = np.concatenate([np.zeros((len(both), 1), np.float32), np.cumsum(both * weight, axis=1)], axis=1)
    held = reach[:, end] - reach[:, start]
    own = np.minimum(held[place.first : place.last], 1.0)
    row["covered"] = own.mean(0)
    row["uncovered"] = (own < 0.3).sum(0).astype(np.float32)
    _claims(row, place, both, flag, start, end)
    elsewhere = np.minimum(reach[place.first : place.last, -1:] - held[place.first : place.last], 1.0)
    row["missed"] = np.where(own < 0.3, elsewhere, 0).mean(0).astype(np.float32)
    row["determiner_inside"] = flag.inside("determiner", start, end)
    others = np.concatenate([held[: place.first], held[place.last :]])
    row["foreign"] = others.sum(0) if len(others) else np.zeros(len(start), np.float32)
    row["foreign_share"] = row["foreign"] / (row["foreign"] + held[place.first : place.last].sum(0) + 0.1)
    return row


def _claims(
    row: dict[str, Real], place: TermPlace, both: Real, flag: TokenFlags, start: Whole, end: Whole
) -> None:
    """Who else claims the words of a span, what nobody claims, and how far the span is from where it should stand."""
    import numpy as np

    units, size = both.shape
    outside = np.concatenate([both[: place.first], both[place.last :]])
    claim = outside.max(axis=0) if len(outside) else np.zeros(size, np.float32)
    words = np.concatenate([[0.0], np.cumsum(flag.content)])
    claimed = np.concatenate([[0.0], np.cumsum(flag.content * claim)])
    free = np.concatenate([[0.0], np.cumsum(flag.content * (claim < 0.35))])
    count = np.maximum(words[end] - words[start], 1)
    row["rival"] = ((claimed[end] - claimed[start]) / count).astype(np.float32)
    row["free_in"] = (free[end] - free[start]).astype(np.float32)
    row["free_out"] = np.minimum(free[-1] - row["free_in"], 6).astype(np.float32)
    centre = (start + end) / 2 / max(size, 1)
    row["drift"] = np.abs(centre - (place.first + place.last) / 2 / max(units, 1)).astype(np.float32)
    gaps = []
    for unit in (place.first - 1, place.first - 2, place.last, place.last + 1):
        if 0 <= unit < units:
            at = int(both[unit].argmax())
            if both[unit, at] > 0.4 and flag.content[at]:
                gaps.append(np.maximum(np.maximum(start - at, at - end + 1), 0))
    gap = np.minimum(np.min(gaps, axis=0), 8) if gaps else np.full(len(start), 4)
    row["neighbour_gap"] = gap.astype(np.float32)


def _beyond(row: dict[str, Real], evidence: WordEvidence, flag: TokenFlags, start: Whole, end: Whole) -> None:
    """What a span would take in if it went on: names cut short, particles, words behind function words."""
    import numpy as np

    mean, size = evidence.mean, len(evidence.mean)
    skip_left, skip_right = start - 1, end.copy()
    joins = np.concatenate([flag.function, [0.0]])
    for _ in range(3):
        skip_left = np.where((skip_left >= 0) & (joins[skip_left] > 0), skip_left - 1, skip_left)
        skip_right = np.where(
            (skip_right < size) & (joins[np.minimum(skip_right, size)] > 0), skip_right + 1, skip_right
        )

    def there(values: Real, where: Whole) -> Real:
        padded = np.concatenate([[0.0], values, [0.0]])
        held: Real = padded[np.clip(where, -1, size) + 1].astype(np.float32)
        return held

    jumped_left, jumped_right = skip_left < start - 1, skip_right > end
    content = mean * flag.content
    row["beyond_left"] = there(content, skip_left) * jumped_left
    row["beyond_right"] = there(content, skip_right) * jumped_right
    row["name_cut_left"] = flag.at("capital", skip_left) * flag.at("capital", start) * jumped_left
    row["name_cut_right"] = flag.at("capital", skip_right) * flag.at("capital", end - 1) * jumped_right
    row["adjective_right"] = flag.at("adjective", end - 1)
    row["adjective_beside_left"] = flag.at("adjective", start - 1)
    row["particle_beside_right"] = flag.at("particle", end)
    row["function_beside_right_seen"] = there(flag.function * mean, end)
    row["function_beside_left_seen"] = there(flag.function * mean, start - 1)
    row["content_beside_left"] = flag.at("content", start - 1)
    row["content_beside_right"] = flag.at("content", end)


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


def coordination_features(row: dict[str, Real], found: Conjunct | None, span: tuple[Whole, Whole]) -> None:
    """Whether a span is the conjunct in the term's place, or runs across the edge of that conjunct."""
    import numpy as np

    start, end = span
    if found is None:
        return
    inside = (start >= found.start) & (end <= found.end)
    left = (start == found.start) | found.open_left
    right = (end == found.end) | found.open_right
    row["list_match"] = (inside & left & right).astype(np.float32)
    row["list_exact"] = ((start == found.start) & (end == found.end)).astype(np.float32)
    meets = (start < found.end) & (found.start < end)
    row["list_cut"] = (meets & ~inside).astype(np.float32)


def gloss_features(row: dict[str, Real], gloss: Real, flag: TokenFlags, span: tuple[Whole, Whole]) -> None:
    """What the dictionary alone says of the words in and beside a span; `gloss` is t(en|term) by piece."""
    import numpy as np

    start, end = span
    held = np.minimum(gloss * flag.content, 0.5)
    running = np.concatenate([[0.0], np.cumsum(held)])
    words = np.concatenate([[0.0], np.cumsum(flag.content)])
    padded = np.concatenate([[0.0], held, [0.0]])
    row["gloss_out"] = (running[-1] - (running[end] - running[start])).astype(np.float32)
    row["gloss_in"] = (running[end] - running[start]).astype(np.float32)
    marked = np.concatenate([[0.0], np.cumsum(held > 0.02)])
    row["gloss_share"] = ((marked[end] - marked[start]) / np.maximum(words[end] - words[start], 1)).astype(
        np.float32
    )
    row["gloss_beside_left"] = padded[start].astype(np.float32)
    row["gloss_beside_right"] = padded[end + 1].astype(np.float32)
