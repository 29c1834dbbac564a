"""What the reliability benchmarks do to a bank, through the services alone, and how they judge it afterwards.

A child process takes decisions one after another and writes a line for each one that was acknowledged: its number and the
seal of the history up to it. The seal covers everything decided so far, so that a bank that still has this seal under this
number has lost nothing of it.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from termbank.model.concept import Status
from termbank.model.errors import ConflictError, NotFoundError, TermbankError
from termbank.services import corpus, doctor
from termbank.services.backup import back_up
from termbank.services.bank_setup import Bank, init, open_bank
from termbank.services.concept_edit import set_status
from termbank.services.importing import import_file
from termbank.services.undo import undo

ACTIONS = ("import", "edit", "undo", "corpus", "backup")
PAGES_CHECKED = ("ok", "note")
_SYLLABLES = "发展经济改革开放创新安全能源社会文化教育科技农业环境市场金融贸易法治民生"
_WORDS = "steady growth reform opening innovation security energy social cultural education rural market finance".split()


@dataclass
class Outcome:
    """What was counted; each of `faults` must be 0.

    `beyond_repair` is no fault: the doctor names such a bank, and a repair leaves it as it is and says so.
    """

    runs: int = 0
    acknowledged: int = 0
    beyond_repair: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)

    def count(self, fault: str, example: object = None, times: int = 1) -> None:
        """Count a fault, and keep the first few examples; 0 times names what was looked for."""
        self.faults[fault] = self.faults.get(fault, 0) + times
        if times and example is not None and len(self.examples) < 20:
            self.examples.append(f"{fault}: {example}")


def make_bank(folder: Path, concepts: int, seed: int) -> Path:
    """A bank with imported concepts, edits, an undone decision and a document."""
    path = folder / "sample.bank"
    init(path, empty=True)
    rng = random.Random(seed)
    with open_bank(path) as bank:
        import_file(bank, write_glossary(folder / "first.csv", rng, concepts))
        for _ in range(5):
            act("edit", bank, folder, rng)
        act("corpus", bank, folder, rng)
        act("undo", bank, folder, rng)
        act("corpus", bank, folder, rng)
    return path


def write_glossary(path: Path, rng: random.Random, concepts: int) -> Path:
    """A glossary of invented terms, each with two renderings."""
    rows = ["zh,en,en"]
    rows += (",".join(invent_terms(rng)) for _ in range(concepts))
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def invent_terms(rng: random.Random) -> tuple[str, str, str]:
    """A Chinese term with two renderings."""
    en = " ".join(rng.choices(_WORDS, k=3))
    zh = "".join(rng.choices(_SYLLABLES, k=7))
    return zh, f"{en} {rng.randrange(10**6)}", f"{en} {rng.randrange(10**6)}"


def act(action: str, bank: Bank, folder: Path, rng: random.Random, inputs: Path | None = None) -> int:
    """Take one decision; returns its number, 0 where there was nothing to decide.

    Copies go into `folder`, the files to be read into `inputs`, which is the same by default.
    """
    inputs = inputs or folder
    if action == "import":
        file = write_glossary(inputs / f"import-{os.getpid()}.csv", rng, rng.choice((1, 30, 300)))
        return import_file(bank, file).decision
    if action == "corpus":
        return corpus.add(bank, [_write_pairs(inputs / f"pairs-{rng.randrange(10**9)}.tsv", rng)]).decision
    if action == "undo":
        return undo(bank).number
    if action == "backup":
        back_up(bank, f"{folder}/copies/", keep=3)
        return 0
    concepts = bank.glossary().concepts
    if not concepts:  # all imports are undone
        return 0
    concept = rng.choice(concepts)
    term = rng.choice(concept.english)
    status = rng.choice([one for one in (Status.ADMITTED, Status.DEPRECATED) if one is not term.status])
    return set_status(bank, concept.id, term.text, status).number


def _write_pairs(path: Path, rng: random.Random) -> Path:
    lines = [
        f"{''.join(rng.choices(_SYLLABLES, k=20))}\t{' '.join(rng.choices(_WORDS, k=12))}" for _ in range(60)
    ]
    path.write_text("zh\ten\n" + "\n".join(lines) + "\n", "utf-8")
    return path


def take_decisions(
    path: Path, acknowledge: Callable[[str], None], rng: random.Random, actions: Sequence[str] = ACTIONS
) -> None:
    """Take decisions for ever, and acknowledge each."""
    with open_bank(path) as bank:
        while True:
            take_one(bank, path.parent, acknowledge, rng, rng.choice(actions))


def take_one(
    bank: Bank,
    folder: Path,
    acknowledge: Callable[[str], None],
    rng: random.Random,
    action: str,
    inputs: Path | None = None,
) -> None:
    """Take one decision and acknowledge it."""
    try:
        number = act(action, bank, folder, rng, inputs)
    except (ConflictError, NotFoundError):  # nothing to undo, or changed again since
        return
    if number:
        acknowledge(json.dumps([number, bank.seal(number), action]) + "\n")


def judge(path: Path, acknowledgements: Iterable[str], outcome: Outcome) -> int:
    """Count what a bank lost of what was acknowledged, and whether it is whole; returns its last decision."""
    outcome.count("acknowledged decisions lost", times=0)
    outcome.count("half decisions", times=0)
    try:
        with open_bank(path) as bank:
            for line in acknowledgements:
                if not line.endswith("\n"):  # the line itself was cut off by the kill
                    continue
                number, seal, action = json.loads(line)
                outcome.acknowledged += 1
                if bank.seal(number) != seal:
                    outcome.count("acknowledged decisions lost", f"{action}, decision {number}")
            latest = bank.latest
    except TermbankError as error:
        outcome.count("half decisions", f"the bank cannot be opened: {error}")
        return 0
    for remark in doctor.examine(path):
        if remark.state not in PAGES_CHECKED:
            outcome.count("half decisions", f"{remark.name}: {remark.message}")
    return latest


def judge_copies(folder: Path, outcome: Outcome) -> None:
    """Count copies that have their name and are not sound."""
    outcome.count("half copies", times=0)
    for copy in folder.glob("bank-*.sqlite"):
        for remark in doctor.examine(copy):
            if remark.state not in PAGES_CHECKED:
                outcome.count("half copies", f"{remark.name}: {remark.message}")
