"""The root command, its lazy sub-commands, and the one place where faults become sentences.

A sub-command's module is imported only when it is called, so that looking up a term does not pay
for aligning documents.
"""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from termbank import __version__
from termbank.cli.output import escaped, remark
from termbank.model.errors import TermbankError

COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("lookup", "termbank.cli.lookup:lookup", "Find a term in either language, by any key."),
    ("variants", "termbank.cli.variants:variants", "Show who used which rendering, and when."),
    ("scan", "termbank.cli.survey:scan", "List the bank's terms in one text."),
    ("survey", "termbank.cli.survey:survey", "Compare the renderings that documents use."),
    ("check", "termbank.cli.check:check", "Check a translation against the bank."),
    ("align", "termbank.cli.align_extract:align", "Pair the sentences of two documents."),
    ("extract", "termbank.cli.align_extract:extract", "Find terms and their renderings in two documents."),
    ("review", "termbank.cli.review:review", "Decide on waiting candidates."),
    ("concordance", "termbank.cli.corpus:concordance", "Show a word in its sentences, both languages."),
    ("corpus", "termbank.cli.corpus:corpus", "Keep documents in the bank."),
    ("import", "termbank.cli.import_export:import_", "Bring a glossary into the bank."),
    ("export", "termbank.cli.import_export:export", "Write the bank to a file for other tools."),
    ("history", "termbank.cli.bank:history", "Show the decisions taken."),
    ("undo", "termbank.cli.bank:undo", "Take a decision back."),
    ("init", "termbank.cli.bank:init", "Create the bank and fill it with the shipped glossaries."),
    ("doctor", "termbank.cli.bank:doctor", "Look at the bank's health."),
)


FILE = click.Path(path_type=Path, readable=False)
"""A file's name as given: whether it can be read or written is found out, and said, where that is done."""


class ReaderGone(Exception):
    """Whoever read our answer from a pipe went away (head, less): nobody's fault."""


class LazyGroup(click.Group):
    """A group whose commands are imported when called."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command to the last byte of its answer; click would make a closed pipe a failure."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            raise ReaderGone from None
        return result

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, _, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for name, place, _ in COMMANDS:
            if name == cmd_name:
                module, _, attribute = place.partition(":")
                command: click.Command = getattr(import_module(module), attribute)
                return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            near = get_close_matches(name, self.list_commands(ctx), n=1, cutoff=0.5)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            look = f" To look a term up, write: termbank lookup {name}" if not name.isascii() else ""
            raise click.UsageError(f"there is no command “{escaped(name)}”.{hint}{look}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, _, summary in COMMANDS])


def bank_option(command: Any) -> Any:
    """Give a command `--bank PATH`, usable before or after the command's name."""

    def keep(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.ensure_object(dict)["bank"] = Path(value)

    option = click.option(
        "--bank",
        metavar="PATH",
        expose_value=False,
        callback=keep,
        help="The bank to use (default: your own, or TERMBANK_BANK).",
    )
    return option(command)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Examples:  termbank lookup 新质生产力   ·   termbank check draft.docx --source 原文.docx",
)
@bank_option
@click.version_option(__version__, prog_name="termbank")
@click.pass_context
def root(ctx: click.Context) -> None:
    """A Chinese–English terminology bank that remembers who used which rendering, and when.

    Without a command, the terminal interface opens.
    """
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
    """Run the command line and give the exit code."""
    if not os.environ.get("TERMBANK_DEBUG"):
        warnings.simplefilter("ignore")  # what libraries tell programmers is nothing to a translator
    try:
        code = root.main(args=arguments, prog_name="termbank", standalone_mode=False)
    except click.ClickException as error:
        _say_usage(error)
        return 2
    except TermbankError as error:
        for fault in error.faults:
            remark(str(fault))
        remark(f"termbank: {error}")
        return 2
    except (click.Abort, KeyboardInterrupt):
        remark("termbank: stopped; nothing half-done was kept.")
        return 130
    except (ReaderGone, BrokenPipeError):
        _say_no_more()
        return 0
    except OSError as error:
        _say_no_more()
        about = f"{error.filename}: " if error.filename else ""
        remark(f"termbank: {about}the system refused to read or write: {error.strerror or error}.")
        return 2
    except RecursionError:
        remark("termbank: the input is nested too deeply to be read.")
        return 2
    except MemoryError:
        remark("termbank: the input is too large for this machine's memory.")
        return 2
    except Exception as error:
        # A fault of termbank's own: the person gets a sentence, the maintainers the rest on request.
        if os.environ.get("TERMBANK_DEBUG"):
            raise
        remark(f"termbank: a fault of termbank's own ({type(error).__name__}: {error}).")
        remark("Set TERMBANK_DEBUG=1 and run it again to see where; please report it.")
        return 2
    return code if isinstance(code, int) else 0


def _say_no_more() -> None:
    """Let what is still unwritten go nowhere, so that the interpreter's own last flush cannot fail."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say_usage(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    if isinstance(error, NoArgsIsHelpError):  # its message is the whole help, line by line
        for line in error.format_message().splitlines():
            remark(line)
        return
    path = context.command_path if context is not None else "termbank"
    remark(f"termbank: {error.format_message()}")
    remark(f"Try: {path} --help")
