"""Decides when a Chinese number and an English one say the same.

Two quantities are alike if they are equal, or the English is a rounding of the Chinese; a share may be a fraction, a
multiple one more or less, a decade ten years. `find_unmatched` matches the numbers of the two sides: exactly equal ones
first, roundings last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from termbank.text.numbers.value import Kind, Quantity


def find_unmatched(zh: Sequence[Quantity], en: Sequence[Quantity]) -> tuple[list[Quantity], list[Quantity]]:
    """The quantities of either side without a like one on the other; a repeated number may be written once."""
    en_left, used = list(en), list[Quantity]()
    zh_left = sorted(zh, key=lambda quantity: quantity.faint)
    for alike in (_is_equal, _is_same, is_like):
        zh_left = _match(zh_left, en_left, used, alike)
    zh_left.sort(key=lambda quantity: quantity.span)
    dated = {q.kind for q in zh_left if not q.faint} & {Kind.YEAR, Kind.MONTH, Kind.DAY}
    return zh_left, [q for q in en_left if q.kind in dated or not any(is_like(other, q) for other in zh)]


def _match(
    zh: Sequence[Quantity],
    en_left: list[Quantity],
    used: list[Quantity],
    alike: Callable[[Quantity, Quantity], bool],
) -> list[Quantity]:
    """Move the English quantities that match from `en_left` to `used`; returns the Chinese ones without a match."""
    zh_left = []
    for quantity in zh:
        same = next((other for other in en_left if alike(quantity, other)), None)
        if same is not None:
            en_left.remove(same)
            used.append(same)
        elif not any(alike(quantity, other) for other in used):
            zh_left.append(quantity)
    return zh_left


def _is_equal(zh: Quantity, en: Quantity) -> bool:
    return zh.kind is en.kind and _is_close(zh.value, en.value)


def _is_same(zh: Quantity, en: Quantity) -> bool:
    return _is_close(zh.value, en.value) and _is_of_one_kind(zh, en)


def is_like(zh: Quantity, en: Quantity) -> bool:
    """Whether two quantities say the same: equal, or the English a rounding of the Chinese."""
    if _is_converted(zh, en):
        return True
    if Kind.TIMES in (zh.kind, en.kind):
        return _is_like_multiple(zh, en)
    if {zh.kind, en.kind} == {Kind.SHARE, Kind.PLAIN}:
        return _is_like_share(zh, en)
    if Kind.DECADE in (zh.kind, en.kind):
        decade, other = (zh, en) if zh.kind is Kind.DECADE else (en, zh)
        return other.kind in (Kind.DECADE, Kind.YEAR) and _is_close(decade.value, other.value % 100)
    return _is_of_one_kind(zh, en) and any(rule(zh, en) for rule in _WAYS_OF_WRITING)


def _is_of_one_kind(zh: Quantity, en: Quantity) -> bool:
    return zh.kind is en.kind or frozenset((zh.kind, en.kind)) in _INTERCHANGEABLE


def _is_converted(zh: Quantity, en: Quantity) -> bool:
    """Whether the English has another unit: 1.3万亿斤, “650 million metric tons”."""
    return en.kind is Kind.PLAIN and any(
        abs(zh.value * factor - en.value) <= 0.01 * en.value for factor in zh.measures
    )


def _is_like_share(zh: Quantity, en: Quantity) -> bool:
    """Whether a share and a plain number say the same: 25基点 and “25 basis points”, 一半 and “0.5”."""
    share, plain = (zh, en) if zh.kind is Kind.SHARE else (en, zh)
    points = "點" in share.text or "点" in share.text or "point" in share.text
    if points and any(_is_close(share.value * parts, plain.value) for parts in (100, 10_000)):
        return True
    return plain.value < 1 and _is_close(share.value, plain.value)


def _is_value_or_range(zh: Quantity, en: Quantity) -> bool:
    """The same value, or one that both may mean where one of them is about so large: 四十多, “45”; 几十万, “hundreds of thousands”."""
    return _is_close(zh.value, en.value) or (
        zh.value <= en.value + en.about and en.value < zh.value + zh.about
    )


def _is_discount(zh: Quantity, en: Quantity) -> bool:
    """打八折, “20 percent off”."""
    return zh.kind is Kind.SHARE and zh.text.endswith("折") and _is_close(1 - zh.value, en.value)


def _is_one_of_more(zh: Quantity, en: Quantity) -> bool:
    """等四部门: “… and three other departments”."""
    return en.text.endswith(("other", "others", "more")) and _is_close(zh.value, en.value + 1)


def _is_article_and_clause(zh: Quantity, en: Quantity) -> bool:
    """第三十六条第一款, “Article 36.1”."""
    return zh.kind is Kind.ORDINAL and "." in en.text and int(en.value) == zh.value


def _is_metres(zh: Quantity, en: Quantity) -> bool:
    """10米, “10m”, where m was read as million."""
    return en.text[-1:] in "mM" and _is_close(zh.value, en.value / 1e6)


def _is_decades_or_centuries(zh: Quantity, en: Quantity) -> bool:
    """二十年, “two decades”."""
    return any(
        word in en.text and _is_close(zh.value * years, en.value)
        for word, years in (("decade", 10), ("centur", 100))
    )


def _is_fraction(zh: Quantity, en: Quantity) -> bool:
    """三分之二, “67 percent”."""
    if zh.kind is not Kind.SHARE:
        return False
    difference = abs(zh.value - en.value)
    return (not zh.digits and difference < min(0.005, 0.05 * zh.value)) or (not en.sure and difference < 0.02)


def _is_rounding(zh: Quantity, en: Quantity) -> bool:
    """Whether the English, of two figures or more, is the Chinese with fewer of them."""
    if zh.kind not in (Kind.PLAIN, Kind.SHARE) or (zh.kind is Kind.SHARE and not en.sure):
        return False
    if not 2 <= en.digits < zh.digits or en.value == 0:
        return False
    return _is_close(float(f"{zh.value:.{en.digits - 1}e}"), float(f"{en.value:.{en.digits - 1}e}"))


_WAYS_OF_WRITING = (
    _is_value_or_range,
    _is_discount,
    _is_one_of_more,
    _is_article_and_clause,
    _is_metres,
    _is_decades_or_centuries,
    _is_fraction,
    _is_rounding,
)
"""Ways in which two quantities of one kind may say the same."""

_INTERCHANGEABLE = {
    frozenset((Kind.PLAIN, other)) for other in (Kind.YEAR, Kind.ORDINAL, Kind.DAY, Kind.MONTH)
} | {frozenset((Kind.ORDINAL, Kind.DAY))}


def _is_close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1e-12)


def _is_like_multiple(zh: Quantity, en: Quantity) -> bool:
    """增长两倍 is threefold or up 200 percent; both ways of counting a multiple are accepted, 翻番 has one only."""
    if zh.kind is not Kind.TIMES:
        return _is_close(zh.value, en.value) or (
            zh.kind is Kind.SHARE and any(_is_close(zh.value + more, en.value) for more in (-1, 0, 1))
        )
    if zh.about and zh.value <= en.value + en.about and en.value <= zh.value + zh.about + 1:
        return True
    more_or_less = (0,) if zh.text.startswith("翻") else (-1, 0, 1)
    if en.kind is Kind.SHARE:
        return any(_is_close(zh.value + more, en.value) for more in (-1, 0, 1)) or _is_close(
            zh.value * 100, en.value
        )
    if en.kind not in (Kind.TIMES, Kind.PLAIN, Kind.ORDINAL):
        return False
    return any(_is_close(zh.value + more, en.value) for more in more_or_less)


def figures_of(quantity: Quantity) -> str:
    """The figures of the value, whatever its size: 35 of 3.5 trillion."""
    return f"{quantity.value:.6e}".split("e")[0].rstrip("0").rstrip(".")


def _as_written(quantity: Quantity) -> str:
    if quantity.kind in (Kind.YEAR, Kind.DAY, Kind.ORDINAL):
        return f"{quantity.value:.0f}"
    return re.sub(r"\D", "", quantity.text)


def is_a_slip(one: Quantity, other: Quantity) -> bool:
    """Whether one typing error explains the difference: a figure changed, two exchanged, one more or one less.

    >>> from termbank.text.numbers.en import quantities
    >>> is_a_slip(*quantities("2015 and 20150")), is_a_slip(*quantities("85.7 and 58.7")), is_a_slip(*quantities("857 and 913"))
    (True, True, False)
    """
    a, b = _as_written(one), _as_written(other)
    if a == b or min(len(a), len(b)) < 2 or abs(len(a) - len(b)) > 1:
        return False
    if len(a) != len(b):
        short, long_ = sorted((a, b), key=len)
        return any(long_[:at] + long_[at + 1 :] == short for at in range(len(long_)))
    apart = [at for at in range(len(a)) if a[at] != b[at]]
    if len(apart) == 1:
        return True
    return len(apart) == 2 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]
