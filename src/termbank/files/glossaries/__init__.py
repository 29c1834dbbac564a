"""The shelf of formats: concepts to bytes and back.

Each line of `FORMATS` says a format's name, its suffixes, what it keeps and where it lives, and is
read without loading the format. A module has `read(data, name) -> GlossaryReading` and
`write(glossary) -> bytes`. GlossaryReading back what was written gives everything the format keeps
(`kept` reduces a glossary to that); `losses` says the rest before a file is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Protocol, cast

from termbank.files.xml import without_illegal
from termbank.model.concept import Concept, Grammar, Status, Term, TermType, sort_terms
from termbank.model.document import Publisher, Source
from termbank.model.errors import Fault
from termbank.model.glossary import Glossary


class Field(StrEnum):
    """What a format may keep beside the terms' texts and languages, as a person would call it."""

    ID = "concept ids"
    SUBJECT = "subjects"
    DEFINITION = "definitions"
    NOTE = "notes on concepts"
    RELATED = "related concepts"
    STATUS = "statuses"
    TYPE = "term types"
    GRAMMAR = "grammar"
    PERIOD = "periods (since, until)"
    TERM_NOTE = "notes on terms"
    MATCHING = "matching rules (match, never_inside)"
    ATTESTATIONS = "attestations"
    REJECTED = "superseded and deprecated terms"
    ONE_SIDED = "concepts in one language only"
    CONTROLS = "control characters"
    OUTSIDE = "related concepts that are not in the file"


EVERYTHING = frozenset(Field)


@dataclass(frozen=True)
class GlossaryReading:
    """What a file held: sound concepts, the authorities it lists, what was refused and remarks.

    `sources` and `publishers` are all that the file lists, cited or not. `refused` counts the
    entries left out because of a fault. `settled` tells whether concept ids are the bank's own
    (False where the reader made them up from the terms).
    """

    glossary: Glossary
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    refused: int = 0
    settled: bool = True


@dataclass(frozen=True)
class Format:
    """One format; `module` is looked up on this shelf."""

    name: str
    suffixes: tuple[str, ...]
    keeps: frozenset[Field]
    module: str
    title: str

    def read(self, data: bytes, name: str) -> GlossaryReading:
        return _module(self.module).read(data, name)

    def write(
        self, glossary: Glossary, sources: Iterable[Source] = (), publishers: Iterable[Publisher] = ()
    ) -> bytes:
        """The file; `sources` and `publishers` are listed beside the cited ones where it keeps them."""
        module = _module(self.module)
        if Field.ATTESTATIONS in self.keeps:
            return cast(_Lossless, module).write_all(glossary, sources, publishers)
        return module.write(glossary)


class _Module(Protocol):
    def read(self, data: bytes, name: str) -> GlossaryReading: ...

    def write(self, glossary: Glossary) -> bytes: ...


class _Lossless(Protocol):
    def write_all(
        self, glossary: Glossary, sources: Iterable[Source], publishers: Iterable[Publisher]
    ) -> bytes: ...


def _module(name: str) -> _Module:
    return cast(_Module, import_module(f"termbank.files.glossaries.{name}"))


_TABLE = EVERYTHING - {Field.ATTESTATIONS}
_TBX = EVERYTHING - {Field.ATTESTATIONS, Field.MATCHING, Field.PERIOD, Field.CONTROLS, Field.OUTSIDE}
_TMX = frozenset({Field.ID, Field.SUBJECT, Field.STATUS, Field.TYPE})

FORMATS: tuple[Format, ...] = (
    Format("toml", (".toml",), EVERYTHING, "toml", "TOML pack, the native format"),
    Format("json", (".json",), EVERYTHING, "json", "JSON, the same records as the native format"),
    Format("csv", (".csv",), _TABLE, "csv", "CSV, one row per term"),
    Format("tsv", (".tsv", ".tab", ".txt", ".utf8"), _TABLE, "tsv", "tab-separated, one row per term"),
    Format(
        "xlsx",
        (".xlsx", ".xlsm", ".xls", ".ods"),
        _TABLE - {Field.CONTROLS},
        "xlsx",
        "spreadsheet, one row per term",
    ),
    Format("tbx", (".tbx",), _TBX, "tbx", "TBX-Basic (ISO 30042:2019, DCA)"),
    Format("tmx", (".tmx",), _TMX, "tmx", "TMX 1.4, pairs of terms"),
)


def format_named(name: str) -> Format | None:
    """The format a person calls so."""
    return next((each for each in FORMATS if each.name == name.lower()), None)


def format_of(suffix: str) -> Format | None:
    """The format that files with this suffix are in (“.tbx”)."""
    return next((each for each in FORMATS if suffix.lower() in each.suffixes), None)


def _without(term: Term, fields: frozenset[Field]) -> Term:
    """The term reduced to what `fields` keep, everything else as it is when nothing is said."""
    text = _clean(fields)
    return Term(
        text(term.text) or "",
        term.language,
        term.status if Field.STATUS in fields else Status.PROPOSED,
        term.type if Field.TYPE in fields else TermType.FULL_FORM,
        term.grammar if Field.GRAMMAR in fields else Grammar.NOUN_PHRASE,
        term.since if Field.PERIOD in fields else None,
        term.until if Field.PERIOD in fields else None,
        text(term.note) if Field.TERM_NOTE in fields else None,
        term.flags if Field.MATCHING in fields else frozenset(),
        tuple(text(each) or "" for each in term.never_inside) if Field.MATCHING in fields else (),
        term.attestations if Field.ATTESTATIONS in fields else (),
    )


def _clean(fields: frozenset[Field]) -> Callable[[str | None], str | None]:
    if Field.CONTROLS in fields:
        return lambda text: text
    return lambda text: without_illegal(text) or None if text else None


def _is_rejected(term: Term) -> bool:
    return term.status in (Status.SUPERSEDED, Status.DEPRECATED)


def kept(glossary: Glossary, fields: frozenset[Field]) -> Glossary:
    """The glossary as it comes back from a format that keeps these fields."""
    inside = None if Field.OUTSIDE in fields else set(glossary.by_id)
    text = _clean(fields)
    concepts: list[Concept] = []
    for concept in glossary:
        terms = [
            t for t in concept.terms if text(t.text) and (Field.REJECTED in fields or not _is_rejected(t))
        ]
        sides = {term.language.is_chinese for term in terms}
        if not terms or (len(sides) < 2 and Field.ONE_SIDED not in fields):
            continue
        concepts.append(
            Concept(
                concept.id,
                sort_terms(_without(term, fields) for term in terms),
                text(concept.subject) if Field.SUBJECT in fields else None,
                text(concept.definition) if Field.DEFINITION in fields else None,
                text(concept.note) if Field.NOTE in fields else None,
                tuple(id for id in concept.related if inside is None or id in inside)
                if Field.RELATED in fields
                else (),
            )
        )
    return Glossary.of(concepts)


_CARRIES: dict[Field, Callable[[Concept], bool]] = {
    Field.SUBJECT: lambda c: c.subject is not None,
    Field.DEFINITION: lambda c: c.definition is not None,
    Field.NOTE: lambda c: c.note is not None,
    Field.RELATED: lambda c: bool(c.related),
    Field.STATUS: lambda c: any(t.status is not Status.PROPOSED for t in c.terms),
    Field.TYPE: lambda c: any(t.type is not TermType.FULL_FORM for t in c.terms),
    Field.GRAMMAR: lambda c: any(t.grammar is not Grammar.NOUN_PHRASE for t in c.terms),
    Field.PERIOD: lambda c: any(t.since or t.until for t in c.terms),
    Field.TERM_NOTE: lambda c: any(t.note for t in c.terms),
    Field.MATCHING: lambda c: any(t.flags or t.never_inside for t in c.terms),
    Field.ATTESTATIONS: lambda c: any(t.attestations for t in c.terms),
    Field.REJECTED: lambda c: any(_is_rejected(t) for t in c.terms),
    Field.ONE_SIDED: lambda c: not c.chinese or not c.english,
    Field.CONTROLS: lambda c: any(without_illegal(text) != text for text in _texts_of(c)),
}


def _texts_of(concept: Concept) -> Iterable[str]:
    yield from filter(None, (concept.subject, concept.definition, concept.note))
    for term in concept.terms:
        yield from (term.text, term.note or "", *term.never_inside)


def losses(glossary: Iterable[Concept], format: Format) -> tuple[str, ...]:
    """What writing these concepts in this format will lose: “definitions (of 12 concepts)”."""
    concepts = tuple(glossary)
    ids = {concept.id for concept in concepts}
    lost: list[str] = []
    for field in Field:
        if field in format.keeps:
            continue
        carries = _CARRIES.get(field)
        if field is Field.OUTSIDE:
            count = (
                sum(not ids.issuperset(c.related) for c in concepts) if Field.RELATED in format.keeps else 0
            )
        else:
            count = sum(map(carries, concepts)) if carries else len(concepts)
        if count:
            lost.append(f"{field} (of {count} concept{'s' if count > 1 else ''})")
    return tuple(lost)
