"""Faults put into sound pairs with fixed seeds, chosen independently of what the checks themselves can read.

`miswritten` changes an English number whose value stands in the Chinese in plain figures or characters, as
a slip of the pen or of the mind would: a digit, two digits exchanged, a zero more or less, another scale,
another number word, ordinal, month or decade. It finds its numbers by string, not with the checks' own
reading, so that a number which the checks cannot read counts against them. `left_out` takes the English
of whole sentences away.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from termbank.model.segment import SegmentPair

SMALL = {
    word: value
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        2,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ORDINALS = {
    word: value
    for value, word in enumerate("second third fourth fifth sixth seventh eighth ninth tenth".split(), 2)
}
MONTHS = "January February March April May June July August September October November December".split()
SCALES = ("million", "billion", "trillion")
_HAN = "零一二三四五六七八九"
_WRITTEN = re.compile(
    rf"(?<![\w.,-])(?:(?P<figure>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<tail>s|st|nd|rd|th)?"
    rf"(?: (?P<scale>{'|'.join(SCALES)}))?(?![\w-])(?!\.\d|,\d)|(?P<month>{'|'.join(MONTHS)})(?= \d|,| of|\.| and)"
    rf"|(?P<word>{'|'.join(sorted(SMALL, key=len, reverse=True))})(?![\w-])|(?P<ordinal>{'|'.join(ORDINALS)})(?![\w-]))",
    re.I,
)
_NUMERALS = re.compile(r"[〇零一二三四五六七八九十百千万亿两萬億兩]+")
_FIGURES = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?")


def han(value: int) -> tuple[str, ...]:
    """How a whole number below a hundred is written in characters."""
    if value == 2:
        return ("二", "两", "兩")
    if value < 10:
        return (_HAN[value],)
    ten, one = divmod(value, 10)
    return (f"{_HAN[ten] if ten > 1 else ''}十{_HAN[one] if one else ''}",)


def miswritten(pairs: Sequence[SegmentPair], seed: int) -> tuple[list[SegmentPair], dict[int, str]]:
    """In about half of the pairs that have such a number, one English number written wrong; what was done by pair."""
    rng = random.Random(seed)
    out, labels = list(pairs), {}
    for n, pair in enumerate(pairs):
        found = [match for match in _WRITTEN.finditer(pair.en) if _stands_in(pair.zh, pair.en, match)]
        if not found or rng.random() >= 0.5:
            continue
        match = rng.choice(found)
        new = _slip(match, rng)
        if new is not None and new.lower() not in pair.en.lower():
            out[n] = replace(pair, en=pair.en[: match.start()] + new + pair.en[match.end() :])
            labels[n] = f"{match.group()} > {new}"
    return out, labels


def _stands_in(zh: str, en: str, match: re.Match[str]) -> bool:
    """Whether the value appears once on either side, the Chinese in figures or characters of its own."""
    if len(re.findall(rf"(?<![\w.,]){re.escape(match.group())}(?![\w])", en, re.I)) != 1:
        return False
    numerals = _NUMERALS.findall(zh)
    figures = [figure.replace(",", "") for figure in _FIGURES.findall(zh)]
    if match["figure"] and not match["scale"]:
        figure = match["figure"].replace(",", "")
        if len(figure) == 1 and not match["tail"]:
            return False
        if match["tail"] == "s":
            return f"{figure[2:]}年代" in zh and len(figure) == 4
        return figures.count(figure) == 1
    if match["scale"]:
        return len(figures) == 1 and len(_WRITTEN.findall(en)) == 1
    if match["month"]:
        month = MONTHS.index(match["month"].title()) + 1 if match["month"].title() in MONTHS else 0
        return zh.count("月") == 1 and bool(
            re.search(rf"(?<!\d){month}月|(?<![十一二]){han(month)[0]}月", zh)
        )
    word = (match["word"] or match["ordinal"]).lower()
    value = SMALL.get(word) or ORDINALS[word]
    if match["ordinal"]:
        return (
            any(f"第{text}" in zh for text in han(value)) and sum(zh.count(f"第{t}") for t in han(value)) == 1
        )
    return sum(numerals.count(text) for text in han(value)) + figures.count(str(value)) == 1


def _slip(match: re.Match[str], rng: random.Random) -> str | None:
    text = match.group()
    if match["month"]:
        return rng.choice([month for month in MONTHS if month != text.title()])
    if match["word"] or match["ordinal"]:
        words = list(ORDINALS if match["ordinal"] else SMALL)
        new = rng.choice([word for word in words if word != text.lower()])
        return new.capitalize() if text[0].isupper() else new
    if match["scale"] and rng.random() < 0.5:
        return f"{match['figure']} {rng.choice([s for s in SCALES if s != match['scale'].lower()])}"
    if match["tail"] == "s":
        return f"{text[:2]}{rng.choice([d for d in '3456789' if d != text[2]])}0s"
    return _slipped(text, match["figure"], rng)


def _slipped(text: str, figure: str, rng: random.Random) -> str | None:
    """A digit changed, two exchanged, or a zero taken off or put on."""
    places = [place for place, char in enumerate(figure) if char.isdigit()]
    way = rng.random()
    if way < 0.3 and len(places) > 1:
        swaps = [(a, b) for a, b in pairwise(places) if figure[a] != figure[b]]
        if swaps and figure[(swap := rng.choice(swaps))[1]] != "0":
            a, b = swap
            chars = list(figure)
            chars[a], chars[b] = chars[b], chars[a]
            return "".join(chars) + text[len(figure) :]
    if way < 0.45 and "," not in figure and "." not in figure and len(figure) > 1:
        return (figure[:-1] if figure.endswith("0") else f"{figure}0") + text[len(figure) :]
    place = rng.choice(places[:3])
    digit = rng.choice([d for d in "123456789" if d != figure[place]])
    return figure[:place] + digit + figure[place + 1 :] + text[len(figure) :]


def left_out(
    pairs: Sequence[SegmentPair], seed: int, share: float = 0.03
) -> tuple[list[SegmentPair], set[int]]:
    """The English of a few sentences of some length taken away, as the alignment would show it."""
    rng = random.Random(seed)
    out, labels = list(pairs), set()
    for n, pair in enumerate(pairs):
        whole = pair.zh and pair.en and len(pair.zh) >= 20 and pair.zh.rstrip()[-1:] in "。！？；"
        if whole and 0 < n < len(pairs) - 1 and n - 1 not in labels and rng.random() < share:
            out[n] = replace(pair, en="")
            labels.add(n)
    return out, labels
