"""TMX as a glossary: pairs of terms for translation memories.

A concept gives one unit for each Chinese term with each rendering that may be written; superseded and deprecated terms
are never given out as translations. Properties keep the concept's id, subject and the terms' statuses, so that a file
of termbank's own comes back. Of another tool's memory the short units are read as terms; sentences are counted only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from termbank.files.columns import language_of
from termbank.files.glossaries.format import GlossaryReading
from termbank.files.glossaries.pair_merge import EntryCollector, GlossaryEntry
from termbank.files.tmx import TmxReader, TmxUnit, file_of_units, properties, property_tag, variant_tag
from termbank.files.xml import NATIVE_CODES, escape, quote_attribute
from termbank.model.concept import Concept, Status, Term, TermType, sort_terms
from termbank.model.errors import Fault
from termbank.model.glossary import Glossary
from termbank.model.message import Message, message, plural

_SENTENCE = re.compile(r"[。！？；!?]|[.;](?:\s|$)|[，,]\s*\S+.*[，,]")
_LONGEST_CHINESE, _MOST_WORDS = 24, 10
"""A longer text is a sentence, not a term: Chinese in characters, English in words."""


def write(glossary: Glossary) -> bytes:
    """The glossary's terms in pairs, as phrases."""
    return file_of_units(
        (unit for concept in glossary for unit in _concept_units(concept)), "phrase", "*all*"
    )


def _concept_units(concept: Concept) -> Iterator[str]:
    rejected = (Status.SUPERSEDED, Status.DEPRECATED)
    usable = [term for term in concept.terms if term.status not in rejected and escape(term.text)]
    chinese = [term for term in usable if term.language.is_chinese]
    english = [term for term in usable if not term.language.is_chinese]
    props = property_tag("concept", concept.id)
    props += property_tag("subject", concept.subject) if concept.subject else ""
    number = 0
    for zh in chinese:
        for en in english:
            number += 1
            sides = "".join(variant_tag(term.language, term.text, _term_props(term)) for term in (zh, en))
            yield f"<tu tuid={quote_attribute(f'{concept.id}.{number}')}>{props}{sides}</tu>"


def _term_props(term: Term) -> str:
    type = "" if term.type is TermType.FULL_FORM else property_tag("type", term.type.value)
    return property_tag("status", term.general_status.value) + type


def read(data: bytes, name: str) -> GlossaryReading:
    """The terms of a memory: all of a file of termbank's own, the short units of another's."""
    reader = TmxReader.of_data(data, name)
    own: dict[str, GlossaryEntry] = {}
    collector = EntryCollector()
    counts: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for unit in reader:
        counts["units"] += 1
        if reader.segment_type == "phrase" and (id := properties(unit.element).get("x-concept")):
            _add_own(own.setdefault(id, GlossaryEntry([], id=id)), unit)
        else:
            _add_foreign(unit, collector, counts, languages)
    remarks = list(reader.records.remarks)
    if reader.segment_type == "phrase":
        concepts = [Concept(id, sort_terms(_unique(entry.terms)), entry.subject) for id, entry in own.items()]
        return GlossaryReading(Glossary.of(concepts), (), tuple(remarks))
    is_memory = counts["sentences"] * 2 > counts["units"]
    glossary = Glossary() if is_memory else collector.glossary()
    faults: list[Fault] = []
    if not glossary.concepts:
        faults.append(Fault(_why_none(counts, languages), name, remedy=_remedy(counts)))
    else:
        remarks += _remarks_on_rest(counts, name)
    return GlossaryReading(glossary, tuple(faults), tuple(remarks), refused=len(faults), has_own_ids=False)


def _add_own(entry: GlossaryEntry, unit: TmxUnit) -> None:
    entry.subject = properties(unit.element).get("x-subject")
    for variant in unit.variants:
        values = properties(variant.element)
        text = variant.segment.text() if variant.segment is not None else ""
        language = language_of(text, variant.tag or "")
        if text and language is not None:
            status, type = values.get("x-status"), values.get("x-type")
            entry.terms.append(
                Term(
                    text,
                    language,
                    Status(status) if status in tuple(Status) else Status.PROPOSED,
                    TermType(type) if type in tuple(TermType) else TermType.FULL_FORM,
                )
            )


def _unique(terms: Iterable[Term]) -> list[Term]:
    return list({(term.language, term.text): term for term in terms}.values())


def _add_foreign(
    unit: TmxUnit, collector: EntryCollector, counts: Counter[str], languages: Counter[str]
) -> None:
    terms: list[Term] = []
    for variant in unit.variants:
        text = " ".join(variant.segment.text(NATIVE_CODES).split()) if variant.segment is not None else ""
        languages[variant.tag or "an unnamed language"] += 1
        language = language_of(text, variant.tag)
        if text and language is not None:
            terms.append(Term(text, language))
    if {term.language.is_chinese for term in terms} != {True, False}:
        counts["other"] += 1
    elif any(_is_sentence(term) for term in terms):
        counts["sentences"] += 1
    else:
        english = next(term for term in terms if not term.language.is_chinese)
        collector.add(GlossaryEntry([*(term for term in terms if term.language.is_chinese), english]))


def _is_sentence(term: Term) -> bool:
    if _SENTENCE.search(term.text):
        return True
    if term.language.is_chinese:
        return len(term.text) > _LONGEST_CHINESE
    return len(term.text.split()) > _MOST_WORDS


def _why_none(counts: Counter[str], languages: Counter[str]) -> Message:
    if not counts["units"]:
        return message("it holds no units.")
    if counts["sentences"]:
        return message(
            "{sentences} of its {units} units are sentences: this is a translation memory, not a glossary.",
            sentences=counts["sentences"],
            units=counts["units"],
        )
    return message(
        "none of its units ({units}, in {languages}) has Chinese and English.",
        units=counts["units"],
        languages=", ".join(sorted(languages)),
    )


def _remedy(counts: Counter[str]) -> Message:
    if counts["sentences"]:
        return message("Check it with `termbank check`.")
    return message("Give a memory with Chinese and English.")


def _remarks_on_rest(counts: Counter[str], name: str) -> Iterator[Message]:
    if counts["sentences"]:
        yield plural(
            "{file}: {count} sentence left out.",
            "{file}: {count} sentences left out.",
            counts["sentences"],
            file=name,
        )
    if counts["other"]:
        yield plural(
            "{file}: {count} unit without Chinese and English left out.",
            "{file}: {count} units without Chinese and English left out.",
            counts["other"],
            file=name,
        )
