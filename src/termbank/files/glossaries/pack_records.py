"""A pack as plain records, whole: what it cites may stand in another file, and nothing is left out.

Merging and comparing packs work on these. To use a glossary, read it with `files.glossaries.toml`, which checks every field.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from termbank.files.glossaries.toml import parse, render_records
from termbank.model.errors import UnreadableError
from termbank.model.message import Message, message
from termbank.model.records import SCHEMA, SHAPE, Record
from termbank.model.upgrades import upgrade

ARRAYS = {"publisher": "id", "source": "id", "concept": "id", "refused": "text"}
"""The arrays of a pack in the order in which they are written, with the field that names a record."""
_HEAD = ("schema", "pack", "title")
_LANGUAGES = ("zh-Hans", "zh-Hant", "zh-TW", "zh-HK", "en")
_STATUSES = ("preferred", "admitted", "proposed", "superseded", "deprecated")

RecordKey = tuple[str, str]
"""The array of a record, and its id or text."""


@dataclass(frozen=True)
class PackRecords:
    """The records of a pack by array and id, in today's schema, with its name and title."""

    records: Mapping[RecordKey, Record] = field(default_factory=dict)
    pack: str | None = None
    title: str | None = None


def read_pack_records(data: bytes, name: str) -> PackRecords:
    """Read the records of one pack. An empty file is a pack without records.

    Raises:
        UnreadableError: It is no pack, or holds what a merge would lose.
    """
    body = parse(data, name)
    schema = body.get("schema", 1)
    if not isinstance(schema, int) or not 1 <= schema <= SCHEMA:
        raise _unreadable(name, message("its schema {schema} is not known here.", schema=schema))
    for unknown in body.keys() - {*_HEAD, *ARRAYS}:
        raise _unreadable(name, message("“{key}” is no field of a pack.", key=unknown))
    records: dict[RecordKey, Record] = {}
    for key, record in _records(body, name):
        if key in records:
            raise _unreadable(name, message("{kind} “{id}” stands in it twice.", kind=key[0], id=key[1]))
        records[key] = _in_order(key[0], upgrade(key[0], record, schema))
    return PackRecords(records, body.get("pack"), body.get("title"))


def write_pack_records(pack: PackRecords) -> bytes:
    """The pack as TOML, each array sorted by id."""
    order = {array: number for number, array in enumerate(ARRAYS)}
    keys = sorted(pack.records, key=lambda key: (order[key[0]], key[1]))
    records = ((key[0], _in_order(key[0], pack.records[key])) for key in keys)
    return render_records(records, pack=pack.pack, title=pack.title)


def sort_like(record: Record, *models: Record | None) -> Record:
    """The record with its terms and attestations sorted, where they are sorted in every model."""
    known = [model for model in models if model is not None]
    terms = list(record.get("term", ()))
    if not terms:
        return record
    if all(_is_sorted(list(map(_term_rank, model.get("term", ())))) for model in known):
        terms.sort(key=_term_rank)
    lists = [term.get("attestations", ()) for model in known for term in model.get("term", ())]
    if all(_is_sorted(list(map(_attestation_rank, one))) for one in lists):
        terms = [
            term | {"attestations": sorted(term["attestations"], key=_attestation_rank)}
            if "attestations" in term
            else term
            for term in terms
        ]
    return record | {"term": terms}


def _records(body: Mapping[str, Any], name: str) -> Iterator[tuple[RecordKey, Record]]:
    for array, named_by in ARRAYS.items():
        rows = body.get(array, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise _unreadable(name, message("“{array}” must be an array of tables.", array=array))
        for row in rows:
            if not isinstance(row.get(named_by), str) or not row[named_by]:
                raise _unreadable(
                    name, message("a {kind} in it has no “{field}”.", kind=array, field=named_by)
                )
            yield (array, row[named_by]), row


def _unreadable(name: str, what: Message) -> UnreadableError:
    return UnreadableError(what, file=name, remedy=message("Check it with `termbank doctor --glossaries`."))


def _in_order(kind: str, value: Any) -> Any:
    """The value with the fields of its records in the order in which they are written; unknown ones come last."""
    if isinstance(value, list):
        return [_in_order(kind, item) for item in value]
    if not isinstance(value, Mapping):
        return value
    shape = SHAPE.get(kind, {})
    names = [*(name for name in shape if name in value), *(name for name in value if name not in shape)]
    return {name: _in_order(shape.get(name) or "", value[name]) for name in names}


def _term_rank(term: Mapping[str, Any]) -> tuple[int, int, str]:
    language, status = str(term.get("language")), str(term.get("status"))
    return (
        _LANGUAGES.index(language) if language in _LANGUAGES else len(_LANGUAGES),
        _STATUSES.index(status) if status in _STATUSES else len(_STATUSES),
        str(term.get("text")),
    )


def _attestation_rank(attestation: Mapping[str, Any]) -> tuple[str, str]:
    return str(attestation.get("source")), str(attestation.get("date", ""))


def _is_sorted(ranks: list[Any]) -> bool:
    return all(one <= other for one, other in itertools.pairwise(ranks))
