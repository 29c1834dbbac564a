"""Documents in the bank: aligned or bilingual, found by a word in either language, passages by attestation."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.model.concept import Attestation, Concept, Term
from termbank.model.decision import Change, Decision
from termbank.model.errors import NotFoundError, TermbankError
from termbank.model.language import Language
from termbank.model.records import concept_record
from termbank.model.segment import SegmentPair
from termbank.model.span import Span
from termbank.services import corpus
from termbank.services.bank_setup import Bank
from termbank.services.concordance import concordance, concordance_record
from termbank.services.undo import undo

PAIRS = (
    SegmentPair("加快发展新质生产力。", "We will develop new quality productive forces faster."),
    SegmentPair("因地制宜发展“新质”生产力。", "New quality productive forces suit local conditions."),
    SegmentPair("全面建成小康社会。", "A moderately prosperous society in all respects was built."),
    SegmentPair("", "An addition by the translator."),
)


def add_report(bank: Bank) -> corpus.CorpusAddition:
    """The pairs in the corpus, from a file."""
    table = bank.path.parent / "Report 2024.tsv"
    table.write_text("zh\ten\n" + "".join(f"{pair.zh}\t{pair.en}\n" for pair in PAIRS), encoding="utf-8")
    return corpus.add(bank, [table])


def test_pairs_are_kept_and_listed(bank: Bank) -> None:
    assert str(add_report(bank)) == "Added 1 document with 4 pairs to the corpus."
    assert [(held.id, held.title, held.pairs) for held in corpus.documents(bank)] == [
        ("report-2024", "Report 2024", 4)
    ]
    assert corpus.pairs(bank, "report-2024") == tuple((pair.zh, pair.en) for pair in PAIRS)
    assert "nothing was changed" in str(add_report(bank))


def test_a_word_is_found_in_its_sentences_with_its_rendering_beside_it(bank: Bank) -> None:
    add_report(bank)
    found = concordance(bank, "新質生產力")
    assert [[span.of(line.zh) for span in line.zh_spans] for line in found.lines] == [
        ["新质生产力"],
        ["新质”生产力"],
    ]
    assert [[span.of(line.en) for span in line.en_spans] for line in found.lines] == [
        ["new quality productive forces"],
        ["New quality productive forces"],
    ]
    assert (found.total, found.more) == (2, False)


def test_a_term_is_found_only_where_it_is_a_word(bank: Bank) -> None:
    table = bank.path.parent / "words.tsv"
    rows = {
        "发展中国家": "中国",
        "各国企业合作": "国企",
        "各国发展道路": "国发",
        "平等保护产权": "等保",
        "推进法治化建设": "法治",
    }
    table.write_text("zh\ten\n" + "".join(f"{text}。\tA sentence.\n" for text in rows), encoding="utf-8")
    corpus.add(bank, [table])
    for text, inside in rows.items():
        assert [line.zh for line in concordance(bank, inside).lines] == [f"{text}。"], (
            "any string is searched for"
        )
    terms = [Concept(inside, (Term(inside, Language.ZH_HANS),)) for inside in rows.values()]
    changes = tuple(Change("concept", one.id, concept_record(one)) for one in terms)
    bank.decide(Decision("import", "lin", "2026-03-05T08:00:00Z", None, changes))
    assert [concordance(bank, inside).lines for inside in rows.values()] == [()] * len(rows)


def test_english_is_found_whatever_its_inflection(bank: Bank) -> None:
    add_report(bank)
    (line,) = concordance(bank, "prosperous societies").lines
    assert [span.of(line.en) for span in line.en_spans] == ["prosperous society"]
    assert concordance(bank, "productive force", 1).more


@pytest.mark.parametrize(
    "query", ["", " ", "😀", '"', "NEAR(", "a" * 10_000, "新" * 9_999, "\x00", "\ud800", "%"]
)
def test_no_query_is_too_odd_for_a_concordance(bank: Bank, query: str) -> None:
    add_report(bank)
    assert concordance(bank, query).lines == ()


def test_a_concordance_as_json_keeps_its_places(bank: Bank) -> None:
    add_report(bank)
    record = concordance_record(concordance(bank, "小康"))
    assert record["language"] == "zh"
    assert record["lines"][0]["zh_spans"] == [[4, 6]]


def test_documents_removed_or_undone_are_found_no_more(bank: Bank) -> None:
    add_report(bank)
    corpus.remove(bank, "report-2024")
    assert concordance(bank, "小康").lines == ()
    undo(bank)
    assert len(concordance(bank, "小康").lines) == 1
    with pytest.raises(NotFoundError, match="no document “x”"):
        corpus.pairs(bank, "x")


def test_a_chinese_document_and_its_versions_are_aligned_and_attributed(
    bank: Bank, root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The compiled dictionary is shared by all tests of one run.
    monkeypatch.setenv("TERMBANK_HOME", str(tmp_path_factory.getbasetemp() / "home"))
    folder = root / "corpus"
    added = corpus.add(bank, [folder / "ai-plus.zh.txt", folder / "ai-plus.news.en.txt"], manifest=None)
    assert added.pairs > 10
    (held,) = corpus.documents(bank)
    assert held.en is not None
    assert held.en.publisher_name == "Sample News Agency"
    line = concordance(bank, "人工智能").lines[0]
    assert (line.publisher, line.date) == ("Sample News Agency", held.en.date)
    text = (folder / "ai-plus.news.en.txt").read_text("utf-8")
    at = text.index("AI+")
    shown = corpus.passage(bank, Attestation(held.en, span=Span(at, at + 3)))
    assert shown is not None
    assert "AI+" in shown
    assert corpus.passage(bank, Attestation(held.en)) is None


def test_documents_of_one_language_are_refused(bank: Bank, root: Path) -> None:
    with pytest.raises(TermbankError, match="0 Chinese and 2 English documents"):
        corpus.add(bank, [root / "corpus/ai-plus.news.en.txt", root / "corpus/ai-plus.official.en.txt"])


def test_a_folder_stands_for_the_documents_of_its_manifest(
    bank: Bank,
    root: Path,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERMBANK_HOME", str(tmp_path_factory.getbasetemp() / "home"))
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("ai-plus.zh", "ai-plus.news.en", "ai-plus.official.en"):
        (folder / f"{name}.txt").write_bytes((root / "corpus" / f"{name}.txt").read_bytes())
    with pytest.raises(TermbankError, match=r"no manifest\.toml"):
        corpus.add(bank, [folder])
    entries = "".join(
        f'[[document]]\nid = "{name}"\nfile = "{name}.txt"\ntitle = "{name}"\n'
        + ("" if name == "ai-plus.zh" else 'version_of = "ai-plus.zh"\n')
        for name in ("ai-plus.zh", "ai-plus.news.en", "ai-plus.official.en")
    )
    (folder / "manifest.toml").write_text(entries, "utf-8")
    assert len(corpus.add(bank, [folder]).documents) == 2
    assert [held.title for held in corpus.documents(bank)] == ["ai-plus.news.en", "ai-plus.official.en"]
    (folder / "manifest.toml").write_text('[[document]]\nversion_of = "x"\n', "utf-8")
    with pytest.raises(TermbankError, match="the manifest cannot be read"):
        corpus.add(bank, [folder])
