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
from functools import lru_cache
from math import inf
from typing import NamedTuple, NewType

from termbank.core.span import Span

Folded = NewType("Folded", str)

_PLAIN = {
    **dict.fromkeys("‘’‚‛′ʼ＇`´", "'"),
    **dict.fromkeys("“”„‟″＂", '"'),
    **dict.fromkeys("‐‑‒–−﹣－", "-"),
}
_UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    + "".join(map(chr, range(0x202A, 0x202F)))
    + "".join(map(chr, range(0x2066, 0x2070)))
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)


def _leans(char: str) -> bool:
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


@lru_cache(maxsize=65536)
def _fold_char(char: str, case: bool = True) -> str:
    return _fold_cluster(char, case)


@lru_cache(maxsize=65536)
def _lean(char: str) -> bool:
    return char > "\x7f" and _leans(char)


class _Cluster(NamedTuple):
    """A stretch that is told whole: `[here, here_end)` in the folded text is `[there, there_end)` in the given one."""

    here: int
    here_end: int
    there: int
    there_end: int


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text and the way back. Outside its clusters the two texts run side by side."""

    text: Folded
    _clusters: tuple[_Cluster, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The place in the given text of `[start, end)` in the folded one; whole characters, never a part of one."""
        if not self._clusters:
            return Span(start, end)
        if start >= end:
            return Span(self._first(start), self._first(start))
        return Span(self._first(start), self._last(end))

    @property
    def is_plain(self) -> bool:
        """Whether the two texts run side by side throughout."""
        return not self._clusters

    def is_whole(self, start: int, end: int) -> bool:
        """Whether `[start, end)` of the folded text begins and ends where characters of the given one do."""
        return all(self._parts(at) for at in (start, end)) if self._clusters else True

    def _parts(self, at: int) -> bool:
        found = bisect_left(self._clusters, (at,)) - 1
        return found < 0 or at >= self._clusters[found].here_end

    def _first(self, at: int) -> int:
        found = bisect_right(self._clusters, (at, inf)) - 1
        if found < 0:
            return at
        cluster = self._clusters[found]
        return cluster.there if at < cluster.here_end else cluster.there_end + at - cluster.here_end

    def _last(self, end: int) -> int:
        found = bisect_left(self._clusters, (end,)) - 1
        if found < 0:
            return end
        cluster = self._clusters[found]
        return cluster.there_end + max(0, end - cluster.here_end)


def _stretches(text: str, case: bool) -> list[tuple[int, int]]:
    """The stretches whose length may change, in order: characters with what leans on them, and expanding ones."""
    strange = [char for char in set(text) if char > "\x7f"]
    leaning = "".join(re.escape(char) for char in sorted(strange) if _lean(char))
    growing = "".join(
        re.escape(char) for char in sorted(strange) if not _lean(char) and len(_fold_char(char, case)) != 1
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
    clusters: list[_Cluster] = []
    length = done = 0
    for start, end in _stretches(text, case):
        pieces += (_plain_run(text[done:start], case), _fold_cluster(text[start:end], case))
        here = length + start - done
        length = here + len(pieces[-1])
        clusters.append(_Cluster(here, length, start, end))
        done = end
    pieces.append(_plain_run(text[done:], case))
    return FoldedText(Folded("".join(pieces)), tuple(clusters))


def _ascii(text: str, case: bool) -> str:
    return (text.lower() if case else text).replace("`", "'")


def _plain_run(text: str, case: bool) -> str:
    """Fold a stretch in which every character becomes exactly one."""
    if text.isascii():
        return _ascii(text, case)
    return text.translate({ord(char): _fold_char(char, case) for char in set(text)})


def fold(text: str) -> Folded:
    """The folded form.

    >>> fold("“ＡＩ”　Ｐｌｕｓ")
    '"ai" plus'
    """
    return folded(text).text
