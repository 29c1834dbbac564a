"""Messages: text for a person that is written in English here and can be shown in another language.

A `Message` is a string, its English text, that remembers its template and parameters. Lower layers return messages;
interfaces and text reports call `translate`. JSON, SARIF, fingerprints and the history use the string itself, so they
do not depend on the language. `message`, `plural`, `_` and `ngettext` are the keywords by which catalogues are extracted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Catalogue(Protocol):
    """What a gettext catalogue offers (`gettext.NullTranslations` and its subclasses)."""

    def gettext(self, message: str) -> str: ...

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...


class _English:
    """The catalogue of the source language."""

    def gettext(self, message: str) -> str:
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if n == 1 else msgid2


_catalogue: Catalogue = _English()


class Message(str):
    """An English sentence with the template and the parameters it was made from.

    Equal to, hashed and sorted as its English text. A parameter may itself be a message.
    """

    __slots__ = ("number", "parameters", "plural", "template")

    template: str
    plural: str | None
    number: int
    parameters: dict[str, Any]

    def __new__(
        cls, template: str, parameters: dict[str, Any], plural: str | None = None, count: int = 1
    ) -> Message:
        chosen = template if plural is None or count == 1 else plural
        made = super().__new__(cls, chosen.format_map(parameters) if parameters else chosen)
        made.template, made.plural, made.number, made.parameters = template, plural, count, parameters
        return made

    def __reduce__(self) -> tuple[type[Message], tuple[str, dict[str, Any], str | None, int]]:
        return Message, (self.template, self.parameters, self.plural, self.number)


def message(template: str, /, **parameters: Any) -> Message:
    """Make a message from a template with named fields.

    >>> message("{found} in the English.", found="2031")
    '2031 in the English.'
    """
    return Message(template, parameters)


def plural(singular: str, plural: str, count: int, /, **parameters: Any) -> Message:
    """Make a message that depends on a number; `{count}` is the number.

    >>> plural("{count} concept", "{count} concepts", 2)
    '2 concepts'
    """
    return Message(singular, {"count": count, **parameters}, plural, count)


def translate(text: str) -> str:
    """The text in the language of the interface: a `Message` is translated, any other string stays as it is."""
    if not isinstance(text, Message):
        return text
    if text.plural is None:
        chosen = _catalogue.gettext(text.template)
    else:
        chosen = _catalogue.ngettext(text.template, text.plural, text.number)
    parameters = {
        name: translate(value) if isinstance(value, str) else value for name, value in text.parameters.items()
    }
    return chosen.format_map(parameters) if parameters else chosen


def _(text: str, /, **parameters: Any) -> str:
    """An interface's own text, translated; named fields are filled in where parameters are given.

    >>> _("{found} in the English.", found="2031")
    '2031 in the English.'
    """
    chosen = _catalogue.gettext(text)
    return chosen.format_map(parameters) if parameters else chosen


def ngettext(singular: str, plural: str, count: int, /, **parameters: Any) -> str:
    """An interface's own text that depends on a number, translated; `{count}` is the number.

    >>> ngettext("{count} bead in {file}", "{count} beads in {file}", 2, file="pair.tmx")
    '2 beads in pair.tmx'
    """
    return _catalogue.ngettext(singular, plural, count).format_map({"count": count, **parameters})


def use_catalogue(catalogue: Catalogue | None = None) -> Callable[[], None]:
    """Translate with this catalogue from now on (English where None); returns what restores the one before."""
    global _catalogue
    before, _catalogue = _catalogue, catalogue or _English()

    def restore() -> None:
        global _catalogue
        _catalogue = before

    return restore
