"""Documents that hold both languages in turn are told from others, and separated without moving a character."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.model.document import Document
from termbank.sentences.interleaved import separate_languages
from termbank.services.file_access import read_document

ZH = ("发展新质生产力。", "推动绿色发展。", "扩大开放。")
EN = ("We develop new quality productive forces.", "We promote green development.", "We open up further.")


def document(folder: Path, *paragraphs: str, name: str = "text.txt") -> Document:
    path = folder / name
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return read_document(path)


def paragraphs(side: Document) -> list[str]:
    return [block.span.of(side.text) for block in side.blocks]


@pytest.mark.parametrize("first", [0, 1])
def test_paragraphs_in_turn_are_separated(tmp_path: Path, first: int) -> None:
    pairs = [pair if first == 0 else pair[::-1] for pair in zip(ZH, EN, strict=True)]
    whole = document(tmp_path, *(text for pair in pairs for text in pair))
    sides = separate_languages(whole)
    assert sides is not None
    assert [paragraphs(side) for side in sides] == [list(ZH), list(EN)]
    for side in sides:
        assert len(side.text) == len(whole.text)
        assert all(block.span.of(side.text) == block.span.of(whole.text) for block in side.blocks)
    assert "We" not in sides[0].text


def test_a_table_of_two_columns_is_separated(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{zh}</td><td>{en}</td></tr>" for zh, en in zip(ZH, EN, strict=True))
    path = tmp_path / "table.html"
    path.write_text(f"<html><body><table>{rows}</table></body></html>", encoding="utf-8")
    sides = separate_languages(read_document(path))
    assert sides is not None
    assert [paragraphs(side) for side in sides] == [list(ZH), list(EN)]


@pytest.mark.parametrize(
    "texts",
    [
        ZH,
        EN,
        (*ZH, *EN),
        (*EN, ZH[0], *EN, *EN),
        (EN[0], ZH[0], EN[1]),
        ("1", "2", "3", "4"),
    ],
)
def test_other_documents_are_left_whole(tmp_path: Path, texts: tuple[str, ...]) -> None:
    assert separate_languages(document(tmp_path, *texts)) is None
