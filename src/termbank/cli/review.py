"""`termbank review`: the review queue, in the terminal interface or one decision at a time."""

from __future__ import annotations

import sys
from typing import Any

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import bank_option, group, json_option, option, why_option
from termbank.cli.output import format_table, print_json, print_line, style
from termbank.model.concept import Status
from termbank.model.labels import label
from termbank.model.message import _, message, translate

RENDERINGS_SHOWN = 3
SENTENCES_SHOWN = 3
STATUSES = click.Choice([status.value for status in Status])


@group(
    invoke_without_command=True,
    help=message(
        "Decide on the candidates in the queue: accept, edit, reject or defer.\n\n"
        "Without a sub-command, the queue opens in the terminal interface; into a pipe, it is listed."
    ),
    examples=("termbank review", "termbank review accept 新质生产力", "termbank review list"),
)
@bank_option
@click.pass_context
def review(ctx: click.Context) -> None:
    """Run `termbank review`: open the queue where no sub-command is given."""
    if ctx.invoked_subcommand is not None:
        return
    if not sys.stdout.isatty():
        ctx.invoke(list_)
        return
    from termbank.tui.app import run

    run(ctx.obj.get("bank"), review=True)


@review.command(
    "list", help=message("List the candidates in the queue: new renderings of known concepts first.")
)
@json_option
@option(
    "--limit",
    type=click.IntRange(1),
    default=40,
    show_default=True,
    help=message("Show at most this many candidates."),
)
@bank_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool = False, limit: int = 40) -> None:
    """Run `termbank review list`."""
    from termbank.services.queue import candidate_records, candidates, progress

    with bank_of(ctx) as bank:
        waiting, counts = candidates(bank), progress(bank)
        records = candidate_records(bank, waiting) if as_json else []
    if as_json:
        print_json({"schema": 1, "candidates": records})
        return
    if not waiting:
        print_line(_("The queue is empty. Fill it with `termbank extract ZH EN --queue`."))
        return
    rows = [
        (
            candidate.zh,
            str(candidate.count),
            ", ".join(f"{r.text} ×{r.count}" for r in candidate.open_renderings[:RENDERINGS_SHOWN]) or "—",
            candidate.known or _("new"),
        )
        for candidate in waiting[:limit]
    ]
    for line in format_table(rows, (_("term"), "×", _("renderings"), _("concept"))):
        print_line(line)
    summary = _(
        "{waiting} waiting, {deferred} deferred, {decided} decided.",
        waiting=counts.waiting,
        deferred=counts.deferred,
        decided=counts.decided,
    )
    print_line(style(summary, dim=True))


@review.command(help=message("Show one candidate with its sentences."))
@click.argument("candidate")
@bank_option
@click.pass_context
def show(ctx: click.Context, candidate: str) -> None:
    """Run `termbank review show`."""
    from termbank.services.queue import candidate as read
    from termbank.services.review import near_remarks

    with bank_of(ctx) as bank:
        found = read(bank, candidate)
        near = near_remarks(bank, found)
    print_line(style(found.zh, bold=True) + style(f"  ×{found.count}  {found.known or _('new')}", dim=True))
    for number, rendering in enumerate(found.open_renderings, start=1):
        print_line(f"  {number}  {style(rendering.text)}  ×{rendering.count}")
    for remark in near:
        print_line(f"  {translate(remark)}")
    for evidence in found.evidence[:SENTENCES_SHOWN]:
        print_line()
        print_line(f"  {style(evidence.zh)}")
        print_line(f"  {style(evidence.en)}")


@review.command(
    help=message("Accept a candidate as it is or edited; its sentences become attestations."),
    short_help=message("Accept a candidate."),
    examples=("termbank review accept 智能体 --as 'AI agent' --status preferred",),
)
@click.argument("candidate")
@option("--as", "renderings", multiple=True, help=message("The English rendering. Can be repeated."))
@option("--zh", help=message("The Chinese term, edited."))
@option("--concept", help=message("Add it to this concept; “new” creates one."))
@option("--status", type=STATUSES, help=message("The status of the renderings."))
@option("--subject", help=message("The subject of a new concept."))
@why_option
@bank_option
@click.pass_context
def accept(ctx: click.Context, /, candidate: str, **options: Any) -> None:
    """Run `termbank review accept`."""
    from termbank.services.review import accept as take

    with bank_of(ctx) as bank:
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
    print_line(_("Accepted as {concept} (decision {number}).", concept=name, number=decision.number))


@review.command(
    help=message(
        "Reject a candidate. The same pair is not proposed again, unless its evidence grows and `extract --again` "
        "asks for it."
    ),
    short_help=message("Reject a candidate."),
)
@click.argument("candidate")
@option("--why", required=True, help=message("The reason, kept with the pair."))
@option(
    "--rendering", "renderings", multiple=True, help=message("Reject only this rendering. Can be repeated.")
)
@bank_option
@click.pass_context
def reject(ctx: click.Context, candidate: str, why: str, renderings: tuple[str, ...]) -> None:
    """Run `termbank review reject`."""
    from termbank.services.review import reject as refuse

    with bank_of(ctx) as bank:
        decision = refuse(bank, candidate, why, renderings=renderings or None)
    print_line(_("Rejected (decision {number}).", number=decision.number))


@review.command(help=message("Move a candidate to the end of the queue."))
@click.argument("candidate")
@why_option
@bank_option
@click.pass_context
def defer(ctx: click.Context, candidate: str, why: str | None) -> None:
    """Run `termbank review defer`."""
    from termbank.services.review import defer as put_off

    with bank_of(ctx) as bank:
        decision = put_off(bank, candidate, why)
    print_line(_("Deferred (decision {number}).", number=decision.number))


@review.command(
    help=message("Set the status of a term."),
    examples=("termbank review status new-quality-productive-forces 'new productive forces' admitted",),
)
@click.argument("concept")
@click.argument("term")
@click.argument("status", type=STATUSES)
@why_option
@bank_option
@click.pass_context
def status(ctx: click.Context, concept: str, term: str, status: str, why: str | None) -> None:
    """Run `termbank review status`."""
    from termbank.services.concept_edit import set_status
    from termbank.services.history import concept_named

    with bank_of(ctx) as bank:
        decision = set_status(bank, concept_named(bank, concept), term, Status(status), why=why)
    word = label(status)
    if decision.number:
        print_line(
            _("“{term}” is now {status} (decision {number}).", term=term, status=word, number=decision.number)
        )
    else:
        print_line(_("“{term}” was {status} already.", term=term, status=word))
