"""Readers of single fields. Each calls `complain` with what is wrong, and then gives the field's empty value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from termbank.model.date import is_date
from termbank.model.document import Source
from termbank.model.language import Language
from termbank.model.message import message

Complain = Callable[[str], None]
Fields = Mapping[str, Any]
_Enum = TypeVar("_Enum", bound=StrEnum)

_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_HASH = re.compile(r"[0-9a-f]{64}")


def is_id(value: str) -> bool:
    """Whether a text can be an id: a–z, 0–9, single hyphens and dots."""
    return _ID.fullmatch(value) is not None


def read_text(record: Fields, key: str, complain: Complain, needed: bool = False) -> str | None:
    value = record.get(key)
    if value is None or value == "":
        if needed:
            complain(message("“{key}” is missing.", key=key))
        return None
    if not isinstance(value, str):
        complain(message("“{key}” must be text, not {value!r}.", key=key, value=value))
        return None
    return value


def read_date(record: Fields, key: str, complain: Complain) -> str | None:
    value = read_text(record, key, complain)
    return value if value is None or _is_sound_date(value, key, complain) else None


def _is_sound_date(value: str, key: str, complain: Complain) -> bool:
    if is_date(value):
        return True
    fault = message(
        "“{value}” is not a date for “{key}”. Write 2025, 2025-08 or 2025-08-26.", value=value, key=key
    )
    complain(fault)
    return False


def read_dates(record: Fields, key: str, complain: Complain) -> tuple[str, ...]:
    """A list of dates, sorted, each once."""
    values = read_texts(record, key, complain)
    return tuple(sorted({value for value in values if _is_sound_date(value, key, complain)}))


def read_flag(record: Fields, key: str, complain: Complain) -> bool:
    value = record.get(key, False)
    if not isinstance(value, bool):
        complain(message("“{key}” must be true or false, not {value!r}.", key=key, value=value))
        return False
    return value


def read_texts(record: Fields, key: str, complain: Complain) -> tuple[str, ...]:
    value = record.get(key)
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        complain(message("“{key}” must be a list of texts.", key=key))
        return ()
    return tuple(value)


def read_choice(
    kinds: type[_Enum], value: str | None, what: str, default: _Enum, complain: Complain
) -> _Enum:
    """The value of an enumeration, or the default where the field is absent or wrong."""
    if value is None:
        return default
    found: _Enum | None = _values_of(kinds).get(value)
    if found is not None:
        return found
    complain(
        message(
            "unknown {what} “{value}”. Use one of: {choices}.",
            what=what,
            value=value,
            choices=", ".join(kind.value for kind in kinds),
        )
    )
    return default


@cache
def _values_of(kinds: type[_Enum]) -> Mapping[str, _Enum]:
    return {kind.value: kind for kind in kinds}


def read_identifier(record: Fields, complain: Complain) -> str:
    """The id of the record itself."""
    value = read_text(record, "id", complain, needed=True) or ""
    if value and not is_id(value):
        complain(message("the id “{value}” may hold only a–z, 0–9, single hyphens and dots.", value=value))
    return value


def read_reference(record: Fields, key: str, complain: Complain, needed: bool = False) -> str | None:
    """The id of a concept that a field names."""
    value = read_text(record, key, complain, needed)
    return value if value is None or _is_sound_id(value, key, complain) else None


def read_references(record: Fields, key: str, complain: Complain) -> tuple[str, ...]:
    """The ids of concepts that a field names, sorted, each once."""
    values = read_texts(record, key, complain)
    return tuple(sorted({value for value in values if _is_sound_id(value, key, complain)}))


def _is_sound_id(value: str, key: str, complain: Complain) -> bool:
    if is_id(value):
        return True
    complain(message("“{value}” is not the id of a concept for “{key}”.", value=value, key=key))
    return False


def read_hash(value: Any, key: str, complain: Complain) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and _HASH.fullmatch(value):
        return value
    complain(
        message("“{key}” must be a SHA-256 of 64 digits 0–9 and a–f, not {value!r}.", key=key, value=value)
    )
    return None


def read_language(record: Fields, text: str, complain: Complain) -> Language | None:
    """The language of a text, which must be given."""
    tag = read_text(record, "language", complain, needed=True)
    if tag is None:
        return None
    language = _LANGUAGES.get(tag)
    if language is not None:
        return language
    complain(
        message(
            "unknown language “{tag}” for “{text}”. Use one of: {choices}.",
            tag=tag,
            text=text,
            choices=", ".join(Language),
        )
    )
    return None


_LANGUAGES = {language.value: language for language in Language}


def read_cited(
    record: Fields, key: str, sources: Mapping[str, Source], complain: Complain, needed: bool = False
) -> Source | None:
    """The source that a field names by its id."""
    name = read_text(record, key, complain, needed)
    if name is None:
        return None
    source = sources.get(name)
    if source is None:
        complain(
            message(
                "the source “{name}” is not listed. Add a [[source]] with this id, or give the folder of all packs.",
                name=name,
            )
        )
    return source


def read_tables(record: Fields, key: str, complain: Complain) -> list[Fields]:
    value = record.get(key)
    if value is None:
        return []
    if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
        complain(message("“{key}” must be a list of tables.", key=key))
        return []
    return list(value)


def read_table(record: Fields, key: str, complain: Complain) -> Fields | None:
    value = record.get(key)
    if value is None or isinstance(value, Mapping):
        return value or None
    complain(message("“{key}” must be a table.", key=key))
    return None
