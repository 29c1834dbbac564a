"""`termbank align`: pair the sentences of two documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from termbank.cli.decorators import FILE, bank_option, command, format_option, lines_option, option
from termbank.cli.output import (
    ProgressBar,
    format_table,
    print_error,
    print_line,
    print_remarks,
)
from termbank.cli.several_documents import (
    Failures,
    print_documents,
    print_heading,
    print_rows,
    worker_options,
    worker_settings,
    write_beside_names,
)
from termbank.model.errors import TermbankError
from termbank.model.message import _, message, ngettext

if TYPE_CHECKING:
    from termbank.services.align import AlignedTexts
    from termbank.services.document_files import DocumentFiles

DOUBTFUL = 0.5
"""A bead under this confidence is marked and counted as doubtful."""

LONGEST_CHINESE, LONGEST_ENGLISH = 200, 400
"""The most characters of a bead's two sides that are shown."""

FORMATS_BY_SUFFIX = {".tmx": "tmx", ".tsv": "tsv", ".json": "json"}


@command(
    help=message(
        "Pair the sentences of a Chinese document and its English version.\n\n"
        "Doubtful beads are marked, and counted at the end. Given two folders, or one folder whose files are "
        "named x.zh.txt and x.en.txt, the documents in them are paired by name; -o is then a folder."
    ),
    examples=(
        "termbank align 原文.docx translation.docx -o pair.tmx --format tmx",
        "termbank align zh/ en/ -o aligned/ --format tmx",
    ),
)
@click.argument("zh", type=FILE)
@click.argument("en", type=FILE, required=False)
@lines_option
@option("--semantic", is_flag=True, help=message("Use sentence embeddings too (the [semantic] extra)."))
@format_option(
    "text", "json", "tmx", "tsv", default=None, help=message("Default: text, or the suffix of -o.")
)
@option("-o", "--output", type=FILE, help=message("Write to this file, or into this folder."))
@worker_options
@bank_option
@click.pass_context
def align(ctx: click.Context, /, zh: Path, en: Path | None, **options: Any) -> int:
    """Run `termbank align`."""
    from termbank.services.align import align_files
    from termbank.services.document_files import is_several

    if is_several([zh]) or (en is not None and is_several([en])):
        return _align_several(zh, en, options)
    output: Path | None = options["output"]
    form = options["form"] or FORMATS_BY_SUFFIX.get(output.suffix if output else "", "text")
    with ProgressBar(_("aligning")) as progress:
        texts = align_files(zh, en, lines=options["lines"], semantic=options["semantic"], progress=progress)
    print_remarks(texts.remarks)
    if output is not None:
        _write(texts, form, output)
    elif form == "text":
        _print_beads(texts)
    else:
        from termbank.services.align import as_bytes

        print_line(as_bytes(texts, form).decode("utf-8").rstrip("\n"))
    return 0


def _write(texts: AlignedTexts, form: str, output: Path) -> None:
    from termbank.services.align import as_bytes
    from termbank.services.file_access import write_atomically

    write_atomically(output, as_bytes(texts, form))
    count = len(texts.alignment.beads)
    print_error(
        ngettext("Wrote {count} bead to {file}.", "Wrote {count} beads to {file}.", count, file=output)
    )


def _align_several(zh: Path, en: Path | None, options: dict[str, Any]) -> int:
    """Align the documents of folders; returns the exit code."""
    from termbank.services.align import alignment_record, as_bytes
    from termbank.services.document_jobs import AlignJob
    from termbank.services.document_map import map_documents
    from termbank.services.document_paths import pair_files

    output: Path | None = options["output"]
    form = options["form"] or ("tsv" if output else "text")
    if output is None and form == "tmx":
        raise TermbankError(
            message("several documents were given, and a TMX is a file of its own."),
            remedy=message("Give a folder with -o."),
        )
    pairs, errors = pair_files(zh, en)
    failures = Failures(errors)
    job = AlignJob(options["lines"], options["semantic"])
    with ProgressBar(_("aligning")) as progress:
        outcomes = map_documents(job, pairs, worker_settings(options), progress)
        answers = failures.answers(outcomes, lambda texts: texts.remarks)
        if output is not None:
            data = ((files, as_bytes(texts, form)) for files, texts in answers)
            count = write_beside_names(output, en or zh, data, ".txt" if form == "text" else f".{form}")
            print_error(
                ngettext(
                    "Wrote {count} file to {folder}.",
                    "Wrote {count} files to {folder}.",
                    count,
                    folder=output,
                )
            )
        elif form == "json":
            print_documents((files, alignment_record(texts.alignment)) for files, texts in answers)
        elif form == "tsv":
            print_rows(
                (files, as_bytes(texts, form).decode("utf-8").splitlines()) for files, texts in answers
            )
        else:
            _print_each(answers)
    return failures.exit_code()


def _print_each(answers: Iterator[tuple[DocumentFiles, AlignedTexts]]) -> None:
    for number, (files, texts) in enumerate(answers):
        print_heading(files, first=not number)
        _print_beads(texts)


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
