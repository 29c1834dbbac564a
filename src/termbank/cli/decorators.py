"""click's decorators, with help that is translated when it is shown, and the options that commands share.

click takes help texts at import, before a language is chosen. The classes here keep the English text and look its
translation up each time it is read. `message(...)` marks these texts for extraction. click's own words (“Usage”,
“Options”, its errors) are translated by the standard library's `gettext`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from gettext import gettext
from pathlib import Path
from typing import Any

import click

from termbank.model.message import _, message, ngettext

FILE = click.Path(path_type=Path, readable=False)
"""A file's name as given; the service that opens it reports whether it can be read or written."""


class TranslatedText:
    """An attribute that holds an English text and reads as its translation."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._attribute = f"_english_{name}"

    def __get__(self, instance: object, owner: type | None = None) -> str | None:
        text: str | None = getattr(instance, self._attribute, None)
        return _(text) if text else text

    def __set__(self, instance: object, text: str | None) -> None:
        setattr(instance, self._attribute, text)


class TranslatedOption(click.Option):
    """An option whose help is translated when it is shown."""

    help = TranslatedText()


class TranslatedCommand(click.Command):
    """A command whose help is translated when it is shown; `examples` are command lines shown below it."""

    help = TranslatedText()
    short_help = TranslatedText()

    def __init__(self, *arguments: Any, examples: Sequence[str] = (), **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.examples = tuple(examples)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option `--help`, which click keeps with its first translation, in the current language."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = gettext("Show this message and exit.")
        return found

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, one on each line."""
        if self.examples:
            with formatter.section(ngettext("Example", "Examples", len(self.examples))):
                for line in self.examples:
                    formatter.write(f"{'':{formatter.current_indent}}{line}\n")


class TranslatedGroup(TranslatedCommand, click.Group):
    """A group of translated commands."""

    command_class = TranslatedCommand


command: Callable[..., Callable[[Callable[..., Any]], TranslatedCommand]] = partial(
    click.command, cls=TranslatedCommand
)
group: Callable[..., Callable[[Callable[..., Any]], TranslatedGroup]] = partial(
    click.group, cls=TranslatedGroup
)
option: Callable[..., Callable[[Any], Any]] = partial(click.option, cls=TranslatedOption)

json_option = option("--json", "as_json", is_flag=True, help=message("Print one JSON document."))
lines_option = option(
    "--lines", is_flag=True, help=message("Take each line that is not empty as one segment.")
)
why_option = option("--why", help=message("A reason, kept in the history."))


def format_option(*forms: str, default: str | None = "text", help: str | None = None) -> Callable[[Any], Any]:
    """Give a command `--format`, one of the forms named."""
    return option("--format", "form", type=click.Choice(forms), default=default, help=help)


def bank_option(command: Any) -> Any:
    """Give a command `--bank PATH`, which may stand before or after the command's name."""

    def keep(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.ensure_object(dict)["bank"] = Path(value)

    return option(
        "--bank",
        metavar="PATH",
        expose_value=False,
        callback=keep,
        help=message("The bank to use (default: your own, or TERMBANK_BANK)."),
    )(command)
