"""The rules on glossaries run on packs, other files and banks, and say where each fault is."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.model.errors import TermbankError
from termbank.services.bank_setup import Bank
from termbank.services.glossary_checks import check_glossaries


def codes(*paths: Path) -> list[tuple[str, str]]:
    return [(one.code, one.concept) for one in check_glossaries(paths)]


def test_packs_are_read_together_and_places_are_named(shipped: Path) -> None:
    (one,) = check_glossaries([shipped])
    assert (one.code, one.concept) == ("preferred-without-evidence", "xiaokang")
    assert one.file == str(shipped / "economy.toml")
    assert (shipped / "economy.toml").read_text("utf-8").splitlines()[(one.line or 0) - 1] == "[[concept]]"
    assert codes() == codes(shipped) == codes(*sorted(shipped.glob("*.toml")))


def test_a_bank_is_checked_as_its_packs_are(bank: Bank, shipped: Path) -> None:
    (one,) = check_glossaries([bank.path])
    assert (one.code, one.concept, one.file) == ("preferred-without-evidence", "xiaokang", str(bank.path))


def test_references_of_packs_that_lead_nowhere_have_their_code(shipped: Path) -> None:
    pack = shipped / "economy.toml"
    text = pack.read_text("utf-8")
    relation = 'relations = [{ type = "related", concept = "nowhere" }]\n'
    pack.write_text(text.replace('subject = "economy"\n', 'subject = "economy"\n' + relation), "utf-8")
    assert ("dangling-relation", "new-quality-productive-forces") in codes(shipped)


def test_an_entry_that_cannot_be_read_is_a_finding(shipped: Path) -> None:
    pack = shipped / "economy.toml"
    pack.write_text(pack.read_text("utf-8").replace('"preferred"', '"royal"', 1), "utf-8")
    assert "unreadable-entry" in [code for code, _ in codes(shipped)]


def test_a_plain_list_is_not_blamed_for_lacking_evidence(tmp_path: Path) -> None:
    table = tmp_path / "terms.csv"
    table.write_text("zh,en\n新质生产力,the new forces\n", "utf-8")
    assert [code for code, _ in codes(table)] == ["english-article"]


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    for name in ("none.toml", "none.csv", "none"):
        with pytest.raises(TermbankError):
            check_glossaries([tmp_path / name])
