"""Simplified and traditional, Taiwan and Hong Kong: told apart and converted.

Text comes in; its script or its other-script form goes out. Conversion for readers is OpenCC's, phrase
by phrase, and may change the length. Conversion for matching is character by character and never
does: `simplified_map` takes every form of a character, in every region, to one simplified character,
so that both sides of a comparison meet. Text that is simplified already is left as it is.

OpenCC is loaded at the first conversion, and each converter is made once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from termbank.model.language import Language

_RARE = ((0x3400, 0x4DC0), (0xF900, 0xFB00), (0x20000, 0x323B0))
_MERGED = {
    "著": "着",
    "麼": "么",
    "麽": "么",
    "妳": "你",
    "乾": "干",
    "瞭": "了",
    "藉": "借",
    "迺": "乃",
    "於": "于",
}


@cache
def _converter(config: str) -> Any:
    import opencc

    return opencc.OpenCC(config)


def convert(text: str, config: str) -> str:
    """The text converted by an OpenCC configuration: s2t, s2tw, s2twp, s2hk, t2s, tw2s, tw2sp, hk2s …

    >>> convert("互联网", "s2twp")
    '網際網路'
    """
    converted: str = _converter(config).convert(text)
    return converted


def _changes(config: str, chars: Sequence[str]) -> dict[str, str]:
    """The characters that a configuration changes when they stand alone, each to one character."""
    images = convert("\n".join(chars), config).split("\n")
    return {char: to for char, to in zip(chars, images, strict=True) if char != to and len(to) == 1}


@cache
def simplified_map() -> Mapping[str, str]:
    """Every Han character that is not its own simplified form, with that form; one character for one."""
    common = [chr(code) for code in range(0x4E00, 0xA000)]
    found = _changes("t2s", common + [chr(code) for low, high in _RARE for code in range(low, high)])
    full = _changes("s2t", common)
    for changes in (full, _changes("s2tw", common), _changes("s2hk", common)):
        for char, image in changes.items():
            if image not in found and image not in full:
                found[image] = found.get(char, char)
    found.update(_MERGED)
    return MappingProxyType(
        {char: found.get(to, to) for char, to in found.items() if char != found.get(to, to)}
    )


@cache
def _table() -> dict[int, str]:
    return {ord(char): to for char, to in simplified_map().items()}


def is_plain(text: str) -> bool:
    """Whether no character of the text would change in `flattened`."""
    return text.isascii() or simplified_map().keys().isdisjoint(set(text))


def flattened(text: str) -> str:
    """The text with every Han character in its one simplified form; the length stays.

    >>> flattened("發展後的裏面")
    '发展后的里面'
    """
    return text if is_plain(text) else text.translate(_table())


@cache
def _told() -> tuple[frozenset[str], frozenset[str]]:
    """The characters written only in simplified texts, and those written only in traditional ones."""
    common = [chr(code) for code in range(0x4E00, 0xA000)]
    traditional = _changes("t2s", common).keys()
    simplified = (
        _changes("s2t", common).keys() & _changes("s2tw", common).keys() & _changes("s2hk", common).keys()
    )
    return frozenset(simplified - traditional), frozenset(traditional - simplified)


_EITHER = frozenset(
    "后里干只面台系制余克谷丑云仆几卜占吁吊回困奸姜家岩帘布帮志念才扎折拐旋曲杯杰松板极柜朱胡致舍范荐药蒙虫表证迹郁采钟霉须于着著乾瞭藉夥"
)


def script_of(text: str) -> Language | None:
    """Which script a Chinese text is written in, or None where its characters do not tell.

    >>> script_of("發展新質生產力").value, script_of("发展").value, script_of("人民")
    ('zh-Hant', 'zh-Hans', None)
    """
    if text.isascii():
        return None
    simplified, traditional = _told()
    chars = set(text) - _EITHER
    simple, full = len(chars & simplified), len(chars & traditional)
    if simple == full:
        return None
    return Language.ZH_HANS if simple > full else Language.ZH_HANT


@cache
def _telling() -> frozenset[str]:
    return frozenset(_told()[0] | _told()[1]) - _EITHER


def is_telling(char: str) -> bool:
    """Whether a character alone tells the script of a text."""
    return char in _telling()


def to_simplified(text: str) -> str:
    """The text in mainland simplified characters; text that is simplified already comes back as it was.

    >>> to_simplified("什么")
    '什么'
    """
    return text if is_plain(text) else convert(text, "t2s")


def to_traditional(text: str) -> str:
    """The text in traditional characters, OpenCC's standard; text that is traditional already comes back as it was."""
    return text if script_of(text) is Language.ZH_HANT else convert(text, "s2t")
