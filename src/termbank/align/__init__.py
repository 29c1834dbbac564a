"""Two lists of segments in, an alignment out: which Chinese segments stand for which English ones.

Words, lengths and the habits of translators are weighed together (Gale & Church 1993; Moore 2002; Ma 2006); the
lexicon is CC-CEDICT's. Beads are in order, cover both sides once and never cross. The same texts always give the
same alignment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from termbank.align.anchors import anchors
from termbank.align.band import band
from termbank.align.costs import worths
from termbank.align.path import best_path, certainties
from termbank.align.units import units
from termbank.core.alignment import Alignment, Bead
from termbank.lang.lexicon import Lexicon


def align(
    zh: Sequence[str],
    en: Sequence[str],
    lexicon: Lexicon,
    *,
    encoder: object | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Alignment:
    """The alignment of two texts given as segments. `progress` is told (done, of all) from time to time."""
    if not zh or not en:
        return _one_sided(len(zh), len(en))
    both = units(zh, en, lexicon)
    strip = band(anchors(both), len(zh), len(en))
    priced = worths(both, strip)
    steps = best_path(strip, priced)
    sure = certainties(strip, priced, steps)
    return Alignment(
        tuple(
            Bead(tuple(range(a, b)), tuple(range(c, d)), worth, chance)
            for (a, b, c, d), (worth, chance) in zip(steps, sure, strict=True)
        )
    )


def _one_sided(zh: int, en: int) -> Alignment:
    beads = [Bead((place,), ()) for place in range(zh)] + [Bead((), (place,)) for place in range(en)]
    side = "Chinese" if not zh else "English"
    return Alignment(tuple(beads), (f"the {side} text has no segments; nothing could be aligned",))


__all__ = ["align"]
