"""Sentence alignment: find which Chinese segments translate which English ones.

Beads are scored by lexical evidence, lengths (Gale & Church 1993), punctuation and how translators usually work; dynamic
programming finds the best chain of beads, first with the dictionary (CC-CEDICT), then with a translation table learned
from the texts themselves (IBM model 1, Brown et al. 1993). Beads are in order, cover both sides once and never cross.
The same texts always give the same alignment. `docs/alignment.md` describes the method and its figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from termbank.alignment import windowing
from termbank.alignment.anchors import find_anchors
from termbank.alignment.calibration import calibrated_confidence
from termbank.alignment.embeddings import Encoder, SegmentVectors, encode_segments
from termbank.alignment.relatedness import UNRELATED, measure_relatedness
from termbank.alignment.token_arrays import han_share, tokenize_texts
from termbank.lexicon.dictionary import Lexicon
from termbank.model.alignment import Alignment, Bead
from termbank.model.message import Message, message, plural
from termbank.model.progress import Progress

_MANY_GAPS, _MANY_GAPS_SHARE = 20, 0.3
"""Segments left alone, and their share of the text, from which on a remark is made."""


def align(
    zh: Sequence[str],
    en: Sequence[str],
    lexicon: Lexicon,
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two texts given as segments.

    Args:
        zh: the Chinese segments (sentences, headings, lines), in either script, in order.
        en: the English segments, in order.
        lexicon: the translation lexicon (`services.lexicon_cache.lexicon()`).
        encoder: a sentence encoder; with it, nearness in meaning is one of the features.
        progress: called with the segments done and all segments, both sides counted (twice with an encoder).

    Returns:
        The beads, in the order of the texts, with scores in nats and calibrated confidences. Remarks say where the texts
        were given the other way round (they are aligned all the same), where they do not look like translations, and
        where many segments have nothing opposite. A text without segments gives gaps and a remark.
    """
    if not zh or not en:
        return _one_sided(len(zh), len(en))
    if han_share(zh) < 0.1 and han_share(en) > 0.3:
        return _swap_sides(align(en, zh, lexicon, encoder=encoder, progress=progress))
    report = progress or _no_progress
    segments = len(zh) + len(en)
    total = segments * (2 if encoder is not None else 1)
    vectors: SegmentVectors | None = None
    if encoder is not None:
        vectors = encode_segments(zh, en, encoder, lambda done, _: report(done, total))
    texts = tokenize_texts(zh, en, lexicon)
    beads: list[Bead] = []
    for window in windowing.align_windows(texts, find_anchors(texts), vectors):
        beads.extend(_bead(aligned) for aligned in window)
        _, bottom, _, right = window[-1].step
        report(total - segments + bottom + right, total)
    related = measure_relatedness(texts, beads)
    return Alignment(tuple(beads), _remarks(beads, related), related)


def _bead(aligned: windowing.AlignedStep) -> Bead:
    top, bottom, left, right = aligned.step
    confidence = calibrated_confidence((bottom - top, right - left), aligned.posterior)
    return Bead(tuple(range(top, bottom)), tuple(range(left, right)), aligned.score, confidence)


def _no_progress(done: int, total: int) -> None:
    return None


def _swap_sides(alignment: Alignment) -> Alignment:
    """The alignment of the texts as they were given, from that of the texts exchanged."""
    remark = message(
        "the first text looks English and the second Chinese; they were aligned the other way round"
    )
    beads = tuple(Bead(bead.en, bead.zh, bead.score, bead.confidence) for bead in alignment.beads)
    return Alignment(beads, (remark, *alignment.remarks), alignment.relatedness)


def _one_sided(zh: int, en: int) -> Alignment:
    """The alignment of texts of which one at least has no segments: gaps alone."""
    beads = [Bead((place,), ()) for place in range(zh)] + [Bead((), (place,)) for place in range(en)]
    if zh:
        remark = message("the English text has no segments; nothing could be aligned")
    elif en:
        remark = message("the Chinese text has no segments; nothing could be aligned")
    else:
        remark = message("neither text has any segments; nothing could be aligned")
    return Alignment(tuple(beads), (remark,))


def _remarks(beads: Sequence[Bead], related: float | None) -> tuple[Message, ...]:
    """What a person should know before trusting the alignment."""
    remarks = []
    if related is not None and related < UNRELATED:
        remarks.append(
            message(
                "the two texts do not look like translations of one another: what can be paired shares "
                "{ratio} times as much as the same segments shuffled (translations: 3 times or more)",
                ratio=f"{related + 1:.1f}",
            )
        )
    zh, en = sum(len(bead.zh) for bead in beads), sum(len(bead.en) for bead in beads)
    zh_gaps, en_gaps = sum(not bead.en for bead in beads), sum(not bead.zh for bead in beads)
    if _is_many(zh_gaps, zh):
        remarks.append(
            plural(
                "{count} of {total} Chinese segments has nothing opposite",
                "{count} of {total} Chinese segments have nothing opposite",
                zh_gaps,
                total=zh,
            )
        )
    if _is_many(en_gaps, en):
        remarks.append(
            plural(
                "{count} of {total} English segments has nothing opposite",
                "{count} of {total} English segments have nothing opposite",
                en_gaps,
                total=en,
            )
        )
    return tuple(remarks)


def _is_many(gaps: int, segments: int) -> bool:
    return gaps >= _MANY_GAPS and gaps > _MANY_GAPS_SHARE * segments


__all__ = ["Encoder", "align"]
