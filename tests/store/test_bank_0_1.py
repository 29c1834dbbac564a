"""A bank written by termbank 0.1 is migrated, and holds the same things, history, queue and documents.

Its rows and seals stay as they were written; the migration is one decision more.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from termbank.model.errors import BankError, ConflictError
from termbank.review import Standing
from termbank.services import corpus
from termbank.services.doctor import ERROR, examine
from termbank.services.history import blame
from termbank.services.queue import candidates
from termbank.store import migrations
from termbank.store.bank import Bank
from termbank.store.canonical_json import KINDS, canonical
from termbank.store.documents import document_hashes, document_text
from termbank.store.history import broken_seal, change_rows, decision_numbered, decisions, replay, undo
from termbank.store.rows import record_of

FOLDER = Path(__file__).parent / "bank_0_1"
OLD_KINDS = KINDS[:5]
EXPECTED: dict[str, Any] = json.loads((FOLDER / "bank-0.1.expected.json").read_text("utf-8"))


def _old_bank(folder: Path) -> Path:
    path = folder / "old.bank"
    path.write_bytes(gzip.decompress((FOLDER / "bank-0.1.sqlite.gz").read_bytes()))
    return path


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    folder = tmp_path_factory.mktemp("bank-0.1")
    path = _old_bank(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERMBANK_HOME", str(folder / "home"))
        with Bank.open(path) as opened:
            yield opened


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_its_things_are_the_same(bank: Bank) -> None:
    held = bank.things()
    assert {key: row.body for key, row in held.items()} == {
        (kind, id): canonical(body) for kind in OLD_KINDS for id, body in EXPECTED["things"][kind].items()
    }
    assert {row.schema for row in held.values()} == {1}
    assert [id for kind in OLD_KINDS for id, _ in bank.bodies(kind)] == [
        id for kind in OLD_KINDS for id in sorted(EXPECTED["things"][kind])
    ]
    assert bank.damaged == {}


def test_its_decisions_and_seals_are_the_same(bank: Bank) -> None:
    assert bank.seal(EXPECTED["latest"]) == EXPECTED["seal"]
    assert broken_seal(bank) is None
    *old, migration = decisions(bank)
    assert (migration.number, migration.act, migration.who) == (EXPECTED["latest"] + 1, "migrate", "termbank")
    assert [decision.number for decision in old] == [d["number"] for d in EXPECTED["decisions"]]
    for expected in EXPECTED["decisions"]:
        decision = decision_numbered(bank, expected["number"])
        assert (decision.act, decision.who, decision.when, decision.why, decision.undoes) == tuple(
            expected[key] for key in ("act", "who", "at", "why", "undoes")
        )
        assert bank.seal(decision.number) == expected["seal"]
        assert [
            [row.kind, row.id, None if row.body is None else _digest(row.body)]
            for row in change_rows(bank, expected["number"])
        ] == expected["changes"]


def test_its_history_replays_to_the_same_bytes_after_each_decision(bank: Bank) -> None:
    for expected in EXPECTED["decisions"]:
        things = replay(bank, expected["number"])
        whole = "".join(f"{kind}\0{id}\0{row.body}\n" for (kind, id), row in sorted(things.items()))
        counts = {kind: sum(1 for each, _ in things if each == kind) for kind in OLD_KINDS}
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
            assert _digest(document_text(bank, body, side)) == expected[side]["sha256"]
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


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _old_bank(tmp_path)
    before = path.read_bytes()

    def fail(_connection: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    *older, last = migrations.MIGRATIONS
    monkeypatch.setattr(migrations, "MIGRATIONS", (*older, replace(last, fill=fail)))
    with pytest.raises(BankError):
        Bank.open(path)
    assert path.read_bytes() == before
    monkeypatch.undo()
    with Bank.open(path) as bank:
        assert bank.latest == EXPECTED["latest"] + 1


def test_decisions_of_0_1_can_still_be_undone(tmp_path: Path) -> None:
    undone = refused = 0
    with Bank.open(_old_bank(tmp_path)) as bank:
        for expected in reversed(EXPECTED["decisions"]):
            before = replay(bank, expected["number"] - 1)
            try:
                taken = undo(bank, expected["number"], who="lin", when="2026-12-01T08:00:00Z")
            except ConflictError:
                refused += 1
                continue
            undone += 1
            for change in taken.changes:
                row = before.get((change.kind, change.id))
                assert change.body == (None if row is None else record_of(change.kind, row))
        assert replay(bank) == bank.things()
    assert undone > refused


def test_a_document_of_0_1_is_known_by_its_texts(tmp_path: Path) -> None:
    with Bank.open(_old_bank(tmp_path)) as bank:
        for id in EXPECTED["documents"]:
            body = bank.body("document", id)
            assert body is not None
            assert document_hashes(body) == (
                EXPECTED["documents"][id]["zh"]["sha256"],
                EXPECTED["documents"][id]["en"]["sha256"],
            )
