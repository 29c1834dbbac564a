"""TMX 1.4, level 1: pairs of terms for translation memories, and aligned segments.

A concept gives one unit for each Chinese term with each rendering that may be written; superseded
and deprecated terms are never given out as translations. Properties keep the concept's id, subject
and the terms' statuses, so that our own file comes back. Another's memory is read for its short
units; sentences are counted, not taken for terms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from termbank.files.columns import language_of
from termbank.files.glossaries import GlossaryReading
from termbank.files.glossaries.pair_merge import EntryCollector, GlossaryEntry
from termbank.files.xml import NATIVE_CODES, Element, Records, escaped, quoted
from termbank.model.concept import Concept, Status, Term, TermType, sort_terms
from termbank.model.errors import Fault, UnreadableError
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.segment import SegmentPair

_TOOL = "termbank"
_SENTENCE = re.compile(r"[。！？；!?]|[.;](?:\s|$)|[，,]\s*\S+.*[，,]")
_LONGEST_CHINESE, _MOST_WORDS = 24, 10


def _header(kind: str, source_language: str) -> list[str]:
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        f' <header creationtool="{_TOOL}" creationtoolversion="1" segtype="{kind}" o-tmf="{_TOOL}"'
        f' adminlang="en" srclang={quoted(source_language)} datatype="plaintext"/>',
        " <body>",
    ]


def write(glossary: Glossary) -> bytes:
    """The glossary's terms in pairs, as phrases."""
    lines = _header("phrase", "*all*")
    for concept in glossary:
        lines += _concept_lines(concept)
    return "\n".join([*lines, " </body>", "</tmx>", ""]).encode("utf-8")


def write_segments(pairs: Iterable[SegmentPair], chinese: Language = Language.ZH_HANS) -> bytes:
    """Aligned segments as a memory, in their order; pairs without a counterpart are left out."""
    lines = _header("sentence", chinese.value)
    for pair in pairs:
        if escaped(pair.zh).strip() and escaped(pair.en).strip():
            prop = f'<prop type="x-confidence">{pair.confidence:.3f}</prop>' if pair.aligned else ""
            lines.append(f"  <tu>{prop}{_variant(chinese, pair.zh)}{_variant(Language.EN, pair.en)}</tu>")
    return "\n".join([*lines, " </body>", "</tmx>", ""]).encode("utf-8")


def _concept_lines(concept: Concept) -> Iterator[str]:
    rejected = (Status.SUPERSEDED, Status.DEPRECATED)
    usable = [term for term in concept.terms if term.status not in rejected and escaped(term.text)]
    chinese = [term for term in usable if term.language.is_chinese]
    english = [term for term in usable if not term.language.is_chinese]
    props = _prop("concept", concept.id) + (_prop("subject", concept.subject) if concept.subject else "")
    number = 0
    for zh in chinese:
        for en in english:
            number += 1
            sides = "".join(_variant(term.language, term.text, _term_props(term)) for term in (zh, en))
            yield f"  <tu tuid={quoted(f'{concept.id}.{number}')}>{props}{sides}</tu>"


def _prop(kind: str, value: str) -> str:
    return f'<prop type="x-{kind}">{escaped(value)}</prop>'


def _term_props(term: Term) -> str:
    type = "" if term.type is TermType.FULL_FORM else _prop("type", term.type.value)
    return _prop("status", term.status.value) + type


def _variant(language: Language, text: str, props: str = "") -> str:
    return f"<tuv xml:lang={quoted(language.value)}>{props}<seg>{escaped(text)}</seg></tuv>"


def read(data: bytes, name: str) -> GlossaryReading:
    """The terms of a memory: all of our own file's, the short units of another's."""
    records = Records(data, name, {"tu", "header"})
    ours: dict[str, GlossaryEntry] = {}
    collector = EntryCollector()
    faults: list[Fault] = []
    counts: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    is_ours = False
    for element in records:
        if element.name == "header":
            is_ours = element.get("creationtool") == _TOOL and element.get("segtype") == "phrase"
            continue
        counts["units"] += 1
        if is_ours and (id := _props(element).get("x-concept")):
            _add_ours(ours.setdefault(id, GlossaryEntry([], id=id)), element)
        else:
            _add_other(element, collector, counts, languages)
    if records.root is not None and records.root.name != "tmx":
        raise UnreadableError(
            f"this XML is not TMX: its outermost element is <{records.root.name}>.",
            file=name,
            remedy="Check that it is the right file, or give --format.",
        )
    remarks = list(records.remarks)
    if is_ours:
        concepts = [Concept(id, sort_terms(_once(entry.terms)), entry.subject) for id, entry in ours.items()]
        return GlossaryReading(Glossary.of(concepts), (), tuple(remarks))
    is_memory = counts["sentences"] * 2 > counts["units"]
    glossary = Glossary() if is_memory else collector.glossary()
    if not glossary.concepts:
        faults.append(Fault(_why_none(counts, languages), name, remedy=_remedy(counts)))
    else:
        remarks += _left_out(counts, name)
    return GlossaryReading(glossary, tuple(faults), tuple(remarks), refused=len(faults), settled=False)


def _props(element: Element) -> dict[str, str]:
    return {prop.get("type"): prop.text() for prop in element.children("prop")}


def _add_ours(entry: GlossaryEntry, unit: Element) -> None:
    entry.subject = _props(unit).get("x-subject")
    for variant in unit.children("tuv"):
        segment = variant.child("seg")
        seen = _props(variant)
        if segment is not None:
            status = Status(seen["x-status"]) if seen.get("x-status") in tuple(Status) else Status.PROPOSED
            type = TermType(seen["x-type"]) if seen.get("x-type") in tuple(TermType) else TermType.FULL_FORM
            language = language_of(segment.text(), variant.get("lang"))
            if language is not None and segment.text():
                entry.terms.append(Term(segment.text(), language, status, type))


def _once(terms: Iterable[Term]) -> list[Term]:
    return list({(term.language, term.text): term for term in terms}.values())


def _add_other(
    unit: Element, collector: EntryCollector, counts: Counter[str], languages: Counter[str]
) -> None:
    terms: list[Term] = []
    for variant in unit.children("tuv"):
        segment = variant.child("seg")
        text = " ".join(segment.text(NATIVE_CODES).split()) if segment is not None else ""
        languages[variant.get("lang") or "an unnamed language"] += 1
        language = language_of(text, variant.get("lang") or None)
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


def _why_none(counts: Counter[str], languages: Counter[str]) -> str:
    if not counts["units"]:
        return "it holds no units."
    if counts["sentences"]:
        return f"{counts['sentences']} of its {counts['units']} units are sentences: a translation memory, not terms."
    return (
        f"none of its units ({counts['units']}, in {', '.join(sorted(languages))}) has Chinese and English."
    )


def _remedy(counts: Counter[str]) -> str:
    if counts["sentences"]:
        return "Check it with `termbank check`."
    return "Give a memory with Chinese and English."


def _left_out(counts: Counter[str], name: str) -> Iterator[str]:
    if counts["sentences"]:
        yield f"{name}: sentences, not terms, left out ({counts['sentences']})."
    if counts["other"]:
        yield f"{name}: units without Chinese and English left out ({counts['other']})."
