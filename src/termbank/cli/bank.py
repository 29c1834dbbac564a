"""`termbank init` and `termbank doctor`: the bank itself."""

from __future__ import annotations

import click

from termbank.cli.decorators import bank_option, command, json_option, option
from termbank.cli.output import format_table, print_error, print_json, print_line
from termbank.model.labels import label
from termbank.model.message import message, ngettext, translate

WHOLE = 1_000_000
"""A limit in cells that no line reaches."""


@command(
    help=message(
        "Create the bank and fill it with the shipped glossaries.\n\n"
        "An existing bank gets what they have new; nothing of yours is changed."
    ),
    examples=("termbank init", "termbank init --empty --bank client.bank"),
)
@option("--empty", is_flag=True, help=message("Create the bank without the shipped glossaries."))
@bank_option
@click.pass_context
def init(ctx: click.Context, empty: bool) -> None:
    """Run `termbank init`."""
    from termbank.services.bank_setup import init as fill

    print_line(translate(fill(ctx.obj.get("bank"), empty=empty)))


@command(
    help=message(
        "Check the bank and the installation for problems.\n\n"
        "With --repair, restore damaged records from the history, in a new file; the damaged file is kept."
    ),
    examples=("termbank doctor", "termbank doctor --repair"),
)
@option("--repair", is_flag=True, help=message("Repair the bank and rebuild its search index first."))
@json_option
@bank_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool, repair: bool) -> int:
    """Run `termbank doctor`."""
    from termbank.services.doctor import examine

    if repair:
        from termbank.services.repair import repair as repair_bank

        for line in repair_bank(ctx.obj.get("bank")).sentences:
            print_error(line)
    remarks = examine(ctx.obj.get("bank"))
    if as_json:
        rows = [{"name": r.name, "state": r.state, "message": r.message} for r in remarks]
        print_json({"schema": 1, "remarks": rows})
    else:
        rows_shown = [(label(r.state), translate(r.name), translate(r.message)) for r in remarks]
        for line in format_table(rows_shown, limit=WHOLE):  # a remedy that is cut helps nobody
            print_line(line)
    errors = sum(remark.state == "error" for remark in remarks)
    if errors:
        print_error(ngettext("{count} problem found.", "{count} problems found.", errors))
    return 2 if errors else 0
