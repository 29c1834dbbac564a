"""TBX: ISO 30042:2019, written as TBX-Basic in DCA style, read in every known flavour.

v3 (DCA and DCT), v2 (martif), TBX-Min of 2013 and vendors' own names of statuses are read. A file of termbank's own
comes back with its ids; concepts of another get ids from their English. Remarks name what was not read. `proposed` is
written as no status.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import quote

from termbank.files.columns import language_of, plain_word
from termbank.files.glossaries.format import GlossaryReading
from termbank.files.glossaries.pair_merge import (
    GRAMMARS,
    STATUSES,
    TYPES,
    EntryCollector,
    GlossaryEntry,
    slug,
)
from termbank.files.remarks import remark_on
from termbank.files.xml import NATIVE_CODES, Element, Records, escape, quote_attribute, without_illegal
from termbank.model.concept import (
    Attestation,
    Concept,
    Grammar,
    Status,
    Term,
    TermType,
    sort_terms,
    unique_facts,
)
from termbank.model.concept_facts import ContextPair, Description, ExternalId, Relation, RelationType
from termbank.model.document import Source
from termbank.model.errors import Fault, UnreadableError
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.message import Message, message
from termbank.model.upgrades import text_language

_OURS = "Exported by termbank"
_ROOTS = frozenset(("tbx", "martif", "TBX"))
_ENTRIES = ("conceptEntry", "termEntry", "entry")
_LANGUAGES = ("langSec", "langSet", "langGroup")
_TERMS = ("termSec", "tig", "ntig", "termGroup")
_CLASSIFIED = frozenset(
    ("termNote", "descrip", "admin", "transac", "ref", "xref", "descripNote", "adminNote")
)
_GROUPS = frozenset(("descripGrp", "adminGrp", "termNoteGrp", "termGrp", "transacGrp", "noteGrp"))

_STATUS_WORDS = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.SUPERSEDED: "supersededTerm-admn-sts",
    Status.DEPRECATED: "deprecatedTerm-admn-sts",
}
_TYPE_WORDS = {
    TermType.FULL_FORM: "fullForm",
    TermType.SHORT_FORM: "shortForm",
    TermType.ABBREVIATION: "abbreviation",
    TermType.VARIANT: "variant",
}
_GRAMMAR_WORDS = {
    Grammar.NOUN_PHRASE: "noun",
    Grammar.VERB_PHRASE: "verb",
    Grammar.ADJECTIVE: "adjective",
    Grammar.CLAUSE: "other",
}


_PAGES = {
    "wikidata": "https://www.wikidata.org/wiki/{id}",
    "iate": "https://iate.europa.eu/entry/result/{id}",
}
"""Where the page of an external id is, by the base that it comes from."""


def write(glossary: Glossary) -> bytes:
    """TBX-Basic; the sources of attestations become source lines."""
    title = glossary.title or glossary.name or "termbank"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">',
        f" <tbxHeader><fileDesc><titleStmt><title>{escape(title)}</title></titleStmt>"
        f"<sourceDesc><p>{_OURS}</p></sourceDesc></fileDesc></tbxHeader>",
        " <text><body>",
    ]
    inside = glossary.by_id.keys()
    for concept in glossary:
        if any(escape(term.text) for term in concept.terms):
            lines += _entry_lines(concept, inside)
    lines += [" </body></text>", "</tbx>", ""]
    return "\n".join(lines).encode("utf-8")


def _entry_lines(concept: Concept, inside: object) -> Iterator[str]:
    yield f"  <conceptEntry id={quote_attribute(_xml_id(concept.id))}>"
    if concept.subject and escape(concept.subject):
        yield f'   <descrip type="subjectField">{escape(concept.subject)}</descrip>'
    for one in concept.definitions:
        if escape(one.text):
            yield f"   {_cited_line('definition', one.text, one.source, one.language.value)}"
    for id in concept.related:
        if id in inside:  # type: ignore[operator]
            yield f'   <ref type="crossReference" target={quote_attribute(_xml_id(id))}>{escape(id)}</ref>'
    for external in concept.external_ids:
        if escape(external.id):
            target = quote_attribute(_uri(external))
            content = escape(f"{external.system}: {external.id}")
            yield f'   <xref type="externalCrossReference" target={target}>{content}</xref>'
    for note in concept.notes:
        if escape(note.text):
            yield f"   <note xml:lang={quote_attribute(note.language.value)}>{escape(note.text)}</note>"
    contexts = _contexts_by_term(concept)
    for language in Language:
        terms = [term for term in concept.in_language(language) if escape(term.text)]
        if terms:
            yield f"   <langSec xml:lang={quote_attribute(language.value)}>"
            for term in terms:
                yield from _term_lines(term, contexts.get((term.language, term.text), ()))
            yield "   </langSec>"
    yield "  </conceptEntry>"


def _cited_line(kind: str, text: str, source: Source | None, language: str | None = None) -> str:
    """A description with its source, which stands beside it in a group."""
    tag = f" xml:lang={quote_attribute(language)}" if language else ""
    line = f'<descrip type="{kind}"{tag}>{escape(text)}</descrip>'
    if source is None:
        return line
    return f'<descripGrp>{line}<admin type="source">{escape(source.title)}</admin></descripGrp>'


def _uri(external: ExternalId) -> str:
    """The address of an external id: the page where the base is known, a name of our own otherwise."""
    pattern = _PAGES.get(external.system, "https://termbank.invalid/{system}/{id}")
    return pattern.format(system=external.system, id=quote(without_illegal(external.id), safe=""))


def _contexts_by_term(concept: Concept) -> dict[tuple[Language, str], list[ContextPair]]:
    """For each context, under the first Chinese and the first English term that stand in it."""
    found: dict[tuple[Language, str], list[ContextPair]] = {}
    for context in concept.contexts:
        for terms, text in ((concept.chinese, context.zh), (concept.english, context.en.lower())):
            for term in terms:
                if (term.text if term.language.is_chinese else term.text.lower()) in text:
                    found.setdefault((term.language, term.text), []).append(context)
                    break
    return found


def _term_lines(term: Term, contexts: Iterable[ContextPair]) -> Iterator[str]:
    yield f"    <termSec><term>{escape(term.text)}</term>"
    yield f'     <termNote type="partOfSpeech">{_GRAMMAR_WORDS[term.grammar]}</termNote>'
    yield f'     <termNote type="termType">{_TYPE_WORDS[term.type]}</termNote>'
    if term.general_status in _STATUS_WORDS:
        yield f'     <termNote type="administrativeStatus">{_STATUS_WORDS[term.general_status]}</termNote>'
    for context in contexts:
        text = context.zh if term.language.is_chinese else context.en
        if escape(text):
            yield f"     {_cited_line('context', text, context.source)}"
    for line in dict.fromkeys(_source_line(attestation) for attestation in term.attestations):
        yield f'     <admin type="source">{escape(line)}</admin>'
    if term.note and escape(term.note):
        yield f"     <note>{escape(term.note)}</note>"
    yield "    </termSec>"


def _source_line(attestation: Attestation) -> str:
    source = attestation.source
    where = [source.publisher_name, *([attestation.date] if attestation.date else [])]
    return f"{source.title} ({', '.join(where)})"


def _xml_id(id: str) -> str:
    """An id as XML allows it: never beginning with a digit."""
    return f"c-{id}"


@dataclass
class _TbxReport:
    """What is known beside the terms while a file is read."""

    ours: bool = False
    languages: Counter[str] = field(default_factory=Counter)
    ignored: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    entries: int = 0


def read(data: bytes, name: str) -> GlossaryReading:
    """The concepts of a TBX file of any flavour."""
    records = Records(data, name, {*_ENTRIES, "tbxHeader", "martifHeader", "header"})
    collector = EntryCollector(has_concepts=True)
    concepts: list[Concept] = []
    report = _TbxReport()
    for element in records:
        if element.name not in _ENTRIES:
            report.ours |= _OURS in element.text()
            continue
        report.entries += 1
        if report.ours:
            concepts.append(_our_concept(element, report))
        else:
            _add_entry(element, collector, report, records)
    if records.root is not None and records.root.name not in _ROOTS:
        raise UnreadableError(
            message("this XML is not TBX: its outermost element is <{name}>.", name=records.root.name),
            file=name,
            remedy=message("Check that it is the right file, or give --format."),
        )
    glossary = Glossary.of(concepts) if report.ours else collector.glossary()
    return GlossaryReading(
        glossary,
        *_account(glossary, report, name, records),
        refused=len(report.faults),
        has_own_ids=report.ours,
    )


def _account(
    glossary: Glossary, report: _TbxReport, name: str, records: Records
) -> tuple[tuple[Fault, ...], tuple[str, ...]]:
    """Faults and remarks; a file without Chinese is one fault, not one for each entry."""
    remarks = list(records.remarks)
    if not report.entries:
        fault = Fault(message("it holds no entries."), name, remedy=message("Export it again."))
        return (fault,), tuple(remarks)
    if not glossary.concepts and report.faults:
        fault = Fault(
            message(
                "none of its entries ({count}, in {languages}) has a Chinese and an English term.",
                count=report.entries,
                languages=", ".join(sorted(report.languages)),
            )
            if report.languages
            else message("its entries hold no terms."),
            name,
            remedy=message("Give a termbase with Chinese and English."),
        )
        return (fault,), tuple(remarks)
    others = {tag: count for tag, count in report.languages.items() if language_of("", tag) is None}
    if others:
        shown = ", ".join(f"{tag} ({count})" for tag, count in sorted(others.items()))
        remarks.append(
            remark_on(name, message("Ignored terms in other languages: {languages}.", languages=shown))
        )
    if report.unknown:
        shown = ", ".join(f"“{word}” ({count})" for word, count in report.unknown.most_common())
        remarks.append(remark_on(name, message("Unknown statuses, read as proposed: {names}.", names=shown)))
    if report.ignored:
        names = ", ".join(sorted(report.ignored))
        remarks.append(remark_on(name, message("Ignored data categories: {names}.", names=names)))
    return tuple(report.faults), tuple(remarks)


def _data(element: Element) -> Iterator[tuple[str, Element]]:
    """(data category, element) of the direct content of an element, groups opened, in DCA and DCT style."""
    for child in element.children():
        if child.name in _GROUPS:
            yield from _data(child)
        elif child.name in _CLASSIFIED:
            yield child.get("type"), child
        else:
            yield child.name, child


def _text(element: Element | None) -> str:
    """The text on one line, for files that were indented."""
    return "" if element is None else " ".join(element.text(NATIVE_CODES).split())


def _our_concept(entry: Element, report: _TbxReport) -> Concept:
    values = dict(_data(entry))
    related = (
        item.get("target").removeprefix("c-") for kind, item in _data(entry) if kind == "crossReference"
    )
    terms = []
    for section in entry.children("langSec"):
        language = Language(section.get("lang"))
        for each in section.children("termSec"):
            found = {kind: item.text() for kind, item in _data(each)}
            grammar = GRAMMARS.get(found.get("partOfSpeech", ""), Grammar.CLAUSE)
            status = STATUSES.get(found.get("administrativeStatus", "").lower(), Status.PROPOSED)
            type = TYPES.get(found.get("termType", "").lower(), TermType.FULL_FORM)
            note = found.get("note")
            terms.append(Term(found["term"], language, status, type, grammar, note=note))
    report.languages.update(term.language.value for term in terms)

    def value(kind: str) -> str | None:
        return values[kind].text() if kind in values else None

    return Concept(
        entry.get("id").removeprefix("c-"),
        sort_terms(terms),
        value("subjectField"),
        definitions=unique_facts(_descriptions(entry, "definition")),
        notes=unique_facts(_descriptions(entry, "note")),
        relations=unique_facts(Relation(RelationType.RELATED, id) for id in related),
        external_ids=unique_facts(_external_ids(entry)),
    )


def _descriptions(entry: Element, wanted: str) -> Iterator[Description]:
    """The definitions or notes of an entry of our own, as they were written."""
    for kind, item in _data(entry):
        text = item.text()
        if kind == wanted and text:
            tag = item.get("lang")
            yield Description(text, Language(tag) if tag in tuple(Language) else text_language(text))


def _external_ids(entry: Element) -> Iterator[ExternalId]:
    for kind, item in _data(entry):
        system, colon, id = item.text().partition(": ")
        if kind == "externalCrossReference" and colon:
            yield ExternalId(system, id)


def _add_entry(entry: Element, collector: EntryCollector, report: _TbxReport, records: Records) -> None:
    made = GlossaryEntry([])
    for kind, item in _data(entry):
        if kind in ("subjectField", "domain"):
            made.subject = made.subject or _text(item) or None
        elif kind == "definition":
            made.definitions += _describe(item)
        elif kind in ("note", "noteValue"):
            made.notes += _describe(item)
        elif item.name not in _LANGUAGES and kind:
            report.ignored[kind] += 1
    for section in entry.children(*_LANGUAGES):
        _add_language(section, made, report)
    sides = {term.language.is_chinese for term in made.terms}
    if len(sides) == 2:
        collector.add(made)
    else:
        fault = _missing_language(entry.get("id"), sides)
        report.faults.append(
            Fault(fault, records.name, records.line(entry), remedy=message("Add one, or leave it."))
        )


def _describe(item: Element, tag: str = "") -> list[Description]:
    """A definition or note of another tool's; its language is the one given, or the one it looks like."""
    text = _text(item)
    language = language_of(text, item.get("lang") or tag or None) if text else None
    return [Description(text, language or text_language(text))] if text else []


def _missing_language(id: str, sides: set[bool]) -> Message:
    """What an entry lacks whose terms are Chinese (True), English (False) or neither."""
    if not sides:
        what = message("no Chinese and no English term")
    else:
        what = message("no English term") if True in sides else message("no Chinese term")
    if id:
        return message("the entry “{id}” has {what}.", id=id, what=what)
    return message("the entry has {what}.", what=what)


def _add_language(section: Element, made: GlossaryEntry, report: _TbxReport) -> None:
    tag = section.get("lang")
    for kind, item in _data(section):
        if kind == "definition":
            made.definitions += _describe(item, tag)
    for each in section.children(*_TERMS):
        words = next((inner for inner in each.descendants() if inner.name == "term"), None)
        text = _text(words)
        report.languages[tag or "an unnamed language"] += 1
        language = language_of(text, tag or None)
        if text and language is not None:
            made.terms.append(_term(each, text, language, report))


def _term(section: Element, text: str, language: Language, report: _TbxReport) -> Term:
    status, type, grammar = None, TermType.FULL_FORM, Grammar.NOUN_PHRASE
    notes: list[str] = []
    attestations: list[Attestation] = []
    for kind, item in _data(section):
        value = _text(item)
        word = plain_word(value)
        if kind in ("administrativeStatus", "usageStatus", "termStatus", "normativeAuthorization", "status"):
            if word and word not in STATUSES:
                report.unknown[value] += 1
            if status is None or kind != "normativeAuthorization":
                status = STATUSES.get(word, status)
        elif kind == "termType":
            type = TYPES.get(word, TermType.FULL_FORM)
        elif kind == "partOfSpeech":
            grammar = GRAMMARS.get(word, Grammar.NOUN_PHRASE)
        elif plain_word(kind) in ("note", "notevalue", "usagenote"):
            notes.append(value)
        elif kind == "source" and value:
            attestations.append(Attestation(_source(value)))
        elif kind not in ("term", "") and item.name != "note":
            report.ignored[kind] += 1
    once = {attestation.identity: attestation for attestation in attestations}
    return Term(
        text, language, status or Status.PROPOSED, type, grammar,
        note="\n".join(note for note in notes if note) or None, attestations=tuple(once.values()),
    )  # fmt: skip


def _source(title: str) -> Source:
    """A source known by its title alone, under an id that no other source has."""
    mark = sha256(title.encode("utf-8", "replace")).hexdigest()[:8]
    return Source(f"import-{slug(title[:40]) or 'source'}-{mark}", title)
