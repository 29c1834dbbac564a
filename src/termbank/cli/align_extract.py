"""`termbank align` and `termbank extract`: from two documents to beads and candidates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbank.cli.app import FILE, bank_option
from termbank.cli.output import ProgressBar, escaped, remark, say, say_json, styled, table

if TYPE_CHECKING:
    from termbank.model.candidate import Candidate
    from termbank.services.align import AlignedTexts
    from termbank.services.extract import Extraction

DOUBTFUL = 0.5


@click.command(epilog="Example:  termbank align 原文.docx translation.docx -o pair.tmx --format tmx")
@click.argument("zh", type=FILE)
@click.argument("en", type=FILE)
@click.option("--lines", is_flag=True, help="Take each non-empty line as one segment.")
@click.option("--semantic", is_flag=True, help="Use sentence embeddings too (the [semantic] extra).")
@click.option("--format", "form", type=click.Choice(["text", "json", "tmx", "tsv"]), help="Default: text.")
@click.option("-o", "--output", type=FILE, help="Write to this file.")
@bank_option
def align(zh: Path, en: Path, lines: bool, semantic: bool, form: str | None, output: Path | None) -> None:
    """Pair the sentences of a Chinese document and its English version.

    Doubtful beads are marked, and counted at the end.
    """
    from termbank.services.align import align_files, as_bytes

    if form is None:
        form = {".tmx": "tmx", ".tsv": "tsv", ".json": "json"}.get(output.suffix if output else "", "text")
    with ProgressBar("aligning") as progress:
        texts = align_files(zh, en, lines=lines, semantic=semantic, progress=progress)
    for line in texts.remarks:
        remark(f"termbank: {line}")
    if output is not None:
        from termbank.services.file_access import write_atomically

        write_atomically(output, as_bytes(texts, form))
        remark(f"termbank: {len(texts.alignment.beads)} beads written to {output}.")
    elif form == "text":
        _show_beads(texts)
    else:
        say(as_bytes(texts, form).decode("utf-8").rstrip("\n"))


def _show_beads(texts: AlignedTexts) -> None:
    doubtful = sum(bead.confidence < DOUBTFUL for bead in texts.alignment.beads)
    rows = []
    for number, bead in enumerate(texts.alignment.beads):
        mark = "?" if bead.confidence < DOUBTFUL else " "
        english = texts.english(number)[:400] or "—"
        rows.append(
            (f"{number}{mark}", f"{bead.confidence:.2f}", texts.chinese(number)[:200] or "—", english)
        )
    for line in table(rows, ("bead", "sure", "Chinese", "English")):
        say(line)
    total = len(texts.alignment.beads)
    say()
    say(f"{total} beads, {doubtful} doubtful (under {DOUBTFUL:.0%} sure, marked ?).")


@click.command(epilog="Example:  termbank extract 原文.txt translation.txt --queue   then: termbank review")
@click.argument("zh", type=FILE)
@click.argument("en", type=FILE)
@click.option("--lines", is_flag=True, help="Take each non-empty line as one segment.")
@click.option("--terms", type=FILE, help="Look only for these Chinese terms, one a line.")
@click.option("--semantic", is_flag=True, help="Use sentence embeddings too (the [semantic] extra).")
@click.option("--format", "form", type=click.Choice(["text", "json", "tsv"]), default="text")
@click.option("--queue", is_flag=True, help="Put the candidates in the bank's queue, to be reviewed.")
@click.option(
    "--again", is_flag=True, help="With --queue: ask again about rejected pairs seen more often since."
)
@click.option("--limit", type=click.IntRange(1), help="Show at most so many candidates (text only).")
@click.option("--publisher", help="Who published the English text; kept with the evidence of --queue.")
@click.option("--date", "date", help="When it was published: 2025, 2025-08 or 2025-08-26.")
@click.option("--title", help="What the English text is called.")
@bank_option
@click.pass_context
def extract(ctx: click.Context, /, **options: Any) -> None:
    """Find the terms of a Chinese document and how its English version renders them."""
    from termbank.services.bank_setup import open_bank
    from termbank.services.extract import extract_files

    with open_bank(ctx.obj.get("bank")) as bank, ProgressBar("aligning") as progress:
        extraction = extract_files(
            options["zh"],
            options["en"],
            lines=options["lines"],
            semantic=options["semantic"],
            terms=options["terms"],
            glossary=bank.glossary(),
            progress=progress,
        )
        for line in extraction.remarks:
            remark(f"termbank: {line}")
        if options["queue"]:
            _queue(bank, extraction, options)
    _show_candidates(extraction, options["form"], options["limit"])


def _queue(bank: Any, extraction: Extraction, options: dict[str, Any]) -> None:
    from termbank.services.provenance import Known, Told, source_of
    from termbank.services.queue import queue

    told = Told(title=options["title"], publisher=options["publisher"], date=options["date"])
    known = Known.of(bank)
    source, assumed = source_of(extraction.texts.en, known, told)
    for line in assumed:
        remark(f"termbank: {line}")
    outcome = queue(bank, extraction.candidates, source, again=options["again"])
    remark(f"termbank: {outcome}")


def _show_candidates(extraction: Extraction, form: str, limit: int | None) -> None:
    from termbank.services.extract import candidates_record

    if form == "json":
        say_json(candidates_record(extraction.candidates))
        return
    if form == "tsv":
        for candidate in extraction.candidates:
            for rendering in candidate.renderings or ():
                cells = (candidate.zh, rendering.text, str(rendering.count), f"{rendering.score:.3f}")
                say("\t".join(escaped(cell).replace("\t", " ") for cell in cells))
        return
    if not extraction.candidates:
        say("No terms found. Longer documents show more; --terms FILE looks for terms of your own.")
        return
    rows = [_row(candidate) for candidate in extraction.candidates[:limit]]
    for line in table(rows, ("term", "×", "renderings", "in the bank")):
        say(line)
    say()
    say(f"{len(extraction.candidates)} candidates. {styled('new', bold=True)}: not in the bank.")


def _row(candidate: Candidate) -> tuple[str, str, str, str]:
    shown = ", ".join(f"{r.text} ×{r.count}" for r in candidate.renderings[:3]) or "—"
    if candidate.known is None:
        known = "new"
    elif candidate.renderings and any(r.term is None for r in candidate.renderings[:3]):
        known = f"{candidate.known} (new rendering)"
    else:
        known = candidate.known
    return candidate.zh, str(candidate.count), shown, known
