"""The ledger of variants: per concept, who used which rendering, how often and when."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from termbank.model.concept import Attestation, Concept
from termbank.model.date import is_date
from termbank.model.document import PublisherKind
from termbank.model.errors import NotFoundError, TermbankError
from termbank.model.variants import ConceptVariants, Variants
from termbank.reports import write
from termbank.services.lookup import look_up
from termbank.store.bank import Bank
from termbank.store.history import decisions
from termbank.surveying.usage import usage
from termbank.text.normalize import fold

CLOSE = 0.6
"""The least score at which a looked-up concept is what was asked for."""

SAID = 60
"""The most of a query that is said back, in characters."""


def variants(
    bank: Bank,
    query: str | None = None,
    *,
    as_of: str | None = None,
    by: str | None = None,
    kind: str | None = None,
) -> Variants:
    """The renderings of the concepts asked for, of every concept with two or more without a query.

    `by` is a publisher's name, part of it or an alias; `kind` a kind of publisher. Raises NotFoundError for
    a query or publisher that the bank does not know, TermbankError for what is no date or kind.
    """
    if as_of is not None and not is_date(as_of):
        raise TermbankError(f"“{as_of}” is not a date.", remedy="Write 2025, 2025-08 or 2025-08-26.")
    kinds = _kinds(kind)
    names = _publishers(bank, by)

    def wanted(use: Attestation) -> bool:
        if kinds and use.source.kind not in kinds:
            return False
        publisher = use.source.publisher
        return names is None or (publisher is not None and publisher.id in names)

    found = [usage(concept, wanted, as_of) for concept in _asked(bank, query)]
    if names is not None or kinds:
        found = [only_used(one) for one in found]
    if query is None:
        found = [one for one in found if sum(r.count > 0 for r in one.renderings) > 1]
    else:
        found = [replace(one, decisions=decisions(bank, one.concept)) for one in found]
    return Variants(tuple(found), _filters(by, kind))


def only_used(one: ConceptVariants) -> ConceptVariants:
    """Without the renderings that no counted use shows."""
    return replace(one, renderings=tuple(r for r in one.renderings if r.count))


def _asked(bank: Bank, query: str | None) -> list[Concept]:
    if query is None:
        return list(bank.glossary())
    hits = look_up(bank, query, 5)
    best = hits[0].score if hits else 0.0
    concepts = [hit.concept for hit in hits if hit.score >= max(best - 1e-9, CLOSE)]
    if not concepts:
        said = query if len(query) <= SAID else query[:SAID] + "…"
        raise NotFoundError(f"there is no concept “{said}” in the bank.", remedy="Try `termbank lookup`.")
    return concepts


def _kinds(kind: str | None) -> tuple[PublisherKind, ...]:
    if kind is None:
        return ()
    wanted = kind.strip().lower().replace("_", " ").replace("-", " ")
    for known in PublisherKind:
        if known.value.replace("-", " ") == wanted:
            return (known,)
    raise TermbankError(
        f"there is no kind of publisher “{kind}”.", remedy=f"Use one of: {', '.join(PublisherKind)}."
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
            f"there is no publisher “{by}” in the bank.", remedy="Give part of its name, or an alias."
        )
    return frozenset(exact or part)


def _filters(by: str | None, kind: str | None) -> str:
    said = [f"publisher “{by}”"] if by else []
    said += [f"kind “{kind}”"] if kind else []
    return " and ".join(said)


def report(found: Variants, form: str, **options: Any) -> str:
    """The variants as text, json, html or svg."""
    return write("variants", form, found, **options)
