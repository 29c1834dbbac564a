"""Exporting concepts from the bank: all of them, or those of some subjects and statuses, in one format.

The result is the bytes to write, and what the format does not keep.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from termbank.files.glossaries import Format
from termbank.files.glossaries.losses import list_losses
from termbank.model.concept import Status
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.model.message import message
from termbank.services import history
from termbank.services.glossary_file import format_for
from termbank.store.bank import Bank


@dataclass(frozen=True)
class Export:
    """A file ready to be written, with what its format will lose."""

    data: bytes
    format: Format
    concepts: int
    terms: int
    losses: tuple[str, ...] = ()


def select_concepts(
    glossary: Glossary, subjects: Collection[str] = (), statuses: Collection[Status] = ()
) -> Glossary:
    """The concepts of these subjects, with renderings of these statuses only.

    Chinese terms stay whatever their status; a concept left without a rendering is left out.
    """
    if not subjects and not statuses:
        return glossary
    concepts = []
    for concept in glossary:
        if subjects and concept.subject not in subjects:
            continue
        if statuses:
            terms = tuple(t for t in concept.terms if t.language.is_chinese or t.status in statuses)
            if not any(not term.language.is_chinese for term in terms):
                continue
            concept = replace(concept, terms=terms)
        concepts.append(concept)
    return Glossary.of(concepts, glossary.name, glossary.title)


def export(
    bank: Bank,
    format: str | Format,
    *,
    subjects: Collection[str] = (),
    statuses: Collection[Status] = (),
    as_of: str | None = None,
) -> Export:
    """The bank, or part of it, in a format; `as_of` a day, as it stood at its end. Nothing is written yet."""
    chosen = format_for("", format) if isinstance(format, str) else format
    everything = bank.glossary() if as_of is None else history.as_of(bank, as_of)
    glossary = replace(select_concepts(everything, subjects, statuses), name=None, title=None)
    if not glossary.concepts and as_of is not None and not everything.concepts:
        raise TermbankError(
            message("the bank had no concept at the end of {as_of}.", as_of=as_of),
            remedy=message("`termbank history` shows when it was filled."),
        )
    if not glossary.concepts and (subjects or statuses):
        raise TermbankError(
            message("no concept in the bank fits."), remedy=_subjects_hint(everything, subjects)
        )
    whole = not subjects and not statuses and as_of is None
    data = chosen.write(
        glossary,
        bank.sources().values() if whole else (),
        bank.publishers().values() if whole else (),
    )
    terms = sum(len(concept.terms) for concept in glossary)
    return Export(data, chosen, len(glossary), terms, list_losses(glossary, chosen))


def _subjects_hint(glossary: Glossary, subjects: Collection[str]) -> str | None:
    if not subjects:
        return "Ask for other statuses."
    known = sorted({concept.subject for concept in glossary if concept.subject})
    return f"The subjects are: {', '.join(known)}." if known else "No concept in the bank has a subject."
