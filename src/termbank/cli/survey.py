"""`termbank survey`: compare the renderings that several documents use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbank.cli.bank_access import bank_of, exit_code
from termbank.cli.decorators import FILE, bank_option, command, format_option, option
from termbank.cli.output import ProgressBar, print_error, print_remarks, print_report, terminal_width
from termbank.cli.several_documents import Failures, worker_options, worker_settings
from termbank.model.message import _, message, ngettext

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank
    from termbank.services.survey import Surveyed


@command(
    help=message(
        "Compare the renderings that English documents use: a matrix of concept × document.\n\n"
        "DOC is a document, or a folder of English documents."
    ),
    examples=(
        "termbank survey official.txt lawfirm.docx news.html --zh 原文.txt --format html > survey.html",
    ),
)
@click.argument("documents", nargs=-1, required=True, type=FILE, metavar="DOC…")
@option("--zh", type=FILE, help=message("The Chinese source of the documents; finds new renderings too."))
@format_option("text", "json", "html", "csv")
@option(
    "--save", "keep", is_flag=True, help=message("Save the renderings found as attestations in the bank.")
)
@option("--publisher", help=message("Who published the document (one document)."))
@option("--kind", help=message("The kind of publisher: official, state media, law firm …"))
@option("--date", help=message("When it was published: 2025, 2025-08 or 2025-08-26."))
@option("--title", help=message("The title of the document."))
@option("--url", help=message("The address of the document."))
@option("--manifest", type=FILE, help=message("A manifest.toml that describes the documents."))
@worker_options
@bank_option
@click.pass_context
def survey(ctx: click.Context, /, documents: tuple[Path, ...], form: str, **options: Any) -> int:
    """Run `termbank survey`."""
    from termbank.services.document_files import is_several
    from termbank.services.document_paths import DOCUMENT_SUFFIXES, find_files
    from termbank.services.glossary_copy import glossary_of
    from termbank.services.survey import report, survey_files

    if any(is_several([path]) for path in documents):
        documents = find_files(documents, DOCUMENT_SUFFIXES)
    with bank_of(ctx) as bank:
        with ProgressBar(_("surveying")) as progress:
            surveyed = survey_files(
                documents,
                glossary_of(bank),
                zh=options["zh"],
                workers=worker_settings(options),
                progress=progress,
            )
        failures = Failures(surveyed.errors)
        print_remarks(surveyed.survey.remarks)
        if options["keep"]:
            _save(bank, surveyed, options)
    print_report(report(surveyed, form, width=terminal_width()))
    return failures.exit_code(exit_code(ctx))


def _save(bank: Bank, surveyed: Surveyed, options: dict[str, Any]) -> None:
    """Save the attestations and print how many they are."""
    from termbank.services.provenance import SourceFacts
    from termbank.services.survey import save

    description = SourceFacts(*(options[name] for name in ("title", "publisher", "kind", "date", "url")))
    saved = save(bank, surveyed, facts=description, manifest=options["manifest"])
    print_remarks(saved.remarks)
    if saved.number:
        print_error(
            ngettext(
                "Saved {count} attestation (decision {number}).",
                "Saved {count} attestations (decision {number}).",
                saved.attestations,
                number=saved.number,
            )
        )
    else:
        print_error(_("Nothing new to save; the bank has these attestations."))
