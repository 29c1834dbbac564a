"""`termbank variants`: who used which rendering, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from termbank.cli.bank_access import bank_of
from termbank.cli.decorators import bank_option, command, format_option, option
from termbank.cli.output import print_report, terminal_width
from termbank.model.message import _, message

if TYPE_CHECKING:
    from termbank.model.variant_changes import VariantChanges
    from termbank.model.variants import Variants


@command(
    help=message(
        "Show the renderings of a concept with who used them, in how many documents and when.\n\n"
        "Without a QUERY, every concept with two or more renderings in use.\n\n"
        "--new-since shows what changed: documents, renderings and periods by their own dates, and statuses by the date of "
        "the decision in the bank. Undated uses are left out."
    ),
    examples=(
        "termbank variants 人类命运共同体 --as-of 2013 --kind official",
        "termbank variants 一带一路 --format svg > 一带一路.svg",
        "termbank variants --new-since 2025-08",
    ),
)
@click.argument("query", nargs=-1)
@option("--as-of", metavar="DATE", help=message("What was in use then: 2013, 2013-10 or 2013-10-24."))
@option("--new-since", metavar="DATE", help=message("What changed on this day or later."))
@option("--by", metavar="PUBLISHER", help=message("Count only the uses of this publisher."))
@option("--kind", help=message("Count only this kind of publisher: official, state media, law firm …"))
@format_option("text", "json", "html", "svg", help=message("html and svg draw the timeline."))
@option("--json", "as_json", is_flag=True, help=message("The same as --format json."))
@bank_option
@click.pass_context
def variants(
    ctx: click.Context,
    query: tuple[str, ...],
    as_of: str | None,
    new_since: str | None,
    by: str | None,
    kind: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Run `termbank variants`."""
    from termbank.services.recent_changes import changes_since
    from termbank.services.variants import report
    from termbank.services.variants import variants as read

    form = "json" if as_json else form
    asked = " ".join(query) or None
    found: Variants | VariantChanges
    if new_since is None:
        with bank_of(ctx) as bank:
            found = read(bank, asked, as_of=as_of, by=by, kind=kind)
    elif as_of is not None or form in ("html", "svg"):
        raise click.UsageError(_("--new-since is for text and JSON, and not for --as-of."))
    else:
        with bank_of(ctx) as bank:
            found = changes_since(bank, new_since, asked, by=by, kind=kind)
    print_report(report(found, form, **({"width": terminal_width()} if form == "text" else {})))
