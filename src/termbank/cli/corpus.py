"""`termbank corpus` and `termbank concordance`: documents in the bank, and words in their sentences."""

from __future__ import annotations

from pathlib import Path

import click

from termbank.cli.app import FILE, bank_option
from termbank.cli.output import ProgressBar, escaped, remark, say, say_json, styled, table, width
from termbank.model.span import Span
from termbank.text.display_width import cells, cut, cut_left, fit


@click.group(epilog="Example:  termbank corpus add 原文.txt official.txt lawfirm.txt")
@bank_option
def corpus() -> None:
    """Keep documents with their translations in the bank."""


@corpus.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--manifest", type=FILE, help="A manifest.toml that describes them.")
@click.option("--lines", is_flag=True, help="Take each non-empty line as one segment.")
@bank_option
@click.pass_context
def add(ctx: click.Context, files: tuple[Path, ...], manifest: Path | None, lines: bool) -> None:
    """Add bilingual files, or one Chinese document with its English versions."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.corpus import add as keep

    with open_bank(ctx.obj.get("bank")) as bank, ProgressBar("adding") as progress:
        added = keep(bank, files, manifest=manifest, lines=lines, progress=progress)
    for line in added.remarks:
        remark(f"termbank: {line}")
    say(str(added))


@corpus.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@bank_option
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> None:
    """List the documents of the corpus."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.corpus import documents

    with open_bank(ctx.obj.get("bank")) as bank:
        held = documents(bank)
    sources = [(one, one.en or one.zh) for one in held]
    if as_json:
        rows = [
            {
                "id": one.id,
                "title": one.title,
                "pairs": one.pairs,
                "publisher": source.publisher_name if source else None,
                "date": source.date if source else None,
            }
            for one, source in sources
        ]
        say_json({"schema": 1, "documents": rows})
        return
    if not held:
        say("The corpus is empty. `termbank corpus add` fills it.")
        return
    shown = [
        (
            one.id,
            source.date or "" if source else "",
            source.publisher_name if source else "",
            str(one.pairs),
            one.title,
        )
        for one, source in sources
    ]
    for line in table(shown, ("id", "date", "publisher", "pairs", "title")):
        say(line)


@corpus.command()
@click.argument("document")
@bank_option
@click.pass_context
def show(ctx: click.Context, document: str) -> None:
    """Show a document of the corpus, both languages side by side."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.corpus import pairs

    with open_bank(ctx.obj.get("bank")) as bank:
        found = pairs(bank, document)
    for line in table(found, ("Chinese", "English")):
        say(line)


@corpus.command()
@click.argument("document")
@click.option("--why", help="A reason, kept in the history.")
@bank_option
@click.pass_context
def remove(ctx: click.Context, document: str, why: str | None) -> None:
    """Take a document from the corpus; the history keeps it."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.corpus import remove as take

    with open_bank(ctx.obj.get("bank")) as bank:
        decision = take(bank, document, why=why)
    say(f"Removed (decision {decision.number}).")


@click.command(epilog="Examples:  termbank concordance 新质生产力   ·   termbank concordance 'new quality'")
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@bank_option
@click.pass_context
def concordance(ctx: click.Context, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Show a word in its sentences, with their translations, from the corpus in the bank."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.concordance import concordance as find
    from termbank.services.concordance import concordance_record

    with open_bank(ctx.obj.get("bank")) as bank, ProgressBar("indexing") as progress:
        found = find(bank, " ".join(query), limit, progress=progress)
    if as_json:
        say_json(concordance_record(found))
        return
    if not found.lines:
        remark("Nothing found in the corpus. `termbank corpus add` puts documents in it.")
        return
    side = (width() - 34) // 2
    for line in found.lines:
        zh, en = keyword(line.zh, line.zh_spans, side), keyword(line.en, line.en_spans, side)
        about = fit(f"{line.date or ''} {line.publisher or line.title}".strip(), 30)
        say(f"{zh}  {en}  {styled(about, dim=True)}")
    if found.more:
        say(styled(f"{len(found.lines)} of {found.total}: --limit {found.total} shows all.", dim=True))


def keyword(text: str, spans: tuple[Span, ...], room: int) -> str:
    """The text in exactly `room` cells with its first span in the middle, set off where colour is wanted."""
    if not spans:
        return fit(escaped(" ".join(text.split())), room)
    first = spans[0]
    before, word, after = (
        escaped(part).replace("⏎", " ") for part in (text[: first.start], first.of(text), text[first.end :])
    )
    word = cut(word, room)
    left = (room - cells(word)) // 2
    right = room - cells(word) - left
    shown = cut_left(before, left)
    return " " * (left - cells(shown)) + shown + styled(word, bold=True) + fit(after, right)
