"""A candidate as lines: what was found, how often and where, and the sentences that show it.

Pure: a candidate, what the bank knows and a width in, lines out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from termbank.model.candidate import Evidence
from termbank.model.concept import Concept
from termbank.model.document import Source
from termbank.model.span import Span
from termbank.text.display_width import cells, fit
from termbank.text.line_wrap import breaks, wrapped
from termbank.tui.styles import STATUS_STYLES, clean, marked, title

if TYPE_CHECKING:
    from termbank.services.queue import QueuedCandidate, QueuedRendering

Sources = Callable[[str], Source | None]


def head_lines(candidate: QueuedCandidate, zh: str, concept: Concept | None, width: int) -> list[Text]:
    """The Chinese term, how often it was seen, and what the bank has of it already."""
    seen = f"seen {candidate.count}×, {sure(candidate.score)}"
    if zh != candidate.zh:
        seen += f", found as {clean(candidate.zh)}"
    if candidate.standing.value == "deferred":
        seen += ", put off before"
    first, *rest = wrapped(clean(zh), width - 2)
    lines = [Text(first, style="bold"), *(Text(line, style="bold") for line in rest)]
    if lines[-1].cell_len + cells(seen) + 2 <= width:
        lines[-1].append("  " + seen, "dim")
    else:
        lines += [Text(line, style="dim") for line in wrapped(seen, width)]
    return [*lines, *_known(concept, width)]


def _known(concept: Concept | None, width: int) -> list[Text]:
    if concept is None:
        return [Text("new to the bank", style="yellow")]
    terms = [(clean(term.text), term.status) for term in concept.english[:6]]
    text = "in the bank: " + " · ".join(f"{name} ({status.value})" for name, status in terms)
    said = Text(text)
    for name, status in terms:
        said.highlight_words([f"{name} ({status.value})"], STATUS_STYLES[status])
    return [said[span.start : span.end] for span in breaks(text, width)[:3]]


def sure(score: float) -> str:
    return f"{100 * min(max(score, 0.0), 1.0):.0f} % sure it is a term"


def rendering_text(
    rendering: QueuedRendering,
    number: int,
    chosen: bool,
    concept: Concept | None,
    sources: Sources,
    width: int,
) -> Text:
    """One rendering with its digit, counts, confidence and where it was seen."""
    mark = f"{number if number < 10 else ' '} {'+' if chosen else ' '} "
    room = min(max(16, width // 2), max(10, width - 30))
    said = f"{rendering.count:>3}×  {100 * min(max(rendering.score, 0.0), 1.0):>3.0f} %  "
    where = standing(rendering, concept) or seen_in(rendering, sources)
    return Text.assemble(
        (mark, "bold"), (fit(clean(rendering.text), room - len(mark)), ""), " ", said, (where, "dim")
    )


def standing(rendering: QueuedRendering, concept: Concept | None) -> str:
    """What the bank says of a rendering it has."""
    if rendering.term is None:
        return ""
    for term in concept.english if concept is not None else ():
        if term.text == rendering.term:
            return f"in the bank: {term.status.value}"
    return "in the bank"


def seen_in(rendering: QueuedRendering, sources: Sources) -> str:
    """The houses that used it, each with its year."""
    return ", ".join(_short(sources(id), id) for id, _ in rendering.seen)


def _short(source: Source | None, id: str) -> str:
    if source is None:
        return clean(id)
    name = clean(source.publisher_name if source.publisher else source.title)
    return f"{name} {source.date[:4]}" if source.date else name


def evidence_lines(
    candidate: QueuedCandidate, rendering: QueuedRendering | None, sources: Sources, width: int
) -> list[Text]:
    """The sentences of both languages, those with the chosen rendering first, each with its source."""
    shown, others = _sorted(candidate.evidence, rendering)
    lines: list[Text] = []
    for evidence in shown:
        lines += _pair(evidence, sources, width)
    if others:
        lines.append(Text("with other renderings" if shown else "no sentence kept; others", style="bold"))
        for evidence in others:
            lines += _pair(evidence, sources, width)
    return lines or [Text("No sentence was kept for it.", style="dim")]


def _sorted(
    evidence: Sequence[Evidence], rendering: QueuedRendering | None
) -> tuple[list[Evidence], list[Evidence]]:
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
        told = f"— {clean(source.publisher_name)}, {source.date or 'no date'}: {title(source)}"
        yield Text(told, style="dim")
    yield Text()


def _sentence(text: str, spans: Sequence[Span], width: int) -> Iterator[Text]:
    said = marked(text, spans, "bold underline reverse")
    for line in breaks(said.plain, width):
        yield said[line.start : line.end]
