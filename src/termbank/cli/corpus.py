"""`termbank corpus`: documents in the bank."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import FILE, bank_option, group, json_option, lines_option, option, why_option
from termbank.cli.output import ProgressBar, format_table, print_json, print_line, print_remarks
from termbank.model.message import _, message, translate

if TYPE_CHECKING:
    from termbank.model.document import Source


@group(
    help=message("Keep documents with their translations in the bank."),
    examples=("termbank corpus add 原文.txt official.txt lawfirm.txt",),
)
@bank_option
def corpus() -> None:
    """Hold the commands of `termbank corpus`."""


@corpus.command(
    help=message("Add bilingual files, or one Chinese document with its English versions."),
    short_help=message("Add documents."),
)
@click.argument("files", nargs=-1, required=True, type=FILE)
@option("--manifest", type=FILE, help=message("A manifest.toml that describes the documents."))
@lines_option
@bank_option
@click.pass_context
def add(ctx: click.Context, files: tuple[Path, ...], manifest: Path | None, lines: bool) -> None:
    """Run `termbank corpus add`."""
    from termbank.services.corpus import add as keep

    with bank_of(ctx) as bank, ProgressBar(_("adding")) as progress:
        added = keep(bank, files, manifest=manifest, lines=lines, progress=progress)
    print_remarks(added.remarks)
    print_line(translate(str(added)))


@corpus.command("list", help=message("List the documents of the corpus."))
@json_option
@bank_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """Run `termbank corpus list`."""
    from termbank.services.corpus import documents

    with bank_of(ctx) as bank:
        found = documents(bank)
    sources = [(document, document.en or document.zh) for document in found]
    if as_json:
        print_json({"schema": 1, "documents": [_record(*row) for row in sources]})
        return
    if not found:
        print_line(_("The corpus is empty. Add documents with `termbank corpus add`."))
        return
    rows = [
        (document.id, *_date_and_publisher(source), str(document.pairs), document.title)
        for document, source in sources
    ]
    for line in format_table(rows, ("id", _("date"), _("publisher"), _("pairs"), _("title"))):
        print_line(line)


def _record(document: Any, source: Source | None) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "pairs": document.pairs,
        "publisher": source.publisher_name if source else None,
        "date": source.date if source else None,
    }


def _date_and_publisher(source: Source | None) -> tuple[str, str]:
    return (source.date or "", translate(source.publisher_name)) if source else ("", "")


@corpus.command(help=message("Show a document of the corpus, both languages side by side."))
@click.argument("document")
@bank_option
@click.pass_context
def show(ctx: click.Context, document: str) -> None:
    """Run `termbank corpus show`."""
    from termbank.services.corpus import pairs

    with bank_of(ctx) as bank:
        found = pairs(bank, document)
    for line in format_table(found, (_("Chinese"), _("English"))):
        print_line(line)


@corpus.command(help=message("Remove a document from the corpus; the history keeps it."))
@click.argument("document")
@why_option
@bank_option
@click.pass_context
def remove(ctx: click.Context, document: str, why: str | None) -> None:
    """Run `termbank corpus remove`."""
    from termbank.services.corpus import remove as take

    with bank_of(ctx) as bank:
        decision = take(bank, document, why=why)
    print_line(_("Removed {document} (decision {number}).", document=document, number=decision.number))
