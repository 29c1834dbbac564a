"""`termbank survey` and `termbank scan`: the bank's terms in documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from termbank.cli.app import FILE, bank_option
from termbank.cli.output import ProgressBar, remark, say_report, width


@click.command(
    epilog="Example:  termbank survey official.txt lawfirm.docx news.html --zh 原文.txt --format html > survey.html"
)
@click.argument("documents", nargs=-1, required=True, type=FILE, metavar="DOC…")
@click.option("--zh", type=FILE, help="Their Chinese source: finds new renderings too.")
@click.option("--format", "form", type=click.Choice(["text", "json", "html", "csv"]), default="text")
@click.option("--save", "keep", is_flag=True, help="Keep what was found as attestations in the bank.")
@click.option("--publisher", help="Who published the document (one document).")
@click.option("--kind", help="The kind of publisher: official, state media, law firm …")
@click.option("--date", help="When it was published: 2025, 2025-08 or 2025-08-26.")
@click.option("--title", help="What the document is called.")
@click.option("--url", help="Where it can be read.")
@click.option("--manifest", type=FILE, help="A manifest.toml that describes the documents.")
@bank_option
@click.pass_context
def survey(ctx: click.Context, /, documents: tuple[Path, ...], form: str, **options: Any) -> None:
    """Compare the renderings that English documents use: a matrix of concept × document."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.provenance import Told
    from termbank.services.survey import report, save, survey_files

    with open_bank(ctx.obj.get("bank")) as bank:
        with ProgressBar("surveying") as progress:
            surveyed = survey_files(documents, bank.glossary(), zh=options["zh"], progress=progress)
        for line in surveyed.survey.remarks:
            remark(f"termbank: {line}")
        if options["keep"]:
            told = Told(*(options[name] for name in ("title", "publisher", "kind", "date", "url")))
            saved = save(bank, surveyed, told=told, manifest=options["manifest"])
            for line in saved.remarks:
                remark(f"termbank: {line}")
            if saved.number:
                remark(f"termbank: {saved.attestations} attestations kept, as decision {saved.number}.")
            else:
                remark("termbank: nothing new to keep; the bank had these attestations.")
    say_report(report(surveyed, form, width=width()))


@click.command(epilog="Example:  termbank scan 原文.docx --format csv > glossary.csv")
@click.argument("file", type=FILE)
@click.option("--nested", is_flag=True, help="Show terms inside longer ones too, marked.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text")
@bank_option
@click.pass_context
def scan(ctx: click.Context, file: Path, nested: bool, form: str) -> None:
    """List the bank's terms in one text of either language: a glossary for this document."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.scan import report, scan_file

    with open_bank(ctx.obj.get("bank")) as bank:
        scanned = scan_file(file, bank.glossary(), nested=nested)
    for line in scanned.remarks:
        remark(f"termbank: {line}")
    say_report(report(scanned, form, width=width()))
