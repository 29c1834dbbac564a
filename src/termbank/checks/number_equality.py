"""When a Chinese number and an English one say the same.

Two quantities come in, and whether they are alike goes out: equal, or the English a rounding of the
Chinese; a share as a fraction; a multiple told as one more or less; a decade as ten years. `unmatched`
sets the two sides off against one another: what is exactly alike first, roundings afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from termbank.text.numbers.value import Kind, Quantity


def unmatched(
    given: Sequence[Quantity], written: Sequence[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """What of both sides has no like on the other; the same number said twice may be written once."""
    spare, used = list(written), list[Quantity]()
    open_ = sorted(given, key=lambda quantity: quantity.faint)
    for alike in (_is_equal, _is_same, is_like):
        open_ = _set_off(open_, spare, used, alike)
    open_.sort(key=lambda quantity: quantity.span)
    dated = {q.kind for q in open_ if not q.faint} & {Kind.YEAR, Kind.MONTH, Kind.DAY}
    return open_, [q for q in spare if q.kind in dated or not any(is_like(other, q) for other in given)]


def _set_off(
    given: Sequence[Quantity],
    spare: list[Quantity],
    used: list[Quantity],
    alike: Callable[[Quantity, Quantity], bool],
) -> list[Quantity]:
    open_ = []
    for quantity in given:
        same = next((other for other in spare if alike(quantity, other)), None)
        if same is not None:
            spare.remove(same)
            used.append(same)
        elif not any(alike(quantity, other) for other in used):
            open_.append(quantity)
    return open_


def _is_equal(zh: Quantity, en: Quantity) -> bool:
    return zh.kind is en.kind and _is_close(zh.value, en.value)


def _is_same(zh: Quantity, en: Quantity) -> bool:
    return _is_close(zh.value, en.value) and (
        zh.kind is en.kind or frozenset((zh.kind, en.kind)) in _INTERCHANGEABLE
    )


def is_like(zh: Quantity, en: Quantity) -> bool:
    """Whether two quantities say the same: equal, or the English a rounding of the Chinese."""
    if en.kind is Kind.PLAIN and any(abs(zh.value * to - en.value) <= 0.01 * en.value for to in zh.measures):
        return True  # 1.3万亿斤, “650 million metric tons”
    if Kind.TIMES in (zh.kind, en.kind):
        return _is_like_multiple(zh, en)
    if {zh.kind, en.kind} == {Kind.SHARE, Kind.PLAIN}:
        share, plain = (zh, en) if zh.kind is Kind.SHARE else (en, zh)
        points = "點" in share.text or "点" in share.text or "point" in share.text
        if points and any(_is_close(share.value * parts, plain.value) for parts in (100, 10_000)):
            return True
        return plain.value < 1 and _is_close(share.value, plain.value)
    if Kind.DECADE in (zh.kind, en.kind):
        decade, other = (zh, en) if zh.kind is Kind.DECADE else (en, zh)
        return other.kind in (Kind.DECADE, Kind.YEAR) and _is_close(decade.value, other.value % 100)
    if zh.kind is not en.kind and frozenset((zh.kind, en.kind)) not in _INTERCHANGEABLE:
        return False
    if _is_close(zh.value, en.value) or (zh.about and zh.value <= en.value < zh.value + zh.about):
        return True
    if en.text.endswith(("other", "others", "more")) and _is_close(zh.value, en.value + 1):
        return True  # 等四部门: “… and three other departments”
    if zh.kind is Kind.ORDINAL and "." in en.text and int(en.value) == zh.value:
        return True  # 第三十六条第一款, “Article 36.1”
    if en.text[-1:] in "mM" and _is_close(zh.value, en.value / 1e6):
        return True  # 10米, “10m”
    for word, years in (("decade", 10), ("centur", 100)):
        if word in en.text and _is_close(zh.value * years, en.value):
            return True
    if zh.kind is Kind.SHARE and not zh.digits and abs(zh.value - en.value) < 0.005:
        return True  # 三分之二 is 67 percent
    if zh.kind is Kind.SHARE and not en.sure:
        return abs(zh.value - en.value) < 0.02
    return zh.kind in (Kind.PLAIN, Kind.SHARE) and _is_rounded(zh, en)


_INTERCHANGEABLE = {
    frozenset((Kind.PLAIN, other)) for other in (Kind.YEAR, Kind.ORDINAL, Kind.DAY, Kind.MONTH)
} | {frozenset((Kind.ORDINAL, Kind.DAY))}


def _is_close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1e-12)


def _is_rounded(zh: Quantity, en: Quantity) -> bool:
    """Whether the English, of two figures or more, is the Chinese with fewer of them."""
    if not 2 <= en.digits < zh.digits or en.value == 0:
        return False
    return _is_close(float(f"{zh.value:.{en.digits - 1}e}"), float(f"{en.value:.{en.digits - 1}e}"))


def _is_like_multiple(zh: Quantity, en: Quantity) -> bool:
    """增长两倍 is threefold or up 200 percent; both countings of a multiple are let stand, 翻番 has but one."""
    if zh.kind is not Kind.TIMES:
        return _is_close(zh.value, en.value) or (
            zh.kind is Kind.SHARE and any(_is_close(zh.value + more, en.value) for more in (-1, 0, 1))
        )
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
    """Whether the figures as written differ by one slip of the pen: a figure changed, exchanged, more or less.

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
