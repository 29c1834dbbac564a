"""Terms and their attestations as records, and back."""

from __future__ import annotations

from collections.abc import Mapping

from termbank.model.concept import Attestation, Grammar, MatchFlag, Status, Term, TermType
from termbank.model.concept_facts import PairReference, Profile, TermForm
from termbank.model.document import Source
from termbank.model.message import message
from termbank.model.records.field_readers import (
    Complain,
    Fields,
    read_choice,
    read_cited,
    read_date,
    read_flag,
    read_hash,
    read_language,
    read_tables,
    read_text,
    read_texts,
)
from termbank.model.records.shape import Record, without_empty
from termbank.model.span import Span

_RARE_IN_TERM = frozenset({"by_hand", "abbreviation_of", "form", "profiles", "fixed_by"})
_LESS_COMMON = _RARE_IN_TERM | {"type", "grammar", "since", "until", "note", "match", "never_inside"}
_RARE_IN_ATTESTATION = frozenset({"inferred", "start", "end", "text", "pair"})
"""Most records have none of these fields, so they are looked for all at once."""


def attestation_record(attestation: Attestation) -> Record:
    own = attestation.own_date if attestation.own_date != attestation.source.date else None
    record = without_empty(
        ("source", attestation.source.id),
        ("date", own),
        ("alongside", attestation.alongside),
        ("copy", attestation.copied),
        ("inferred", attestation.inferred),
        ("quote", attestation.quotation),
    )
    if attestation.span is not None:
        record |= {"start": attestation.span.start, "end": attestation.span.end}
    if attestation.text_hash is not None:
        record["text"] = attestation.text_hash
    if attestation.pair is not None:
        record["pair"] = list(attestation.pair)
    return record


def term_record(term: Term) -> Record:
    record: Record = {"language": term.language.value}
    if term.text:
        record["text"] = term.text
    record["status"] = term.status.value
    if term.by_hand:
        record["by_hand"] = True
    if term.type is not TermType.FULL_FORM:
        record["type"] = term.type.value
    if term.abbreviation_of:
        record["abbreviation_of"] = term.abbreviation_of
    if term.form:
        record["form"] = term.form.value
    if term.grammar is not Grammar.NOUN_PHRASE:
        record["grammar"] = term.grammar.value
    if term.profiles:
        record["profiles"] = [profile.value for profile in Profile if profile in term.profiles]
    if term.since or term.until or term.fixed_by or term.note or term.flags or term.never_inside:
        record |= _rare_term_fields(term)
    if term.attestations:
        attestations = term.attestations
        if len(attestations) > 1:
            attestations = tuple(sorted(attestations, key=lambda a: a.sort_key))
        record["attestations"] = list(map(attestation_record, attestations))
    return record


def _rare_term_fields(term: Term) -> Record:
    return without_empty(
        ("since", term.since),
        ("until", term.until),
        ("fixed_by", term.fixed_by.id if term.fixed_by else None),
        ("note", term.note),
        ("match", sorted(flag.value for flag in term.flags)),
        ("never_inside", list(term.never_inside)),
    )


def read_attestation(record: Fields, sources: Mapping[str, Source], complain: Complain) -> Attestation | None:
    source = read_cited(record, "source", sources, complain, needed=True)
    if source is None:
        return None
    own = read_date(record, "date", complain) if "date" in record else None
    alongside = "alongside" in record and read_flag(record, "alongside", complain)
    attestation = Attestation(
        source,
        own if own != source.date else None,
        alongside,
        "copy" in record and read_flag(record, "copy", complain),
        read_text(record, "quote", complain) if "quote" in record else None,
    )
    if _RARE_IN_ATTESTATION.isdisjoint(record):
        return attestation
    inferred = read_flag(record, "inferred", complain)
    if inferred and alongside:
        complain(message("“inferred” and “alongside” cannot both be true. Leave one of them out."))
    return Attestation(
        source,
        attestation.own_date,
        alongside,
        attestation.copied,
        attestation.quotation,
        _read_span(record, complain),
        inferred,
        read_hash(record.get("text"), "text", complain),
        _read_pair(record, complain),
    )


def _read_span(record: Fields, complain: Complain) -> Span | None:
    start, end = record.get("start"), record.get("end")
    if start is None and end is None:
        return None
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
        return Span(start, end)
    complain(
        message(
            "“start” and “end” must be whole numbers with start < end, not {start!r}, {end!r}.",
            start=start,
            end=end,
        )
    )
    return None


def _read_pair(record: Fields, complain: Complain) -> PairReference | None:
    value = record.get("pair")
    if value is None:
        return None
    if isinstance(value, list | tuple) and len(value) == 2:
        alignment, number = value
        if isinstance(number, int) and not isinstance(number, bool) and number >= 0:
            found = read_hash(alignment, "pair", complain)
            return PairReference(found, number) if found else None
    complain(
        message("“pair” must be [SHA-256 of the alignment, number of the pair], not {value!r}.", value=value)
    )
    return None


def _read_flags(record: Fields, complain: Complain) -> frozenset[MatchFlag]:
    words = read_texts(record, "match", complain)
    return frozenset(read_choice(MatchFlag, word, "match flag", MatchFlag.EXACT, complain) for word in words)


def read_term(record: Fields, sources: Mapping[str, Source], complain: Complain) -> Term | None:
    text = read_text(record, "text", complain, needed=True)
    language = read_language(record, text or "", complain)
    if text is None or language is None:
        return None

    def about(fault: str) -> None:
        complain(message("“{text}”: {fault}", text=text, fault=fault))

    found = _read_attestations(record, sources, about) if "attestations" in record else ()
    status = read_choice(Status, read_text(record, "status", about), "status", Status.PROPOSED, about)
    if _LESS_COMMON.isdisjoint(record):
        return Term(text, language, status, attestations=found)
    plain = (
        text,
        language,
        status,
        read_choice(TermType, read_text(record, "type", about), "term type", TermType.FULL_FORM, about),
        read_choice(Grammar, read_text(record, "grammar", about), "grammar", Grammar.NOUN_PHRASE, about),
        read_date(record, "since", about),
        read_date(record, "until", about),
        read_text(record, "note", about),
        _read_flags(record, about),
        read_texts(record, "never_inside", about),
        found,
    )
    if _RARE_IN_TERM.isdisjoint(record):
        return Term(*plain)
    return Term(
        *plain,
        read_text(record, "abbreviation_of", about),
        _read_form(record, language.is_chinese, about),
        read_flag(record, "by_hand", about),
        frozenset(
            read_choice(Profile, word, "profile", Profile.NEUTRAL, about)
            for word in read_texts(record, "profiles", about)
        ),
        read_cited(record, "fixed_by", sources, about),
    )


def _read_attestations(
    record: Fields, sources: Mapping[str, Source], complain: Complain
) -> tuple[Attestation, ...]:
    """Each attestation once, in the fixed order."""
    items = read_tables(record, "attestations", complain)
    read = (read_attestation(item, sources, complain) for item in items)
    kept = {a.identity: a for a in read if a is not None}
    return tuple(sorted(kept.values(), key=lambda a: a.sort_key) if len(kept) > 1 else kept.values())


def _read_form(record: Fields, is_chinese: bool, complain: Complain) -> TermForm | None:
    word = read_text(record, "form", complain)
    if word is None:
        return None
    if not is_chinese:
        complain(message("“form” is for Chinese terms. Leave it out."))
    return read_choice(TermForm, word, "form", TermForm.ATTESTED, complain)
