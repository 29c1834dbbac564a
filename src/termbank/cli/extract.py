"""`termbank extract`: find the terms of two documents and how they are rendered."""

from __future__ import annotations

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
from termbank.model.message import _, message, ngettext

if TYPE_CHECKING:
    from termbank.model.candidate import Candidate
    from termbank.services.bank_setup import Bank
    from termbank.services.extract import Extraction

RENDERINGS_SHOWN = 3


@command(
    help=message("Find the terms of a Chinese document and how its English version renders them."),
    examples=("termbank extract 原文.txt translation.txt --queue", "termbank review"),
)
@click.argument("zh", type=FILE)
@click.argument("en", type=FILE)
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
@bank_option
@click.pass_context
def extract(ctx: click.Context, /, **options: Any) -> None:
    """Run `termbank extract`."""
    from termbank.services.extract import extract_files

    with bank_of(ctx) as bank, ProgressBar(_("aligning")) as progress:
        extraction = extract_files(
            options["zh"],
            options["en"],
            lines=options["lines"],
            semantic=options["semantic"],
            terms=options["terms"],
            glossary=bank.glossary(),
            progress=progress,
        )
        print_remarks(extraction.remarks)
        if options["queue"]:
            _add_to_queue(bank, extraction, options)
    _print_candidates(extraction, options["form"], options["limit"])


def _add_to_queue(bank: Bank, extraction: Extraction, options: dict[str, Any]) -> None:
    from termbank.services.provenance import KnownSources, SourceFacts, source_of
    from termbank.services.queue import queue

    description = SourceFacts(title=options["title"], publisher=options["publisher"], date=options["date"])
    source, assumed = source_of(extraction.texts.en, KnownSources.of(bank), description)
    print_remarks(assumed)
    print_error(str(queue(bank, extraction.candidates, source, again=options["again"])))


def _print_candidates(extraction: Extraction, form: str, limit: int | None) -> None:
    from termbank.services.extract import candidates_record

    if form == "json":
        print_json(candidates_record(extraction.candidates))
    elif form == "tsv":
        _print_tsv(extraction)
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


def _print_tsv(extraction: Extraction) -> None:
    for candidate in extraction.candidates:
        for rendering in candidate.renderings or ():
            cells = (candidate.zh, rendering.text, str(rendering.count), f"{rendering.score:.3f}")
            print_line("\t".join(escape_controls(cell).replace("\t", " ") for cell in cells))


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
