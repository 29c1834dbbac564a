"""`termbank align`: pair the sentences of two documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from termbank.cli.decorators import FILE, bank_option, command, format_option, lines_option, option
from termbank.cli.output import (
    ProgressBar,
    format_table,
    print_error,
    print_line,
    print_remarks,
)
from termbank.model.message import _, message, ngettext

if TYPE_CHECKING:
    from termbank.services.align import AlignedTexts

DOUBTFUL = 0.5
"""A bead under this confidence is marked and counted as doubtful."""

LONGEST_CHINESE, LONGEST_ENGLISH = 200, 400
"""The most characters of a bead's two sides that are shown."""

FORMATS_BY_SUFFIX = {".tmx": "tmx", ".tsv": "tsv", ".json": "json"}


@command(
    help=message(
        "Pair the sentences of a Chinese document and its English version.\n\n"
        "Doubtful beads are marked, and counted at the end."
    ),
    examples=("termbank align 原文.docx translation.docx -o pair.tmx --format tmx",),
)
@click.argument("zh", type=FILE)
@click.argument("en", type=FILE)
@lines_option
@option("--semantic", is_flag=True, help=message("Use sentence embeddings too (the [semantic] extra)."))
@format_option(
    "text", "json", "tmx", "tsv", default=None, help=message("Default: text, or the suffix of -o.")
)
@option("-o", "--output", type=FILE, help=message("Write to this file."))
@bank_option
def align(zh: Path, en: Path, lines: bool, semantic: bool, form: str | None, output: Path | None) -> None:
    """Run `termbank align`."""
    from termbank.services.align import align_files, as_bytes

    form = form or FORMATS_BY_SUFFIX.get(output.suffix if output else "", "text")
    with ProgressBar(_("aligning")) as progress:
        texts = align_files(zh, en, lines=lines, semantic=semantic, progress=progress)
    print_remarks(texts.remarks)
    if output is not None:
        from termbank.services.file_access import write_atomically

        write_atomically(output, as_bytes(texts, form))
        count = len(texts.alignment.beads)
        print_error(
            ngettext("Wrote {count} bead to {file}.", "Wrote {count} beads to {file}.", count, file=output)
        )
    elif form == "text":
        _print_beads(texts)
    else:
        print_line(as_bytes(texts, form).decode("utf-8").rstrip("\n"))


def _print_beads(texts: AlignedTexts) -> None:
    beads = texts.alignment.beads
    rows = [
        (
            f"{number}{'?' if bead.confidence < DOUBTFUL else ' '}",
            f"{bead.confidence:.2f}",
            texts.chinese(number)[:LONGEST_CHINESE] or "—",
            texts.english(number)[:LONGEST_ENGLISH] or "—",
        )
        for number, bead in enumerate(beads)
    ]
    for line in format_table(rows, (_("bead"), _("confidence"), _("Chinese"), _("English"))):
        print_line(line)
    doubtful = sum(bead.confidence < DOUBTFUL for bead in beads)
    print_line()
    print_line(
        ngettext(
            "{count} bead, {doubtful} doubtful (confidence under {least:.0%}, marked ?).",
            "{count} beads, {doubtful} doubtful (confidence under {least:.0%}, marked ?).",
            len(beads),
            doubtful=doubtful,
            least=DOUBTFUL,
        )
    )
