"""The hand-labelled spans of the survey, and what a survey finds, as rows of file, start, end and concept."""

from __future__ import annotations

from pathlib import Path

from termbank.files.glossaries import toml
from termbank.model.glossary import Glossary
from termbank.services.survey import survey_files

ROOT = Path(__file__).resolve().parent.parent.parent
GOLD = Path(__file__).resolve().parent / "survey-seeds.tsv"

Row = tuple[str, int, int, str]


def packs() -> Glossary:
    """The shipped concepts."""
    files = [
        (path.name, path.read_bytes())
        for path in sorted((ROOT / "glossaries").glob("*.toml"))
        if path.stem != "refused"
    ]
    return toml.read_packs(files).glossary


def gold() -> set[Row]:
    lines = GOLD.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return {(file, int(start), int(end), concept) for file, start, end, concept in cells}


def surveyed(paths: list[Path], glossary: Glossary) -> set[Row]:
    """Every use that the survey tells."""
    found = survey_files(paths, glossary).survey
    return {
        (Path(use.document).name, span.start, span.end, row.concept)
        for row in found.concepts
        for rendering in row.renderings
        for use in rendering.uses
        for span in use.spans
    }
