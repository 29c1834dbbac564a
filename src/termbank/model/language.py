"""Languages, scripts and regions as the bank keeps them.

Five tags are terms' own: zh-Hans, zh-Hant, zh-TW, zh-HK, en. Region and script are never
collapsed; what other tools write (zh, zh-CN, zh-Hans-CN, cmn-Hant-TW …) is read through
`read_tag`, which says when a tag leaves the script open.
"""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """A BCP 47 tag that a term may carry, in display order."""

    ZH_HANS = "zh-Hans"
    ZH_HANT = "zh-Hant"
    ZH_TW = "zh-TW"
    ZH_HK = "zh-HK"
    EN = "en"

    @property
    def is_chinese(self) -> bool:
        return self is not Language.EN

    @property
    def rank(self) -> int:
        """Position in the fixed display order."""
        return _ORDER[self]


_ORDER = {language: rank for rank, language in enumerate(Language)}


def read_tag(tag: str) -> tuple[Language | None, bool]:
    """The language another tool's tag means, and whether the tag left the script open.

    >>> read_tag("zh_CN")
    (<Language.ZH_HANS: 'zh-Hans'>, False)
    >>> read_tag("zh")
    (<Language.ZH_HANS: 'zh-Hans'>, True)
    >>> read_tag("fr")
    (None, False)
    """
    parts = tag.replace("_", "-").lower().split("-")
    if parts[0] == "en":
        return Language.EN, False
    if parts[0] not in ("zh", "cmn", "chi", "zho"):
        return None, False
    rest = set(parts[1:])
    if "hk" in rest or "mo" in rest:
        return Language.ZH_HK, False
    if "tw" in rest:
        return Language.ZH_TW, False
    if rest & {"hant", "cht", "traditional"}:
        return Language.ZH_HANT, False
    if rest & {"hans", "cn", "sg", "my", "chs", "simplified"}:
        return Language.ZH_HANS, False
    return Language.ZH_HANS, True
