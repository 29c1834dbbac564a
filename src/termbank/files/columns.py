"""Which column of a table is Chinese and which English, and what language a text is in.

A header may name languages (“zh-CN”, 英文), sides (source, target) or roles (definition, status); without one the
columns are recognised by their content. Either order is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from termbank.files.remarks import remark_on
from termbank.files.tables import Cell, unguard
from termbank.model.language import Language, read_tag
from termbank.model.message import Message, message

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_OTHER_ASIAN = re.compile("[\u3040-\u30ff\u1100-\u11ff\uac00-\ud7a3]")
_LATIN = re.compile("[A-Za-z]")
_WORDS = {
    "chinese": "zh", "中文": "zh", "汉语": "zh", "漢語": "zh", "cn": "zh-Hans", "简体中文": "zh-Hans",
    "简体": "zh-Hans", "simplifiedchinese": "zh-Hans", "繁體中文": "zh-Hant", "繁体中文": "zh-Hant",
    "繁體": "zh-Hant", "繁体": "zh-Hant", "traditionalchinese": "zh-Hant", "english": "en", "英文": "en",
    "英语": "en", "英語": "en", "chineseterm": "zh", "englishterm": "en", "中文术语": "zh", "英文术语": "en",
    "tw": "zh-TW", "hk": "zh-HK",
}  # fmt: skip
_ROLES = {
    "source": "source", "src": "source", "sourcestring": "source", "sourceterm": "source", "term": "source",
    "原文": "source", "术语": "source", "target": "target", "tgt": "target", "targetstring": "target",
    "targetterm": "target", "translation": "target", "译文": "target", "翻译": "target", "译名": "target",
    "sourcelang": "source tag", "sourcelanguage": "source tag", "targetlang": "target tag",
    "targetlanguage": "target tag", "definition": "definition", "description": "definition",
    "定义": "definition", "释义": "definition", "note": "note", "notes": "note", "comment": "note",
    "tgt:comment": "note", "remarks": "note", "context": "note", "备注": "note", "注释": "note", "说明": "note",
    "subject": "subject", "domain": "subject", "field": "subject", "category": "subject", "领域": "subject",
    "类别": "subject", "分类": "subject", "status": "status", "termstatus": "status", "状态": "status",
    "pos": "pos", "src:pos": "pos", "partofspeech": "pos", "词性": "pos",
    "id": "number", "no": "number", "no.": "number", "stringid": "number", "序号": "number", "编号": "number",
}  # fmt: skip


def plain_word(text: str) -> str:
    """A value as the tables above spell it."""
    return re.sub(r"[\s_]+", "", text.strip().lower())


def chinese_in(text: str) -> bool:
    """Whether a text has Chinese in it; Japanese and Korean, with their own letters, do not count."""
    if HAN.search(text) is None:
        return False
    return 2 * len(_OTHER_ASIAN.findall(text)) < len(HAN.findall(text))


def english_in(text: str) -> bool:
    """Latin letters and no Chinese: “5G”, “COVID-19” and “AI+” among them."""
    return _LATIN.search(text) is not None and HAN.search(text) is None


def language_of(text: str, tag: str | None = None) -> Language | None:
    """The language a text is in: as tagged, with the script of the text where the tag leaves it open.

    None where it is neither Chinese nor English; kana and hangul are not Chinese.
    """
    if _OTHER_ASIAN.search(text) and not chinese_in(text):
        return None
    if tag is not None:
        language, is_open = read_tag(tag)
        if not is_open:
            return language
    elif not chinese_in(text):
        return Language.EN if english_in(text) else None
    from termbank.text.scripts import script_of

    return script_of(text) or Language.ZH_HANS


@dataclass(frozen=True)
class Layout:
    """What the columns of a foreign table hold: roles by column, tags by language column."""

    roles: dict[int, str]
    tags: dict[int, str]
    first: int
    remarks: tuple[str, ...] = ()

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {role: number for number, role in reversed(self.roles.items())}

    def column(self, role: str) -> int | None:
        """The first column of this role."""
        return self._columns.get(role)


def layout_of(rows: Sequence[tuple[Cell, ...]], name: str) -> Layout | None:
    """How the columns of a table are to be read, or None where none is Chinese or none English."""
    first = 0
    while first < len(rows) and rows[first][0].text.startswith("#"):
        found = _header(rows[first], name)
        first += 1
        if found is not None and _has_both(found, rows[first:]):
            return Layout(found.roles, found.tags, first, found.remarks)
    if first >= len(rows):
        return None
    found = _header(rows[first], name)
    if found is not None and _has_both(found, rows[first + 1 :]):
        return Layout(found.roles, found.tags, first + 1, found.remarks)
    return _by_content(rows, first, name)


def _header(row: tuple[Cell, ...], name: str) -> Layout | None:
    roles: dict[int, str] = {}
    tags: dict[int, str] = {}
    unknown = []
    for number, cell in enumerate(row):
        word = plain_word(unguard(cell.text)).lstrip("#")
        tag = _WORDS.get(word, word.removeprefix("src:").removeprefix("tgt:").removeprefix("term:"))
        if word in _ROLES:
            roles[number] = _ROLES[word]
        elif word and read_tag(tag)[0] is not None:
            roles[number], tags[number] = "term", tag
        elif word:
            unknown.append(cell.text.strip())
    if not roles:
        return None
    remarks = (remark_on(name, remark_on_columns(unknown)),) if unknown else ()
    return Layout(roles, tags, 0, remarks)


def remark_on_columns(names: Sequence[str]) -> Message:
    """Which columns of a table are not read, by header or by number from 1."""
    return message("Ignored columns: {names}.", names=", ".join(names))


def _has_both(layout: Layout, rows: Sequence[tuple[Cell, ...]]) -> bool:
    languages = {read_tag(tag)[0] for tag in layout.tags.values()}
    if Language.EN in languages and len(languages) > 1:
        return True
    return layout.column("source") is not None and layout.column("target") is not None


def _by_content(rows: Sequence[tuple[Cell, ...]], first: int, name: str) -> Layout | None:
    """Columns by their content: the most Chinese one and the most English one."""
    chinese: Counter[int] = Counter()
    english: Counter[int] = Counter()
    for row in rows[first : first + 500]:
        for number, cell in enumerate(row):
            chinese[number] += chinese_in(cell.text)
            english[number] += english_in(cell.text)
    if not chinese or not chinese.most_common(1)[0][1]:
        return None
    zh = max(sorted(chinese), key=lambda number: chinese[number])
    others = [number for number in sorted(english) if number != zh and english[number]]
    if not others:
        return None
    en = max(others, key=lambda number: (english[number], -number))
    head = rows[first]
    skip = not (zh < len(head) and en < len(head) and chinese_in(head[zh].text) and english_in(head[en].text))
    remarks = []
    if skip:
        remarks.append(remark_on(name, message("line {line} is read as a header.", line=head[0].line)))
    extra = {number for row in rows[first:] for number in range(len(row)) if row[number].text.strip()} - {
        zh,
        en,
    }
    if extra:
        remarks.append(remark_on(name, remark_on_columns([str(number + 1) for number in sorted(extra)])))
    return Layout({zh: "term", en: "term"}, {}, first + skip, tuple(remarks))
