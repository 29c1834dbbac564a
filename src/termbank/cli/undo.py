"""`termbank undo` and `termbank redo`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import bank_option, command, option
from termbank.cli.output import print_error, print_error_line, print_line
from termbank.model.message import _, message, translate

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank
    from termbank.services.undo import UndoPlan

yes_option = option("--yes", is_flag=True, help=message("Do not ask."))


@command(
    help=message(
        "Undo your own last decision, or the one with this number. The history keeps both.\n\n"
        "Only the fields it changed are reverted. What changes many concepts or was decided by someone else is asked "
        "for first."
    ),
    short_help=message("Undo a decision."),
    examples=("termbank undo", "termbank undo 12 --yes"),
)
@click.argument("number", required=False, type=click.IntRange(1))
@yes_option
@bank_option
@click.pass_context
def undo(ctx: click.Context, number: int | None, yes: bool) -> int:
    """Run `termbank undo`."""
    from termbank.services.undo import plan_undo

    with bank_of(ctx) as bank:
        return _carry_out(bank, plan_undo(bank, number), yes)


@command(
    help=message(
        "Redo what you undid last, as long as you have decided nothing since; or the decision with this number."
    ),
    short_help=message("Redo what was undone."),
    examples=("termbank redo", "termbank redo 12"),
)
@click.argument("number", required=False, type=click.IntRange(1))
@yes_option
@bank_option
@click.pass_context
def redo(ctx: click.Context, number: int | None, yes: bool) -> int:
    """Run `termbank redo`."""
    from termbank.services.undo import plan_redo

    with bank_of(ctx) as bank:
        return _carry_out(bank, plan_redo(bank, number), yes)


def _carry_out(bank: Bank, plan: UndoPlan, yes: bool) -> int:
    """Show the plan, ask where it must be asked, do it, and show what was done."""
    from termbank.services.undo import carry_out

    print_error_line(translate(plan.before))
    if plan.must_ask and not yes:
        if not sys.stdin.isatty():
            reason = _("it is not your decision.") if not plan.own else _("it changed many things at once.")
            print_error(_("nothing was changed: {reason} Give --yes to go on.", reason=reason))
            return 2
        if not click.confirm(_("Go on?"), err=True):
            print_error(_("nothing was changed."))
            return 2
    carry_out(bank, plan)
    print_line(translate(plan.after))
    return 0
