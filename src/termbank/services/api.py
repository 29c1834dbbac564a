"""The public functions of termbank, as `import termbank` offers them.

Texts are strings, lists of sentences, paths or documents; glossaries are glossaries, open banks or files. The work is
done by the services; results are those of `services.results`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from termbank.model.document import Document
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.model.message import message
from termbank.services.results import (
    AlignmentResult,
    CheckResult,
    ExtractionResult,
    LookupResult,
    SurveyResult,
    VariantsResult,
)

if TYPE_CHECKING:
    from termbank.model.progress import Progress
    from termbank.store.bank import Bank

Text = str | Sequence[str] | PathLike[str] | Document
"""A text: a string (the text itself), a list of sentences, a path to a file, or a document already read."""


class TermBank:
    """An open bank: its glossary, lookup and variants. Close it, or use it as a context manager."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank

    @property
    def glossary(self) -> Glossary:
        """Every concept of the bank; a warning names those that are damaged and were left out."""
        from termbank.services.damage import damage_remarks

        found = self.bank.glossary()
        for remark in damage_remarks(self.bank):
            warnings.warn(remark, stacklevel=2)
        return found

    def lookup(self, query: str, limit: int = 20) -> LookupResult:
        """Look up a term in Chinese, pinyin or English.

        Args:
            query: a term in either script, pinyin with or without tones, initials, or English in any inflection.
            limit: the most concepts to give back.

        Returns:
            The concepts that answer, best first.
        """
        from termbank.services.lookup import look_up

        return LookupResult(query, look_up(self.bank, query, limit))

    def variants(
        self, query: str | None = None, *, as_of: str | None = None, by: str | None = None
    ) -> VariantsResult:
        """Show who used which rendering, and when.

        Args:
            query: a concept or term; every concept with two renderings in use where None.
            as_of: a date (2025, 2025-08 or 2025-08-26); what was written on that day is then answered too.
            by: a publisher's name, part of it or an alias.

        Raises:
            NotFoundError: the bank knows no such concept or publisher.
            TermbankError: `as_of` is not a date.
        """
        from termbank.services.variants import variants

        return VariantsResult(variants(self.bank, query, as_of=as_of, by=by))

    def close(self) -> None:
        """Close the bank's file."""
        self.bank.close()

    def __len__(self) -> int:
        return self.bank.count("concept")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<TermBank: {self.bank.path.name}, {len(self)} concepts>"


GlossaryLike = Glossary | TermBank | PathLike[str]
"""A glossary: a value, an open bank, or the path of a glossary file or a folder of packs."""


def open(bank: PathLike[str] | str | None = None, *, read_only: bool = False) -> TermBank:
    """Open a bank; it is created and filled with the shipped glossaries where it does not exist.

    Args:
        bank: the bank's file; TERMBANK_BANK or the user's own bank where None.
        read_only: refuse to write to it.

    Raises:
        BankError: the file cannot be created, opened or read, or is no bank.
    """
    from termbank.services.bank_setup import open_bank

    return TermBank(open_bank(Path(bank) if bank is not None else None, read_only=read_only))


def read_glossary(path: PathLike[str] | str) -> Glossary:
    """Read a glossary file, in any format that `termbank import` reads, or a folder of packs.

    Raises:
        UnreadableError: nothing in it can be used; the error lists every fault.
    """
    from termbank.services.glossary_file import read_glossary

    return read_glossary(Path(path))[0].glossary


def align(
    zh: Text, en: Text, *, lines: bool = False, semantic: bool = False, progress: Progress | None = None
) -> AlignmentResult:
    """Pair the sentences of a Chinese text and its English translation.

    Args:
        zh: the Chinese text. Texts given the other way round are swapped, with a remark.
        en: the English text.
        lines: take each non-empty line as one segment. A list of sentences is always taken so.
        semantic: use sentence embeddings too (needs the extra `semantic`).
        progress: called with the number of segments done and of all.

    Raises:
        UnreadableError: a file cannot be read.
        TermbankError: there is nothing to align.
        MissingExtraError: `semantic` without its extra.
    """
    from termbank.services.align import align_documents

    return AlignmentResult(
        align_documents(
            _document(zh, "zh"),
            _document(en, "en"),
            lines=lines or _is_list(zh) or _is_list(en),
            semantic=semantic,
            progress=progress,
        )
    )


def extract(
    zh: Text | AlignmentResult,
    en: Text | None = None,
    *,
    terms: Iterable[str] | None = None,
    glossary: GlossaryLike | None = None,
    lines: bool = False,
    semantic: bool = False,
    progress: Progress | None = None,
) -> ExtractionResult:
    """Find the terms of a Chinese text and how its translation renders them.

    Args:
        zh: the Chinese text, or an alignment, which needs no `en`.
        en: the English text.
        terms: look for these Chinese terms only, and answer each of their occurrences.
        glossary: what is known already; nothing where None.
        lines, semantic, progress: as for `align`.

    Raises:
        UnreadableError, TermbankError, MissingExtraError: as for `align`.
    """
    from termbank.services.extract import extract_from

    if isinstance(zh, AlignmentResult):
        aligned = zh
    elif en is None:
        raise TypeError("extract() needs two texts, or an alignment")
    else:
        aligned = align(zh, en, lines=lines, semantic=semantic, progress=progress)
    wanted = tuple(dict.fromkeys(terms)) if terms is not None else None
    known = _glossary(glossary) if glossary is not None else None
    return ExtractionResult(extract_from(aligned.texts, terms=wanted, glossary=known))


# Long: most of it is parameters and their description.
def check(
    target: Text,
    source: Text | None = None,
    *,
    glossary: GlossaryLike | None = None,
    select: Sequence[str] = (),
    date: str | None = None,
    lines: bool = False,
    semantic: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
) -> CheckResult:
    """Check a translation for faults of terminology and numbers.

    Args:
        target: the translation; or, as a path, a bilingual file (TMX, XLIFF, PO, table).
        source: the Chinese text; without one, only what English alone shows is checked.
        glossary: what to check against; the shipped glossaries where None. The preferred and admitted terms of a
            glossary that is given, and a bank's own, bind strictly: any other wording is reported.
        select: codes of the checks to run, all where empty.
        date: the translation's date, found in its text where None.
        strict: report a rendering that is only admitted where another is preferred, too.
        lines, semantic, progress: as for `align`.

    Raises:
        UnreadableError, TermbankError, MissingExtraError: as for `align`; TermbankError for an unknown code or date.
    """
    from termbank.services.check import check_files

    known = _glossary(glossary) if glossary is not None else shipped_glossary()
    return CheckResult(
        check_files(
            _path_or_document(target, "en"),
            known,
            source=_path_or_document(source, "zh") if source is not None else None,
            lines=lines or _is_list(target) or _is_list(source),
            semantic=semantic,
            date=date,
            only=select,
            progress=progress,
            house_terms=_house_terms(glossary, known),
            strict=strict,
        )
    )


def _house_terms(given: GlossaryLike | None, known: Glossary) -> frozenset[str]:
    """The ids of the concepts that bind strictly: all of a glossary that was given, a bank's own of a bank."""
    if given is None:
        return frozenset()
    if isinstance(given, TermBank):
        from termbank.services.house_terms import house_terms_of_bank

        return house_terms_of_bank(given.bank, known)
    return frozenset(known.by_id)


def survey(
    documents: Iterable[Text] | dict[str, Text],
    *,
    zh: Text | None = None,
    glossary: GlossaryLike | None = None,
    progress: Progress | None = None,
) -> SurveyResult:
    """Compare the renderings that English documents use.

    Args:
        documents: the English documents; a dict gives them names.
        zh: their Chinese source; with it, renderings that the glossary does not know are found too.
        glossary: the concepts to look for; the shipped glossaries where None.
        progress: called with the number of documents done and of all.

    Raises:
        UnreadableError: a file cannot be read.
        TermbankError: a document is Chinese, or the source is not.
    """
    from termbank.services.survey import survey_documents

    if isinstance(documents, dict):
        texts = tuple(_document(text, name) for name, text in documents.items())
    else:
        texts = tuple(_document(text, f"document {at}") for at, text in enumerate(documents, 1))
    known = _glossary(glossary) if glossary is not None else shipped_glossary()
    source = _document(zh, "zh") if zh is not None else None
    return SurveyResult(survey_documents(texts, known, zh=source, progress=progress).survey)


def shipped_glossary() -> Glossary:
    """The glossaries that come with termbank."""
    from termbank.services import settings

    return read_glossary(settings.shipped_folder("glossaries"))


def _glossary(given: GlossaryLike) -> Glossary:
    if isinstance(given, Glossary):
        return given
    if isinstance(given, TermBank):
        return given.glossary
    return read_glossary(given)


def _is_list(text: Text | None) -> bool:
    return isinstance(text, Sequence) and not isinstance(text, str)


def _path_or_document(text: Text, name: str) -> Path | Document:
    return Path(text) if isinstance(text, PathLike) else _document(text, name)


def _document(text: Text, name: str) -> Document:
    """The text as a document; `name` is what it is called in messages where it is not a file."""
    from termbank.files.documents.text import read

    if isinstance(text, Document):
        return text
    if isinstance(text, PathLike):
        from termbank.services.file_access import read_document

        return read_document(fspath(text))
    if isinstance(text, str):
        _refuse_file_name(text)
        return read(text.encode("utf-8", "replace"), name)
    sentences = [sentence.strip() for sentence in text]
    if not all(sentences) or any("\n" in sentence for sentence in sentences):
        raise ValueError("each sentence of a list is one line with text in it")
    return read("\n".join(sentences).encode("utf-8", "replace"), name)


def _refuse_file_name(text: str) -> None:
    """A string is a text. The name of a file that exists was surely meant as a path."""
    if "\n" in text or not 0 < len(text) < 250 or not Path(text).suffix:
        return
    if Path(text).is_file():
        raise TermbankError(
            message("“{name}” is the name of a file, given as a text.", name=text),
            remedy=message("Give pathlib.Path({name!r}).", name=text),
        )
