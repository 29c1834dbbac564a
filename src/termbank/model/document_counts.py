"""How many documents attest a term, by the authority of their publishers; a document counts once, however often it is cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from termbank.model.concept import Attestation
from termbank.model.document import PublisherKind
from termbank.model.message import _, ngettext


@dataclass(frozen=True)
class DocumentCounts:
    """The documents of some attestations; `undated` of them have no date, and `first` and `last` are those of the others."""

    documents: int
    official: int
    state_media: int
    undated: int
    first: str | None
    last: str | None

    @property
    def other(self) -> int:
        return self.documents - self.official - self.state_media


def count_documents(attestations: Iterable[Attestation]) -> DocumentCounts:
    """Count the documents of attestations, each once."""
    uses = tuple(attestations)
    kinds = Counter({use.source.id: use.source.kind for use in uses}.values())
    dates = [use.date for use in uses if use.date]
    dated = {use.source.id for use in uses if use.date}
    documents = kinds.total()
    return DocumentCounts(
        documents,
        kinds[PublisherKind.OFFICIAL],
        kinds[PublisherKind.STATE_MEDIA],
        documents - len(dated),
        min(dates, default=None),
        max(dates, default=None),
    )


def describe_documents(counts: DocumentCounts) -> str:
    """The counts and dates in the language of the interface; nothing where there is no document.

    An example is: 9 documents: 2 official, 3 state media, 4 other; 5 undated; 2024 to 2026-03.
    """
    counted = describe_counts(counts)
    return f"{counted}; {describe_range(counts.first, counts.last)}" if counts.first else counted


def describe_counts(counts: DocumentCounts) -> str:
    """The counts alone: 9 documents: 2 official, 3 state media, 4 other; 5 undated."""
    if not counts.documents:
        return ""
    parts = [_("{count} official", count=counts.official)] if counts.official else []
    parts += [_("{count} state media", count=counts.state_media)] if counts.state_media else []
    parts += [_("{count} other", count=counts.other)] if counts.other else []
    documents = ngettext("{count} document", "{count} documents", counts.documents)
    described = _("{documents}: {kinds}", documents=documents, kinds=", ".join(parts))
    undated = "; " + _("{count} undated", count=counts.undated) if counts.undated else ""
    return described + undated


def describe_range(first: str | None, last: str | None) -> str:
    """From the first date to the last, one date where they are the same, “undated” where there is none."""
    if first is None or last is None:
        return _("undated")
    return first if first == last else _("{first} to {last}", first=first, last=last)
