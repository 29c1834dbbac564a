"""`termbank concordance`: a word in the sentences of the corpus."""

from __future__ import annotations

import click

from termbank.cli.decorators import bank_option, command, json_option, option
from termbank.cli.indexed_bank import open_indexed_bank
from termbank.cli.output import (
    escape_controls,
    print_error_line,
    print_json,
    print_line,
    style,
    terminal_width,
)
from termbank.model.message import _, message, translate
from termbank.model.span import Span
from termbank.text.display_width import cells, cut, cut_left, fit

SOURCE_WIDTH = 30
"""The cells of the last column, which names the date and the publisher."""


@command(
    help=message("Show a word in its sentences, with their translations, from the corpus in the bank."),
    examples=("termbank concordance 新质生产力", "termbank concordance 'new quality'"),
)
@click.argument("query", nargs=-1, required=True)
@option(
    "--limit",
    type=click.IntRange(1),
    default=50,
    show_default=True,
    help=message("Show at most this many sentences."),
)
@json_option
@bank_option
@click.pass_context
def concordance(ctx: click.Context, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Run `termbank concordance`."""
    from termbank.services.concordance import concordance as find
    from termbank.services.concordance import concordance_record

    with open_indexed_bank(ctx) as (bank, progress):
        found = find(bank, " ".join(query), limit, progress=progress)
    if as_json:
        print_json(concordance_record(found))
        return
    if not found.lines:
        print_error_line(_("Nothing found in the corpus. Add documents with `termbank corpus add`."))
        return
    side = (terminal_width() - SOURCE_WIDTH - 4) // 2
    for line in found.lines:
        zh, en = (
            keyword_in_context(line.zh, line.zh_spans, side),
            keyword_in_context(line.en, line.en_spans, side),
        )
        source = fit(f"{line.date or ''} {translate(line.publisher or line.title)}".strip(), SOURCE_WIDTH)
        print_line(f"{zh}  {en}  {style(source, dim=True)}")
    if found.more:
        shown, total = len(found.lines), found.total
        print_line(
            style(_("{shown} of {total}; --limit {total} shows all.", shown=shown, total=total), dim=True)
        )


def keyword_in_context(text: str, spans: tuple[Span, ...], width: int) -> str:
    """Fit a text into exactly `width` cells with its first span in the middle, bold where colour is wanted."""
    if not spans:
        return fit(escape_controls(" ".join(text.split())), width)
    first = spans[0]
    before, word, after = (
        escape_controls(part).replace("⏎", " ")
        for part in (text[: first.start], first.of(text), text[first.end :])
    )
    word = cut(word, width)
    left = (width - cells(word)) // 2
    right = width - cells(word) - left
    shown = cut_left(before, left)
    return " " * (left - cells(shown)) + shown + style(word, bold=True) + fit(after, right)
