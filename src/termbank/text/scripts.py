"""Simplified and traditional Chinese, Taiwan and Hong Kong: which script a text is in, and conversion.

Conversion for readers is OpenCC's, phrase by phrase, and may change the length. Conversion for matching goes character by
character and never does: `simplified_characters` takes every form of a character, in every region, to one simplified
character, so that both sides of a comparison meet. Text that is simplified already stays as it is.

The map of characters ships as data, made from OpenCC by `training/fit_characters.py`: to ask OpenCC for it takes .4 s. OpenCC
itself is loaded at the first conversion, and each converter is made once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from termbank.model.language import Language
from termbank.model.resources import read_json

_EITHER = frozenset(read_json("termbank.text", "chinese.json")["scripts"]["either"])
_CHARACTERS = read_json("termbank.text", "characters.json")


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


@cache
def simplified_characters() -> Mapping[str, str]:
    """Every Han character that is not its own simplified form, with that form: OpenCC's, and the forms of each region.

    Where a character has several regional forms, all have the simplified form of the first; “merged” are characters that
    OpenCC keeps apart by phrase.
    """
    return MappingProxyType(dict(zip(_CHARACTERS["changed"], _CHARACTERS["simplified"], strict=True)))


@cache
def _table() -> dict[int, str]:
    return {ord(char): to for char, to in simplified_characters().items()}


def is_simplified(text: str) -> bool:
    """Whether every Han character of the text is in its simplified form."""
    return text.isascii() or simplified_characters().keys().isdisjoint(set(text))


def simplify_characters(text: str) -> str:
    """Replace every Han character by its one simplified form; the length stays.

    >>> simplify_characters("發展後的裏面")
    '发展后的里面'
    """
    return text if is_simplified(text) else text.translate(_table())


@cache
def _distinctive_of_each() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that occur only in simplified texts, and those that occur only in traditional ones."""
    return frozenset(_CHARACTERS["only_simplified"]), frozenset(_CHARACTERS["only_traditional"])


def script_of(text: str) -> Language | None:
    """The script of a Chinese text, or None where its characters belong to both.

    >>> script_of("發展新質生產力").value, script_of("发展").value, script_of("人民")
    ('zh-Hant', 'zh-Hans', None)
    """
    if text.isascii():
        return None
    simplified, traditional = _distinctive_of_each()
    chars = set(text) - _EITHER
    simple, full = len(chars & simplified), len(chars & traditional)
    if simple == full:
        return None
    return Language.ZH_HANS if simple > full else Language.ZH_HANT


@cache
def _distinctive() -> frozenset[str]:
    return frozenset(_distinctive_of_each()[0] | _distinctive_of_each()[1]) - _EITHER


def is_distinctive(char: str) -> bool:
    """Whether a character alone decides the script of a text."""
    return char in _distinctive()


def to_simplified(text: str) -> str:
    """The text in mainland simplified characters; text that is simplified already stays as it is.

    >>> to_simplified("什么")
    '什么'
    """
    return text if is_simplified(text) else convert(text, "t2s")


def to_traditional(text: str) -> str:
    """The text in traditional characters, OpenCC's standard; text that is traditional already stays as it is."""
    return text if script_of(text) is Language.ZH_HANT else convert(text, "s2t")


class Conversion(NamedTuple):
    """A form that OpenCC's phrase tables propose; no source attests it."""

    text: str
    language: Language
    is_attested: bool = False


_REGIONAL = {Language.ZH_TW: "s2twp", Language.ZH_HK: "s2hk"}


def proposed_regional_forms(texts: Sequence[str], region: Language) -> list[Conversion]:
    """Propose the forms of mainland terms in Taiwan or Hong Kong, by OpenCC's phrase conversion.

    Args:
        texts: Terms in simplified characters, without line ends.
        region: `Language.ZH_TW` or `Language.ZH_HK`.

    Returns:
        One conversion for each term, marked as unattested.

    >>> proposed_regional_forms(["互联网"], Language.ZH_TW)[0].text
    '網際網路'
    """
    images = convert("\n".join(texts), _REGIONAL[region]).split("\n") if texts else []
    return [Conversion(image, region) for image in images]
