"""The bank of a command that asks the search index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.output import ProgressBar
from termbank.model.message import _

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank


@contextmanager
def open_indexed_bank(ctx: click.Context) -> Iterator[tuple[Bank, ProgressBar]]:
    """Open the bank that a command names; the progress bar shows how far its index is made."""
    with bank_of(ctx) as bank, ProgressBar(_("indexing")) as progress:
        yield bank, progress
