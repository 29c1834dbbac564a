"""`termbank history`, `undo`, `init`, `doctor`: the bank itself."""

from __future__ import annotations

import click

from termbank.cli.app import bank_option
from termbank.cli.output import remark, say, say_json, styled, table
from termbank.model.decision import Decision


@click.command(epilog="Examples:  termbank history   ·   termbank history new-quality-productive-forces")
@click.argument("concept", required=False)
@click.option("--limit", type=click.IntRange(1), default=40, show_default=True, help="The latest so many.")
@click.option(
    "--terms", is_flag=True, help="For each term of the concept, who brought it and who changed it last."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@bank_option
@click.pass_context
def history(ctx: click.Context, concept: str | None, limit: int, terms: bool, as_json: bool) -> None:
    """Show the decisions taken: who, when, what and why."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.history import history as read_history

    if terms:
        if concept is None:
            raise click.UsageError("--terms needs a CONCEPT.")
        _say_terms(ctx, concept, as_json)
        return
    with open_bank(ctx.obj.get("bank")) as bank:
        decisions = read_history(bank, concept)
    if as_json:
        rows = [_row(decision) | {"undoes": decision.undoes} for decision in decisions]
        say_json({"schema": 1, "concept": concept, "decisions": rows})
        return
    if not decisions:
        say("No decisions yet.")
    latest = decisions[-limit:]
    for line in table(
        [(str(d.number), d.when.replace("T", " ")[:16], d.who, d.act, d.why or "") for d in latest],
        ("no.", "when (UTC)", "who", "act", "why"),
    ):
        say(line)
    if len(decisions) > limit:
        say(styled(f"{len(decisions) - limit} earlier ones: --limit {len(decisions)}", dim=True))


def _say_terms(ctx: click.Context, concept: str, as_json: bool) -> None:
    """Each term with the decision that brought it and the last that changed it."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.history import blame, concept_named

    with open_bank(ctx.obj.get("bank")) as bank:
        name = concept_named(bank, concept)
        found = blame(bank, name)
    if as_json:
        rows = [
            {"text": one.text, "language": one.language, "first": _row(one.first), "last": _row(one.last)}
            for one in found
        ]
        say_json({"schema": 1, "concept": name, "terms": rows})
        return
    if not found:
        say(f"{name} has no terms any more; without --terms its decisions are shown.")
        return
    lines = [
        (one.text, one.language, _brief(one.first), "" if one.last == one.first else _brief(one.last))
        for one in found
    ]
    for line in table(lines, ("term", "", "brought by", "changed last by")):
        say(line)


def _row(decision: Decision) -> dict[str, int | str | None]:
    return {
        "number": decision.number,
        "when": decision.when,
        "who": decision.who,
        "act": decision.act,
        "why": decision.why,
    }


def _brief(decision: Decision) -> str:
    return f"{decision.who}, {decision.when[:10]}, {decision.act} (no. {decision.number})"


@click.command(epilog="Examples:  termbank undo   ·   termbank undo 12")
@click.argument("number", required=False, type=int)
@bank_option
@click.pass_context
def undo(ctx: click.Context, number: int | None) -> None:
    """Take a decision back: the last one, or the one numbered. The history keeps both."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.history import undo as take_back

    with open_bank(ctx.obj.get("bank")) as bank:
        taken = take_back(bank, number)
    say(f"Decision {taken.undoes} taken back (as decision {taken.number}).")


@click.command()
@bank_option
@click.pass_context
def init(ctx: click.Context) -> None:
    """Create the bank and fill it with the shipped glossaries.

    In a bank that is there already, missing concepts are added; nothing of yours is changed.
    """
    from termbank.services.bank_setup import init as fill

    say(fill(ctx.obj.get("bank")))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@bank_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> int:
    """Look at the bank's health and at what termbank stands on."""
    from termbank.services.doctor import examine

    remarks = examine(ctx.obj.get("bank"))
    if as_json:
        rows = [{"name": r.name, "state": r.state, "message": r.message} for r in remarks]
        say_json({"schema": 1, "remarks": rows})
    else:
        for line in table([(r.state, r.name, r.message) for r in remarks]):
            say(line)
    bad = sum(r.state == "error" for r in remarks)
    if bad:
        remark(f"termbank: {bad} {'thing needs' if bad == 1 else 'things need'} care.")
    return 2 if bad else 0
