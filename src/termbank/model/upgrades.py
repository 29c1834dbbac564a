"""Records of older schemas in today's shape.

Schema 1 is what termbank 0.1 wrote. Its concepts had one definition, one note and a list of related concepts; today
they have several of each, with a language, a source and a type.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from termbank.model.language import Language
from termbank.model.records.shape import SCHEMA, SHAPE, Record

_WORD = re.compile(r"[A-Za-z]+")


@cache
def _han() -> re.Pattern[str]:
    """A Chinese character; compiled when it is first needed, since ranges beyond U+FFFF take milliseconds."""
    return re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def upgrade(kind: str, record: Mapping[str, Any], schema: int) -> Record:
    """A record in today's shape. It is never changed in place, and one of today's schema comes back as it is.

    Publishers, sources and origins have the same shape in every schema. A document of schema 1 holds its
    texts, which the bank moves to rows of their own; it comes back unchanged.

    Args:
        kind: What the record describes: concept, source …
        record: The record as it was written.
        schema: The number of the schema it was written in.

    Raises:
        ValueError: There is no such schema.
    """
    if not 1 <= schema <= SCHEMA:
        raise ValueError(f"no schema {schema}")
    if schema == 1 and kind == "concept":
        return _upgrade_concept(record)
    if schema == 1 and kind == "candidate":
        return _upgrade_candidate(record)
    return dict(record)


def _upgrade_candidate(record: Mapping[str, Any]) -> Record:
    """A candidate of schema 1, with its state and its target under their names of today."""
    names = {"standing": "state", "known": "target"}
    return {names.get(name, name): value for name, value in record.items()}


def _upgrade_concept(record: Mapping[str, Any]) -> Record:
    """A concept of schema 1; values of the wrong type stay, so that the reader names them."""
    if not any(key in record for key in ("definition", "note", "related")):
        return dict(record)
    chinese = _chinese_of(record)
    found = dict(record)
    for old, new in (("definition", "definitions"), ("note", "notes")):
        text = found.pop(old, None)
        if text not in (None, ""):
            language = text_language(text, chinese) if isinstance(text, str) else Language.EN
            found[new] = [*found.get(new, ()), {"language": language.value, "text": text}]
    related = found.pop("related", None)
    if isinstance(related, list | tuple):
        if related:
            ids = sorted(dict.fromkeys(related)) if all(isinstance(id, str) for id in related) else related
            found["relations"] = [
                *found.get("relations", ()),
                *({"type": "related", "concept": id} for id in ids),
            ]
    elif related is not None:
        found["relations"] = related
    order = {key: place for place, key in enumerate(SHAPE["concept"])}
    return dict(sorted(found.items(), key=lambda item: order.get(item[0], len(order))))


def _chinese_of(record: Mapping[str, Any]) -> Language:
    """The script or region of the concept's first Chinese term."""
    terms = record.get("term")
    for term in terms if isinstance(terms, list | tuple) else ():
        tag = term.get("language") if isinstance(term, Mapping) else None
        if isinstance(tag, str) and tag in tuple(Language) and Language(tag).is_chinese:
            return Language(tag)
    return Language.ZH_HANS


def text_language(text: str, chinese: Language = Language.ZH_HANS) -> Language:
    """The language of a text that does not say: `chinese` where an English word stands beside more than two Han characters.

    >>> text_language("Literally “lying flat” (躺平).")
    <Language.EN: 'en'>
    """
    return chinese if len(_han().findall(text)) > 2 * len(_WORD.findall(text)) else Language.EN
