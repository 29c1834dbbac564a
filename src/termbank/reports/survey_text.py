"""A survey as a matrix for a terminal: renderings down, documents across.

Documents have letters, with a key above the matrix, so that it fits 80 cells. A status is a word, not a colour. Control
characters are escaped by the interface that prints the report.
"""

from __future__ import annotations

from collections.abc import Iterator

from termbank.model.concept import Status
from termbank.model.labels import label
from termbank.model.message import _
from termbank.model.survey import Survey, SurveyedConcept, SurveyedRendering, wordings
from termbank.text.display_width import cells, fit

LABEL = 44
"""The most cells that a rendering takes."""
CONFIDENCE = 10
"""The cells that a new rendering and its confidence need in the column of statuses."""


def report(survey: Survey, *, width: int = 100) -> str:
    """Format the key, the matrix, the mixed renderings, and the preferred renderings that no document uses."""
    return "\n".join(_lines(survey, width)) + "\n"


def letter(number: int) -> str:
    """The letter of a document's column: A, B … Z, AA, AB …

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
        yield _("No term of the bank occurs in these documents.")
        return
    status_width = 1 + max(CONFIDENCE, *(cells(label(status)) for status in Status))
    text_width = max(24, min(LABEL, width - status_width - 2 - 5 * len(letters)))
    yield " " * (text_width + status_width + 2) + "".join(f"{mark:>5}" for mark in letters)
    for concept in survey.concepts:
        yield from _concept(concept, survey.documents, text_width, status_width)
    yield from _list_mixed(survey, letters)
    yield from _list_unused(survey)


def _concept(
    concept: SurveyedConcept, documents: tuple[str, ...], text_width: int, status_width: int
) -> Iterator[str]:
    yield f"{concept.zh}  ({concept.concept})"
    for rendering in concept.renderings:
        counts = "".join(f"{rendering.count_in(name) or '·':>5}" for name in documents)
        yield f"  {fit(rendering.text, text_width - 2)} {fit(_status(rendering), status_width)} {counts}"


def _status(rendering: SurveyedRendering) -> str:
    if rendering.known:
        return label(rendering.status) if rendering.status else ""
    if rendering.confidence is None:
        return _("new")
    return _("new {confidence}", confidence=f"{rendering.confidence:.0%}")


def _list_mixed(survey: Survey, letters: list[str]) -> Iterator[str]:
    mixed = survey.mixed
    if not mixed:
        return
    yield ""
    yield _("Two renderings of one concept in one document:")
    place = dict(zip(survey.documents, letters, strict=True))
    for document, concept in mixed:
        texts = wordings(concept.used_in(document))
        yield f"{place[document]:>3}  {concept.zh}: " + " / ".join(f"“{text}”" for text in texts)


def _list_unused(survey: Survey) -> Iterator[str]:
    unused = survey.unused
    if not unused:
        return
    yield ""
    yield _("Preferred renderings that no document uses:")
    for concept in unused:
        yield f"     {concept.zh}: “{concept.preferred}”"
