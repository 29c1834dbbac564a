"""Numbers in Chinese and English as values, with their places.

A text goes in; out come quantities: 3.5万亿, 三十五, 百分之七十, 七成, 三分之二, 二〇二五年, 8月26日 on one side, 3.5
trillion, thirty-five, 70 percent, two-thirds, 2025, August 26 on the other, each as a value of a kind.
What only looks like a number is left out: 一 in 统一, 十 in 十分, 三 in 三农, “one of”, G20, COVID-19, and the
figures that number a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from termbank.core.span import Span


class Kind(Enum):
    """What a quantity counts; only quantities of one kind are compared, plain ones with years."""

    PLAIN = "number"
    SHARE = "share"
    TIMES = "multiple"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    ORDINAL = "ordinal"


@dataclass(frozen=True)
class Quantity:
    """`value` in units of one (shares of one whole); `sure` is False for small numbers in words,
    which both languages use for other things than counting. `digits` is how many figures were written.
    """

    value: float
    kind: Kind
    span: Span
    text: str
    sure: bool = True
    digits: int = 0


_HAN_DIGIT = {
    c: n
    for n, chars in enumerate(
        ("零〇○", "一壹", "二贰兩两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for c in chars
}
_HAN_UNIT = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_HAN_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")

_FIGURE = (
    r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
)
_H = "零〇一二三四五六七八九十百千万亿两萬億兩"

_ZH = re.compile(
    rf"""
      (?=[\d第翻〇○零一二三四五六七八九十百千万亿两萬億兩])(?:
      (?P<clock>\d{{1,2}}\s*[时時点點](?:\s*\d{{1,2}}\s*分|半)?(?![候间間代期]))
    | (?P<han_year>[一二][〇○零一二三四五六七八九]{{3}})(?=\s*年)
    | (?P<outof>[{_H}]+|\d+)\s*分之\s*(?P<part>[{_H}]+(?:点[{_H}]+)?|\d+(?:\.\d+)?)
    | (?P<year>(?:1[5-9]|20)\d\d)(?=\s*(?:年(?!代)|至|到|[-–—~～]\s*(?:20)?\d\d\s*年|／|/))
    | (?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?!球|亮|光)(?P<dayspace>\s*)(?:(?P<day>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*[日号號])?
    | (?P<cheng_>[一二三四五六七八九\d])成(?P<cheng_half>[一二三四五六七八九半])?(?=[，。；、以的）)]|左右|多|$)
    | 第\s*(?P<ordinal>[{_H}]+|\d+)(?=\s*[次届屆条條章节節号號季期个個届批轮輪位产產])
    | (?P<times>[{_H}]+|{_FIGURE})\s*倍
    | 翻(?P<fan>[一两二三])番
    | (?P<figure>{_FIGURE})\s*(?P<more>[多余餘]?)\s*(?P<big>万亿|萬億|千亿|千億|百亿|百億|十亿|十億|亿|億|千万|千萬|百万|百萬|十万|十萬|万|萬|兆|千(?![克瓦米卡赫兆伏比字位])|百(?=[人家个個名元])|)(?P<rest>\d{{1,4}}\s*[万萬])?
      \s*(?P<percent>%|％|个百分点|個百分點|個百分点|厘(?!米))?
    | (?P<han>[{_H}]{{2,}}|[一二三四五六七八九两兩十])(?P<hmore>[多余餘]?)(?P<hbig>[万萬亿億]*)(?P<hpercent>个百分点|個百分點)?)
    """,
    re.X,
)
_COUNTED = re.compile(
    r"[多余餘]?\s*(?:[个個]|项|項|家|大(?!会|學|学|力|陆|型)|种|種|类|類|条|條|次|位|名|人|年|天|日|周|週|岁|歲|座|所|份|件|吨|噸|公里|公顷|亩|畝|元|美元|港元|方面|领域"
    r"|領域|省|市(?!场|場)|县|國|国(?!家|内|际|內|際)|步|阶段|階段|级|級|批|期|轮|輪|倍|艘|架|辆|户|戶|村|米|页|頁|宗|间|間|场|場|笔|筆|套|只|支|届|屆|部|小时|小時|分钟|分鐘)"
)
_NOT_COUNTED = re.compile(
    r"一|十分|千万(?!元|人|家)|万[众物象事能难一]|百姓|百年|一[带一]|三农|四川|五四|八一|九江"
)

_EN_WORDS = {
    word: number
    for number, words in {
        0: "zero", 1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine",
        10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
        17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty", 50: "fifty",
        60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety",
    }.items()
    for word in words.split()
}  # fmt: skip
_EN_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9, "tn": 1e12,
    "m": 1e6, "b": 1e9, "k": 1e3, "dozen": 12.0,
    "decades": 10.0, "decade": 10.0, "centuries": 100.0, "century": 100.0,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_SMALL = "|".join(sorted(_EN_WORDS, key=len, reverse=True))
_WORDS = rf"(?:(?:{_SMALL}|hundred|thousand|million|billion|trillion|dozen|decades|centuries)(?:[\s-]+(?:and\s+)?|\b))+"
_SCALE = r"hundred|thousand|million|billion|trillion|mn|bn|tn|k"
_BEGINS = "ja|fe|ma|ap|ju|au|se|oc|no|de|an?\\s|th|on|tw|fo|fi|si|ei|ni|te|el|ze|hu|mi|bi|tr|do|ha|qu|any"
"""How the words begin that a number may be written with; most words are passed over by it."""
_EN = re.compile(
    rf"""
      (?:(?<![A-Za-z\d_])|(?<=RMB)|(?<=CNY)|(?<=USD)|(?<=HKD))(?=[\dA-Z.’']|{_BEGINS})(?:
      (?P<skip>(?-i:\b[A-Za-z]+-\d+\b|\b[A-Z]\d+\b|\b\d+[A-Z]\b)|\b\d{{1,2}}(?:[.:]\d\d)?\s*[ap]\.?m\b|\bone\s+(?:of|another|hand|side|by)\b|\bno\s+one\b|\bany(?:one|\s+one)\b|\bthe\s+one\b)
    | \b(?P<month>{_MONTH})\b\.?(?:\s+(?P<mday>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*(?:percent|per\s+cent|%|,\d{{3}})))?
    | \b(?P<dday>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<dmonth>{_MONTH})\b
    | \b(?:half\s+an?|an?\s+half)\s+(?P<half_of>million|billion|trillion|dozen|century|decade)\b
    | \b(?P<half>half)\b
    | \b(?P<num>a|one|two|three|four|five|six|seven|nine|\d+)[\s-]+(?P<den>halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b
    | \b(?P<times>{_FIGURE}|{_SMALL})[\s-]*(?:times|fold)\b
    | \b(?P<multiple>doubl(?:e[sd]?|ing)|twice|twofold|trebl(?:e[sd]?|ing)|tripl(?:e[sd]?|ing)|threefold|quadrupl(?:e[sd]?|ing)|fourfold|tenfold)\b
    | \b(?P<ordinal>\d+)(?:st|nd|rd|th)\b
    | \b(?P<from>(?:1[5-9]|20)\d\d)[-–—/](?P<upto>\d{{4}}|\d{{2}})\b(?!\s*(?:%|percent|per\s+cent))
    | \b(?:a|the\s+(?:past|last|next)|this)\s+(?P<decade>decade|century)\b
    | (?<!\w\.)(?:(?P<short_year>[’']\d\d)\b(?!\s*%)|(?P<figure>{_FIGURE}|\.\d+))(?:\s*[-–]?\s*(?P<scale>{_SCALE})\b|(?P<tight>[mbk])\b)?(?:\s*[-–]?\s*(?P<percent>%|percentage\s+points?|percent|per\s+cent))?
    | \b(?P<ordinal_word>(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?(?:{"|".join(_EN_ORDINALS)}))\b
    | \b(?P<words>{_WORDS})(?P<wpercent>\s*(?:%|percentage\s+points?|percent|per\s+cent))?(?P<other>\s*(?:others?|more)\b)?)
    """,
    re.X | re.I,
)
_DENOMINATORS = {
    "hal": 2,
    "thi": 3,
    "qua": 4,
    "fou": 4,
    "fif": 5,
    "six": 6,
    "sev": 7,
    "eig": 8,
    "nin": 9,
    "ten": 10,
}
_MULTIPLES = {"dou": 2, "twi": 2, "two": 2, "tre": 3, "tri": 3, "thr": 3, "qua": 4, "fou": 4, "ten": 10}

_ENUMERATOR_ZH = re.compile(
    r"\s*(?:[（(]?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)、．]"
    r"|\d{1,2}(?:\.\d{1,2})*(?:\.(?!\d)|(?=\s+[㐀-鿿]))(?!\s*[年月日个個%亿億万萬項项家]))"
)
_ENUMERATOR_EN = re.compile(
    r"\s*(?:[（(]?\s*(?:\d{1,2}|[ivxIVX]{1,5}|[a-zA-Z])\s*[）)]|\d{1,2}(?:\.\d{1,2})*\.(?!\d)|[IVX]{1,5}\.)"
)


@lru_cache(maxsize=8192)
def han_value(text: str) -> float | None:
    """The value of a Chinese numeral, or None where it is none.

    >>> han_value("三十五"), han_value("一万二千"), han_value("二〇二五"), han_value("一亿三千万")
    (35.0, 12000.0, 2025.0, 130000000.0)
    """
    if not any(c in _HAN_UNIT or c in _HAN_BIG for c in text):
        figures = [_HAN_DIGIT.get(c) for c in text]
        return None if None in figures else float("".join(map(str, figures)))
    total, section, digit = 0.0, 0.0, 0.0
    for char in text:
        if char in _HAN_DIGIT:
            digit = _HAN_DIGIT[char]
        elif char in _HAN_UNIT:
            section += (digit or 1) * _HAN_UNIT[char]
            digit = 0
        elif char in _HAN_BIG:
            total = (
                (total + section + digit) * _HAN_BIG[char]
                if total and _HAN_BIG[char] > 10**4
                else total + (section + digit or 1) * _HAN_BIG[char]
            )
            section = digit = 0
        else:
            return None
    return total + section + digit


def _number(text: str) -> float | None:
    plain = re.sub(r"[,，\s]", "", text)
    try:
        return float(plain)
    except ValueError:
        return han_value(text)


def _first_figure(text: str) -> float | None:
    found = re.search(_FIGURE, text)
    return _number(found.group()) if found is not None else None


def _figures(text: str) -> int:
    return sum(c.isdigit() for c in text.lstrip("0."))


def chinese(text: str) -> tuple[Quantity, ...]:
    """The quantities of a Chinese text, in order.

    >>> [(q.value, q.kind.value) for q in chinese("到2027年，普及率超过七成，规模达3.5万亿元")]
    [(2027.0, 'year'), (0.7, 'share'), (3500000000000.0, 'number')]
    """
    plain = text.translate(_WIDE)
    start = found.end() if (found := _ENUMERATOR_ZH.match(plain)) else 0
    spaced = [Span(*found.span()) for found in _SPACED.finditer(plain)]
    found_ = [q for match in _ZH.finditer(plain, start) for q in _zh_quantities(plain, match)]
    return _carried([q for q in found_ if not any(q.span.overlaps(span) for span in spaced)], plain)


_SPACED = re.compile(r"(?<!\d)\d(?:\s\d)+(?!\d)")
"""Figures set apart by spaces, as bad text layers have them: they cannot be told from single numbers."""

_RANGE = re.compile(
    r"\s*(?:至|到|或|和|及|、|[-–—~～,，/]|to|and|or)\s*(?:or|and)?\s*(?:RMB|US\$|HK\$|\$)?\s*", re.I
)


def _carried(found: list[Quantity], text: str) -> tuple[Quantity, ...]:
    """Ranges and lists whose unit stands once, at the end: 1至2%, “46.25 or 56.25 per cent”, 10至15亿."""
    for place in range(len(found) - 2, -1, -1):
        one, other = found[place], found[place + 1]
        bare = one.text.strip().replace(",", "").replace(".", "").isdigit()
        if (
            one.kind is not Kind.PLAIN
            or not bare
            or not _RANGE.fullmatch(text[one.span.end : other.span.start])
        ):
            continue
        if other.kind is Kind.SHARE and other.digits:
            found[place] = replace(one, value=one.value / 100, kind=Kind.SHARE)
        elif other.kind is Kind.PLAIN and other.digits:
            scale = other.value / (_first_figure(other.text) or other.value)
            if scale > 1000 and one.value * scale <= 10 * other.value:
                found[place] = replace(one, value=one.value * scale)
    return tuple(found)


def _zh_quantities(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    got = match.groupdict()
    span, said = Span(*match.span()), match.group()

    def quantity(value: float | None, kind: Kind, sure: bool = True, digits: int = 0) -> Iterator[Quantity]:
        if value is not None:
            yield Quantity(value, kind, span, said, sure, digits)

    if got["han_year"]:
        yield from quantity(han_value(got["han_year"]), Kind.YEAR, digits=4)
    elif got["outof"]:
        whole, part = _number(got["outof"]), _number(got["part"].split("点")[0])
        if whole and part is not None:
            point = got["part"].split("点")[1:]
            decimals = float("0." + "".join(str(_HAN_DIGIT.get(c, 0)) for c in point[0])) if point else 0.0
            yield from quantity((part + decimals) / whole, Kind.SHARE)
    elif got["year"]:
        yield from quantity(float(got["year"]), Kind.YEAR, digits=4)
    elif got["month"]:
        yield from quantity(_number(got["month"]), Kind.MONTH)
        if got["day"]:
            yield from quantity(_number(got["day"]), Kind.DAY)
    elif got["cheng_"]:
        half = got["cheng_half"]
        more = 0.05 if half == "半" else (_number(half) or 0) / 100 if half else 0.0
        yield from quantity((_number(got["cheng_"]) or 0) / 10 + more, Kind.SHARE)
    elif got["ordinal"]:
        figures = _figures(got["ordinal"])
        yield from quantity(_number(got["ordinal"]), Kind.ORDINAL, figures > 1, figures)
    elif got["times"]:
        yield from quantity(_number(got["times"]), Kind.TIMES, sure=False)
    elif got["fan"]:
        yield from quantity(2.0 ** (_HAN_DIGIT[got["fan"]]), Kind.TIMES, sure=False)
    elif got["figure"]:
        yield from _zh_figure(text, match)
    elif got["han"]:
        yield from _zh_words(text, match)


def _scale_zh(big: str) -> float:
    scale = 1.0
    for char in big:
        scale *= _HAN_UNIT.get(char, 1) * _HAN_BIG.get(char, 1)
    return scale


def _zh_figure(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    got, span = match.groupdict(), Span(*match.span())
    before, after = text[: span.start][-1:], text[span.end : span.end + 1]
    if (
        re.search(r"[A-Za-z][-–]?$", text[: span.start])
        or (after.isascii() and after.isalpha())
        or (before in "〔[" and before)
    ):
        return
    value = (_number(got["figure"]) or 0.0) * _scale_zh(got["big"])
    if got["rest"]:
        value += float(re.sub(r"\D", "", got["rest"])) * 1e4
    if got["percent"]:
        yield Quantity(value / 100, Kind.SHARE, span, match.group().strip(), True, _figures(got["figure"]))
        return
    yield Quantity(value, Kind.PLAIN, span, match.group().strip(), True, _figures(got["figure"]))


def _zh_words(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    """Numbers in Chinese words: those that count something, or are too long to be anything else."""
    got, span = match.groupdict(), Span(*match.span())
    value = han_value(got["han"] + (got["hbig"] or ""))
    if (
        value is None
        or value < 2
        or text[: span.start][-1:] in ("几", "数", "幾", "數", "千", "百")
        or not set(got["han"]) & set(_HAN_DIGIT | {"十": 10})
    ):
        return
    after = text[span.end :]
    if (
        re.match(r"五(?:规划|規劃|时期|計劃|计划)|[一二三四五]五", got["han"][-2:] + after[:2])
        and "十" in got["han"]
    ):
        return
    counted = _COUNTED.match(after) is not None
    if got["hpercent"]:
        yield Quantity(value / 100, Kind.SHARE, span, match.group())
    elif counted and not (_NOT_COUNTED.match(text, span.start) and len(got["han"]) < 3):
        yield Quantity(value, Kind.PLAIN, span, match.group(), value >= 13 and not got["hmore"])


def english(text: str) -> tuple[Quantity, ...]:
    """The quantities of an English text, in order.

    >>> [(q.value, q.kind.value) for q in english("By 2027 over 70 percent, or RMB 3.5 trillion; two-thirds by 26 August")]
    [(2027.0, 'year'), (0.7, 'share'), (3500000000000.0, 'number'), (0.6666666666666666, 'share'), (8.0, 'month'), (26.0, 'day')]
    """
    start = found.end() if (found := _ENUMERATOR_EN.match(text)) else 0
    return _carried([q for match in _EN.finditer(text, start) for q in _en_quantities(text, match)], text)


def _en_quantities(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    got = match.groupdict()
    span, said = Span(match.start(), match.start() + len(match.group().rstrip())), match.group().strip()
    if got["skip"]:
        return
    if month := got["month"] or got["dmonth"]:
        # “may” and “march” are words before they are months.
        if month[0].islower():
            return
        day = got["mday"] or got["dday"]
        if (
            month.lower() == "may"
            and not day
            and not re.search(
                r"(?:in|of|since|until|by|and|to|from|early|late|mid-?)\s*$|^\s*\d", text[: span.start]
            )
        ):
            return
        yield Quantity(float(_MONTHS[month.lower()]), Kind.MONTH, span, said)
        if day:
            yield Quantity(float(day), Kind.DAY, span, said)
    elif got["from"]:
        upto = got["upto"] if len(got["upto"]) == 4 else got["from"][:2] + got["upto"]
        yield Quantity(float(got["from"]), Kind.YEAR, span, said, True, 4)
        yield Quantity(float(upto), Kind.YEAR, span, said, True, 4)
    elif got["decade"]:
        yield Quantity(_SCALES[got["decade"].lower()], Kind.PLAIN, span, said, sure=False)
    elif got["half_of"]:
        yield Quantity(_SCALES[got["half_of"].lower()] / 2, Kind.PLAIN, span, said)
    elif got["short_year"]:
        yield Quantity(1900.0 + float(got["short_year"][1:]), Kind.YEAR, span, said, sure=False)
    elif got["half"]:
        yield Quantity(0.5, Kind.SHARE, span, said, sure=False)
    elif got["num"]:
        number = (
            1.0
            if got["num"].lower() == "a"
            else _EN_WORDS.get(got["num"].lower()) or float(got["num"] if got["num"].isdigit() else 1)
        )
        if got["den"].lower() == "quarters" and not re.match(r"\s+of\b", text[match.end() :]):
            yield Quantity(number, Kind.PLAIN, span, said, sure=False)
        yield Quantity(number / _DENOMINATORS[got["den"][:3].lower()], Kind.SHARE, span, said, sure=False)
    elif got["times"]:
        value = _EN_WORDS.get(got["times"].lower())
        yield Quantity(
            float(value if value is not None else _number(got["times"]) or 0.0),
            Kind.TIMES,
            span,
            said,
            sure=False,
        )
    elif got["multiple"]:
        yield Quantity(float(_MULTIPLES[got["multiple"][:3].lower()]), Kind.TIMES, span, said, sure=False)
    elif got["ordinal"]:
        yield Quantity(float(got["ordinal"]), Kind.ORDINAL, span, said, True, len(got["ordinal"]))
    elif got["figure"]:
        yield from _en_figure(match, span, said)
    elif got["words"]:
        yield from _en_words(match, span, said)
    elif got["ordinal_word"]:
        ten, _, one = got["ordinal_word"].lower().rpartition("-")
        yield Quantity(float(_EN_WORDS.get(ten, 0) + _EN_ORDINALS[one]), Kind.ORDINAL, span, said, sure=False)


def _en_figure(match: re.Match[str], span: Span, said: str) -> Iterator[Quantity]:
    got = match.groupdict()
    figure = got["figure"]
    scale = _SCALES[(got["scale"] or got["tight"]).lower()] if got["scale"] or got["tight"] else 1.0
    value = _number(figure) or 0.0
    bare = scale == 1.0 and not got["percent"] and figure.isdigit()
    if bare and len(figure) == 4 and 1500 <= value < 2100:
        yield Quantity(value, Kind.YEAR, span, said, True, 4)
        return
    kind = Kind.SHARE if got["percent"] else Kind.PLAIN
    if got["percent"]:
        value /= 100
    yield Quantity(value * scale, kind, span, said, True, _figures(figure))


def _en_words(match: re.Match[str], span: Span, said: str) -> Iterator[Quantity]:
    total = section = 0.0
    for word in re.findall(r"[a-z]+", match.group("words").lower()):
        if word in _EN_WORDS:
            section += _EN_WORDS[word]
        elif word in ("hundred", "dozen", "decades", "centuries"):
            section = (section or 1) * _SCALES[word]
        elif word in _SCALES:
            total += (section or 1) * _SCALES[word]
            section = 0
    value = total + section
    if match.group("wpercent"):
        yield Quantity(value / 100, Kind.SHARE, span, said)
    elif value >= 2 and (value < 100 or section or total):
        yield Quantity(value, Kind.PLAIN, span, said, sure=value >= 13 and value % 10 != 0)
