"""Who used which rendering, and when: the ledger read for one concept or for all.

`variants` gives counts by publisher and year, first and last uses and who changed from one rendering
to another; with a date it answers what the rendering was then, from what official houses and state
media used, and says so where the dates are too thin for an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from termbank.core.concept import Attestation, Concept, Term
from termbank.core.date import first_day, is_date, last_day, surely_before
from termbank.core.document import PublisherKind
from termbank.core.errors import NotFoundError, TermbankError
from termbank.core.variants import AsOf, ConceptVariants, Switch, UsedBy, Variant
from termbank.lang.fold import fold
from termbank.reports import write
from termbank.services.lookup import look_up
from termbank.store.bank import Bank

AUTHORITY = (PublisherKind.OFFICIAL, PublisherKind.STATE_MEDIA)
STALE_YEARS = 3
"""An official use older than this says little of the date that is asked about."""


def variants(
    bank: Bank,
    query: str | None = None,
    *,
    as_of: str | None = None,
    by: str | None = None,
    kind: str | None = None,
    limit: int = 20,
) -> tuple[ConceptVariants, ...]:
    """The variants of the concept that answers a query, or of the concepts with most to tell.

    `by` keeps one publisher's uses (by name, alias or part of one), `kind` one kind of publisher. Raises
    NotFoundError for a query that nothing answers, TermbankError for a bad date or kind.
    """
    if as_of is not None and not is_date(as_of):
        raise TermbankError(f"“{as_of}” is not a date.", remedy="Write 2025, 2025-08 or 2025-08-26.")
    wanted = _kind(kind)
    if query:
        found: Sequence[Concept] = _asked(bank, query)
    else:
        several = [c for c in bank.glossary() if sum(bool(t.attestations) for t in c.english) > 1]
        found = sorted(several, key=lambda c: (-sum(len(t.attestations) for t in c.english), c.id))
    told = (variants_of(concept, as_of=as_of, by=by, kind=wanted) for concept in found)
    kept = [one for one in told if query or any(variant.count for variant in one.variants)]
    if by and not kept:
        raise NotFoundError(
            f"no publisher “{by}” has used a term of the bank.", remedy="Try a part of its name."
        )
    return tuple(kept[:limit])


def _kind(kind: str | None) -> PublisherKind | None:
    if kind is None:
        return None
    wanted = kind.replace("-", " ").lower()
    if wanted not in tuple(PublisherKind):
        raise TermbankError(
            f"unknown kind of publisher “{kind}”.", remedy=f"Use one of: {', '.join(PublisherKind)}."
        )
    return PublisherKind(wanted)


def _asked(bank: Bank, query: str) -> list[Concept]:
    """The concept that has the query for a term or an id; else the best that lookup gives."""
    glossary = bank.glossary()
    folded = fold(query)
    exact = [c for c in glossary if c.id == query or any(fold(term.text) == folded for term in c.terms)]
    if exact:
        return sorted(exact, key=lambda c: -sum(len(t.attestations) for t in c.english))[:1]
    hits = look_up(bank, query, 1)
    if not hits:
        raise NotFoundError(f"nothing in the bank answers “{query}”.", remedy="Try the Chinese term.")
    return [bank.concept(hits[0].concept.id)]


def variants_of(
    concept: Concept,
    *,
    as_of: str | None = None,
    by: str | None = None,
    kind: PublisherKind | None = None,
) -> ConceptVariants:
    """The variants of one concept, most used first."""
    found = [_variant(term, _kept(term.attestations, by, kind)) for term in concept.english]
    if by or kind:
        found = [variant for variant in found if variant.count]
    found.sort(key=lambda v: (-v.count, v.status.rank, v.text))
    return ConceptVariants(
        concept.id,
        concept.headword,
        tuple(found),
        _switches(concept, by, kind),
        _as_of(concept, as_of, by, kind) if as_of else None,
    )


def _kept(
    attestations: Iterable[Attestation], by: str | None, kind: PublisherKind | None
) -> list[Attestation]:
    return [
        a for a in attestations if (kind is None or a.source.kind is kind) and (by is None or _is_by(a, by))
    ]


def _is_by(attestation: Attestation, name: str) -> bool:
    publisher = attestation.source.publisher
    if publisher is None:
        return False
    wanted = fold(name)
    return any(wanted in fold(known) for known in (publisher.id, publisher.name, *publisher.aliases))


def _variant(term: Term, attestations: Sequence[Attestation]) -> Variant:
    dates = sorted(a.date for a in attestations if a.date)
    by_publisher: dict[tuple[str, PublisherKind], list[Attestation]] = {}
    for attestation in attestations:
        source = attestation.source
        by_publisher.setdefault((source.publisher_name, source.kind), []).append(attestation)
    users = [_used_by(name, kind, held) for (name, kind), held in by_publisher.items()]
    return Variant(
        term.text,
        term.status,
        len(attestations),
        dates[0] if dates else None,
        dates[-1] if dates else None,
        tuple(sorted(users, key=lambda u: (-u.count, u.first or "9999", u.publisher))),
        tuple(sorted(Counter(date[:4] for date in dates).items())),
        len(attestations) - len(dates),
        term.since,
        term.until,
    )


def _used_by(name: str, kind: PublisherKind, held: Sequence[Attestation]) -> UsedBy:
    dates = sorted(a.date for a in held if a.date)
    return UsedBy(name, kind, len(held), dates[0] if dates else None, dates[-1] if dates else None)


def _switches(concept: Concept, by: str | None, kind: PublisherKind | None) -> tuple[Switch, ...]:
    """Publishers whose last use of one rendering surely lies before their first use of another."""
    spans: dict[str, list[tuple[str, str, str]]] = {}
    for term in concept.english:
        dated: dict[str, list[str]] = {}
        for attestation in _kept(term.attestations, by, kind):
            if attestation.date and attestation.source.publisher is not None:
                dated.setdefault(attestation.source.publisher_name, []).append(attestation.date)
        for name, dates in dated.items():
            spans.setdefault(name, []).append((min(dates), max(dates), term.text))
    found = [
        Switch(name, before, last, after, first)
        for name, uses in spans.items()
        for (_, last, before), (first, _, after) in zip(sorted(uses), sorted(uses)[1:], strict=False)
        if surely_before(last, first)
    ]
    return tuple(sorted(found, key=lambda s: (s.first, s.publisher)))


def _as_of(concept: Concept, date: str, by: str | None, kind: PublisherKind | None) -> AsOf:
    """The rendering in official use at a date: the last that an authority is seen to use by then."""
    dated: list[tuple[str, Attestation, Term]] = []
    for term in concept.english:
        for attestation in _kept(term.attestations, by, kind):
            if attestation.date and not surely_before(date, attestation.date):
                dated.append((attestation.date, attestation, term))
    authority = [item for item in dated if by or kind or item[1].source.kind in AUTHORITY]
    if not authority and not by and not kind:
        held = next((term for term in concept.english if _period_holds(term, date)), None)
        if held is not None:
            said = "it rests on the period the glossary gives; no dated use by then is known"
            return AsOf(date, held.text, others=_others(dated, held.text, date), thin=said)
    if not authority:
        return AsOf(date, None, thin=_why_thin(concept, date, by, kind), others=_others(dated, None, date))
    chosen = _chosen(authority, date)
    shown = sorted((a for _, a, term in authority if term.text == chosen.text), key=lambda a: a.date or "")
    last = shown[-1].date or ""
    thin = None
    if int(date[:4]) - int(last[:4]) > STALE_YEARS:
        thin = f"the last such use before {date} is of {last}"
    elif len(shown) == 1:
        thin = "it rests on a single dated use"
    return AsOf(date, chosen.text, tuple(shown[-3:]), _others(dated, chosen.text, date), thin)


def _period_holds(term: Term, date: str) -> bool:
    return (
        term.since is not None
        and not surely_before(date, term.since)
        and (term.until is None or not surely_before(term.until, date))
    )


def _chosen(authority: Sequence[tuple[str, Attestation, Term]], date: str) -> Term:
    """The term whose period holds the date, else the one used last; official houses before state media."""

    def weight(item: tuple[str, Attestation, Term]) -> tuple[bool, int, bool, int]:
        used, attestation, term = item
        holds = bool(term.since or term.until) and (
            (term.since is None or not surely_before(date, term.since))
            and (term.until is None or not surely_before(term.until, date))
        )
        ended = term.until is not None and surely_before(term.until, date)
        return (not ended, holds, attestation.source.kind is PublisherKind.OFFICIAL, _days(used))

    # A use of last month by a newspaper does not unseat what the government wrote in the same year.
    latest = max(_days(used) for used, *_ in authority)
    recent = [item for item in authority if latest - _days(item[0]) <= 366] or list(authority)
    return max(recent, key=weight)[2]


def _days(date: str) -> int:
    year, month, day = first_day(date).split("-")
    return int(year) * 366 + int(month) * 31 + int(day)


def _others(
    dated: Sequence[tuple[str, Attestation, Term]], chosen: str | None, date: str
) -> tuple[tuple[str, str, str], ...]:
    """(rendering, publisher, date) of the other renderings used in the two years up to the date."""
    since = f"{int(date[:4]) - 2}"
    found = {
        (term.text, attestation.source.publisher_name, used)
        for used, attestation, term in dated
        if term.text != chosen and last_day(used) >= first_day(since)
    }
    return tuple(sorted(found, key=lambda item: (item[2], item[0], item[1])))


def _why_thin(concept: Concept, date: str, by: str | None, kind: PublisherKind | None) -> str:
    whose = f"“{by}”" if by else f"any {kind.value} house" if kind else "any official house or state media"
    uses = [a for term in concept.english for a in _kept(term.attestations, by, kind)]
    if not uses:
        return f"no use by {whose} is known at all"
    dates = sorted(a.date for a in uses if a.date and (by or kind or a.source.kind in AUTHORITY))
    if not dates:
        return f"no dated use by {whose} is known"
    return f"the first dated use by {whose} is of {dates[0]}, after {date}"


def report(found: Sequence[ConceptVariants], form: str, *, width: int = 100) -> str:
    """The variants as text or json."""
    return write("variants", form, found, **({"width": width} if form == "text" else {}))
