"""Align two documents: read them, split them into segments, align these, and write the result.

The Chinese file is recognised by its text: files given in the wrong order are exchanged, with a remark.
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
from termbank.model.message import Message, message
from termbank.model.progress import Progress
from termbank.model.segment import Segment, SegmentPair
from termbank.sentences.interleaved import separate_languages
from termbank.services.file_access import SAMPLE, read_document
from termbank.text.characters_zh import share_of_han

_SURELY_NOT_CHINESE, _NOT_CHINESE, _CHINESE, _SURELY_CHINESE = 0.05, 0.1, 0.3, 0.6
"""Shares of hanzi among the letters of a text: English texts quote some Chinese, and Chinese ones much English."""


@dataclass(frozen=True, repr=False)
class AlignedTexts:
    """Two documents, their segments and the beads between them."""

    zh: Document
    en: Document
    zh_segments: tuple[Segment, ...]
    en_segments: tuple[Segment, ...]
    alignment: Alignment
    remarks: tuple[str, ...] = ()

    def __repr__(self) -> str:
        sizes = f"{len(self.zh_segments)} ↔ {len(self.en_segments)} segments"
        return f"<AlignedTexts {self.zh.name} ↔ {self.en.name}: {sizes}, {len(self.alignment.beads)} beads>"

    def chinese(self, bead: int) -> str:
        """The bead's Chinese: its segments joined without a separator."""
        return "".join(self.zh_segments[i].text for i in self.alignment.beads[bead].zh)

    def english(self, bead: int) -> str:
        """The bead's English: its segments joined by one space."""
        return " ".join(self.en_segments[i].text for i in self.alignment.beads[bead].en)

    def pairs(self) -> tuple[SegmentPair, ...]:
        """The beads as segment pairs, with their positions in the files.

        A bead's text is the file's own from its first segment to its last, so that a position in it
        is a position in the file. An empty side is placed where its last segment before ended.
        """
        zh = _SideReader(self.zh, self.zh_segments)
        en = _SideReader(self.en, self.en_segments)
        return tuple(_pair(zh, en, bead) for bead in self.alignment.beads)


class _SideReader:
    """One side of an alignment: the text and the position of runs of its segments, in order."""

    def __init__(self, document: Document, segments: tuple[Segment, ...]) -> None:
        self.document = document
        self.segments = segments
        self._lines = LineStarts(document.text)
        self._end = 0

    def read(self, indices: tuple[int, ...]) -> tuple[str, int, int, int]:
        """The text of neighbouring segments, its offset, line and column; where there is none, the end of the last ones."""
        start = self.segments[indices[0]].span.start if indices else self._end
        self._end = self.segments[indices[-1]].span.end if indices else self._end
        return self.document.text[start : self._end], start, *self._lines.place(start)


def _pair(zh: _SideReader, en: _SideReader, bead: Bead) -> SegmentPair:
    zh_text, zh_start, zh_line, zh_column = zh.read(bead.zh)
    en_text, en_start, en_line, en_column = en.read(bead.en)
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
    zh: Path,
    en: Path | None = None,
    *,
    lines: bool = False,
    semantic: bool = False,
    progress: Progress | None = None,
) -> AlignedTexts:
    """Read and align two files, or one that holds both languages in turn.

    Args:
        zh: the Chinese file, of any format that termbank reads.
        en: its English version; None where `zh` holds both languages, paragraph by paragraph.
        lines: take each non-empty line as a segment, instead of splitting sentences.
        semantic: use the sentence encoder of the extra `semantic`.
        progress: called with the segments done and all segments.

    Raises:
        UnreadableError: a file cannot be read.
        TermbankError: there is nothing to align, or no file looks Chinese, or both do.
        MissingExtraError: `semantic` without its extra.
    """
    sides = _separate(zh) if en is None else (read_document(zh), read_document(en))
    return align_documents(*sides, lines=lines, semantic=semantic, progress=progress)


def _separate(path: Path) -> tuple[Document, Document]:
    """Both sides of a document that holds both languages in turn."""
    sides = separate_languages(read_document(path))
    if sides is None:
        raise TermbankError(
            message("this document does not hold both languages in turn."),
            file=str(path),
            remedy=message("Give the other language's document too."),
        )
    return sides


def align_documents(
    zh: Document,
    en: Document,
    *,
    lines: bool = False,
    semantic: bool = False,
    progress: Progress | None = None,
) -> AlignedTexts:
    """Align two documents that are already read; otherwise as `align_files`."""
    from termbank.alignment import align
    from termbank.sentences import split_at_semicolons
    from termbank.services.lexicon_cache import lexicon
    from termbank.services.sentence_encoder import encoder

    zh, en, remarks = _in_order(zh, en)
    zh_segments, en_segments = _split(zh, en, lines)
    alignment = align(
        [segment.text for segment in zh_segments],
        [segment.text for segment in en_segments],
        lexicon(),
        encoder=encoder() if semantic else None,
        progress=progress,
    )
    if not lines:
        # ； ends a sentence only where both sides have it, which the alignment alone can show.
        zh_segments, en_segments, alignment = split_at_semicolons(zh_segments, en_segments, alignment)
    all_remarks = (*zh.remarks, *en.remarks, *remarks, *alignment.remarks)
    return AlignedTexts(zh, en, zh_segments, en_segments, alignment, all_remarks)


def _split(zh: Document, en: Document, lines: bool) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """The segments of both documents. Raises TermbankError where one has none."""
    from termbank import sentences

    if lines:
        sides = sentences.split_lines(zh), sentences.split_lines(en)
    else:
        sides = sentences.split_listed_clauses(
            sentences.split_document(zh, "zh"), sentences.split_document(en, "en")
        )
    for document, segments in zip((zh, en), sides, strict=True):
        if not segments:
            raise TermbankError(
                message("there is no text in it to align."),
                file=document.name,
                remedy=message("Give a file with sentences."),
            )
    return sides


def _in_order(zh: Document, en: Document) -> tuple[Document, Document, tuple[Message, ...]]:
    """The documents with the Chinese one first, and a remark where they were exchanged.

    Raises:
        TermbankError: no document looks Chinese, or both do.
    """
    first, second = share_of_han(zh.text[:SAMPLE]), share_of_han(en.text[:SAMPLE])
    if first < _NOT_CHINESE and second > _CHINESE:
        remark = message(
            "the first file looks English and the second Chinese: taken as {chinese} → {english}.",
            chinese=en.name,
            english=zh.name,
        )
        return en, zh, (remark,)
    remedy = message("Give the Chinese file first and its English version second.")
    if first < _SURELY_NOT_CHINESE and zh.text.strip():
        if second < _SURELY_NOT_CHINESE:
            error = message("it looks English, and so does the other file.")
        else:
            error = message("it does not look Chinese.")
        raise TermbankError(error, file=zh.name, remedy=remedy)
    if second > _SURELY_CHINESE and en.text.strip():
        raise TermbankError(
            message("it looks Chinese, and so does the other file."), file=en.name, remedy=remedy
        )
    return zh, en, ()


def as_bytes(texts: AlignedTexts, form: str) -> bytes:
    """An alignment in the form `json`, `tsv` (or `text`) or `tmx`, encoded in UTF-8."""
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
