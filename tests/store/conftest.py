"""Small banks to test on, with real policy terms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from termbank.model.concept import Attestation, Concept, Status, Term, sort_terms
from termbank.model.decision import Change, Decision
from termbank.model.document import Publisher, PublisherKind, Source
from termbank.model.language import Language
from termbank.model.records import concept_record, publisher_record, source_record
from termbank.store.bank import Bank

COUNCIL = Publisher("state-council", "State Council", PublisherKind.OFFICIAL, aliases=("国务院",))
REPORT = Source("gwr-2024", "Report on the Work of the Government (2024)", COUNCIL, date="2024-03-05")


def concept(id: str, zh: str, *english: str, status: Status = Status.ADMITTED) -> Concept:
    terms = [Term(zh, Language.ZH_HANS, Status.PREFERRED)]
    for number, text in enumerate(english):
        terms.append(
            Term(
                text,
                Language.EN,
                Status.PREFERRED if number == 0 else status,
                attestations=(Attestation(REPORT, alongside=True),),
            )
        )
    return Concept(id, sort_terms(terms))


FORCES = concept("new-quality-productive-forces", "新质生产力", "new quality productive forces")
ROAD = concept("belt-and-road", "一带一路", "Belt and Road", "One Belt, One Road", status=Status.SUPERSEDED)
FUTURE = concept(
    "community-with-a-shared-future",
    "人类命运共同体",
    "community with a shared future for mankind",
    "community of common destiny for mankind",
    status=Status.SUPERSEDED,
)


def decision(act: str = "edit", *changes: Change, who: str = "lin", why: str | None = None) -> Decision:
    return Decision(act, who, "2026-03-05T08:00:00Z", why, changes)


def put(one: Concept) -> Change:
    return Change("concept", one.id, concept_record(one))


def first_changes() -> tuple[Change, ...]:
    return (
        Change("publisher", COUNCIL.id, publisher_record(COUNCIL)),
        Change("source", REPORT.id, source_record(REPORT)),
        *map(put, (FORCES, ROAD, FUTURE)),
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "terms.bank"


@pytest.fixture
def bank(path: Path) -> Iterator[Bank]:
    with Bank.create(path) as made:
        made.decide(decision("import", *first_changes()))
        yield made


@pytest.fixture
def as_another_person() -> Iterator[Path]:
    """A folder of one's own, as a person whom file permissions bind (root is not)."""
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if os.geteuid() != 0:
            yield place
            place.chmod(0o755)
            return
        os.chmod(folder, 0o755)
        own = place / "own"
        own.mkdir()
        os.chown(own, 65534, 65534)
        os.seteuid(65534)
        try:
            yield own
        finally:
            os.seteuid(0)
