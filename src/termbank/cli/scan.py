"""`termbank scan`: list the bank's terms in one document."""

from __future__ import annotations

from pathlib import Path

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import FILE, bank_option, command, format_option, option
from termbank.cli.output import print_remarks, print_report, terminal_width
from termbank.model.message import message


@command(
    help=message("List the bank's terms in one document of either language: a glossary for this document."),
    examples=("termbank scan 原文.docx --format csv > glossary.csv",),
)
@click.argument("file", type=FILE)
@option("--nested", is_flag=True, help=message("Show terms inside longer terms too, marked."))
@format_option("text", "json", "csv")
@bank_option
@click.pass_context
def scan(ctx: click.Context, file: Path, nested: bool, form: str) -> None:
    """Run `termbank scan`."""
    from termbank.services.scan import report, scan_file

    with bank_of(ctx) as bank:
        scanned = scan_file(file, bank.glossary(), nested=nested)
    print_remarks(scanned.remarks)
    print_report(report(scanned, form, width=terminal_width()))
