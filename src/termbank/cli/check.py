"""`termbank check`: check a translation against the bank, or against glossary files alone."""

from __future__ import annotations

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
from termbank.model.errors import TermbankError
from termbank.model.finding import Severity
from termbank.model.message import _, message, plural, translate

if TYPE_CHECKING:
    from termbank.model.check_result import Checked
    from termbank.model.concept import Concept
    from termbank.model.glossary import Glossary

LEVELS = [*(severity.value for severity in reversed(Severity)), "never"]


@command(
    help=message(
        "Check a translation: terminology, numbers, omissions.\n\n"
        "TARGET is an English document with --source, a bilingual file (TMX, XLIFF, PO, TSV, XLSX), or an English "
        "document alone. Exits with 1 where a finding is at or above --fail-on."
    ),
    examples=(
        "termbank check draft.docx --source 原文.docx",
        "termbank check memory.tmx --format sarif",
    ),
)
@click.argument("target", type=FILE)
@option("--source", type=FILE, help=message("The Chinese text that TARGET translates."))
@option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=FILE,
    help=message("Check against this glossary instead of the bank. Can be repeated."),
)
@option("--lines", is_flag=True, help=message("The two files correspond line by line."))
@option(
    "--semantic", is_flag=True, help=message("Align with sentence embeddings too (the [semantic] extra).")
)
@format_option("text", "json", "sarif", "html", "github")
@option("--baseline", type=FILE, help=message("Leave out the findings of this earlier report."))
@option(
    "--fail-on",
    type=click.Choice(LEVELS),
    help=message("Exit with 1 from this severity on (default: error)."),
)
@option("--only", multiple=True, metavar="CHECK", help=message("Run only this check. Can be repeated."))
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
@bank_option
@click.pass_context
def check(ctx: click.Context, /, target: Path, **options: Any) -> int:
    """Run `termbank check`."""
    from termbank.services.check import check_files, report
    from termbank.services.config import find_project

    project = find_project(target)
    glossary = _glossary(ctx, options["glossaries"] or project.glossaries)
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
            project=project,
            progress=progress,
        )
    print_remarks(checked.remarks)
    form = options["form"]
    print_report(report(checked, form, **({"width": terminal_width()} if form == "text" else {})))
    if options["diff"] or options["fix"]:
        _fix(checked, write=options["fix"])
    level = options["fail_on"] or project.fail_on or Severity.ERROR.value
    return int(level != "never" and bool(checked.at_or_above(Severity(level))))


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


def _glossary(ctx: click.Context, files: tuple[Path, ...]) -> Glossary:
    from termbank.model.glossary import Glossary

    if not files:
        with bank_of(ctx) as bank:
            return bank.glossary()
    from termbank.services.glossary_file import read_glossary

    concepts: list[Concept] = []
    for file in files:
        reading = read_glossary(file)[0]
        if reading.faults:
            raise TermbankError(
                plural(
                    "the glossary has {count} fault.", "the glossary has {count} faults.", len(reading.faults)
                ),
                file=str(file),
                faults=tuple(reading.faults),
            )
        concepts += reading.glossary.concepts
    return Glossary.of(concepts)
