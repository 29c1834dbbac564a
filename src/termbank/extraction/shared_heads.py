"""Renderings in two places: what conjuncts share is written once in English.

国家治理体系和治理能力 ↔ “governance system and capacity”: 治理能力 is “governance … capacity”. In come a place, its bead and
the links; out come the two runs of pieces, or nothing. The Chinese must be a list whose items end or begin
alike, the English as many conjuncts in the same order, and the words for what is alike must stand in the
first or the last conjunct only. Whatever else lies in two places is left to the ranker, which gives one stretch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.extraction.bead_text import BeadText
from termbank.extraction.features.coordination import list_items, matching_conjuncts
from termbank.extraction.word_evidence import TermPlace
from termbank.model.span import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]

Gloss = Callable[[str], Mapping[str, float]]
_LINKED = 0.3
_GLOSSED = 0.04
_HAS = 0.4
_OWN = 4
"""Characters at most that an item may have of its own, where it is not clear how far it reaches."""
_NEAR = 6
_LETTERS = re.compile("[A-Z]{2,}s")
_JOINING = ("of", "in", "for", "to", "on", "with")


@dataclass(frozen=True)
class SharedHead:
    """The term's own run of pieces and the run it shares; `own_open` says that the outer edge of its own may lie further in."""

    own: tuple[int, int]
    shared: tuple[int, int]
    own_open: bool

    @property
    def shared_is_first(self) -> bool:
        return self.shared[0] < self.own[0]


def find_shared_head(bead: BeadText, place: TermPlace, both: Real, gloss: Gloss) -> SharedHead | None:
    """`both` is the strength of the links, units × pieces; `gloss` what the dictionary says of a Chinese string."""
    listed = list_items(bead.zh, place.zh, comma=False)
    if listed is None:
        return None
    spans, which = listed
    commons = _commons(bead, place, spans, which)
    conjuncts = matching_conjuncts(bead, spans, both) if commons else None
    if conjuncts is None or _is_abbreviation(bead, conjuncts[which]):
        return None
    for common in commons:
        strength = _strength(bead, spans, common, both, gloss)
        found = _among(bead, spans, which, conjuncts, common, strength, both)
        if found is not None:
            return found
    return None


def _among(
    bead: BeadText,
    spans: list[Span],
    which: int,
    conjuncts: list[tuple[int, int]],
    common: str,
    strength: Real,
    both: Real,
) -> SharedHead | None:
    """The conjunct of the term with what the first or the last of them has for what is alike, the stronger of the two."""
    own, last = conjuncts[which], len(spans) - 1
    claims = _claims(bead, spans[which], common, both)
    has = _claims(bead, spans[which], common, both, own=False)
    if any(strength[k] >= 1 and strength[k] - 1 >= claims[k] - _LINKED for k in range(*own)):
        return None
    words = [k for k in range(*own) if bead.pieces[k].is_content]
    common_words = [k for k in words if has[k] >= _HAS and has[k] > claims[k]]
    if common_words and any(claims[k] >= _LINKED for k in words if k not in common_words):
        return None
    best: tuple[float, SharedHead] | None = None
    least = max((float(strength[k]) for k in words if strength[k] >= 1), default=0.0)
    for giver in sorted({0, last} - {which}):
        if giver == 0 and len(common) == 1:
            continue
        if giver == last and _is_complete(bead, own):
            continue
        claims = _claims(bead, spans[giver], common, both)
        found = _given(bead, conjuncts[giver], strength, claims, at_end=giver == last)
        if found is not None and not _has_word_already(bead, own, found):
            worth = float(strength[slice(*found)].max())
            if worth > (best[0] if best is not None else least):
                best = worth, SharedHead(own, found, which == last - giver)
    return best[1] if best is not None else None


def _is_abbreviation(bead: BeadText, own: tuple[int, int]) -> bool:
    words = [piece for piece in bead.pieces[slice(*own)] if piece.is_content]
    return len(words) == 1 and words[0].shape == "upper"


def _is_complete(bead: BeadText, own: tuple[int, int]) -> bool:
    """Whether a conjunct ends with a noun in the plural (SMEs), which wants no other noun after it."""
    piece = bead.pieces[own[1] - 1]
    return piece.lower.endswith("s") and (
        piece.lemma != piece.lower or _LETTERS.fullmatch(piece.span.of(bead.en)) is not None
    )


def _has_word_already(bead: BeadText, own: tuple[int, int], found: tuple[int, int]) -> bool:
    """Whether a conjunct has the word that it would share."""
    lemmas = {piece.lemma for piece in bead.pieces[slice(*own)]}
    return any(piece.lemma in lemmas for piece in bead.pieces[slice(*found)] if piece.is_content)


def _commons(bead: BeadText, place: TermPlace, spans: list[Span], which: int) -> list[str]:
    """Ends and beginnings of the term, of whole words, that another item has too; the longest first."""
    text = place.zh.of(bead.zh)
    edges = [unit.start - place.zh.start for unit in bead.units[place.first + 1 : place.last]]
    if not edges and len(text) > 2:
        edges = [len(text) - 1]
    others = [(k, span.of(bead.zh)) for k, span in enumerate(spans) if k != which]
    last = len(spans) - 1
    endings = [text[edge:] for edge in edges]
    beginnings = [text[:edge] for edge in edges if edge > 1]
    found = [e for e in endings if any(_ends(other, e, k == last) for k, other in others)]
    found += [b for b in beginnings if any(_begins(other, b, k == 0) for k, other in others)]
    return sorted(found, key=lambda common: -len(common))


def _ends(item: str, ending: str, is_open: bool) -> bool:
    return 1 <= item.find(ending, 1) <= _OWN if is_open else item.endswith(ending) and item != ending


def _begins(item: str, beginning: str, is_open: bool) -> bool:
    if not is_open:
        return item.startswith(beginning) and item != beginning
    return 1 <= len(item) - item.find(beginning) - len(beginning) <= _OWN if beginning in item else False


def _strength(bead: BeadText, spans: list[Span], common: str, both: Real, gloss: Gloss) -> Real:
    """How far each English content word stands for what the items have in common."""
    import numpy as np

    weights = gloss(common)
    found = np.array([1.0 if weights.get(p.lemma, 0.0) >= _GLOSSED else 0.0 for p in bead.pieces], np.float32)
    linked = np.zeros_like(found)
    for span in spans:
        at = bead.zh.find(common, span.start, span.end)
        own = [k for k, u in enumerate(bead.units) if 0 <= at <= u.start and u.end <= at + len(common)]
        if own:
            linked = np.maximum(linked, both[own].max(axis=0))
    if len(common) == 1:
        linked = np.where(found > 0, linked, 0)
    return (found + linked) * np.array([piece.is_content for piece in bead.pieces], np.float32)


def _claims(bead: BeadText, item: Span, common: str, both: Real, *, own: bool = True) -> Real:
    """How strongly each English piece is linked to what is an item's own, or to what it has in common with the others."""
    import numpy as np

    at = bead.zh.find(common, item.start, item.end)
    units = [
        k
        for k, u in enumerate(bead.units)
        if item.start <= u.start
        and u.end <= item.end
        and own != (at <= u.start and u.end <= at + len(common))
    ]
    claimed: Real = both[units].max(axis=0) if units else np.zeros(both.shape[1], np.float32)
    return claimed


def _given(
    bead: BeadText, conjunct: tuple[int, int], strength: Real, claims: Real, *, at_end: bool
) -> tuple[int, int] | None:
    """The run of a conjunct that stands for what is alike, beside the words that are that item's own."""
    theirs = [k for k in range(*conjunct) if claims[k] >= _LINKED and claims[k] > strength[k]]
    if not theirs:
        return None
    near = range(theirs[0] + 1, min(conjunct[1], theirs[0] + _NEAR))
    if not at_end:
        near = range(max(conjunct[0], theirs[-1] - _NEAR), theirs[-1])
    beyond = [k for k in near if strength[k] >= _LINKED and strength[k] >= claims[k]]
    glossed = [k for k in beyond if strength[k] >= 1]
    beyond = glossed or beyond
    words = [piece.lower for piece in bead.pieces]
    if not beyond or (at_end and beyond[-1] + 1 < len(words) and bead.pieces[beyond[-1] + 1].is_content):
        return None
    left = max(beyond, key=lambda k: (strength[k], -k))
    right = left + 1
    while left - 1 in beyond:
        left -= 1
    while right in beyond:
        right += 1
    while at_end and left - 1 > theirs[0] and words[left - 1] in _JOINING:
        left -= 1
    while not at_end and right < theirs[-1] and words[right] in _JOINING:
        right += 1
    return left, right
