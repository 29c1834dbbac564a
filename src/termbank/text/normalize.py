"""One shape for strings that a reader would call the same.

Any text comes in; its folded form goes out: compatibility forms (full width, ligatures, circled
figures) spelt plainly, case folded, curly quotes and typographic hyphens made straight, and
characters that show nothing taken away. `folded` keeps the way back, so that a place found in the
folded form is told in code points of the text as given.

Folding twice gives what folding once gave. Script is not folded here: see `script`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NewType

from termbank.model.span import Span

Folded = NewType("Folded", str)

_PLAIN = {
    **dict.fromkeys("‘’‚‛′ʼ＇`´", "'"),
    **dict.fromkeys("“”„‟″＂", '"'),
    **dict.fromkeys("‐‑‒–−﹣－", "-"),
}
_FEW = 60
_UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    + "".join(map(chr, range(0x202A, 0x202F)))
    + "".join(map(chr, range(0x2066, 0x2070)))
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)


def leans(char: str) -> bool:
    """Whether a character may join the one before it: combining marks, Hangul vowels and finals, the unseen."""
    if char in _UNSEEN or unicodedata.category(char)[0] == "M":
        return True
    code = ord(char)
    return 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF or 0xFF9E <= code <= 0xFFDC


def _fold_cluster(cluster: str, case: bool = True) -> str:
    """A base character with what leans on it, folded to the point where nothing changes any more."""
    text = cluster
    while True:
        plain = "".join(_PLAIN.get(char, char) for char in text if char not in _UNSEEN)
        after = unicodedata.normalize("NFKC", plain)
        if case:
            after = unicodedata.normalize("NFKC", after.casefold())
        if after == text:
            return after
        text = after


class _Forms(dict[str, str]):
    """Every character with its folded form, told once for each."""

    def __init__(self, case: bool) -> None:
        super().__init__()
        self._case = case

    def __missing__(self, char: str) -> str:
        found = self[char] = _fold_cluster(char, self._case)
        return found


_FORMS = {case: _Forms(case) for case in (True, False)}


class _Odd(dict[str, str]):
    """Every character with what may be odd about it: it leans on the one before (1), it grows (2), or nothing."""

    def __missing__(self, char: str) -> str:
        if char <= "\x7f":
            found = ""
        elif leans(char):
            found = "1"
        else:
            found = "2" if len(_FORMS[True][char]) != 1 or len(_FORMS[False][char]) != 1 else ""
        self[char] = found
        return found


_ODD = _Odd()


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text and the way back.

    The clusters are stretches told whole: `[_here[i], _here_end[i])` in the folded text is
    `[_there[i], _there_end[i])` in the given one. Outside them the two texts run side by side.
    """

    text: Folded
    _here: tuple[int, ...] = ()
    _here_end: tuple[int, ...] = ()
    _there: tuple[int, ...] = ()
    _there_end: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The place in the given text of `[start, end)` in the folded one; whole characters, never a part of one."""
        if not self._here:
            return Span(start, end)
        first = self._first(start)
        return Span(first, first if start >= end else self._last(end))

    @property
    def is_plain(self) -> bool:
        """Whether the two texts run side by side throughout."""
        return not self._here

    def is_whole(self, start: int, end: int) -> bool:
        """Whether `[start, end)` of the folded text begins and ends where characters of the given one do."""
        return not self._here or (self._parts(start) and self._parts(end))

    def _parts(self, at: int) -> bool:
        found = bisect_left(self._here, at) - 1
        return found < 0 or at >= self._here_end[found]

    def _first(self, at: int) -> int:
        found = bisect_right(self._here, at) - 1
        if found < 0:
            return at
        beyond = at - self._here_end[found]
        return self._there[found] if beyond < 0 else self._there_end[found] + beyond

    def _last(self, end: int) -> int:
        found = bisect_left(self._here, end) - 1
        if found < 0:
            return end
        return self._there_end[found] + max(0, end - self._here_end[found])


def grows(char: str, *, case: bool = True) -> bool:
    """Whether a character that leans on none becomes more than one, or nothing."""
    return len(_FORMS[case][char]) != 1


def _stretches(text: str, case: bool) -> list[tuple[int, int]]:
    """The stretches whose length may change, in order: characters with what leans on them, and expanding ones."""
    odd = [char for char in set(text) if _ODD[char]]
    if not odd:
        return []
    leaning = "".join(re.escape(char) for char in sorted(odd) if _ODD[char] == "1")
    growing = "".join(
        re.escape(char) for char in sorted(odd) if _ODD[char] == "2" and len(_FORMS[case][char]) != 1
    )
    either = [f".?[{leaning}]+"] * bool(leaning) + [f"[{growing}]"] * bool(growing)
    if not either:
        return []
    return [found.span() for found in re.finditer("|".join(either), text, re.DOTALL)]


def folded(text: str, *, case: bool = True) -> FoldedText:
    """The folded form with the way back; with `case=False` capitals stay.

    >>> found = folded("Ｎｅｗ quality ﬁrms")
    >>> found.text
    'new quality firms'
    >>> found.span(12, 17)
    Span(start=12, end=16)
    """
    if text.isascii():
        return FoldedText(Folded(_ascii(text, case)))
    pieces: list[str] = []
    here: list[int] = []
    here_end: list[int] = []
    stretches = _stretches(text, case)
    length = done = 0
    for start, end in stretches:
        pieces += (_plain_run(text[done:start], case), _fold_cluster(text[start:end], case))
        here.append(length + start - done)
        length = here[-1] + len(pieces[-1])
        here_end.append(length)
        done = end
    pieces.append(_plain_run(text[done:], case))
    there, there_end = tuple(start for start, _ in stretches), tuple(end for _, end in stretches)
    return FoldedText(Folded("".join(pieces)), tuple(here), tuple(here_end), there, there_end)


def _ascii(text: str, case: bool) -> str:
    return (text.lower() if case else text).replace("`", "'")


def _plain_run(text: str, case: bool) -> str:
    """Fold a stretch in which every character becomes exactly one."""
    if text.isascii():
        return _ascii(text, case)
    forms = _FORMS[case]
    changes = [(char, to) for char in set(text) if (to := forms[char]) != char]
    if len(changes) > _FEW:
        return text.translate({ord(char): to for char, to in changes})
    for char, to in changes:
        text = text.replace(char, to)
    return text


def fold(text: str) -> Folded:
    """The folded form.

    >>> fold("“ＡＩ”　Ｐｌｕｓ")
    '"ai" plus'
    """
    return folded(text).text
