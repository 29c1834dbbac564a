"""`termbank backup` and `termbank restore`: copies of the bank."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import FILE, bank_option, command, option
from termbank.cli.output import ProgressBar, print_error, print_error_line, print_line, print_remarks
from termbank.model.message import _, message, ngettext, translate


@command(
    help=message(
        "Copy the bank into a file or a folder, while it may be in use.\n\n"
        "The copy is checked before it gets its name. In a folder, copies are named by their time, and the oldest "
        "are removed."
    ),
    examples=("termbank backup ~/backups/", "termbank backup bank.sqlite"),
)
@click.argument("to")
@option(
    "--keep",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help=message("Keep this many copies in the folder."),
)
@bank_option
@click.pass_context
def backup(ctx: click.Context, to: str, keep: int) -> None:
    """Run `termbank backup`."""
    from termbank.services.backup import back_up

    with bank_of(ctx) as bank, ProgressBar(_("copying")) as progress:
        done = back_up(bank, to, keep=keep, progress=progress)
    print_line(
        _("Copied the bank to {file} ({contents}).", file=done.file, contents=translate(done.contents))
    )
    if done.removed:
        print_line(
            ngettext("Removed {count} older copy.", "Removed {count} older copies.", len(done.removed))
        )


@command(
    help=message(
        "Put a copy in the place of the bank.\n\n"
        "The copy is checked first. The bank it replaces is kept beside it. FROM is a copy, or a folder of copies, of "
        "which the newest sound one is taken."
    ),
    examples=("termbank restore ~/backups/", "termbank restore bank.sqlite --yes"),
)
@click.argument("source", metavar="FROM", type=FILE)
@option("--yes", is_flag=True, help=message("Do not ask."))
@bank_option
@click.pass_context
def restore(ctx: click.Context, source: Path, yes: bool) -> int:
    """Run `termbank restore`."""
    from termbank.services.backup import prepare_restore

    with ExitStack() as stack:
        with ProgressBar(_("copying")) as progress:
            prepared = stack.enter_context(prepare_restore(source, ctx.obj.get("bank"), progress))
        print_remarks(prepared.remarks)
        contents = translate(prepared.contents)
        if prepared.replaces and not yes:
            held = translate(prepared.replaced) if prepared.replaced else _("which cannot be read")
            print_error_line(_("The bank: {file} ({contents})", file=prepared.bank, contents=held))
            print_error_line(_("The copy: {file} ({contents})", file=prepared.file, contents=contents))
            if not sys.stdin.isatty():
                print_error(_("nothing was changed. Give --yes to replace the bank."))
                return 2
            if not click.confirm(_("Replace the bank?"), err=True):
                print_error(_("nothing was changed."))
                return 2
        kept = prepared.put_in_place()
    print_line(_("Restored {file} ({contents}).", file=prepared.file, contents=contents))
    if kept is not None:
        print_line(_("The bank before is kept as {file}.", file=kept))
    return 0
