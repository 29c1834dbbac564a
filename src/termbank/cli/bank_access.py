"""Opening the bank that a command is given; naming what of it was found damaged, and a clock that is behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from termbank.cli.output import print_error_line, print_remarks
from termbank.model.message import _

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank


@contextmanager
def bank_of(ctx: click.Context) -> Iterator[Bank]:
    """The bank of a command; records that proved damaged are named on stderr at the end."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.damage import damage_remarks

    with open_bank(ctx.obj.get("bank")) as bank:
        yield bank
        remarks = damage_remarks(bank)
        late = bank.clock_behind
    print_remarks(remarks)
    if late is not None:
        print_error_line(
            _(
                "The clock says {clock}, before the last decision: decision {number} was dated {when} like that one.",
                clock=late.clock,
                number=late.number,
                when=late.when,
            )
        )
    ctx.obj["damaged"] = bool(remarks)


def exit_code(ctx: click.Context) -> int:
    """The exit code of a command whose answer leaves the bank: 2 where damaged records were left out of it."""
    return 2 if ctx.obj.get("damaged") else 0
