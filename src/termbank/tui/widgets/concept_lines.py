"""The concept page as lines: terms by language and status, each with who used it and when.

Pure: a concept and a width in, lines out. A line knows what it stands for (a term, an attestation,
a decision), so that a key on it can open the passage, set the status or take the decision back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from termbank.model.concept import Attestation, Concept, Grammar, Status, Term, TermType
from termbank.model.decision import Decision
from termbank.text.display_width import cells, fit
from termbank.text.line_wrap import wrapped
from termbank.tui.styles import (
    AUTHORITIES,
    STATUS_CELLS,
    STATUS_STYLES,
    around,
    clean,
    publisher,
    title,
    uses,
)

DATE_CELLS = 10
NARROWEST = 24


@dataclass(frozen=True)
class PageLine:
    """One line; `term`, `attestation` and `decision` are what it stands for, if anything."""

    text: Text
    term: Term | None = None
    attestation: Attestation | None = None
    decision: Decision | None = None

    @property
    def stands_for(self) -> tuple[object, ...] | None:
        """What it stands for, whatever its status has become; None for a line that stands for nothing."""
        if self.term is None:
            return None
        use = self.attestation.identity if self.attestation is not None else None
        return (self.term.language, self.term.text, use)

    @property
    def can_be_chosen(self) -> bool:
        return self.term is not None or self.decision is not None


def concept_lines(concept: Concept, width: int) -> list[PageLine]:
    """The page of a concept at `width` cells."""
    width = max(width, NARROWEST)
    lines = [*head_lines(concept, width), *_prose(concept, width)]
    room = _term_room([clean(term.text) for term in concept.terms], width)
    for name, terms in (("Chinese", concept.chinese), ("Renderings", concept.english)):
        lines += [PageLine(Text()), PageLine(Text(name, style="bold underline"))]
        if not terms:
            lines.append(PageLine(Text("none yet; a adds one", style="dim")))
        for term in terms:
            lines += _term_lines(term, room, width)
    if any(source.kind in AUTHORITIES for source in concept.sources()):
        said = wrapped("* official or state media", width)
        lines += [PageLine(Text()), *(PageLine(Text(line, style="dim")) for line in said)]
    return lines


def head_lines(concept: Concept, width: int, about: str = "") -> Iterator[PageLine]:
    """The headword, with the subject (or what the page is about) at the right."""
    right = about or clean(concept.subject or "")
    name = clean(concept.headword)
    if cells(name) + cells(right) + 2 > width:
        yield from (PageLine(Text(line, style="bold")) for line in wrapped(name, width))
        yield PageLine(Text(right, style="dim"))
    else:
        yield PageLine(Text.assemble((fit(name, width - cells(right)), "bold"), (right, "dim")))


def _prose(concept: Concept, width: int) -> Iterator[PageLine]:
    see = "See also " + ", ".join(concept.related) if concept.related else None
    for text, style in (
        (concept.definition, ""),
        (concept.note, "italic"),
        (see, "dim"),
        (concept.id, "dim"),
    ):
        if text:
            yield from (PageLine(Text(line, style=style)) for line in wrapped(clean(text), width))


def _term_room(texts: Sequence[str], width: int) -> int:
    """The cells of the column of terms: the widest term that leaves room for the status."""
    most = max(width - STATUS_CELLS - 4, 12)
    return max((cells(text) for text in texts if cells(text) <= most), default=12)


def facts(term: Term) -> list[str]:
    """What is worth knowing beside a term and its status, each a short phrase."""
    said = []
    if term.language.is_chinese:
        said.append(term.language.value)
    if term.type is not TermType.FULL_FORM:
        said.append(term.type.value)
    if term.grammar is not Grammar.NOUN_PHRASE:
        said.append(term.grammar.value)
    if term.since and term.until:
        said.append(f"{term.since} to {term.until}")
    elif term.since or term.until:
        said.append(f"since {term.since}" if term.since else f"until {term.until}")
    return said


def period(term: Term) -> str:
    """How often and between which dates it is attested."""
    if not term.attestations:
        return ""
    said = uses(len(term.attestations))
    if term.first is None:
        return f"{said}, undated"
    return f"{said}, {term.first}" if term.first == term.last else f"{said}, {term.first} to {term.last}"


def _term_lines(term: Term, room: int, width: int) -> Iterator[PageLine]:
    text = clean(term.text)
    style = "bold" if term.status is Status.PREFERRED else ""
    parts = [*facts(term), *filter(None, [period(term)])]
    *above, last = wrapped(text, width) if cells(text) > room else [text]
    for line in above:
        yield PageLine(Text(line, style=style), term)
    if cells(last) > room:
        yield PageLine(Text(last, style=style), term)
        last = ""
    said = Text.assemble(
        (fit(last, room), style), "  ", (f"{term.status.value:<{STATUS_CELLS}}", STATUS_STYLES[term.status])
    )
    beside = "  " + " · ".join(parts)
    if parts and said.cell_len + cells(beside) <= width:
        yield PageLine(said.append(beside, "dim"), term)
    else:
        yield PageLine(said, term)
        below = wrapped(" · ".join(parts), width - 4) if parts else ()
        yield from (PageLine(Text("    " + line, style="dim")) for line in below)
    if term.note:
        lines = wrapped(clean(term.note), width - 4)
        yield from (PageLine(Text("    " + line, style="italic")) for line in lines)
    for attestation in sorted(term.attestations, key=lambda a: a.date or "", reverse=True):
        yield PageLine(_attestation_text(attestation, term, width), term, attestation)


def _attestation_text(attestation: Attestation, term: Term, width: int) -> Text:
    who = min(27, max(10, (width - DATE_CELLS - 5) // 3))
    rest = max(2, width - DATE_CELLS - who - 5)
    quoted = attestation.quotation
    said = f"“{around(clean(quoted), term.text, rest - 2)}”" if quoted else title(attestation.source)
    return Text.assemble(
        "  ",
        (fit(attestation.date or "no date", DATE_CELLS), "cyan"),
        " ",
        fit(publisher(attestation.source), who),
        "  ",
        (said, "dim" if not quoted else ""),
    )


def decision_lines(concept: Concept, decisions: Sequence[Decision], width: int) -> list[PageLine]:
    """The decisions taken on a concept, the latest first; `u` takes back the one under the cursor."""
    width = max(width, NARROWEST)
    lines = [*head_lines(concept, width, "history"), PageLine(Text())]
    if not decisions:
        lines.append(PageLine(Text("No decision has touched this concept.", style="dim")))
    for decision in reversed(decisions):
        said = f"{decision.number:>5}  {decision.when[:16].replace('T', ' ')}  "
        what = f"{clean(decision.who)}: {clean(decision.act)}"
        what += f" of decision {decision.undoes}" if decision.undoes else ""
        what += f" ({clean(decision.why)})" if decision.why else ""
        first, *rest = wrapped(what, width - len(said))
        lines.append(PageLine(Text.assemble((said, "dim"), first), decision=decision))
        lines += [PageLine(Text(" " * len(said) + line)) for line in rest]
    if decisions:
        lines += [PageLine(Text()), PageLine(Text("Times are UTC. u takes a decision back.", style="dim"))]
    return lines
