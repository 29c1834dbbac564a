"""Writes the suggested rendering instead of a deprecated one, after showing what would change.

Only the translation is ever written, only plain text and Markdown, and only where the new words can replace the old ones
as they are: the same number, the same case, the same article before them. The rest is listed with the reason. A file is
written completely or not at all.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from termbank.model.check_result import Checked
from termbank.model.finding import Finding
from termbank.model.message import message
from termbank.model.span import Span
from termbank.services.file_access import read_document, write_atomically
from termbank.text.morphology_en import lemma, plurals
from termbank.text.spelling_en import american

FIXABLE = ("deprecated-rendering", "superseded-rendering", "fullwidth-punctuation")
WRITABLE = (".txt", ".md", ".markdown", ".text", "")


@dataclass(frozen=True)
class TextChange:
    """A span of a file and what to write there."""

    file: str
    span: Span
    old: str
    new: str


@dataclass(frozen=True)
class Fixes:
    """What can be written, as changes and as a unified diff, and what cannot, with the reason."""

    changes: tuple[TextChange, ...]
    diff: str
    left: tuple[tuple[Finding, str], ...] = ()


def find_fixes(checked: Checked) -> Fixes:
    """What `--fix` would do to the files of a check; nothing is written."""
    changes: list[TextChange] = []
    left: list[tuple[Finding, str]] = []
    texts: dict[str, str] = {}
    for finding in checked.findings:
        if finding.code not in FIXABLE or finding.file is None or finding.span is None:
            continue
        if Path(finding.file).suffix.lower() not in WRITABLE:
            left.append((finding, message("only plain text and Markdown are written")))
            continue
        text = texts.setdefault(finding.file, read_document(finding.file).text)
        new, reason = _replacement(finding, text)
        if new is None:
            left.append((finding, reason))
        else:
            changes.append(TextChange(finding.file, finding.span, finding.span.of(text), new))
    kept = _without_overlaps(changes)
    return Fixes(tuple(kept), _diff(kept, texts), tuple(left))


def write_fixes(fixes: Fixes) -> tuple[str, ...]:
    """Write the changes, each file whole or not at all; the names of the files written."""
    files = sorted({change.file for change in fixes.changes})
    for file in files:
        document = read_document(file)
        encoding = document.encoding
        text = _apply(document.text, [change for change in fixes.changes if change.file == file])
        mark = (
            "\ufeff"
            if Path(file).read_bytes()[:3] == b"\xef\xbb\xbf" and not text.startswith("\ufeff")
            else ""
        )
        write_atomically(Path(file), (mark + text).encode(encoding))
    return tuple(files)


def _replacement(finding: Finding, text: str) -> tuple[str | None, str]:
    span = finding.span
    if span is None or not finding.suggest:
        return None, message("nothing is suggested")
    old, new = span.of(text), finding.suggest[0]
    if finding.code == "fullwidth-punctuation":
        return new, ""
    if old != finding.found:
        return None, message("the text has changed since it was checked")
    inflected, reason = inflect_like(old, new)
    if inflected is None:
        return None, reason
    before = text[: span.start].rstrip().rpartition(" ")[2].lower()
    if before in ("a", "an") and _begins_with_vowel(old) != _begins_with_vowel(inflected):
        return None, message("“{article}” before it would have to change too", article=before)
    return inflected, ""


def inflect_like(old: str, new: str) -> tuple[str | None, str]:
    """The new words in the number and case of the old, or None and the reason.

    >>> inflect_like("Intelligent bodies", "intelligent agent")[0]
    'Intelligent agents'
    >>> inflect_like("new quality productivity", "new quality productive forces")
    (None, 'one is singular, the other plural')
    """
    if _is_plural(old) and not _is_plural(new):
        head, space, last = new.rpartition(" ")
        forms = plurals(last)
        if not forms:
            return None, message("“{word}” has no plural", word=last)
        new = head + space + min(forms)
    elif _is_plural(new) and not _is_plural(old):
        return None, message("one is singular, the other plural")
    words = [word for word in old.split() if word[:1].isalpha()]
    if len(words) > 1 and old.isupper():
        return new.upper(), ""
    titled = len(words) > 1 and all(word[0].isupper() or word.lower() in _SMALL for word in words)
    if titled:
        return " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in new.split(" ")), ""
    if old[:1].isupper() and new[:1].islower():
        return new[:1].upper() + new[1:], ""
    return new, ""


_SMALL = frozenset("a an and at by for from in of on or the to with".split())


def _is_plural(text: str) -> bool:
    words = text.split()
    if not words:
        return False
    last = words[-1].lower().strip("”’\"'")
    return last.endswith("s") and not last.endswith("ss") and lemma(last) != american(last)


def _begins_with_vowel(text: str) -> bool:
    return text.lstrip("“‘\"'")[:1].lower() in "aeiou"


def _without_overlaps(changes: Iterable[TextChange]) -> list[TextChange]:
    """The changes in order; of two that touch, the first."""
    kept: list[TextChange] = []
    for change in sorted(changes, key=lambda c: (c.file, c.span)):
        if not kept or kept[-1].file != change.file or kept[-1].span.end <= change.span.start:
            kept.append(change)
    return kept


def _apply(text: str, changes: Sequence[TextChange]) -> str:
    for change in sorted(changes, key=lambda c: c.span, reverse=True):
        text = text[: change.span.start] + change.new + text[change.span.end :]
    return text


def _diff(changes: Sequence[TextChange], texts: dict[str, str]) -> str:
    lines: list[str] = []
    for file in dict.fromkeys(change.file for change in changes):
        before = texts[file]
        after = _apply(before, [change for change in changes if change.file == file])
        for line in difflib.unified_diff(
            before.splitlines(keepends=True), after.splitlines(keepends=True), file, file, n=1
        ):
            lines.append(line if line.endswith("\n") else f"{line}\n")
    return "".join(lines)
