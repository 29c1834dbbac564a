"""Which files belong together by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.model.errors import UnreadableError
from termbank.services.document_paths import find_files, key_of, language_of, match_files


@pytest.mark.parametrize(
    ("name", "language", "key"),
    [
        ("x.zh.txt", "zh", ("x",)),
        ("x.zh-Hant-HK.docx", "zh", ("x",)),
        ("a-report_en.md", "en", ("a-report",)),
        ("x.en-GB.txt", "en", ("x",)),
        ("en/part/x.txt", "en", ("part", "x")),
        ("part/zh.txt", "zh", ("part", "")),
        ("frozen.txt", None, ("frozen",)),
        ("x.official.en.txt", "en", ("x.official",)),
    ],
)
def test_a_name_says_language_and_document(name: str, language: str | None, key: tuple[str, ...]) -> None:
    assert (language_of(Path(name)), key_of(Path(name), Path("elsewhere"))) == (language, key)


def test_the_longest_name_is_the_original() -> None:
    chinese = [Path("x.zh.txt"), Path("x.draft.zh.txt")]
    english = [Path("x.draft.en.txt"), Path("x.draft.news.en.txt"), Path("x.news.en.txt"), Path("y.en.txt")]
    pairs, errors = match_files(chinese, english, Path(), Path())
    assert {str(pair.en): str(pair.zh) for pair in pairs} == {
        "x.draft.en.txt": "x.draft.zh.txt",
        "x.draft.news.en.txt": "x.draft.zh.txt",
        "x.news.en.txt": "x.zh.txt",
    }
    assert [error.fault.file for error in errors] == ["y.en.txt"]


def test_a_folder_gives_its_readable_files_by_path(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.md", ".hidden/d.txt", ".e.txt", "f.exe"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("text", "utf-8")
    found = find_files([tmp_path, tmp_path / "b.txt"], frozenset({".txt", ".md"}))
    assert [str(path.relative_to(tmp_path)) for path in found] == ["a/c.md", "b.txt"]
    with pytest.raises(UnreadableError, match="no document in this folder"):
        find_files([tmp_path], frozenset({".pdf"}))
    with pytest.raises(UnreadableError, match="no file matches this pattern"):
        find_files([tmp_path / "*.pdf"], frozenset({".pdf"}))
