"""Document, Block, Source and Publisher: a text and where it comes from.

A `Document` has its text as given and the blocks (heading, paragraph, list item, table cell) that a reader found in it,
as spans. A `Source` is what an attestation refers to; its text need not be available.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from termbank.model.message import message
from termbank.model.span import Span


class PublisherKind(StrEnum):
    """What kind of institution publishes; `OFFICIAL` and `STATE_MEDIA` carry authority over usage."""

    OFFICIAL = "official"
    STATE_MEDIA = "state media"
    ACADEMIC = "academic"
    THINK_TANK = "think tank"
    LAW_FIRM = "law firm"
    PRESS = "press"
    REFERENCE = "reference"
    STUDY_LIST = "study list"
    MACHINE_LIKE = "machine-like copy"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Publisher:
    """An institution that publishes, under one id however its name is written."""

    id: str
    name: str
    kind: PublisherKind = PublisherKind.UNKNOWN
    language: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A document as a fact: what it is called, who published it, when, and where it can be read.

    `date` is partial ISO (see `model.date`). `kind` overrides the publisher's. `described` says that
    the title is a description of the page rather than its own title.
    """

    id: str
    title: str
    publisher: Publisher | None = None
    own_kind: PublisherKind | None = None
    date: str | None = None
    language: str | None = None
    url: str | None = None
    described: bool = False

    @property
    def kind(self) -> PublisherKind:
        if self.own_kind is not None:
            return self.own_kind
        return self.publisher.kind if self.publisher is not None else PublisherKind.UNKNOWN

    @property
    def publisher_name(self) -> str:
        return self.publisher.name if self.publisher is not None else message("unattributed")


class BlockKind(StrEnum):
    """What kind of text a block is, where its format says so."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


@dataclass(frozen=True)
class Block:
    """A stretch of a document that no sentence crosses."""

    kind: BlockKind
    span: Span
    level: int = 0


@dataclass(frozen=True)
class Document:
    """A text as given, with its blocks in order, the encoding it was read in and remarks on the reading.

    `name` is what the person called it (a path, usually). Blocks do not overlap; text outside any
    block (markup, page furniture) is not read as prose.
    """

    name: str
    text: str
    blocks: tuple[Block, ...] = ()
    encoding: str = "utf-8"
    source: Source | None = None
    remarks: tuple[str, ...] = field(default=())

    def __repr__(self) -> str:
        """Brief: <Document report.txt, 3456 characters>."""
        return f"<Document {self.name}, {len(self.text)} characters>"
