"""A project's own settings: `termbank.toml`, found beside the text or in a folder above it.

    [check]
    glossaries = ["terms/economy.toml"]      # instead of the bank
    date = "2025-09"                         # when the translation was made
    fail_on = "error"
    baseline = "termbank-baseline.json"

    [check.severity]
    unapproved-rendering = "error"           # error, warning, note or off

    [check.concept.new-quality-productive-forces]
    unapproved-rendering = "off"             # for one concept; `all = "note"` for every check

    [[check.waiver]]
    check = "unapproved-rendering"
    term = "新质生产力"                       # Chinese, English or the concept's id; left out: every term
    files = "archive/*.md"                   # left out: every file
    reason = "quoted from a document of 2023"
    until = "2026-12-31"                     # left out: for good

A misspelt name is a fault with its line and the nearest right word; nothing is ignored silently.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from termbank.checks import CHECKS, find_check
from termbank.checks.context import join_sentences
from termbank.model.check_result import Waiver
from termbank.model.date import is_date
from termbank.model.errors import Fault, TermbankError
from termbank.model.finding import Severity
from termbank.model.line_starts import LineStarts
from termbank.model.message import Message, message, plural
from termbank.services.file_access import read_bytes

NAME = "termbank.toml"
OFF = "off"
ABOUT_WAIVERS = ("unused-waiver", "stale-waiver")

Levels = Mapping[str, Severity | None]


@dataclass(frozen=True)
class Project:
    """Settings as read; `None` as a severity says that the check is off."""

    path: Path | None = None
    severity: Levels = field(default_factory=dict)
    concepts: Mapping[str, Levels] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    glossaries: tuple[Path, ...] = ()
    date: str | None = None
    fail_on: str | None = None
    baseline: Path | None = None

    def level(self, code: str, concept: str | None, usual: Severity) -> Severity | None:
        """The severity a finding has here, or None where it is off."""
        if concept is not None and concept in self.concepts:
            own = self.concepts[concept]
            if code in own:
                return own[code]
            if "all" in own:
                return own["all"]
        return self.severity.get(code, usual)


def find_project(start: Path) -> Project:
    """The settings that hold for a file: those of its folder or the nearest above it; none is no fault."""
    try:
        folder = start.resolve().parent
    except (OSError, RuntimeError):
        return Project()
    for place in (folder, *folder.parents):
        path = place / NAME
        if path.is_file():
            return read_project(path)
        if (place / ".git").exists():
            break
    return Project()


def read_project(path: Path) -> Project:
    """The settings in a file; raises TermbankError with every fault in it."""
    try:
        text = read_bytes(path).decode("utf-8")
    except UnicodeDecodeError:
        raise TermbankError(
            message("the settings are not UTF-8."), file=str(path), remedy=message("Save them as UTF-8.")
        ) from None
    try:
        body = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TermbankError(
            message("the settings are not TOML: {error}.", error=error),
            file=str(path),
            remedy=message("Correct that line."),
        ) from None
    reader = _Reader(path, text)
    project = reader.project(body)
    if reader.faults:
        raise TermbankError(
            plural(
                "the settings have {count} fault.", "the settings have {count} faults.", len(reader.faults)
            ),
            file=str(path),
            faults=tuple(reader.faults),
        )
    return project


class _Reader:
    """Reads one settings file and gathers what is wrong with it."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.faults: list[Fault] = []

    def project(self, body: Mapping[str, Any]) -> Project:
        self._check_names(body, ("check",), "section")
        check = self._table(body, "check")
        self._check_names(
            check,
            ("glossaries", "date", "fail_on", "baseline", "severity", "concept", "waiver"),
            "setting",
        )
        concepts = {
            str(name): self._severities(self._table({str(name): value}, str(name)), ("all",))
            for name, value in self._table(check, "concept").items()
        }
        baseline = self._text(check, "baseline")
        return Project(
            self.path,
            self._severities(self._table(check, "severity"), ABOUT_WAIVERS),
            concepts,
            tuple(self._waivers(check)),
            tuple(self.path.parent / str(name) for name in self._list(check, "glossaries")),
            self._date(check, "date"),
            self._one_of(check, "fail_on", (*Severity, "never")),
            self.path.parent / baseline if baseline else None,
        )

    def _complain(self, message: str, word: str, remedy: str | None = None) -> None:
        line = next((n for n, line in enumerate(self.lines, 1) if word in line), None)
        self.faults.append(Fault(message, str(self.path), line, None, remedy))

    def _complain_at(self, line: int, text: str, remedy: str) -> None:
        self.faults.append(Fault(text, str(self.path), line, None, remedy))

    def _check_names(self, table: Mapping[str, Any], names: tuple[str, ...], what: str) -> None:
        for key in table:
            if key not in names:
                near = get_close_matches(key, names, n=1)
                if near:
                    remedy = message("Did you mean “{name}”?", name=near[0])
                else:
                    remedy = message("Use one of: {names}.", names=", ".join(names))
                self._complain(message("unknown {kind} “{name}”.", kind=what, name=key), key, remedy)

    def _table(self, body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = body.get(key, {})
        if isinstance(value, Mapping):
            return value
        self._complain(
            message("“{key}” must be a table, not {value}.", key=key, value=repr(value)),
            key,
            message("Write [{key}] and its settings below.", key=key),
        )
        return {}

    def _list(self, body: Mapping[str, Any], key: str) -> list[Any]:
        value = body.get(key, [])
        if isinstance(value, list):
            return value
        self._complain(
            message("“{key}” must be a list, not {value}.", key=key, value=repr(value)),
            key,
            message("Write {key} = [ … ].", key=key),
        )
        return []

    def _text(self, body: Mapping[str, Any], key: str) -> str | None:
        value = body.get(key)
        if value is None or isinstance(value, str):
            return value or None
        if hasattr(value, "isoformat"):
            return str(value.isoformat())[:10]
        self._complain(message("“{key}” must be text, not {value}.", key=key, value=repr(value)), key)
        return None

    def _date(self, body: Mapping[str, Any], key: str) -> str | None:
        value = self._text(body, key)
        if value is not None and not is_date(value):
            self._complain(
                message("“{date}” is not a date.", date=value),
                value,
                message("Write 2025, 2025-08 or 2025-08-26."),
            )
            return None
        return value

    def _one_of(self, body: Mapping[str, Any], key: str, words: tuple[str, ...]) -> str | None:
        value = self._text(body, key)
        if value is not None and value not in words:
            self._complain(
                message("unknown {kind} “{name}”.", kind=key, name=value),
                value,
                message("Use one of: {names}.", names=", ".join(words)),
            )
            return None
        return value

    def _severities(self, table: Mapping[str, Any], more: tuple[str, ...]) -> dict[str, Severity | None]:
        levels: dict[str, Severity | None] = {}
        for code, value in table.items():
            if code not in more and not self._is_check(code):
                continue
            word = self._one_of({code: value}, code, (*Severity, OFF))
            if word is not None:
                levels[code] = None if word == OFF else Severity(word)
        return levels

    def _is_check(self, code: str) -> bool:
        if any(check.code == code for check in CHECKS):
            return True
        try:
            find_check(code)
        except TermbankError as error:
            self._complain(error.fault.message, code, error.fault.remedy)
        return False

    def _waivers(self, check: Mapping[str, Any]) -> list[Waiver]:
        waivers: list[Waiver] = []
        places = [
            n for n, line in enumerate(self.lines, 1) if re.match(r"\s*\[\[\s*check\.waiver\s*\]\]", line)
        ]
        for number, entry in enumerate(self._list(check, "waiver")):
            if not isinstance(entry, Mapping):
                self._complain(
                    message("a waiver must be a table."), "waiver", message("Write [[check.waiver]].")
                )
                continue
            self._check_names(entry, ("check", "term", "files", "reason", "until"), "setting of a waiver")
            code, reason = self._text(entry, "check"), self._text(entry, "reason")
            line = places[number] if number < len(places) else 1
            if code is None or not self._is_check(code):
                if code is None:
                    self._complain_at(
                        line, message("a waiver must name its check."), message("Add check = “…”.")
                    )
                continue
            if reason is None:
                self._complain_at(
                    line, message("a waiver must give its reason."), message("Add reason = “…”.")
                )
            waivers.append(
                Waiver(
                    code,
                    self._text(entry, "term"),
                    reason,
                    self._date(entry, "until"),
                    self._text(entry, "files"),
                    str(self.path),
                    line,
                )
            )
        return waivers


_INLINE = re.compile(
    r"<!--\s*termbank:\s*allow\s+(?P<check>[\w-]+)(?P<term>(?:(?!\s+(?:—|–|--(?!>)|until)\s|-->).)*?)"
    r"(?:\s+until\s+(?P<until>[\d-]+))?(?:\s+(?:—|–|--(?!>))\s*(?P<reason>(?:(?!-->).)*?))?\s*-->",
    re.S,
)


def inline_waivers(text: str, file: str, complain: Callable[[str], None]) -> tuple[Waiver, ...]:
    """The waivers written in a text as comments; a wrong one is reported by `complain` and has no effect.

    `<!-- termbank: allow unapproved-rendering 新质生产力 until 2026-12 — quoted -->`
    """
    waivers: list[Waiver] = []
    starts = LineStarts(text)
    for found in _INLINE.finditer(text):
        line, _ = starts.place(found.start())
        code, until, reason = found.group("check"), found.group("until"), found.group("reason")
        if not any(check.code == code for check in CHECKS):
            near = get_close_matches(code, [check.code for check in CHECKS], n=1, cutoff=0.4)
            fault = message("there is no check “{code}”.", code=code)
            if near:
                fault = join_sentences(fault, message("Did you mean “{name}”?", name=near[0]))
            complain(_at(file, line, fault))
            continue
        if not reason:
            fault = message("a waiver needs a reason. Write “— reason” before the end of the comment.")
            complain(_at(file, line, fault))
            continue
        if until is not None and not is_date(until):
            fault = message("“{date}” is not a date. Write 2025, 2025-08 or 2025-08-26.", date=until)
            complain(_at(file, line, fault))
            continue
        term = found.group("term").strip() or None
        waivers.append(Waiver(code, term, reason.strip(), until, None, file, line, inline=True))
    return tuple(waivers)


def _at(file: str, line: int, fault: str) -> Message:
    return message("{file}:{line}: {fault}", file=file, line=line, fault=fault)
