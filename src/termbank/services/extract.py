"""Two documents in, candidates out: terms and how they are rendered, with the sentences that show it.

Aligns first (`services.align`), then extracts. Given a list of terms, only these are looked for and
each of their occurrences is answered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from termbank.model.candidate import Candidate, Evidence
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.model.message import message
from termbank.model.progress import Progress
from termbank.services.align import AlignedTexts, align_files
from termbank.services.file_access import read_document

EVIDENCE_SHOWN = 5


@dataclass(frozen=True)
class Extraction:
    """Candidates, best first, and the alignment that they come from."""

    texts: AlignedTexts
    candidates: tuple[Candidate, ...]
    remarks: tuple[str, ...] = ()


def extract_files(
    zh: Path,
    en: Path | None = None,
    *,
    lines: bool = False,
    semantic: bool = False,
    terms: Path | None = None,
    glossary: Glossary | None = None,
    progress: Progress | None = None,
) -> Extraction:
    """Align two files, or one that holds both languages in turn, and find the terms and their renderings.

    With `terms`, a file of one Chinese term a line, only these are looked for and every occurrence is
    answered. `glossary` tells what is known already.
    """
    wanted = term_list(terms) if terms is not None else None
    texts = align_files(zh, en, lines=lines, semantic=semantic, progress=progress)
    return extract_from(texts, terms=wanted, glossary=glossary)


def extract_from(
    texts: AlignedTexts, *, terms: tuple[str, ...] | None = None, glossary: Glossary | None = None
) -> Extraction:
    """The candidates of two aligned texts, each with the sentences that show it."""
    from termbank.extraction import extract
    from termbank.services.lexicon_cache import lexicon

    found = extract(
        [s.text for s in texts.zh_segments],
        [s.text for s in texts.en_segments],
        texts.alignment,
        lexicon(),
        terms=terms,
        glossary=glossary,
    )
    return Extraction(texts, tuple(_with_evidence(texts, c) for c in found), texts.remarks)


def _with_evidence(texts: AlignedTexts, candidate: Candidate) -> Candidate:
    shown = sorted(candidate.occurrences, key=lambda o: (o.en is None, -o.score, o.bead))[:EVIDENCE_SHOWN]
    evidence = tuple(
        Evidence(texts.chinese(o.bead), texts.english(o.bead), o.zh, o.span, texts.en.name, o.parts)
        for o in shown
    )
    return replace(candidate, evidence=evidence)


def term_list(path: Path) -> tuple[str, ...]:
    """The Chinese terms of a file, one a line; empty lines and repeats are left out."""
    lines = (line.strip() for line in read_document(path).text.splitlines())
    wanted = tuple(dict.fromkeys(line for line in lines if line))
    if not wanted:
        raise TermbankError(
            message("there are no terms in it."),
            file=str(path),
            remedy=message("Write one Chinese term a line."),
        )
    return wanted


def candidates_record(candidates: tuple[Candidate, ...]) -> dict[str, Any]:
    """The JSON of `termbank extract`."""
    return {"schema": 1, "candidates": [_candidate_record(candidate) for candidate in candidates]}


def _candidate_record(candidate: Candidate) -> dict[str, Any]:
    return {
        "zh": candidate.zh,
        "count": candidate.count,
        "score": round(candidate.score, 4),
        "known": candidate.known,
        "renderings": [
            {"en": r.text, "count": r.count, "score": round(r.score, 4)} for r in candidate.renderings
        ],
        "occurrences": [
            {
                "bead": o.bead,
                "zh": list(o.zh),
                "en": o.en,
                "span": list(o.span) if o.span is not None else None,
                "alternatives": list(o.alternatives),
            }
            | ({"parts": [list(part) for part in o.parts]} if o.parts else {})
            for o in candidate.occurrences
        ],
    }
