"""What a glossary format is: its name, its suffixes and what it keeps; and what reading a file gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import Protocol, cast

from termbank.model.document import Publisher, Source
from termbank.model.errors import Fault
from termbank.model.glossary import Glossary


class Field(StrEnum):
    """What a format may keep beside the terms' texts and languages; the values are shown to the person."""

    ID = "concept ids"
    SUBJECT = "subjects"
    CONCEPT_TYPE = "types of concepts"
    DEFINITION = "definitions"
    NOTE = "notes on concepts"
    CONTEXTS = "contexts"
    CITATIONS = "sources of definitions, notes and contexts"
    RELATED = "related concepts"
    RELATION_TYPES = "types of relations"
    IDS = "external ids"
    MEMBERS = "members of numbered formulas"
    FACTS = "facts of bodies and laws"
    FIRST_USE = "first uses"
    STATUS = "statuses"
    TYPE = "term types"
    BY_HAND = "statuses marked as set by hand"
    PROFILES = "profiles"
    FULL_FORM = "full forms of abbreviations"
    FORM = "forms of regions (attested, converted)"
    FIXED_BY = "documents that fixed a rendering"
    GRAMMAR = "grammar"
    PERIOD = "periods (since, until)"
    TERM_NOTE = "notes on terms"
    MATCHING = "matching rules (match, never_inside)"
    ATTESTATIONS = "attestations"
    REJECTED = "superseded and deprecated terms"
    ONE_SIDED = "concepts in one language only"
    CONTROLS = "control characters"
    OUTSIDE = "related concepts that are not in the file"
    ENGLISH = "English terms"


EVERYTHING = frozenset(Field)


@dataclass(frozen=True)
class GlossaryReading:
    """What a file holds: sound concepts, faults and remarks.

    Attributes:
        glossary: The concepts without a fault.
        faults: What is wrong with the others.
        remarks: Messages on what was not read, and how the rest was.
        sources: All sources that the file lists, cited or not.
        publishers: All publishers that the file lists, cited or not.
        refused: How many entries were left out because of a fault.
        has_own_ids: Whether the concept ids are the bank's own; False where the reader made them up from the terms.
        packs: By the id of a concept, the name of the pack that holds it; nothing where a file has no name.
    """

    glossary: Glossary
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    refused: int = 0
    has_own_ids: bool = True
    packs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Format:
    """A glossary format. `module`, in this package, has its `read` and `write` and is loaded on first use.

    A module has `read(data, name) -> GlossaryReading` unless the format is `write_only`, and
    `write(glossary) -> bytes`; one that keeps attestations has `write_all(glossary, sources, publishers)` too.
    """

    name: str
    suffixes: tuple[str, ...]
    keeps: frozenset[Field]
    module: str
    title: str
    write_only: bool = False

    def read(self, data: bytes, name: str) -> GlossaryReading:
        """What the file holds; UnreadableError where it is not of this format at all."""
        return _load(self.module).read(data, name)

    def write(
        self, glossary: Glossary, sources: Iterable[Source] = (), publishers: Iterable[Publisher] = ()
    ) -> bytes:
        """The file; `sources` and `publishers` are listed beside the cited ones where the format keeps them."""
        module = _load(self.module)
        if Field.ATTESTATIONS in self.keeps:
            return cast(_LosslessModule, module).write_all(glossary, sources, publishers)
        return module.write(glossary)


class _Module(Protocol):
    def read(self, data: bytes, name: str) -> GlossaryReading: ...

    def write(self, glossary: Glossary) -> bytes: ...


class _LosslessModule(Protocol):
    def write_all(
        self, glossary: Glossary, sources: Iterable[Source], publishers: Iterable[Publisher]
    ) -> bytes: ...


def _load(name: str) -> _Module:
    return cast(_Module, import_module(f"termbank.files.glossaries.{name}"))
