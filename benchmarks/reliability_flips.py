"""Bits flipped at random in the file of a bank: is what leaves the bank right or refused, and does the doctor see it?

A flip changes the content where what SQL reads from any table differs, or cannot be read. Such a flip must be found by the
doctor, and an export must be as before, or say what it left out, or be refused. After a repair the doctor finds nothing
but notes, and a second repair changes nothing.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reliability_work import Outcome, make_bank
from termbank.model.errors import TermbankError
from termbank.services import doctor
from termbank.services.bank_setup import open_bank
from termbank.services.exporting import export
from termbank.services.repair import repair

REGIONS = ("concept bodies", "change bodies", "indexes", "texts", "pages")
_TEXT_TABLES = ("text_part", "alignment", "pair")
_Remarks = set[tuple[str, str, str]]


def flips(folder: Path, count: int, seed: int, regions: tuple[str, ...] = REGIONS) -> dict[str, Outcome]:
    """Flip one bit in a copy of a bank, `count` times in each region."""
    path = make_bank(folder, 60, seed)
    with open_bank(path) as bank:
        sound = export(bank, "json").data
        export(bank, "toml")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    places = bytes_of_regions(path)
    content, remarks = read_everything(path), examine(path)
    outcomes = {}
    for region in regions:
        rng = random.Random(f"{seed} {region}")
        outcomes[region] = outcome = Outcome()
        for _ in range(count):
            place, bit = rng.choice(places[region]), rng.randrange(8)
            copy = Path(shutil.copy(path, folder / "flipped.bank"))
            flip(copy, place, bit)
            _judge(copy, f"byte {place}, bit {bit}", sound, content, remarks, outcome)
            for left in folder.glob("flipped*"):
                left.unlink()
    return outcomes


def flip(path: Path, place: int, bit: int) -> None:
    """Change one bit of a file."""
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ 1 << bit]))


def _judge(
    path: Path, place: str, sound: bytes, content: object, remarks: _Remarks, outcome: Outcome
) -> None:
    for name in (
        "content-changing flips exported silently",
        "content-changing flips not found by the doctor",
        "errors that are no sentence",
        "repairs that leave an error",
        "repairs that lose what was sound",
        "second repairs that change the bank",
    ):
        outcome.count(name, times=0)
    outcome.runs += 1
    changes = read_everything(path) != content
    outcome.acknowledged += changes
    try:
        if _exports_silently(path, sound):
            outcome.count("content-changing flips exported silently", place)
        if examine(path) == remarks and changes:
            outcome.count("content-changing flips not found by the doctor", place)
        if changes:
            _judge_repair(path, place, sound, outcome)
    except Exception as error:
        outcome.count("errors that are no sentence", f"{place}: {type(error).__name__}: {error}")


def _judge_repair(path: Path, place: str, sound: bytes, outcome: Outcome) -> None:
    try:
        repair(path)
    except (
        TermbankError
    ) as error:  # where the list of tables cannot be read, nor the statements written again
        outcome.beyond_repair += 1
        outcome.examples.append(f"beyond repair, {place}: {error}")
        return
    for remark in doctor.examine(path):
        if remark.state == "error":
            outcome.count("repairs that leave an error", f"{place}: {remark.name}: {remark.message}")
    with open_bank(path) as bank:
        again = export(bank, "json").data
        before = bank.seal()
    if again != sound:
        outcome.count("repairs that lose what was sound", f"{place}: {_first_difference(sound, again)}")
    repair(path)
    with open_bank(path) as bank:
        if bank.seal() != before:
            outcome.count("second repairs that change the bank", place)


def _first_difference(sound: bytes, again: bytes) -> str:
    place = next((at for at, pair in enumerate(zip(sound, again, strict=False)) if pair[0] != pair[1]), 0)
    return f"{sound[place - 20 : place + 30]!r} is {again[place - 20 : place + 30]!r}"


def _exports_silently(path: Path, sound: bytes) -> bool:
    """Whether an export differs from the sound one without a word."""
    try:
        with open_bank(path) as bank:
            made = export(bank, "json")
            return made.data != sound and not bank.damaged
    except TermbankError:
        return False


def examine(path: Path) -> _Remarks:
    """What the doctor says besides sizes."""
    found = doctor.examine(path)
    return {(one.name, one.state, one.message.replace(str(path), "")) for one in found if one.state != "ok"}


def read_everything(path: Path) -> object:
    """Every row of every table as bytes, but when a migration was taken; the error where SQLite cannot read it."""
    connection = sqlite3.connect(path)
    connection.text_factory = bytes
    try:
        tables = [
            name.decode()
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        whole: dict[str, object] = {
            table: sorted(map(repr, connection.execute(f'SELECT * FROM "{table}" NOT INDEXED')))
            for table in tables
            if table != "migration"
        }
        for table, key in (("thing", "kind, id"), ("change", "kind, id, decision")):  # what indexes hold
            whole[f"index of {table}"] = connection.execute(
                f"SELECT {key} FROM {table} ORDER BY {key}"
            ).fetchall()
        return whole
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)
    finally:
        connection.close()


# -- where the regions are ---------------------------------------------------------------------


def bytes_of_regions(path: Path) -> dict[str, list[int]]:
    """The places of the bytes of each region in the file, found through the pages of each table and index."""
    data = path.read_bytes()
    connection = sqlite3.connect(path)
    try:
        pages = connection.execute("SELECT name, pgoffset, pgsize FROM dbstat").fetchall()
        indexes = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        }
        of_table = {
            table: [(start, start + size) for name, start, size in pages if name == table]
            for table in ("thing", "change")
        }
        bodies = {
            table: [
                place
                for (body,) in connection.execute(f"SELECT body FROM {table} WHERE kind = 'concept'")
                if body
                for place in _places(data, body.encode(), of_table[table])
            ]
            for table in of_table
        }
        return {
            "concept bodies": bodies["thing"],
            "change bodies": bodies["change"],
            "indexes": [
                place for n, start, size in pages if n in indexes for place in range(start, start + size)
            ],
            "texts": [
                place for n, start, size in pages if n in _TEXT_TABLES for place in range(start, start + size)
            ],
            "pages": list(range(len(data))),
        }
    finally:
        connection.close()


def _places(data: bytes, body: bytes, pages: list[tuple[int, int]]) -> Iterator[int]:
    """The bytes of a body within the pages of its table; none where it is broken over several."""
    for start, end in pages:
        found = data.find(body, start, end)
        if found >= 0:
            yield from range(found, found + len(body))
            return
