"""The reliability of a term, by the rule of docs/curation.md."""

from __future__ import annotations

from dataclasses import replace

import pytest

from termbank.model.concept import Attestation, Concept, Status, Term
from termbank.model.document import Publisher, PublisherKind, Source
from termbank.model.language import Language
from termbank.model.reliability import (
    Reliability,
    attestation_weight,
    concept_reliability,
    term_reliability,
)


def seen(kind: PublisherKind, number: int = 1, date: str | None = "2024", **fields: bool) -> Attestation:
    house = Publisher(f"{kind.name.lower()}-{number}", "House", kind)
    return Attestation(Source(f"s-{house.id}", "Title", house, date=date), **({"alongside": True} | fields))


def rendering(*attestations: Attestation) -> Term:
    return Term("x", Language.EN, attestations=attestations)


OFFICIAL, MEDIA, PRESS = PublisherKind.OFFICIAL, PublisherKind.STATE_MEDIA, PublisherKind.PRESS


@pytest.mark.parametrize(
    ("attestations", "level"),
    [
        ([], Reliability.UNATTESTED),
        ([seen(PublisherKind.STUDY_LIST, n) for n in range(10)], Reliability.WEAK),
        ([seen(PRESS, date=None)], Reliability.WEAK),
        ([seen(PRESS)], Reliability.SUPPORTED),
        ([seen(PRESS, n) for n in range(9)], Reliability.SUPPORTED),
        ([seen(OFFICIAL, copied=True)], Reliability.SUPPORTED),
        ([seen(OFFICIAL, copied=True, alongside=False)], Reliability.WEAK),
        ([seen(OFFICIAL)], Reliability.ESTABLISHED),
        ([seen(MEDIA)], Reliability.SUPPORTED),
        ([seen(MEDIA, 1), seen(MEDIA, 2)], Reliability.ESTABLISHED),
        ([seen(MEDIA, 1), seen(PRESS)], Reliability.ESTABLISHED),
    ],
)
def test_the_level_follows_the_evidence(attestations: list[Attestation], level: Reliability) -> None:
    assert term_reliability(rendering(*attestations)) is level


def test_a_publisher_counts_once_however_often_it_prints_the_term() -> None:
    house = seen(MEDIA).source
    often = [Attestation(replace(house, id=f"s{n}"), alongside=True) for n in range(9)]
    assert term_reliability(rendering(*often)) is Reliability.SUPPORTED


def test_each_doubt_halves_an_attestation() -> None:
    assert attestation_weight(seen(OFFICIAL)) == 3
    assert attestation_weight(seen(OFFICIAL, copied=True)) == 1.5
    assert attestation_weight(seen(OFFICIAL, alongside=False, inferred=True)) == 1.5
    assert attestation_weight(seen(OFFICIAL, date=None, copied=True, alongside=False)) == 0.375


def test_a_concept_shows_the_level_of_the_rendering_to_write() -> None:
    weak = replace(rendering(), text="weak", status=Status.PREFERRED)
    strong = replace(rendering(seen(OFFICIAL)), status=Status.ADMITTED)
    zh = Term("字", Language.ZH_HANS)
    assert concept_reliability(Concept("c", (zh, weak, strong))) is Reliability.UNATTESTED
    assert concept_reliability(Concept("c", (zh, strong))) is Reliability.ESTABLISHED
    assert concept_reliability(Concept("c", (zh,))) is Reliability.UNATTESTED
    assert [level.rank for level in Reliability] == [0, 1, 2, 3]
