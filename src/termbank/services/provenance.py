"""Who published a document and when: by the user's options, a manifest, the bank, or the document itself.

In this order: the options given; an entry for the file in a manifest (`manifest.toml` beside it, or the
one named); a source of the bank with the same title; the document's own head lines. What was
assumed is in a remark; the user is never asked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from termbank.model.date import is_date
from termbank.model.decision import Change
from termbank.model.document import Document, Publisher, PublisherKind, Source
from termbank.model.errors import TermbankError
from termbank.model.ids import free_id
from termbank.model.message import message
from termbank.model.records import publisher_record, source_record
from termbank.model.survey import same_wording
from termbank.services.file_access import read_bytes
from termbank.store.bank import Bank
from termbank.surveying.provenance import provenance
from termbank.text.normalize import fold

MANIFEST = "manifest.toml"


@dataclass(frozen=True)
class SourceFacts:
    """The facts that a user or a manifest gives about a document; None where there is none."""

    title: str | None = None
    publisher: str | None = None
    kind: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class KnownSources:
    """The sources and publishers that a bank has."""

    sources: tuple[Source, ...] = ()
    publishers: tuple[Publisher, ...] = ()

    @classmethod
    def of(cls, bank: Bank) -> KnownSources:
        return cls(tuple(bank.sources().values()), tuple(bank.publishers().values()))

    def with_source(self, source: Source) -> KnownSources:
        """As the bank will be once it has this source too."""
        publishers = (source.publisher,) if source.publisher is not None else ()
        return KnownSources((*self.sources, source), (*self.publishers, *publishers))


def source_of(
    document: Document,
    known: KnownSources,
    facts: SourceFacts | None = None,
    manifest: Path | None = None,
) -> tuple[Source, tuple[str, ...]]:
    """The document's source, and what was assumed on the way."""
    given = _check_facts(facts or SourceFacts(), document.name)
    listed, remarks = _read_manifest(document, manifest)
    read = provenance(document.text)
    title = given.title or listed.title or read.title or Path(document.name).name
    if not (given.publisher or given.date or listed.title):
        known_source = _find_by_title(title, known.sources)
        if known_source is not None:
            remark = message(
                "{file}: taken for “{title}”, a source of the bank.",
                file=document.name,
                title=known_source.title,
            )
            return known_source, (remark,)
    name = given.publisher or listed.publisher or read.publisher
    kind = given.kind or listed.kind
    publisher = publisher_named(name, known.publishers, kind) if name else None
    source = Source(
        "",
        title,
        publisher,
        PublisherKind(kind) if kind and publisher is None else None,
        given.date or listed.date or read.date,
        "en",
        given.url or listed.url,
    )
    if not listed.title:
        remarks = tuple(
            message("{file}: {remark}", file=document.name, remark=remark)
            for remark in _remarks_on_guesses(read.remarks, given)
        )
    same = _find_same(source, known.sources)
    return same or replace(source, id=source_id(source, known.sources)), remarks


def _remarks_on_guesses(remarks: Iterable[str], description: SourceFacts) -> Iterable[str]:
    """The remarks on what the user did not say."""
    given = {
        "title": description.title,
        "publisher": description.publisher,
        "published": description.publisher,
        "date": description.date,
    }
    return (
        r
        for r in remarks
        if not any(
            value and r.startswith((f"{key} ", f"it does not say who {key}")) for key, value in given.items()
        )
    )


def _check_facts(description: SourceFacts, file: str) -> SourceFacts:
    """The description itself; raises TermbankError where its date or kind is none."""
    if description.date is not None and not is_date(description.date):
        raise TermbankError(
            message("“{date}” is not a date.", date=description.date),
            file=file,
            remedy=message("Write 2025, 2025-08 or 2025-08-26."),
        )
    if description.kind is not None and description.kind not in tuple(PublisherKind):
        raise TermbankError(
            message("unknown kind of publisher “{kind}”.", kind=description.kind),
            remedy=message("Use one of: {names}.", names=", ".join(PublisherKind)),
        )
    return description


def _read_manifest(document: Document, manifest: Path | None) -> tuple[SourceFacts, tuple[str, ...]]:
    """The manifest's entry for the document, or nothing."""
    path = manifest or Path(document.name).parent / MANIFEST
    if manifest is None and not path.is_file():
        return SourceFacts(), ()
    try:
        body: Mapping[str, Any] = tomllib.loads(read_bytes(path).decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TermbankError(
            message("the manifest cannot be read: {error}.", error=error),
            file=str(path),
            remedy=message("Give a TOML file with [[document]]."),
        ) from None
    wanted = Path(document.name).name
    for entry in body.get("document", ()):
        if isinstance(entry, Mapping) and Path(str(entry.get("file", ""))).name == wanted:
            fields = (_text(entry, key) for key in ("title", "publisher", "kind", "date", "url"))
            description = _check_facts(SourceFacts(*fields), str(path))
            return description, (
                message("{file}: described by {manifest}.", file=document.name, manifest=path),
            )
    return SourceFacts(), ()


def _text(entry: Mapping[str, Any], key: str) -> str | None:
    value = entry.get(key)
    return str(value) if value not in (None, "") else None


def _find_by_title(title: str, sources: Iterable[Source]) -> Source | None:
    """The bank's source of that title, where there is just one and the title is long enough to identify it."""
    if len(title) < 20:
        return None
    found = [source for source in sources if not source.described and same_wording(source.title, title)]
    return found[0] if len(found) == 1 else None


def _find_same(wanted: Source, sources: Iterable[Source]) -> Source | None:
    for source in sources:
        if (
            fold(source.title) == fold(wanted.title)
            and source.publisher_name == wanted.publisher_name
            and source.date == wanted.date
        ):
            return source
    return None


def source_changes(bank: Bank, source: Source) -> Iterator[Change]:
    """The source and its publisher as changes to a bank, unless it has them."""
    publisher = source.publisher
    if publisher is not None and bank.body("publisher", publisher.id) is None:
        yield Change("publisher", publisher.id, publisher_record(publisher))
    if bank.body("source", source.id) is None:
        yield Change("source", source.id, source_record(source))


def publisher_named(name: str, publishers: Iterable[Publisher], kind: str | None = None) -> Publisher:
    """The publisher of that name or alias, or a new one of the kind given."""
    wanted = fold(name.strip())
    for publisher in publishers:
        if wanted in {fold(known) for known in (publisher.id, publisher.name, *publisher.aliases)}:
            return publisher
    return Publisher(slug(name) or "publisher", name.strip(), PublisherKind(kind or PublisherKind.UNKNOWN))


def source_id(source: Source, taken: Iterable[Source]) -> str:
    """A readable id that no other source has: publisher, year and the title's first words."""
    parts = [source.publisher.id if source.publisher else "", (source.date or "")[:4], slug(source.title)]
    base = "-".join(part for part in parts if part)[:72].strip("-") or "document"
    return free_id(base, {other.id for other in taken})


def slug(text: str) -> str:
    """A text as an id: a–z, 0–9 and single hyphens; Chinese by its pinyin.

    >>> slug("The AI Plus initiative – China’s blueprint")
    'the-ai-plus-initiative-china-s-blueprint'
    """
    if re.search(r"[㐀-鿿]", text):
        from pypinyin import lazy_pinyin

        text = " ".join(lazy_pinyin(text))
    words = re.findall(r"[a-z0-9]+", fold(text))
    return "-".join(words[:8])
