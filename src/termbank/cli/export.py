"""`termbank export`: write the bank to a file for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from termbank.cli.bank_access import bank_of, exit_code
from termbank.cli.decorators import FILE, bank_option, command, option
from termbank.cli.output import print_error, print_line
from termbank.model.concept import Status
from termbank.model.message import _, message, ngettext, translate


@command(
    help=message(
        "Export the bank, or part of it, to a file for other tools.\n\nReports what the format does not keep."
    ),
    examples=("termbank export all.tbx", "termbank export law.xlsx --subject law"),
)
@click.argument("file", type=FILE)
@option("--format", "form", help=message("The format of the file (default: by its suffix)."))
@option("--subject", "subjects", multiple=True, help=message("Only this subject. Can be repeated."))
@option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([status.value for status in Status]),
    help=message("Only renderings of this status. Can be repeated."),
)
@option(
    "--as-of",
    metavar="DATE",
    help=message("The bank as it was at the end of that day, month or year (UTC)."),
)
@bank_option
@click.pass_context
def export(
    ctx: click.Context,
    file: Path,
    form: str | None,
    subjects: tuple[str, ...],
    statuses: tuple[str, ...],
    as_of: str | None,
) -> int:
    """Run `termbank export`."""
    from termbank.services.exporting import export as make
    from termbank.services.file_access import write_atomically
    from termbank.services.glossary_file import format_for

    with bank_of(ctx) as bank:
        chosen = format_for(str(file), form)
        wanted = [Status(status) for status in statuses]
        made = make(bank, chosen, subjects=subjects, statuses=wanted, as_of=as_of)
    for line in made.losses:
        print_error(_("{format} does not keep: {loss}.", format=chosen.name, loss=translate(line)))
    write_atomically(file, made.data)
    terms = ngettext("{count} term", "{count} terms", made.terms)
    print_line(
        ngettext(
            "Wrote {count} concept with {terms} to {file}.",
            "Wrote {count} concepts with {terms} to {file}.",
            made.concepts,
            terms=terms,
            file=file,
        )
    )
    return exit_code(ctx)
