"""A survey as a matrix to be read in a terminal: renderings down, documents across.

Documents are lettered so that the matrix fits 80 cells; the key stands above it. A status is a
word, not a colour. Control characters of the text are left to the face that prints it.
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.model.survey import Survey, SurveyedConcept, SurveyedRendering, wordings
from termbank.text.display_width import fit

LABEL = 44
STATUS = 11


def report(survey: Survey, *, width: int = 100) -> str:
    """The key, the matrix, then what is mixed and which preferred renderings nobody uses."""
    return "\n".join(_lines(survey, width)) + "\n"


def letter(number: int) -> str:
    """A, B … Z, AA, AB …: the column of a document.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _lines(survey: Survey, width: int) -> Iterator[str]:
    letters = [letter(n) for n in range(len(survey.documents))]
    for name, mark in zip(survey.documents, letters, strict=True):
        yield f"{mark:>3}  {name}"
    yield ""
    if not survey.concepts:
        yield "No term of the bank stands in these documents."
        return
    label = max(24, min(LABEL, width - STATUS - 2 - 5 * len(letters)))
    yield " " * (label + STATUS + 2) + "".join(f"{mark:>5}" for mark in letters)
    for concept in survey.concepts:
        yield from _concept(concept, survey.documents, label)
    yield from _mixed(survey, letters)
    yield from _unused(survey)


def _concept(concept: SurveyedConcept, documents: tuple[str, ...], label: int) -> Iterator[str]:
    yield f"{concept.zh}  ({concept.concept})"
    for rendering in concept.renderings:
        counts = "".join(f"{rendering.count_in(name) or '·':>5}" for name in documents)
        yield f"  {fit(rendering.text, label - 2)} {fit(_standing(rendering), STATUS)} {counts}"


def _standing(rendering: SurveyedRendering) -> str:
    if rendering.known:
        return rendering.status.value if rendering.status else ""
    sure = f" {rendering.confidence:.0%}" if rendering.confidence is not None else ""
    return f"new{sure}"


def _mixed(survey: Survey, letters: list[str]) -> Iterator[str]:
    mixed = survey.mixed
    if not mixed:
        return
    yield ""
    yield "Two renderings of one concept in one document:"
    place = dict(zip(survey.documents, letters, strict=True))
    for document, concept in mixed:
        texts = wordings(concept.used_in(document))
        yield f"{place[document]:>3}  {concept.zh}: " + " / ".join(f"“{text}”" for text in texts)


def _unused(survey: Survey) -> Iterator[str]:
    unused = survey.unused
    if not unused:
        return
    yield ""
    yield "Preferred renderings that no document uses:"
    for concept in unused:
        yield f"     {concept.zh}: “{concept.preferred}”"
