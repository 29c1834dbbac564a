"""Three-way merging of records by field, and what differs between two.

A record is taken apart into fields (a path and a value). The items of a list are known by their identity, not by their
place: a term by its language and text, a definition by its language, source and text, and so on. Two people who changed
different fields of one concept are then both right; where they changed one field differently there is a conflict, which
carries what the field was and both new values (the three-way merge of `diff3`, over fields instead of lines).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from termbank.model.message import Message, message
from termbank.model.records import Record

WHOLE_RECORD = "the whole record"
"""The field of a conflict where one side removed the record and the other changed it."""
Path = tuple[Hashable, ...]
"""Where a field stands: names of fields and identities of items, from the outside in."""

_Identity = Callable[[Any], Hashable]


@dataclass(frozen=True)
class _ItemKey:
    """The identity of an item of a list, as a step of a path."""

    parts: tuple[Hashable, ...]


@dataclass(frozen=True)
class _Item:
    """The value that says: an item of this identity is in the list."""


@dataclass(frozen=True)
class FieldConflict:
    """A field that two people changed differently: its base, what is kept now and what was to be written.

    None stands for an absent value; `field` names the field for people, in English.
    """

    field: str
    base: Any
    theirs: Any
    yours: Any

    def __str__(self) -> str:
        return str(self.text)

    @property
    def text(self) -> Message:
        """One line that shows all three."""
        return message(
            "{field}: was {base}, is now {theirs}, you wrote {yours}.",
            field=self.field,
            base=show_value(self.base),
            theirs=self.shown_theirs,
            yours=self.shown_yours,
        )

    @property
    def shown_theirs(self) -> str:
        """What is kept, in one line."""
        return show_value(self.theirs)

    @property
    def shown_yours(self) -> str:
        """What was to be written, in one line."""
        return show_value(self.yours)


def merge_records(
    base: Record | None, theirs: Record | None, yours: Record | None
) -> tuple[Record | None, tuple[FieldConflict, ...]]:
    """Merge two changes of one record, field by field.

    Args:
        base: The record that both started from; None where there was none.
        theirs: The record as it is kept now; None where it was removed.
        yours: The record to be written; None where it is to be removed.

    Returns:
        The merged record (with their value at each conflict) and the conflicts.
    """
    if theirs == yours or yours == base:
        return theirs, ()
    if theirs == base:
        return yours, ()
    if theirs is None or yours is None:
        return theirs, (FieldConflict(WHOLE_RECORD, base, theirs, yours),)
    old, now, new = (dict(_fields(record)) if record else {} for record in (base, theirs, yours))
    merged: dict[Path, Any] = {}
    conflicts: list[FieldConflict] = []
    for path in {**now, **new, **old}:
        before, kept, wanted = old.get(path), now.get(path), new.get(path)
        if kept == wanted or wanted == before:
            value = kept
        elif kept == before:
            value = wanted
        else:
            value = kept  # theirs, until the conflict is resolved
            conflicts.append(FieldConflict(describe_path(path), before, kept, wanted))
        if value is not None:
            merged[path] = value
    conflicts += _lost_items(merged, old, now, new)
    return _assemble(merged, (theirs, yours)), tuple(conflicts)


def diff_fields(before: Record | None, after: Record | None) -> tuple[Path, ...]:
    """The paths of the fields that differ, in a fixed order."""
    old = dict(_fields(before)) if before else {}
    new = dict(_fields(after)) if after else {}
    return tuple(path for path in {**old, **new} if old.get(path) != new.get(path))


def field_values(record: Record | None) -> dict[Path, Any]:
    """Every field of a record by its path."""
    return dict(_fields(record)) if record else {}


def find_preferred_rivals(record: Record) -> dict[tuple[str, str], list[str]]:
    """The full forms preferred beside one another, by (language, profile), where there is more than one.

    A preferred term of no profile counts under the profile "".
    """
    found: dict[tuple[str, str], list[str]] = {}
    for term in record.get("term", ()):
        if term.get("status") == "preferred" and term.get("type", "full form") == "full form":
            for profile in term.get("profiles") or ("",):
                found.setdefault((str(term["language"]), profile), []).append(str(term["text"]))
    return {key: texts for key, texts in found.items() if len(texts) > 1}


def fields_by_name(record: Record | None) -> dict[Path, Any]:
    """The fields that are worth naming on their own, by path: items of lists, and what is said of them.

    What an item is known by (the text of a term, the type of a relation) is part of its path and no field of its own.
    The value of an item is None.
    """
    return {
        path: None if isinstance(value, _Item) else value
        for path, value in field_values(record).items()
        if path != ("id",) and not _is_identity(path, value)
    }


def _is_identity(path: Path, value: Any) -> bool:
    item = path[-2] if len(path) > 1 else None
    return isinstance(item, _ItemKey) and value in tuple(_words(item.parts))


# -- identities --------------------------------------------------------------------------------


def _by(*names: str) -> _Identity:
    return lambda item: tuple(_frozen(item.get(name)) for name in names)


def _attestation_identity(item: Any) -> Hashable:
    placed = "start" in item
    return (item.get("source"), item.get("date"), item.get("start"), None if placed else item.get("quote"))


IDENTITIES: Mapping[str, _Identity] = {
    "term": _by("language", "text"),
    "definitions": _by("language", "source", "text"),
    "notes": _by("language", "source", "text"),
    "contexts": _by("zh", "en"),
    "relations": _by("type", "concept"),
    "ids": _by("system", "id"),
    "members": _by("zh"),
    "attestations": _attestation_identity,
    "evidence": _by("zh", "en", "source", "zh_span", "en_span"),
    "renderings": _by("text"),
}
"""By the name of a list of tables, what tells its items apart.

Texts and tables of other lists are known by their whole value; a list of numbers or lists is one value.
"""


def _frozen(value: Any) -> Hashable:
    """A value that can be compared and looked up."""
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value  # type: ignore[no-any-return]


# -- taking apart and putting together -----------------------------------------------------------


def _fields(value: Any, path: Path = (), name: str = "") -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _fields(inner, (*path, key), key)
    elif isinstance(value, list | tuple) and all(isinstance(item, str | Mapping) for item in value):
        identity = IDENTITIES.get(name, _frozen)
        for item in value:
            step = _ItemKey((identity(item),))
            if isinstance(item, Mapping) and name in IDENTITIES:
                yield (*path, step), _Item()
                yield from _fields(item, (*path, step))
            else:
                yield (*path, step), item
    else:
        yield path, value


def _lost_items(
    merged: dict[Path, Any], old: Mapping[Path, Any], now: Mapping[Path, Any], new: Mapping[Path, Any]
) -> Iterator[FieldConflict]:
    """Settle the items that one side removed and the other changed: what is kept now stays, and it is a conflict."""
    for path in [path for path, value in merged.items() if not isinstance(value, _Item)]:
        item = next(
            (
                path[:end]
                for end in range(1, len(path))
                if isinstance(path[end - 1], _ItemKey) and path[:end] not in merged
            ),
            None,
        )
        if item is None or path not in merged:
            continue
        for known in [known for known in merged if known[: len(item)] == item]:
            del merged[known]
        merged.update({known: value for known, value in now.items() if known[: len(item)] == item})
        yield FieldConflict(describe_path(item), old.get(item), now.get(item), new.get(item))


def _assemble(fields: Mapping[Path, Any], orders: tuple[Record, Record]) -> Record:
    """The record that has these fields; items in the order of the first record, then of the second."""
    tree: dict[Hashable, Any] = {}
    for path, value in fields.items():
        node = tree
        for step in path[:-1]:
            node = node.setdefault(step, {})
        if isinstance(value, _Item):
            node.setdefault(path[-1], {})
        else:
            node[path[-1]] = value
    ranks: dict[Path, int] = {}
    for record in orders:
        for path, _ in _fields(record):
            ranks.setdefault(path, len(ranks))
    built: Record = _built(tree, (), ranks)
    return built


def _built(node: Any, path: Path, ranks: Mapping[Path, int]) -> Any:
    if not isinstance(node, dict):
        return node
    if node and all(isinstance(key, _ItemKey) for key in node):
        keys = sorted(node, key=lambda key: ranks.get((*path, key), len(ranks)))
        return [_built(node[key], (*path, key), ranks) for key in keys]
    return {key: _built(inner, (*path, key), ranks) for key, inner in node.items()}


# -- for people ----------------------------------------------------------------------------------


def describe_path(path: Path) -> str:
    """A path as people read it: term “en, new quality productive forces” status."""
    parts = []
    for step in path:
        if isinstance(step, _ItemKey):
            parts.append(f"“{', '.join(_words(step.parts))}”")
        else:
            parts.append(str(step).replace("_", " "))
    return " ".join(parts)


def _words(parts: tuple[Hashable, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, tuple):
            yield from _words(part)
        elif part is not None:
            yield str(part)


def show_value(value: Any) -> str:
    """A value of a field in one line of at most sixty characters."""
    if value is None:
        return "nothing"
    text = (
        value
        if isinstance(value, str)
        else "there"
        if isinstance(value, _Item)
        else json.dumps(value, ensure_ascii=False)
    )
    return f"“{text}”" if len(text) <= 60 else f"“{text[:59]}…”"
