"""`termbank init` and `termbank doctor`: the bank itself, and the glossaries it is filled from."""

from __future__ import annotations

from pathlib import Path

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import FILE, bank_option, command, json_option, option
from termbank.cli.output import format_table, print_error, print_json, print_line, style
from termbank.model.labels import label
from termbank.model.message import _, message, ngettext, translate

WHOLE = 1_000_000
"""A limit in cells that no line reaches."""


@command(
    help=message(
        "Create the bank and fill it with the shipped glossaries.\n\n"
        "An existing bank gets what they have new; nothing of yours is changed.\n\n"
        "With --git, make git merge the packs of this folder by concept and field instead."
    ),
    examples=("termbank init", "termbank init --empty --bank client.bank", "termbank init --git"),
)
@option("--empty", is_flag=True, help=message("Create the bank without the shipped glossaries."))
@option("--git", is_flag=True, help=message("Set up git to merge the packs below this folder."))
@bank_option
@click.pass_context
def init(ctx: click.Context, empty: bool, git: bool) -> None:
    """Run `termbank init`."""
    if git:
        if empty:
            raise click.UsageError(_("Give only one of --empty and --git."))
        from termbank.services.git_setup import set_up_git

        for line in set_up_git(Path.cwd()):
            print_line(translate(line))
        return
    from termbank.services.bank_setup import init as fill

    print_line(translate(fill(ctx.obj.get("bank"), empty=empty)))


@command(
    help=message(
        "Check the bank and the installation for problems.\n\n"
        "With --repair, restore damaged records from the history, in a new file; the damaged file is kept.\n\n"
        "With --glossaries, check glossaries instead: packs, folders of packs, other glossary files or banks; the shipped "
        "packs where no PATH is given. With --stale, list the preferred renderings of the bank that no document attests "
        "since a day."
    ),
    examples=(
        "termbank doctor",
        "termbank doctor --repair",
        "termbank doctor --glossaries ours/ client.tbx",
        "termbank doctor --stale 2022",
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=FILE)
@option("--glossaries", is_flag=True, help=message("Check glossaries by the rules of curation."))
@option("--stale", metavar="DATE", help=message("List preferred renderings last attested before this day."))
@option("--repair", is_flag=True, help=message("Repair the bank and rebuild its search index first."))
@json_option
@bank_option
@click.pass_context
def doctor(
    ctx: click.Context,
    paths: tuple[Path, ...],
    glossaries: bool,
    stale: str | None,
    as_json: bool,
    repair: bool,
) -> int:
    """Run `termbank doctor`."""
    if glossaries + repair + (stale is not None) > 1:
        raise click.UsageError(_("Give only one of --glossaries, --stale and --repair."))
    if glossaries:
        return _check_glossaries(paths, as_json)
    if paths:
        raise click.UsageError(_("Give --glossaries to check {path}.", path=paths[0]))
    if stale is not None:
        return _list_stale(ctx, stale, as_json)
    return _check_bank(ctx, as_json, repair)


def _check_glossaries(paths: tuple[Path, ...], as_json: bool) -> int:
    """Check glossaries; the exit code is 1 where something was found."""
    from termbank.services.glossary_checks import check_glossaries, finding_record

    found = check_glossaries(paths)
    if as_json:
        print_json({"schema": 1, "findings": list(map(finding_record, found))})
    for one in () if as_json else found:
        place = ":".join(str(part) for part in (one.file, one.line) if part is not None)
        print_line(style(f"{place}  {one.code}  {one.concept}", bold=True))
        print_line(style(f"  {translate(one.message)} {translate(one.remedy)}"))
    print_error(ngettext("{count} finding.", "{count} findings.", len(found)))
    return 1 if found else 0


def _list_stale(ctx: click.Context, date: str, as_json: bool) -> int:
    """List what is last attested before a date; no fault, so the exit code is 0."""
    from termbank.services.stale_terms import find_stale_terms, stale_record

    with bank_of(ctx) as bank:
        found = find_stale_terms(bank, date)
    if as_json:
        print_json({"schema": 1, "date": date, "terms": list(map(stale_record, found))})
        return 0
    rows = [
        (one.last or (_("undated") if one.documents else _("unattested")), one.zh, one.concept, one.text)
        for one in found
    ]
    for line in format_table(rows, limit=WHOLE):
        print_line(line)
    print_error(
        ngettext(
            "{count} preferred rendering has no document dated {date} or later.",
            "{count} preferred renderings have no document dated {date} or later.",
            len(found),
            date=date,
        )
    )
    return 0


def _check_bank(ctx: click.Context, as_json: bool, repair: bool) -> int:
    """Check the bank and the installation, after a repair where one is asked for."""
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
