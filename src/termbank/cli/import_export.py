"""`termbank import` and `termbank export`: glossaries in and out, nothing lost without a word."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termbank.cli.app import FILE, bank_option
from termbank.cli.output import remark, say, say_json
from termbank.model.concept import Status

if TYPE_CHECKING:
    from termbank.services.importing import Outcome

FAULTS_SHOWN = 20
CHANGES_SHOWN = 10


@click.command("import", epilog="Example:  termbank import glossary.tbx --dry-run")
@click.argument("file", type=FILE)
@click.option("--format", "form", help="Its format; by default its suffix tells.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--why", help="A reason, kept in the history.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@bank_option
@click.pass_context
def import_(
    ctx: click.Context, file: Path, form: str | None, dry_run: bool, why: str | None, as_json: bool
) -> int:
    """Bring a glossary into the bank, as one decision.

    Concepts are joined by id, then by Chinese term; what the bank has is never lost.
    """
    from termbank.services.bank_setup import open_bank
    from termbank.services.importing import import_file

    with open_bank(ctx.obj.get("bank")) as bank:
        outcome = import_file(bank, file, format=form, dry_run=dry_run, why=why)
    for line in outcome.remarks:
        remark(f"termbank: {line}")
    for fault in outcome.faults[:FAULTS_SHOWN]:
        remark(str(fault))
    if len(outcome.faults) > FAULTS_SHOWN:
        remark(f"… and {len(outcome.faults) - FAULTS_SHOWN} more.")
    if as_json:
        say_json(_record(outcome, dry_run))
    else:
        _show(outcome, dry_run)
    nothing = not (outcome.new or outcome.changed or outcome.unchanged)
    return 2 if nothing else 0


def _record(outcome: Outcome, dry_run: bool) -> dict[str, object]:
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


def _show(outcome: Outcome, dry_run: bool) -> None:
    for id, what in outcome.changed[:CHANGES_SHOWN]:
        for line in what:
            remark(f"{id}: {line}")
    counts = (
        f"{len(outcome.new)} new concepts, {len(outcome.changed)} changed, "
        f"{outcome.unchanged} unchanged, {outcome.refused} refused"
    )
    if dry_run:
        say(f"Would import: {counts}. Nothing was changed.")
    elif outcome.decision:
        say(f"Imported: {counts} (decision {outcome.decision}; `termbank undo` takes it back).")
    else:
        say(f"Nothing to import: {counts}.")


@click.command(epilog="Examples:  termbank export all.tbx   ·   termbank export law.xlsx --subject law")
@click.argument("file", type=FILE)
@click.option("--format", "form", help="Its format; by default its suffix tells.")
@click.option("--subject", "subjects", multiple=True, help="Only this subject; may be given again.")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice([status.value for status in Status]),
    help="Only renderings of this status; may be given again.",
)
@click.option(
    "--as-of", metavar="DATE", help="The bank as it stood at the end of that day, month or year (UTC)."
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
) -> None:
    """Write the bank, or part of it, to a file for other tools; says what the format will lose."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.exporting import export as make
    from termbank.services.file_access import write_atomically
    from termbank.services.glossary_file import format_for

    with open_bank(ctx.obj.get("bank")) as bank:
        chosen = format_for(str(file), form)
        wanted = [Status(status) for status in statuses]
        made = make(bank, chosen, subjects=subjects, statuses=wanted, as_of=as_of)
    for line in made.losses:
        remark(f"termbank: {chosen.name} does not keep: {line}.")
    write_atomically(file, made.data)
    say(f"{made.concepts} concepts with {made.terms} terms written to {file}.")
