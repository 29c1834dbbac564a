"""A scan as text: one line for each concept, in the order of first places."""

from __future__ import annotations

from collections.abc import Iterator

from termbank.matching.scan import Scan
from termbank.model.concept import Term
from termbank.model.labels import label
from termbank.model.message import _, ngettext
from termbank.text.display_width import cells, fit

LONGEST_TERM = 32
"""The most cells of the column of terms."""


def report(scanned: Scan, *, width: int = 100) -> str:
    """Format the scan in lines of at most `width` cells."""
    return "\n".join(_lines(scanned, width)) + "\n"


def _lines(scanned: Scan, width: int) -> Iterator[str]:
    if not scanned.terms:
        yield _("No term of the bank occurs in this document.")
        return
    yield ngettext(
        "{count} concept, {matches} ({language})",
        "{count} concepts, {matches} ({language})",
        len(scanned.terms),
        matches=ngettext("{count} match", "{count} matches", len(scanned.matches)),
        language=scanned.language.value,
    )
    term_width = min(LONGEST_TERM, max(cells(line.term.text) for line in scanned.terms))
    for line in scanned.terms:
        place = _("line {line}", line=f"{line.line:<5}")
        renderings = " · ".join(_rendering(term) for term in line.renderings) or _("no rendering in the bank")
        head = f"{fit(line.term.text, term_width)} {line.count:>4}×  {place} "
        left = width - cells(head)
        yield (head + (renderings if cells(renderings) <= left else fit(renderings, max(20, left)))).rstrip()
        for concept in line.also:
            notes = (note.text for note in concept.notes)
            facts = "; ".join(fact for fact in (concept.id, concept.subject, *notes) if fact)
            yield f"{'':{term_width}}   " + _(
                "also {concept} ({facts})", concept=concept.headword, facts=facts
            )


def _rendering(term: Term) -> str:
    return term.text if term.status.is_approved else f"{term.text} ({label(term.status)})"
