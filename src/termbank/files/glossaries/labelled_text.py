"""Text that labels its terms line by line (“English Term: …”, “Chinese Term: …”), as thesauri are exchanged.

A label that names a language holds a term; “definition” and “note” are read too. An entry ends at a blank line or where
a label comes again. Lines that begin with # are ignored and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from termbank.files.columns import chinese_in, english_in, language_of
from termbank.files.glossaries.format import GlossaryReading
from termbank.files.glossaries.pair_merge import EntryCollector, GlossaryEntry, describe
from termbank.files.remarks import remark_on
from termbank.model.concept import Status, Term
from termbank.model.errors import Fault
from termbank.model.language import Language
from termbank.model.message import Message, message, plural

_LABEL = re.compile(r"\s*(\S[^:：]{0,29}?)\s*[:：]\s*(.*)$")
_ROLES = (
    ("en", re.compile(r"english|英文|英语", re.I)),
    ("zh", re.compile(r"chinese|中文|汉语|漢語", re.I)),
    ("definition", re.compile(r"definition|定义|释义", re.I)),
    ("note", re.compile(r"note|comment|备注|注释", re.I)),
)


def is_labelled(text: str) -> bool:
    """Whether Chinese and English terms are labelled, at least in the first lines."""
    roles = {role for line in text[:20_000].splitlines()[:200] if (role := _read_label(line)[0])}
    return {"en", "zh"} <= roles


def _read_label(line: str) -> tuple[str | None, str, bool]:
    """(role or None, value, whether the line has a label at all)."""
    match = _LABEL.match(line)
    if match is None:
        return None, line.strip(), False
    for role, pattern in _ROLES:
        if pattern.search(match[1]):
            return role, match[2].strip(), True
    return None, match[2].strip(), True


def read(text: str, name: str) -> GlossaryReading:
    collector = EntryCollector()
    faults: list[Fault] = []
    remarked = sum(1 for line in text.splitlines() if line.lstrip().startswith("#"))
    for line, values in _entries(text):
        zh, en = values.get("zh", ""), values.get("en", "")
        if chinese_in(zh) and english_in(en):
            language = language_of(zh) or Language.ZH_HANS
            terms = [Term(zh, language, Status.PROPOSED), Term(en, Language.EN, Status.PROPOSED)]
            collector.add(_entry(terms, values))
        elif zh or en:
            text = (en or zh)[:60]
            missing = (
                message("there is no Chinese term beside “{text}”.", text=text)
                if english_in(en)
                else message("there is no English term beside “{text}”.", text=text)
            )
            faults.append(Fault(missing, name, line))
    remarks: list[Message] = []
    if remarked:
        ignored = plural(
            "Ignored {count} line that begins with #.", "Ignored {count} lines that begin with #.", remarked
        )
        remarks.append(remark_on(name, ignored))
    return GlossaryReading(
        collector.glossary(), tuple(faults), tuple(remarks), refused=len(faults), has_own_ids=False
    )


def _entry(terms: list[Term], values: Mapping[str, str]) -> GlossaryEntry:
    return GlossaryEntry(terms, None, describe(values.get("definition")), describe(values.get("note")))


def _entries(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, values by role) of each entry."""
    values: dict[str, str] = {}
    last: str | None = None
    start = 1
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#"):
            continue
        role, value, has_label = _read_label(line)
        if not line.strip() or (role in values):
            if values:
                yield start, values
            values, last = {}, None
        if not line.strip():
            continue
        if role is not None:
            start = start if values else number
            values[role] = unescape(value)
        elif not has_label and last is not None and last in ("definition", "note"):
            values[last] += " " + unescape(value)
        last = role if has_label else last
    if values:
        yield start, values
