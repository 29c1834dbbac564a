from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from termbank.lexicon import build
from termbank.lexicon.compiled import from_bytes, to_bytes
from termbank.lexicon.dictionary import Lexicon, gloss_lemma, is_stop_word
from termbank.model.errors import TermbankError
from termbank.services import lexicon_cache as service


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "lexicon"


@pytest.fixture(scope="module")
def lexicon(folder: Path) -> Lexicon:
    return service.lexicon(folder)


def test_a_word_has_its_glosses_likeliest_first(lexicon: Lexicon) -> None:
    assert lexicon.translations("银行")[0] == ("bank", 1.0)
    assert {"economy", "economic"} <= {lemma for lemma, _ in lexicon.translations("经济")}


def test_traditional_forms_lead_to_the_same_row(lexicon: Lexicon) -> None:
    assert lexicon.translations("經濟") == lexicon.translations("经济")
    assert lexicon.translations("銀行") == lexicon.translations("银行")


def test_an_unknown_word_has_no_translations(lexicon: Lexicon) -> None:
    assert lexicon.translations("犇骉") == ()


def test_a_text_is_divided_into_known_words(lexicon: Lexicon) -> None:
    text = "坚持全面深化改革，绿色发展"
    assert [span.of(text) for span in lexicon.words(text)] == [
        "坚持",
        "全面",
        "深化",
        "改革",
        "，",
        "绿色",
        "发展",
    ]


def test_a_word_newer_than_the_counts_is_read_as_a_word(lexicon: Lexicon) -> None:
    text = "以数字变革赋能经济发展"
    assert [span.of(text) for span in lexicon.words(text)] == ["以", "数字", "变革", "赋能", "经济", "发展"]


def test_words_cover_any_text_without_a_gap(lexicon: Lexicon) -> None:
    text = "A股\x00𠀀市場 開放"
    assert "".join(span.of(text) for span in lexicon.words(text)) == text
    assert lexicon.words("") == []


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("organisations", "organization"),
        ("labour", "labor"),
        ("centres", "center"),
        ("exercise", "exercise"),
        ("policies", "policy"),
    ],
)
def test_forms_and_spellings_meet_in_one_lemma(form: str, lemma: str) -> None:
    assert gloss_lemma(form) == gloss_lemma(lemma)


def test_stop_words_are_recognised() -> None:
    assert is_stop_word("the")
    assert not is_stop_word("reform")


def test_a_stored_lexicon_is_read_back(lexicon: Lexicon) -> None:
    copy = from_bytes(to_bytes(lexicon))
    assert to_bytes(copy) == to_bytes(lexicon)
    assert copy.translations("改革") == lexicon.translations("改革")
    assert copy.readings["陈"] == lexicon.readings["陈"]


@pytest.mark.parametrize("damage", [lambda data: data[:1000], lambda data: b"", lambda data: b"junk" * 100])
def test_damaged_bytes_are_refused(lexicon: Lexicon, damage) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TermbankError):
        from_bytes(damage(to_bytes(lexicon)))


def test_a_damaged_cache_file_is_built_again(
    lexicon: Lexicon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "build_lexicon", lambda: lexicon)
    service.lexicon(tmp_path)
    (kept,) = tmp_path.glob("*.lexicon")
    kept.write_bytes(kept.read_bytes()[:5000])
    service._lexicon.cache_clear()
    assert service.lexicon(tmp_path).translations("改革")
    assert from_bytes(kept.read_bytes()[8:]).translations("改革")


def test_an_interrupted_write_leaves_no_partial_file(
    lexicon: Lexicon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "build_lexicon", lambda: lexicon)

    def interrupted(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        service.lexicon(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_lexicon_is_built_where_the_cache_cannot_be_written(
    lexicon: Lexicon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "build_lexicon", lambda: lexicon)
    place = tmp_path / "a file where the folder should be"
    place.write_text("")
    assert service.lexicon(place) is lexicon


def test_another_version_writes_another_file_and_removes_the_old_one(
    lexicon: Lexicon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "build_lexicon", lambda: lexicon)
    service.lexicon(tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    monkeypatch.setattr(service, "_version", lambda name: "9.9")
    service._lexicon.cache_clear()
    service.lexicon(tmp_path)
    after = {path.name for path in tmp_path.iterdir()}
    assert len(after) == 1
    assert after != before


def test_two_processes_that_start_together_both_end_with_a_whole_file(
    lexicon: Lexicon, tmp_path: Path
) -> None:
    code = (
        "import sys; from pathlib import Path; from termbank.lexicon import build, compiled; from termbank.services import lexicon_cache as s;"
        "made = compiled.from_bytes(Path(sys.argv[1]).read_bytes()); build.build_lexicon = lambda: made;"
        "print(len(s.lexicon(Path(sys.argv[2])).chinese))"
    )
    source = tmp_path / "made"
    source.write_bytes(to_bytes(lexicon))
    command = [sys.executable, "-c", code, str(source), str(tmp_path / "cache")]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert {process.communicate()[0].strip() for process in running} == {str(len(lexicon.chinese))}
    (kept,) = (tmp_path / "cache").iterdir()
    assert from_bytes(kept.read_bytes()[8:]).chinese == lexicon.chinese
