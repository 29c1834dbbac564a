"""Writes the suggested rendering instead of a deprecated one, after showing what would change.

Only the translation is ever written, only plain text and Markdown, and only where the new words can replace the old ones
as they are: the same case, the same article before them, the same number, or a plural whose verb can be changed with it. The
rest is listed with the reason. A file is written completely or not at all.
"""

from __future__ import annotations

import difflib
import re
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
        span, new, reason = _replacement(finding, text)
        if new is None:
            left.append((finding, reason))
        else:
            changes.append(TextChange(finding.file, span, span.of(text), new))
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


def _replacement(finding: Finding, text: str) -> tuple[Span, str | None, str]:
    """Where to write, and what; None and the reason where the words cannot be replaced."""
    span = finding.span or Span(0, 0)
    if finding.span is None or not finding.suggest:
        return span, None, message("nothing is suggested")
    old, new = span.of(text), finding.suggest[0]
    if finding.code == "fullwidth-punctuation":
        return span, new, ""
    if old != finding.found:
        return span, None, message("the text has changed since it was checked")
    if _is_plural(new) and not _is_plural(old):
        return _write_plural(text, span, in_case_of(old, new))
    inflected, reason = inflect_like(old, new)
    if inflected is None:
        return span, None, reason
    before = text[: span.start].rstrip().rpartition(" ")[2].lower()
    if before in ("a", "an") and _begins_with_vowel(old) != _begins_with_vowel(inflected):
        return span, None, message("“{article}” before it would have to change too", article=before)
    return span, inflected, ""


_PLURAL_VERBS = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn't": "aren't",
    "isn’t": "aren’t",
}
_SINGULAR_BEFORE = frozenset("a an this that each every another one much".split())
_MODALS = frozenset("will would shall should can could may might must had did".split())
_FREE_AFTER = frozenset(
    "in on at of for to from with by as into through under over between within across during after before and or but nor "
    "so when where while because although if than then also not more most rather there here today now".split()
)
"""Words after a noun that is no subject which do not agree with it in number."""
_BEFORE_A_SUBJECT = frozenset(
    "that because while when if as so and but or where although since whether".split()
)
_AFTER = re.compile(r"\s*([A-Za-z]+(?:['’]t)?)")


def _write_plural(text: str, span: Span, new: str) -> tuple[Span, str | None, str]:
    """A plural in the place of a singular: with its verb, or the reason where the sentence would have to change."""
    before = text[: span.start].rstrip().rpartition(" ")[2].lower()
    if before in _SINGULAR_BEFORE:
        return span, None, message("“{word}” before it stands with a singular", word=before)
    if text[span.end : span.end + 2] in ("'s", "’s"):
        return span, None, message("it is singular, in the genitive")
    found = _AFTER.match(text, span.end)
    word = found[1].lower() if found is not None and found[1] else ""
    if found is not None and word in _PLURAL_VERBS:
        whole = Span(span.start, found.end(1))
        return whole, new + text[span.end : found.start(1)] + _PLURAL_VERBS[word], ""
    if word in _MODALS or word.endswith("ed"):
        return span, new, ""
    if _may_be_a_subject(text[: span.start]):
        return span, None, message("its verb would have to change too")
    if not word or word in _FREE_AFTER:
        return span, new, ""
    return span, None, message("“{word}” after it stands with a singular", word=word)


def _may_be_a_subject(before: str) -> bool:
    """Whether what comes before a noun phrase makes it the likely subject of a verb: nothing, a comma, “that”."""
    words = before.rstrip().rpartition("\n")[2].split()
    if words[-1:] and words[-1].lower() == "the":
        words.pop()
    return not words or words[-1][-1] in ".!?:;,(" or words[-1].lower() in _BEFORE_A_SUBJECT


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
    return in_case_of(old, new), ""


def in_case_of(old: str, new: str) -> str:
    """The new words with the capitals of the old.

    >>> in_case_of("New Quality Productivity", "new quality productive forces")
    'New Quality Productive Forces'
    """
    words = [word for word in old.split() if word[:1].isalpha()]
    if len(words) > 1 and old.isupper():
        return new.upper()
    titled = len(words) > 1 and all(word[0].isupper() or word.lower() in _SMALL for word in words)
    if titled:
        return " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in new.split(" "))
    if old[:1].isupper() and new[:1].islower():
        return new[:1].upper() + new[1:]
    return new


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
