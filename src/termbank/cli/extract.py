"""`termbank extract`: find the terms of two documents and how they are rendered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import FILE, bank_option, command, format_option, lines_option, option
from termbank.cli.output import (
    ProgressBar,
    escape_controls,
    format_table,
    print_error,
    print_json,
    print_line,
    print_remarks,
)
from termbank.cli.several_documents import (
    Failures,
    print_documents,
    print_heading,
    print_rows,
    worker_options,
    worker_settings,
)
from termbank.model.errors import TermbankError
from termbank.model.message import _, message, ngettext

if TYPE_CHECKING:
    from termbank.model.candidate import Candidate
    from termbank.services.bank_setup import Bank
    from termbank.services.document_files import DocumentFiles
    from termbank.services.extract import Extraction

RENDERINGS_SHOWN = 3


@command(
    help=message(
        "Find the terms of a Chinese document and how its English version renders them.\n\n"
        "Given two folders, or one folder whose files are named x.zh.txt and x.en.txt, the documents in them are "
        "paired by name, and each pair is answered by itself."
    ),
    examples=(
        "termbank extract 原文.txt translation.txt --queue",
        "termbank extract zh/ en/ --queue",
        "termbank review",
    ),
)
@click.argument("zh", type=FILE)
@click.argument("en", type=FILE, required=False)
@lines_option
@option("--terms", type=FILE, help=message("Look only for these Chinese terms, one on each line."))
@option("--semantic", is_flag=True, help=message("Use sentence embeddings too (the [semantic] extra)."))
@format_option("text", "json", "tsv")
@option("--queue", is_flag=True, help=message("Add the candidates to the bank's review queue."))
@option(
    "--again",
    is_flag=True,
    help=message("With --queue: ask again about rejected pairs that were seen more often since."),
)
@option("--limit", type=click.IntRange(1), help=message("Show at most this many candidates (text only)."))
@option("--publisher", help=message("Who published the English text; kept with the evidence of --queue."))
@option("--date", "date", help=message("When it was published: 2025, 2025-08 or 2025-08-26."))
@option("--title", help=message("The title of the English text."))
@worker_options
@bank_option
@click.pass_context
def extract(ctx: click.Context, /, zh: Path, en: Path | None, **options: Any) -> int:
    """Run `termbank extract`."""
    from termbank.services.document_files import is_several
    from termbank.services.extract import extract_files
    from termbank.services.glossary_copy import glossary_of
    from termbank.services.lexicon_cache import build_lexicon_beside

    build_lexicon_beside()
    if is_several([zh]) or (en is not None and is_several([en])):
        return _extract_several(ctx, zh, en, options)
    with bank_of(ctx) as bank, ProgressBar(_("aligning")) as progress:
        extraction = extract_files(
            zh,
            en,
            lines=options["lines"],
            semantic=options["semantic"],
            terms=options["terms"],
            glossary=glossary_of(bank),
            progress=progress,
        )
        print_remarks(extraction.remarks)
        if options["queue"]:
            _add_to_queue(bank, [extraction], options)
    _print_candidates(extraction, options["form"], options["limit"])
    return 0


def _extract_several(ctx: click.Context, zh: Path, en: Path | None, options: dict[str, Any]) -> int:
    """Extract from the documents of folders; returns the exit code."""
    from termbank.services.document_jobs import ExtractJob
    from termbank.services.document_map import map_documents
    from termbank.services.document_paths import pair_files
    from termbank.services.extract import term_list

    pairs, errors = pair_files(zh, en)
    failures = Failures(errors)
    terms = term_list(options["terms"]) if options["terms"] is not None else None
    kept: list[Extraction] = []

    def remarks(extraction: Extraction) -> tuple[str, ...]:
        kept.extend([extraction] if options["queue"] else [])
        return extraction.remarks

    with bank_of(ctx) as bank:
        job = ExtractJob(bank.glossary(), terms, options["lines"], options["semantic"])
        with ProgressBar(_("extracting")) as progress:
            outcomes = map_documents(job, pairs, worker_settings(options), progress)
            _print_each(failures.answers(outcomes, remarks), options["form"], options["limit"])
        if kept:
            _add_to_queue(bank, kept, options)
    return failures.exit_code()


def _print_each(answers: Iterator[tuple[DocumentFiles, Extraction]], form: str, limit: int | None) -> None:
    from termbank.services.extract import candidates_record

    if form == "json":
        print_documents((files, candidates_record(found.candidates)) for files, found in answers)
    elif form == "tsv":
        print_rows((files, _rows(found)) for files, found in answers)
    else:
        for number, (files, found) in enumerate(answers):
            print_heading(files, first=not number)
            _print_candidates(found, form, limit)


def _add_to_queue(bank: Bank, extractions: Sequence[Extraction], options: dict[str, Any]) -> None:
    from termbank.services.provenance import KnownSources, SourceFacts, source_of
    from termbank.services.queue import queue_all

    description = SourceFacts(title=options["title"], publisher=options["publisher"], date=options["date"])
    if description != SourceFacts() and len(extractions) > 1:
        raise TermbankError(
            message("--title, --publisher and --date describe one document, and several were given."),
            remedy=message("Describe them in a manifest.toml beside them."),
        )
    known = KnownSources.of(bank)
    found = []
    for extraction in extractions:
        source, assumed = source_of(extraction.texts.en, known, description)
        known = known.with_source(source)
        print_remarks(assumed)
        found.append((extraction.candidates, source))
    print_error(str(queue_all(bank, found, again=options["again"])))


def _print_candidates(extraction: Extraction, form: str, limit: int | None) -> None:
    from termbank.services.extract import candidates_record

    if form == "json":
        print_json(candidates_record(extraction.candidates))
    elif form == "tsv":
        for row in _rows(extraction):
            print_line(row)
    elif not extraction.candidates:
        print_line(_("No terms found. Use a longer document, or --terms FILE to look for your own terms."))
    else:
        rows = [_row(candidate) for candidate in extraction.candidates[:limit]]
        for line in format_table(rows, (_("term"), "×", _("renderings"), _("in the bank"))):
            print_line(line)
        count = len(extraction.candidates)
        print_line()
        print_line(
            ngettext(
                "{count} candidate; “new” is not in the bank.",
                "{count} candidates; “new” is not in the bank.",
                count,
            )
        )


def _rows(extraction: Extraction) -> Iterator[str]:
    for candidate in extraction.candidates:
        for rendering in candidate.renderings or ():
            cells = (candidate.zh, rendering.text, str(rendering.count), f"{rendering.score:.3f}")
            yield "\t".join(escape_controls(cell).replace("\t", " ") for cell in cells)


def _row(candidate: Candidate) -> tuple[str, str, str, str]:
    first = candidate.renderings[:RENDERINGS_SHOWN]
    shown = ", ".join(f"{rendering.text} ×{rendering.count}" for rendering in first) or "—"
    if candidate.known is None:
        known = _("new")
    elif any(rendering.term is None for rendering in first):
        known = _("{concept} (new rendering)", concept=candidate.known)
    else:
        known = candidate.known
    return candidate.zh, str(candidate.count), shown, known
