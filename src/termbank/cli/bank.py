"""`termbank history`, `undo`, `init` and `doctor`: the bank itself."""

from __future__ import annotations

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import bank_option, command, json_option, option
from termbank.cli.output import format_table, print_error, print_json, print_line, style
from termbank.model.decision import Decision
from termbank.model.labels import label
from termbank.model.message import _, message, ngettext, translate


@command(
    help=message("Show the decisions taken: who, when, what and why."),
    examples=("termbank history", "termbank history new-quality-productive-forces"),
)
@click.argument("concept", required=False)
@option(
    "--limit",
    type=click.IntRange(1),
    default=40,
    show_default=True,
    help=message("Show at most this many, the latest."),
)
@option(
    "--terms",
    is_flag=True,
    help=message("For each term of the concept, show who added it and who changed it last."),
)
@json_option
@bank_option
@click.pass_context
def history(ctx: click.Context, concept: str | None, limit: int, terms: bool, as_json: bool) -> None:
    """Run `termbank history`."""
    from termbank.services.history import history as read_history

    if terms:
        if concept is None:
            raise click.UsageError(_("--terms needs a CONCEPT."))
        _print_terms(ctx, concept, as_json)
        return
    with bank_of(ctx) as bank:
        decisions = read_history(bank, concept)
    if as_json:
        rows = [_record(decision) | {"undoes": decision.undoes} for decision in decisions]
        print_json({"schema": 1, "concept": concept, "decisions": rows})
        return
    if not decisions:
        print_line(_("No decisions yet."))
    latest = decisions[-limit:]
    for line in format_table(
        [(str(d.number), d.when.replace("T", " ")[:16], d.who, d.act, d.why or "") for d in latest],
        (_("no."), _("when (UTC)"), _("who"), _("act"), _("why")),
    ):
        print_line(line)
    left = len(decisions) - limit
    if left > 0:
        more = ngettext(
            "{count} earlier decision: --limit {all}",
            "{count} earlier decisions: --limit {all}",
            left,
            all=len(decisions),
        )
        print_line(style(more, dim=True))


def _print_terms(ctx: click.Context, concept: str, as_json: bool) -> None:
    """Print each term with the decision that added it and the last that changed it."""
    from termbank.services.history import blame, concept_named

    with bank_of(ctx) as bank:
        name = concept_named(bank, concept)
        found = blame(bank, name)
    if as_json:
        rows = [
            {
                "text": one.text,
                "language": one.language,
                "first": _record(one.first),
                "last": _record(one.last),
            }
            for one in found
        ]
        print_json({"schema": 1, "concept": name, "terms": rows})
        return
    if not found:
        print_line(_("{concept} no longer has terms. Leave out --terms to see its decisions.", concept=name))
        return
    lines = [
        (one.text, one.language, _brief(one.first), "" if one.last == one.first else _brief(one.last))
        for one in found
    ]
    for line in format_table(lines, (_("term"), "", _("added by"), _("last changed by"))):
        print_line(line)


def _record(decision: Decision) -> dict[str, int | str | None]:
    return {
        "number": decision.number,
        "when": decision.when,
        "who": decision.who,
        "act": decision.act,
        "why": decision.why,
    }


def _brief(decision: Decision) -> str:
    return _(
        "{who}, {date}, {act} (no. {number})",
        who=decision.who,
        date=decision.when[:10],
        act=decision.act,
        number=decision.number,
    )


@command(
    help=message("Undo a decision: your last one, or the one with this number. The history keeps both."),
    examples=("termbank undo", "termbank undo 12"),
)
@click.argument("number", required=False, type=int)
@bank_option
@click.pass_context
def undo(ctx: click.Context, number: int | None) -> None:
    """Run `termbank undo`."""
    from termbank.services.history import describe_undo
    from termbank.services.history import undo as take_back

    with bank_of(ctx) as bank:
        print_line(translate(describe_undo(bank, take_back(bank, number))))


@command(
    help=message(
        "Create the bank and fill it with the shipped glossaries.\n\n"
        "An existing bank gets the concepts it lacks; nothing of yours is changed."
    ),
    examples=("termbank init", "termbank init --empty --bank client.bank"),
)
@option("--empty", is_flag=True, help=message("Create the bank without the shipped glossaries."))
@bank_option
@click.pass_context
def init(ctx: click.Context, empty: bool) -> None:
    """Run `termbank init`."""
    from termbank.services.bank_setup import init as fill

    print_line(translate(fill(ctx.obj.get("bank"), empty=empty)))


@command(
    help=message(
        "Check the bank and the installation for problems.\n\n"
        "With --repair, restore damaged records from the history, in a new file; the damaged file is kept."
    ),
    examples=("termbank doctor", "termbank doctor --repair"),
)
@option("--repair", is_flag=True, help=message("Repair the bank and rebuild its search index first."))
@json_option
@bank_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool, repair: bool) -> int:
    """Run `termbank doctor`."""
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
        for line in format_table(rows_shown):
            print_line(line)
    errors = sum(remark.state == "error" for remark in remarks)
    if errors:
        print_error(ngettext("{count} problem found.", "{count} problems found.", errors))
    return 2 if errors else 0
