"""How Chinese is spelt in Latin letters, and what a person means who types it so.

`syllables` gives the syllables of Chinese text without tones (pypinyin, loaded when first needed), read in context: 长 in
增长 is zhang. `typed` reduces a query, with or without tones, spaces and apostrophes, to one run of letters; a query that is
no pinyin is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypinyin.core import Pinyin

_PIECE = re.compile(r"[0-9a-z]+")
_TONE_FIGURE = re.compile(r"(?<=[a-zv])[1-5](?![0-9])")
_BETWEEN = re.compile(r"[\s'’·\-]+")
_LETTERS = re.compile(r"[0-9]*[a-z][0-9a-z]*")
_BLUR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("v", "u"))


def syllables(text: str) -> tuple[str, ...]:
    """The syllables of a folded text, ü written v; runs of letters and figures stay whole.

    >>> syllables("增长")
    ('zeng', 'zhang')
    """
    return tuple(chain.from_iterable(map(_syllables_of_word, _splitter().seg(text))))


@lru_cache(maxsize=1)
def constant_readings() -> Mapping[str, str]:
    """The syllable of each common character that is read alike by itself and in every word of pypinyin's dictionary.

    What is written in these alone is read character by character, whatever the words. Making the table takes as long as
    reading some thousand terms.

    >>> constant_readings()["国"], "长" in constant_readings()
    ('guo', False)
    """
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    toneless = lru_cache(maxsize=None)(typed)
    alone = {
        chr(code): toneless(PINYIN_DICT[code].partition(",")[0])
        for code in range(0x4E00, 0xA000)
        if code in PINYIN_DICT
    }
    changing: set[str] = set()
    for word, readings in PHRASES_DICT.items():
        if len(word) == len(readings):
            changing.update(
                char
                for char, marks in zip(word, readings, strict=True)
                if alone.get(char) != toneless(marks[0])
            )
        else:
            changing.update(word)
    return {char: reading for char, reading in alone.items() if reading and char not in changing}


@lru_cache(maxsize=1)
def _splitter() -> Pinyin:
    from pypinyin.core import Pinyin

    return Pinyin()


@lru_cache(maxsize=1 << 16)
def _syllables_of_word(word: str) -> tuple[str, ...]:
    """The syllables of what pypinyin takes for one word. Words recur: most of its time goes into reading them again."""
    from pypinyin import lazy_pinyin

    pieces = lazy_pinyin([word], errors=lambda other: other, v_to_u=False)
    return tuple(found for piece in pieces for found in _PIECE.findall(piece.lower()))


def initials(spelt: Sequence[str]) -> str:
    """The first letter of every syllable; figures stay whole.

    >>> initials(("xin", "zhi", "sheng", "chan", "li")), initials(("985", "gong", "cheng"))
    ('xzscl', '985gc')
    """
    return "".join(syllable if syllable.isdigit() else syllable[0] for syllable in spelt)


def typed(query: str) -> str | None:
    """The letters and figures of a query that may be pinyin, or None where it cannot be.

    >>> typed("Xīn zhì"), typed("xin1zhi4"), typed("lǜ'sè"), typed("985 gongcheng"), typed("新质")
    ('xinzhi', 'xinzhi', 'lvse', '985gongcheng', None)
    """
    text = unicodedata.normalize("NFD", query.casefold()).replace("u\u0308", "v")
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = _BETWEEN.sub("", _TONE_FIGURE.sub("", text))
    return text if _LETTERS.fullmatch(text) else None


def blurred(letters: str) -> str:
    """Pinyin with the sounds run together that many speakers run together: zh z, ch c, sh s, ng n, ü u.

    >>> blurred("shengchanli") == blurred("sencanli")
    True
    """
    for sound, plain in _BLUR:
        letters = letters.replace(sound, plain)
    return letters
