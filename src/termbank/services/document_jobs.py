"""What each command does with one of many documents; each job is given to `document_map.map_documents`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from termbank.matching.matcher import Matcher
from termbank.model.glossary import Glossary
from termbank.services.document_files import DocumentFiles

if TYPE_CHECKING:
    from termbank.matching.scan import Scan
    from termbank.model.check_result import Checked
    from termbank.services.align import AlignedTexts
    from termbank.services.extract import Extraction


class Matchers:
    """The matchers of the glossaries asked for, each made once."""

    def __init__(self) -> None:
        self._made: dict[int, Matcher] = {}

    def __call__(self, glossary: Glossary) -> Matcher:
        """The matcher of a glossary; it is the same for the same object, which it keeps."""
        from termbank.services.matcher_cache import matcher_of

        if id(glossary) not in self._made:
            self._made[id(glossary)] = matcher_of(glossary)
        return self._made[id(glossary)]


@dataclass(frozen=True)
class AlignJob:
    """Pair the sentences of each document."""

    lines: bool = False
    semantic: bool = False
    glossary: Glossary | None = None

    def prepare(self) -> Callable[[DocumentFiles], AlignedTexts]:
        """Load the lexicon, and the encoder where it is wanted."""
        from termbank.services.align import align_files

        _load_aligner(self.semantic)
        return lambda files: align_files(*_both(files), lines=self.lines, semantic=self.semantic)


@dataclass(frozen=True)
class ExtractJob:
    """Find the terms of each document and their renderings; `terms` are the only ones looked for, if there are any."""

    glossary: Glossary | None
    terms: tuple[str, ...] | None = None
    lines: bool = False
    semantic: bool = False

    def prepare(self) -> Callable[[DocumentFiles], Extraction]:
        """Load the lexicon, and the encoder where it is wanted."""
        from termbank.services.align import align_files
        from termbank.services.extract import extract_from

        _load_aligner(self.semantic)

        def one(files: DocumentFiles) -> Extraction:
            texts = align_files(*_both(files), lines=self.lines, semantic=self.semantic)
            return extract_from(texts, terms=self.terms, glossary=self.glossary)

        return one


@dataclass(frozen=True)
class ScanJob:
    """List the glossary's terms in each document."""

    glossary: Glossary
    nested: bool = False

    def prepare(self) -> Callable[[DocumentFiles], Scan]:
        """Make the matchers."""
        from termbank.services.file_access import read_document
        from termbank.services.scan import scan

        matchers = Matchers()
        return lambda files: scan(
            read_document(files.paths[0]), self.glossary, nested=self.nested, matchers=matchers
        )


@dataclass(frozen=True)
class CheckJob:
    """Check each document, under the settings that hold for its file."""

    glossary: Glossary
    lines: bool = False
    semantic: bool = False
    baseline: Path | None = None
    date: str | None = None
    only: tuple[str, ...] = ()
    house_terms: frozenset[str] = frozenset()
    strict: bool = False
    ignore: tuple[str, ...] = ()

    def prepare(self) -> Callable[[DocumentFiles], Checked]:
        """Make the matchers."""
        from termbank.services.check import check_files

        matchers = Matchers()
        if self.semantic:
            _load_aligner(self.semantic)
        return lambda files: check_files(
            files.en or files.paths[0],
            self.glossary,
            source=files.zh if files.en is not None else None,
            lines=self.lines,
            semantic=self.semantic,
            baseline=self.baseline,
            date=self.date,
            only=self.only,
            ignore=self.ignore,
            processes=1,
            matchers=matchers,
            house_terms=self.house_terms,
            strict=self.strict,
        )


def _load_aligner(semantic: bool) -> None:
    from termbank.services.lexicon_cache import lexicon
    from termbank.services.sentence_encoder import encoder

    lexicon()
    if semantic:
        encoder()


def _both(files: DocumentFiles) -> tuple[Path, Path]:
    assert files.zh is not None
    assert files.en is not None
    return files.zh, files.en
