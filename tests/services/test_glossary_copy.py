"""The copy of a glossary: as the bank has it now, and nothing else is made of a file of the cache."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from termbank.model.concept import Concept, Term
from termbank.model.decision import Change
from termbank.model.language import Language
from termbank.model.records.concept_records import concept_record
from termbank.services import settings
from termbank.services.bank_setup import open_bank
from termbank.services.copy_folder import CopyFolder, mark_of
from termbank.services.glossary_copy import glossary_of
from termbank.store.bank import Bank

NEW = Concept("new-one", (Term("新的", Language.ZH_HANS), Term("new one", Language.EN)))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TERMBANK_HOME", str(tmp_path))
    return tmp_path / "cache/glossary"


def test_a_copy_is_what_the_bank_holds(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_bank() as bank:
        expected = bank.glossary()
        assert glossary_of(bank) == expected
    assert len(list(home.iterdir())) == 1
    monkeypatch.setattr(Bank, "glossary", None)  # the bank is not read again
    with open_bank() as bank:
        assert glossary_of(bank) == expected


def test_a_changed_bank_has_another_copy(home: Path) -> None:
    with open_bank() as bank:
        glossary_of(bank)
        bank.decide(settings.decision("add"), lambda: [Change("concept", NEW.id, concept_record(NEW))])
        assert "new-one" in glossary_of(bank).by_id
    assert len(list(home.iterdir())) == 2


class Command:
    """What a hostile copy would run."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch made-by-a-copy",)


@pytest.mark.parametrize("data", [b"", b"no copy", pickle.dumps(Command()), pickle.dumps([1])])
def test_a_copy_that_is_none_is_made_again(home: Path, data: bytes) -> None:
    with open_bank() as bank:
        expected = bank.glossary()
        CopyFolder(settings.cache_folder() / "glossary", ".glossary", 4, lambda: mark_of("model")).write(
            bank.seal(), data
        )
        assert glossary_of(bank) == expected
    assert not Path("made-by-a-copy").exists()


def test_a_damaged_bank_leaves_no_copy(home: Path) -> None:
    with open_bank() as bank:
        bank.damaged["concept", "x"] = "its digest does not fit"
        glossary_of(bank)
    assert not home.exists()
