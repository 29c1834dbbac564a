"""The kept copy of a large glossary's matcher: it answers as a new one does, and a damaged one does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.matching import Matcher, terms_en, terms_zh
from termbank.model.concept import Concept, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.services.matcher_cache import matcher_of

TERMS = [
    "ecology",
    "digital economy",
    "reform",
    "tax cut",
    "data base",
    "policy",
    "high-quality development",
    "the Party",
    "multinational",
    "trade union",
    "goods",
]
TEXT = (
    "Databases and policies; high quality development, the Party, multi-national trade unions, good goods. "
)


@pytest.fixture
def glossary(monkeypatch: pytest.MonkeyPatch) -> Glossary:
    monkeypatch.setattr(terms_en, "CACHED_FROM", 1)
    return Glossary.of(Concept(f"c{at}", (Term(text, Language.EN),)) for at, text in enumerate(TERMS))


def test_a_kept_matcher_finds_what_a_new_one_finds(glossary: Glossary, tmp_path: Path) -> None:
    expected = Matcher.of(glossary).english(TEXT)
    assert len(expected) == 7
    assert matcher_of(glossary, tmp_path).english(TEXT) == expected
    assert len(list(tmp_path.iterdir())) == 1
    assert matcher_of(glossary, tmp_path).english(TEXT) == expected
    long = TEXT * 1000
    assert list(matcher_of(glossary, tmp_path).english(long)) == list(Matcher.of(glossary).english(long))


@pytest.mark.parametrize("damage", [b"", b"[]", b"{}", b"\xff", b"[1, 2, 3, 4, 5, 6, 7]"])
def test_a_damaged_copy_is_made_again(glossary: Glossary, tmp_path: Path, damage: bytes) -> None:
    expected = matcher_of(glossary, tmp_path).english(TEXT)
    (copy,) = tmp_path.iterdir()
    whole = copy.read_bytes()
    copy.write_bytes(damage)
    assert matcher_of(glossary, tmp_path).english(TEXT) == expected
    assert copy.read_bytes() == whole


def test_other_terms_have_another_copy_and_few_copies_stay(glossary: Glossary, tmp_path: Path) -> None:
    for size in range(1, 12):
        matcher_of(Glossary.of(list(glossary)[:size]), tmp_path).english(TEXT)
    assert len(list(tmp_path.iterdir())) == 8


def test_a_kept_matcher_finds_the_chinese_that_a_new_one_finds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(terms_zh, "CACHED_FROM", 1)
    terms = ["新质生产力", "“两山”论", "新質生產力", "信息", "“人工智能+”行动", "……"]
    glossary = Glossary.of(
        Concept(f"c{at}", (Term(text, Language.ZH_HANS),)) for at, text in enumerate(terms)
    )
    text = "发展新质生产力，践行“两山论”，开展“人工智能＋”行动。資訊與新質生產力。"
    expected = Matcher.of(glossary).chinese(text)
    assert len(expected) == 5
    assert matcher_of(glossary, tmp_path).chinese(text) == expected
    assert len(list(tmp_path.iterdir())) == 1
    assert matcher_of(glossary, tmp_path).chinese(text) == expected
    (copy,) = tmp_path.iterdir()
    whole = copy.read_bytes()
    for damage in (b"", b"[]\n", whole[:-1], whole[:9], b"[1, 1]\n" + whole, b"{}\n" + whole):
        copy.write_bytes(damage)
        assert matcher_of(glossary, tmp_path).chinese(text) == expected
        assert copy.read_bytes() == whole


def test_a_cache_that_cannot_be_written_does_no_harm(glossary: Glossary, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("no folder", "utf-8")
    assert matcher_of(glossary, place).english(TEXT) == Matcher.of(glossary).english(TEXT)
