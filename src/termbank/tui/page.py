"""The concept page as lines: terms by language and status, each with who used it and when.

Pure: a concept and a width in, lines out. A line knows what it stands for (a term or an
attestation), so that a key on it can open the passage or set the status.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from rich.text import Text

from termbank.core.concept import Attestation, Concept, Grammar, Status, Term, TermType
from termbank.core.decision import Decision
from termbank.lang.width import cells, fit
from termbank.tui.marks import STATUS_STYLES, clean

DATE_CELLS = 10


@dataclass(frozen=True)
class PageLine:
    """One line; `term` and `attestation` are what it stands for, if anything."""

    text: Text
    term: Term | None = None
    attestation: Attestation | None = None

    @property
    def can_be_chosen(self) -> bool:
        return self.term is not None


def concept_lines(concept: Concept, width: int, decisions: tuple[Decision, ...] = ()) -> list[PageLine]:
    """The page of a concept at `width` cells."""
    width = max(width, 30)
    lines = [*_head(concept, width)]
    lines += [line for term in concept.chinese for line in _term_lines(term, width)]
    lines.append(PageLine(Text()))
    lines.append(PageLine(Text("Renderings", style="bold underline")))
    if not concept.english:
        lines.append(PageLine(Text("  none yet", style="dim")))
    for term in concept.english:
        lines += _term_lines(term, width)
    if decisions:
        lines.append(PageLine(Text()))
        lines.append(PageLine(Text("Decisions", style="bold underline")))
        lines += [_decision_line(decision) for decision in decisions]
    return lines


def _head(concept: Concept, width: int) -> Iterator[PageLine]:
    subject = concept.subject or ""
    name = clean(concept.headword)
    room = max(1, width - cells(subject) - 1)
    yield PageLine(Text.assemble((fit(name, room), "bold"), " ", (subject, "dim")))
    if concept.definition:
        yield from _prose(concept.definition, width)
    if concept.note:
        yield from _prose(concept.note, width)
    if concept.related:
        yield from _prose("See also: " + ", ".join(concept.related), width)
    yield PageLine(Text(concept.id, style="dim"))
    yield PageLine(Text())


def _prose(text: str, width: int) -> Iterator[PageLine]:
    for line in wrap(clean(text), max(20, width - 2)):
        yield PageLine(Text(line, style="italic"))


def facts(term: Term) -> str:
    """What is worth knowing beside a term, in one short phrase."""
    parts = [term.status.value]
    if term.type is not TermType.FULL_FORM:
        parts.append(term.type.value)
    if term.grammar is not Grammar.NOUN_PHRASE:
        parts.append(term.grammar.value)
    if term.since or term.until:
        parts.append(f"{term.since or '…'} – {term.until or '…'}")
    return ", ".join(parts)


def period(term: Term) -> str:
    """How often and between which dates it is attested."""
    count = len(term.attestations)
    if not count:
        return ""
    uses = "1 use" if count == 1 else f"{count} uses"
    if term.first is None:
        return f"{uses}, undated"
    return f"{uses}, {term.first}" if term.first == term.last else f"{uses}, {term.first} to {term.last}"


def _term_lines(term: Term, width: int) -> Iterator[PageLine]:
    tag = "" if not term.language.is_chinese else f" {term.language.value}"
    said = Text.assemble(
        (clean(term.text), "bold" if term.status is Status.PREFERRED else ""),
        (tag, "dim"),
        "  ",
        (facts(term), STATUS_STYLES[term.status]),
    )
    seen = period(term)
    if seen and said.cell_len + cells(seen) + 2 <= width:
        said.append("  " + seen, "dim")
        yield PageLine(said, term)
    else:
        yield PageLine(said, term)
        if seen:
            yield PageLine(Text("    " + seen, style="dim"))
    if term.note:
        for line in wrap(clean(term.note), max(20, width - 6)):
            yield PageLine(Text("    " + line, style="italic dim"))
    for attestation in sorted(term.attestations, key=lambda a: a.date or "", reverse=True):
        yield PageLine(_attestation_text(attestation, width), term, attestation)


def _attestation_text(attestation: Attestation, width: int) -> Text:
    publisher = min(26, max(12, (width - DATE_CELLS - 6) // 3))
    source = attestation.source
    title = f"“{attestation.quotation}”" if attestation.quotation else source.title
    if source.described and not attestation.quotation:
        title = f"[{title}]"
    return Text.assemble(
        "  ",
        (fit(attestation.date or "no date", DATE_CELLS), "cyan"),
        "  ",
        fit(clean(source.publisher_name), publisher),
        "  ",
        (clean(title), "dim"),
    )


def _decision_line(decision: Decision) -> PageLine:
    why = f": {decision.why}" if decision.why else ""
    return PageLine(
        Text(f"  {decision.when[:10]}  {clean(decision.who)}  {decision.act}{clean(why)}", style="dim")
    )
