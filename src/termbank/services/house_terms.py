"""The concepts that bind a translation strictly: those of a glossary that a person names, and a bank's own.

A table of terms often has no column of statuses; its terms are then proposed and bind nobody, until the person says with
`--status` what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from termbank.files.glossaries import GlossaryReading
from termbank.model.concept import Concept, Status, Term, TermType, sort_terms
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.model.ids import free_id
from termbank.model.language import Language
from termbank.model.message import message, plural
from termbank.services.glossary_file import read_glossary
from termbank.store.bank import Bank


def house_terms_of_bank(bank: Bank, glossary: Glossary) -> frozenset[str]:
    """The ids of a bank's own concepts: no pack has them, or a person set the status of a rendering."""
    from_packs = frozenset(bank.ids("origin"))
    return frozenset(
        concept.id
        for concept in glossary
        if concept.id not in from_packs or any(term.by_hand for term in concept.english)
    )


def has_statuses(glossary: Glossary) -> bool:
    """Whether a file says the status of any rendering; what it does not say is read as proposed."""
    return any(term.status is not Status.PROPOSED for concept in glossary for term in concept.english)


def read_house_glossary(files: Sequence[Path], status: Status | None) -> tuple[Glossary, tuple[str, ...]]:
    """The glossaries that a person names, as one, with remarks on those that bind nobody.

    Args:
        status: the status of the terms of the glossaries that give none.

    Raises:
        TermbankError: a file cannot be read or has faults, or `status` is given and each file has statuses.
    """
    readings = [(str(file), read_glossary(file)[0]) for file in files]
    for name, reading in readings:
        if reading.faults:
            raise TermbankError(
                plural(
                    "the glossary has {count} fault.", "the glossary has {count} faults.", len(reading.faults)
                ),
                file=name,
                faults=tuple(reading.faults),
            )
    bare = [name for name, reading in readings if not has_statuses(reading.glossary)]
    if status is not None:
        if not bare:
            raise _statuses_are_given(readings[0][0])
        readings = [
            (name, give_status(reading, status, name) if name in bare else reading)
            for name, reading in readings
        ]
    remarks = (_remark_on_status(name) for name in bare if status is None)
    return _join([reading for _, reading in readings]), tuple(remarks)


def _join(readings: Sequence[GlossaryReading]) -> Glossary:
    """The concepts of several files; ids that were made up for one file never hide a concept of another."""
    concepts: dict[str, Concept] = {}
    for reading in readings:
        for concept in reading.glossary:
            id = concept.id if reading.has_own_ids else free_id(concept.id, concepts)
            concepts[id] = concept if id == concept.id else replace(concept, id=id)
    return Glossary.of(concepts.values())


def give_status(reading: GlossaryReading, status: Status, name: str) -> GlossaryReading:
    """The reading with a status for all its renderings; of several preferred ones the first stays so.

    Raises:
        TermbankError: the file gives statuses itself, which stay as they are.
    """
    if has_statuses(reading.glossary):
        raise _statuses_are_given(name)
    concepts = [
        replace(concept, terms=sort_terms(_with_status(concept, status))) for concept in reading.glossary
    ]
    return replace(reading, glossary=replace(reading.glossary, concepts=tuple(concepts)))


def _statuses_are_given(name: str) -> TermbankError:
    return TermbankError(
        message("this glossary gives the statuses of its terms itself."),
        file=name,
        remedy=message("Leave --status out, or remove its column of statuses."),
    )


def _with_status(concept: Concept, status: Status) -> Iterator[Term]:
    has_first = False
    for term in concept.terms:
        if term.language is not Language.EN:
            yield term
            continue
        is_full = term.type is TermType.FULL_FORM
        yield replace(term, status=Status.ADMITTED if has_first and is_full else status)
        has_first = has_first or is_full


def _remark_on_status(name: str) -> str:
    return message(
        "{file} gives no status to its terms: they are proposed and bind no text. If they are to be used, "
        "give --status preferred.",
        file=name,
    )
