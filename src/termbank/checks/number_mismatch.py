"""A number that is not the same in both languages.

**What it finds.** A figure, amount, percentage, multiple, date or month of the Chinese that the English
gives otherwise: 亿 and billion confused, a digit changed, 七成 as 7 percent, 8月 as July. The finding says
both values.

**Why it matters.** It is the most expensive error of the field, and readers of the English cannot see it.

**Spared.** Rounding (1.35万亿 as 1.4 trillion); another unit with the same value (34,229亿 as 3,422.9 billion);
fractions as percentages; multiples told as one more or less (增长两倍, tripled); numbers that only the English
has; small numbers in words that nothing contradicts; figures in names (G20, 5G).

**Example.** 规模超过3.5万亿元。 → *The scale exceeded RMB 350 billion.*

**Use instead.** *The scale exceeded RMB 3.5 trillion.*
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from termbank.checks.desk import Desk, Reading
from termbank.checks.examples import Example
from termbank.checks.quantities import Kind, Quantity, chinese, english
from termbank.core.finding import Finding

CODE = "number-mismatch"
FAULTY = (
    Example("2024年规模超过3.5万亿元。", "In 2024 the scale exceeded RMB 350 billion."),
    Example("普及率超过七成。", "The adoption rate exceeds 7 percent."),
    Example("该文件于8月26日公布。", "The document was made public on July 26."),
)
SOUND = (
    Example("2024年规模超过3.5万亿元。", "In 2024 the scale exceeded RMB 3.5 trillion."),
    Example("普及率超过七成。", "The adoption rate exceeds 70 percent."),
    Example("产值翻了一番，增长三分之二。", "Output doubled and grew by two-thirds."),
)


def run(pairs: Sequence[Reading], desk: Desk) -> Iterator[Finding]:
    """One finding for each Chinese number that the English contradicts or, if it is a telling one, leaves out."""
    for reading in pairs:
        if not reading.pair.zh or not reading.pair.en.strip():
            continue
        given = chinese(reading.pair.zh)
        if not given:
            continue
        written = english(reading.pair.en)
        for wanted, found in faults(given, written):
            if found is None and _is_nearby(wanted, reading):
                continue
            yield _finding(desk, reading, wanted, found)


def faults(given: Sequence[Quantity], written: Sequence[Quantity]) -> list[tuple[Quantity, Quantity | None]]:
    """The Chinese quantities without their like in the English, each with what stands there instead."""
    open_, spare = unmatched(given, written)
    if not _is_plain_case(open_, spare):
        open_ = [quantity for quantity in open_ if not _is_small(quantity)]
        spare = [quantity for quantity in spare if not _is_small(quantity)]
    spare = [quantity for quantity in spare if quantity.kind is not Kind.ORDINAL or quantity.value > 3]
    found: list[tuple[Quantity, Quantity | None]] = []
    for wanted in open_:
        other = _contradiction(wanted, spare)
        if other is not None:
            spare.remove(other)
            found.append((wanted, other))
        elif _is_telling(wanted):
            found.append((wanted, None))
    return found


def _is_small(quantity: Quantity) -> bool:
    """Numbers that both languages also use for other things than counting."""
    return quantity.kind in (Kind.PLAIN, Kind.ORDINAL, Kind.TIMES) and quantity.value <= 20


def _is_plain_case(open_: Sequence[Quantity], spare: Sequence[Quantity]) -> bool:
    """Whether small numbers may be held against one another: just one on each side has no like."""
    return sum(map(_is_small, open_)) == 1 and sum(map(_is_small, spare)) == 1


def unmatched(
    given: Sequence[Quantity], written: Sequence[Quantity]
) -> tuple[list[Quantity], list[Quantity]]:
    """What of both sides has no like on the other; the same number said twice may be written once."""
    spare = list(written)
    open_: list[Quantity] = []
    used: list[Quantity] = []
    for quantity in given:
        same = next((other for other in spare if is_like(quantity, other)), None)
        if same is not None:
            spare.remove(same)
            used.append(same)
        elif not any(is_like(quantity, other) for other in used):
            open_.append(quantity)
    dated = {quantity.kind for quantity in open_} & {Kind.YEAR, Kind.MONTH, Kind.DAY}
    spare = [q for q in spare if q.kind in dated or not any(is_like(other, q) for other in given)]
    return open_, spare


def is_like(zh: Quantity, en: Quantity) -> bool:
    """Whether two quantities say the same: equal, or the English a rounding of the Chinese."""
    if Kind.TIMES in (zh.kind, en.kind):
        return _is_like_multiple(zh, en)
    if {zh.kind, en.kind} == {Kind.SHARE, Kind.PLAIN}:
        share, plain = (zh, en) if zh.kind is Kind.SHARE else (en, zh)
        return plain.value < 1 and _close(share.value, plain.value)
    if zh.kind is not en.kind and frozenset((zh.kind, en.kind)) not in _INTERCHANGEABLE:
        return False
    if _close(zh.value, en.value):
        return True
    if en.text.endswith(("other", "others", "more")) and _close(zh.value, en.value + 1):
        return True  # 等四部门: “… and three other departments”
    for word, years in (("decade", 10), ("centur", 100)):
        if word in en.text and _close(zh.value * years, en.value):
            return True
    if zh.kind is Kind.SHARE and not zh.digits and abs(zh.value - en.value) < 0.005:
        return True  # 三分之二 is 67 percent
    if zh.kind is Kind.SHARE and not en.sure:
        return abs(zh.value - en.value) < 0.02
    return zh.kind in (Kind.PLAIN, Kind.SHARE) and _is_rounded(zh, en)


_INTERCHANGEABLE = {
    frozenset((Kind.PLAIN, other)) for other in (Kind.YEAR, Kind.ORDINAL, Kind.DAY, Kind.MONTH)
} | {frozenset((Kind.ORDINAL, Kind.DAY))}


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1e-12)


def _is_rounded(zh: Quantity, en: Quantity) -> bool:
    """Whether the English, of two figures or more, is the Chinese with fewer of them."""
    if not 2 <= en.digits < zh.digits or en.value == 0:
        return False
    return _close(float(f"{zh.value:.{en.digits - 1}e}"), float(f"{en.value:.{en.digits - 1}e}"))


def _is_like_multiple(zh: Quantity, en: Quantity) -> bool:
    """增长两倍 is threefold or up 200 percent; both countings of a multiple are let stand."""
    if zh.kind is Kind.TIMES:
        if en.kind is Kind.SHARE:
            return any(_close(zh.value + more, en.value) for more in (-1, 0, 1)) or _close(
                zh.value * 100, en.value
            )
        return en.kind in (Kind.TIMES, Kind.PLAIN, Kind.ORDINAL) and abs(zh.value - en.value) <= 1
    return _close(zh.value, en.value) or (zh.kind is Kind.SHARE and abs(zh.value - en.value) <= 1)


def _contradiction(wanted: Quantity, spare: Sequence[Quantity]) -> Quantity | None:
    """The English quantity that stands in the place of a Chinese one: of its kind, and the likest."""
    rivals = [other for other in spare if _may_stand_for(wanted, other)]
    return min(rivals, key=lambda other: _unlikeness(wanted, other), default=None)


def _may_stand_for(wanted: Quantity, other: Quantity) -> bool:
    if _is_small(wanted) and _is_small(other):
        return wanted.kind is other.kind or Kind.TIMES not in (wanted.kind, other.kind)
    if not wanted.sure or not other.sure:
        return wanted.kind is other.kind and (wanted.kind is Kind.SHARE or wanted.sure is other.sure)
    if Kind.SHARE in (wanted.kind, other.kind):
        return wanted.kind is other.kind or (wanted.digits > 0 and _figures_of(wanted) == _figures_of(other))
    if Kind.TIMES in (wanted.kind, other.kind):
        return wanted.kind is other.kind
    if Kind.ORDINAL in (wanted.kind, other.kind):
        return wanted.kind is other.kind or wanted.digits == other.digits > 1
    if Kind.MONTH in (wanted.kind, other.kind) or Kind.DAY in (wanted.kind, other.kind):
        return wanted.kind is other.kind
    if Kind.YEAR in (wanted.kind, other.kind):
        return wanted.kind is other.kind or (wanted.digits == other.digits == 4)
    smaller, larger = sorted((abs(wanted.value), abs(other.value)))
    return larger <= 20 * max(smaller, 1e-9) or _figures_of(wanted) == _figures_of(other)


def _figures_of(quantity: Quantity) -> str:
    return f"{quantity.value:.6e}".split("e")[0].rstrip("0").rstrip(".")


def _unlikeness(one: Quantity, other: Quantity) -> tuple[int, float]:
    """Same kind and same figures first, then the nearest size."""
    from math import log10

    far = abs(log10(abs(one.value) + 1e-9) - log10(abs(other.value) + 1e-9))
    return ((one.kind is not other.kind) + (_figures_of(one) != _figures_of(other)), far)


def _is_telling(quantity: Quantity) -> bool:
    """Whether a number can hardly be said without a number: large, exact, or a percentage."""
    if not quantity.sure:
        return False
    if quantity.kind is Kind.SHARE:
        return quantity.digits >= 2
    return quantity.kind is Kind.PLAIN and (quantity.value >= 1000 or quantity.digits >= 3)


def _is_nearby(wanted: Quantity, reading: Reading) -> bool:
    """Whether a neighbouring English sentence has the number: the sentences part elsewhere."""
    if not reading.pair.aligned:
        return False
    return any(
        is_like(wanted, other)
        for near in (reading.before, reading.after)
        if near is not None
        for other in english(near.pair.en)
    )


def _finding(desk: Desk, reading: Reading, wanted: Quantity, found: Quantity | None) -> Finding:
    if found is None:
        said = f"{wanted.text} ({told(wanted)}) is not in the English."
        return desk.finding(CODE, reading, said, zh=wanted.span)
    said = f"{wanted.text} is {told(wanted)}; the English says “{found.text}” ({told(found)})."
    return desk.finding(CODE, reading, said, en=found.span, zh=wanted.span)


_MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def told(quantity: Quantity) -> str:
    """A quantity as a reader of English would write it.

    >>> told(chinese("3.5万亿元")[0]), told(chinese("普及率超过七成。")[0]), told(chinese("8月")[0])
    ('3.5 trillion', '70%', 'August')
    """
    value = quantity.value
    if quantity.kind is Kind.SHARE:
        return f"{value * 100:.6g}%"
    if quantity.kind is Kind.MONTH and 1 <= value <= 12:
        return _MONTH_NAMES[int(value) - 1]
    if quantity.kind is Kind.TIMES:
        return f"{value:g} times"
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:.10g} {name}"
    return f"{value:,.10g}" if quantity.kind is not Kind.YEAR else f"{value:.0f}"
