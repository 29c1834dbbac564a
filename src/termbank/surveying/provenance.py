"""Read the title, publisher and date of a document from its own first and last lines.

The signs are a date line, “Source: …”, “Published at …”, the name of an agency before the first sentence, and the name of
a newsroom at the end. A remark says from which line each fact was read, so that a wrong guess can be seen; facts that the
text does not give are left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from termbank.model.date import is_date
from termbank.model.message import message

HEAD_LINES = 12
FOOT_LINES = 8

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"\b((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_HAN = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")
_MDY = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{{2}})\b", re.I)
_DMY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+((?:19|20)\d{{2}})\b", re.I)
_MY = re.compile(rf"\b({_MONTH})\.?,?\s+((?:19|20)\d{{2}})\b", re.I)

_SOURCE = re.compile(
    r"^\W{0,3}(?:News\s+)?(?:Source|Publisher|Issued by|Published by|来源|來源|发布|發布|发布单位)\s*[:：]\s*"
    r"(?P<name>[^\n|()（）]{2,80}?)\s*(?:\||[（(]|$)",
    re.I,
)
_ORIGINALLY = re.compile(
    r"\b(?:originally|first)\s+(?:published|appeared|posted)\s+"
    r"(?:for\s+(?:subscribers|readers|members)\s+of|by|in|on)\s+"
    r"(?P<name>(?:[A-Z][\w’'&.-]*\s?){1,6})",
)
_AGENCY = re.compile(r"^[A-Z][\w .,]{2,40}\((?P<name>[A-Z][\w ]{2,30})\)\s*[-–—]")
_DATED = re.compile(r"^(?:Published|Posted|Updated|Date|发布时间|日期|时间)\b[^\n]{0,12}", re.I)
_APPEARED = re.compile(
    r"\b(?:originally|first|this|was)\b.{0,30}\b(?:published|posted|appeared)\b.{0,60}\b(?:on|in|at)\b.{0,30}",
    re.I,
)
_SIGNED = re.compile(r"^(?P<name>.{2,40}?)\s*(?:newsroom|news desk|编辑部|通讯员)\s*$", re.I)
_BYLINE = re.compile(r"^(?:Author|By|作者)\s*[:：]?\s*$", re.I)


@dataclass(frozen=True)
class Provenance:
    """The facts that a text gives about itself; `remarks` name the line of each."""

    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    remarks: tuple[str, ...] = ()


def provenance(text: str) -> Provenance:
    """Read title, publisher and date off the head and foot of a text.

    >>> found = provenance("2025-09-04\\nPromoting the Plan\\nSource:Science and Technology Daily\\nThe …")
    >>> found.title, found.publisher, found.date
    ('Promoting the Plan', 'Science and Technology Daily', '2025-09-04')
    """
    lines = [(n, _plain(line)) for n, line in enumerate(text.splitlines(), 1) if _plain(line)]
    head, foot = lines[:HEAD_LINES], lines[-FOOT_LINES:]
    title = next(_titles(head), None)
    publisher = next(_publishers(head, foot), None)
    date = next(_dates(head), None)
    remarks = list(_remarks(title, publisher, date))
    if publisher is None:
        remarks.append(message("it does not say who published it."))
    if date is None:
        remarks.append(_remark_on_missing_date(head))
    return Provenance(
        title[1] if title else None,
        publisher[1] if publisher else None,
        date[1] if date else None,
        tuple(remarks),
    )


Line = tuple[int, str]


def _plain(line: str) -> str:
    """The line without the marks of a Markdown heading."""
    return re.sub(r"^#{1,6}\s+", "", line.strip())


def _remarks(title: Line | None, publisher: Line | None, date: Line | None) -> Iterator[str]:
    """From which line each fact was read."""
    if title is not None:
        yield message("title “{text}” read from line {line}.", text=title[1], line=title[0])
    if publisher is not None:
        yield message("publisher “{text}” read from line {line}.", text=publisher[1], line=publisher[0])
    if date is not None:
        yield message("date “{text}” read from line {line}.", text=date[1], line=date[0])


def _remark_on_missing_date(head: list[Line]) -> str:
    """Why there is no date: nothing at all, or a day without its year."""
    for n, line in head:
        day = re.search(rf"\bpublished\b.{{0,80}}?\b((?:{_MONTH})\.?\s+\d{{1,2}})\b", line, re.I)
        if day is not None:
            return message(
                "line {line} says “{day}” without a year; the date is left open.", line=n, day=day.group(1)
            )
    return message("it does not say when it was published.")


def _titles(head: list[Line]) -> Iterator[Line]:
    """The first line that reads like a title: short, no sentence end, and not a date or source line."""
    english = [item for item in head if _is_title(item[1]) and re.search(r"[A-Za-z]{3}", item[1])]
    yield from english
    yield from (item for item in head if _is_title(item[1]))


def _is_title(line: str) -> bool:
    if len(line) > 200 or line[-1] in ".。;；:：,，" or _SOURCE.search(line) or _DATED.search(line):
        return False
    return date_in(line) is None or len(line) > 40


def _publishers(head: list[Line], foot: list[Line]) -> Iterator[Line]:
    for n, line in head:
        for pattern in (_SOURCE, _ORIGINALLY, _AGENCY):
            if (said := pattern.search(line)) is not None:
                yield n, said.group("name").strip(" .")
    for position, (n, line) in enumerate(foot):
        if (said := _SOURCE.search(line) or _SIGNED.search(line)) is not None:
            yield n, said.group("name").strip(" .")
        elif position and _BYLINE.match(foot[position - 1][1]) and len(line) <= 60:
            yield n, line


def _dates(head: list[Line]) -> Iterator[Line]:
    """A date line, a “Published …” line, then a date in a line that names the publication."""
    for n, line in head:
        if (date := date_in(line)) is not None and (_DATED.search(line) or len(line) <= len(date) + 12):
            yield n, date
    for n, line in head:
        said = _APPEARED.search(line)
        if said is not None and (date := date_in(said.group())) is not None:
            yield n, date


def date_in(line: str) -> str | None:
    """The first date written in a line, as partial ISO, or None.

    >>> date_in("Published at Aug 27, 2025 04:20 pm"), date_in("2025年8月"), date_in("no date")
    ('2025-08-27', '2025-08', None)
    """
    for pattern, order in ((_ISO, "ymd"), (_HAN, "ymd"), (_MDY, "mdy"), (_DMY, "dmy"), (_MY, "my")):
        found = pattern.search(line)
        if found is None:
            continue
        parts = dict(zip(order, found.groups(), strict=True))
        month = parts["m"]
        number = int(month) if month.isdigit() else _MONTHS[month.lower()]
        date = f"{parts['y']}-{number:02d}" + (f"-{int(parts['d']):02d}" if parts.get("d") else "")
        if is_date(date):
            return date
    return None
