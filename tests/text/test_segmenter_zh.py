"""Segmentation: jieba's words and counts, without jieba."""

from __future__ import annotations

import subprocess
import sys

from termbank.text.segmenter_zh import dictionary_words, entry_splits, segmenter


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in segmenter().split(text)]


def test_words_cover_the_text_in_order() -> None:
    text = "国务院印发《关于深入实施“人工智能+”行动的意见》。"
    assert "".join(words(text)) == text


def test_the_cheapest_words_are_found() -> None:
    assert words("研究生命起源") == ["研究", "生命", "起源"]
    assert words("结婚的和尚未结婚的") == ["结婚", "的", "和", "尚未", "结婚", "的"]


def test_a_term_of_the_bank_is_a_word_where_it_is_cheaper() -> None:
    text = "发展新质生产力"
    ends = segmenter().word_ends(text, {2: [(7, 1.0)]})
    assert ends[0] == 2
    assert ends[2] == 7


def test_an_entry_whose_parts_meet_by_chance_is_split() -> None:
    assert entry_splits["生产力"] == 0
    assert entry_splits["致力于"] == 2


def test_the_dictionary_is_read_without_loading_jieba() -> None:
    code = (
        "import sys\n"
        "from termbank.text.segmenter_zh import dictionary_words\n"
        "print(dictionary_words().counts['发展'] > 1000, 'jieba' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "True False"
    assert (dictionary_words().tags["郑成功"], dictionary_words().tags["们"]) == ("nrfg", "k")
