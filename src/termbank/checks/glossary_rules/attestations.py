"""Rules on attestations, periods, and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from termbank.checks.glossary_rules.rule_input import RuleInput
from termbank.model.concept import Attestation, Concept, Status, Term
from termbank.model.date import surely_before
from termbank.model.glossary_finding import GlossaryFinding
from termbank.model.language import Language
from termbank.model.message import message
from termbank.model.reliability import AUTHORITIES

_LATE_USES = 2
"""So many documents of authority that still use a superseded rendering after its end contradict that end."""


def find_periods_of_one_date(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find periods that begin and end on one date: a single sighting, and no period."""
    for concept, term in _terms(given):
        if term.since is not None and term.since == term.until:
            yield GlossaryFinding(
                "period-of-one-date",
                concept.id,
                message("“{term}” begins and ends in {date}.", term=term.text, date=term.since),
                message("Remove the date that only says when it was seen."),
            )


def find_attested_outside_period(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find periods that the term's own documents of authority contradict.

    One that still uses a superseded rendering is a straggler; two say that the end is wrong.
    """
    for concept, term in _terms(given):
        early = [
            use for use in _authorities(term) if term.since and surely_before(use.date or "9", term.since)
        ]
        late = [
            use for use in _authorities(term) if term.until and surely_before(term.until, use.date or "0")
        ]
        if len({use.source.id for use in late}) < (_LATE_USES if term.status is Status.SUPERSEDED else 1):
            late = []
        if early or late:
            use = min(early, key=_date) if early else max(late, key=_date)
            yield GlossaryFinding(
                "attested-outside-period",
                concept.id,
                message(
                    "“{term}” is attested in {date} ({source}), outside its period ({since} to {until}).",
                    term=term.text,
                    date=use.date,
                    source=use.source.id,
                    since=term.since or "…",
                    until=term.until or "…",
                ),
                message("Correct the period, or the attestation."),
            )


def _authorities(term: Term) -> list[Attestation]:
    return [use for use in term.attestations if use.date and use.source.kind in AUTHORITIES]


def _date(use: Attestation) -> str:
    return use.date or ""


def find_preferred_without_evidence(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find preferred renderings whose evidence does not allow it and that nobody set by hand."""
    if not given.keeps_evidence:
        return
    for concept, term in _terms(given):
        if term.language is not Language.EN or term.status is not Status.PREFERRED or term.by_hand:
            continue
        allowed = given.allowed_status(term)
        if allowed is not Status.PREFERRED:
            yield GlossaryFinding(
                "preferred-without-evidence",
                concept.id,
                message(
                    "“{term}” is preferred; its evidence allows {status}.",
                    term=term.text,
                    status=allowed.value,
                ),
                message("Add the document, lower the status, or say by_hand = true."),
            )


def find_sources_cited_twice(given: RuleInput) -> Iterator[GlossaryFinding]:
    """Find sources that a term cites more than once without saying where in their text."""
    for concept, term in _terms(given):
        cited = Counter(use.source.id for use in term.attestations if use.span is None)
        for source, count in sorted(cited.items()):
            if count > 1:
                yield GlossaryFinding(
                    "source-cited-twice",
                    concept.id,
                    message(
                        "“{term}” cites {source} {count} times.", term=term.text, source=source, count=count
                    ),
                    message("Keep one attestation for each document."),
                )


def _terms(given: RuleInput) -> Iterator[tuple[Concept, Term]]:
    return ((concept, term) for concept in given.glossary for term in concept.terms)
