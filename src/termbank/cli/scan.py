"""`termbank scan`: list the bank's terms in documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import FILE, bank_option, command, format_option, option
from termbank.cli.output import ProgressBar, print_line, print_remarks, print_report, terminal_width
from termbank.cli.several_documents import (
    Failures,
    print_documents,
    print_heading,
    worker_options,
    worker_settings,
)
from termbank.model.message import _, message

if TYPE_CHECKING:
    from termbank.model.glossary import Glossary


@command(
    help=message("List the bank's terms in documents of either language: a glossary for each document."),
    examples=("termbank scan 原文.docx --format csv > glossary.csv", "termbank scan texts/ --format json"),
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE…")
@option("--nested", is_flag=True, help=message("Show terms inside longer terms too, marked."))
@format_option("text", "json", "csv")
@worker_options
@bank_option
@click.pass_context
def scan(ctx: click.Context, /, files: tuple[Path, ...], **options: Any) -> int:
    """Run `termbank scan`."""
    from termbank.services.document_files import is_several
    from termbank.services.glossary_copy import glossary_of
    from termbank.services.scan import report, scan_file

    with bank_of(ctx) as bank:
        glossary = glossary_of(bank)
        if not is_several(files):
            scanned = scan_file(files[0], glossary, nested=options["nested"])
    if is_several(files):
        return _scan_several(files, glossary, options)
    print_remarks(scanned.remarks)
    print_report(report(scanned, options["form"], width=terminal_width()))
    return 0


def _scan_several(paths: tuple[Path, ...], glossary: Glossary, options: dict[str, Any]) -> int:
    """Scan several documents; returns the exit code."""
    from termbank.services.document_files import DocumentFiles
    from termbank.services.document_jobs import ScanJob
    from termbank.services.document_map import map_documents
    from termbank.services.document_paths import DOCUMENT_SUFFIXES, find_files
    from termbank.services.scan import record, report, table

    documents = [DocumentFiles(en=path) for path in find_files(paths, DOCUMENT_SUFFIXES)]
    failures = Failures()
    with ProgressBar(_("scanning")) as progress:
        outcomes = map_documents(
            ScanJob(glossary, options["nested"]), documents, worker_settings(options), progress
        )
        answers = failures.answers(outcomes, lambda scanned: scanned.remarks)
        if options["form"] == "json":
            print_documents((files, record(scanned)) for files, scanned in answers)
        elif options["form"] == "csv":
            for line in table(scanned for _files, scanned in answers):
                print_line(line, end="")
        else:
            for number, (files, scanned) in enumerate(answers):
                print_heading(files, first=not number)
                print_report(report(scanned, "text", width=terminal_width()))
    return failures.exit_code()
