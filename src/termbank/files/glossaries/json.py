"""JSON: the same records as the native format, in one object.

Lossless and byte-stable. Reads also lists of objects that name languages by their tags
({"en": …, "zh-cn": …}), as glossaries for programs are written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from termbank.files.columns import chinese_in, language_of
from termbank.files.encoding import decode
from termbank.files.glossaries.format import GlossaryReading
from termbank.files.glossaries.pair_merge import EntryCollector, GlossaryEntry, describe, split_cell
from termbank.files.glossaries.record_reader import Parts, authorities, read_parts
from termbank.files.remarks import remark_on
from termbank.model.concept import Status, Term
from termbank.model.document import Publisher, Source
from termbank.model.errors import Fault, UnreadableError
from termbank.model.glossary import Glossary
from termbank.model.language import Language, read_tag
from termbank.model.message import message
from termbank.model.records import SCHEMA, concept_record, publisher_record, source_record

_DEEPEST = 100


def read(data: bytes, name: str) -> GlossaryReading:
    decoded = decode(data, name)
    body = _parse(decoded.text, name)
    if isinstance(body, Mapping) and ("concept" in body or "source" in body or "publisher" in body):
        reading = read_parts([Parts(name, body)])
    else:
        reading = _read_foreign(body, name)
    return GlossaryReading(
        reading.glossary,
        reading.faults,
        (*decoded.remarks, *reading.remarks),
        reading.sources,
        reading.publishers,
        reading.refused,
        reading.has_own_ids,
    )


def _parse(text: str, name: str) -> Any:
    try:
        body = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            message("this is not JSON: {msg}.", msg=error.msg),
            file=name,
            line=error.lineno,
            column=error.colno,
            remedy=message("Correct it."),
        ) from None
    except (RecursionError, ValueError):  # nested too deeply; a number of thousands of digits
        raise UnreadableError(
            message("this JSON is not a glossary."),
            file=name,
            remedy=message("Check that it is the right file."),
        ) from None
    if not _is_shallow(body):
        raise UnreadableError(
            message("this JSON is not a glossary."),
            file=name,
            remedy=message("Check that it is the right file."),
        )
    return _without_surrogates(body)


def _is_shallow(body: Any) -> bool:
    level = [body]
    for _ in range(_DEEPEST):
        level = [
            inner
            for item in level
            if isinstance(item, list | dict)
            for inner in (item.values() if isinstance(item, dict) else item)
            if isinstance(inner, list | dict)
        ]
        if not level:
            return True
    return False


def _without_surrogates(value: Any) -> Any:
    """Half characters (a lone \\ud800) cannot be written anywhere; they become U+FFFD."""
    if isinstance(value, str):
        return (
            value if value.isascii() else value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value


def write(glossary: Glossary) -> bytes:
    """The glossary with the sources and publishers it cites."""
    return write_all(glossary, (), ())


def write_all(glossary: Glossary, sources: Iterable[Source], publishers: Iterable[Publisher]) -> bytes:
    """The glossary with what it cites and whatever else is to be listed."""
    listed, houses = authorities(glossary, sources, publishers)
    body: dict[str, Any] = {"schema": SCHEMA}
    body |= {key: value for key, value in (("pack", glossary.name), ("title", glossary.title)) if value}
    body["publisher"] = [publisher_record(publisher) for publisher in houses]
    body["source"] = [source_record(source) for source in listed]
    body["concept"] = [concept_record(concept) for concept in glossary]
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _read_foreign(body: Any, name: str) -> GlossaryReading:
    collector = EntryCollector()
    faults: list[Fault] = []
    ignored: set[str] = set()
    found = _objects(body)
    for number, record in enumerate(found, 1):
        entry = _entry(record, ignored)
        if entry is None:
            faults.append(
                Fault(
                    message("entry {number} has no Chinese and English term.", number=number),
                    name,
                    remedy=message('Write {"zh": …, "en": …}.'),
                )
            )
        else:
            collector.add(entry)
    if not found:
        faults.append(
            Fault(
                message("no glossary was found in this JSON."),
                name,
                remedy=message('Give a list of {"zh": …, "en": …}.'),
            )
        )
    remarks = (
        (remark_on(name, message("Ignored fields: {names}.", names=", ".join(sorted(ignored)))),)
        if ignored
        else ()
    )
    return GlossaryReading(
        collector.glossary(), tuple(faults), remarks, refused=len(faults), has_own_ids=False
    )


def _objects(body: Any) -> list[Mapping[str, Any]]:
    """The first list of objects in it; or a plain {"中文": "English"} taken as one."""
    if isinstance(body, list):
        return [item for item in body if isinstance(item, Mapping)]
    if not isinstance(body, Mapping):
        return []
    for value in body.values():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            return [item for item in value if isinstance(item, Mapping)]
    pairs = [(key, value) for key, value in body.items() if isinstance(value, str)]
    both = [pair for pair in pairs if chinese_in(pair[0]) != chinese_in(pair[1])]
    return [{"zh": k, "en": v} if chinese_in(k) else {"zh": v, "en": k} for k, v in both]


def _entry(record: Mapping[str, Any], ignored: set[str]) -> GlossaryEntry | None:
    terms: list[Term] = []
    seen: dict[str, str] = {}
    for key, value in record.items():
        values = value if isinstance(value, list) else [value]
        texts = [part for each in values if isinstance(each, str) for part in split_cell(each)]
        word = key.lower()
        if read_tag(key)[0] is not None or word in ("chinese", "english"):
            tag = {"chinese": "zh", "english": "en"}.get(word, key)
            terms += [
                Term(text, language) for text in texts if (language := language_of(text, tag)) is not None
            ]
        elif word in ("definition", "description"):
            seen["definition"] = " ".join(texts)
        elif word in ("subject", "domain", "field", "category", "context"):
            seen["subject"] = "; ".join(texts)
        elif word in ("note", "comment", "notes"):
            seen["note"] = " ".join(texts)
        elif word not in ("id", "status"):
            ignored.add(key)
    if not {True, False} <= {term.language.is_chinese for term in terms}:
        return None
    terms = [
        Term(t.text, t.language, Status.PROPOSED)
        for t in terms
        if (t.language is Language.EN) != chinese_in(t.text)
    ]
    return (
        GlossaryEntry(
            terms, seen.get("subject"), describe(seen.get("definition")), describe(seen.get("note"))
        )
        if terms
        else None
    )
