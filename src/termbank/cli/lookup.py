"""`termbank lookup`: look up a term in Chinese, pinyin or English."""

from __future__ import annotations

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
from termbank.model.concept import Concept, Status
from termbank.model.concept_facts import ConceptType
from termbank.model.document_counts import count_documents, describe_documents
from termbank.model.labels import label
from termbank.model.message import _, message, ngettext
from termbank.model.reliability import concept_reliability
from termbank.text.display_width import cells, fit
from termbank.text.line_wrap import wrapped

if TYPE_CHECKING:
    from termbank.services.lookup import Hit

RENDERINGS_SHOWN = 6
INDENT = " " * 6
LONGEST_QUERY = 60
"""The most characters of a query that are repeated to the person."""


@command(
    help=message(
        "Look up a concept by Chinese characters in either script, pinyin, initials, English, an abbreviation "
        "or its id.\n\nWhere no term is exactly what was asked for, near ones are shown and said to be near."
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
        print_error_line(
            _(
                "Nothing found for “{query}”. Try fewer letters, pinyin, or the initials of the syllables.",
                query=_shortened(asked),
            )
        )
    else:
        _print_answer(asked, hits)


def _print_answer(asked: str, hits: list[Hit]) -> None:
    """Print the exact answers, then the near ones under a line of their own."""
    exact = [hit for hit in hits if hit.exact]
    near = [hit for hit in hits if not hit.exact]
    _print_hits(exact)
    if exact and near:
        print_line("\n" + style(_("Near:"), dim=True) + "\n")
    elif near:
        print_line(_("No exact match for {query}. Near:", query=escape_controls(_shortened(asked))) + "\n")
    _print_hits(near)


def _print_hits(hits: list[Hit]) -> None:
    for number, hit in enumerate(hits):
        if number:
            print_line()
        _print_concept(hit.concept)


def _shortened(query: str) -> str:
    return query if len(query) <= LONGEST_QUERY else query[:LONGEST_QUERY] + "…"


def _print_concept(concept: Concept) -> None:
    forms = [term.text for term in concept.chinese if term.text != concept.headword]
    others = style("  " + "、".join(dict.fromkeys(forms)), dim=True) if forms else ""
    print_line(
        style(concept.headword, bold=True) + others + style(f"  [{_describe_concept(concept)}]", dim=True)
    )
    for definition in concept.definitions:
        _print_wrapped(definition.text)
    for note in concept.notes:
        _print_wrapped(_("Note: {note}", note=note.text))
    _print_renderings(concept)
    for number, member in enumerate(concept.members, 1):
        _print_wrapped(f"{number}. {member.zh}  {member.en or _('no rendering yet')}")


def _describe_concept(concept: Concept) -> str:
    """The subject, the type where it is no plain term, and how far the rendering can be relied on."""
    type_ = label(concept.type) if concept.type is not ConceptType.TERM else ""
    reliability = _("reliability: {level}", level=label(concept_reliability(concept)))
    return "; ".join(filter(None, (concept.subject, type_, reliability)))


def _print_wrapped(text: str, indent: str = "  ") -> None:
    for line in wrapped(escape_controls(text), terminal_width() - len(indent)):
        print_line(style(indent + line, dim=True))


def _print_renderings(concept: Concept) -> None:
    shown = concept.english[:RENDERINGS_SHOWN]
    counts = [describe_documents(count_documents(term.attestations)) for term in shown]
    status_width = max(cells(label(status)) for status in Status) + 1
    widest = max((cells(escape_controls(term.text)) for term in shown), default=0)
    beside = widest + status_width + max(map(cells, counts), default=0) + 5 <= terminal_width()
    for term, counted in zip(shown, counts, strict=True):
        gap = " " * (widest - cells(escape_controls(term.text)) + 2)
        status = style(fit(label(term.status), status_width), **STATUS_STYLES[term.status.value])
        line = f"  {style(term.text)}{gap}{status}"
        print_line(f"{line} {style(counted, dim=True)}".rstrip() if beside else line.rstrip())
        if counted and not beside:
            _print_wrapped(counted, INDENT)
        if term.note:
            _print_wrapped(term.note, INDENT)
    left = len(concept.english) - len(shown)
    if left > 0:
        command_line = f"termbank variants {concept.headword}"
        more = ngettext(
            "and {count} more: {command}", "and {count} more: {command}", left, command=command_line
        )
        print_line(style(f"  {more}", dim=True))
