"""The public functions: what they accept, what they give back, and that importing modules does not hide them."""

from __future__ import annotations

import json
import pkgutil
import sqlite3
from importlib import import_module
from pathlib import Path

import pytest

import termbank
from termbank.model.concept import Concept, Status, Term
from termbank.model.language import Language

ZH = "我们要发展新质生产力。\n2025年，粮食产量增长3%。"
EN = "We will develop new productive forces.\nIn 2025, grain output grew by 5%."


@pytest.fixture(scope="module")
def glossary() -> termbank.Glossary:
    terms = (
        Term("新质生产力", Language.ZH_HANS, Status.PREFERRED),
        Term("new quality productive forces", Language.EN, Status.PREFERRED),
        Term("new productive forces", Language.EN, Status.DEPRECATED),
    )
    return termbank.Glossary.of([Concept("new-quality-productive-forces", terms)])


def test_every_public_name_is_listed_and_loads() -> None:
    assert set(termbank.__all__) == set(dir(termbank)) - {"__version__"}
    for name in termbank.__all__:
        assert getattr(termbank, name) is getattr(termbank, name)
    with pytest.raises(AttributeError, match="nothing"):
        _ = termbank.nothing  # type: ignore[attr-defined]


def test_functions_work_twice_after_every_submodule_is_imported(glossary: termbank.Glossary) -> None:
    for module in pkgutil.walk_packages(termbank.__path__, "termbank."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for _ in range(2):
        assert [bead["zh_segments"] for bead in termbank.align(ZH, EN).to_dicts()] == [[0], [1]]
        found = termbank.extract(ZH, EN, terms=["新质生产力"])
        assert found.candidates[0].renderings[0].text == "new productive forces"
        assert {f.code for f in termbank.check(EN, ZH, glossary=glossary)} == {
            "deprecated-rendering",
            "number-mismatch",
        }
        assert [c.concept for c in termbank.survey([EN], glossary=glossary)] == [
            "new-quality-productive-forces"
        ]


def test_texts_may_be_strings_lists_paths_or_documents(tmp_path: Path) -> None:
    zh, en = tmp_path / "a.txt", tmp_path / "b.txt"
    zh.write_text(ZH, "utf-8")
    en.write_text(EN, "utf-8")
    expected = list(termbank.align(ZH, EN))
    assert list(termbank.align(zh, en)) == expected
    assert list(termbank.align(ZH.split("\n"), EN.split("\n"))) == expected
    assert list(termbank.align(termbank.Document("zh", ZH), EN)) == expected


def test_a_file_name_given_as_a_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ZH, "utf-8")
    with pytest.raises(termbank.TermbankError, match="is the name of a file"):
        termbank.align(str(path), EN)


def test_a_sentence_of_two_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="one line"):
        termbank.align(["一。\n二。"], ["One. Two."])


def test_results_print_briefly_and_show_as_a_table(glossary: termbank.Glossary) -> None:
    result = termbank.check("We will develop <b>new productive forces</b>.", glossary=glossary)
    assert repr(result) == "<CheckResult: 1 finding in 1 segment>"
    table = result._repr_html_()
    assert table.startswith("<table><caption>1 finding in 1 segment</caption>")
    assert "<b>" not in table
    assert "&lt;b&gt;" in table
    assert repr(termbank.align(ZH, EN)) == "<AlignmentResult: 2 beads, 2 Chinese and 2 English segments>"


def test_records_are_plain_json_values(glossary: termbank.Glossary) -> None:
    results = [
        termbank.align(ZH, EN),
        termbank.extract(ZH, EN),
        termbank.check(EN, ZH, glossary=glossary),
        termbank.survey({"one": EN, "two": EN}, zh=ZH, glossary=glossary),
    ]
    for result in results:
        records = result.to_dicts()
        assert records
        assert json.loads(json.dumps(records)) == records


def test_a_bank_is_opened_looked_up_and_closed(tmp_path: Path) -> None:
    with termbank.open(tmp_path / "my.bank") as bank:
        assert len(bank) == len(bank.glossary)
        assert bank.lookup("xinzhishengchanli").hits[0].concept.id == "new-quality-productive-forces"
        rows = bank.variants("新质生产力").to_dicts()
        assert rows[0]["rendering"] == "new quality productive forces"
        assert rows[0]["publishers"]
        found = termbank.check("intelligent bodies", "智能体", glossary=bank)
        assert [finding.code for finding in found] == ["deprecated-rendering"]


def test_a_glossary_may_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "house.csv"
    path.write_text("中文,英文,状态\n碳达峰,carbon peaking,preferred\n", "utf-8")
    assert len(termbank.read_glossary(path)) == 1
    assert len(termbank.survey(["China's carbon peaking plan"], glossary=path)) == 1


def test_a_damaged_record_of_a_bank_is_left_out_with_a_warning(tmp_path: Path) -> None:
    from termbank.services.bank_setup import create
    from termbank.services.importing import import_file

    create(tmp_path / "own.bank", filled=False)
    (tmp_path / "terms.csv").write_text("zh,en\n新质生产力,new forces\n小康社会,well-off society\n", "utf-8")
    with termbank.open(tmp_path / "own.bank") as bank:
        import_file(bank.bank, tmp_path / "terms.csv")
        connection = sqlite3.connect(tmp_path / "own.bank")
        connection.execute("UPDATE thing SET body = replace(body, 'well-off', 'x') WHERE kind = 'concept'")
        connection.commit()
        connection.close()
        bank.bank._glossary = None
        with pytest.warns(UserWarning, match="well-off-society"):
            assert [concept.headword for concept in bank.glossary] == ["新质生产力"]
