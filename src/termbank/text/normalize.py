"""Normalisation: one form for strings that a reader would call the same, with a map of offsets into the given text.

Compatibility forms (full width, ligatures, circled figures) are spelt plainly, case is folded, curly quotes and typographic
hyphens become straight, and invisible characters go (Unicode NFKC and case folding, with a few additions). Scripts are
not normalised here: see `scripts`. Normalising twice gives the same as once.

Everything follows from one table, the form of each character; `normalize_arrays` fills its arrays from the same one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NewType

from termbank.model.span import Span
from termbank.text.computed_dict import ComputedDict

Folded = NewType("Folded", str)

_PLAIN = {
    **dict.fromkeys("‘’‚‛′ʼ＇`´", "'"),
    **dict.fromkeys("“”„‟″＂", '"'),
    **dict.fromkeys("‐‑‒–−﹣－", "-"),
}
# up to so many distinct changes `str.replace` is faster than `str.translate`
_FEW_CHANGES = 60
_INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    + "".join(map(chr, range(0x202A, 0x202F)))
    + "".join(map(chr, range(0x2066, 0x2070)))
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)


def is_combining(char: str) -> bool:
    """Whether a character may join the one before it: combining marks, Hangul vowels and finals, invisible characters."""
    if char in _INVISIBLE or unicodedata.category(char)[0] == "M":
        return True
    code = ord(char)
    return 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF or 0xFF9E <= code <= 0xFFDC


def changes_length(char: str, *, case: bool = True) -> bool:
    """Whether the form of a character that does not combine is not one character."""
    return len(_FORMS[case][char]) != 1


def _cluster_form(cluster: str, case: bool = True) -> str:
    """The form of a base character with its combining characters: normalised until nothing changes any more."""
    text = cluster
    while True:
        plain = "".join(_PLAIN.get(char, char) for char in text if char not in _INVISIBLE)
        after = unicodedata.normalize("NFKC", plain)
        if case:
            after = unicodedata.normalize("NFKC", after.casefold())
        if after == text:
            return after
        text = after


_FORMS = {case: ComputedDict(partial(_cluster_form, case=case)) for case in (True, False)}
"""The form of every character, with its case folded and without."""
_COMBINING, _EXPANDING = "combining", "expanding"


def _kind(char: str) -> str:
    """Whether a character combines, changes its length, or neither (an empty string)."""
    if char <= "\x7f":
        return ""
    if is_combining(char):
        return _COMBINING
    return _EXPANDING if changes_length(char) or changes_length(char, case=False) else ""


_KINDS = ComputedDict(_kind)


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A normalised text with a map of offsets.

    Character i stands for `[starts[i], ends[i])` of the given text; `starts` has the length of that text at its end. Both
    are None where the two texts have the same offsets.
    """

    text: Folded
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """The span in the given text of `[start, end)` in this one; whole characters, never a part of one."""
        if self.starts is None or self.ends is None:
            return Span(start, end)
        first = self.starts[start]
        return Span(first, first if start >= end else self.ends[end - 1])

    @property
    def has_same_offsets(self) -> bool:
        """Whether every place is the same in both texts."""
        return self.starts is None

    def is_whole(self, start: int, end: int) -> bool:
        """Whether `[start, end)` begins and ends where characters of the given text do."""
        at = self.starts
        return at is None or (
            (not start or at[start - 1] != at[start]) and (not end or at[end - 1] != at[end])
        )

    def has_gap(self, start: int, end: int) -> bool:
        """Whether characters of the given text were removed within `[start, end)`."""
        if self.starts is None or self.ends is None:
            return False
        following = self.starts[start + 1 : end]
        return any(
            before < after for before, after in zip(self.ends[start : end - 1], following, strict=True)
        )

    def without(self, gaps: Iterable[tuple[int, int]]) -> NormalizedText:
        """This text without some stretches, which are in order."""
        size = len(self.text)
        old_starts = range(size + 1) if self.starts is None else self.starts
        old_ends = range(1, size + 1) if self.ends is None else self.ends
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for start, end in (*gaps, (size, size)):
            pieces.append(self.text[done:start])
            starts += old_starts[done:start]
            ends += old_ends[done:start]
            done = end
        if len(ends) == size:
            return self
        return NormalizedText(Folded("".join(pieces)), [*starts, old_starts[size]], ends)


def _clusters(text: str, case: bool) -> list[tuple[int, int]]:
    """Where the length may change, in order: characters with those that combine with them, and expanding ones."""
    odd = sorted(char for char in set(text) if _KINDS[char])
    combining = "".join(re.escape(char) for char in odd if _KINDS[char] == _COMBINING)
    expanding = "".join(
        re.escape(char) for char in odd if _KINDS[char] == _EXPANDING and changes_length(char, case=case)
    )
    either = [f".?[{combining}]+"] * bool(combining) + [f"[{expanding}]"] * bool(expanding)
    if not either:
        return []
    return [found.span() for found in re.finditer("|".join(either), text, re.DOTALL)]


def normalize(text: str, *, case: bool = True) -> NormalizedText:
    """Normalise a text, with the map of offsets.

    Args:
        text: Any text.
        case: Whether to fold case.

    >>> found = normalize("Ｎｅｗ quality ﬁrms")
    >>> found.text
    'new quality firms'
    >>> found.span(12, 17)
    Span(start=12, end=16)
    """
    if text.isascii():
        return NormalizedText(Folded(_ascii_form(text, case)))
    clusters = _clusters(text, case)
    if not clusters:
        return NormalizedText(Folded(_run_form(text, case)))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for start, end in (*clusters, (len(text), len(text))):
        form = _cluster_form(text[start:end], case)
        pieces += (_run_form(text[done:start], case), form)
        starts += range(done, start)
        starts += [start] * len(form)
        ends += range(done + 1, start + 1)
        ends += [end] * len(form)
        done = end
    return NormalizedText(Folded("".join(pieces)), [*starts, len(text)], ends)


def _ascii_form(text: str, case: bool) -> str:
    return (text.lower() if case else text).replace("`", "'")


def _run_form(text: str, case: bool) -> str:
    """The form of a stretch in which every character becomes exactly one."""
    if text.isascii():
        return _ascii_form(text, case)
    forms = _FORMS[case]
    changes = [(char, to) for char in set(text) if (to := forms[char]) != char]
    if len(changes) > _FEW_CHANGES:
        return text.translate({ord(char): to for char, to in changes})
    for char, to in changes:
        text = text.replace(char, to)
    return text


def fold(text: str) -> Folded:
    """The normalised form alone.

    >>> fold("“ＡＩ”　Ｐｌｕｓ")
    '"ai" plus'
    """
    return normalize(text).text
