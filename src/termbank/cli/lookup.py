"""`termbank lookup`: a term found by any key, with its renderings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from termbank.cli.app import bank_option
from termbank.cli.output import STATUS_STYLES, ProgressBar, escaped, remark, say, say_json, styled, width
from termbank.model.concept import Term
from termbank.text.display_width import cells

if TYPE_CHECKING:
    from termbank.services.lookup import Hit

RENDERINGS_SHOWN = 6
NOTE_SHOWN = 160


@click.command(epilog="Examples:  termbank lookup 新质生产力   ·   xinzhi   ·   xzscl   ·   'new qualty'")
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@bank_option
@click.pass_context
def lookup(ctx: click.Context, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find a concept by hanzi in either script, pinyin, initials, English, abbreviation or id."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.lookup import look_up, lookup_record

    asked = " ".join(query)
    with open_bank(ctx.obj.get("bank")) as bank, ProgressBar("indexing") as progress:
        hits = look_up(bank, asked, limit, progress=progress)
    if as_json:
        say_json(lookup_record(asked, hits))
    elif not hits:
        shown = asked if len(asked) <= 60 else asked[:60] + "…"
        remark(f"Nothing found for “{shown}”. Try fewer letters, pinyin, or the initials of the syllables.")
    else:
        names = Counter(hit.concept.headword for hit in hits)
        for number, hit in enumerate(hits):
            if number:
                say()
            _show(hit, alike=names[hit.concept.headword] > 1)


def _show(hit: Hit, *, alike: bool = False) -> None:
    """One concept; where another is written alike, what tells them apart is said too."""
    concept = hit.concept
    forms = [term.text for term in concept.chinese if term.text != concept.headword]
    others = styled("  " + "、".join(forms), dim=True) if forms else ""
    subject = styled(f"  [{concept.subject}]", dim=True) if concept.subject else ""
    say(styled(concept.headword, bold=True) + others + subject)
    if alike and (note := concept.note or concept.definition):
        say(styled(f"  {note[:NOTE_SHOWN]}", dim=True))
    shown = concept.english[:RENDERINGS_SHOWN]
    room = min(max((cells(escaped(term.text)) for term in shown), default=0), max(20, width() - 46))
    for term in shown:
        gap = " " * max(1, room - cells(escaped(term.text)) + 2)
        style = STATUS_STYLES[term.status.value]
        say(
            f"  {styled(term.text)}{gap}{styled(f'{term.status.value:<11}', **style)} {styled(_seen(term), dim=True)}"
        )
    left = len(concept.english) - len(shown)
    if left > 0:
        say(styled(f"  and {left} more: termbank variants {concept.headword}", dim=True))


def _seen(term: Term) -> str:
    count = len(term.attestations)
    if not count:
        return ""
    uses = "1 use" if count == 1 else f"{count} uses"
    if term.first is None:
        return uses
    return f"{uses}, {term.first}" if term.first == term.last else f"{uses}, {term.first} to {term.last}"
