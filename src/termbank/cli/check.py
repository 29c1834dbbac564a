"""`termbank check`: check a translation against the bank, or against glossary files alone."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import FILE, bank_option, command, format_option, option
from termbank.cli.output import (
    ProgressBar,
    print_error,
    print_error_line,
    print_remarks,
    print_report,
    terminal_width,
)
from termbank.cli.several_documents import Failures, print_documents, worker_options, worker_settings
from termbank.model.errors import TermbankError
from termbank.model.finding import Severity
from termbank.model.message import _, message, translate

if TYPE_CHECKING:
    from termbank.model.check_result import Checked
    from termbank.model.glossary import Glossary
    from termbank.services.document_files import DocumentFiles
    from termbank.services.document_map import DocumentOutcome

STATUSES = ("preferred", "admitted")
"""The statuses that a glossary without any can be given."""
LEVELS = [*(severity.value for severity in reversed(Severity)), "never"]


def _explain(ctx: click.Context, _parameter: click.Parameter, code: str | None) -> None:
    """Print the page of a check and end."""
    if code is not None:
        from termbank.services.check import explain

        click.echo(explain(code), nl=False)
        ctx.exit()


@command(
    help=message(
        "Check a translation: terminology, numbers, omissions.\n\n"
        "TARGET is an English document with --source, a bilingual file (TMX, XLIFF, PO, TSV, XLSX), or an English "
        "document alone. A folder is checked with a folder as --source, paired by name; without one, its files named "
        "x.en.txt are checked against x.zh.txt. Exits with 1 where a finding is at or above --fail-on."
    ),
    examples=(
        "termbank check draft.docx --source 原文.docx",
        "termbank check translations/ --source originals/ --format json",
        "termbank check memory.tmx --format sarif",
        "termbank check draft.docx --source 原文.docx --select ALL --ignore mixed-renderings",
        "termbank check draft.docx --source 原文.docx --format xlsx > findings.xlsx",
        "termbank check --explain number-mismatch",
    ),
)
@click.argument("targets", nargs=-1, required=True, type=FILE, metavar="TARGET…")
@option(
    "--source",
    type=FILE,
    help=message("The Chinese text that TARGET translates, or the folder of such texts."),
)
@option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=FILE,
    help=message("Check against this glossary instead of the bank. Can be repeated."),
)
@option(
    "--status",
    type=click.Choice(STATUSES),
    help=message("The status of the terms of a --glossary that has no column of statuses."),
)
@option(
    "--strict",
    is_flag=True,
    help=message("Report a rendering that is allowed where the glossary prefers another, too."),
)
@option("--lines", is_flag=True, help=message("The two files correspond line by line."))
@option(
    "--semantic", is_flag=True, help=message("Align with sentence embeddings too (the [semantic] extra).")
)
@format_option("text", "json", "sarif", "html", "github", "xlsx")
@option("--baseline", type=FILE, help=message("Leave out the findings of this earlier report."))
@option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help=message("Exit with 1 from this severity on (default: error)."),
)
@option(
    "--select",
    "--only",
    "only",
    multiple=True,
    metavar="CODE",
    help=message("Run only this check; ALL runs every one. Can be repeated."),
)
@option("--ignore", multiple=True, metavar="CODE", help=message("Do not run this check. Can be repeated."))
@option(
    "--explain",
    metavar="CODE",
    is_eager=True,
    expose_value=False,
    callback=_explain,
    help=message("Show what a check finds, why it matters and what it spares."),
)
@option(
    "--date",
    help=message("When the translation was made; renderings that were right then are not reported."),
)
@option("--diff", is_flag=True, help=message("Show what --fix would write."))
@option(
    "--fix",
    is_flag=True,
    help=message("Write the suggested renderings where they fit, after showing the changes."),
)
@worker_options
@bank_option
@click.pass_context
def check(ctx: click.Context, /, targets: tuple[Path, ...], **options: Any) -> int:
    """Run `termbank check`."""
    _require_redirection(options["form"])
    from termbank.services.check import check_files
    from termbank.services.config import find_project
    from termbank.services.document_files import is_several

    target = targets[0]
    if is_several(targets):
        return _check_several(ctx, targets, options)
    project = find_project(target)
    glossary, house_terms = _glossary(ctx, options["glossaries"] or project.glossaries, options["status"])
    with ProgressBar(_("checking")) as progress:
        checked = check_files(
            target,
            glossary,
            source=options["source"],
            lines=options["lines"],
            semantic=options["semantic"],
            baseline=options["baseline"],
            date=options["date"],
            only=options["only"],
            ignore=options["ignore"],
            project=project,
            progress=progress,
            house_terms=house_terms,
            strict=options["strict"],
        )
    print_remarks(checked.remarks)
    form = options["form"]
    _print(checked, form)
    if options["diff"] or options["fix"]:
        _fix(checked, write=options["fix"])
    level = options["fail_on"] or project.fail_on or Severity.ERROR.value
    return int(level != "never" and bool(checked.at_or_above(Severity(level))))


def _print(checked: Checked, form: str) -> None:
    """Print the findings; a spreadsheet goes as bytes into a file or a pipe."""
    from termbank.services.check import report, spreadsheet

    if form != "xlsx":
        print_report(report(checked, form, **({"width": terminal_width()} if form == "text" else {})))
        return
    _require_redirection(form)
    sys.stdout.flush()
    sys.stdout.buffer.write(spreadsheet(checked))


def _require_redirection(form: str) -> None:
    """Refuse to write a spreadsheet to a terminal."""
    if form == "xlsx" and sys.stdout.isatty():
        raise TermbankError(
            message("a spreadsheet cannot be shown on a terminal."),
            remedy=message("Write it to a file: termbank check … --format xlsx > findings.xlsx"),
        )


def _check_several(ctx: click.Context, targets: tuple[Path, ...], options: dict[str, Any]) -> int:
    """Check several documents, and print what was found; returns the exit code."""
    from termbank.services.check import record
    from termbank.services.check_documents import CheckedDocuments, merge_checked

    failures = Failures()
    checked = CheckedDocuments(options["fail_on"])
    form = options["form"]
    kept: list[tuple[DocumentFiles, Checked]] = []
    with ProgressBar(_("checking")) as progress:
        outcomes = _check_each(ctx, targets, options, failures, progress)
        some = failures.answers(outcomes, lambda checked: checked.remarks)
        found: Iterable[tuple[DocumentFiles, Checked]] = chain(
            ((files, checked.add(files, each)) for files, each in some), checked.about_settings()
        )
        if form != "json" or options["diff"] or options["fix"]:
            found = kept = list(found)
        if form == "json":
            print_documents((files, record(each)) for files, each in found)
    whole = merge_checked(each for _files, each in kept)
    if form != "json" and kept:
        _print(whole, form)
    if options["diff"] or options["fix"]:
        _fix(whole, write=options["fix"])
    return failures.exit_code(int(checked.fails))


def _check_each(
    ctx: click.Context,
    targets: tuple[Path, ...],
    options: dict[str, Any],
    failures: Failures,
    progress: ProgressBar,
) -> Iterator[DocumentOutcome[Checked]]:
    """The outcomes of all documents; those that lack their Chinese text are added to the failures.

    The settings of each document's folder hold for it; the glossaries are those of the first one's.
    """
    from termbank.services.check_documents import find_documents_to_check
    from termbank.services.config import find_project
    from termbank.services.document_jobs import CheckJob
    from termbank.services.document_map import map_documents

    documents, errors = find_documents_to_check(targets, options["source"])
    for error in errors:
        failures.add(error)
    project = find_project(documents[0].paths[-1] if documents else targets[0])
    glossary, house_terms = _glossary(ctx, options["glossaries"] or project.glossaries, options["status"])
    job = CheckJob(
        glossary,
        options["lines"],
        options["semantic"],
        options["baseline"],
        options["date"],
        options["only"],
        house_terms,
        options["strict"],
        options["ignore"],
    )
    return map_documents(job, documents, worker_settings(options), progress)


def _fix(checked: Checked, *, write: bool) -> None:
    """Show the changes on stderr, and write them where that was asked for."""
    from termbank.services.fixes import find_fixes, write_fixes

    fixes = find_fixes(checked)
    for line in fixes.diff.splitlines():
        print_error_line(line)
    for finding, reason in fixes.left:
        print_error(
            _(
                "{file}:{line}: “{found}” was not changed: {reason}.",
                file=finding.file,
                line=finding.line,
                found=finding.found,
                reason=translate(reason),
            )
        )
    if write and fixes.changes:
        for file in write_fixes(fixes):
            print_error(_("Wrote {file}.", file=file))
    elif not fixes.changes:
        print_error(_("No finding can be fixed automatically."))


def _glossary(
    ctx: click.Context, files: tuple[Path, ...], status: str | None
) -> tuple[Glossary, frozenset[str]]:
    """The glossary to check against, and the ids of its concepts that bind strictly.

    Args:
        files: the glossaries that the person names; the bank is the glossary where there are none.
        status: what the terms of glossaries without statuses are.
    """
    from termbank.model.concept import Status
    from termbank.services.glossary_copy import glossary_of
    from termbank.services.house_terms import house_terms_of_bank, read_house_glossary

    if files:
        glossary, remarks = read_house_glossary(files, Status(status) if status else None)
        print_remarks(remarks)
        return glossary, frozenset(glossary.by_id)
    if status is not None:
        raise TermbankError(
            message("--status is about the glossaries of --glossary, and none is given."),
            remedy=message(
                "Give the file with --glossary, or import it: termbank import FILE --status preferred."
            ),
        )
    with bank_of(ctx) as bank:
        glossary = glossary_of(bank)
        return glossary, house_terms_of_bank(bank, glossary)
