"""Every field that names a source, a publisher or a concept is a reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from termbank.model.records import SHAPE
from termbank.model.references import Reference, references

NAMING = {
    "source": "source",
    "fixed_by": "source",
    "publisher": "publisher",
    "concept": "concept",
    "predecessors": "concept",
    "successors": "concept",
}
"""The names of fields that name another thing, and its kind."""
LISTS = {"predecessors", "successors"}


def _full_record(kind: str, path: str = "") -> tuple[dict[str, Any], Iterator[Reference]]:
    """A record with every field of its shape, and the references it should have; ids are the fields' paths."""
    record: dict[str, Any] = {}
    expected: list[Reference] = []
    for field, inner in SHAPE[kind].items():
        here = f"{path}{field}"
        if inner is not None:
            value, found = _full_record(inner, f"{here}.")
            record[field] = (
                value if field in ("body", "law", "first_use", "short_title", "zh", "en") else [value]
            )
            expected += found
        elif field in NAMING:
            record[field] = [here] if field in LISTS else here
            expected.append(Reference(here, NAMING[field], here))
        else:
            record[field] = "x"
    return record, iter(expected)


@pytest.mark.parametrize("kind", ["concept", "source", "document", "publisher"])
def test_every_field_of_the_shape_that_names_a_thing_is_covered(kind: str) -> None:
    record, expected = _full_record(kind)
    assert sorted(references(kind, record)) == sorted(expected)


def test_no_field_that_names_a_thing_is_called_otherwise() -> None:
    """A new field of the shape must be listed in one of the two sets, so that nobody forgets it here."""
    plain = set(
        "id name kind language aliases title date url described type subject text zh en system founded renamed "
        "adopted amended in_force quote status by_hand abbreviation_of form grammar profiles since until note "
        "match never_inside alongside copy inferred start end pair alignment pack base".split()
    )
    named = {field for fields in SHAPE.values() for field, inner in fields.items() if inner is None}
    assert named - plain == set(NAMING)


def test_a_candidate_and_an_origin_name_what_they_belong_to() -> None:
    candidate = {"id": "c", "target": "forces", "evidence": [{"zh": "x", "source": "news"}, {"zh": "y"}]}
    assert list(references("candidate", candidate)) == [
        Reference("target", "concept", "forces"),
        Reference("evidence.source", "source", "news"),
    ]
    assert list(references("origin", {"id": "forces", "pack": "p"})) == [Reference("id", "concept", "forces")]


@pytest.mark.parametrize(
    "record",
    [
        {"term": "x"},
        {"term": ["x", {"attestations": [3]}]},
        {"relations": {"concept": "x"}, "members": [3], "body": [1], "first_use": 3, "notes": ["x"]},
        {"body": {"predecessors": "x", "successors": [3]}},
    ],
)
def test_a_damaged_record_names_nothing_and_raises_nothing(record: dict[str, Any]) -> None:
    assert list(references("concept", record)) == []
