"""The words and marks of a segment.

In comes a segment of either language; out come its words by name, English ones as lemmas, Chinese ones in one script
whatever the text's, digits and marks by names both sides share; and where in them it pauses. A section
number is the same for 三、 and III., a month for 3月 and March, and two or three characters the dictionary
does not join are one name where the other text has their pinyin.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from termbank.lexicon.dictionary import Lexicon

LONGEST_LINE = 4000
"""Words beyond this many characters of a segment are not looked at; its length still counts in full."""

Read = tuple[list[str], list[int]]
"""The words and marks of a segment, and how many of them stand before each pause."""


_MARKS = {
    "?": "?", "？": "?", "!": "!", "！": "!", "“": '"', "”": '"', '"': '"', "「": '"', "」": '"', "『": '"', "』": '"',
    ":": ":", "：": ":", ";": ";", "；": ";", "(": "(", "（": "(",
}  # fmt: skip
HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff]+")
_PIECE = re.compile(
    r"(?P<han>[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff]+)|(?P<latin>[A-Za-zÀ-ɏ]+)|(?P<number>[0-9][0-9,.]*)|(?P<mark>[?？!！“”\"「」『』:：;；(（])"
    r"|(?P<pause>[，,。｡—…])"
)
_ENGLISH = re.compile(
    r"(?P<latin>[A-Za-zÀ-ɏ]+)(?:['’](?:s|S)\b)?|(?P<number>[0-9][0-9,.]*)|(?P<mark>[?!“”\":;(])"
    r"|(?P<pause>[,.](?=\s)|—|--|…)"
)
_FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


_PAUSES = frozenset("?？!！:：;；")


_ZH_SECTION = re.compile(
    r"\s*(?:[（(]?([一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)、．]|\.(?!\d))|第([一二三四五六七八九十百]{1,4}|\d{1,3})[章节條条部编篇])"
)
_EN_SECTION = re.compile(
    r"\s*(?:[(（]?(\d{1,2}|[IVX]{1,5}|[ivx]{1,5})(?:[)）、]|\.(?!\d))|(?:Chapter|Section|Article|Part|CHAPTER|SECTION|ARTICLE|PART) (\w{1,7}))"
)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_ROMAN = {"i": 1, "v": 5, "x": 10}
_ORDINAL_WORDS = {
    name: value
    for value, name in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
}


def _section(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The number a heading or an item begins with, the same for 三、 and III."""
    found = pattern.match(text)
    if found is None:
        return []
    value = _numeral(next(group for group in found.groups() if group))
    return [f"^{value}"] if value else []


def _numeral(written: str) -> int:
    lower = written.lower()
    if written.isascii() and written.isdigit():
        return int(written)
    if lower in _ORDINAL_WORDS:
        return _ORDINAL_WORDS[lower]
    if set(lower) <= _ROMAN.keys():
        values = [_ROMAN[char] for char in lower]
        return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
    total = unit = 0
    for char in written:
        if char in "十百":
            total += max(1, unit) * (10 if char == "十" else 100)
            unit = 0
        elif char in _DIGITS:
            unit = _DIGITS[char]
        else:
            return 0
    return total + unit


def english(text: str, lexicon: Lexicon) -> Read:
    names = _section(text, _EN_SECTION)
    pauses: list[int] = []
    lemma = lexicon.lemma
    for piece in _ENGLISH.finditer(text[:LONGEST_LINE]):
        kind = piece.lastgroup
        if kind == "latin":
            names.append(lemma(piece["latin"].lower()))
        elif kind == "number":
            names.append("#" + piece["number"].rstrip(".,").replace(",", ""))
        elif kind == "mark":
            names.append("=" + _MARKS[piece["mark"]])
        if kind == "pause" or (kind == "mark" and piece["mark"] in _PAUSES):
            pauses.append(len(names))
    return names, pauses


def chinese(text: str, lexicon: Lexicon, vocabulary: dict[str, int]) -> Read:
    text = text[:LONGEST_LINE].translate(_FULL_WIDTH)
    names = _section(text, _ZH_SECTION)
    pauses: list[int] = []
    for piece in _PIECE.finditer(text):
        kind = piece.lastgroup
        if kind == "han":
            names.extend(_han(piece["han"], lexicon, vocabulary))
        elif kind == "latin":
            names.append(lexicon.lemma(piece["latin"].lower()))
        elif kind == "number":
            names.append(_number(piece["number"], text[piece.end() : piece.end() + 1]))
        elif kind == "mark":
            names.append("=" + _MARKS[piece["mark"]])
        if kind == "pause" or (kind == "mark" and piece["mark"] in _PAUSES):
            pauses.append(len(names))
    return names, pauses


def _number(written: str, following: str) -> str:
    """A number as the other side has it; the month where 月 follows."""
    digits = written.rstrip(".,").replace(",", "")
    is_month = following == "月" and digits.isdigit() and 1 <= int(digits) <= 12
    return _MONTHS[int(digits) - 1] if is_month else "#" + digits


def _han(run: str, lexicon: Lexicon, vocabulary: dict[str, int]) -> list[str]:
    """Words of a run of hanzi; two or three single characters whose pinyin the other side has are one name."""
    spans = lexicon.words(run)
    names: list[str] = []
    place = 0
    while place < len(spans):
        start, end = spans[place]
        size = 1
        if end - start == 1:
            size = next(
                (n for n in (3, 2) if _is_name(run, spans[place : place + n], n, lexicon, vocabulary)), 1
            )
        names.append(_simplified(run[start : spans[place + size - 1].end], lexicon))
        place += size
    return names


def _simplified(word: str, lexicon: Lexicon) -> str:
    """One name for both scripts, as far as the lexicon knows the word or its characters."""
    number = lexicon.index.get(word)
    if number is not None:
        return lexicon.chinese[number]
    return "".join(lexicon.chinese[lexicon.index[char]] if char in lexicon.index else char for char in word)


def _is_name(
    run: str, spans: Sequence[tuple[int, int]], size: int, lexicon: Lexicon, vocabulary: dict[str, int]
) -> bool:
    if len(spans) < size or any(end - start != 1 for start, end in spans):
        return False
    return bool(pinyin(run[spans[0][0] : spans[-1][1]], lexicon).keys() & vocabulary.keys())


def pinyin(word: str, lexicon: Lexicon) -> dict[str, float]:
    ways = [""]
    for char in word:
        ways = [way + syllable for way in ways for syllable in lexicon.readings.get(char, ())[:2]]
    return dict.fromkeys(ways, 1.0)
