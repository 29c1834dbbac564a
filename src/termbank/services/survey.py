"""Surveying documents: who renders which concept how, and keeping that as attestations.

Joins reading, matching and, with a Chinese source, aligning. `save` writes one attestation for each
rendering and document, at its first place, under the document's own publisher and date; saving
the same documents again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from termbank.model.concept import Attestation, Concept, Term, sort_terms
from termbank.model.decision import Change
from termbank.model.document import Document, Source
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.model.message import message, plural
from termbank.model.progress import Progress
from termbank.model.records import concept_record
from termbank.model.span import Span
from termbank.model.survey import Survey
from termbank.reports import write
from termbank.services import settings
from termbank.services.document_files import DocumentFiles
from termbank.services.document_jobs import Matchers
from termbank.services.document_map import map_documents
from termbank.services.file_access import read_document
from termbank.services.provenance import KnownSources, SourceFacts, source_changes, source_of
from termbank.services.worker_pool import WorkerSettings
from termbank.store.bank import Bank
from termbank.surveying import merge_surveys, survey
from termbank.text.characters_zh import share_of_han

QUOTED = 240
"""The longest quotation kept with an attestation, in characters."""


@dataclass(frozen=True)
class Surveyed:
    """The survey, the documents it was made from, and the errors of those that could not be surveyed."""

    survey: Survey
    documents: tuple[Document, ...]
    errors: tuple[TermbankError, ...] = ()


@dataclass(frozen=True)
class SurveyJob:
    """Survey one English document after the other; `merge` joins what was found."""

    glossary: Glossary
    zh: Document | None = None

    def prepare(self) -> Callable[[DocumentFiles], Surveyed]:
        """Make the matchers, and find the terms of the Chinese source."""
        one = _surveyor(self.glossary, self.zh)
        return lambda files: one(read_document(files.paths[0]))


def survey_files(
    paths: Sequence[Path],
    glossary: Glossary,
    *,
    zh: Path | None = None,
    workers: WorkerSettings | None = None,
    progress: Progress | None = None,
) -> Surveyed:
    """Survey the English documents in files, as `survey_documents` does.

    Raises:
        TermbankError: no document can be surveyed, or the source is not Chinese.
    """
    job = SurveyJob(glossary, read_document(zh) if zh is not None else None)
    documents = [DocumentFiles(en=path) for path in dict.fromkeys(paths)]
    outcomes = tuple(map_documents(job, documents, workers, progress))
    errors = tuple(outcome.error for outcome in outcomes if outcome.error is not None)
    found = [outcome.answer for outcome in outcomes if outcome.answer is not None]
    if len(errors) == 1 and not found:
        raise errors[0]
    if not found:
        faults = tuple(error.fault for error in errors)
        raise TermbankError(message("no document could be surveyed."), faults=faults)
    return replace(merge(found), errors=errors)


def survey_documents(
    documents: tuple[Document, ...],
    glossary: Glossary,
    *,
    zh: Document | None = None,
    progress: Progress | None = None,
) -> Surveyed:
    """Survey English documents; with their Chinese source, renderings new to the glossary are looked for too.

    Raises:
        TermbankError: a document is Chinese, or the source is not.
    """
    for document in documents:
        _refuse_chinese(document)
    one = _surveyor(glossary, zh)
    found = []
    for number, document in enumerate(documents, 1):
        found.append(one(document))
        if progress is not None:
            progress(number, len(documents))
    return merge(found)


def _surveyor(glossary: Glossary, zh: Document | None) -> Callable[[Document], Surveyed]:
    """What surveys one English document."""
    matchers = Matchers()
    alone = matchers(glossary.without_aligned_terms)
    beside: Callable[[Document], Survey] | None = None
    if zh is not None:
        from termbank.services.new_renderings import surveyor_beside

        _refuse_foreign(zh)
        beside = surveyor_beside(zh, glossary, matchers)

    def one(document: Document) -> Surveyed:
        _refuse_chinese(document)
        found = beside(document) if beside is not None else survey((document,), glossary, alone)
        return Surveyed(found, (document,))

    return one


def merge(parts: Iterable[Surveyed]) -> Surveyed:
    """Join surveys of different documents; remarks on reading a document come before those on its alignment."""
    surveyed = tuple(parts)
    documents = tuple(document for part in surveyed for document in part.documents)
    remarks = [remark for document in documents for remark in document.remarks]
    found = merge_surveys(part.survey for part in surveyed)
    return Surveyed(replace(found, remarks=tuple(dict.fromkeys((*remarks, *found.remarks)))), documents)


def _refuse_foreign(source: Document) -> None:
    if share_of_han(source.text[:20_000]) < 0.05:
        raise TermbankError(
            message("it does not look Chinese."),
            file=source.name,
            remedy=message("With --zh, give the Chinese text that the documents render."),
        )


def _refuse_chinese(document: Document) -> None:
    if share_of_han(document.text[:20_000]) > 0.6:
        raise TermbankError(
            message("this document is Chinese; a survey reads its English versions."),
            file=document.name,
            remedy=message("Give it with --zh, and the English documents without an option."),
        )


@dataclass(frozen=True)
class Saved:
    """What was kept: the decision's number (0 where nothing was new), how much, and what was assumed."""

    number: int
    attestations: int
    sources: tuple[Source, ...]
    remarks: tuple[str, ...]


def save(
    bank: Bank, surveyed: Surveyed, *, facts: SourceFacts | None = None, manifest: Path | None = None
) -> Saved:
    """Keep the known renderings as attestations, in one decision; renderings new to the bank are not kept.

    `facts` describes the one document surveyed; several are described by a manifest or describe themselves.
    """
    if facts is not None and facts != SourceFacts() and len(surveyed.documents) > 1:
        raise TermbankError(
            message("--title, --publisher and --date describe one document, and several were given."),
            remedy=message("Survey them one by one, or describe them in a manifest.toml beside them."),
        )
    sources, remarks = _sources(bank, surveyed, facts, manifest)
    added = 0

    def changes() -> Iterator[Change]:
        nonlocal added
        added = 0
        for source in dict.fromkeys(sources.values()):
            yield from source_changes(bank, source)
        wanted = _new_attestations(surveyed, sources)
        for concept in bank.concepts(wanted).values():
            after, number = _with(concept, wanted[concept.id])
            added += number
            if number:
                yield Change("concept", concept.id, concept_record(after))

    why = plural("survey of {count} document", "survey of {count} documents", len(surveyed.documents))
    decision = bank.decide(settings.decision("survey", why), changes)
    return Saved(decision.number, added, tuple(sources.values()), tuple(remarks))


def _sources(
    bank: Bank, surveyed: Surveyed, facts: SourceFacts | None, manifest: Path | None
) -> tuple[dict[str, Source], list[str]]:
    known = KnownSources.of(bank)
    sources: dict[str, Source] = {}
    remarks: list[str] = []
    for document in surveyed.documents:
        source, said = source_of(document, known, facts, manifest)
        sources[document.name] = source
        remarks += said
        known = known.with_source(source)
    return sources, remarks


def _new_attestations(
    surveyed: Surveyed, sources: dict[str, Source]
) -> dict[str, dict[str, list[Attestation]]]:
    """By concept and English term, the attestations that the survey gives."""
    texts = {document.name: document.text for document in surveyed.documents}
    found: dict[str, dict[str, list[Attestation]]] = {}
    for row in surveyed.survey.concepts:
        for rendering in row.renderings:
            for use in rendering.uses if rendering.known else ():
                span = use.spans[0]
                seen = Attestation(
                    sources[use.document], quotation=quotation(texts[use.document], span), span=span
                )
                found.setdefault(row.concept, {}).setdefault(rendering.text, []).append(seen)
    return found


def _with(concept: Concept, wanted: dict[str, list[Attestation]]) -> tuple[Concept, int]:
    """The concept with those attestations that it lacks, and how many these are."""
    added = 0
    terms: list[Term] = []
    for term in concept.terms:
        new = [] if term.language.is_chinese else wanted.get(term.text, [])
        held = {(a.source.id, a.span.start if a.span else -1) for a in term.attestations}
        fresh = [a for a in new if a.span is not None and (a.source.id, a.span.start) not in held]
        added += len(fresh)
        # A use known from this source without its place is the same fact, facts less exactly.
        placed = {a.source.id for a in fresh}
        before = [a for a in term.attestations if a.span or a.quotation or a.source.id not in placed]
        kept = tuple(sorted((*before, *fresh), key=lambda a: a.sort_key))
        terms.append(replace(term, attestations=kept) if fresh else term)
    return replace(concept, terms=sort_terms(terms)), added


def quotation(text: str, span: Span) -> str:
    """The sentence around a span, or as much of it as is worth keeping."""
    start = max(text.rfind(end, 0, span.start) + 1 for end in "\n.!?。")
    stops = [at for end in ("\n", ". ", "! ", "? ", "。") if (at := text.find(end, span.end)) >= 0]
    end = min(stops, default=len(text))
    end += 1 if end < len(text) and text[end] != "\n" else 0
    if end - start > QUOTED:
        start = max(start, text.rfind(" ", 0, max(start, span.start - QUOTED // 3)) + 1)
        end = min(end, max(span.end, text.rfind(" ", 0, start + QUOTED)))
    return " ".join(text[start:end].split())


def report(surveyed: Surveyed, form: str, *, width: int = 100) -> str:
    """The survey as text, json, csv or html."""
    if form == "html":
        texts = {document.name: document.text for document in surveyed.documents}
        return write("survey", form, surveyed.survey, texts=texts)
    return write("survey", form, surveyed.survey, **({"width": width} if form == "text" else {}))
