"""Find where sentences end, in Chinese and in English.

Chinese sentences end at 。！？ and …… with the quotes and brackets that close after them; a question inside quotes after
which the sentence goes on does not end it. English sentences end at . ! ? where what follows may begin a sentence and
what precedes is no abbreviation, initial or list number.
"""

from __future__ import annotations

import re
from typing import Literal

from termbank.model.span import Span

_CLOSERS = "”’」』）)】〕》〉\"'］]"
_ZH_END = re.compile(rf"(?:[。！？!?｡]+|…{{2,}}(?=[“「『]|\s|$))[。！？!?…]*[{re.escape(_CLOSERS)}]*")
_ZH_POINT = re.compile(r"(?<=[\u4e00-\u9fff”」）])\.(?=\s|$|[\u4e00-\u9fff])")
_CONTINUATION = re.compile(r"\s*[，,、；;：:的地得]")
_EN_END = re.compile(r"(?:\.(?:\s\.){1,5}|[.!?]+|…)[\"'”’)\]]*(?=\s)|[。！？]")
_SENTENCE_START = re.compile(r"[\"'“‘(\[]*[A-Z0-9À-ÞＡ-Ｚ“‘\"(\[•·*–—-]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"‘'/-])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Sen|Rep|Gov|Pres|Rev|Hon|St|Mt|Ft|Messrs"
    r"|No|Nos|no|nos|vs|v|cf|Cf|al|art|Art|arts|para|paras|Para|sec|Sec|ch|Ch|vol|Vol|pp|p|ed|eds|fig|Fig|figs|Figs"
    r"|approx|ca|est|i\.e|e\.g|viz|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
    r"|Corp|Inc|Ltd|Co|Bros|Dept|Univ|Assn|Ave|Blvd|Rd|Add|Rev|Cap|Reg|Regs|Corr|Doc|Supp|Res|op|cit|ibid)\.$"
)
_ABBREVIATION_AT_END = re.compile(
    r"(?:^|[\s(])(?:Inc|Ltd|Co|Corp|Bros|al|etc|Jr|Sr|U\.S|U\.K|U\.N|E\.U|D\.C|a\.m|p\.m|A\.M|P\.M|B\.C|A\.D|Ph\.D)\.$"
)
_INITIAL = re.compile(r"(?:^|[\s(“\"‘'.])[A-Z]\.$")
_LIST_NUMBER = re.compile(r"^[\s(（]*(?:\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,5})(?:\.\d{1,3})*\.$")
_LOWER_CASE = re.compile(r"[\"'“‘(\[]*[a-z]")
_CLAUSE = re.compile(r"[；;]\s*")
_FIRST_WORD = re.compile(
    r"[\"'“‘(]*(?:The|A|An|In|On|At|It|He|She|They|We|I|This|That|These|Those|But|And|For|As|If|When|There|His|Her|Its|Their|Our|No)\b"
)
_SPACE = re.compile(r"\s*")
_LOOK_BEHIND = 24
"""Characters before a full stop in which abbreviations are looked up."""


def split_sentences(text: str, language: Literal["zh", "en"]) -> list[Span]:
    """The spans of the sentences of a block, in order, without the white space between them."""
    ends = _chinese_ends(text) if language == "zh" else _english_ends(text)
    return _between(text, ends)


def split_clauses(text: str) -> list[Span]:
    """The spans of the clauses of a sentence: what stands between its semicolons."""
    return _between(text, [match.end() for match in _CLAUSE.finditer(text)])


def _between(text: str, ends: list[int]) -> list[Span]:
    """The spans between these ends, without the white space around them; empty ones are left out."""
    spans, start = [], 0
    for end in (*ends, len(text)):
        part = text[start:end]
        left, right = len(part) - len(part.lstrip()), len(part.rstrip())
        if right > left:
            spans.append(Span(start + left, start + right))
        start = end
    return spans


def _chinese_ends(text: str) -> list[int]:
    ends = []
    for match in _ZH_END.finditer(text):
        closed = match.group()[-1] in _CLOSERS
        if closed and _CONTINUATION.match(text, match.end()):
            continue
        if not closed and match.group()[0] in "!?" and not _ends_chinese(text, match):
            continue
        ends.append(match.end())
    ends.extend(match.end() for match in _ZH_POINT.finditer(text))
    return sorted(set(ends))


def _ends_chinese(text: str, match: re.Match[str]) -> bool:
    """Whether a half-width mark in Chinese ends a sentence: not inside an address or a formula."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return not (before.isascii() and after.isascii() and before.strip() and after.strip())


def _english_ends(text: str) -> list[int]:
    ends = []
    start = 0
    for match in _EN_END.finditer(text):
        if match.group()[0] in "。！？" or _ends_english(text, start, match):
            ends.append(match.end())
            start = match.end()
    return ends


def _ends_english(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether . ! ? at a match ends the sentence that begins at `start`."""
    space = _SPACE.match(text, match.end())
    after = space.end() if space else match.end()
    if after >= len(text):
        return True
    if _LOWER_CASE.match(text, after) or (text[after] == "." and not match.group().startswith(". ")):
        return False
    if match.group() != ".":
        return bool(_SENTENCE_START.match(text, after)) or not text[after].isalpha()
    before = text[max(start, match.end() - _LOOK_BEHIND) : match.end()]
    if _LIST_NUMBER.match(text[start : match.end()]):
        return False
    if _ABBREVIATION_AT_END.search(before):
        return bool(_FIRST_WORD.match(text, after))
    return not (_ABBREVIATION.search(before) or _INITIAL.search(before))
