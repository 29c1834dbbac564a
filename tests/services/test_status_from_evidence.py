"""The one rule for what status the evidence of a rendering allows."""

from __future__ import annotations

import pytest

from termbank.model.concept import Attestation, Concept, Status, Term, TermType
from termbank.model.document import Publisher, PublisherKind, Source
from termbank.model.language import Language
from termbank.review import with_status
from termbank.services.status_from_evidence import allowed_status, with_statuses_from_evidence

OFFICIAL, MEDIA, PRESS = PublisherKind.OFFICIAL, PublisherKind.STATE_MEDIA, PublisherKind.PRESS
LAWYERS, LIST = PublisherKind.LAW_FIRM, PublisherKind.STUDY_LIST


def seen(kind: PublisherKind, number: int = 1, *, date: str = "2024", **fields: bool) -> Attestation:
    house = Publisher(f"{kind.name}-{number}".lower(), "House", kind)
    return Attestation(Source(f"s-{house.id}", "T", house, date=date), **({"alongside": True} | fields))


def term(text: str, *attestations: Attestation, status: Status = Status.PROPOSED) -> Term:
    return Term(text, Language.EN, status, attestations=attestations)


def statuses(*terms: Term) -> dict[str, str]:
    zh = Term("字", Language.ZH_HANS, Status.PREFERRED)
    return {t.text: t.status.value for t in with_statuses_from_evidence(Concept("c", (zh, *terms))).english}


@pytest.mark.parametrize(
    ("attestations", "status"),
    [
        ([], Status.PROPOSED),
        ([seen(OFFICIAL)], Status.PREFERRED),
        ([seen(MEDIA)], Status.PREFERRED),
        ([seen(OFFICIAL, alongside=False)], Status.PREFERRED),
        ([seen(OFFICIAL, alongside=False, inferred=True)], Status.ADMITTED),
        ([seen(MEDIA, alongside=False, inferred=True)], Status.ADMITTED),
        ([seen(MEDIA, 1, alongside=False, inferred=True), seen(MEDIA, 2)], Status.PREFERRED),
        ([seen(MEDIA, n, alongside=False, inferred=True) for n in (1, 2)], Status.PREFERRED),
        ([seen(MEDIA, 1, alongside=False, inferred=True)] * 2, Status.ADMITTED),
        ([seen(PRESS)], Status.PROPOSED),
        ([seen(PRESS, 1), seen(LAWYERS)], Status.ADMITTED),
        ([seen(PRESS, 1), seen(PRESS, 2)], Status.ADMITTED),
        ([seen(PRESS, 1, alongside=False), seen(PRESS, 2, alongside=False)], Status.PROPOSED),
        ([seen(LIST, n) for n in range(10)], Status.PROPOSED),
    ],
)
def test_the_evidence_allows_a_status(attestations: list[Attestation], status: Status) -> None:
    assert allowed_status(term("x", *attestations)) is status


def test_the_most_official_documents_win_then_the_most_recent() -> None:
    media = term("media", seen(MEDIA, 1), seen(MEDIA, 2))
    assert statuses(media, term("official", seen(OFFICIAL))) == {"official": "preferred", "media": "admitted"}
    old, new = term("old", seen(MEDIA, date="2013")), term("new", seen(MEDIA, 2, date="2023"))
    assert statuses(old, new) == {"new": "preferred", "old": "admitted"}


def test_a_concept_without_a_preferred_rendering_keeps_what_its_evidence_allows() -> None:
    guess = {"alongside": False, "inferred": True}
    once, listed = term("once", seen(OFFICIAL, **guess)), term("listed", seen(LIST))
    assert statuses(once, listed) == {"once": "admitted", "listed": "proposed"}


def test_what_a_person_set_is_never_recomputed() -> None:
    zh = Term("字", Language.ZH_HANS, Status.PREFERRED)
    before = Concept("c", (zh, term("plain"), term("official", seen(OFFICIAL))))
    chosen = with_status(before, "plain", Status.PREFERRED)
    assert [t.by_hand for t in chosen.english] == [True, False]
    after = {t.text: t.status for t in with_statuses_from_evidence(chosen).english}
    assert after == {"plain": Status.PREFERRED, "official": Status.ADMITTED}
    rejected = term("official", seen(OFFICIAL), status=Status.DEPRECATED)
    assert statuses(rejected, term("media", seen(MEDIA)))["official"] == "deprecated"


def test_an_abbreviation_is_admitted_beside_the_preferred_full_form() -> None:
    short = Term("OFF", Language.EN, type=TermType.ABBREVIATION, attestations=(seen(OFFICIAL),))
    assert statuses(term("official form", seen(MEDIA)), short) == {
        "official form": "preferred",
        "OFF": "admitted",
    }
