"""How things look: status styles, and text from files made safe for the screen."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from termbank.model.concept import Status
from termbank.model.document import PublisherKind, Source
from termbank.model.span import Span
from termbank.text.display_width import cells, cut, cut_left

STATUS_STYLES = {
    Status.PREFERRED: "green bold",
    Status.ADMITTED: "green",
    Status.PROPOSED: "yellow",
    Status.SUPERSEDED: "magenta",
    Status.DEPRECATED: "red",
}
STATUS_CELLS = max(len(status.value) for status in Status)
AUTHORITIES = (PublisherKind.OFFICIAL, PublisherKind.STATE_MEDIA)


def clean(text: str) -> str:
    """The text on one line, control and invisible characters shown as escapes.

    The result is only ever put into a rich Text, never read as markup.

    >>> clean("新质\\x1b[31m生产力\\n[bold]")
    '新质\\\\x1b[31m生产力 [bold]'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c == "\u3000" else " " if c.isspace() else c.encode("unicode_escape").decode()
        for c in text
    )


def marked(text: str, spans: Iterable[Span], style: str = "bold underline") -> Text:
    """A text from a file, cleaned, with spans of it marked where they then stand."""
    said = Text(clean(text))
    same = len(said) == len(text)
    for span in spans:
        start, end = (span.start, span.end) if same else _moved(text, span)
        said.stylize(style, start, end)
    return said


def _moved(text: str, span: Span) -> tuple[int, int]:
    return len(clean(text[: span.start])), len(clean(text[: span.end]))


def around(text: str, word: str, width: int) -> str:
    """What fits into `width` cells of a text, with `word` in sight where the text has it."""
    if cells(text) <= width:
        return text
    at = text.casefold().find(word.casefold())
    if at < 0 or cells(text[: at + len(word)]) <= width - 1:
        return cut(text, width - 1) + "…"
    before = max(0, (width - cells(word)) // 2 - 1)
    start = at - len(cut_left(text[:at], before))
    rest = text[start:]
    tail = cut(rest, width - 1) if cells(rest) <= width - 1 else cut(rest, width - 2) + "…"
    return "…" + tail


def publisher(source: Source) -> str:
    """Who speaks; an asterisk in front marks official voices and state media."""
    return ("*" if source.kind in AUTHORITIES else " ") + clean(source.publisher_name)


def title(source: Source) -> str:
    """The title; in brackets where it is a description of the page rather than its own."""
    return f"[{clean(source.title)}]" if source.described else clean(source.title)


def uses(count: int) -> str:
    return "1 use" if count == 1 else f"{count} uses"
