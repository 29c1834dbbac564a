"""`termbank lookup`: look up a term in Chinese, pinyin or English."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from termbank.cli.decorators import bank_option, command, json_option, option
from termbank.cli.indexed_bank import open_indexed_bank
from termbank.cli.output import (
    STATUS_STYLES,
    escape_controls,
    print_error_line,
    print_json,
    print_line,
    style,
    terminal_width,
)
from termbank.model.concept import Concept, Status, Term
from termbank.model.labels import label
from termbank.model.message import _, message, ngettext
from termbank.text.display_width import cells, fit

if TYPE_CHECKING:
    from termbank.services.lookup import Hit

RENDERINGS_SHOWN = 6
LONGEST_NOTE = 160
"""The most characters of a note that are shown."""
LONGEST_QUERY = 60
"""The most characters of a query that are repeated to the person."""
BESIDE_TERM = 46
"""The cells that the status and the uses of a rendering need beside it."""


@command(
    help=message(
        "Look up a concept by Chinese characters in either script, pinyin, initials, English, an abbreviation "
        "or its id."
    ),
    examples=(
        "termbank lookup 新质生产力",
        "termbank lookup xinzhi",
        "termbank lookup xzscl",
        "termbank lookup 'new qualty'",
    ),
)
@click.argument("query", nargs=-1, required=True)
@option(
    "--limit",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    help=message("Show at most this many concepts."),
)
@json_option
@bank_option
@click.pass_context
def lookup(ctx: click.Context, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Run `termbank lookup`."""
    from termbank.services.lookup import look_up, lookup_record

    asked = " ".join(query)
    with open_indexed_bank(ctx) as (bank, progress):
        hits = look_up(bank, asked, limit, progress=progress)
    if as_json:
        print_json(lookup_record(asked, hits))
    elif not hits:
        shown = asked if len(asked) <= LONGEST_QUERY else asked[:LONGEST_QUERY] + "…"
        print_error_line(
            _(
                "Nothing found for “{query}”. Try fewer letters, pinyin, or the initials of the syllables.",
                query=shown,
            )
        )
    else:
        names = Counter(hit.concept.headword for hit in hits)
        for number, hit in enumerate(hits):
            if number:
                print_line()
            _print_hit(hit, ambiguous=names[hit.concept.headword] > 1)


def _print_hit(hit: Hit, *, ambiguous: bool = False) -> None:
    """Print one concept; with the note that distinguishes it where another has the same headword."""
    concept = hit.concept
    forms = [term.text for term in concept.chinese if term.text != concept.headword]
    others = style("  " + "、".join(forms), dim=True) if forms else ""
    subject = style(f"  [{concept.subject}]", dim=True) if concept.subject else ""
    print_line(style(concept.headword, bold=True) + others + subject)
    about = [*concept.notes, *concept.definitions]
    if ambiguous and about:
        print_line(style(f"  {about[0].text[:LONGEST_NOTE]}", dim=True))
    _print_renderings(concept)


def _print_renderings(concept: Concept) -> None:
    shown = concept.english[:RENDERINGS_SHOWN]
    widest = max((cells(escape_controls(term.text)) for term in shown), default=0)
    width = min(widest, max(20, terminal_width() - BESIDE_TERM))
    status_width = max(cells(label(status)) for status in Status) + 1
    for term in shown:
        gap = " " * max(1, width - cells(escape_controls(term.text)) + 2)
        status = style(fit(label(term.status), status_width), **STATUS_STYLES[term.status.value])
        print_line(f"  {style(term.text)}{gap}{status} {style(_uses(term), dim=True)}")
    left = len(concept.english) - len(shown)
    if left > 0:
        command_line = f"termbank variants {concept.headword}"
        more = ngettext(
            "and {count} more: {command}", "and {count} more: {command}", left, command=command_line
        )
        print_line(style(f"  {more}", dim=True))


def _uses(term: Term) -> str:
    """How often and between which dates a term is attested, or nothing where it is not."""
    count = len(term.attestations)
    if not count:
        return ""
    uses = ngettext("{count} use", "{count} uses", count)
    if term.first is None:
        return uses
    if term.first == term.last:
        return f"{uses}, {term.first}"
    return _("{uses}, {first} to {last}", uses=uses, first=term.first, last=term.last)
