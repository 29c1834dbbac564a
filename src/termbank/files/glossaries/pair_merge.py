"""Pairs of terms from other tools' files, merged into concepts.

A glossary of rows has no concepts: rows that share a Chinese term become one concept, with an id made from its English.
Statuses that the file does not give are `proposed`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256

from termbank.model.concept import Concept, Grammar, Status, Term, TermType, sort_terms, unique_facts
from termbank.model.concept_facts import Description, ExternalId
from termbank.model.glossary import Glossary
from termbank.model.ids import free_id, hyphenate
from termbank.model.language import Language
from termbank.model.upgrades import text_language

_SEVERAL = re.compile(r"\s*[;；|]\s*|\s+[:：]\s+|\s*[\r\n]+\s*")

STATUSES = {
    "preferred": Status.PREFERRED, "preferredterm": Status.PREFERRED, "approved": Status.PREFERRED,
    "preferredterm-admn-sts": Status.PREFERRED, "preferredtermadmnsts": Status.PREFERRED,
    "standardizedterm": Status.PREFERRED, "首选": Status.PREFERRED, "推荐": Status.PREFERRED,
    "admitted": Status.ADMITTED, "admittedterm": Status.ADMITTED, "admittedterm-admn-sts": Status.ADMITTED,
    "admittedtermadmnsts": Status.ADMITTED, "allowed": Status.ADMITTED, "provisional": Status.ADMITTED,
    "允许": Status.ADMITTED, "可用": Status.ADMITTED, "regulatedterm": Status.ADMITTED, "legalterm": Status.ADMITTED,
    "proposed": Status.PROPOSED, "new": Status.PROPOSED, "待审": Status.PROPOSED,
    "deprecated": Status.DEPRECATED, "deprecatedterm": Status.DEPRECATED, "forbidden": Status.DEPRECATED,
    "deprecatedterm-admn-sts": Status.DEPRECATED, "deprecatedtermadmnsts": Status.DEPRECATED,
    "notrecommended": Status.DEPRECATED, "non-standard": Status.DEPRECATED, "rejected": Status.DEPRECATED,
    "禁用": Status.DEPRECATED, "superseded": Status.SUPERSEDED, "supersededterm": Status.SUPERSEDED,
    "supersededterm-admn-sts": Status.SUPERSEDED, "supersededtermadmnsts": Status.SUPERSEDED,
    "obsolete": Status.SUPERSEDED, "废弃": Status.SUPERSEDED,
}  # fmt: skip
"""What other tools call a status, in small letters without spaces."""

GRAMMARS = {
    "noun": Grammar.NOUN_PHRASE, "n": Grammar.NOUN_PHRASE, "propernoun": Grammar.NOUN_PHRASE,
    "verb": Grammar.VERB_PHRASE, "v": Grammar.VERB_PHRASE, "adjective": Grammar.ADJECTIVE,
    "adj": Grammar.ADJECTIVE, "名词": Grammar.NOUN_PHRASE, "动词": Grammar.VERB_PHRASE,
    "形容词": Grammar.ADJECTIVE,
}  # fmt: skip

TYPES = {
    "fullform": TermType.FULL_FORM, "entryterm": TermType.FULL_FORM, "shortform": TermType.SHORT_FORM,
    "acronym": TermType.ABBREVIATION, "abbreviation": TermType.ABBREVIATION,
    "initialism": TermType.ABBREVIATION, "abbreviatedform": TermType.ABBREVIATION,
    "variant": TermType.VARIANT, "synonym": TermType.VARIANT,
}  # fmt: skip


def describe(*texts: str | None) -> list[Description]:
    """Definitions or notes of our own for texts that do not say their language; none for an empty text."""
    return [Description(text, text_language(text)) for text in texts if text]


def split_cell(cell: str) -> list[str]:
    """The terms of a cell that lists more than one, as “a; b” or “甲；乙”."""
    return [part for part in (part.strip() for part in _SEVERAL.split(cell)) if part]


def slug(text: str) -> str:
    """An id made from English words: “new quality productive forces” → new-quality-productive-forces."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("+", " plus "))
    return hyphenate(words)


@dataclass
class GlossaryEntry:
    """One entry as a file gives it, before it is a concept."""

    terms: list[Term]
    subject: str | None = None
    definitions: list[Description] = field(default_factory=list)
    notes: list[Description] = field(default_factory=list)
    id: str | None = None
    external_ids: list[ExternalId] = field(default_factory=list)


@dataclass
class EntryCollector:
    """Entries that came in so far; those that share a Chinese term are one, unless the file has concepts."""

    has_concepts: bool = False
    entries: list[GlossaryEntry] = field(default_factory=list)
    _owner: dict[str, GlossaryEntry] = field(default_factory=dict)

    def add(self, entry: GlossaryEntry) -> None:
        if self.has_concepts:
            self.entries.append(entry)
            return
        keys = [term.text for term in entry.terms if term.language.is_chinese]
        known = next((self._owner[key] for key in keys if key in self._owner), None)
        if known is None or (known.subject and entry.subject and known.subject != entry.subject):
            self.entries.append(entry)
            known = entry
        else:
            _join(known, entry)
        for key in keys:
            self._owner.setdefault(key, known)

    def glossary(self, name: str | None = None) -> Glossary:
        """The concepts, each with an id of its own; at most one preferred term per language."""
        taken: set[str] = set()
        concepts = []
        for entry in self.entries:
            id = free_id(entry.id or _id_of(entry), taken)
            taken.add(id)
            terms = sort_terms(_one_preferred(_once(entry.terms)))
            concepts.append(
                Concept(
                    id,
                    terms,
                    entry.subject,
                    definitions=unique_facts(entry.definitions),
                    notes=unique_facts(entry.notes),
                    external_ids=unique_facts(entry.external_ids),
                )
            )
        return Glossary.of(concepts, name)


def _join(known: GlossaryEntry, entry: GlossaryEntry) -> None:
    known.terms.extend(entry.terms)
    known.subject = known.subject or entry.subject
    known.definitions.extend(entry.definitions)
    known.notes.extend(entry.notes)
    known.external_ids.extend(entry.external_ids)


def _id_of(entry: GlossaryEntry) -> str:
    english = [term for term in entry.terms if term.language is Language.EN]
    for term in sorted(english, key=lambda t: (t.type is TermType.ABBREVIATION, t.status.rank)):
        if made := slug(term.text):
            return made
    return "zh-" + sha256(entry.terms[0].text.encode("utf-8", "replace")).hexdigest()[:8]


def _once(terms: Iterable[Term]) -> list[Term]:
    """Each (language, text) once: the first one's, with the higher status of the two."""
    found: dict[tuple[Language, str], Term] = {}
    for term in terms:
        key = (term.language, term.text)
        before = found.get(key)
        if before is None:
            found[key] = term
        elif term.status.rank < before.status.rank:
            found[key] = replace(before, status=term.status)
    return list(found.values())


def _one_preferred(terms: Iterable[Term]) -> list[Term]:
    """The first preferred full form of each language stays so; the others become admitted."""
    seen: set[Language] = set()
    kept = []
    for term in terms:
        if term.status is Status.PREFERRED and term.type is TermType.FULL_FORM:
            if term.language in seen:
                term = replace(term, status=Status.ADMITTED)
            seen.add(term.language)
        kept.append(term)
    return kept
