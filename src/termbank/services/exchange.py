"""Concepts into the bank from files, and out of it.

An import is one decision, or none: what a file brings is joined to what the bank knows, by id
where the file is one of ours, otherwise by Chinese term. Nothing in the bank is erased by a file:
terms and attestations are added; where both speak, a file with the bank's own ids wins and a
stranger's does not. An export says first what its format will lose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

from termbank.core.concept import Concept, Status
from termbank.core.decision import Change, Decision
from termbank.core.errors import Fault, TermbankError, UnreadableError
from termbank.core.glossary import Glossary
from termbank.core.record import concept_record, publisher_record, source_record
from termbank.formats import FORMATS, Format, Reading, format_named, format_of, losses
from termbank.readers.bilingual import kind_of_pairs
from termbank.services import settings
from termbank.services.documents import read_bytes, write_atomically
from termbank.services.merging import merge
from termbank.store.bank import Bank
from termbank.syntax.archive import unpacked

_DOCUMENTS = frozenset((".docx", ".doc", ".pdf", ".html", ".htm", ".md", ".rtf", ".odt", ".epub"))
_ROOTS = {"tbx": "tbx", "martif": "tbx", "TBX": "tbx", "tmx": "tmx"}


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


@dataclass(frozen=True)
class Export:
    """A file ready to be written, with what its format will lose."""

    data: bytes
    format: Format
    concepts: int
    terms: int
    losses: tuple[str, ...] = ()


def format_for(name: str, wanted: str | None = None) -> Format:
    """The format named, or the one the file's suffix tells; TermbankError where there is none."""
    if wanted is not None:
        chosen = format_named(wanted)
        if chosen is None:
            near = get_close_matches(wanted, [each.name for each in FORMATS], 1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Use one of: {_names()}."
            raise TermbankError(f"there is no format “{wanted}”.", remedy=hint)
        return chosen
    chosen = format_of(Path(name).suffix)
    if chosen is not None:
        return chosen
    if kind_of_pairs(name) is not None:
        message, remedy = "this holds translated segments, not terms.", "Check it with `termbank check`."
    elif Path(name).suffix.lower() in _DOCUMENTS:
        message, remedy = (
            "this is a document, not a glossary.",
            "Find its terms with `termbank scan` or `extract`.",
        )
    else:
        message, remedy = "the file's name does not tell its format.", f"Give --format: one of {_names()}."
    raise TermbankError(message, file=name, remedy=remedy)


def _format_of_data(data: bytes, name: str, wanted: str | None) -> Format:
    """As `format_for`; a file called .xml is known by its outermost element."""
    if wanted is None and Path(name).suffix.lower() == ".xml":
        from termbank.syntax.xml import root_of

        root = root_of(data, name).name
        if root not in _ROOTS:
            raise UnreadableError(
                f"this XML is neither TBX nor TMX: its outermost element is <{root}>.",
                file=name,
                remedy="Check that it is the right file.",
            )
        return format_for("", _ROOTS[root])
    return format_for(name, wanted)


def _names() -> str:
    return ", ".join(each.name for each in FORMATS)


def read_glossary(path: Path | str, wanted: str | None = None) -> tuple[Reading, Format]:
    """What a glossary file holds (or a folder of TOML packs, read together).

    UnreadableError, with every fault, where nothing in it can be used.
    """
    if str(path) != "-" and Path(path).is_dir():
        from termbank.formats.toml_pack import read_packs

        packs = sorted(Path(path).glob("*.toml"))
        if not packs:
            raise UnreadableError(
                "there is no .toml pack in this folder.", file=str(path), remedy="Give a file."
            )
        reading, chosen = read_packs((str(pack), read_bytes(pack)) for pack in packs), format_for("", "toml")
    else:
        data, name = unpacked(read_bytes(path), str(path))
        if not data.strip():
            raise UnreadableError("the file is empty.", file=name, remedy="Give a glossary with terms in it.")
        chosen = _format_of_data(data, name, wanted)
        reading = chosen.read(data, name)
    if not reading.glossary.concepts and not reading.sources and not reading.publishers:
        raise _nothing(reading, str(path))
    return reading, chosen


def _nothing(reading: Reading, name: str) -> UnreadableError:
    """Why a file gave no concept: its one fault, or how many there are, or its last remark."""
    if len(reading.faults) == 1:
        fault = reading.faults[0]
        return UnreadableError(
            fault.message, file=fault.file, line=fault.line, column=fault.column, remedy=fault.remedy
        )
    if reading.faults:
        return UnreadableError(
            f"nothing can be used: all {reading.refused} entries are faulty, the first because: "
            f"{reading.faults[0].message}",
            file=name,
            line=reading.faults[0].line,
            faults=reading.faults,
        )
    why = reading.remarks[-1].removeprefix(f"{name}: ") if reading.remarks else "no terms were found in it."
    return UnreadableError(f"nothing can be used: {why}", file=name)


def import_file(
    bank: Bank, path: Path | str, *, format: str | None = None, dry_run: bool = False, who: str | None = None,
    why: str | None = None,
) -> Outcome:  # fmt: skip
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

    decision = Decision("import", who or settings.who(), settings.now(), why or f"import {Path(name).name}")
    taken = bank.decide(decision, changes)
    return plans[-1].outcome(taken.number)


def _key(text: str) -> str:
    """What makes two Chinese terms the same: width, case and script aside."""
    from termbank.lang.fold import fold
    from termbank.lang.script import to_simplified

    return fold(to_simplified(text))


@dataclass
class _Plan:
    """What a reading changes in a bank as it stands."""

    bank: Bank
    reading: Reading
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
        fresh = replace(concept, id=_free(concept.id, taken))
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


def _free(id: str, taken: Collection[str]) -> str:
    number, made = 2, id
    while made in taken:
        made, number = f"{id}-{number}", number + 1
    return made


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


def selected(
    glossary: Glossary, subjects: Collection[str] = (), statuses: Collection[Status] = ()
) -> Glossary:
    """The concepts of these subjects, with renderings of these statuses only.

    Chinese terms stay whatever their status; a concept left without a rendering is left out.
    """
    if not subjects and not statuses:
        return glossary
    concepts = []
    for concept in glossary:
        if subjects and concept.subject not in subjects:
            continue
        if statuses:
            terms = tuple(t for t in concept.terms if t.language.is_chinese or t.status in statuses)
            if not any(not term.language.is_chinese for term in terms):
                continue
            concept = replace(concept, terms=terms)
        concepts.append(concept)
    return Glossary.of(concepts, glossary.name, glossary.title)


def export(
    bank: Bank, format: str | Format, *, subjects: Collection[str] = (), statuses: Collection[Status] = ()
) -> Export:
    """The bank, or part of it, in a format; nothing is written yet."""
    chosen = format_for("", format) if isinstance(format, str) else format
    everything = bank.glossary()
    glossary = replace(selected(everything, subjects, statuses), name=None, title=None)
    if not glossary.concepts and (subjects or statuses):
        raise TermbankError("no concept in the bank fits.", remedy=_subjects_hint(everything, subjects))
    whole = not subjects and not statuses
    data = chosen.write(
        glossary,
        bank.sources().values() if whole else (),
        bank.publishers().values() if whole else (),
    )
    terms = sum(len(concept.terms) for concept in glossary)
    return Export(data, chosen, len(glossary), terms, losses(glossary, chosen))


def _subjects_hint(glossary: Glossary, subjects: Collection[str]) -> str | None:
    if not subjects:
        return "Ask for other statuses."
    known = sorted({concept.subject for concept in glossary if concept.subject})
    return f"The subjects are: {', '.join(known)}." if known else "No concept in the bank has a subject."


def export_file(
    bank: Bank, path: Path | str, *, format: str | None = None, subjects: Collection[str] = (),
    statuses: Collection[Status] = (),
) -> Export:  # fmt: skip
    """Export to a file, whole or not at all."""
    made = export(bank, format_for(str(path), format), subjects=subjects, statuses=statuses)
    write_atomically(path, made.data)
    return made
