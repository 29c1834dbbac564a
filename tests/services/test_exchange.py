"""Import and export: one decision, nothing erased, nothing silent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from termbank.files.glossaries import FORMATS
from termbank.model.concept import Status
from termbank.model.errors import TermbankError, UnreadableError
from termbank.services.exporting import export, select_concepts
from termbank.services.importing import import_file
from termbank.store.bank import Bank
from termbank.store.history import decisions, undo

PACK = """schema = 1

[[source]]
id = "list"
title = "A list"
date = "2020"

[[concept]]
id = "new-quality-productive-forces"
subject = "economy"

[[concept.term]]
language = "zh-Hans"
text = "新质生产力"
status = "preferred"

[[concept.term]]
language = "en"
text = "new quality productive forces"
status = "preferred"
attestations = [
  { source = "list", alongside = true },
]

[[concept.term]]
language = "en"
text = "NQPFs"
status = "admitted"
type = "abbreviation"

[[concept]]
id = "opinion"
subject = "law"

[[concept.term]]
language = "zh-Hans"
text = "意见"
status = "preferred"

[[concept.term]]
language = "en"
text = "opinions"
status = "preferred"

[[concept]]
id = "opinion-view"
subject = "general"

[[concept.term]]
language = "zh-Hans"
text = "意见"
status = "preferred"

[[concept.term]]
language = "en"
text = "view"
status = "proposed"
"""


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bank]:
    monkeypatch.setenv("TERMBANK_WHO", "li")
    with Bank.create(tmp_path / "test.bank") as bank:
        (tmp_path / "pack.toml").write_text(PACK, encoding="utf-8")
        import_file(bank, tmp_path / "pack.toml")
        yield bank


def _import(bank: Bank, name: str, text: str, **options: object) -> object:
    path = bank.path.parent / name
    path.write_text(text, encoding="utf-8")
    return import_file(bank, path, **options)  # type: ignore[arg-type]


def test_an_import_is_one_decision_that_can_be_undone(bank: Bank) -> None:
    (decision,) = decisions(bank)
    assert (decision.act, decision.who, decision.why) == ("import", "li", "import pack.toml")
    undo(bank, 1, who="li", when="2026-01-01T00:00:00Z")
    assert len(bank.glossary()) == 0


def test_the_same_file_again_changes_nothing(bank: Bank) -> None:
    outcome = import_file(bank, bank.path.parent / "pack.toml")
    assert (outcome.new, outcome.changed, outcome.unchanged, outcome.decision) == ((), (), 3, 0)
    assert bank.latest == 1


@pytest.mark.parametrize("format", [f for f in FORMATS if not f.write_only], ids=lambda f: f.name)
def test_what_the_bank_gave_out_changes_nothing_when_it_comes_back(bank: Bank, format: object) -> None:
    path = bank.path.parent / f"out{format.suffixes[0]}"  # type: ignore[attr-defined]
    path.write_bytes(export(bank, format).data)  # type: ignore[arg-type]
    outcome = import_file(bank, path)
    assert (outcome.new, outcome.changed, outcome.refused, outcome.decision) == ((), (), 0, 0)


@pytest.mark.parametrize("name", ["toml", "json"])
def test_export_import_export_into_a_fresh_bank_is_the_same_file(
    bank: Bank, tmp_path: Path, name: str
) -> None:
    once = export(bank, name)
    (tmp_path / f"out.{name}").write_bytes(once.data)
    with Bank.create(tmp_path / "fresh.bank") as fresh:
        import_file(fresh, tmp_path / f"out.{name}")
        assert export(fresh, name).data == once.data


def test_a_dry_run_says_everything_and_does_nothing(bank: Bank) -> None:
    outcome = _import(
        bank,
        "more.csv",
        "zh,en\n新質生產力,new productivity\n数字经济,digital economy\n,lost\n",
        dry_run=True,
    )
    assert outcome.new == ("digital-economy",)
    assert outcome.changed == (
        (
            "new-quality-productive-forces",
            ("new term “新質生產力” (proposed)", "new rendering “new productivity” (proposed)"),
        ),
    )
    assert (outcome.refused, outcome.decision) == (1, 0)
    assert bank.latest == 1
    assert len(bank.glossary()) == 3


def test_a_strangers_glossary_joins_by_chinese_term_and_overrules_nothing(bank: Bank) -> None:
    _import(bank, "more.csv", "zh,en,status\n新质生产力,new quality productivity,preferred\n")
    concept = bank.concept("new-quality-productive-forces")
    assert {term.text: term.status for term in concept.english} == {
        "new quality productive forces": Status.PREFERRED,
        "NQPFs": Status.ADMITTED,
        "new quality productivity": Status.ADMITTED,
    }
    assert len(concept.english[0].attestations) == 1


def test_our_own_file_decides_and_erases_nothing(bank: Bank) -> None:
    text = export(bank, "csv").data.decode("utf-8-sig")
    lines = [line for line in text.split("\r\n") if "NQPFs" not in line]
    text = "\r\n".join(lines).replace("productive forces,preferred", "productive forces,deprecated")
    outcome = _import(bank, "edited.csv", text)
    assert outcome.changed == (
        ("new-quality-productive-forces", ("“new quality productive forces”: preferred → deprecated",)),
    )
    concept = bank.concept("new-quality-productive-forces")
    assert {term.text for term in concept.english} == {"new quality productive forces", "NQPFs"}
    assert len(concept.english[-1].attestations) == 1


def test_a_new_preferred_term_of_our_own_file_lowers_the_old_one_and_says_so(bank: Bank) -> None:
    text = PACK.replace("new quality productive forces", "new productive forces")
    outcome = _import(bank, "edited.toml", text)
    assert outcome.changed[0][1] == (
        "new rendering “new productive forces” (preferred)",
        "“new quality productive forces” is admitted, since “new productive forces” is preferred",
    )


def test_homonyms_are_told_apart_by_subject_or_refused(bank: Bank) -> None:
    _import(bank, "law.csv", "zh,en,subject\n意见,advisory opinion,law\n")
    assert "advisory opinion" in [term.text for term in bank.concept("opinion").english]
    _import(bank, "shared.csv", "zh,en\n意见,view; standpoint\n")
    assert "standpoint" in [term.text for term in bank.concept("opinion-view").english]
    outcome = _import(bank, "open.csv", "zh,en\n意见,remarks\n改革,reform\n")
    assert [str(fault).removeprefix(f"{bank.path.parent}/") for fault in outcome.faults] == [
        "open.csv: “意见” names more than one concept in the bank (“opinion”, “opinion-view”). "
        "Give its subject, or the id of one of them."
    ]
    assert outcome.new == ("reform",)
    _import(bank, "new.csv", "zh,en,subject\n意见,criticism,party\n")
    assert bank.concept("criticism").subject == "party"


def test_an_id_that_is_taken_gets_a_number(bank: Bank) -> None:
    assert _import(bank, "a.csv", "zh,en\n主张,opinion\n").new == ("opinion-2",)


def test_attestations_are_added_once(bank: Bank) -> None:
    more = PACK.replace(
        '{ source = "list", alongside = true },',
        '{ source = "list", alongside = true },\n  { source = "list", date = "2021" },',
    )
    for _ in range(2):
        _import(bank, "more.toml", more)
    term = bank.concept("new-quality-productive-forces").english[0]
    assert [attestation.date for attestation in term.attestations] == ["2020", "2021"]
    assert bank.latest == 2


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.csv", "", "the file is empty. Give a glossary with terms in it."),
        ("a.xyz", "x", "the file's name does not tell its format. Give --format: one of toml, json, csv, tsv, xlsx, tbx, tmx."),
        ("a.xlf", "<xliff/>", "this holds translated segments, not terms. Check it with `termbank check`."),
        ("a.pdf", "%PDF-", "this is a document, not a glossary. Find its terms with `termbank scan` or `extract`."),
        ("a.xml", "<article/>", "this XML is neither TBX nor TMX: its outermost element is <article>. Check that it is the right file."),
        ("a.csv", "zh,en\n改革,\n开放,\n", "nothing can be used: all 2 entries have faults. The first: there is no English term beside “改革”."),
        ("a.toml", "schema = 1\n", "nothing can be used: no [[concept]], [[source]] or [[publisher]] in it."),
    ],
)  # fmt: skip
def test_where_nothing_can_be_imported_one_sentence_says_why(
    bank: Bank, name: str, text: str, sentence: str
) -> None:
    with pytest.raises(TermbankError) as raised:
        _import(bank, name, text)
    assert (
        str(raised.value).removeprefix(f"{bank.path.parent}/").removeprefix(name).lstrip(":0123456789 ")
        == sentence
    )
    assert bank.latest == 1


def test_a_mistyped_format_is_guessed_at(bank: Bank) -> None:
    with pytest.raises(TermbankError, match=r"^there is no format “tbxx”\. Did you mean “tbx”\?$"):
        export(bank, "tbxx")


def test_a_format_that_is_only_written_cannot_be_imported(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "words.dict").write_bytes(export(bank, "jieba").data)
    with pytest.raises(TermbankError, match="the format “jieba” can be written but not read") as raised:
        import_file(bank, tmp_path / "words.dict", format="jieba")
    assert str(raised.value).endswith("Use one of: toml, json, csv, tsv, xlsx, tbx, tmx.")


def test_a_new_term_that_is_nearly_a_known_one_is_imported_and_named(bank: Bank) -> None:
    result = _import(
        bank, "near.csv", "zh,en\n新治生产力,new quality productive force\n数字经济,digital economy\n"
    )
    assert len(result.new) == 2
    assert [remark.removeprefix(f"{result.file}: ") for remark in result.remarks] == [
        "“新治生产力” is close to “新质生产力” of new-quality-productive-forces."
    ]


def test_a_new_rendering_that_is_nearly_a_known_one_is_named(bank: Bank) -> None:
    result = _import(bank, "near.csv", "zh,en\n新质生产力,new quality productive force\n")
    assert [remark.removeprefix(f"{result.file}: ") for remark in result.remarks] == [
        "“new quality productive force” is close to “new quality productive forces” of new-quality-productive-forces."
    ]


def test_a_folder_of_packs_is_one_import(bank: Bank, tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    with pytest.raises(UnreadableError, match=r"there is no \.toml pack in this folder"):
        import_file(bank, folder)
    head, _, rest = PACK.partition("[[concept]]")
    (folder / "a.toml").write_text(head, encoding="utf-8")
    (folder / "b.toml").write_text(f"schema = 1\n[[concept]]{rest}", encoding="utf-8")
    assert import_file(bank, folder).unchanged == 3


def test_an_export_is_filtered_and_says_what_is_lost(bank: Bank) -> None:
    made = export(bank, "tbx", subjects=["economy"])
    assert (made.concepts, made.losses) == (1, ("attestations (of 1 concept)",))
    proposed = select_concepts(bank.glossary(), statuses=[Status.PROPOSED])
    assert [[term.text for term in concept.terms] for concept in proposed] == [["意见", "view"]]
    with pytest.raises(TermbankError) as raised:
        export(bank, "csv", subjects=["sport"])
    assert str(raised.value) == "no concept in the bank fits. The subjects are: economy, general, law."


def test_merging_keeps_what_a_lossy_format_cannot_say(bank: Bank) -> None:
    before = bank.concept("new-quality-productive-forces")
    path = bank.path.parent / "out.tmx"
    written = export(bank, "tmx").data.decode()
    path.write_text(written.replace("<seg>opinions<", "<seg>guidelines<"), "utf-8")
    outcome = import_file(bank, path)
    assert [id for id, _ in outcome.changed] == ["opinion"]
    assert bank.concept("new-quality-productive-forces") == before
    assert outcome.decision == 2


POINTING = """schema = 2
pack = "pointing"

[[concept]]
id = "view"
relations = [
  { type = "related", concept = "opinion" },
  { type = "related", concept = "nowhere" },
]

[[concept.term]]
language = "zh-Hans"
text = "看法"
status = "preferred"
"""


def test_a_single_pack_may_name_what_is_nowhere_and_says_so(bank: Bank) -> None:
    outcome = _import(bank, "pointing.toml", POINTING)
    assert outcome.new == ("view",)  # type: ignore[attr-defined]
    assert [one.concept for one in bank.concept("view").relations] == ["opinion"]
    assert any("1 reference was left out" in remark for remark in outcome.remarks)  # type: ignore[attr-defined]
    origin = bank.body("origin", "view")
    assert origin is not None
    assert origin["pack"] == "pointing"


def test_a_dry_run_of_a_pack_that_the_bank_would_merge_writes_nothing(bank: Bank, tmp_path: Path) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text(
        'schema = 2\npack = "own"\n\n[[concept]]\nid = "new-quality-productive-forces"\n\n'
        '[[concept.term]]\nlanguage = "zh-Hans"\ntext = "新质生产力"\n\n'
        '[[concept.term]]\nlanguage = "en"\ntext = "forces of a new quality"\n',
        encoding="utf-8",
    )
    before = bank.seal()
    outcome = import_file(bank, pack, dry_run=True)
    assert ([id for id, _ in outcome.changed], outcome.decision) == (["new-quality-productive-forces"], 0)
    assert bank.seal() == before
