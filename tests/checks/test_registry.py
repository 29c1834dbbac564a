"""Every check is registered, has its page, finds its faulty examples and leaves its sound ones alone."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import termbank.checks
from termbank.checks import CHECKS, Check, find_check, load_check
from termbank.checks.example_glossary import GLOSSARY, Example
from termbank.lexicon.dictionary import Lexicon
from termbank.model.errors import TermbankError
from termbank.model.finding import Finding
from termbank.model.segment import SegmentPair
from termbank.services.check import check_pairs
from termbank.services.lexicon_cache import lexicon

SUPPORT = {"__init__"}
IDS = [check.code for check in CHECKS]


@pytest.fixture(scope="session")
def words() -> Lexicon:
    return lexicon()


def tried(check: Check, example: Example, words: Lexicon) -> list[Finding]:
    pair = SegmentPair(example.zh, example.en, "a.zh", "a.en")
    found = check_pairs(
        [pair], GLOSSARY, lexicon=words, alone=not example.zh, date=example.date, only=(check.code,)
    )
    return [finding for finding in found if finding.code == check.code]


def test_every_module_on_the_shelf_is_registered() -> None:
    folder = Path(termbank.checks.__file__).parent / "rules"
    modules = {path.stem for path in folder.glob("*.py")} - SUPPORT
    assert modules == {check.code.replace("-", "_") for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_a_check_is_named_as_it_is_registered_and_has_its_page(check: Check) -> None:
    module = import_module(check.module)
    assert load_check(check).CODE == check.code
    for part in (
        "**What it finds.**",
        "**Why it matters.**",
        "**Spared.**",
        "**Example.**",
        "**Use instead.**",
    ):
        assert part in (module.__doc__ or ""), part


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_a_check_finds_its_faulty_examples(check: Check, words: Lexicon) -> None:
    for example in import_module(check.module).FAULTY:
        assert tried(check, example, words), example


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_a_check_leaves_its_sound_examples_alone(check: Check, words: Lexicon) -> None:
    for example in import_module(check.module).SOUND:
        assert not tried(check, example, words), example


@pytest.mark.parametrize("check", CHECKS, ids=IDS)
def test_a_finding_says_what_where_and_what_to_write(check: Check, words: Lexicon) -> None:
    for example in import_module(check.module).FAULTY:
        for finding in tried(check, example, words):
            assert finding.message
            assert finding.fingerprint
            assert finding.span is not None
            assert finding.span.end <= max(len(example.en), len(example.zh))
            if finding.found and finding.file == "a.en":
                assert finding.span.of(example.en) == finding.found


def test_a_misspelt_check_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(TermbankError, match="Did you mean “number-mismatch”"):
        find_check("number-missmatch")
