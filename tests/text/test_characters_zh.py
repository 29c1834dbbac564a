"""Chinese words: covering the text, through a tokenizer of our own that leaves no file behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from termbank.text.characters_zh import dictionary, looks_chinese, words


def test_words_cover_the_text_in_order() -> None:
    text = "国务院印发《关于深入实施“人工智能+”行动的意见》。"
    assert "".join(text[start:end] for start, end in words(text)) == text


def test_the_language_of_a_text_is_told() -> None:
    assert looks_chinese("我们用AI辅助翻译")
    assert not looks_chinese("The term 两山论 is often quoted.")
    assert not looks_chinese("2025")


def test_the_dictionary_is_read_without_loading_jieba() -> None:
    told = dictionary()
    assert told.counts["发展"] > 1_000
    assert (told.kinds["郑成功"], told.kinds["们"]) == ("nrfg", "k")


def test_no_cache_is_written_to_the_shared_temporary_folder(tmp_path: Path) -> None:
    code = "import tempfile; tempfile.tempdir = {0!r}; from termbank.text import characters_zh as zh; zh.words('发展')"
    subprocess.run([sys.executable, "-W", "ignore", "-c", code.format(str(tmp_path))], check=True)
    assert list(tmp_path.iterdir()) == []


def test_a_private_cache_is_kept_where_it_was_asked_for(tmp_path: Path) -> None:
    code = "from termbank.text import characters_zh as zh; zh.use_cache({0!r}); zh.words('发展')"
    subprocess.run([sys.executable, "-W", "ignore", "-c", code.format(str(tmp_path))], check=True)
    assert [path.suffix for path in tmp_path.iterdir()] == [".cache"]


def test_a_long_text_is_weighed_as_a_short_one_is() -> None:
    assert looks_chinese("发展 and trade " * 20_000 + "发展" * 20_001)
    assert not looks_chinese("发展 and trade " * 20_000 + "发展" * 19_999)
