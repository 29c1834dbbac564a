"""Bilingual files: the pairs, the right way round, each text at its place in the file."""

from __future__ import annotations

import pytest

from termbank.files.bitext import kind_of_pairs, read_pairs
from termbank.model.errors import UnreadableError

XLIFF_1 = """<?xml version="1.0"?>
<xliff version="1.2"><file source-language="zh-CN" target-language="en-US"><body>
<trans-unit id="1"><source>改革<x id="1"/>开放</source><target>Reform and <g id="2">opening</g> up</target>
 <alt-trans><target>no</target></alt-trans></trans-unit>
<trans-unit id="2"><source>甲。乙。</source>
 <seg-source><mrk mid="0" mtype="seg">甲。</mrk><mrk mid="1" mtype="seg">乙。</mrk></seg-source>
 <target><mrk mid="0" mtype="seg">A.</mrk><mrk mid="1" mtype="seg">B.</mrk></target></trans-unit>
<trans-unit id="3" translate="no"><source>X</source></trans-unit>
<trans-unit id="4"><source>独</source></trans-unit></body></file></xliff>"""
XLIFF_2 = """<xliff version="2.1" srcLang="en" trgLang="zh-Hant"><file id="f"><group><unit id="u">
<segment><source>Reform <pc id="1">and</pc> opening<cp hex="0007"/></source><target>改革開放</target></segment>
<ignorable><source> </source></ignorable></unit></group></file></xliff>"""
TMX = """<tmx version="1.4"><header/><body>
<tu><tuv xml:lang="EN-GB"><seg>Reform <bpt i="1">&lt;b></bpt>now<ept i="1">&lt;/b></ept></seg></tuv>
<tuv xml:lang="zh_TW"><seg>改革</seg></tuv><tuv xml:lang="zh-CN"><seg>立即改革</seg></tuv></tu>
<tu><tuv lang="en"><seg>alone</seg></tuv></tu>
<tu><tuv lang="en"><seg>house</seg></tuv><tuv lang="fr"><seg>maison</seg></tuv></tu></body></tmx>"""
PO = """msgid ""
msgstr ""
"Language: zh_CN\\n"

#, fuzzy
msgid "old"
msgstr "旧"

msgctxt "menu"
msgid ""
"Reform\\t"
"now"
msgstr "改革"

msgid "one file"
msgid_plural "%d files"
msgstr[0] "%d 个文件"
#~ msgid "gone"
#~ msgstr "没"
"""


def test_xliff_1_gives_a_pair_for_each_segment_without_codes_and_suggestions() -> None:
    reading = read_pairs(XLIFF_1.encode(), "a.xlf")
    assert [(pair.zh, pair.en) for pair in reading.pairs] == [
        ("改革开放", "Reform and opening up"), ("甲。", "A."), ("乙。", "B."), ("独", ""),
    ]  # fmt: skip
    assert reading.remarks == ("a.xlf: Ignored 1 unit marked as not to be translated.",)
    first = reading.pairs[0]
    assert XLIFF_1[first.zh_start] == "改"
    assert XLIFF_1.split("\n")[first.en_line - 1][first.en_column - 1 :].startswith("Reform")
    assert read_pairs(XLIFF_1.encode("utf-16"), "a.sdlxliff").pairs == tuple(
        type(pair)(**{**vars(pair), "zh_file": "a.sdlxliff", "en_file": "a.sdlxliff"})
        for pair in reading.pairs
    )


def test_xliff_2_is_read_and_turned_the_right_way_round() -> None:
    pair = read_pairs(XLIFF_2.encode(), "a.xliff").pairs[0]
    assert (pair.zh, pair.en) == ("改革開放", "Reform and opening\x07")


def test_tmx_gives_a_pair_for_each_chinese_variant() -> None:
    reading = read_pairs(TMX.encode(), "a.tmx")
    assert [(pair.zh, pair.en) for pair in reading.pairs] == [
        ("改革", "Reform now"), ("立即改革", "Reform now"), ("", "alone"),
    ]  # fmt: skip
    assert reading.remarks == ("a.tmx: Ignored 1 unit in en/fr.",)


def test_po_leaves_out_fuzzy_and_obsolete_messages_and_pairs_the_right_plural() -> None:
    reading = read_pairs(PO.encode(), "a.po")
    assert [(pair.zh, pair.en) for pair in reading.pairs] == [
        ("改革", "Reform\tnow"),
        ("%d 个文件", "%d files"),
    ]
    assert reading.remarks == (
        "a.po: Ignored 1 fuzzy message.",
        "a.po: Ignored 1 obsolete message.",
    )
    assert (reading.pairs[0].en_line, reading.pairs[0].en_column) == (11, 2)


@pytest.mark.parametrize(
    "text", ["改革,Reform\n,Alone\n", "en,zh\nReform,改革\nAlone,\n", "source,target\n改革,Reform\n,Alone\n"]
)
def test_tables_are_read_in_either_order(text: str) -> None:
    reading = read_pairs(text.encode(), "a.csv")
    assert [(pair.zh, pair.en) for pair in reading.pairs] == [("改革", "Reform"), ("", "Alone")]
    assert text[reading.pairs[0].zh_start] == "改"


def test_languages_the_other_way_round_are_turned_and_said() -> None:
    reading = read_pairs("zh,en\nReform,改革\nOpening up,开放\n".encode(), "a.csv")
    assert [(pair.zh, pair.en) for pair in reading.pairs] == [("改革", "Reform"), ("开放", "Opening up")]
    assert reading.remarks == (
        "a.csv: the languages are the other way round than the file says; read by what the texts are.",
    )


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.tmx", "", "a.tmx: the file is empty. Give a file with translated segments."),
        ("a.tmx", "<tmx><body/></tmx>", "a.tmx: the file holds no translated units. Give a Chinese–English file."),
        ("a.tmx", "<tbx/>", "a.tmx: this XML is neither TMX nor XLIFF: its outermost element is <tbx>. Check that it is the right file."),
        ("a.tmx", TMX.replace("zh", "de"), "a.tmx: the file is in EN-GB/de_TW, en/fr, en/an unnamed language, not in Chinese and English. Give a Chinese–English file."),
        ("a.tmx", TMX[:300], "a.tmx:5:28: the file is cut short: its XML does not end. Export it again."),
        ("a.po", "nothing", "a.po: no messages (msgid, msgstr) were found. Give a PO catalogue."),
        ("a.csv", "a,b\n", "a.csv: no column of Chinese beside a column of English was found. Give a table with a Chinese and an English column."),
    ],
)  # fmt: skip
def test_a_file_without_pairs_says_why(name: str, text: str, sentence: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        read_pairs(text.encode(), name)
    assert str(raised.value) == sentence


def test_the_kind_is_told_by_the_name_packed_or_not() -> None:
    assert [kind_of_pairs(name) for name in ("a.tmx.gz", "A.SDLXLIFF", "b.po", "c.tsv", "d.md")] == [
        "tmx", "xliff", "po", "table", None,
    ]  # fmt: skip
