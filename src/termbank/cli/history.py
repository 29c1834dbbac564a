"""`termbank history`: the decisions taken, and who gave a concept its terms and fields."""

from __future__ import annotations

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import bank_option, command, json_option, option
from termbank.cli.output import format_table, print_json, print_line, style
from termbank.model.decision import Decision
from termbank.model.message import _, message, ngettext
from termbank.model.record_merge import show_value


# Long: seven options, each with its help.
@command(
    help=message("Show the decisions taken: who, when, what and why."),
    examples=(
        "termbank history",
        "termbank history --by lin --as-of 2026-03",
        "termbank history new-quality-productive-forces --fields",
    ),
)
@click.argument("concept", required=False)
@option(
    "--limit",
    type=click.IntRange(1),
    default=40,
    show_default=True,
    help=message("Show at most this many, the latest."),
)
@option("--by", "who", metavar="WHO", help=message("Show only the decisions of this person."))
@option("--as-of", "date", metavar="DATE", help=message("Show the history up to the end of this day, UTC."))
@option(
    "--terms",
    is_flag=True,
    help=message("For each term of the concept, show who added it and who changed it last."),
)
@option(
    "--fields",
    is_flag=True,
    help=message("For each field of the concept (a status, a note, a relation …), show who set it."),
)
@json_option
@bank_option
@click.pass_context
def history(
    ctx: click.Context,
    concept: str | None,
    limit: int,
    who: str | None,
    date: str | None,
    terms: bool,
    fields: bool,
    as_json: bool,
) -> None:
    """Run `termbank history`."""
    from termbank.services.history import history as read_history

    if terms or fields:
        if concept is None:
            raise click.UsageError(_("--terms needs a CONCEPT.") if terms else _("--fields needs a CONCEPT."))
        if who is not None:
            raise click.UsageError(_("--by selects decisions; leave out --terms and --fields."))
        (_print_terms if terms else _print_fields)(ctx, concept, date, as_json)
        return
    with bank_of(ctx) as bank:
        decisions = read_history(bank, concept, who=who, date=date)
    if as_json:
        rows = [_record(decision) for decision in decisions]
        print_json({"schema": 1, "concept": concept, "decisions": rows})
        return
    _print_decisions(decisions, limit)


def _print_decisions(decisions: tuple[Decision, ...], limit: int) -> None:
    if not decisions:
        print_line(_("No decisions."))
        return
    latest = decisions[-limit:]
    for line in format_table(
        [(str(d.number), d.when.replace("T", " ")[:16], d.who, _act(d), d.why or "") for d in latest],
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


def _act(decision: Decision) -> str:
    """The act; of one that undoes or redoes, with the number of the decision it reverses."""
    if decision.undoes is None:
        return decision.act
    return _("{act} of {number}", act=decision.act, number=decision.undoes)


def _print_terms(ctx: click.Context, concept: str, date: str | None, as_json: bool) -> None:
    """Print each term with the decision that added it and the last that changed it."""
    from termbank.services.history import blame, concept_named

    with bank_of(ctx) as bank:
        name = concept_named(bank, concept)
        found = blame(bank, name, date)
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
        print_line(_("{concept} has no terms. Leave out --terms to see its decisions.", concept=name))
        return
    lines = [
        (one.text, one.language, _brief(one.first), "" if one.last == one.first else _brief(one.last))
        for one in found
    ]
    for line in format_table(lines, (_("term"), "", _("added by"), _("last changed by"))):
        print_line(line)


def _print_fields(ctx: click.Context, concept: str, date: str | None, as_json: bool) -> None:
    """Print each field with its value and the decision that set it."""
    from termbank.services.history import blame_fields, concept_named

    with bank_of(ctx) as bank:
        name = concept_named(bank, concept)
        found = blame_fields(bank, name, date)
    if as_json:
        rows = [{"field": one.field, "value": one.value, "decision": _record(one.decision)} for one in found]
        print_json({"schema": 1, "concept": name, "fields": rows})
        return
    if not found:
        print_line(_("{concept} has no fields. Leave out --fields to see its decisions.", concept=name))
        return
    lines = [
        (one.field, "" if one.value is None else show_value(one.value), _brief(one.decision)) for one in found
    ]
    for line in format_table(lines, (_("field"), _("value"), _("set by"))):
        print_line(line)


def _record(decision: Decision) -> dict[str, int | str | None]:
    return {
        "number": decision.number,
        "when": decision.when,
        "who": decision.who,
        "act": decision.act,
        "why": decision.why,
        "undoes": decision.undoes,
        "session": decision.session,
        "clock": decision.clock,
    }


def _brief(decision: Decision) -> str:
    return _(
        "{who}, {date}, {act} (no. {number})",
        who=decision.who,
        date=decision.when[:10],
        act=decision.act,
        number=decision.number,
    )
