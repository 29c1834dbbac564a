"""`termbank import`: bring a glossary into the bank."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import FILE, bank_option, command, json_option, option, why_option
from termbank.cli.output import print_error, print_error_line, print_json, print_line, print_remarks
from termbank.model.errors import sentence
from termbank.model.message import _, message, ngettext, translate

if TYPE_CHECKING:
    from termbank.services.importing import ImportResult

FAULTS_SHOWN = 20
CHANGES_SHOWN = 10


@command(
    "import",
    help=message(
        "Import a glossary into the bank, as one decision.\n\n"
        "Concepts are merged by id, then by Chinese term; nothing in the bank is lost."
    ),
    examples=("termbank import glossary.tbx --dry-run",),
)
@click.argument("file", type=FILE)
@option("--format", "form", help=message("The format of the file (default: by its suffix)."))
@option(
    "--status",
    type=click.Choice(("preferred", "admitted")),
    help=message("The status of the terms of a file that has no column of statuses."),
)
@option("--dry-run", is_flag=True, help=message("Show what would change, and change nothing."))
@why_option
@json_option
@bank_option
@click.pass_context
def import_(
    ctx: click.Context,
    file: Path,
    form: str | None,
    status: str | None,
    dry_run: bool,
    why: str | None,
    as_json: bool,
) -> int:
    """Run `termbank import`."""
    from termbank.model.concept import Status
    from termbank.services.importing import import_file

    with bank_of(ctx) as bank:
        outcome = import_file(
            bank, file, format=form, status=Status(status) if status else None, dry_run=dry_run, why=why
        )
    print_remarks(outcome.remarks)
    if not outcome.has_statuses:
        print_error(
            _(
                "{file} gives no status to its terms: they are proposed and bind no text. If they are to be used, "
                "give --status preferred.",
                file=outcome.file,
            )
        )
    for fault in outcome.faults[:FAULTS_SHOWN]:
        print_error_line(sentence(fault))
    if len(outcome.faults) > FAULTS_SHOWN:
        print_error_line(_("… and {count} more.", count=len(outcome.faults) - FAULTS_SHOWN))
    if as_json:
        print_json(_record(outcome, dry_run))
    else:
        _print_outcome(outcome, dry_run)
    nothing = not (outcome.new or outcome.changed or outcome.unchanged)
    return 2 if nothing else 0


def _record(outcome: ImportResult, dry_run: bool) -> dict[str, object]:
    return {
        "schema": 1,
        "file": outcome.file,
        "format": outcome.format,
        "dry_run": dry_run,
        "decision": outcome.decision or None,
        "new": list(outcome.new),
        "changed": [{"concept": id, "what": list(what)} for id, what in outcome.changed],
        "unchanged": outcome.unchanged,
        "refused": outcome.refused,
    }


def _print_outcome(outcome: ImportResult, dry_run: bool) -> None:
    for id, what in outcome.changed[:CHANGES_SHOWN]:
        for line in what:
            print_error_line(f"{id}: {translate(line)}")
    new = len(outcome.new)
    counts = ngettext(
        "{count} new concept, {changed} changed, {unchanged} unchanged, {refused} refused",
        "{count} new concepts, {changed} changed, {unchanged} unchanged, {refused} refused",
        new,
        changed=len(outcome.changed),
        unchanged=outcome.unchanged,
        refused=outcome.refused,
    )
    if dry_run:
        print_line(_("Would import: {counts}. Nothing was changed.", counts=counts))
    elif outcome.decision:
        number = outcome.decision
        print_line(
            _(
                "Imported: {counts} (decision {number}; undo it with `termbank undo`).",
                counts=counts,
                number=number,
            )
        )
    else:
        print_line(_("Nothing to import: {counts}.", counts=counts))
