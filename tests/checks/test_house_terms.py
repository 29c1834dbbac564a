"""A glossary that a person names binds strictly; its own forms, pronouns and repetitions are left alone."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from termbank.model.concept import Concept, Status, Term
from termbank.model.errors import TermbankError
from termbank.model.finding import Finding
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.segment import SegmentPair
from termbank.services.api import check, read_glossary
from termbank.services.check import check_pairs
from termbank.services.house_terms import read_house_glossary
from termbank.services.lexicon_cache import lexicon

ROWS = list(
    csv.DictReader(
        Path(__file__).with_name("house_terms.tsv").read_text("utf-8").splitlines(), delimiter="\t"
    )
)


def house(*terms: tuple[str, str, Status]) -> Glossary:
    found: dict[str, list[Term]] = {}
    for zh, en, status in terms:
        found.setdefault(zh, [Term(zh, Language.ZH_HANS, Status.PREFERRED)]).append(
            Term(en, Language.EN, status)
        )
    return Glossary.of(Concept(f"c-{zh}", tuple(some)) for zh, some in found.items())


HOUSE = house(*((row["term"], row["preferred"], Status.PREFERRED) for row in ROWS))


def findings(
    pairs: Sequence[tuple[str, str]], glossary: Glossary = HOUSE, added: Sequence[str] = ()
) -> list[Finding]:
    segments = [SegmentPair(zh, en, en_line=n, en_file="t") for n, (zh, en) in enumerate(pairs, 1)]
    return list(check_pairs(segments, glossary, lexicon=lexicon(), house_terms=glossary.by_id, added=added))


@pytest.mark.parametrize("row", ROWS, ids=[row["term"] for row in ROWS])
def test_a_near_synonym_is_reported_and_the_term_in_its_forms_is_not(row: dict[str, str]) -> None:
    assert findings([(row["zh"], row["sound"])]) == []
    found = findings([(row["zh"], row["faulty"])])
    assert [f.concept for f in found] == [f"c-{row['term']}"]
    assert row["preferred"] in found[0].message


def test_the_same_words_bind_less_where_nobody_named_the_glossary() -> None:
    pair = SegmentPair("坚持数字经济发展。", "Persist in developing the digitalized economy.")
    assert list(check_pairs([pair], HOUSE, lexicon=lexicon())) == []
    assert [f.code for f in findings([(pair.zh, pair.en)])] != []


def test_a_term_that_one_of_the_two_sentences_before_renders_may_be_taken_up() -> None:
    first = ("数字经济快速发展。", "The digital economy is growing fast.")
    between = ("各地积极响应。", "All regions responded.")
    later = ("数字经济潜力巨大。", "The potential is great.")
    assert findings([first, between, later]) == []
    assert [f.line for f in findings([first, between, between, later])] == [4]


def test_a_pronoun_takes_up_a_term_that_the_document_has() -> None:
    first = ("数字经济快速发展。", "The digital economy is growing fast.")
    between = ("各地积极响应。", "All regions responded.")
    assert findings([first, between, between, ("数字经济潜力巨大。", "Its potential is great.")]) == []


def test_a_proposed_term_binds_nobody() -> None:
    assert (
        findings(
            [("优化算力布局。", "Optimize compute.")], house(("算力", "computing power", Status.PROPOSED))
        )
        == []
    )


def test_strict_reports_what_is_only_admitted() -> None:
    glossary = house(("算力", "computing power", Status.PREFERRED), ("算力", "compute", Status.ADMITTED))
    pair = ("优化算力布局。", "Optimize the layout of compute.")
    assert findings([pair], glossary) == []
    found = findings([pair], glossary, added=("admitted-rendering",))
    assert [(f.code, f.found, f.suggest) for f in found] == [
        ("admitted-rendering", "compute", ("computing power",))
    ]


def test_a_table_without_statuses_binds_once_its_status_is_given(tmp_path: Path) -> None:
    table = tmp_path / "house.csv"
    table.write_text("中文,英文\n算力,computing power\n", "utf-8")
    glossary, remarks = read_house_glossary([table], None)
    assert findings([("优化算力布局。", "Optimize compute.")], glossary) == []
    assert [str(table) in remark and "--status preferred" in remark for remark in remarks] == [True]
    glossary, remarks = read_house_glossary([table], Status.PREFERRED)
    assert remarks == ()
    assert len(findings([("优化算力布局。", "Optimize compute.")], glossary)) == 1


def test_a_table_with_statuses_keeps_them(tmp_path: Path) -> None:
    table = tmp_path / "house.csv"
    table.write_text("中文,英文,状态\n算力,computing power,admitted\n", "utf-8")
    with pytest.raises(TermbankError, match="gives the statuses of its terms itself"):
        read_house_glossary([table], Status.PREFERRED)


def test_two_tables_with_one_english_term_lose_nothing(tmp_path: Path) -> None:
    for name, zh in (("a.csv", "算力"), ("b.csv", "计算能力")):
        (tmp_path / name).write_text(f"中文,英文,状态\n{zh},computing power,preferred\n", "utf-8")
    glossary, _ = read_house_glossary([tmp_path / "a.csv", tmp_path / "b.csv"], None)
    assert sorted(concept.headword for concept in glossary) == ["算力", "计算能力"]


def test_a_glossary_given_in_python_binds_too(tmp_path: Path) -> None:
    table = tmp_path / "house.csv"
    table.write_text("中文,英文,状态\n绿色发展,green development,preferred\n", "utf-8")
    result = check(["Pursue green growth."], ["坚持绿色发展。"], glossary=read_glossary(table))
    assert [f.concept for f in result.findings] == ["green-development"]
