"""`termbank pull`, `diff` and `merge`: glossaries that several people keep, in git or as published packs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import FILE, bank_option, command, json_option, option, why_option
from termbank.cli.output import print_error, print_error_line, print_json, print_line, print_remarks, style
from termbank.model.errors import sentence
from termbank.model.message import _, message, ngettext, translate

if TYPE_CHECKING:
    from termbank.services.pack_pull import PullResult

CONFLICTS_SHOWN = 20


@command(
    help=message(
        "Take what a published pack has new into the bank, as one decision.\n\n"
        "What you changed stays as it is: a field follows the pack only where you have not touched it."
    ),
    examples=("termbank pull glossaries/ --dry-run", "termbank pull house.toml"),
)
@click.argument("pack", type=FILE)
@option("--dry-run", is_flag=True, help=message("Show what would change, and change nothing."))
@why_option
@json_option
@bank_option
@click.pass_context
def pull(ctx: click.Context, pack: Path, dry_run: bool, why: str | None, as_json: bool) -> int:
    """Run `termbank pull`."""
    from termbank.services.pack_pull import pull as take

    with bank_of(ctx) as bank:
        outcome = take(bank, pack, dry_run=dry_run, why=why)
    print_remarks(outcome.remarks)
    for fault in outcome.faults[:CONFLICTS_SHOWN]:
        print_error_line(sentence(fault))
    if as_json:
        print_json(_pull_record(outcome, dry_run))
    else:
        _print_pull(outcome, dry_run)
    return 2 if outcome.faults and not (outcome.added or outcome.updated or outcome.unchanged) else 0


def _pull_record(outcome: PullResult, dry_run: bool) -> dict[str, object]:
    return {
        "schema": 1,
        "dry_run": dry_run,
        "decision": outcome.decision or None,
        "added": outcome.added,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "refused": len(outcome.faults),
        "conflicts": [{"concept": id, "message": str(conflict)} for id, conflict in outcome.conflicts],
    }


def _print_pull(outcome: PullResult, dry_run: bool) -> None:
    for id, conflict in outcome.conflicts[:CONFLICTS_SHOWN]:
        print_error(f"{id}: {translate(conflict.text)}")
    hidden = len(outcome.conflicts) - CONFLICTS_SHOWN
    if hidden > 0:
        print_error(_("… and {count} more.", count=hidden))
    counts = ngettext(
        "{count} new concept, {updated} updated, {unchanged} unchanged",
        "{count} new concepts, {updated} updated, {unchanged} unchanged",
        outcome.added,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
    )
    if dry_run:
        print_line(_("Would take: {counts}. Nothing was changed.", counts=counts))
    elif outcome.decision:
        print_line(_("Took {counts} (decision {number}).", counts=counts, number=outcome.decision))
    else:
        print_line(_("Nothing to take: {counts}.", counts=counts))
    if outcome.conflicts:
        print_error(
            ngettext(
                "In {count} field that both changed, yours was kept.",
                "In {count} fields that both changed, yours was kept.",
                len(outcome.conflicts),
            )
        )


@command(
    help=message(
        "Show in words how two glossaries differ: packs, folders of packs, other glossary files or banks.\n\n"
        "Write @DATE for the bank as it was at the end of a day, and BANK@DATE for another bank. The exit code is 1 where "
        "they differ."
    ),
    examples=(
        "termbank diff old/ glossaries/",
        "termbank diff @2026-01-01 @2026-06-30",
        "termbank diff house.bank house.toml",
    ),
)
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@json_option
@bank_option
@click.pass_context
def diff(ctx: click.Context, before: str, after: str, as_json: bool) -> int:
    """Run `termbank diff`."""
    from termbank.services.glossary_diff import diff_glossaries, difference_record

    found = diff_glossaries(before, after, bank=ctx.obj.get("bank"))
    if as_json:
        print_json({"schema": 1, "differences": list(map(difference_record, found))})
        return 1 if found else 0
    kinds = {"added": _("new"), "removed": _("removed"), "changed": _("changed")}
    for one in found:
        print_line(f"{style(one.headword, bold=True)}  {style(f'({one.concept})')}  {kinds[one.kind]}")
        for line in one.lines:
            print_line(style(f"  {translate(line)}"))
    print_error(ngettext("{count} concept differs.", "{count} concepts differ.", len(found)))
    return 1 if found else 0


@command(
    help=message(
        "Merge two changes of one pack, by concept and field, into OURS.\n\n"
        "BASE is the pack that both began with. Where both changed one field differently, ours stays, the field is named, and "
        "the exit code is 1. `termbank init --git` makes git merge packs this way."
    ),
    examples=("termbank merge base.toml ours.toml theirs.toml -o merged.toml",),
)
@click.argument("base", type=FILE)
@click.argument("ours", type=FILE)
@click.argument("theirs", type=FILE)
@option(
    "-o", "--output", type=FILE, metavar="FILE", help=message("Write the result here instead of into OURS.")
)
@click.pass_context
def merge(ctx: click.Context, base: Path, ours: Path, theirs: Path, output: Path | None) -> int:
    """Run `termbank merge`."""
    from termbank.services.file_access import write_atomically
    from termbank.services.pack_merge import merge_packs

    merged = merge_packs(base, ours, theirs)
    write_atomically(output or ours, merged.data)
    for conflict in merged.conflicts:
        field = conflict.field
        print_error(
            _(
                "{kind} “{id}”, {field}: ours {ours}, theirs {theirs}.",
                kind=conflict.kind,
                id=conflict.id,
                field=field.field,
                ours=field.shown_theirs,
                theirs=field.shown_yours,
            )
        )
    if merged.conflicts:
        print_error(
            ngettext(
                "{count} conflict: ours was kept.", "{count} conflicts: ours was kept.", len(merged.conflicts)
            )
        )
    return 1 if merged.conflicts else 0
