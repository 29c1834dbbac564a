"""`termbank check`: a translation against the bank, or against glossary files alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbank.cli.app import FILE, bank_option
from termbank.cli.output import ProgressBar, remark, say_report, width
from termbank.model.errors import TermbankError
from termbank.model.finding import Severity

if TYPE_CHECKING:
    from termbank.model.check_result import Checked
    from termbank.model.concept import Concept
    from termbank.model.glossary import Glossary

LEVELS = [*(severity.value for severity in reversed(Severity)), "never"]


@click.command(
    epilog="Examples:  termbank check draft.docx --source 原文.docx   ·   termbank check memory.tmx --format sarif"
)
@click.argument("target", type=FILE)
@click.option("--source", type=FILE, help="The text that it translates.")
@click.option(
    "--glossary",
    "glossaries",
    multiple=True,
    type=FILE,
    help="Check against this glossary instead of the bank; may be given again.",
)
@click.option("--lines", is_flag=True, help="The two files correspond line by line.")
@click.option("--semantic", is_flag=True, help="Align with sentence embeddings too (the [semantic] extra).")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "html", "github"]), default="text"
)
@click.option("--baseline", type=FILE, help="Leave out what this earlier report has.")
@click.option(
    "--fail-on", type=click.Choice(LEVELS), help="Exit with 1 from this severity on (default: error)."
)
@click.option("--only", multiple=True, metavar="CHECK", help="Run only this check; may be given again.")
@click.option("--date", help="When the translation was made; older usage is then not blamed.")
@click.option("--diff", is_flag=True, help="Show what --fix would write.")
@click.option(
    "--fix", is_flag=True, help="Write the suggested forms where they fit, after showing the change."
)
@bank_option
@click.pass_context
def check(ctx: click.Context, /, target: Path, **options: Any) -> int:
    """Check a translation: terminology, numbers, omissions.

    TARGET is an English document with --source, a bilingual file (TMX, XLIFF, PO, TSV, XLSX), or an English
    document alone. Exit code 1 where a finding is at or above --fail-on.
    """
    from termbank.services.check import check_files, report
    from termbank.services.config import find_project

    project = find_project(target)
    glossary = _glossary(ctx, options["glossaries"] or project.glossaries)
    with ProgressBar("checking") as progress:
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
    for line in checked.remarks:
        remark(f"termbank: {line}")
    say_report(report(checked, options["form"], **({"width": width()} if options["form"] == "text" else {})))
    if options["diff"] or options["fix"]:
        _fix(checked, write=options["fix"])
    level = options["fail_on"] or project.fail_on or Severity.ERROR.value
    return int(level != "never" and bool(checked.at_or_above(Severity(level))))


def _fix(checked: Checked, *, write: bool) -> None:
    """Show the change on stderr, and make it where that was asked for."""
    from termbank.services.fixes import fixing, write_fixes

    made = fixing(checked)
    for line in made.diff.splitlines():
        remark(line)
    for finding, reason in made.left:
        remark(f"termbank: {finding.file}:{finding.line}: “{finding.found}” is left: {reason}.")
    if write and made.changes:
        for file in write_fixes(made):
            remark(f"termbank: {file} written.")
    elif not made.changes:
        remark("termbank: there is nothing to write.")


def _glossary(ctx: click.Context, files: tuple[Path, ...]) -> Glossary:
    from termbank.model.glossary import Glossary

    if not files:
        from termbank.services.bank_setup import open_bank

        with open_bank(ctx.obj.get("bank")) as bank:
            return bank.glossary()
    from termbank.services.glossary_file import read_glossary

    concepts: list[Concept] = []
    for file in files:
        reading, _ = read_glossary(file)
        if reading.faults:
            many = len(reading.faults)
            raise TermbankError(
                f"the glossary has {many} fault{'s' if many > 1 else ''}.",
                file=str(file),
                faults=tuple(reading.faults),
            )
        concepts += reading.glossary.concepts
    return Glossary.of(concepts)
