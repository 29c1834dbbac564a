"""Two documents in, aligned texts out: who corresponds to whom, as beads, as pairs, and as a file.

Joins reading, segmenting and aligning. Which of two files is the Chinese one is looked at, not
believed: files given the other way round are taken the right way, with a remark.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from termbank.model.alignment import Alignment, Bead
from termbank.model.document import Document
from termbank.model.errors import TermbankError
from termbank.model.language import Language
from termbank.model.line_starts import LineStarts
from termbank.model.progress import Progress
from termbank.model.segment import Segment, SegmentPair
from termbank.services.file_access import SAMPLE, read_document
from termbank.text.characters_zh import share_of_han


@dataclass(frozen=True)
class AlignedTexts:
    """Two documents, their segments and the beads between them."""

    zh: Document
    en: Document
    zh_segments: tuple[Segment, ...]
    en_segments: tuple[Segment, ...]
    alignment: Alignment
    remarks: tuple[str, ...] = ()

    def chinese(self, bead: int) -> str:
        """The bead's Chinese: its segments joined without a separator."""
        return "".join(self.zh_segments[i].text for i in self.alignment.beads[bead].zh)

    def english(self, bead: int) -> str:
        """The bead's English: its segments joined by one space."""
        return " ".join(self.en_segments[i].text for i in self.alignment.beads[bead].en)

    def pairs(self) -> tuple[SegmentPair, ...]:
        """The beads as segment pairs, placed in their files.

        A bead's text is the file's own from its first segment to its last, so that a position in it
        is a position in the file. A side that has nothing stands where the side before it ended.
        """
        zh = _Side(self.zh, self.zh_segments)
        en = _Side(self.en, self.en_segments)
        return tuple(_pair(zh, en, bead) for bead in self.alignment.beads)


class _Side:
    """One side of an alignment, told in stretches of its file."""

    def __init__(self, document: Document, segments: tuple[Segment, ...]) -> None:
        self.document = document
        self.segments = segments
        self._lines = LineStarts(document.text)
        self._end = 0

    def stretch(self, indices: tuple[int, ...]) -> tuple[str, int, int, int]:
        """The text of some segments and its place: offset, line and column."""
        start = self.segments[indices[0]].span.start if indices else self._end
        self._end = self.segments[indices[-1]].span.end if indices else self._end
        return self.document.text[start : self._end], start, *self._lines.place(start)


def _pair(zh: _Side, en: _Side, bead: Bead) -> SegmentPair:
    zh_text, zh_start, zh_line, zh_column = zh.stretch(bead.zh)
    en_text, en_start, en_line, en_column = en.stretch(bead.en)
    first = zh.segments[bead.zh[0]] if bead.zh else en.segments[bead.en[0]] if bead.en else None
    return SegmentPair(
        zh_text,
        en_text,
        zh.document.name,
        en.document.name,
        zh_start,
        en_start,
        zh_line,
        en_line,
        zh_column,
        en_column,
        bead.confidence,
        aligned=True,
        block=first.block if first is not None else 0,
    )


def align_files(
    zh: Path, en: Path, *, lines: bool = False, semantic: bool = False, progress: Progress | None = None
) -> AlignedTexts:
    """Read, segment and align two files.

    With `lines`, each non-empty line is one segment. Raises UnreadableError for a file that cannot be
    read, TermbankError where nothing can be aligned, MissingExtraError for `semantic` without its extra.
    """
    return align_documents(
        read_document(zh), read_document(en), lines=lines, semantic=semantic, progress=progress
    )


def align_documents(
    zh: Document,
    en: Document,
    *,
    lines: bool = False,
    semantic: bool = False,
    progress: Progress | None = None,
) -> AlignedTexts:
    """As `align_files`, for documents already read."""
    from termbank import sentences
    from termbank.alignment import align
    from termbank.services.lexicon_cache import lexicon

    zh, en, remarks = _right_way_round(zh, en)
    if lines:
        zh_segments, en_segments = sentences.lines(zh), sentences.lines(en)
    else:
        zh_segments, en_segments = sentences.listed(
            sentences.segments(zh, "zh"), sentences.segments(en, "en")
        )
    for document, found in ((zh, zh_segments), (en, en_segments)):
        if not found:
            raise TermbankError(
                "there is no text in it to align.", file=document.name, remedy="Give a file with sentences."
            )
    encoder = None
    if semantic:
        from termbank.services.sentence_encoder import encoder as load_encoder

        encoder = load_encoder()
    alignment = align(
        [s.text for s in zh_segments],
        [s.text for s in en_segments],
        lexicon(),
        encoder=encoder,
        progress=progress,
    )
    if not lines:
        # ； ends a sentence only where both sides have it, which the beads alone can tell.
        zh_segments, en_segments, alignment = sentences.parted(zh_segments, en_segments, alignment)
    return AlignedTexts(
        zh,
        en,
        zh_segments,
        en_segments,
        alignment,
        (*zh.remarks, *en.remarks, *remarks, *alignment.remarks),
    )


def _right_way_round(zh: Document, en: Document) -> tuple[Document, Document, tuple[str, ...]]:
    first, second = share_of_han(zh.text[:SAMPLE]), share_of_han(en.text[:SAMPLE])
    if first < 0.1 and second > 0.3:
        said = f"the first file looks English and the second Chinese: taken as {en.name} → {zh.name}."
        return en, zh, (said,)
    remedy = "Give the Chinese file first and its English version second."
    if first < 0.05 and zh.text.strip():
        both = second < 0.05
        said = "it looks English, and so does the other file." if both else "it does not look Chinese."
        raise TermbankError(said, file=zh.name, remedy=remedy)
    if second > 0.6 and en.text.strip():
        raise TermbankError("it looks Chinese, and so does the other file.", file=en.name, remedy=remedy)
    return zh, en, ()


def as_bytes(texts: AlignedTexts, form: str) -> bytes:
    """An alignment as `text`, `json`, `tsv` or `tmx`, ready to be written."""
    if form == "tmx":
        from termbank.files.bitext.tmx import write
        from termbank.text.scripts import script_of

        return write(texts.pairs(), script_of(texts.zh.text) or Language.ZH_HANS)
    if form == "json":
        import json

        return (json.dumps(alignment_record(texts.alignment), ensure_ascii=False) + "\n").encode()
    cells = (
        (texts.chinese(n), texts.english(n), f"{bead.confidence:.3f}")
        for n, bead in enumerate(texts.alignment.beads)
    )
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in cells)
    return ("\n".join(lines) + "\n").encode("utf-8")


def alignment_record(alignment: Alignment) -> dict[str, Any]:
    """The JSON of `termbank align`."""
    beads = [
        {
            "zh": list(bead.zh),
            "en": list(bead.en),
            "score": round(bead.score, 4),
            "confidence": round(bead.confidence, 4),
        }
        for bead in alignment.beads
    ]
    return {"schema": 1, "beads": beads}
