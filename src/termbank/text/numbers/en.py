"""Find and evaluate the numbers of an English text: 3.5 trillion, thirty-five, 70 percent, two-thirds, the 1990s.

What only looks like a number is left out: “one of”, “no one”, G20, COVID-19, clock times, “may” as a verb, and the
figures that number a paragraph. The regular expression is tried only where a number may begin: at figures and at the
words of the list of number words, which an automaton finds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from termbank.model.span import Span
from termbank.text.numbers.value import FIGURE, Kind, Quantity, carry_units, digit_count, number
from termbank.text.numbers.words_en import CARDINALS, MONTHS, ORDINALS

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9, "tn": 1e12,
    "m": 1e6, "b": 1e9, "k": 1e3, "dozen": 12.0,
    "decades": 10.0, "decade": 10.0, "centuries": 100.0, "century": 100.0,
}  # fmt: skip
_MONTHS = {
    **{name[:length]: value for length in (3, 9) for value, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
_DECADES = {f"{word[:-1]}ies": value for word, value in CARDINALS.items() if word.endswith("ty")}
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_SMALL = "|".join(sorted(CARDINALS, key=len, reverse=True))
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
    | \b(?P<vague>tens|dozens|scores|hundreds|thousands|millions|billions|trillions)\b(?:\s+of\s+(?P<of_vague>thousands|millions|billions|trillions)\b)?
    | \b(?:several|a\s+few)\s+(?P<several>hundred|thousand|million|billion)\b(?:\s+(?P<several_more>thousand|million|billion)\b)?
    | \b(?P<anniversary>(?:bi)?centen(?:ary|aries|nial)|(?<!one[ -])hundredth(?=\s+(?:anniversary|birthday)))\b
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
    | \b(?P<ordinal_word>(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?(?:{"|".join(ORDINALS)}))(?P<ly>ly)?\b
    | \b(?P<words>{_RUN})(?P<wpercent>\s*(?:{_PERCENT}))?(?P<other>\s*(?:others?|more)\b)?
    """,
    re.X | re.I,
)
_CURRENCIES = frozenset("RMB CNY USD HKD NTD TWD EUR GBP JPY MOP SGD AUD INR".split())
_BEGINNINGS = (
    *sorted({*CARDINALS, *ORDINALS, *_MONTHS, *_DECADES, "hundred", "thousand", "million", "billion", "trillion", "dozen"}),
    *"half twice doubl tripl trebl quadrupl twofold threefold fourfold tenfold".split(),
    *(f"{one} {other}" for one in ("a", "past", "last", "next", "this") for other in ("decade", "century")),
    *(f"a {part}" for part in ("third", "quarter", "half", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")),
    "tens", "scores", "centen", "bicenten", "several", "a few", "no one", "anyone", "any one", "the one", *"0123456789",
)  # fmt: skip
"""How a number may begin; all other words are skipped."""
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
    read: list[Quantity] = []
    for start in _starts(text):
        if start < done:
            continue
        match = _EN.match(text, start)
        if match is not None and match.end() > start:
            read += _read(match)
            done = match.end()
    return carry_units(read, text)


@cache
def _scanner() -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    return AhoCorasick(_BEGINNINGS, matchkind=MatchKind.LeftmostLongest, store_patterns=False)


def _starts(text: str) -> Iterator[int]:
    """The places where a number may begin, in order."""
    plain = text.lower()
    if len(plain) != len(text):  # İ is two letters in lower case
        plain = "".join(char.lower() if char.isascii() else char for char in text)
    for _, start, _ in _scanner().find_matches_as_indexes(plain):
        if "0" <= plain[start] <= "9":
            at = _start_of_figures(text, plain, start)
            if at is not None:
                yield at
        elif not (start and plain[start - 1].isalnum()):
            with_article = plain[start - 4 : start] == "the " and plain[start : start + 5] in _ARTICLED
            yield start - 4 if with_article else start


def _start_of_figures(text: str, plain: str, start: int) -> int | None:
    """Where a number begins whose first digit is at `start`; None inside a word or a name such as COVID-19."""
    before = plain[start - 1] if start else " "
    if before in ".’'":
        start -= 1
        before = plain[start - 1] if start else " "
    if before.isalnum() or before == "_":
        return start if text[max(0, start - 3) : start] in _CURRENCIES else None
    return None if before == "-" and start > 1 and plain[start - 2].isalpha() else start


def _read(match: re.Match[str]) -> Iterator[Quantity]:
    """The quantities in one match of `_EN`, read by the rule of the group that matched."""
    if match["skip"]:
        return
    for group, read in _READERS:
        if match[group]:
            yield from read(match)
            return


def _whole(
    match: re.Match[str], value: float, kind: Kind, sure: bool = True, digits: int = 0, faint: bool = False
) -> Quantity:
    """The whole match, without the spaces around it, as one quantity."""
    text = match.group()
    span = Span(match.start(), match.start() + len(text.rstrip()))
    return Quantity(value, kind, span, text.strip(), sure, digits, faint)


def _date(match: re.Match[str]) -> Iterator[Quantity]:
    """A month, with its day where it has one; “may” and “march” are words before they are months."""
    month, day = match["month"] or match["dmonth"], match["mday"] or match["dday"]
    if month[0].islower() or (month == "May" and not day and _is_a_verb(match)):
        return
    yield _whole(match, float(_MONTHS[month.lower()]), Kind.MONTH)
    if day:
        yield _whole(match, float(day), Kind.DAY, digits=len(day))


def _is_a_verb(may: re.Match[str]) -> bool:
    """Whether a capitalised “May” without a day is no month: no figure follows, and no word before it asks for one."""
    if re.match(r",?\s*\d", may.string[may.end() :]):
        return False
    before = may.string[: may.start()]
    return not before.strip() or not _NAMES_MAY.search(before)


def _fraction(match: re.Match[str]) -> Iterator[Quantity]:
    """Two-thirds; “three quarters” are periods as well, where no “of” follows."""
    top = match["num"].lower()
    value = 1.0 if top == "a" else float(CARDINALS.get(top, top))
    if match["den"].lower() == "quarters" and not re.match(r"\s+of\b", match.string[match.end() :]):
        yield _whole(match, value, Kind.PLAIN, sure=False)
    yield _whole(match, value / _DENOMINATORS[match["den"][:3].lower()], Kind.SHARE, sure=False)


def _in_figures(match: re.Match[str]) -> Iterator[Quantity]:
    """A number in figures with its scale and percent sign; four bare digits are a year."""
    figure, unit = match["figure"], match["scale"] or match["tight"]
    scale = _SCALES[unit.lower()] if unit else 1.0
    value, digits = number(figure) or 0.0, digit_count(figure)
    if match["percent"] or match["shared"] is not None:  # “1.8 to 2.6 (or 1.2 to 1.9) per cent”
        yield _whole(match, value * scale / 100, Kind.SHARE, digits=digits)
    elif not unit and figure.isdigit() and len(figure) == 4 and 1500 <= value < 2100:
        yield _whole(match, value, Kind.YEAR, digits=4)
    else:
        yield _whole(match, value * scale, Kind.PLAIN, digits > 1 or bool(unit), digits)


_VAGUE = {
    "tens": (10.0, 10.0), "dozens": (20.0, 5.0), "scores": (20.0, 10.0), "hundreds": (100.0, 10.0), "thousands": (1e3, 1e3),
    "millions": (1e6, 1e3), "billions": (1e9, 1e3), "trillions": (1e12, 1e3),
}  # fmt: skip
"""The least value of a plural, and how many times as large it may be."""


def _vague(match: re.Match[str]) -> Iterator[Quantity]:
    """Hundreds of thousands; millions."""
    least, times = _VAGUE[match["vague"].lower()]
    if match["of_vague"]:
        scale, times = _VAGUE[match["of_vague"].lower()][0], 10.0
        least *= scale
    yield _whole(match, least, Kind.PLAIN, sure=False)._replace(about=least * (times - 1))


def _several(match: re.Match[str]) -> Iterator[Quantity]:
    """Several million: two to ten of them."""
    scale = _SCALES[match["several"].lower()] * _SCALES.get((match["several_more"] or "").lower(), 1.0)
    yield _whole(match, 2 * scale, Kind.PLAIN, sure=False)._replace(about=8 * scale)


NumberWord = tuple[str, int, int]
"""A number word in lower case, with where it begins and ends in its match."""


def _in_words(match: re.Match[str]) -> Iterator[Quantity]:
    """One number, or several that only stand side by side: “three one-day events”."""
    written = match["words"]
    runs: list[list[NumberWord]] = []
    for found in re.finditer(r"[A-Za-z]+", written):
        word = found.group().lower()
        if word == "and":
            continue
        if not runs or not _goes_on(runs[-1][-1][0], word):
            runs.append([])
        runs[-1].append((word, *found.span()))
    for run in runs:
        words = [word for word, _, _ in run]
        value = _value(words)
        if match["wpercent"] and run is runs[-1]:
            quantity = _whole(match, value / 100, Kind.SHARE)
        elif value >= 1 and (value < 100 or not CARDINALS.keys() >= set(words)):
            quantity = _whole(match, value, Kind.PLAIN, sure=value >= 13, faint=value == 1)
        else:
            continue
        if len(runs) > 1:
            start, end = run[0][1], run[-1][2]
            place = Span(match.start() + start, match.start() + end)
            quantity = quantity._replace(span=place, text=written[start:end])
        yield quantity


def _goes_on(before: str, word: str) -> bool:
    """Whether a number word may follow another within one number: forty-two, two hundred, hundred six."""
    if word not in CARDINALS or before not in CARDINALS:
        return True
    return CARDINALS[before] >= 20 and 0 < CARDINALS[word] < 10


def _value(words: list[str]) -> float:
    """The value of number words: two hundred six is 206."""
    total = section = 0.0
    for word in words:
        if word in CARDINALS:
            section += CARDINALS[word]
        elif word in ("hundred", "dozen", "decades", "centuries"):
            section = (section or 1) * _SCALES[word]
        else:
            total += (section or 1) * _SCALES[word]
            section = 0
    return total + section


def _ordinal_word(match: re.Match[str]) -> Iterator[Quantity]:
    ten, _, one = match["ordinal_word"].lower().rpartition("-")
    yield _whole(match, float(CARDINALS.get(ten, 0) + ORDINALS[one]), Kind.ORDINAL, sure=False)


def _years(match: re.Match[str]) -> Iterator[Quantity]:
    """Both years of 2015–16."""
    first, last = match["from"], match["upto"]
    yield _whole(match, float(first), Kind.YEAR, digits=4)
    yield _whole(match, float(last if len(last) == 4 else first[:2] + last), Kind.YEAR, digits=4)


def _multiple(match: re.Match[str]) -> Iterator[Quantity]:
    word = CARDINALS.get(match["times"].lower())
    value, digits = (
        float(word) if word is not None else number(match["times"]) or 0.0,
        digit_count(match["times"]),
    )
    yield _whole(match, value, Kind.TIMES, digits > 1, digits)


def _one(
    group: str, kind: Kind, value: Callable[[str], float], *, sure: bool = True
) -> tuple[str, Callable[[re.Match[str]], Iterator[Quantity]]]:
    """A reader of a group that is one quantity, valued by what is written there."""
    return group, lambda match: iter((_whole(match, value(match[group].lower()), kind, sure),))


_READERS: tuple[tuple[str, Callable[[re.Match[str]], Iterator[Quantity]]], ...] = (
    ("month", _date),
    ("dmonth", _date),
    ("figure", _in_figures),
    ("words", _in_words),
    ("vague", _vague),
    ("several", _several),
    ("ordinal_word", _ordinal_word),
    ("from", _years),
    _one("decade", Kind.DECADE, lambda text: float(text[-2:])),
    _one("short_decade", Kind.DECADE, lambda text: float(text[-2:])),
    _one("decade_word", Kind.DECADE, lambda text: float(_DECADES[text]), sure=False),
    _one("span", Kind.PLAIN, lambda text: _SCALES[text], sure=False),
    _one("half_of", Kind.PLAIN, lambda text: _SCALES[text] / 2),
    _one("short_year", Kind.YEAR, lambda text: 1900.0 + float(text[1:]), sure=False),
    _one("anniversary", Kind.PLAIN, lambda text: 200.0 if text.startswith("bi") else 100.0, sure=False),
    _one("half", Kind.SHARE, lambda text: 0.5, sure=False),
    ("num", _fraction),
    ("bp", lambda match: iter((_whole(match, (number(match["bp"]) or 0.0) / 10_000, Kind.SHARE, digits=digit_count(match["bp"])),))),
    ("times", _multiple),
    _one("multiple", Kind.TIMES, lambda text: float(_MULTIPLES[text[:3]]), sure=False),
    ("ordinal", lambda match: iter((_whole(match, float(match["ordinal"]), Kind.ORDINAL, len(match["ordinal"]) > 1, len(match["ordinal"])),))),
)  # fmt: skip
"""For each group of `_EN` that names a kind of number, what reads it, in the order in which they are tried."""
