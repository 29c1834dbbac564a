"""Concepts into the bank from a file.

An import is one decision, or none: what a file brings is joined to what the bank knows, by id
where the file is one of ours, otherwise by Chinese term. Nothing in the bank is erased by a file:
terms and attestations are added; where both speak, a file with the bank's own ids wins and a
stranger's does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from termbank.files.glossaries import Format, GlossaryReading
from termbank.model.concept import Concept
from termbank.model.decision import Change
from termbank.model.errors import Fault
from termbank.model.glossary import Glossary
from termbank.model.ids import free_id
from termbank.model.records import concept_record, publisher_record, source_record
from termbank.services import settings
from termbank.services.concept_merge import merge
from termbank.services.glossary_file import read_glossary
from termbank.store.bank import Bank


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do: ids of new concepts, (id, what changed) of others.

    `decision` is its number in the history; 0 where nothing changed or it was a dry run.
    """

    file: str
    format: str
    new: tuple[str, ...] = ()
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unchanged: int = 0
    refused: int = 0
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    decision: int = 0


def import_file(
    bank: Bank, path: Path | str, *, format: str | None = None, dry_run: bool = False, why: str | None = None
) -> Outcome:
    """Bring a glossary into the bank as one decision; with `dry_run` only say what it would do."""
    reading, chosen = read_glossary(path, format)
    name = str(path)
    if dry_run:
        plan = _Plan(bank, reading, chosen, name)
        for _ in plan.changes():
            pass
        return plan.outcome(0)
    plans: list[_Plan] = []

    def changes() -> Iterator[Change]:
        plans.append(_Plan(bank, reading, chosen, name))
        return plans[-1].changes()

    taken = bank.decide(settings.decision("import", why or f"import {Path(name).name}"), changes)
    return plans[-1].outcome(taken.number)


def _key(text: str) -> str:
    """What makes two Chinese terms the same: width, case and script aside."""
    from termbank.text.normalize import fold
    from termbank.text.scripts import to_simplified

    return fold(to_simplified(text))


@dataclass
class _Plan:
    """What a reading changes in a bank as it stands."""

    bank: Bank
    reading: GlossaryReading
    format: Format
    file: str
    new: list[str] = field(default_factory=list)
    changed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Fault] = field(default_factory=list)

    def changes(self) -> Iterator[Change]:
        known = self.bank.glossary()
        for publisher in self.reading.publishers or self.reading.glossary.publishers:
            yield Change("publisher", publisher.id, publisher_record(publisher))
        for source in self.reading.sources or self.reading.glossary.sources:
            yield Change("source", source.id, source_record(source))
        by_chinese = self._by_chinese(known)
        taken = set(known.by_id)
        for concept in self.reading.glossary:
            after = self._joined(concept, known, by_chinese, taken)
            if after is not None:
                taken.add(after.id)
                yield Change("concept", after.id, concept_record(after))

    def _by_chinese(self, known: Glossary) -> dict[str, list[Concept]]:
        """The bank's concepts by Chinese term, without those that the file names by id."""
        named = set(self.reading.glossary.by_id) if self.reading.settled else set()
        found: dict[str, list[Concept]] = {}
        for concept in known:
            if concept.id not in named:
                for key in {_key(term.text) for term in concept.chinese}:
                    found.setdefault(key, []).append(concept)
        return found

    def _joined(
        self, concept: Concept, known: Glossary, by_chinese: dict[str, list[Concept]], taken: Collection[str]
    ) -> Concept | None:
        """The concept as it will stand, or None where nothing changes or it is refused."""
        if self.reading.settled and concept.id in known.by_id:
            return self._merged(known.by_id[concept.id], concept, trusted=True)
        same = _same(
            concept, [each for term in concept.chinese for each in by_chinese.get(_key(term.text), ())]
        )
        if len(same) > 1:
            ids = ", ".join(f"“{each.id}”" for each in same)
            message = f"“{concept.headword}” names more than one concept in the bank ({ids})."
            self.refused.append(
                Fault(message, self.file, remedy="Give its subject, or the id of one of them.")
            )
            return None
        if same:
            merged = self._merged(same[0], concept, trusted=False)
            if merged is not None:
                for key in {_key(term.text) for term in merged.chinese}:
                    before = by_chinese.setdefault(key, [])
                    before[:] = [*(each for each in before if each.id != merged.id), merged]
            return merged
        fresh = replace(concept, id=free_id(concept.id, taken))
        self.new.append(fresh.id)
        return fresh

    def _merged(self, before: Concept, concept: Concept, trusted: bool) -> Concept | None:
        after, said = merge(before, concept, self.format.keeps, trusted=trusted)
        if concept_record(after) == concept_record(before):
            self.unchanged += 1
            return None
        self.changed.append((after.id, said))
        return after

    def outcome(self, decision: int) -> Outcome:
        return Outcome(
            self.file, self.format.name, tuple(self.new), tuple(self.changed), self.unchanged,
            self.reading.refused + len(self.refused), (*self.reading.faults, *self.refused),
            self.reading.remarks, decision,
        )  # fmt: skip


def _same(concept: Concept, candidates: Iterable[Concept]) -> list[Concept]:
    """The candidates that are this concept: by subject where both tell one, else by a shared rendering."""
    found = {each.id: each for each in candidates}
    fitting = [
        each
        for each in found.values()
        if not (each.subject and concept.subject and each.subject != concept.subject)
    ]
    if len(fitting) < 2:
        return fitting
    by_subject = [each for each in fitting if each.subject and each.subject == concept.subject]
    english = {term.text.lower() for term in concept.english}
    by_rendering = [each for each in fitting if english & {term.text.lower() for term in each.english}]
    for narrower in (by_subject, by_rendering):
        if len(narrower) == 1:
            return narrower
    return fitting
