"""Text for the screen: escaped and highlighted, statuses with their styles, publishers and titles."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from termbank.model.concept import Status
from termbank.model.document import PublisherKind, Source
from termbank.model.labels import label
from termbank.model.message import translate
from termbank.model.span import Span
from termbank.text.display_width import cells, cut, cut_left

STATUS_STYLES = {
    Status.PREFERRED: "green bold",
    Status.ADMITTED: "green",
    Status.PROPOSED: "yellow",
    Status.SUPERSEDED: "magenta",
    Status.DEPRECATED: "red",
}
AUTHORITIES = (PublisherKind.OFFICIAL, PublisherKind.STATE_MEDIA)


def status_cells() -> int:
    """The cells that the longest word for a status takes."""
    return max(cells(label(status)) for status in Status)


def clean(text: str) -> str:
    """Put a text on one line, with control and invisible characters shown as escapes.

    The result is put into a rich Text and never read as markup.

    >>> clean("新质\\x1b[31m生产力\\n[bold]")
    '新质\\\\x1b[31m生产力 [bold]'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() or c == "\u3000" else " " if c.isspace() else c.encode("unicode_escape").decode()
        for c in text
    )


def highlight(text: str, spans: Iterable[Span], style: str = "bold underline") -> Text:
    """Clean a text and highlight spans of it."""
    cleaned = Text(clean(text))
    same = len(cleaned) == len(text)
    for span in spans:
        start, end = (span.start, span.end) if same else _span_in_cleaned(text, span)
        cleaned.stylize(style, start, end)
    return cleaned


def _span_in_cleaned(text: str, span: Span) -> tuple[int, int]:
    """Where a span of a text is once the text is cleaned, which makes it longer."""
    return len(clean(text[: span.start])), len(clean(text[: span.end]))


def excerpt(text: str, word: str, width: int) -> str:
    """Cut a text to `width` cells, so that `word` is shown where the text has it."""
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
    """The name of the publisher; an asterisk in front marks official documents and state media."""
    return ("*" if source.kind in AUTHORITIES else " ") + clean(translate(source.publisher_name))


def title(source: Source) -> str:
    """The title; in brackets where it is a description of the page rather than its own title."""
    return f"[{clean(source.title)}]" if source.described else clean(source.title)
