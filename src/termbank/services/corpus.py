"""The corpus: documents kept in the bank with their translations, for concordances and passages.

A bilingual file (TMX, XLIFF, PO, a table) is kept as it is; a Chinese document with its English versions is aligned
first. Each pair of texts is one document in the bank. It is known by its texts and described by its title and sources:
adding the same texts again changes nothing or their alignment, and another version of a text is another document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from termbank.model.concept import Attestation
from termbank.model.decision import Change, Decision
from termbank.model.document import Document, Source
from termbank.model.errors import BankError, NotFoundError, TermbankError
from termbank.model.ids import free_id
from termbank.model.message import message, plural
from termbank.model.progress import Progress
from termbank.model.records import Record
from termbank.model.segment import SegmentPair
from termbank.services import settings
from termbank.services.file_access import is_bilingual, is_chinese, read_document, read_pairs_and_remarks
from termbank.services.lookup import index_of
from termbank.services.provenance import MANIFEST, KnownSources, slug, source_changes, source_of
from termbank.store.bank import Bank
from termbank.store.contents import Place, text_hash
from termbank.store.documents import (
    document_hashes,
    document_pairs,
    document_places,
    document_text,
    keep_document,
)
from termbank.store.index_queries import all_documents, documents_of_source

PASSAGE = 600
"""The longest passage given around an attestation, in characters."""


@dataclass(frozen=True)
class NewDocument:
    """A pair of texts to be kept, with its sources: (Chinese, English), where they are known."""

    id: str
    title: str
    texts: tuple[str, str]
    places: tuple[Place, ...]
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class CorpusDocument:
    """A document of the corpus, as a list shows it. Sources are None where nothing is known of a side."""

    id: str
    title: str
    pairs: int
    zh: Source | None = None
    en: Source | None = None


@dataclass(frozen=True)
class CorpusAddition:
    """What adding did: the documents now held, in the order of the files, and remarks on the reading."""

    documents: tuple[str, ...]
    pairs: int
    decision: int
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.decision:
            return message("The corpus has these documents already; nothing was changed.")
        return plural(
            "Added {count} document with {pairs} to the corpus.",
            "Added {count} documents with {pairs} to the corpus.",
            len(self.documents),
            pairs=plural("{count} pair", "{count} pairs", self.pairs),
        )


def add(
    bank: Bank,
    files: Sequence[Path],
    *,
    manifest: Path | None = None,
    lines: bool = False,
    progress: Progress | None = None,
) -> CorpusAddition:
    """Keep files in the corpus: bilingual ones, or one Chinese document with its English versions.

    Of a folder, all documents are kept that its manifest.toml lists as versions of one another.
    """
    things: list[NewDocument] = []
    remarks: list[str] = []
    known = KnownSources.of(bank)
    plain: list[Path] = []
    groups: list[list[Path]] = []
    for file in files:
        if file.is_dir():
            groups += _versions(file)
        elif is_bilingual(file):
            pairs, noted = read_pairs_and_remarks(file)
            remarks += noted
            if not pairs:
                raise TermbankError(message("there are no segment pairs in it."), file=str(file))
            things.append(_of_pairs(file.stem, pairs))
        else:
            plain.append(file)
    for group in [*groups, plain] if plain else groups:
        documents = [read_document(file) for file in group]
        found, said, known = _align(bank, documents, manifest, lines, known)
        things += found
        remarks += said if group is plain else []  # a folder's manifest says what is otherwise assumed
        if progress is not None:
            progress(len(things), len(files) + sum(len(each) - 1 for each in groups) - len(groups))
    return _keep(bank, things, remarks)


def _versions(folder: Path) -> list[list[Path]]:
    """The Chinese documents that a folder's manifest lists, each with its English versions."""
    import tomllib

    from termbank.services.file_access import read_bytes

    place = folder / MANIFEST
    if not place.is_file():
        raise TermbankError(
            message(
                "the folder has no {manifest} that says which texts are versions of one another.",
                manifest=MANIFEST,
            ),
            file=str(folder),
            remedy=message("Give the files."),
        )
    try:
        listed = tomllib.loads(read_bytes(place).decode("utf-8")).get("document", [])
        files = {str(entry["id"]): folder / str(entry["file"]) for entry in listed}
        groups: dict[str, list[Path]] = {}
        for entry in listed:
            if entry.get("version_of"):
                original = str(entry["version_of"])
                groups.setdefault(original, [files[original]]).append(files[str(entry["id"])])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TermbankError(
            message("the manifest cannot be read: {error}.", error=str(error)), file=str(place)
        ) from None
    return list(groups.values())


def _keep(bank: Bank, things: Sequence[NewDocument], remarks: Sequence[str]) -> CorpusAddition:
    kept: list[str] = []

    def changes() -> Iterator[Change]:
        known = {document_hashes(record): id for id, record in bank.bodies("document")}
        taken = set(bank.ids("document"))
        for thing in things:
            for source in thing.sources:
                yield from source_changes(bank, source)
            hashes = (text_hash(thing.texts[0]), text_hash(thing.texts[1]))
            id = known.get(hashes) or free_id(thing.id, taken)
            known[hashes] = id
            taken.add(id)
            kept.append(id)
            change = _document_change(bank, id, thing)
            if change is not None:
                yield change

    names = ", ".join(thing.title for thing in things)
    decision = bank.decide(settings.decision("corpus", f"added {names}"[:200]), changes)
    pairs = sum(len(thing.places) for thing in things)
    return CorpusAddition(tuple(kept), pairs, decision.number, tuple(remarks))


def _document_change(bank: Bank, id: str, thing: NewDocument) -> Change | None:
    """What keeping a document changes; None where the bank has it with these pairs and sources."""
    zh, en = (thing.sources[0].id, thing.sources[1].id) if thing.sources else (None, None)
    before = bank.body("document", id)
    with suppress(BankError):  # a damaged text or alignment is kept again
        if (
            before is not None
            and document_places(bank, before) == list(thing.places)
            and tuple(document_text(bank, before, side) for side in ("zh", "en")) == thing.texts
            and (before["title"], before["zh"].get("source"), before["en"].get("source"))
            == (thing.title, zh, en)
        ):
            return None
    body = keep_document(bank, id, thing.title, thing.texts, (zh, en), thing.places)
    return Change("document", id, body)


def _align(
    bank: Bank, documents: Sequence[Document], manifest: Path | None, lines: bool, known: KnownSources
) -> tuple[list[NewDocument], list[str], KnownSources]:
    """One Chinese document aligned with each of its English versions."""
    from termbank.services.align import align_documents

    chinese = [document for document in documents if is_chinese(document)]
    english = [document for document in documents if document not in chinese]
    if len(chinese) != 1 or not english:
        raise TermbankError(
            message(
                "{chinese} Chinese and {english} English documents were given.",
                chinese=len(chinese),
                english=len(english),
            ),
            remedy=message("Give one Chinese document with its English versions, or a bilingual file."),
        )
    sources: dict[str, Source] = {}
    remarks: list[str] = []
    for document in (*chinese, *english):
        source, said = source_of(document, known, None, manifest)
        if document in chinese and bank.body("source", source.id) is None:
            source = replace(source, language="zh")
        sources[document.name] = source
        remarks += said
        known = known.with_source(source)
    things: list[NewDocument] = []
    for document in english:
        texts = align_documents(chinese[0], document, lines=lines)
        remarks += texts.remarks
        pair = (sources[chinese[0].name], sources[document.name])
        things.append(_of_texts(texts.zh, texts.en, texts.pairs(), pair))
    return things, list(dict.fromkeys(remarks)), known


def _of_texts(
    zh: Document, en: Document, pairs: Iterable[SegmentPair], sources: tuple[Source, Source]
) -> NewDocument:
    places = tuple(
        (
            pair.zh_start,
            pair.zh_start + len(pair.zh),
            pair.en_start,
            pair.en_start + len(pair.en),
            round(float(pair.confidence), 3),
        )
        for pair in pairs
    )
    return NewDocument(sources[1].id, sources[1].title, (zh.text, en.text), places, sources)


def _of_pairs(title: str, pairs: Iterable[SegmentPair]) -> NewDocument:
    """A document of pairs without a text of its own: each side is its segments, one a line."""
    zh: list[str] = []
    en: list[str] = []
    places: list[Place] = []
    zh_at = en_at = 0
    for pair in pairs:
        confidence = round(float(pair.confidence), 3)
        places.append((zh_at, zh_at + len(pair.zh), en_at, en_at + len(pair.en), confidence))
        zh.append(pair.zh)
        en.append(pair.en)
        zh_at += len(pair.zh) + 1
        en_at += len(pair.en) + 1
    return NewDocument(slug(title) or "document", title, ("\n".join(zh), "\n".join(en)), tuple(places))


# -- reading -----------------------------------------------------------------------------------


def documents(bank: Bank) -> tuple[CorpusDocument, ...]:
    """The documents of the corpus, by id."""
    index = index_of(bank)
    index.current()
    return tuple(
        CorpusDocument(
            one.id,
            one.title,
            one.pairs,
            bank.source(one.zh_source) if one.zh_source else None,
            bank.source(one.en_source) if one.en_source else None,
        )
        for one in all_documents(index)
    )


def pairs(bank: Bank, id: str) -> tuple[tuple[str, str], ...]:
    """The Chinese and English of a document's pairs, in order; NotFoundError where there is no such document."""
    return tuple(document_pairs(bank, _document(bank, id)))


def remove(bank: Bank, id: str, *, why: str | None = None) -> Decision:
    """Take a document from the corpus; the history keeps it."""
    _document(bank, id)
    decision = settings.decision("corpus", why or f"removed {id}")
    return bank.decide(decision, lambda: [Change("document", id, None)])


def _document(bank: Bank, id: str) -> Record:
    body = bank.body("document", id)
    if body is None:
        raise NotFoundError(
            message("there is no document “{id}” in the corpus.", id=id),
            remedy=message("`termbank corpus list` shows them."),
        )
    return body


def passage(bank: Bank, attestation: Attestation) -> str | None:
    """The paragraph that holds an attestation, where its source's text is in the corpus."""
    span = attestation.span
    if span is None and not attestation.quotation:
        return None
    index = index_of(bank)
    index.current()
    source = attestation.source.id
    for document in documents_of_source(index, source):
        body = bank.body("document", document.id)
        if body is None:
            continue
        text = document_text(bank, body, "zh" if document.zh_source == source else "en")
        start = span.start if span is not None else text.find(attestation.quotation or "")
        if 0 <= start < len(text):
            return _paragraph(text, start, span.end if span is not None else start + 1)
    return None


def _paragraph(text: str, start: int, end: int) -> str:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first > PASSAGE:
        first, last = max(first, start - PASSAGE // 2), min(last, end + PASSAGE // 2)
    return text[first:last].strip()
