"""What the commands share that work on many documents: the options, the errors, and answers printed one after the other."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from termbank.cli.decorators import option
from termbank.cli.output import print_error, print_error_line, print_line, style
from termbank.model.errors import TermbankError, sentence
from termbank.model.message import message, translate

if TYPE_CHECKING:
    from termbank.services.document_files import DocumentFiles
    from termbank.services.document_map import DocumentOutcome
    from termbank.services.worker_pool import WorkerSettings

Answer = TypeVar("Answer")


def worker_options(command: Any) -> Any:
    """Give a command `--workers N` and `--cluster ADDRESS`."""
    for each in (
        option(
            "--cluster",
            metavar="ADDRESS",
            help=message(
                "Work on the Dask cluster with this scheduler, as tcp://host:8786 (the [cluster] extra)."
            ),
        ),
        option(
            "--workers",
            type=click.IntRange(1),
            help=message(
                "Work on several documents in so many processes (default: as many as are worth it)."
            ),
        ),
    ):
        command = each(command)
    return command


def worker_settings(options: dict[str, Any]) -> WorkerSettings:
    """The workers that the options ask for."""
    from termbank.services.worker_pool import WorkerSettings

    return WorkerSettings(options["workers"], options["cluster"])


class Failures:
    """The documents that could not be worked on: each is reported, and the command ends with exit code 2."""

    def __init__(self, errors: Iterable[TermbankError] = ()) -> None:
        self.count = 0
        for error in errors:
            self.add(error)

    def add(self, error: TermbankError, files: DocumentFiles | None = None) -> None:
        """Print an error on stderr; `files` are named where it names no file."""
        self.count += 1
        for fault in error.faults:
            print_error_line(sentence(fault))
        text = sentence(error.fault)
        print_error(text if error.fault.file or files is None else f"{files}: {text}")

    def answers(
        self, outcomes: Iterable[DocumentOutcome[Answer]], remarks: Callable[[Answer], Iterable[str]]
    ) -> Iterator[tuple[DocumentFiles, Answer]]:
        """The documents with their answers; errors are reported, and remarks printed with the document's name."""
        for outcome in outcomes:
            if outcome.error is not None:
                self.add(outcome.error, outcome.files)
            elif outcome.answer is not None:
                for remark in remarks(outcome.answer):
                    text = translate(remark)
                    named = any(name in text for name in outcome.files.names)
                    print_error(text if named else f"{outcome.files}: {text}")
                yield outcome.files, outcome.answer

    def exit_code(self, code: int | None = None) -> int:
        """The exit code of the command, which is `code` where there are no failures."""
        return 2 if self.count else code or 0


def print_documents(answers: Iterable[tuple[DocumentFiles, dict[str, Any]]]) -> None:
    """Print one JSON document, a document of the input a line, while the answers come."""
    start = '{"schema": 1, "documents": [\n'
    for files, answer in answers:
        record = {"files": list(files.names)} | {key: answer[key] for key in answer if key != "schema"}
        print_line(start + json.dumps(record, ensure_ascii=False), end="")
        start = ",\n"
    print_line("\n]}" if start == ",\n" else '{"schema": 1, "documents": []}')


def print_heading(files: DocumentFiles, first: bool) -> None:
    """Print the names of a document above its answer."""
    if not first:
        print_line()
    print_line(style(str(files), bold=True))


def print_rows(answers: Iterable[tuple[DocumentFiles, Iterable[str]]]) -> None:
    """Print rows of tables, the name of the document (its English file, if it has two) as their first cell."""
    for files, rows in answers:
        for row in rows:
            print_line(f"{files.names[-1]}\t{row}")


def write_beside_names(
    folder: Path, root: Path | None, answers: Iterable[tuple[DocumentFiles, bytes]], suffix: str
) -> int:
    """Write each answer into a folder, under the path of the English file below `root`; returns how many."""
    from termbank.services.file_access import write_atomically

    count = 0
    for files, data in answers:
        path = files.paths[-1]
        below = path.relative_to(root) if root is not None and path.is_relative_to(root) else Path(path.name)
        place = folder / below.with_suffix(suffix)
        place.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(place, data)
        count += 1
    return count
