"""`termbank review`: the queue, in the interface or one decision at a time."""

from __future__ import annotations

import sys
from typing import Any

import click

from termbank.cli.app import bank_option
from termbank.cli.output import say, say_json, styled, table
from termbank.model.concept import Status

SENTENCES_SHOWN = 3


@click.group(
    invoke_without_command=True,
    epilog="Examples:  termbank review   ·   termbank review accept 新质生产力   ·   termbank review list",
)
@bank_option
@click.pass_context
def review(ctx: click.Context) -> None:
    """Decide on what was found: accept, edit, reject or defer.

    Without a sub-command, the queue opens in the interface; into a pipe, it is listed.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not sys.stdout.isatty():
        ctx.invoke(list_)
        return
    from termbank.tui.app import run

    run(ctx.obj.get("bank"), review=True)


@review.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--limit", type=click.IntRange(1), default=40, show_default=True)
@bank_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool = False, limit: int = 40) -> None:
    """List the open candidates: new renderings of known concepts first."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.queue import candidates, progress

    with open_bank(ctx.obj.get("bank")) as bank:
        waiting, done = candidates(bank), progress(bank)
    if as_json:
        say_json({"schema": 1, "candidates": [candidate.record() for candidate in waiting]})
        return
    if not waiting:
        say("The queue is empty. `termbank extract ZH EN --queue` fills it.")
        return
    rows = [
        (
            candidate.zh,
            str(candidate.count),
            ", ".join(f"{r.text} ×{r.count}" for r in candidate.open_renderings[:3]) or "—",
            candidate.known or "new",
        )
        for candidate in waiting[:limit]
    ]
    for line in table(rows, ("term", "×", "renderings", "concept")):
        say(line)
    say(styled(f"{done.waiting} waiting, {done.deferred} deferred, {done.decided} decided.", dim=True))


@review.command()
@click.argument("candidate")
@bank_option
@click.pass_context
def show(ctx: click.Context, candidate: str) -> None:
    """Show one candidate with its sentences."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.queue import candidate as read

    with open_bank(ctx.obj.get("bank")) as bank:
        found = read(bank, candidate)
    say(styled(found.zh, bold=True) + styled(f"  ×{found.count}  {found.known or 'new'}", dim=True))
    for number, rendering in enumerate(found.open_renderings, start=1):
        say(f"  {number}  {styled(rendering.text)}  ×{rendering.count}")
    for evidence in found.evidence[:SENTENCES_SHOWN]:
        say()
        say(f"  {styled(evidence.zh)}")
        say(f"  {styled(evidence.en)}")


@review.command(epilog="Example:  termbank review accept 智能体 --as 'AI agent' --status preferred")
@click.argument("candidate")
@click.option("--as", "renderings", multiple=True, help="The English to write; may be given again.")
@click.option("--zh", help="The Chinese, edited.")
@click.option("--concept", help="Add it to this concept; “new” makes a new one.")
@click.option("--status", type=click.Choice([status.value for status in Status]))
@click.option("--subject", help="The subject of a new concept.")
@click.option("--why", help="A reason, kept in the history.")
@bank_option
@click.pass_context
def accept(ctx: click.Context, /, candidate: str, **options: Any) -> None:
    """Accept a candidate as it is or edited; its evidence becomes attestations."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.review import accept as take

    with open_bank(ctx.obj.get("bank")) as bank:
        decision = take(
            bank,
            candidate,
            renderings=options["renderings"] or None,
            zh=options["zh"],
            concept=options["concept"],
            status=Status(options["status"]) if options["status"] else None,
            subject=options["subject"],
            why=options["why"],
        )
        name = next((c.id for c in decision.changes if c.kind == "concept"), "")
    say(f"Accepted as {name} (decision {decision.number}).")


@review.command()
@click.argument("candidate")
@click.option("--why", required=True, help="The reason, kept with the pair.")
@click.option("--rendering", "renderings", multiple=True, help="Reject only this rendering.")
@bank_option
@click.pass_context
def reject(ctx: click.Context, candidate: str, why: str, renderings: tuple[str, ...]) -> None:
    """Reject a candidate; the same pair does not return unless its evidence grows and you ask."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.review import reject as refuse

    with open_bank(ctx.obj.get("bank")) as bank:
        decision = refuse(bank, candidate, why, renderings=renderings or None)
    say(f"Rejected (decision {decision.number}).")


@review.command()
@click.argument("candidate")
@click.option("--why", help="A reason, kept in the history.")
@bank_option
@click.pass_context
def defer(ctx: click.Context, candidate: str, why: str | None) -> None:
    """Put a candidate at the end of the queue."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.review import defer as put_off

    with open_bank(ctx.obj.get("bank")) as bank:
        decision = put_off(bank, candidate, why)
    say(f"Deferred (decision {decision.number}).")


@review.command(
    epilog="Example:  termbank review status new-quality-productive-forces 'new productive forces' admitted"
)
@click.argument("concept")
@click.argument("term")
@click.argument("status", type=click.Choice([status.value for status in Status]))
@click.option("--why", help="A reason, kept in the history.")
@bank_option
@click.pass_context
def status(ctx: click.Context, concept: str, term: str, status: str, why: str | None) -> None:
    """Set the house status of a term."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.concept_edit import set_status
    from termbank.services.history import concept_named

    with open_bank(ctx.obj.get("bank")) as bank:
        decision = set_status(bank, concept_named(bank, concept), term, Status(status), why=why)
    say(
        f"“{term}” is {status} (decision {decision.number})."
        if decision.number
        else f"“{term}” was {status}."
    )
