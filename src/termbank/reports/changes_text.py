"""What changed in the renderings since a day, as text: a line for each document, rendering, period and status."""

from __future__ import annotations

from collections.abc import Iterator

from termbank.model.labels import label
from termbank.model.message import _, translate
from termbank.model.variant_changes import ConceptChanges, VariantChanges
from termbank.reports.attestation_text import seen_how
from termbank.reports.variants_text import describe_period, indent


def report(found: VariantChanges, *, width: int = 100) -> str:
    """Format the concepts in which something changed, one after another."""
    lines: list[str] = []
    if found.filters:
        lines += [_("Counted: only uses by {filters}.", filters=translate(found.filters)), ""]
    for one in found.concepts:
        lines.append(f"{one.zh}  ({one.concept})")
        for line in _changes(one):
            lines += indent(f"  {line}", width)
        lines.append("")
    if not found.concepts:
        lines.append(_("Nothing changed since {date}.", date=found.since))
    return "\n".join(lines).rstrip("\n") + "\n"


def _changes(one: ConceptChanges) -> Iterator[str]:
    for term in one.renderings:
        yield _("new rendering “{term}” ({status})", term=term.text, status=label(term.status))
    for change in one.statuses:
        yield _(
            "“{term}”: {before} became {after} (decision {number}, {day}, {who})",
            term=change.text,
            before=label(change.before),
            after=label(change.after),
            number=change.decision.number,
            day=change.decision.when[:10],
            who=change.decision.who,
        )
    for term in one.periods:
        yield _(
            "“{term}”: {status} {period}",
            term=term.text,
            status=label(term.status),
            period=describe_period(term),
        )
    for term, use in one.attestations:
        publisher = translate(use.source.publisher_name)
        yield _(
            "{date}  “{term}”: {publisher} ({kind}): {title}; {seen}",
            date=use.date,
            term=term.text,
            publisher=publisher,
            kind=label(use.source.kind),
            title=use.source.title,
            seen=seen_how(use),
        )
