"""Renderings over time: for each concept, who used which rendering, how often and when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from termbank.model.concept import Attestation, Concept
from termbank.model.document import PublisherKind
from termbank.model.errors import NotFoundError, TermbankError
from termbank.model.labels import label_message
from termbank.model.message import message
from termbank.model.variant_changes import VariantChanges
from termbank.model.variants import ConceptVariants, Variants
from termbank.reports import write
from termbank.services.history import require_date
from termbank.services.lookup import look_up
from termbank.store.bank import Bank
from termbank.store.history import decisions
from termbank.surveying.usage import AttestationFilter, usage
from termbank.text.normalize import fold

CLOSE = 0.6
"""The least score at which a looked-up concept is what was asked for."""

LONGEST_QUERY = 60
"""The most characters of a query that are repeated in an error."""


def variants(
    bank: Bank,
    query: str | None = None,
    *,
    as_of: str | None = None,
    by: str | None = None,
    kind: str | None = None,
) -> Variants:
    """The renderings of the concepts asked for; without a query, of every concept with two or more.

    `by` is a publisher's name, part of it or an alias; `kind` a kind of publisher. Raises NotFoundError for
    an unknown concept or publisher, TermbankError for a date or kind that is not valid.
    """
    if as_of is not None:
        require_date(as_of)
    wanted = attestation_filter(bank, by, kind)
    found = [usage(concept, wanted, as_of) for concept in concepts_asked(bank, query)]
    if by is not None or kind is not None:
        found = [only_used(one) for one in found]
    if query is None:
        found = [one for one in found if sum(r.count > 0 for r in one.renderings) > 1]
    else:
        found = [replace(one, decisions=decisions(bank, one.concept)) for one in found]
    return Variants(tuple(found), describe_filters(by, kind))


def attestation_filter(bank: Bank, by: str | None, kind: str | None) -> AttestationFilter:
    """Whether a use is by a publisher of this name and of this kind; None leaves either open."""
    kinds = _kinds(kind)
    names = _publishers(bank, by)

    def wanted(use: Attestation) -> bool:
        if kinds and use.source.kind not in kinds:
            return False
        publisher = use.source.publisher
        return names is None or (publisher is not None and publisher.id in names)

    return wanted


def only_used(one: ConceptVariants) -> ConceptVariants:
    """Remove the renderings without a counted use."""
    return replace(one, renderings=tuple(r for r in one.renderings if r.count))


def concepts_asked(bank: Bank, query: str | None) -> list[Concept]:
    """The concepts that a query means, all without one; NotFoundError where there is none."""
    if query is None:
        return list(bank.glossary())
    hits = look_up(bank, query, 5)
    best = hits[0].score if hits else 0.0
    concepts = [hit.concept for hit in hits if hit.score >= max(best - 1e-9, CLOSE)]
    if not concepts:
        shown = query if len(query) <= LONGEST_QUERY else query[:LONGEST_QUERY] + "…"
        raise NotFoundError(
            message("there is no concept “{query}” in the bank.", query=shown),
            remedy=message("Try `termbank lookup`."),
        )
    return concepts


def _kinds(kind: str | None) -> tuple[PublisherKind, ...]:
    if kind is None:
        return ()
    wanted = kind.strip().lower().replace("_", " ").replace("-", " ")
    for known in PublisherKind:
        if known.value.replace("-", " ") == wanted:
            return (known,)
    raise TermbankError(
        message("there is no kind of publisher “{kind}”.", kind=kind),
        remedy=message("Use one of: {kinds}.", kinds=", ".join(PublisherKind)),
    )


def _publishers(bank: Bank, by: str | None) -> frozenset[str] | None:
    if by is None:
        return None
    wanted = fold(by).strip()
    exact, part = set(), set()
    for publisher in bank.publishers().values():
        names = [fold(name) for name in (publisher.id, publisher.name, *publisher.aliases)]
        if wanted in names:
            exact.add(publisher.id)
        elif any(wanted in name for name in names):
            part.add(publisher.id)
    if not exact and not part:
        raise NotFoundError(
            message("there is no publisher “{name}” in the bank.", name=by),
            remedy=message("Give part of its name, or an alias."),
        )
    return frozenset(exact or part)


def describe_filters(by: str | None, kind: str | None) -> str:
    """The limits of the count in words, or nothing where every use is counted."""
    if by and kind:
        return message("publisher “{name}” and kind “{kind}”", name=by, kind=label_message(kind))
    if by:
        return message("publisher “{name}”", name=by)
    return message("kind “{kind}”", kind=label_message(kind)) if kind else ""


def report(found: Variants | VariantChanges, form: str, **options: Any) -> str:
    """Format the variants as text, json, html or svg; what changed since a day as text or json."""
    return write("variants" if isinstance(found, Variants) else "changes", form, found, **options)
