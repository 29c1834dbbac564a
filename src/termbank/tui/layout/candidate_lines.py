"""Format a candidate as lines: the term, how often and where it was seen, and its sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from termbank.model.candidate import Evidence
from termbank.model.concept import Concept
from termbank.model.document import Source
from termbank.model.labels import label
from termbank.model.message import _, translate
from termbank.model.span import Span
from termbank.text.display_width import cells, fit
from termbank.text.line_wrap import breaks, wrapped
from termbank.tui.formatting import STATUS_STYLES, clean, highlight, title

if TYPE_CHECKING:
    from termbank.services.queue import QueuedCandidate, QueuedRendering

Sources = Callable[[str], Source | None]


def head_lines(candidate: QueuedCandidate, zh: str, concept: Concept | None, width: int) -> list[Text]:
    """The Chinese term, how often it was seen, and what the bank has of it already.

    Args:
        candidate: The candidate as it was found.
        zh: Its Chinese term as the person has corrected it.
        concept: The concept of the bank that has the term, if any.
        width: The width of a line in cells.
    """
    details = [_("seen {count}×", count=candidate.count), confidence(candidate.score)]
    if zh != candidate.zh:
        details.append(_("found as {term}", term=clean(candidate.zh)))
    if candidate.standing.value == "deferred":
        details.append(_("deferred before"))
    seen = ", ".join(details)
    first, *rest = wrapped(clean(zh), width - 2)
    lines = [Text(first, style="bold"), *(Text(line, style="bold") for line in rest)]
    if lines[-1].cell_len + cells(seen) + 2 <= width:
        lines[-1].append("  " + seen, "dim")
    else:
        lines += [Text(line, style="dim") for line in wrapped(seen, width)]
    return [*lines, *_terms_in_bank(concept, width)]


def _terms_in_bank(concept: Concept | None, width: int) -> list[Text]:
    """The renderings that the bank has, with their statuses, in three lines at most."""
    if concept is None:
        return [Text(_("new to the bank"), style="yellow")]
    terms = [(f"{clean(term.text)} ({label(term.status)})", term.status) for term in concept.english[:6]]
    text = _("in the bank: {terms}", terms=" · ".join(shown for shown, _status in terms))
    styled = Text(text)
    for shown, status in terms:
        styled.highlight_words([shown], STATUS_STYLES[status])
    return [styled[span.start : span.end] for span in breaks(text, width)[:3]]


def confidence(score: float) -> str:
    """How likely it is a term, in percent."""
    return _("{percent} % likely a term", percent=f"{100 * min(max(score, 0.0), 1.0):.0f}")


def rendering_text(
    rendering: QueuedRendering,
    number: int,
    chosen: bool,
    concept: Concept | None,
    sources: Sources,
    width: int,
) -> Text:
    """One rendering with its digit, count, confidence and publishers.

    Args:
        rendering: The rendering.
        number: Its place in the list, from 1.
        chosen: Whether it is marked, to be accepted with others.
        concept: The concept of the bank that has the term, if any.
        sources: Gives the source of an id.
        width: The width of the line in cells.
    """
    mark = f"{number if number < 10 else ' '} {'+' if chosen else ' '} "
    text_width = min(max(16, width // 2), max(10, width - 30))
    figures = f"{rendering.count:>3}×  {100 * min(max(rendering.score, 0.0), 1.0):>3.0f} %  "
    where = status_in_bank(rendering, concept) or publishers(rendering, sources)
    return Text.assemble(
        (mark, "bold"), (fit(clean(rendering.text), text_width - len(mark)), ""), " ", figures, (where, "dim")
    )


def status_in_bank(rendering: QueuedRendering, concept: Concept | None) -> str:
    """The status of a rendering that the bank has, or nothing where it has not."""
    if rendering.term is None:
        return ""
    for term in concept.english if concept is not None else ():
        if term.text == rendering.term:
            return _("in the bank: {status}", status=label(term.status))
    return _("in the bank")


def publishers(rendering: QueuedRendering, sources: Sources) -> str:
    """The publishers that used a rendering, each with the year."""
    return ", ".join(_publisher_and_year(sources(id), id) for id, _ in rendering.seen)


def _publisher_and_year(source: Source | None, id: str) -> str:
    if source is None:
        return clean(id)
    name = clean(source.publisher_name if source.publisher else source.title)
    return f"{name} {source.date[:4]}" if source.date else name


def evidence_lines(
    candidate: QueuedCandidate, rendering: QueuedRendering | None, sources: Sources, width: int
) -> list[Text]:
    """The sentences of both languages, those with the chosen rendering first, each with its source."""
    shown, others = _split_by_rendering(candidate.evidence, rendering)
    lines: list[Text] = []
    for evidence in shown:
        lines += _pair(evidence, sources, width)
    if others:
        heading = _("with other renderings") if shown else _("no sentence was saved; with other renderings")
        lines.append(Text(heading, style="bold"))
        for evidence in others:
            lines += _pair(evidence, sources, width)
    return lines or [Text(_("No sentence was saved."), style="dim")]


def _split_by_rendering(
    evidence: Sequence[Evidence], rendering: QueuedRendering | None
) -> tuple[list[Evidence], list[Evidence]]:
    """The sentences with a rendering, and the others."""
    if rendering is None:
        return list(evidence), []
    forms = {form.casefold() for form in (rendering.text, *rendering.forms)}
    shown = [e for e in evidence if e.en_span and e.rendering.casefold() in forms]
    return shown, [e for e in evidence if e not in shown]


def _pair(evidence: Evidence, sources: Sources, width: int) -> Iterator[Text]:
    yield from _sentence(evidence.zh, [evidence.zh_span] if evidence.zh_span else [], width)
    yield from _sentence(evidence.en, evidence.en_spans, width)
    source = sources(evidence.source) if evidence.source else None
    if source is not None:
        date = source.date or _("no date")
        publisher = clean(translate(source.publisher_name))
        yield Text(f"— {publisher}, {date}: {title(source)}", style="dim")
    yield Text()


def _sentence(text: str, spans: Sequence[Span], width: int) -> Iterator[Text]:
    highlighted = highlight(text, spans, "bold underline reverse")
    for line in breaks(highlighted.plain, width):
        yield highlighted[line.start : line.end]
