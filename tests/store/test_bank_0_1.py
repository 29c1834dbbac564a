"""A bank written by termbank 0.1 opens, and holds the same things, history, queue and documents."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from termbank.review import Standing
from termbank.services import corpus
from termbank.services.doctor import ERROR, examine
from termbank.services.history import blame
from termbank.services.queue import candidates
from termbank.store.bank import Bank
from termbank.store.canonical_json import KINDS, canonical
from termbank.store.history import broken_seal, decision_numbered, decisions, replay

FOLDER = Path(__file__).parent / "bank_0_1"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "bank-0.1.expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    folder = tmp_path_factory.mktemp("bank-0.1")
    path = folder / "old.bank"
    path.write_bytes(gzip.decompress((FOLDER / "bank-0.1.sqlite.gz").read_bytes()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERMBANK_HOME", str(folder / "home"))
        with Bank.open(path) as opened:
            yield opened


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_its_things_are_the_same(bank: Bank) -> None:
    for kind in KINDS:
        held = dict(bank.bodies(kind))
        expected = EXPECTED["things"][kind]
        assert {id: canonical(body) for id, body in held.items()} == {
            id: canonical(body) for id, body in expected.items()
        }, kind
    assert {row for (row,) in bank.rows("SELECT DISTINCT kind FROM thing")} == set(KINDS)


def test_its_decisions_and_seals_are_the_same(bank: Bank) -> None:
    assert (bank.latest, bank.seal()) == (EXPECTED["latest"], EXPECTED["seal"])
    assert broken_seal(bank) is None
    assert [decision.number for decision in decisions(bank)] == [d["number"] for d in EXPECTED["decisions"]]
    for expected in EXPECTED["decisions"]:
        decision = decision_numbered(bank, expected["number"])
        assert (decision.act, decision.who, decision.when, decision.why, decision.undoes) == tuple(
            expected[key] for key in ("act", "who", "at", "why", "undoes")
        )
        assert bank.seal(decision.number) == expected["seal"]
        assert [
            [change.kind, change.id, None if change.body is None else _digest(canonical(change.body))]
            for change in decision.changes
        ] == expected["changes"]


def test_its_history_replays_to_the_same_bytes_after_each_decision(bank: Bank) -> None:
    for expected in EXPECTED["decisions"]:
        things = replay(bank, expected["number"])
        whole = "".join(f"{kind}\0{id}\0{body}\n" for (kind, id), body in sorted(things.items()))
        counts = {kind: sum(1 for each, _ in things if each == kind) for kind in KINDS}
        assert counts | {"sha256": _digest(whole)} == expected["after"], expected["number"]
    assert replay(bank) == bank.things()


def test_its_queue_is_in_the_same_order(bank: Bank) -> None:
    for standing in Standing:
        found = {candidate.id: candidate.zh for candidate in candidates(bank, standing)}
        assert list(found.items()) == list(EXPECTED["queue"][standing.value].items()), standing


def test_its_documents_have_the_same_texts_and_pairs(bank: Bank) -> None:
    for id, expected in EXPECTED["documents"].items():
        body = bank.body("document", id)
        assert body is not None
        assert (body["title"], len(body["pairs"])) == (expected["title"], expected["pairs"])
        for side in ("zh", "en"):
            assert _digest(body[side]["text"]) == expected[side]["sha256"]
            assert body[side].get("source") == expected[side]["source"]
        pairs = "".join(f"{zh}\t{en}\n" for zh, en in corpus.pairs(bank, id))
        assert _digest(pairs) == expected["pairs sha256"]
    assert {document.id for document in corpus.documents(bank)} == set(EXPECTED["documents"])


def test_every_term_was_brought_and_changed_by_the_same_decisions(bank: Bank) -> None:
    for id, expected in EXPECTED["terms"].items():
        assert [
            [term.language, term.text, term.first.number, term.last.number] for term in blame(bank, id)
        ] == expected


def test_doctor_finds_no_error_in_it(bank: Bank) -> None:
    assert [remark for remark in examine(bank.path) if remark.state == ERROR] == []
