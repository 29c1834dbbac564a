"""Two lists of segments in, an alignment out: which Chinese segments stand for which English ones.

Words, lengths, punctuation and the habits of translators are weighed together; the words are CC-CEDICT's at
first and then also what the two texts themselves have taught. Beads are in order, cover both sides once and never
cross. The same texts always give the same alignment. An encoder may be given; it is asked for one vector
a segment and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from termbank.alignment import windowing
from termbank.alignment.anchors import anchors
from termbank.alignment.calibration import confidence
from termbank.alignment.embeddings import Encoder, Meaning, meaning
from termbank.alignment.relatedness import UNRELATED, relatedness
from termbank.alignment.token_arrays import read, share_of_han
from termbank.lexicon.dictionary import Lexicon
from termbank.model.alignment import Alignment, Bead
from termbank.model.progress import Progress


def align(
    zh: Sequence[str],
    en: Sequence[str],
    lexicon: Lexicon,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """The alignment of two texts given as segments. `progress` is told (done, of all) from time to time.

    Texts given the other way round are aligned all the same, and a remark says so.
    """
    if not zh or not en:
        return _one_sided(len(zh), len(en))
    if share_of_han(zh) < 0.1 and share_of_han(en) > 0.3:
        return _exchanged(align(en, zh, lexicon, encoder=encoder, progress=progress))
    told = progress or _silent
    total = (len(zh) + len(en)) * (2 if encoder is not None else 1)
    vectors: Meaning | None = None
    if encoder is not None:
        vectors = meaning(zh, en, encoder, lambda done, _: told(done, total))
    units = read(zh, en, lexicon)
    done = total - len(zh) - len(en)
    beads: list[Bead] = []
    for found in windowing.walk(units, anchors(units), vectors):
        for (top, bottom, left, right), worth, share in found:
            shape = (bottom - top, right - left)
            beads.append(
                Bead(tuple(range(top, bottom)), tuple(range(left, right)), worth, confidence(shape, share))
            )
        told(done + found[-1][0][1] + found[-1][0][3], total)
    related = relatedness(units, beads)
    return Alignment(tuple(beads), _remarks(beads, related), related)


def _silent(done: int, total: int) -> None:
    return None


def _exchanged(alignment: Alignment) -> Alignment:
    said = "the first text looks English and the second Chinese; they were aligned the other way round"
    beads = tuple(Bead(bead.en, bead.zh, bead.score, bead.confidence) for bead in alignment.beads)
    return Alignment(beads, (said, *alignment.remarks), alignment.relatedness)


def _one_sided(zh: int, en: int) -> Alignment:
    beads = [Bead((place,), ()) for place in range(zh)] + [Bead((), (place,)) for place in range(en)]
    empty = (
        "neither text has" if not zh and not en else f"the {'Chinese' if not zh else 'English'} text has no"
    )
    return Alignment(
        tuple(beads),
        (f"{empty} segments; nothing could be aligned".replace("has segments", "has any segments"),),
    )


def _remarks(beads: Sequence[Bead], related: float | None) -> tuple[str, ...]:
    """What the person should know before trusting the alignment."""
    remarks = []
    if related is not None and related < UNRELATED:
        remarks.append(
            "the two texts do not look like translations of one another: what can be paired shares "
            f"{related + 1:.1f} times as much as the same segments shuffled (translations: 3 times or more)"
        )
    for name, alone in (
        ("Chinese", sum(1 for b in beads if not b.en)),
        ("English", sum(1 for b in beads if not b.zh)),
    ):
        all_of_it = sum(len(b.zh) if name == "Chinese" else len(b.en) for b in beads)
        if alone >= 20 and alone > 0.3 * all_of_it:
            remarks.append(f"{alone} of {all_of_it} {name} segments have nothing opposite")
    return tuple(remarks)


__all__ = ["Encoder", "align"]
