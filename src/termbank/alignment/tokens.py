"""Tokens of a segment: words by name, numbers and marks under names that both languages share, and pauses.

English words are lemmas; Chinese words are simplified whatever the text's script. A section number has the same name in
三、 and III., a month in 3月 and March; two or three characters that the dictionary does not join are one name where
the other text has their pinyin. Names of numbers begin with #, of marks with =, of section numbers with ^.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from termbank.lexicon.dictionary import Lexicon
from termbank.text.numbers.words_en import CARDINALS, MONTHS
from termbank.text.tokenizer_en import FIGURE, LATIN, SEGMENT_TOKEN

MAX_SEGMENT = 4000
"""Characters of a segment that are tokenized; the length of the segment still counts in full."""


class SegmentTokens(NamedTuple):
    """The names of a segment's tokens, and how many of them stand before each pause."""

    names: list[str]
    pauses: list[int]


_MARKS = {
    "?": "?", "？": "?", "!": "!", "！": "!", "“": '"', "”": '"', '"': '"', "「": '"', "」": '"', "『": '"', "』": '"',
    ":": ":", "：": ":", ";": ";", "；": ";", "(": "(", "（": "(",
}  # fmt: skip
HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff]+")
_CHINESE = re.compile(
    rf"(?P<han>[㐀-䶿一-鿿豈-﫿\U00020000-\U0002ffff]+)|{LATIN}|{FIGURE}|(?P<mark>[?？!！“”\"「」『』:：;；(（])"
    r"|(?P<pause>[，,。｡—…])"
)
_FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}

_PAUSE_MARKS = frozenset("?？!！:：;；")
"""Marks that are tokens and pauses at once."""

_ZH_SECTION = re.compile(
    r"\s*(?:[（(]?([一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)、．]|\.(?!\d))|第([一二三四五六七八九十百]{1,4}|\d{1,3})[章节條条部编篇])"
)
_EN_SECTION = re.compile(
    r"\s*(?:[(（]?(\d{1,2}|[IVX]{1,5}|[ivx]{1,5})(?:[)）、]|\.(?!\d))|(?:Chapter|Section|Article|Part|CHAPTER|SECTION|ARTICLE|PART) (\w{1,7}))"
)
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_ROMAN = {"i": 1, "v": 5, "x": 10}
_NUMBER_WORDS = {word: value for word, value in CARDINALS.items() if value <= 10}


def _section_number(text: str, pattern: re.Pattern[str]) -> list[str]:
    """The name of the number that a heading or an item begins with, the same for 三、 and III.; empty where there is none."""
    found = pattern.match(text)
    if found is None:
        return []
    value = _parse_numeral(next(group for group in found.groups() if group))
    return [f"^{value}"] if value else []


def _parse_numeral(written: str) -> int:
    """The value of an Arabic, Roman, English or Chinese numeral up to some hundreds; 0 for anything else."""
    lower = written.lower()
    if written.isascii() and written.isdigit():
        return int(written)
    if lower in _NUMBER_WORDS:
        return _NUMBER_WORDS[lower]
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


def tokenize_english(text: str, lexicon: Lexicon) -> SegmentTokens:
    """Tokenize an English segment; words are named by their lemmas."""
    names = _section_number(text, _EN_SECTION)
    pauses: list[int] = []
    lemma = lexicon.lemma
    for piece in SEGMENT_TOKEN.finditer(text[:MAX_SEGMENT]):
        kind = piece.lastgroup
        if kind == "latin":
            names.append(lemma(piece["latin"].lower()))
        elif kind == "number":
            names.append("#" + piece["number"].rstrip(".,").replace(",", ""))
        elif kind == "mark":
            names.append("=" + _MARKS[piece["mark"]])
        if kind == "pause" or (kind == "mark" and piece["mark"] in _PAUSE_MARKS):
            pauses.append(len(names))
    return SegmentTokens(names, pauses)


def tokenize_chinese(text: str, lexicon: Lexicon, vocabulary: dict[str, int]) -> SegmentTokens:
    """Tokenize a Chinese segment.

    Args:
        text: the segment, in either script.
        lexicon: the words by which it is segmented.
        vocabulary: the names of the tokens of the English text, in which the pinyin of names is looked up.
    """
    text = text[:MAX_SEGMENT].translate(_FULL_WIDTH)
    names = _section_number(text, _ZH_SECTION)
    pauses: list[int] = []
    for piece in _CHINESE.finditer(text):
        kind = piece.lastgroup
        if kind == "han":
            names.extend(_chinese_words(piece["han"], lexicon, vocabulary))
        elif kind == "latin":
            names.append(lexicon.lemma(piece["latin"].lower()))
        elif kind == "number":
            names.append(_number_name(piece["number"], text[piece.end() : piece.end() + 1]))
        elif kind == "mark":
            names.append("=" + _MARKS[piece["mark"]])
        if kind == "pause" or (kind == "mark" and piece["mark"] in _PAUSE_MARKS):
            pauses.append(len(names))
    return SegmentTokens(names, pauses)


def _number_name(written: str, following: str) -> str:
    """The name of a number, or of a month where 月 follows."""
    digits = written.rstrip(".,").replace(",", "")
    is_month = following == "月" and digits.isdigit() and 1 <= int(digits) <= 12
    return MONTHS[int(digits) - 1] if is_month else "#" + digits


def _chinese_words(run: str, lexicon: Lexicon, vocabulary: dict[str, int]) -> list[str]:
    """The words of a run of hanzi; two or three single characters whose pinyin the English text has are one name."""
    spans = lexicon.words(run)
    names: list[str] = []
    place = 0
    while place < len(spans):
        start, end = spans[place]
        size = 1
        if end - start == 1:
            size = next(
                (n for n in (3, 2) if _is_proper_name(run, spans[place : place + n], n, lexicon, vocabulary)),
                1,
            )
        names.append(_simplify(run[start : spans[place + size - 1].end], lexicon))
        place += size
    return names


def _simplify(word: str, lexicon: Lexicon) -> str:
    """The simplified form of a word, as far as the lexicon knows the word or its characters."""
    number = lexicon.index.get(word)
    if number is not None:
        return lexicon.chinese[number]
    return "".join(lexicon.chinese[lexicon.index[char]] if char in lexicon.index else char for char in word)


def _is_proper_name(
    run: str, spans: Sequence[tuple[int, int]], size: int, lexicon: Lexicon, vocabulary: dict[str, int]
) -> bool:
    """Whether `size` single characters together have a pinyin that the English text has."""
    if len(spans) < size or any(end - start != 1 for start, end in spans):
        return False
    return bool(pinyin_spellings(run[spans[0][0] : spans[-1][1]], lexicon).keys() & vocabulary.keys())


def pinyin_spellings(word: str, lexicon: Lexicon) -> dict[str, float]:
    """The toneless spellings of a word, two readings a character, each with the weight 1; empty where one is unknown."""
    spellings = [""]
    for char in word:
        spellings = [
            start + syllable for start in spellings for syllable in lexicon.readings.get(char, ())[:2]
        ]
    return dict.fromkeys(spellings, 1.0)
