"""The root command, its sub-commands, and the one place where errors become sentences and exit codes.

A sub-command's module is imported only when it is called, so that looking up a term does not load what aligning
documents needs.
"""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from typing import Any, NamedTuple

import click
from click.exceptions import NoArgsIsHelpError

from termbank import __version__
from termbank.cli.decorators import TranslatedGroup, TranslatedOption, bank_option, group
from termbank.cli.output import escape_controls, print_error, print_error_line
from termbank.model.errors import TermbankError, sentence
from termbank.model.message import _, message, translate


class CommandEntry(NamedTuple):
    """A sub-command: its name, `module:attribute`, and one line for the list of commands."""

    name: str
    place: str
    summary: str


COMMANDS: tuple[CommandEntry, ...] = tuple(
    CommandEntry(name, f"termbank.cli.{place}", summary)
    for name, place, summary in (
        ("lookup", "lookup:lookup", message("Look up a term in Chinese, pinyin or English.")),
        ("variants", "variants:variants", message("Show who used which rendering, and when.")),
        ("scan", "scan:scan", message("List the bank's terms in one document.")),
        ("survey", "survey:survey", message("Compare the renderings that documents use.")),
        ("check", "check:check", message("Check a translation against the bank.")),
        ("align", "align:align", message("Pair the sentences of two documents.")),
        ("extract", "extract:extract", message("Find terms and their renderings in two documents.")),
        ("review", "review:review", message("Decide on the candidates in the queue.")),
        ("concordance", "concordance:concordance", message("Show a word in its sentences, in both languages.")),
        ("corpus", "corpus:corpus", message("Keep documents in the bank.")),
        ("import", "import_glossary:import_", message("Import a glossary into the bank.")),
        ("export", "export:export", message("Export the bank to a file for other tools.")),
        ("pull", "packs:pull", message("Take what a published pack has new.")),
        ("diff", "packs:diff", message("Show in words how two glossaries differ.")),
        ("merge", "packs:merge", message("Merge two changes of one pack.")),
        ("history", "history:history", message("Show the decisions taken.")),
        ("undo", "undo:undo", message("Undo a decision.")),
        ("redo", "undo:redo", message("Redo what was undone.")),
        ("backup", "backup:backup", message("Copy the bank, while it may be in use.")),
        ("restore", "backup:restore", message("Put a copy in the place of the bank.")),
        ("init", "bank:init", message("Create the bank and fill it with the shipped glossaries.")),
        ("doctor", "bank:doctor", message("Check the bank and the installation for problems.")),
    )
)  # fmt: skip


class ReaderGoneError(Exception):
    """The program that read our answer from a pipe has ended (head, less); this is no error."""


class LazyGroup(TranslatedGroup):
    """A group whose commands are imported when they are called."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and flush its answer; click itself would report a closed pipe as a failure."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            raise ReaderGoneError from None
        return result

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [entry.name for entry in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for entry in COMMANDS:
            if entry.name == cmd_name:
                module, _separator, attribute = entry.place.partition(":")
                command: click.Command = getattr(import_module(module), attribute)
                return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            raise click.UsageError(" ".join(self._unknown_command(ctx, name)), ctx)
        return super().resolve_command(ctx, args)

    def _unknown_command(self, ctx: click.Context, name: str) -> list[str]:
        """Sentences for a name that is no command: a near one, and lookup where the name looks like a term."""
        sentences = [_("there is no command “{name}”.", name=escape_controls(name))]
        near = get_close_matches(name, self.list_commands(ctx), n=1, cutoff=0.5)
        if near:
            sentences.append(_("Did you mean “{name}”?", name=near[0]))
        if not name.isascii():
            sentences.append(_("To look up a term, write: termbank lookup {term}", term=name))
        return sentences

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(entry.name, translate(entry.summary)) for entry in COMMANDS])


@group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=message(
        "A Chinese–English terminology bank that records who used which rendering, and when.\n\n"
        "Without a command, the terminal interface opens."
    ),
    examples=("termbank lookup 新质生产力", "termbank check draft.docx --source 原文.docx"),
)
@bank_option
@click.version_option(
    __version__, prog_name="termbank", cls=TranslatedOption, help=message("Show the version and exit.")
)
@click.pass_context
def root(ctx: click.Context) -> None:
    """Run `termbank`: open the interface where no command is given."""
    ctx.ensure_object(dict)
    if ctx.invoked_subcommand is None:
        _open_interface(ctx)


def _open_interface(ctx: click.Context) -> None:
    if not sys.stdout.isatty():
        click.echo(ctx.get_help())
        return
    from termbank.tui.app import run

    run(ctx.obj.get("bank"))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    if not os.environ.get("TERMBANK_DEBUG"):
        warnings.simplefilter("ignore")  # warnings of libraries are meant for programmers
    try:
        code = root.main(args=arguments, prog_name="termbank", standalone_mode=False)
    except click.ClickException as error:
        _print_usage_error(error)
        return 2
    except (click.Abort, KeyboardInterrupt):
        print_error(_("interrupted; no partial result was saved."))
        return 130
    except (ReaderGoneError, BrokenPipeError):
        _discard_output()
        return 0
    except Exception as error:
        return _print_failure(error)
    return code if isinstance(code, int) else 0


def _print_failure(error: Exception) -> int:
    """Print why a command failed, and return exit code 2.

    An internal error is raised again with its traceback where TERMBANK_DEBUG is set.
    """
    if isinstance(error, TermbankError):
        for fault in error.faults:
            print_error_line(sentence(fault))
        print_error(sentence(error.fault))
    elif isinstance(error, OSError):
        _discard_output()
        reason = error.strerror or str(error)
        text = _("the system refused to read or write: {reason}.", reason=reason)
        print_error(f"{error.filename}: {text}" if error.filename else text)
    elif isinstance(error, RecursionError):
        print_error(_("the input is nested too deeply to be read."))
    elif isinstance(error, MemoryError):
        print_error(_("the input is too large for the memory of this machine."))
    else:
        if os.environ.get("TERMBANK_DEBUG"):
            raise error
        print_error(_("internal error ({kind}: {error}).", kind=type(error).__name__, error=error))
        print_error_line(_("Please report it. TERMBANK_DEBUG=1 shows where it happened."))
    return 2


def _discard_output() -> None:
    """Send what is still unwritten nowhere, so that the interpreter's last flush cannot fail."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print_usage_error(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    if isinstance(error, NoArgsIsHelpError):  # its message is the whole help, line by line
        for line in error.format_message().splitlines():
            print_error_line(line)
        return
    path = context.command_path if context is not None else "termbank"
    print_error(error.format_message())
    print_error_line(_("Try: {command}", command=f"{path} --help"))
