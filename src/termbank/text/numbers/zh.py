"""Find and evaluate the numbers of a Chinese text: 3.5万亿, 三十五, 百分之七十, 七成, 三分之二, 翻了一番, 二〇二五年8月26日.

What only looks like a number is left out: 一 in 统一, 十 in 十分, 十四五, and the figures that number a paragraph. A numeral that has no visible counted noun (三 in 三农) is marked `faint`: it may explain a
number in the other language, but no check demands a counterpart for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from termbank.model.resources import read_json
from termbank.model.span import Span
from termbank.text.numbers.approximate_zh import approximations
from termbank.text.numbers.value import (
    FIGURE,
    HAN_BIG,
    HAN_DIGIT,
    HAN_TENS,
    HAN_UNIT,
    Kind,
    Quantity,
    carry_units,
    digit_count,
    han_value,
    number,
)

_FULL = re.compile("[０-９．％]")
_WIDE = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_H = "零〇一二三四五六七八九十百千万亿两萬億兩廿卅"
_ANY = re.compile(rf"[\d０-９{_H}翻半伍仟佰拾玖捌柒陆肆叁贰壹]")
_CAPITALS = "零壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"

_ZH = re.compile(
    rf"""
      (?=[\d第翻半打过過{_H}○{_CAPITALS}])(?:
      (?P<clock>\d{{1,2}}[:：]\d\d(?!\d)|\d{{1,2}}\s*[时時点點](?:\s*\d{{1,2}}\s*分|半)?(?![候间間代期]))
    | (?P<han_year>[一二][〇○零一二三四五六七八九]{{3}})(?=\s*年)
    | (?P<capital>[{_CAPITALS}][{_CAPITALS}万萬亿億]+)(?=[元圆圓整])
    | (?P<half_year>(?<![上下前后後每大小过過这這])半(?=年(?!报|報|度)))
    | 打(?P<discount>[一二三四五六七八九](?:点[一二三四五六七八九])?|[1-9](?:\.\d)?)折
    | (?P<outof>[{_H}]+|\d+)\s*分之\s*(?P<part>[{_H}]+(?:点[{_H}]+)?|\d+(?:\.\d+)?)
    | (?:(?:[一二]?十[一二三四五六七八九]?|\d\d)\s*世[纪紀])?(?P<decade>[二三四五六七八九]十|(?:1[5-9]|20)?[1-9]0)\s*年代
    | (?P<century>[一二]?十[一二三四五六七八九]?|\d{{1,2}})\s*世[纪紀]
    | (?P<year>(?:1[5-9]|20)\d\d)(?=\s*(?:年(?!代)|至|到|[-–—~～]\s*(?:20)?\d\d\s*年|／|/))
    | (?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])\s*月(?!球|亮|光)(?P<dayspace>\s*)(?:(?P<day>\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])\s*[日号號])?
    | (?P<cheng_>[一二三四五六七八九两兩\d])成(?P<cheng_half>[一二三四五六七八九半])?(?![立为為长長本果功员員就分熟效交品型因人语語绩績见見套年都体體份千百万]|[一不]变|不变)
    | 第\s*(?P<ordinal>[{_H}]+|\d+)(?!\s*(?:世界|三产|者))(?!\d|(?<=\d{{4}})\s*年)
    | (?P<congress>二?十[一二三四五六七八九]|二十)(?=[届屆]|大(?![会會学學力陆型量]))
    | (?P<times>[{_H}]+|{FIGURE})\s*(?:多|余|餘)?\s*倍
    | 翻[了过過]?(?P<fan>[一两兩二三])?番
    | (?P<half>一半|半[数數]|[过過]半(?!年|小|个|個|天|生|月|夜))
    | (?P<figure>{FIGURE})\s*(?P<more>[多余餘]?)\s*(?P<big>万亿|萬億|千亿|千億|百亿|百億|十亿|十億|亿|億|千万|千萬|百万|百萬|十万|十萬|万|萬|兆|千(?![克瓦米卡赫兆伏比字位])|百(?=[人家个個名元])|)(?P<rest>\d{{1,4}}\s*[万萬])?
      \s*(?:(?P<bp>[个個]?基[点點]|[点點]子)|(?P<percent>%|％|个百分点|個百分點|個百分点|厘(?!米)))?
    | (?P<han>[{_H}]{{2,}}|[一二三四五六七八九两兩十廿卅])(?:[点點](?P<point>[零〇一二三四五六七八九]+)(?![分刻]))?(?P<hmore>[多余餘]?)(?P<hbig>[万萬亿億]*)(?P<hpercent>个百分点|個百分點)?)
    """,
    re.X,
)
_COUNTED = re.compile(
    r"[多余餘]?\s*(?:[个個]|项|項|家|大(?!会|會|学|學|力|陆|型|量)|种|種|类|類|条|條|次|位|名|人|年|天|日|周|週|岁|歲|座|所|份|件|吨|噸|公里|公顷|亩|畝|元|美元|港元|方面|领域"
    r"|領域|省|市(?!场|場)|县|縣|國|国(?!家|内|际|內|際)|步|阶段|階段|级|級|批|期|轮|輪|倍|艘|架|辆|輛|户|戶|村|米|页|頁|宗|间|間|场|場|笔|筆|套|只|隻|支|届|屆|部|小时|小時|分钟|分鐘"
    r"|点|點|根|棵|朵|颗|顆|匹|头(?!等)|頭|口(?!气)|幅|封|篇|章|节|節|段|句|层|層|排|队|隊|组|組|对|對|双|雙|把|张|張|块|塊|片|瓶|杯|盒|包|箱|袋|台|臺|本(?!质|身)|卷|册|冊|版|样|樣"
    r"|边|邊|侧|側|方(?!向|法|式|案|面)|派|党|黨|州|区(?!域)|區|厘|毫|秒|刻|月|季|世|代|度|级|圈|趟|遍|回|番|员|員|子|女|兄|姐|弟|处|處|起|例|则|則|门|門|系|科|股|款|道|座|栋|棟|幢|顶|枚|滴|岸(?!边)"
    r"|条腿|公斤|千克|英里|英尺|英寸|平方|立方|美分|英镑|欧元|日元|主席|委员|股东|代表|支柱|部分|因素|原则|目标|任务|环节|渠道|途径|要素|机构|企业|公司|地区)"
)
_NOT_COUNTED = re.compile(
    r"一|十分|千万(?!元|人|家)|万[众物象事能难一]|百姓|百年|一[带一]|三[农農]|四川|五四|八一|九江|四方|五星|七夕|三峡|三番|两岸|兩岸|三角|八卦|四季|五官|三思|二手|二战|二戰|一二"
    r"|万里|萬里|百货|百貨|百分|千里|三亚|三位一|三心|四处|四處|四周|四面|七上|六一|十月革|九一八|两会|兩會"
)
_WEEKDAY = ("周", "週", "星期", "礼拜", "禮拜")
_VAGUE_BEFORE = ("几", "数", "幾", "數")
_VAGUE_AFTER = (*_VAGUE_BEFORE, "来", "來")
_VALUED = frozenset(HAN_DIGIT | HAN_TENS)
_PAIRED = re.compile("[一二三四五六七八九][一二三四五六七八九两兩]")

_ENUMERATOR = re.compile(
    r"\s*(?:[（(]?\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[）)、．]"
    r"|\d{1,2}(?:\.\d{1,2})*(?:\.(?!\d)|(?=\s+[㐀-鿿]))(?!\s*[年月日个個%亿億万萬項项家]))"
)
_LETTER_BEFORE = re.compile(r"[A-Za-z][-–]?$")
_SPACED = re.compile(r"(?<!\d)\d(?:\s\d)+(?!\d)")
"""Digits separated by spaces, as in poor text layers of PDFs: they cannot be distinguished from single numbers."""

_MEASURES: dict[str, list[float]] = read_json("termbank.text", "chinese.json")["numerals"]["measures"]
"""Factors to the units English may use: kilograms, tonnes, pounds; hectares, acres; kilometres, metres, miles, feet."""
_MEASURE = re.compile(rf"\s*({'|'.join(_MEASURES)})(?![程面斯约約亚亞])")


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a Chinese text, in order.

    >>> [(q.value, q.kind.value) for q in quantities("到2027年，普及率超过七成，规模达3.5万亿元")]
    [(2027.0, 'year'), (0.7, 'share'), (3500000000000.0, 'number')]
    """
    if _ANY.search(text) is None:
        return ()
    plain = text.translate(_WIDE) if _FULL.search(text) else text
    start = found.end() if (found := _ENUMERATOR.match(plain)) else 0
    read = [_with_measures(q, plain) for match in _ZH.finditer(plain, start) for q in _read(match)]
    about = list(approximations(plain))
    if about:
        read = [q for q in read if not any(q.span.overlaps(other.span) for other in about)]
        read = sorted([*read, *about], key=lambda quantity: quantity.span)
    if read and (spaced := [Span(*found.span()) for found in _SPACED.finditer(plain)]):
        read = [q for q in read if not any(q.span.overlaps(span) for span in spaced)]
    return carry_units(read, plain)


def _with_measures(quantity: Quantity, text: str) -> Quantity:
    """Add to a plain number the factors to the units that English may use instead of the Chinese one."""
    if quantity.kind is not Kind.PLAIN or (unit := _MEASURE.match(text, quantity.span.end)) is None:
        return quantity
    return quantity._replace(measures=tuple(_MEASURES[unit[1]]))


def _read(match: re.Match[str]) -> Iterator[Quantity]:
    """The quantities in one match of `_ZH`, read by the rule of the group that matched."""
    for group, read in _READERS:
        if match[group]:
            yield from read(match)
            return
    if match.group().startswith("翻"):
        yield from _whole(match, 2.0 ** HAN_DIGIT[match["fan"] or "一"], Kind.TIMES, sure=False, digits=1)


def _whole(
    match: re.Match[str], value: float | None, kind: Kind, sure: bool = True, digits: int = 0
) -> Iterator[Quantity]:
    """The whole match as one quantity, or nothing where it has no value."""
    if value is not None:
        yield Quantity(value, kind, Span(*match.span()), match.group(), sure, digits)


def _month(match: re.Match[str]) -> Iterator[Quantity]:
    yield from _whole(match, number(match["month"]), Kind.MONTH)
    if match["day"]:
        yield from _whole(match, number(match["day"]), Kind.DAY, digits=digit_count(match["day"]))


def _tenths(match: re.Match[str]) -> Iterator[Quantity]:
    """七成, 七成五, 七成半."""
    half = match["cheng_half"]
    more = 0.05 if half == "半" else (number(half) or 0) / 100 if half else 0.0
    yield from _whole(match, (number(match["cheng_"]) or 0) / 10 + more, Kind.SHARE)


def _discount(match: re.Match[str]) -> Iterator[Quantity]:
    """打八折, 打八点五折: the part of the price that is paid."""
    top, _, rest = match["discount"].replace(".", "点").partition("点")
    value = (number(top) or 0.0) / 10 + (number(rest) or 0.0) / 100 if rest else (number(top) or 0.0) / 10
    yield from _whole(match, value, Kind.SHARE, sure=False)


def _ordinal(match: re.Match[str]) -> Iterator[Quantity]:
    digits = digit_count(match["ordinal"])
    value = None if _PAIRED.search(match["ordinal"]) else number(match["ordinal"])
    yield from _whole(match, value, Kind.ORDINAL, digits > 1, digits)


def _multiple(match: re.Match[str]) -> Iterator[Quantity]:
    digits = digit_count(match["times"])
    yield from _whole(match, number(match["times"]), Kind.TIMES, digits > 1, digits)


def _share(whole: str, part: str) -> float | None:
    """The value of “part of whole”, as 三 and 二 in 三分之二."""
    all_of, (top, *point) = number(whole), part.split("点")
    some = number(top)
    if not all_of or some is None:
        return None
    decimals = float("0." + "".join(str(HAN_DIGIT.get(c, 0)) for c in point[0])) if point else 0.0
    return (some + decimals) / all_of


def _scale(big: str) -> float:
    """The factor of a run of units: 千万 is ten million."""
    scale = 1.0
    for char in big:
        scale *= HAN_UNIT.get(char, 1) * HAN_BIG.get(char, 1)
    return scale


def _in_figures(match: re.Match[str]) -> Iterator[Quantity]:
    """A number in figures with its unit (万, 亿) and percent sign; none inside a code such as G20 or 〔2024〕."""
    got, text, span = match.__getitem__, match.string, Span(*match.span())
    before, after = text[: span.start][-1:], text[span.end : span.end + 1]
    if (
        _LETTER_BEFORE.search(text[max(0, span.start - 2) : span.start])
        or (after.isascii() and after.isalpha())
        or (before in "〔[" and before)
    ):
        return
    value = (number(got("figure")) or 0.0) * _scale(got("big"))
    if got("rest"):
        value += float(re.sub(r"\D", "", got("rest"))) * 1e4
    digits, said = digit_count(got("figure")), match.group().strip()
    if got("percent") or got("bp"):
        yield Quantity(value / (100 if got("percent") else 10_000), Kind.SHARE, span, said, True, digits)
        return

    sure = digits > 1 or bool(got("big"))
    yield Quantity(value, Kind.PLAIN, span, said, sure, digits)


def _in_words(match: re.Match[str]) -> Iterator[Quantity]:
    """A number in characters: sure where it is long and counts something, faint where it counts nothing visible."""
    got, text, span = match.__getitem__, match.string, Span(*match.span())
    han, after = got("han"), text[span.end : span.end + 6]
    value = _value_of_words(han, got("point"), got("hbig") or "")
    if value is None or not _is_numeral(han, text[: span.start], after):
        return
    if got("hpercent"):
        yield Quantity(value / 100, Kind.SHARE, span, match.group())
        return
    counted = _COUNTED.match(after) is not None and value >= 2
    fixed = _NOT_COUNTED.match(text, span.start) is not None and len(han) < 3
    yield Quantity(
        value,
        Kind.PLAIN,
        span,
        match.group(),
        sure=counted and not fixed and value >= 13 and not got("hmore"),
        faint=fixed or not counted,
        about=_step(value) if got("hmore") else 0.0,
    )


def _is_numeral(han: str, before: str, after: str) -> bool:
    """Whether a numeral is a definite number: not 几十, 周六, 民国三年, 七八个 or 十四五."""
    if before[-1:] in _VAGUE_BEFORE or after[:1] in _VAGUE_AFTER:
        return False
    if before.endswith(_WEEKDAY) or (before.endswith(("民国", "民國")) and after[:1] == "年"):
        return False
    return bool(set(han) & _VALUED) and not _PAIRED.search(han) and not _is_a_plan(han, after)


def _value_of_words(han: str, point: str | None, big: str) -> float | None:
    """The value of a number in words, with what follows its point and its last unit."""
    if point is None:
        return han_value(han + big)
    whole = han_value(han)
    decimals = float("0." + "".join(str(HAN_DIGIT[char]) for char in point))
    return None if whole is None else (whole + decimals) * _scale(big)


def _step(value: float) -> float:
    """What 多 after a round number may hide: up to 10 after 四十, up to 1,000 after 三千.

    >>> _step(40), _step(3000), _step(42)
    (10.0, 1000.0, 0.0)
    """
    written = f"{value:.0f}"
    zeros = len(written) - len(written.rstrip("0"))
    return 10.0**zeros if zeros else 0.0


def _is_a_plan(han: str, after: str) -> bool:
    """十四五 and its like."""
    plan = re.match(r"五(?:规划|規劃|时期|計劃|计划)|[一二三四五]五", han[-2:] + after[:2])
    return plan is not None and "十" in han


_READERS: tuple[tuple[str, Callable[[re.Match[str]], Iterator[Quantity]]], ...] = (
    ("figure", _in_figures),
    ("han", _in_words),
    ("han_year", lambda match: _whole(match, han_value(match["han_year"]), Kind.YEAR, digits=4)),
    ("outof", lambda match: _whole(match, _share(match["outof"], match["part"]), Kind.SHARE)),
    ("decade", lambda match: _whole(match, (number(match["decade"]) or 0) % 100, Kind.DECADE)),
    (
        "capital",
        lambda match: _whole(match, han_value(match["capital"]), Kind.PLAIN, digits=len(match["capital"])),
    ),
    ("discount", _discount),
    ("half_year", lambda match: _whole(match, 6.0, Kind.PLAIN, sure=False)),
    ("century", lambda match: _whole(match, number(match["century"]), Kind.ORDINAL, digits=2)),
    ("year", lambda match: _whole(match, float(match["year"]), Kind.YEAR, digits=4)),
    ("month", _month),
    ("cheng_", _tenths),
    ("ordinal", _ordinal),
    ("congress", lambda match: _whole(match, number(match["congress"]), Kind.ORDINAL)),
    ("times", _multiple),
    ("half", lambda match: _whole(match, 0.5, Kind.SHARE, sure=False)),
)
"""For each group of `_ZH` that names a kind of number, what reads it; the alternatives exclude one another."""
