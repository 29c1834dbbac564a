"""How things look: status styles, and text from files made safe for the screen."""

from __future__ import annotations

from termbank.core.concept import Status

STATUS_STYLES = {
    Status.PREFERRED: "green bold",
    Status.ADMITTED: "green",
    Status.PROPOSED: "yellow",
    Status.SUPERSEDED: "magenta",
    Status.DEPRECATED: "red",
}


def clean(text: str) -> str:
    """The text on one line, control and invisible characters shown as escapes.

    The result is only ever put into a rich Text, never read as markup.
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c == "\u3000" else " " if c.isspace() else c.encode("unicode_escape").decode()
        for c in text
    )
