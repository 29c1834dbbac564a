"""Importing a glossary file into the bank.

An import is one decision, or none. A file of termbank's own is joined with the bank by concept id, any other by Chinese
term. Nothing in the bank is erased: terms and attestations are added, and where both have a value, only a file with the
bank's own ids decides. A new concept whose term is nearly one of the bank's is imported, and named in a remark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from termbank.files.glossaries import Format, GlossaryReading
from termbank.files.glossaries.pack_references import concepts_named, with_targets
from termbank.files.remarks import remark_on
from termbank.model.concept import Concept, Status
from termbank.model.decision import Change
from termbank.model.errors import Fault
from termbank.model.glossary import Glossary
from termbank.model.ids import free_id
from termbank.model.message import Message, message, plural
from termbank.model.records import concept_record, publisher_record, source_record
from termbank.services import settings
from termbank.services.concept_merge import merge_concepts
from termbank.services.garbage_collection import relaxed_garbage_collection
from termbank.services.glossary_file import read_glossary
from termbank.services.house_terms import give_status, has_statuses
from termbank.store.bank import Bank
from termbank.store.bases import origin_change


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or would do: ids of new concepts, (id, what changed) of others.

    `decision` is its number in the history; 0 where nothing changed or it was a dry run. `has_statuses` is whether the
    file says the status of any rendering.
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
    has_statuses: bool = True


def import_file(
    bank: Bank,
    path: Path | str,
    *,
    format: str | None = None,
    status: Status | None = None,
    dry_run: bool = False,
    why: str | None = None,
) -> ImportResult:
    """Bring a glossary into the bank as one decision; with `dry_run` only say what it would do.

    Args:
        status: the status of the terms of a file that gives none.
    """
    with relaxed_garbage_collection():
        return _import_file(bank, path, format, status, dry_run, why)


def _import_file(
    bank: Bank, path: Path | str, format: str | None, status: Status | None, dry_run: bool, why: str | None
) -> ImportResult:
    reading, chosen = read_glossary(path, format)
    if status is not None:
        reading = give_status(reading, status, str(path))
    name = str(path)
    if dry_run:
        plan = _ImportPlan(bank, reading, chosen, name)
        for _ in plan.changes():
            pass
        return plan.result(0)
    plans: list[_ImportPlan] = []

    def changes() -> Iterator[Change]:
        plans.append(_ImportPlan(bank, reading, chosen, name))
        return plans[-1].changes()

    taken = bank.decide(settings.decision("import", why or f"import {Path(name).name}"), changes)
    return plans[-1].result(taken.number)


NEAR_SHOWN = 20
"""Near terms named in remarks; of the others the number is given."""


def term_key(text: str) -> str:
    """A Chinese term without width, case and script: terms with one key are the same."""
    from termbank.text.normalize import fold
    from termbank.text.scripts import to_simplified

    return fold(to_simplified(text))


@dataclass
class _ImportPlan:
    """What a reading changes in a bank as it is now."""

    bank: Bank
    reading: GlossaryReading
    format: Format
    file: str
    new: list[str] = field(default_factory=list)
    changed: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Fault] = field(default_factory=list)
    near: list[Message] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    outside: int = 0

    def changes(self) -> Iterator[Change]:
        known = self.bank.glossary()
        for publisher in self.reading.publishers or self.reading.glossary.publishers:
            yield Change("publisher", publisher.id, publisher_record(publisher))
        for source in self.reading.sources or self.reading.glossary.sources:
            yield Change("source", source.id, source_record(source))
        by_chinese = self._by_chinese(known)
        taken = set(known.by_id)
        fresh: list[Concept] = []
        merged: list[tuple[Concept, Concept]] = []
        for concept in self.reading.glossary:
            after = self._merge_into(concept, known, by_chinese, taken)
            if after is not None:
                if after.id not in known.by_id:
                    fresh.append(after)
                taken.add(after.id)
                self.ids[concept.id] = after.id
                merged.append((concept, after))
        for concept, after in merged:
            kept = self._with_known_targets(after, taken)
            yield Change("concept", kept.id, concept_record(kept))
            if pack := self.reading.packs.get(concept.id):
                yield origin_change(
                    self.bank,
                    pack,
                    kept.id,
                    concept_record(replace(concept, id=kept.id)),
                    concept_record(kept),
                )
        self.near += _near_concepts(fresh, known, by_chinese)

    def _with_known_targets(self, concept: Concept, known: Collection[str]) -> Concept:
        """The concept without references to concepts that neither the bank nor the file has; they are counted."""
        named = {id: id if id in known else self.ids.get(id) for id in concepts_named(concept)}
        self.outside += sum(target is None for target in named.values())
        if all(id == target for id, target in named.items()):
            return concept
        return with_targets(concept, named.__getitem__)

    def _by_chinese(self, known: Glossary) -> dict[str, list[Concept]]:
        """The bank's concepts by Chinese term, without those that the file names by id."""
        named = set(self.reading.glossary.by_id) if self.reading.has_own_ids else set()
        found: dict[str, list[Concept]] = {}
        for concept in known:
            if concept.id not in named:
                for key in {term_key(term.text) for term in concept.chinese}:
                    found.setdefault(key, []).append(concept)
        return found

    def _merge_into(
        self, concept: Concept, known: Glossary, by_chinese: dict[str, list[Concept]], taken: Collection[str]
    ) -> Concept | None:
        """The concept as it will be in the bank, or None where nothing changes or it is refused."""
        if self.reading.has_own_ids and concept.id in known.by_id:
            self.ids[concept.id] = concept.id
            return self._merge(known.by_id[concept.id], concept, trusted=True)
        same = _same(
            concept, [each for term in concept.chinese for each in by_chinese.get(term_key(term.text), ())]
        )
        if len(same) > 1:
            what = message(
                "“{term}” names more than one concept in the bank ({ids}).",
                term=concept.headword,
                ids=", ".join(f"“{each.id}”" for each in same),
            )
            remedy = message("Give its subject, or the id of one of them.")
            self.refused.append(Fault(what, self.file, remedy=remedy))
            return None
        if same:
            self.ids[concept.id] = same[0].id
            merged = self._merge(same[0], concept, trusted=False)
            if merged is not None:
                for key in {term_key(term.text) for term in merged.chinese}:
                    before = by_chinese.setdefault(key, [])
                    before[:] = [*(each for each in before if each.id != merged.id), merged]
            return merged
        fresh = replace(concept, id=free_id(concept.id, taken))
        self.new.append(fresh.id)
        return fresh

    def _merge(self, before: Concept, concept: Concept, trusted: bool) -> Concept | None:
        merge = merge_concepts(before, concept, self.format.keeps, trusted=trusted)
        if concept_record(merge.concept) == concept_record(before):
            self.unchanged += 1
            return None
        self.changed.append((merge.concept.id, merge.changes))
        self.near += merge.remarks
        return merge.concept

    def result(self, decision: int) -> ImportResult:
        return ImportResult(
            self.file, self.format.name, tuple(self.new), tuple(self.changed), self.unchanged,
            self.reading.refused + len(self.refused), (*self.reading.faults, *self.refused),
            (*self.reading.remarks, *self._remarks()), decision, has_statuses(self.reading.glossary),
        )  # fmt: skip

    def _remarks(self) -> Iterator[Message]:
        if self.outside:
            text = plural(
                "{count} reference was left out: it names a concept that neither the file nor the bank has.",
                "{count} references were left out: they name concepts that neither the file nor the bank has.",
                self.outside,
            )
            yield remark_on(self.file, text)
        for text in self.near[:NEAR_SHOWN]:
            yield remark_on(self.file, text)
        more = len(self.near) - NEAR_SHOWN
        if more > 0:
            text = plural("{count} more term is close to one.", "{count} more terms are close to one.", more)
            yield remark_on(self.file, text)


def _near_concepts(
    fresh: Iterable[Concept], known: Glossary, by_chinese: Mapping[str, Iterable[Concept]]
) -> Iterator[Message]:
    """A remark for each new concept with a term that is nearly a term of the bank's (see `review.near_terms`)."""
    new = list(fresh)
    if not new:
        return
    from termbank.review.near_terms import NearIndex, NearTerm, remark_on_near
    from termbank.text.pinyin import syllables

    index = NearIndex(
        (key, NearTerm(concept.id, _text_of(key, concept)))
        for key, concepts in by_chinese.items()
        for concept in concepts
        if concept.id in known.by_id
    )

    def english(concept: str) -> list[str]:
        return [term.text for term in known.by_id[concept].english]

    for concept in new:
        renderings = [term.text for term in concept.english]
        found = {
            (near.concept, near.text): term.text
            for term in concept.chinese
            for near in index.find(term_key(term.text), renderings, english, syllables)
        }
        for (id, text), term in found.items():
            yield remark_on_near(term, NearTerm(id, text))


def _text_of(key: str, concept: Concept) -> str:
    """The term of the concept that has this key."""
    chinese = concept.chinese
    return (
        chinese[0].text
        if len(chinese) == 1
        else next((t.text for t in chinese if term_key(t.text) == key), concept.headword)
    )


def _same(concept: Concept, candidates: Iterable[Concept]) -> list[Concept]:
    """The candidates that are this concept: by subject where both have one, else by a shared rendering."""
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
