"""Who used which rendering when, by one concept's attestations.

The grounds of an answer as of a day, in this order: a status whose period covers the day, one with a
stated beginning before one without, and the one that authorities used most near the day; else the
rendering that official and state-media documents used last before it, within three years, unless its
time was over by then. Only what surely came before counts, so a month or year that might reach past
the day does not count. With neither, there is no answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from termbank.model.concept import Attestation, Concept, Status, Term
from termbank.model.date import first_day, last_day, surely_before
from termbank.model.document import PublisherKind
from termbank.model.document_counts import count_documents
from termbank.model.message import message, plural
from termbank.model.variants import AsOf, ConceptVariants, PublisherUse, UsedRendering

AUTHORITIES = (PublisherKind.OFFICIAL, PublisherKind.STATE_MEDIA)
REACH_YEARS = 3
AttestationFilter = Callable[[Attestation], bool]


def usage(concept: Concept, wanted: AttestationFilter, as_of: str | None = None) -> ConceptVariants:
    """The concept's renderings with the uses wanted; with `as_of`, what was written on that day."""
    renderings = tuple(
        _rendering_uses(term, [use for use in term.attestations if wanted(use)]) for term in concept.english
    )
    answer = _as_of(renderings, as_of) if as_of is not None else None
    return ConceptVariants(concept.id, concept.headword, renderings, answer)


def _rendering_uses(term: Term, uses: list[Attestation]) -> UsedRendering:
    by_publisher: dict[tuple[str, str], list[Attestation]] = {}
    for use in uses:
        by_publisher.setdefault((use.source.publisher_name, use.source.kind.value), []).append(use)
    counts = {key: count_documents(group) for key, group in by_publisher.items()}
    publishers = [
        PublisherUse(name, kind, one.documents, one.first, one.last) for (name, kind), one in counts.items()
    ]
    publishers.sort(key=lambda p: (-p.count, p.publisher == "unattributed", p.publisher, p.kind))
    years = Counter(
        year for year, _source in {(int(use.date[:4]), use.source.id) for use in uses if use.date}
    )
    return UsedRendering(term, tuple(uses), tuple(publishers), tuple(sorted(years.items())))


def _as_of(renderings: Iterable[UsedRendering], day: str) -> AsOf:
    used = tuple(renderings)
    lagging = tuple(_lagging(used, day))
    held = _terms_by_period(used, day)
    if held:
        return AsOf(day, held, _grounds_by_period(used, held, day), lagging, _beside(used, held, day))
    last = _last_authority(used, day)
    if last is None:
        dated = [use.date for r in used for use in r.uses if use.date]
        if not dated:
            grounds = message("none of the uses counted is dated, so there is no answer")
        else:
            grounds = message(
                "no official or state-media use counted is dated within {years} years before {day} "
                "(dated uses run from {first} to {last}), so there is no answer",
                years=REACH_YEARS,
                day=day,
                first=min(dated),
                last=max(dated),
            )
        return AsOf(day, (), grounds, lagging, _beside(used, (), day))
    term, use = last
    grounds = message(
        "last used before then by {publisher}, {date}", publisher=use.source.publisher_name, date=use.date
    )
    return AsOf(day, (term,), grounds, lagging, _beside(used, (term,), day))


def _grounds_by_period(used: Iterable[UsedRendering], held: tuple[Term, ...], day: str) -> str:
    """The grounds of an answer by period: its bounds, and the authority's use that stands nearest to the day."""
    by_status = _by_status(held)
    uses = [use for r in used if r.term in held for use in r.uses if use.date and _is_authority(use)]
    if not uses:
        return message("{grounds}; no official or state-media use counted is dated", grounds=by_status)
    nearest = min(uses, key=lambda use: (abs(int((use.date or "")[:4]) - int(day[:4])), use.date))
    return message(
        "{grounds}; the nearest dated use: {publisher}, {date}",
        grounds=by_status,
        publisher=nearest.source.publisher_name,
        date=nearest.date,
    )


def _by_status(held: tuple[Term, ...]) -> str:
    """That the answer rests on the dates of a status, with the period where the terms have the same."""
    status = plural("by the dates of its status", "by the dates of their status", len(held))
    periods = {(term.since, term.until) for term in held}
    if len(periods) != 1:
        return status
    since, until = periods.pop()
    if since and until:
        return message("{grounds} (from {since} until {until})", grounds=status, since=since, until=until)
    if since:
        return message("{grounds} (from {since})", grounds=status, since=since)
    return message("{grounds} (until {until})", grounds=status, until=until)


def _is_authority(use: Attestation) -> bool:
    return use.source.kind in AUTHORITIES


def _beside(
    used: Iterable[UsedRendering], held: tuple[Term, ...], day: str
) -> tuple[tuple[Term, Attestation], ...]:
    """Dated uses of other renderings within reach before the day, whose time was not over; in order."""
    earliest = _reach(day)
    found = [
        (r.term, use)
        for r in used
        if r.term not in held
        for use in r.uses
        if use.date and earliest <= last_day(use.date) <= last_day(day) and not _is_late(r.term, use)
    ]
    return tuple(sorted(found, key=lambda item: (item[1].date or "", item[0].text)))


def _reach(day: str) -> str:
    """The earliest day from which a use speaks for the day asked about."""
    return f"{int(day[:4]) - REACH_YEARS:04d}{first_day(day)[4:]}"


def _is_late(term: Term, use: Attestation) -> bool:
    """Whether a use of a superseded rendering surely came after its time."""
    over = term.status is Status.SUPERSEDED and term.until is not None
    return over and use.date is not None and surely_before(term.until or "", use.date)


def _terms_by_period(used: Iterable[UsedRendering], day: str) -> tuple[Term, ...]:
    """The terms whose stated period covers the day: what is preferred, else what once was or is admitted.

    Of several, those that an authority is known to have used, and of these the ones it used most near the day.
    A period whose beginning is not stated speaks only where no other does.
    """
    covering = [r for r in used if _period_covers(r.term, day)]
    preferred = [r.term for r in covering if r.term.status is Status.PREFERRED]
    if preferred:
        return tuple(_attested_by_authorities(preferred) or preferred)
    others = [r.term for r in covering if r.term.status in (Status.SUPERSEDED, Status.ADMITTED)]
    chosen = [term for term in others if term.since] or others
    chosen = _attested_by_authorities(chosen) or chosen
    if not chosen:
        return ()
    weights = [(_near(term, day), term.status is Status.SUPERSEDED) for term in chosen]
    best = max(weights)
    return tuple(term for term, weight in zip(chosen, weights, strict=True) if weight == best)


def _attested_by_authorities(terms: Iterable[Term]) -> list[Term]:
    return [term for term in terms if any(_is_authority(a) for a in term.attestations)]


def _near(term: Term, day: str) -> int:
    """How many uses by authorities are dated within reach of the day, before or after."""
    dated = (a for a in term.attestations if a.date and _is_authority(a) and not _is_late(term, a))
    return sum(abs(int((a.date or "")[:4]) - int(day[:4])) <= REACH_YEARS for a in dated)


def _period_covers(term: Term, day: str) -> bool:
    """Whether a stated period holds on the day; a bare status without dates states none."""
    if term.since is None and term.until is None:
        return False
    began = term.since is None or first_day(term.since) <= last_day(day)
    ended = term.until is not None and last_day(term.until) < first_day(day)
    return began and not ended


def _last_authority(used: Iterable[UsedRendering], day: str) -> tuple[Term, Attestation] | None:
    """The last use by an authority within reach before the day, of a rendering whose time was not over by then."""
    earliest = _reach(day)
    found = [
        (use.date, rendering.term.status.rank, rendering.term, use)
        for rendering in used
        if rendering.term.until is None or not surely_before(rendering.term.until, day)
        for use in rendering.uses
        if use.date and _is_authority(use) and last_day(use.date) <= last_day(day)
        if last_day(use.date) >= earliest
    ]
    if not found:
        return None
    _, _, term, use = max(found, key=lambda item: (item[0], -item[1], item[2].text))
    return term, use


def _lagging(used: Iterable[UsedRendering], day: str) -> Iterable[tuple[Term, Attestation]]:
    """Uses of a superseded rendering after its time, dated up to the day asked about."""
    for rendering in used:
        for use in rendering.uses:
            if use.date and _is_late(rendering.term, use) and first_day(use.date) <= last_day(day):
                yield rendering.term, use
