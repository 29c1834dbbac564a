"""PO catalogues of gettext: one pair per message, each plural form with the form it translates.

Fuzzy messages are not translations yet and obsolete ones no longer: both are counted in a remark. The catalogue's
language is taken from its header, or from the text where the header names none. A message's place is its first line of
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from termbank.files.bitext.units import PairReading, TextPlace, Unit, UnitSide, orient_units
from termbank.files.encoding import Decoded, decode
from termbank.files.remarks import remark_on
from termbank.model.errors import UnreadableError
from termbank.model.message import message, plural

_LINE = re.compile(r'\s*(?:(msgid_plural|msgid|msgstr|msgctxt)(?:\[(\d+)\])?\s*)?"((?:[^"\\]|\\.)*)"\s*$')
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.))", re.S)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_CHARSET = re.compile(rb"charset=([A-Za-z0-9._-]+)")


@dataclass
class _CatalogueEntry:
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, TextPlace] = field(default_factory=dict)
    fuzzy: bool = False


def read(data: bytes, name: str) -> PairReading:
    decoded = _decode(data, name)
    messages, obsolete, bad = _messages(decoded.text)
    if not messages:
        raise UnreadableError(
            message("no messages (msgid, msgstr) were found."),
            file=name,
            remedy=message("Give a PO catalogue."),
        )
    header = next((m.texts.get("msgstr", "") for m in messages if not m.texts.get("msgid")), "")
    found = re.search(r"^Language:\s*(\S+)", header, re.M)
    remarks = list(decoded.remarks)
    fuzzy = sum(1 for message in messages if message.fuzzy and message.texts.get("msgid"))
    if fuzzy:
        remarks.append(
            remark_on(
                name, plural("Ignored {count} fuzzy message.", "Ignored {count} fuzzy messages.", fuzzy)
            )
        )
    if obsolete:
        text = plural("Ignored {count} obsolete message.", "Ignored {count} obsolete messages.", obsolete)
        remarks.append(remark_on(name, text))
    if bad:
        text = plural("Ignored {count} unreadable line.", "Ignored {count} unreadable lines.", bad)
        remarks.append(remark_on(name, text))
    target = found[1].split(".")[0] if found else None
    units = [unit for message in messages if not message.fuzzy for unit in _units(message, target)]
    return orient_units(units, name, remarks)


def _decode(data: bytes, name: str) -> Decoded:
    charset = _CHARSET.search(data[:4000])
    if charset and charset[1].lower() not in (b"utf-8", b"charset"):
        try:
            return Decoded(data.decode(charset[1].decode()), charset[1].decode().lower())
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(data, name)


def _units(message: _CatalogueEntry, target: str | None) -> Iterator[Unit]:
    source = message.texts.get("msgid", "")
    if not source:
        return
    tag = "en" if target is not None and not target.startswith("en") else None

    def side(key: str, tag: str | None) -> UnitSide:
        return UnitSide(message.texts.get(key, ""), tag, message.places.get(key, TextPlace()))

    if "msgid_plural" not in message.texts:
        yield Unit(side("msgid", tag), side("msgstr", target))
        return
    forms = sorted(key for key in message.texts if key.startswith("msgstr"))
    for number, form in enumerate(forms):
        # Chinese has one form, which stands for any number: it translates the plural.
        original = "msgid" if number == 0 and len(forms) > 1 else "msgid_plural"
        yield Unit(side(original, tag), side(form, target))


def _messages(text: str) -> tuple[list[_CatalogueEntry], int, int]:
    """(messages, number of obsolete ones, number of lines that are no PO)."""
    messages: list[_CatalogueEntry] = []
    message = _CatalogueEntry()
    key = ""
    obsolete = bad = offset = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        body = line.rstrip("\r\n")
        match = _LINE.match(body)
        if body.startswith("#~"):
            obsolete += body[2:].lstrip().startswith("msgid ")
        elif body.startswith("#"):
            if message.texts.get("msgid") is not None and key.startswith("msgstr"):
                messages.append(message)
                message, key = _CatalogueEntry(), ""
            message.fuzzy |= body.startswith("#,") and "fuzzy" in body
        elif match is not None:
            if match[1] in ("msgid", "msgctxt") and key.startswith("msgstr"):
                messages.append(message)
                message = _CatalogueEntry()
            if match[1]:
                key = match[1] + (f"[{int(match[2]):04d}]" if match[2] else "")
            _add(message, key, match, TextPlace(offset + match.start(3), number, match.start(3) + 1))
        elif body.strip():
            bad += 1
        offset += len(line)
    if message.texts:
        messages.append(message)
    return messages, obsolete, bad


def _add(message: _CatalogueEntry, key: str, match: re.Match[str], place: TextPlace) -> None:
    text = _ESCAPE.sub(_unescape, match[3])
    if text and not message.texts.get(key):
        message.places[key] = place
    message.texts[key] = message.texts.get(key, "") + text


def _unescape(match: re.Match[str]) -> str:
    if match[1]:
        return chr(int(match[1], 16))
    if match[2]:
        return chr(int(match[2], 8))
    return _SIMPLE.get(match[3], match[3])
