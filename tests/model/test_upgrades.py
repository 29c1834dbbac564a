"""Records of 0.1 in today's shape."""

from __future__ import annotations

import gzip
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from termbank.model.records import SCHEMA, read_concept, read_publisher, read_source
from termbank.model.upgrades import upgrade

BANK = Path(__file__).parent.parent / "store" / "bank_0_1" / "bank-0.1.sqlite.gz"
TERMS = [{"language": "zh-Hans", "text": "躺平"}]


@pytest.fixture(scope="module")
def old_records(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, dict[str, Any]]]:
    """Every record that the bank of 0.1 holds now or held once."""
    path = tmp_path_factory.mktemp("old") / "old.sqlite"
    path.write_bytes(gzip.decompress(BANK.read_bytes()))
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(
            "SELECT kind, body FROM thing UNION ALL SELECT kind, body FROM change WHERE body IS NOT NULL"
        ).fetchall()
    finally:
        connection.close()
    return [(kind, json.loads(body)) for kind, body in rows]


def test_every_concept_of_0_1_is_read_without_a_fault(old_records: list[tuple[str, dict[str, Any]]]) -> None:
    faults: list[str] = []
    named = {record["id"]: record for kind, record in old_records if kind == "publisher"}
    publishers = {id: read_publisher(record, faults.append) for id, record in named.items()}
    sources = {
        record["id"]: read_source(record, publishers, faults.append)
        for kind, record in old_records
        if kind == "source"
    }
    concepts = [record for kind, record in old_records if kind == "concept"]
    assert any("definition" in record for record in concepts)
    for record in concepts:
        before = json.dumps(record)
        concept = read_concept(upgrade("concept", record, 1), sources, faults.append)
        assert json.dumps(record) == before
        assert [one.text for one in concept.definitions] == [
            record[key] for key in ("definition",) if key in record
        ]
        assert [one.text for one in concept.notes] == [record[key] for key in ("note",) if key in record]
        assert set(concept.related) == set(record.get("related", ()))
    assert faults == []


def test_an_upgraded_record_and_one_of_another_kind_stay_as_they_are(
    old_records: list[tuple[str, dict[str, Any]]],
) -> None:
    for kind, record in old_records:
        once = upgrade(kind, record, 1)
        assert upgrade(kind, once, 1) == once == upgrade(kind, once, SCHEMA)
        assert kind in ("concept", "candidate") or once == record


def test_a_text_of_schema_1_gets_the_language_it_is_written_in() -> None:
    record = {"id": "x", "definition": "年轻人的一种态度。", "note": "Literally 躺平.", "term": TERMS}
    assert upgrade("concept", record, 1) == {
        "id": "x",
        "definitions": [{"language": "zh-Hans", "text": "年轻人的一种态度。"}],
        "notes": [{"language": "en", "text": "Literally 躺平."}],
        "term": TERMS,
    }
    taiwan = {"id": "x", "note": "臺灣用語。", "term": [{"language": "zh-TW", "text": "躺平"}]}
    assert upgrade("concept", taiwan, 1)["notes"] == [{"language": "zh-TW", "text": "臺灣用語。"}]


@pytest.mark.parametrize("record", [{"definition": 3}, {"note": ["x"]}, {"related": "x"}, {"related": [3]}])
def test_a_value_of_the_wrong_type_is_left_for_the_reader_to_name(record: dict[str, Any]) -> None:
    faults: list[str] = []
    read_concept(upgrade("concept", {"id": "x", **record, "term": TERMS}, 1), {}, faults.append)
    assert len(faults) == 1
    assert faults[0].startswith("concept “x”: ")


def test_an_unknown_schema_is_an_error() -> None:
    with pytest.raises(ValueError, match="no schema 3"):
        upgrade("concept", {}, 3)


def test_a_candidate_of_schema_1_gets_the_names_of_today(
    old_records: list[tuple[str, dict[str, Any]]],
) -> None:
    found = [(record, upgrade(kind, record, 1)) for kind, record in old_records if kind == "candidate"]
    assert found
    for old, new in found:
        assert (new["state"], new.get("target")) == (old["standing"], old.get("known"))
        assert not {"standing", "known"} & new.keys()
