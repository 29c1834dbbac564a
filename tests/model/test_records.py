"""Concepts as records: faults name the concept, the field and what to do."""

from __future__ import annotations

from typing import Any

import pytest

from formats.samples import HARD, WHOLE
from termbank.model.concept import Concept
from termbank.model.document import Source
from termbank.model.records import SHAPE, concept_record, read_concept

SOURCES = {"news": Source("news", "News")}
ZH = {"language": "zh-Hans", "text": "市监总局", "status": "preferred"}
EN = {"language": "en", "text": "State Administration", "status": "preferred"}
HASH = "ab" * 32


def read(record: dict[str, Any]) -> tuple[Concept, list[str]]:
    faults: list[str] = []
    return read_concept({"id": "samr", "term": [ZH], **record}, SOURCES, faults.append), faults


def term(**fields: Any) -> dict[str, Any]:
    return {"term": [ZH, EN | fields]}


def attestation(**fields: Any) -> dict[str, Any]:
    return term(attestations=[{"source": "news"} | fields])


@pytest.mark.parametrize("concept", [*WHOLE, *HARD], ids=lambda concept: concept.id)
def test_a_concept_comes_back_from_its_record(concept: Concept) -> None:
    faults: list[str] = []
    record = concept_record(concept)
    sources = {source.id: source for source in concept.sources()}
    assert read_concept(record, sources, faults.append) == concept
    assert faults == []
    assert list(record) == [field for field in SHAPE["concept"] if field in record]


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        ({"type": "ministry"}, "unknown concept type “ministry”. Use one of: term, phrase, body, law, document, "
         "campaign, meeting, numbered formula, office."),
        ({"definitions": "x"}, "“definitions” must be a list of tables."),
        ({"definitions": [{"text": "x"}]}, "definitions 1: “language” is missing."),
        ({"notes": [{"language": "fr", "text": "oui"}]},
         "notes 1: unknown language “fr” for “oui”. Use one of: zh-Hans, zh-Hant, zh-TW, zh-HK, en."),
        ({"notes": [{"language": "en", "text": "x", "source": "nobody"}]},
         "notes 1: the source “nobody” is not listed. Add a [[source]] with this id, or give the folder of all packs."),
        ({"contexts": [{"zh": "x"}]}, "contexts 1: “en” is missing."),
        ({"relations": [{"type": "above", "concept": "x"}]},
         "relations 1: unknown type of relation “above”. Use one of: broader, narrower, part of, replaced by, often "
         "confused with, related."),
        ({"relations": [{"type": "broader", "concept": "Not An Id"}]},
         "relations 1: “Not An Id” is not the id of a concept for “concept”."),
        ({"ids": [{"system": "Wikidata", "id": "Q1"}]},
         "ids 1: “system” names the base that the id comes from, in small letters as “wikidata”; “Wikidata” does not."),
        ({"ids": [{"system": "wikidata"}]}, "ids 1: “id” is missing."),
        ({"members": [{"en": "x"}]}, "members 1: “zh” is missing."),
        ({"body": {"founded": "last year"}},
         "body: “last year” is not a date for “founded”. Write 2025, 2025-08 or 2025-08-26."),
        ({"body": {"renamed": ["2018", "then"]}},
         "body: “then” is not a date for “renamed”. Write 2025, 2025-08 or 2025-08-26."),
        ({"body": {"successors": ["A B"]}}, "body: “A B” is not the id of a concept for “successors”."),
        ({"law": ["2020"]}, "“law” must be a table."),
        ({"law": {"short_title": "PIPL"}}, "law: “short_title” must be a table."),
        ({"first_use": {"source": "nobody"}},
         "first_use: the source “nobody” is not listed. Add a [[source]] with this id, or give the folder of all packs."),
        (term(profiles=["prc"]), "“State Administration”: unknown profile “prc”. Use one of: prc-official, "
         "us-government, hong-kong, taiwan, neutral."),
        (term(form="converted"), "“State Administration”: “form” is for Chinese terms. Leave it out."),
        (term(by_hand="yes"), "“State Administration”: “by_hand” must be true or false, not 'yes'."),
        (term(fixed_by="nobody"), "“State Administration”: the source “nobody” is not listed. Add a [[source]] with "
         "this id, or give the folder of all packs."),
        (term(abbreviation_of="another"), "“State Administration” is an abbreviation of “another”, which is no other "
         "en term of the concept. Add that term, or leave “abbreviation_of” out."),
        (attestation(inferred=True, alongside=True),
         "“State Administration”: “inferred” and “alongside” cannot both be true. Leave one of them out."),
        (attestation(text="abc"),
         "“State Administration”: “text” must be a SHA-256 of 64 digits 0–9 and a–f, not 'abc'."),
        (attestation(pair=[HASH]), "“State Administration”: “pair” must be [SHA-256 of the alignment, number of the "
         f"pair], not ['{HASH}']."),
    ],
)  # fmt: skip
def test_a_fault_names_the_concept_and_the_field(record: dict[str, Any], fault: str) -> None:
    assert read(record)[1] == [f"concept “samr”: {fault}"]


def test_what_is_listed_twice_is_kept_once() -> None:
    note = {"language": "en", "text": "x"}
    relation = {"type": "related", "concept": "x"}
    concept, faults = read({"notes": [note, note], "relations": [relation, relation]})
    assert faults == []
    assert (len(concept.notes), len(concept.relations)) == (1, 1)


def _preferred(*profiles: list[str]) -> dict[str, Any]:
    return {"term": [ZH, *(EN | {"text": f"name {n}", "profiles": each} for n, each in enumerate(profiles))]}


def test_each_profile_has_at_most_one_preferred_term() -> None:
    assert read(_preferred([], ["taiwan"], ["hong-kong", "neutral"]))[1] == []
    assert read(_preferred([], []))[1] == [
        "concept “samr”: two preferred en terms, “name 0” and “name 1”. Make one of them admitted."
    ]
    assert read(_preferred(["taiwan"], ["taiwan"]))[1] == [
        "concept “samr”: two preferred en terms for the profile taiwan, “name 0” and “name 1”. "
        "Take “taiwan” out of the profiles of one."
    ]


def test_the_term_without_profiles_is_what_to_write() -> None:
    rendering = read(_preferred(["taiwan"], []))[0].rendering
    assert rendering is not None
    assert rendering.text == "name 1"
