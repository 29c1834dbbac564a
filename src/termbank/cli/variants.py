"""`termbank variants`: who used which rendering, and when."""

from __future__ import annotations

import click

from termbank.cli.app import bank_option
from termbank.cli.output import say_report, width


@click.command(
    epilog="Example:  termbank variants 人类命运共同体 --as-of 2013 --kind official   ·   termbank variants 一带一路 --format svg > 一带一路.svg"
)
@click.argument("query", nargs=-1)
@click.option("--as-of", metavar="DATE", help="What was written then: 2013, 2013-10 or 2013-10-24.")
@click.option("--by", metavar="PUBLISHER", help="Count only this publisher's uses.")
@click.option("--kind", help="Count only this kind of publisher: official, state media, law firm …")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "svg"]),
    default="text",
    help="html and svg draw the timeline.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@bank_option
@click.pass_context
def variants(
    ctx: click.Context,
    query: tuple[str, ...],
    as_of: str | None,
    by: str | None,
    kind: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Show, for a concept, its renderings with who used them, how often and when.

    Without a QUERY, every concept with two or more renderings in use.
    """
    from termbank.services.bank_setup import open_bank
    from termbank.services.variants import report
    from termbank.services.variants import variants as read

    with open_bank(ctx.obj.get("bank")) as bank:
        found = read(bank, " ".join(query) or None, as_of=as_of, by=by, kind=kind)
    form = "json" if as_json else form
    say_report(report(found, form, **({"width": width()} if form == "text" else {})))
