"""The numbers of an English text: 3.5 trillion, thirty-five, 70 percent, two-thirds, doubled, the 1990s, August 26.

A text goes in; its quantities come out, in order. What only looks like a number is left out: “one of”,
“no one”, G20, COVID-19, clock times, “may” as a verb, and the figures that number a paragraph. Only the
places where a number may begin are looked at: figures, and words that are in the list of number words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from termbank.model.span import Span
from termbank.text.numbers.value import FIGURE, Kind, Quantity, carried, figures, number

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_WORDS = {
    word: value
    for value, words in {
        0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
        10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
        17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty",
        60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety",
    }.items()
    for word in words.split()
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
    "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9, "tn": 1e12,
    "m": 1e6, "b": 1e9, "k": 1e3, "dozen": 12.0,
    "decades": 10.0, "decade": 10.0, "centuries": 100.0, "century": 100.0,
}  # fmt: skip
_MONTHS = {
    name: value
    for value, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_DECADES = {f"{word[:-1]}ies": value for word, value in _WORDS.items() if word.endswith("ty")}
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_SMALL = "|".join(sorted(_WORDS, key=len, reverse=True))
_LARGE = "hundred|thousand|million|billion|trillion|dozen|decades|centuries"
_RUN = rf"(?:(?:{_SMALL}|{_LARGE})(?:(?:(?<=hundred)|(?<=thousand)|(?<=million))\s+and\s+|[\s-]+|\b))+"
_SCALE = r"hundred|thousand|million|billion|trillion|mn|bn|tn|k"
_PERCENT = r"%|percentage\s+points?|percent|per\s+cent"
_EN = re.compile(
    rf"""
      (?P<skip>(?-i:\b[A-Za-z]+-\d+\b|\b[A-Z]\d+\b|\b\d+[A-Z]\b)|\b\d{{1,2}}(?:[.:]\d\d)?\s*[ap]\.?m\b|\bone\s+(?:of|another|hand|side|by|or)\b|\b\d{{1,3}}/(?=\s|$)|\b\d{{1,2}}:\d\d\b|\bno\s+one\b|\bany(?:one|\s+one)\b|\bthe\s+one\b)
    | \b(?P<month>{_MONTH})\b\.?(?:\s+(?P<mday>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:percent|per\s+cent|%|,\d{{3}})))?
    | \b(?P<dday>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<dmonth>{_MONTH})\b
    | \b(?:half\s+an?|an?\s+half)\s+(?P<half_of>million|billion|trillion|dozen|century|decade)\b
    | \b(?P<half>half)\b
    | \b(?P<num>a|one|two|three|four|five|six|seven|nine|\d+)[\s-]+(?P<den>halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b
    | \b(?P<bp>{FIGURE})\s*(?:basis\s+points?|bps?)\b
    | \b(?P<times>{FIGURE}|{_SMALL})[\s-]*(?:times|fold)\b
    | \b(?P<multiple>doubl(?:e[sd]?|ing)|twice|twofold|trebl(?:e[sd]?|ing)|tripl(?:e[sd]?|ing)|threefold|quadrupl(?:e[sd]?|ing)|fourfold|tenfold)\b
    | \b(?P<ordinal>\d+)(?:st|nd|rd|th)\b
    | \b(?P<from>(?:1[5-9]|20)\d\d)[-–—/](?P<upto>\d{{4}}|\d{{2}})\b(?!\s*(?:%|percent|per\s+cent))
    | (?:\b(?P<decade>(?:1[5-9]|20)\d0)|[’'](?P<short_decade>\d0))[’']?s\b
    | \b(?P<decade_word>{"|".join(_DECADES)})\b
    | \b(?:a|the\s+(?:past|last|next)|this)\s+(?P<span>decade|century)\b
    | (?<!\w\.)(?:(?P<short_year>[’']\d\d)\b(?!\s*%)|(?P<figure>{FIGURE}|\.\d+))(?:\s*[-–+]?\s*(?P<scale>{_SCALE})\b|(?P<tight>[mbk])\b)?(?:\s*[-–]?\s*(?P<percent>{_PERCENT})|(?P<shared>(?=(?:\s*(?:to|or|and|-|–)\s*[\d.]+)?\s*\((?:or\s+)?[\d.]+(?:\s*(?:to|-|–)\s*[\d.]+)?\)\s*(?:{_PERCENT}))|(?=(?:\s*(?:to|-|–)\s*[\d.]+)?\)\s*(?:{_PERCENT}))))?
    | \b(?P<ordinal_word>(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?(?:{"|".join(_ORDINALS)}))(?P<ly>ly)?\b
    | \b(?P<words>{_RUN})(?P<wpercent>\s*(?:{_PERCENT}))?(?P<other>\s*(?:others?|more)\b)?
    """,
    re.X | re.I,
)
_BEFORE_FIGURES = frozenset("RMB CNY USD HKD NTD TWD EUR GBP JPY MOP SGD AUD INR".split())
_BEGINNINGS = (
    *sorted({*_WORDS, *_ORDINALS, *_MONTHS, *_DECADES, "hundred", "thousand", "million", "billion", "trillion", "dozen"}),
    *"half twice doubl tripl trebl quadrupl twofold threefold fourfold tenfold".split(),
    *(f"{one} {other}" for one in ("a", "past", "last", "next", "this") for other in ("decade", "century")),
    *(f"a {part}" for part in ("third", "quarter", "half", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")),
    "no one", "anyone", "any one", "the one", *"0123456789",
)  # fmt: skip
"""With what a number may begin, so that all other words are passed over."""
_ARTICLED = ("past ", "last ", "next ")
_DENOMINATORS = {
    "hal": 2, "thi": 3, "qua": 4, "fou": 4, "fif": 5, "six": 6, "sev": 7, "eig": 8, "nin": 9, "ten": 10,
}  # fmt: skip
_MULTIPLES = {"dou": 2, "twi": 2, "two": 2, "tre": 3, "tri": 3, "thr": 3, "qua": 4, "fou": 4, "ten": 10}
_NAMES_MAY = re.compile(
    r"(?:in|of|since|until|by|and|to|from|early|late|mid-?|last|this|\d|,)\s*$|^\W*$", re.I
)
_ENUMERATOR = re.compile(
    r"\s*(?:[（(]?\s*(?:\d{1,2}|[ivxIVX]{1,5}|[a-zA-Z])\s*[）)]|\d{1,2}(?:\.\d{1,2})*\.(?!\d)|[IVX]{1,5}\.)"
)


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of an English text, in order.

    >>> [(q.value, q.kind.value) for q in quantities("By 2027 over 70 percent, or RMB 3.5 trillion; two-thirds by 26 August")]
    [(2027.0, 'year'), (0.7, 'share'), (3500000000000.0, 'number'), (0.6666666666666666, 'share'), (8.0, 'month'), (26.0, 'day')]
    """
    done = found.end() if (found := _ENUMERATOR.match(text)) else 0
    told: list[Quantity] = []
    for start in _beginnings(text):
        if start < done:
            continue
        match = _EN.match(text, start)
        if match is not None and match.end() > start:
            told += _read(text, match)
            done = match.end()
    return carried(told, text)


@cache
def _scanner() -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(_BEGINNINGS, matchkind=MatchKind.LeftmostLongest, store_patterns=False)


def _beginnings(text: str) -> Iterator[int]:
    """The places where a number may begin, in order."""
    plain = text.lower()
    if len(plain) != len(text):  # İ is two letters in lower case
        plain = "".join(char.lower() if char.isascii() else char for char in text)
    for _, start, _ in _scanner().find_matches_as_indexes(plain):
        before = plain[start - 1] if start else " "
        if "0" <= plain[start] <= "9":
            if before in ".’'":
                start -= 1
                before = plain[start - 1] if start else " "
            if before.isalnum() or before == "_":
                if text[max(0, start - 3) : start] not in _BEFORE_FIGURES:
                    continue
            elif before == "-" and start > 1 and plain[start - 2].isalpha():
                continue  # COVID-19
            yield start
        elif not before.isalnum():
            with_article = plain[start - 4 : start] == "the " and plain[start : start + 5] in _ARTICLED
            yield start - 4 if with_article else start


def _read(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    got = match.__getitem__
    span, said = Span(match.start(), match.start() + len(match.group().rstrip())), match.group().strip()

    def quantity(value: float, kind: Kind, sure: bool = True, digits: int = 0) -> Iterator[Quantity]:
        yield Quantity(value, kind, span, said, sure, digits)

    if got("skip"):
        return
    if got("month") or got("dmonth"):
        yield from _date(text, match, span, said)
    elif got("figure"):
        yield from _in_figures(match, span, said)
    elif got("words"):
        yield from _in_words(match, span, said)
    elif got("ordinal_word"):
        ten, _, one = got("ordinal_word").lower().rpartition("-")
        yield from quantity(float(_WORDS.get(ten, 0) + _ORDINALS[one]), Kind.ORDINAL, sure=False)
    elif got("from"):
        upto = got("upto") if len(got("upto")) == 4 else got("from")[:2] + got("upto")
        yield from quantity(float(got("from")), Kind.YEAR, digits=4)
        yield from quantity(float(upto), Kind.YEAR, digits=4)
    elif decade := got("decade") or got("short_decade"):
        yield from quantity(float(decade[-2:]), Kind.DECADE)
    elif got("decade_word"):
        yield from quantity(float(_DECADES[got("decade_word").lower()]), Kind.DECADE, sure=False)
    elif got("span"):
        yield from quantity(_SCALES[got("span").lower()], Kind.PLAIN, sure=False)
    elif got("half_of"):
        yield from quantity(_SCALES[got("half_of").lower()] / 2, Kind.PLAIN)
    elif got("short_year"):
        yield from quantity(1900.0 + float(got("short_year")[1:]), Kind.YEAR, sure=False)
    elif got("half"):
        yield from quantity(0.5, Kind.SHARE, sure=False)
    elif got("num"):
        yield from _fraction(text, match, span, said)
    elif got("bp"):
        yield from quantity((number(got("bp")) or 0.0) / 10_000, Kind.SHARE, digits=figures(got("bp")))
    elif got("times"):
        word = _WORDS.get(got("times").lower())
        value = float(word) if word is not None else number(got("times")) or 0.0
        written = figures(got("times"))
        yield from quantity(value, Kind.TIMES, written > 1, written)
    elif got("multiple"):
        yield from quantity(float(_MULTIPLES[got("multiple")[:3].lower()]), Kind.TIMES, sure=False)
    elif got("ordinal"):
        written = len(got("ordinal"))
        yield from quantity(float(got("ordinal")), Kind.ORDINAL, written > 1, written)


def _date(text: str, match: re.Match[str], span: Span, said: str) -> Iterator[Quantity]:
    """A month, with its day where it has one; “may” and “march” are words before they are months."""
    month = match["month"] or match["dmonth"]
    day = match["mday"] or match["dday"]
    if month[0].islower():
        return
    followed = re.match(r",?\s*\d", text[match.end() :]) is not None
    if month == "May" and not day and not followed and not _NAMES_MAY.search(text[: span.start]):
        return
    if month == "May" and not day and not followed and not text[: span.start].strip():
        return
    yield Quantity(float(_MONTHS[month.lower()]), Kind.MONTH, span, said)
    if day:
        yield Quantity(float(day), Kind.DAY, span, said, True, len(day))


def _fraction(text: str, match: re.Match[str], span: Span, said: str) -> Iterator[Quantity]:
    top = match["num"].lower()
    value = 1.0 if top == "a" else float(_WORDS.get(top, top))
    if match["den"].lower() == "quarters" and not re.match(r"\s+of\b", text[match.end() :]):
        yield Quantity(value, Kind.PLAIN, span, said, sure=False)
    yield Quantity(value / _DENOMINATORS[match["den"][:3].lower()], Kind.SHARE, span, said, sure=False)


def _in_figures(match: re.Match[str], span: Span, said: str) -> Iterator[Quantity]:
    figure = match["figure"]
    unit = match["scale"] or match["tight"]
    scale = _SCALES[unit.lower()] if unit else 1.0
    value, digits = number(figure) or 0.0, figures(figure)
    if (
        not unit
        and match["shared"] is None
        and not match["percent"]
        and figure.isdigit()
        and len(figure) == 4
        and 1500 <= value < 2100
    ):
        yield Quantity(value, Kind.YEAR, span, said, True, 4)
    elif match["percent"] or match["shared"] is not None:  # “1.8 to 2.6 (or 1.2 to 1.9) per cent”
        yield Quantity(value * scale / 100, Kind.SHARE, span, said, True, digits)
    else:
        yield Quantity(value * scale, Kind.PLAIN, span, said, digits > 1 or bool(unit), digits)


def _in_words(match: re.Match[str], span: Span, said: str) -> Iterator[Quantity]:
    """One number, or several that only stand side by side: “three one-day events”."""
    words = [(found.group().lower(), found.span()) for found in re.finditer(r"[A-Za-z]+", match["words"])]
    words = [(word, place) for word, place in words if word != "and"]
    runs: list[list[tuple[str, tuple[int, int]]]] = []
    for word, place in words:
        if runs and _goes_on(runs[-1][-1][0], word):
            runs[-1].append((word, place))
        else:
            runs.append([(word, place)])
    for run in runs:
        value = _value([word for word, _ in run])
        if len(runs) == 1:
            at, text = span, said
        else:
            at = Span(match.start() + run[0][1][0], match.start() + run[-1][1][1])
            text = match["words"][run[0][1][0] : run[-1][1][1]]
        large = any(word not in _WORDS for word, _ in run)
        if match["wpercent"] and run is runs[-1]:
            yield Quantity(value / 100, Kind.SHARE, at, text)
        elif value >= 1 and (value < 100 or large):
            yield Quantity(value, Kind.PLAIN, at, text, sure=value >= 13, faint=value == 1)


def _goes_on(before: str, word: str) -> bool:
    """Whether a number word may follow another within one number: forty-two, two hundred, hundred six."""
    if word not in _WORDS or before not in _WORDS:
        return True
    return _WORDS[before] >= 20 and 0 < _WORDS[word] < 10


def _value(words: list[str]) -> float:
    total = section = 0.0
    for word in words:
        if word in _WORDS:
            section += _WORDS[word]
        elif word in ("hundred", "dozen", "decades", "centuries"):
            section = (section or 1) * _SCALES[word]
        else:
            total += (section or 1) * _SCALES[word]
            section = 0
    return total + section
