"""Every file of other tools at hand is imported or refused with one clear sentence; nothing is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.model.errors import TermbankError
from termbank.services.file_access import read_document, read_pairs_and_remarks
from termbank.services.glossary_file import read_glossary

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDERS = ("import-files", "tbx/examples", "tbx/test-files", "tico19", "gemet-zh", "quantecon")
FILES = sorted(path for folder in FOLDERS for path in (SHARED / folder).rglob("*") if path.is_file())
USED = {
    "GEMET-chinese.txt": 5051, "glossary-zh-cn.json": 354, "f_en-zh_CN.csv": 277, "f_en-zh_TW.csv": 267,
    "g_en_zh-CN.csv": 250, "g_en_zh-TW.csv": 240, "g_zh-CN_en.csv": 50, "g_zh-TW_en.csv": 49,
}  # fmt: skip
PAIRS = {
    "django-zh_Hans.po": 348, "django-zh_Hant.po": 348, "validators.zh_CN.xlf": 116, "validators.zh_TW.xlf": 116,
    "all.en-zh.tmx": 3071,
}  # fmt: skip

if not FILES:
    pytest.skip("the shared data is not beside the project", allow_module_level=True)
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def _is_one_clear_sentence(error: TermbankError, path: Path) -> None:
    said = str(error)
    assert path.name.removesuffix(".gz") in said
    assert "\n" not in said
    assert "Error" not in said
    assert said.endswith((".", "?", "`"))


@each_file
def test_every_file_is_imported_or_refused_in_one_sentence(path: Path) -> None:
    try:
        reading, _ = read_glossary(path)
    except TermbankError as error:
        _is_one_clear_sentence(error, path)
        assert path.name not in USED
        return
    assert len(reading.glossary) == USED.get(path.name, -1)


@each_file
def test_every_file_is_read_as_pairs_or_refused_in_one_sentence(path: Path) -> None:
    try:
        pairs, _ = read_pairs_and_remarks(path)
    except TermbankError as error:
        _is_one_clear_sentence(error, path)
        assert path.name not in PAIRS
        return
    assert any(pair.zh and pair.en for pair in pairs)
    assert len(pairs) == PAIRS.get(path.name, len(pairs))


@each_file
def test_every_file_is_read_as_a_document_or_refused_in_one_sentence(path: Path) -> None:
    try:
        document = read_document(path)
    except TermbankError as error:
        _is_one_clear_sentence(error, path)
    else:
        assert document.blocks


@pytest.mark.parametrize("name", PAIRS)
def test_positions_are_in_the_file_as_given(name: str) -> None:
    path = next(path for path in FILES if path.name == name)
    text = path.read_bytes().decode("utf-8-sig")
    lines = text.split("\n")
    for pair in read_pairs_and_remarks(path)[0]:
        for said, start, line, column in (
            (pair.zh, pair.zh_start, pair.zh_line, pair.zh_column),
            (pair.en, pair.en_start, pair.en_line, pair.en_column),
        ):
            if said and text[start] not in "&\\":
                assert text[start] == said[0]
                assert lines[line - 1][column - 1] == said[0]
