"""The native format: a glossary as readable TOML, sorted, so that a diff is a list of decisions.

Lossless and byte-stable: the same concepts give the same bytes, and a file that is read and written again is unchanged.
The packs of a folder are read together (`read_packs`), so that publishers and sources may be in files of their own. A
fault names the file and the line.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from termbank.files.encoding import decode
from termbank.files.glossaries.format import GlossaryReading
from termbank.files.glossaries.record_reader import Parts, authorities, read_parts
from termbank.files.remarks import remark_on
from termbank.model.concept import Concept
from termbank.model.document import Publisher, Source
from termbank.model.errors import Fault, UnreadableError
from termbank.model.glossary import Glossary
from termbank.model.message import message
from termbank.model.records import SCHEMA, Record, concept_record, publisher_record, source_record

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')
_HEADER = re.compile(r"\s*\[\[\s*([\w.]+)\s*\]\]\s*(?:#.*)?$")
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")
_QUOTED = re.compile("“([^”]*)”")


def read(data: bytes, name: str) -> GlossaryReading:
    """Read one pack. Broken TOML is one fault; otherwise each entry with a fault is left out and the rest is read."""
    return read_packs([(name, data)])


def read_packs(files: Iterable[tuple[str, bytes]]) -> GlossaryReading:
    """Read packs together, given as (name, bytes): one may cite what another lists."""
    parts: list[Parts] = []
    faults: list[Fault] = []
    remarks: list[str] = []
    for name, data in files:
        decoded = decode(data, name)
        remarks.extend(decoded.remarks)
        if decoded.encoding != "utf-8":
            text = message("read as {encoding}; a TOML pack should be UTF-8.", encoding=decoded.encoding)
            remarks.append(remark_on(name, text))
        try:
            body = tomllib.loads(decoded.text)
        except tomllib.TOMLDecodeError as error:
            faults.append(_broken(error, name, decoded.text))
            continue
        except RecursionError:
            faults.append(_too_deep(name))
            continue
        parts.append(Parts(name, body, _LineFinder(decoded.text).locate))
        if not any(body.get(array) for array in ("concept", "source", "publisher", "refused")):
            remarks.append(remark_on(name, message("no [[concept]], [[source]] or [[publisher]] in it.")))
    reading = read_parts(parts)
    return replace(
        reading,
        faults=(*faults, *reading.faults),
        remarks=(*remarks, *reading.remarks),
        refused=reading.refused + len(faults),
    )


def write(glossary: Glossary) -> bytes:
    """The glossary with the sources and publishers it cites."""
    return render(
        glossary.concepts, glossary.sources, glossary.publishers, pack=glossary.name, title=glossary.title
    )


def write_all(glossary: Glossary, sources: Iterable[Source], publishers: Iterable[Publisher]) -> bytes:
    """The glossary with what it cites and whatever else is to be listed."""
    listed, houses = authorities(glossary, sources, publishers)
    return render(glossary.concepts, listed, houses, pack=glossary.name, title=glossary.title)


def render(
    concepts: Iterable[Concept] = (),
    sources: Iterable[Source] = (),
    publishers: Iterable[Publisher] = (),
    *,
    pack: str | None = None,
    title: str | None = None,
) -> bytes:
    """A pack that holds exactly these, sorted by id."""
    records = itertools.chain(
        (("publisher", publisher_record(each)) for each in sorted(publishers, key=lambda p: p.id)),
        (("source", source_record(each)) for each in sorted(sources, key=lambda s: s.id)),
        (("concept", concept_record(each)) for each in sorted(concepts, key=lambda c: c.id)),
    )
    return render_records(records, pack=pack, title=title)


def render_records(
    records: Iterable[tuple[str, Record]], *, pack: str | None = None, title: str | None = None
) -> bytes:
    """A pack that holds these records, each with the name of its array, in this order."""
    lines = [f"schema = {SCHEMA}"]
    lines += [f"{key} = {_value(value)}" for key, value in (("pack", pack), ("title", title)) if value]
    for array, record in records:
        lines += _table(array, {key: value for key, value in record.items() if key != "term"})
        for term in record.get("term", ()) if array == "concept" else ():
            lines += _table("concept.term", term)
    return ("\n".join(lines) + "\n").encode("utf-8")


def parse(data: bytes, name: str) -> dict[str, Any]:
    """The tables of a pack as TOML has them.

    Raises:
        UnreadableError: It is no TOML.
    """
    text = decode(data, name).text
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fault = _broken(error, name, text)
    except RecursionError:
        fault = _too_deep(name)
    raise UnreadableError(fault.message, file=name, line=fault.line, column=fault.column, remedy=fault.remedy)


def _table(header: str, record: Record) -> list[str]:
    return ["", f"[[{header}]]", *(f"{key} = {_value(value)}" for key, value in record.items())]


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + _ESCAPED.sub(_escape, value) + '"'
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        return "[\n" + "".join(f"  {_value(item)},\n" for item in value) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return str(value)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def _broken(error: tomllib.TOMLDecodeError, name: str, text: str) -> Fault:
    text_of_error = str(error)
    at = _AT.search(text_of_error)
    reason = _AT.sub("", text_of_error).removesuffix(" (at end of document)")
    line, column = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, None)
    return Fault(
        message("this is not TOML: {reason}.", reason=reason),
        name,
        line,
        column,
        message("Correct the line, or export the pack again."),
    )


def _too_deep(name: str) -> Fault:
    return Fault(message("it is nested too deeply to be a pack."), name, remedy=message("Give a TOML pack."))


class _LineFinder:
    """Finds the lines of entries and fields in a pack's text, since tomllib gives values without their lines."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: list[str] = []
        self._starts: dict[str, list[int]] = {}
        self._ends: list[int] = []

    def _scan(self) -> None:
        self._lines = self._text.split("\n")
        inside = ""
        for number, line in enumerate(self._lines):
            header = None if inside else _HEADER.match(line)
            if header:
                if "." not in header[1]:
                    self._ends.append(number)
                self._starts.setdefault(header[1], []).append(number)
            inside = _open_string(line, inside)
        self._ends.append(len(self._lines))

    def locate(self, array: str, index: int, fault: str) -> int | None:
        """The 1-based line of the fault that the text of the fault is about."""
        if not self._lines:
            self._scan()
        if array == "file":
            return self._line_with(_QUOTED.findall(fault), 0, self._ends[0]) + 1 if fault else None
        starts = self._starts.get(array, [])
        if index >= len(starts):
            return None
        start = starts[index]
        if not fault:
            return start + 1
        end = next(number for number in self._ends if number > start)
        words = _QUOTED.findall(fault)
        if array == "concept" and fault.startswith("concept “"):
            words = words[1:]
            about = re.match("concept “[^”]*”: “([^”]*)”: ", fault)
            if about:
                words = words[1:]
                start, end = self._term_block(about[1], start, end)
        return self._line_with(words, start, end, last="twice" in fault or "two preferred" in fault) + 1

    def _term_block(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The lines of the [[concept.term]] with this text."""
        headers = [n for n in self._starts.get("concept.term", []) if start <= n < end] + [end]
        wanted = _value(text)
        for first, after in itertools.pairwise(headers):
            if any("text" in line and wanted in line for line in self._lines[first:after]):
                return first, after
        return start, end

    def _line_with(self, words: list[str], start: int, end: int, last: bool = False) -> int:
        """The line that says the most of these words; the first such, or the last where the last errs."""
        best, chosen = 0, start
        keys = [re.compile(rf"(?:^|[{{,])\s*{re.escape(word)}\s*=") for word in words]
        for number in range(start, end):
            line = self._lines[number]
            hits = sum(
                _value(word) in line or bool(key.search(line)) for word, key in zip(words, keys, strict=True)
            )
            if hits > best or (last and hits == best and hits):
                best, chosen = hits, number
        return chosen


def _open_string(line: str, inside: str) -> str:
    """The delimiter of the multi-line string that is open after this line, or nothing."""
    position = 0
    while True:
        if inside:
            close = line.find(inside, position)
            if close < 0:
                return inside
            position, inside = close + 3, ""
            continue
        opened = [(at, mark) for mark in ('"""', "'''") if (at := line.find(mark, position)) >= 0]
        comment = line.find("#", position)
        if not opened or (0 <= comment < min(opened)[0] and line[position:comment].count('"') % 2 == 0):
            return ""
        at, inside = min(opened)
        position = at + 3
