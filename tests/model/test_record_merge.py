"""Two people's changes of one record are merged field by field, and only real conflicts are reported."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from termbank.model.record_merge import describe_path, diff_fields, merge_records

BASE: dict[str, Any] = {
    "id": "new-quality-productive-forces",
    "subject": "economy",
    "notes": [{"language": "en", "text": "first used in 2023"}],
    "term": [
        {"language": "zh-Hans", "text": "新质生产力", "status": "preferred"},
        {
            "language": "en",
            "text": "new quality productive forces",
            "status": "admitted",
            "attestations": [{"source": "gwr-2024"}],
        },
    ],
}


def changed(**fields: Any) -> dict[str, Any]:
    return deepcopy(BASE) | fields


def with_term(number: int, **fields: Any) -> dict[str, Any]:
    record = deepcopy(BASE)
    record["term"][number] |= fields
    return record


def test_changes_of_different_fields_are_merged() -> None:
    theirs = with_term(1, status="preferred")
    yours = changed(subject="industry")
    merged, conflicts = merge_records(BASE, theirs, yours)
    assert conflicts == ()
    assert merged == with_term(1, status="preferred") | {"subject": "industry"}


def test_both_may_add_items_to_one_list() -> None:
    theirs, yours = deepcopy(BASE), deepcopy(BASE)
    theirs["term"].append({"language": "en", "text": "new productive forces", "status": "proposed"})
    yours["term"][1]["attestations"].append({"source": "gwr-2025"})
    merged, conflicts = merge_records(BASE, theirs, yours)
    assert conflicts == ()
    assert merged is not None
    assert [term["text"] for term in merged["term"]] == [
        "新质生产力",
        "new quality productive forces",
        "new productive forces",
    ]
    assert merged["term"][1]["attestations"] == [{"source": "gwr-2024"}, {"source": "gwr-2025"}]


def test_one_field_changed_differently_is_a_conflict_with_all_three_values() -> None:
    theirs, yours = with_term(1, status="preferred"), with_term(1, status="deprecated")
    merged, (conflict,) = merge_records(BASE, theirs, yours)
    assert merged == theirs
    assert (conflict.base, conflict.theirs, conflict.yours) == ("admitted", "preferred", "deprecated")
    assert conflict.field == "term “en, new quality productive forces” status"
    assert str(conflict).endswith("was “admitted”, is now “preferred”, you wrote “deprecated”.")


def test_a_term_removed_by_one_and_changed_by_the_other_is_a_conflict() -> None:
    removed = deepcopy(BASE)
    del removed["term"][1]
    kept = with_term(1, note="official since 2024")
    for theirs, yours in ((removed, kept), (kept, removed)):
        merged, conflicts = merge_records(BASE, theirs, yours)
        assert conflicts
        assert merged == theirs


def test_a_removed_record_conflicts_with_a_change_and_not_with_itself() -> None:
    assert merge_records(BASE, None, None) == (None, ())
    assert merge_records(BASE, BASE, None) == (None, ())
    merged, (conflict,) = merge_records(BASE, None, changed(subject="industry"))
    assert merged is None
    assert conflict.theirs is None


def test_changed_fields_are_named_for_people() -> None:
    paths = diff_fields(BASE, with_term(1, status="preferred"))
    assert [describe_path(path) for path in paths] == ["term “en, new quality productive forces” status"]


_LEAF = st.sampled_from(["a", "b", "c", 1, 2, True])
_TERM = st.fixed_dictionaries(
    {"language": st.sampled_from(["en", "zh-Hans"]), "text": st.sampled_from(["x", "y", "z"])},
    optional={"status": _LEAF, "note": _LEAF},
)
_RECORD = st.fixed_dictionaries(
    {"id": st.just("one")},
    optional={
        "subject": _LEAF,
        "term": st.lists(
            _TERM, max_size=4, min_size=1, unique_by=lambda term: (term["language"], term["text"])
        ),
        "law": st.fixed_dictionaries(
            {},
            optional={"adopted": _LEAF, "amended": st.lists(st.sampled_from("pqr"), unique=True, min_size=1)},
        ),
    },
).map(lambda record: {key: value for key, value in record.items() if value != {}})


@given(_RECORD, _RECORD, _RECORD)
def test_merging_is_even_handed_and_loses_nothing(base: Any, theirs: Any, yours: Any) -> None:
    merged, conflicts = merge_records(base, theirs, yours)
    back, others = merge_records(base, yours, theirs)
    assert bool(conflicts) == bool(others)
    if not conflicts:
        assert diff_fields(merged, back) == ()
        wanted = {*diff_fields(base, theirs), *diff_fields(base, yours)}
        assert set(diff_fields(base, merged)) == wanted
    assert merge_records(base, base, yours) == (yours, ())
    assert merge_records(base, theirs, base) == (theirs, ())
