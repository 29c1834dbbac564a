"""Concepts as rows of a table, one row per term, and other tools' tables as concepts.

A table of termbank's own is recognised by its columns and comes back as it was, except for attestations (the last
column sums them up and is not read). Any other table needs one Chinese and one English column, in either order, with a
header or without; ignored columns are named in a remark, unusable rows in a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from termbank.files.columns import Layout, chinese_in, language_of, layout_of, plain_word, remark_on_columns
from termbank.files.glossaries.format import GlossaryReading
from termbank.files.glossaries.pair_merge import (
    GRAMMARS,
    STATUSES,
    EntryCollector,
    GlossaryEntry,
    describe,
    split_cell,
)
from termbank.files.remarks import remark_on
from termbank.files.tables import Cell, CellTable, unguard
from termbank.model.concept import Concept, Grammar, Status, Term, TermType
from termbank.model.concept_facts import Description
from termbank.model.document_counts import count_documents
from termbank.model.errors import Fault
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.message import message, plural
from termbank.model.records import Record, read_concept, term_record
from termbank.model.upgrades import text_language, upgrade

COLUMNS = (
    "concept", "subject", "concept type", "definitions", "concept notes", "relations", "ids", "language", "term",
    "status", "by hand", "profiles", "type", "abbreviation of", "form", "grammar", "since", "until", "note", "match",
    "never inside", "attested",
)  # fmt: skip
WIDTHS = (28, 14, 14, 30, 20, 16, 14, 10, 34, 12, 8, 12, 12, 16, 10, 12, 10, 10, 20, 10, 16, 40)
_OLD = {"definition": "definition", "concept note": "note", "related": "related"}
"""Columns of a table of 0.1, and the fields that they are in a record of schema 1."""
_OWN = frozenset(("concept", "language", "term"))


def rows_of(glossary: Glossary) -> Iterator[list[str]]:
    """The header and one row per term, concepts and terms in their order."""
    yield list(COLUMNS)
    for concept in glossary:
        for term in concept.terms:
            record = term_record(term)
            yield [
                concept.id,
                concept.subject or "",
                concept.type.value,
                join_descriptions(concept.definitions),
                join_descriptions(concept.notes),
                _join(f"{one.type.value}: {one.concept}" for one in concept.relations),
                _join(f"{one.system}: {one.id}" for one in concept.external_ids),
                term.language.value,
                term.text,
                term.status.value,
                "yes" if term.by_hand else "",
                _join(record.get("profiles", ())),
                term.type.value,
                term.abbreviation_of or "",
                term.form.value if term.form else "",
                term.grammar.value,
                term.since or "",
                term.until or "",
                term.note or "",
                _join(record.get("match", ())),
                _join(term.never_inside),
                _attestation_summary(term),
            ]


def _join(items: Iterable[str]) -> str:
    if not items:
        return ""
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def join_descriptions(descriptions: Iterable[Description]) -> str:
    """Definitions or notes for a cell, one a line after its language: “en: Productive forces that …”."""
    return "\n".join(
        f"{one.language.value}: {_ESCAPED.sub(lambda m: _ESCAPES[m[0]], one.text)}" for one in descriptions
    )


def split_descriptions(cell: str) -> list[Record]:
    """Undo `join_descriptions`; a line that names no language is in the one it looks like."""
    found = []
    for line in cell.split("\n"):
        tag, colon, text = line.partition(": ")
        if not colon or tag not in tuple(Language):
            tag, text = text_language(line).value, line
        if text:
            text = _ESCAPE.sub(lambda m: _UNESCAPES.get(m[0], m[0]), text)
            found.append({"language": tag, "text": text})
    return found


_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_UNESCAPES = {escaped: character for character, escaped in _ESCAPES.items()}
_ESCAPED = re.compile(r"[\\\n\r]")
_ESCAPE = re.compile(r"\\.")
_YES = frozenset(("yes", "true", "1", "是"))


def _split_list(cell: str) -> list[str]:
    """The items of a list in a cell; undoes `_join`."""
    items, item, position = [], "", 0
    while position < len(cell):
        character = cell[position]
        if character == "\\" and position + 1 < len(cell):
            item += cell[position + 1]
            position += 2
        elif character == ";":
            items.append(item)
            item = ""
            position += 2 if cell.startswith("; ", position) else 1
        else:
            item += character
            position += 1
    return [*items, item] if cell else []


def _attestation_summary(term: Term) -> str:
    """Who used it, for a reader: “5 documents 2013–2024, 1 undated: China Daily; Xinhua”."""
    if not term.attestations:
        return ""
    houses = sorted({attestation.source.publisher_name for attestation in term.attestations})
    counts = count_documents(term.attestations)
    years = "–".join(sorted({date[:4] for date in (counts.first, counts.last) if date}))
    shown = "; ".join(houses[:6]) + (" …" if len(houses) > 6 else "")
    documents = str(plural("{count} document", "{count} documents", counts.documents))
    undated = f", {message('{count} undated', count=counts.undated)}" if counts.undated else ""
    return f"{documents}{' ' + years if years else ''}{undated}: {shown}"


def own_delimiter(data: bytes) -> str | None:
    """The delimiter of a table of termbank's own, by its header; None for any other table."""
    head = data[:40].removeprefix(b"\xef\xbb\xbf")
    return next((mark for mark in ",\t;" if head.startswith(f"concept{mark}subject{mark}".encode())), None)


def read(table: CellTable, name: str) -> GlossaryReading:
    """The concepts of a table, our own or another's."""
    if not table.rows:
        return GlossaryReading(
            Glossary(), remarks=(*table.remarks, remark_on(name, message("the table has no rows.")))
        )
    header = [plain_word(unguard(cell.text)).lstrip("#") for cell in table.rows[0]]
    if {plain_word(key) for key in _OWN} <= set(header) and len(set(header) & _plain_columns()) >= 4:
        return _read_own(table, name)
    return _read_foreign(table, name)


def _plain_columns() -> set[str]:
    return {plain_word(column) for column in COLUMNS}


def _read_own(table: CellTable, name: str) -> GlossaryReading:
    by_plain = {plain_word(column): column for column in (*COLUMNS, *_OLD)}
    columns = [by_plain.get(plain_word(unguard(cell.text)), "") for cell in table.rows[0]]
    unknown = [
        cell.text for cell, column in zip(table.rows[0], columns, strict=True) if not column and cell.text
    ]
    remarks = list(table.remarks)
    if unknown:
        remarks.append(remark_on(name, remark_on_columns(unknown)))
    records: dict[str, Record] = {}
    places: dict[str, Cell] = {}
    faults: list[Fault] = []
    for row in table.rows[1:]:
        values = {column: unguard(cell.text) for column, cell in zip(columns, row, strict=False) if column}
        if not values.get("concept"):
            faults.append(
                Fault(
                    message("“concept” is missing."),
                    name,
                    row[0].line,
                    remedy=message("Give the concept's id."),
                )
            )
            continue
        record = records.setdefault(values["concept"], {"id": values["concept"], "term": []})
        places.setdefault(values["concept"], row[0])
        _add_row(record, values)
    concepts: list[Concept] = []
    refused = len(faults)
    for id, record in records.items():
        wrong: list[str] = []
        concept = read_concept(upgrade("concept", record, 1), {}, wrong.append)
        faults.extend(Fault(what, name, places[id].line) for what in wrong)
        refused += bool(wrong)
        if not wrong:
            concepts.append(concept)
    return GlossaryReading(Glossary.of(concepts), tuple(faults), tuple(remarks), refused=refused)


def _add_row(record: Record, values: dict[str, str]) -> None:
    for column, key in (("subject", "subject"), ("concept type", "type"), *_OLD.items()):
        if values.get(column):
            old = _split_list(values[column]) if column == "related" else values[column]
            record.setdefault(key, old)
    for column, key in (("definitions", "definitions"), ("concept notes", "notes")):
        if values.get(column):
            record.setdefault(key, split_descriptions(values[column]))
    for column, key, names in (
        ("relations", "relations", ("type", "concept")),
        ("ids", "ids", ("system", "id")),
    ):
        if values.get(column):
            pairs = (item.partition(": ") for item in _split_list(values[column]))
            record.setdefault(key, [{names[0]: one, names[1]: other} for one, _, other in pairs])
    term: Record = {"text": values.get("term", "")}
    for column in (
        "language",
        "status",
        "type",
        "form",
        "grammar",
        "since",
        "until",
        "note",
        "abbreviation of",
    ):
        if values.get(column):
            term[column.replace(" ", "_")] = values[column]
    if values.get("by hand"):
        term["by_hand"] = plain_word(values["by hand"]) in _YES
    for column, key in (("match", "match"), ("never inside", "never_inside"), ("profiles", "profiles")):
        if values.get(column):
            term[key] = _split_list(values[column])
    record["term"].append(term)


def _read_foreign(table: CellTable, name: str) -> GlossaryReading:
    layout = layout_of(table.rows, name)
    if layout is None:
        fault = Fault(
            message("no column of Chinese terms beside a column of English ones was found."),
            name,
            remedy=message("Give a table with a Chinese and an English column."),
        )
        return GlossaryReading(Glossary(), (fault,), table.remarks, refused=1, has_own_ids=False)
    collector = EntryCollector()
    faults: list[Fault] = []
    split = 0
    for row in table.rows[layout.first :]:
        if row[0].text.startswith("#"):
            continue
        entry, wrong, parts = _entry(row, layout, name)
        split += parts
        if wrong is not None:
            faults.append(wrong)
        elif entry is not None:
            collector.add(entry)
    remarks = [*table.remarks, *layout.remarks]
    if split:
        text = plural(
            "{count} cell contains several terms (separated by “;”, “；”, “|” or “ : ”); it was split.",
            "{count} cells contain several terms (separated by “;”, “；”, “|” or “ : ”); they were split.",
            split,
        )
        remarks.append(remark_on(name, text))
    return GlossaryReading(
        collector.glossary(), tuple(faults), tuple(remarks), refused=len(faults), has_own_ids=False
    )


def _entry(
    row: tuple[Cell, ...], layout: Layout, name: str
) -> tuple[GlossaryEntry | None, Fault | None, int]:
    def value(role: str) -> str:
        number = layout.column(role)
        return unguard(row[number].text).strip() if number is not None and number < len(row) else ""

    terms: list[Term] = []
    split = 0
    wrong: list[str] = []
    for text, tag in _cells(row, layout):
        parts = split_cell(text)
        split += len(parts) > 1
        for part in parts:
            language = language_of(part, tag)
            if language is None or (language is Language.EN and chinese_in(part)):
                wrong.append(part)
            else:
                terms.append(_term(part, language, value("status"), value("pos")))
    fault = _row_fault(terms, wrong, name, row[0].line)
    if fault is not None:
        return None, fault, split
    definitions, notes = describe(value("definition")), describe(value("note"))
    return GlossaryEntry(terms, value("subject") or None, definitions, notes), None, split


def _cells(row: tuple[Cell, ...], layout: Layout) -> Iterator[tuple[str, str | None]]:
    """(text, tag) of every cell that holds terms."""
    for number, role in layout.roles.items():
        if role not in ("term", "source", "target") or number >= len(row):
            continue
        tag = layout.tags.get(number)
        tag_column = layout.column(f"{role} tag") if role != "term" else None
        if tag_column is not None and tag_column < len(row):
            tag = row[tag_column].text.strip() or None
        text = unguard(row[number].text).strip()
        if text:
            yield text, tag


def _term(text: str, language: Language, status: str, part_of_speech: str) -> Term:
    known = STATUSES.get(plain_word(status), Status.PROPOSED) if language is Language.EN else Status.PROPOSED
    grammar = GRAMMARS.get(plain_word(part_of_speech), Grammar.NOUN_PHRASE)
    return Term(text, language, known, TermType.FULL_FORM, grammar)


def _row_fault(terms: list[Term], wrong: list[str], name: str, line: int) -> Fault | None:
    if wrong:
        return Fault(
            message("“{text}” is neither Chinese nor English.", text=wrong[0][:60]),
            name,
            line,
            remedy=message("Correct the row."),
        )
    if not any(term.language.is_chinese for term in terms):
        return Fault(
            message("there is no Chinese term beside “{text}”.", text=terms[0].text[:60])
            if terms
            else message("there is no Chinese term."),
            name,
            line,
            remedy=message("Fill in the cell."),
        )
    if not any(term.language is Language.EN for term in terms):
        return Fault(
            message("there is no English term beside “{text}”.", text=terms[0].text[:60]),
            name,
            line,
            remedy=message("Fill in the cell."),
        )
    return None
