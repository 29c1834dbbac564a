"""Chinese numbers that are only about so large: 两三年, 三四十亿元, 十五六岁; 几十万, 数百, 上亿, 万余, 百亿元, 千亿级.

Each is read as the least value it may have, and how much larger it may be (`Quantity.about`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from termbank.model.span import Span
from termbank.text.numbers.value import Kind, Quantity, han_value

_DIGIT = "零〇○一二三四五六七八九两兩"
_NUMERAL = rf"\d.．{_DIGIT}十百千万萬亿億"
_SCALE = "万亿|萬億|[万萬亿億]"
_PAIR = re.compile(
    rf"(?<![{_NUMERAL}第])(?P<head>(?:[一二三四五六七八九两兩]?[十百千万萬])*)"
    r"(?P<low>[一二三四五六七八两兩])(?P<high>[二两兩三四五六七八九])"
    rf"(?P<scale>[十百千]?(?:{_SCALE})?)(?P<of>成(?![群立为為员員])|倍)?(?![{_NUMERAL}线線月]|年[代级級]|成群)"
)
"""两三, 三四十亿, 一万六七千; not 二三线, 一二三, 七八月, 五六十年代."""
_PAIRS = frozenset("12 23 34 35 45 56 67 78 89".split())
_VALUES = dict(zip("一二两兩三四五六七八九", (1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_PLAN = re.compile("十[一二三四]五|十四五")

_UNIT = r"(?:[十百千]?(?:万亿|萬億)|[十百千]?[万萬亿億]|[十百千])"
_MAGNITUDE = re.compile(
    rf"(?<![{_NUMERAL}])(?P<some>[几幾数數])(?P<of_some>{_UNIT})(?=[^{_NUMERAL}年载載])"
    rf"|(?<![以之])上(?P<above>[十百千]?[万萬亿億]|[百千])(?=[^{_NUMERAL}分])"
    rf"|(?<![{_NUMERAL}几幾数數第])(?P<over>{_UNIT})[余餘多](?=[^{_NUMERAL}年])"
    rf"|(?<![{_NUMERAL}几幾数數上第])(?P<bare>[十百千](?:万亿|萬億|[万萬亿億]))"
    r"(?=元|美元|港元|欧元|人(?!事)|户|戶|吨|噸|级|級|斤|亩|畝|家|辆|輛|台|千瓦|立方|用户|农民|农户|群众|人口|人次)"
)


def approximations(text: str) -> Iterator[Quantity]:
    """The approximate numbers of a Chinese text; those of one pattern in order.

    >>> [(q.value, round(q.value + q.about)) for q in approximations("两三年，三四十亿元，十五六岁，几十万人")]
    [(2.0, 3), (3000000000.0, 4000000003), (15.0, 16), (200000.0, 1000000)]
    """
    for match in _PAIR.finditer(text):
        yield from _pair(match)
    for match in _MAGNITUDE.finditer(text):
        yield _magnitude(match)


def _pair(match: re.Match[str]) -> Iterator[Quantity]:
    """Two neighbouring figures, of which either may be meant; both values count."""
    low, high = _VALUES[match["low"]], _VALUES[match["high"]]
    if f"{low}{high}" not in _PAIRS or _PLAN.match(match.group()):
        return
    least, most = (
        han_value(match["head"] + digit + match["scale"]) for digit in (match["low"], match["high"])
    )
    if least is None or most is None or most <= least:
        return
    kind, parts = Kind.PLAIN, 1
    if match["of"] == "倍":
        kind = Kind.TIMES
    elif match["of"]:
        kind, parts = Kind.SHARE, 10
    about = (most - least + 1e-9 * most) / parts
    sure = least >= 100 or kind is Kind.SHARE
    yield Quantity(least / parts, kind, Span(*match.span()), match.group(), sure, about=about)


def _magnitude(match: re.Match[str]) -> Quantity:
    """A size without a figure: several of a unit, above it, or about it."""
    unit = next(text for text in match.group("of_some", "above", "over", "bare") if text)
    value = han_value("一" + unit) or 1.0
    span = Span(*match.span())
    if match["some"]:
        return Quantity(2 * value, Kind.PLAIN, span, match.group(), False, about=8 * value)
    wide = match["above"] or match.string[match.end() : match.end() + 1] in ("级", "級")
    return Quantity(value, Kind.PLAIN, span, match.group(), False, about=9 * value if wide else value)
