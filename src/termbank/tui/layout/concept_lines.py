"""Format a concept as lines: terms by language and status, each with who used it and when.

A line refers to its term, attestation or decision, so that a key on it can open the passage, set the status or undo the
decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from termbank.model.concept import Attestation, Concept, Grammar, Status, Term, TermType
from termbank.model.concept_facts import Member
from termbank.model.decision import Decision
from termbank.model.document_counts import count_documents, describe_documents
from termbank.model.labels import label
from termbank.model.message import _
from termbank.text.display_width import cells, fit
from termbank.text.line_wrap import wrapped
from termbank.tui.formatting import (
    AUTHORITIES,
    STATUS_STYLES,
    clean,
    excerpt,
    publisher,
    status_cells,
    title,
)

DATE_CELLS = 10
NARROWEST = 24
INDENT = " " * 4


@dataclass(frozen=True)
class PageLine:
    """One line, with the term, attestation or decision it shows, if any."""

    text: Text
    term: Term | None = None
    attestation: Attestation | None = None
    decision: Decision | None = None

    @property
    def subject(self) -> tuple[object, ...] | None:
        """The identity of what the line shows, which a change of status keeps; None where it shows no term."""
        if self.term is None:
            return None
        use = self.attestation.identity if self.attestation is not None else None
        return (self.term.language, self.term.text, use)

    @property
    def can_be_chosen(self) -> bool:
        return self.term is not None or self.decision is not None


def concept_lines(concept: Concept, width: int) -> list[PageLine]:
    """Format the page of a concept at `width` cells."""
    width = max(width, NARROWEST)
    lines = [*head_lines(concept, width), *_prose(concept, width)]
    term_width = _term_width([clean(term.text) for term in concept.terms], width)
    for name, terms in ((_("Chinese"), concept.chinese), (_("Renderings"), concept.english)):
        lines += [PageLine(Text()), PageLine(Text(name, style="bold underline"))]
        if not terms:
            lines.append(PageLine(Text(_("none yet; add one with a"), style="dim")))
        for term in terms:
            lines += _term_lines(term, term_width, width)
    if any(source.kind in AUTHORITIES for source in concept.sources()):
        legend = wrapped(_("* official or state media"), width)
        lines += [PageLine(Text()), *(PageLine(Text(line, style="dim")) for line in legend)]
    return lines


def head_lines(concept: Concept, width: int, about: str = "") -> Iterator[PageLine]:
    """The headword, with the subject, or the text in `about`, at the right."""
    right = about or clean(concept.subject or "")
    name = clean(concept.headword)
    if cells(name) + cells(right) + 2 > width:
        yield from (PageLine(Text(line, style="bold")) for line in wrapped(name, width))
        yield PageLine(Text(right, style="dim"))
    else:
        yield PageLine(Text.assemble((fit(name, width - cells(right)), "bold"), (right, "dim")))


def _prose(concept: Concept, width: int) -> Iterator[PageLine]:
    see = _("See also {concepts}", concepts=", ".join(concept.related)) if concept.related else None
    for text, style in (
        *((one.text, "") for one in concept.definitions),
        *((one.text, "italic") for one in concept.notes),
        *((_member_line(number, one), "") for number, one in enumerate(concept.members, 1)),
        (see, "dim"),
        (concept.id, "dim"),
    ):
        if text:
            yield from (PageLine(Text(line, style=style)) for line in wrapped(clean(text), width))


def _member_line(number: int, member: Member) -> str:
    return f"{number}. {member.zh}  {member.en or _('no rendering yet')}"


def _term_width(texts: Sequence[str], width: int) -> int:
    """The cells of the column of terms: the widest term beside which the status fits."""
    most = max(width - status_cells() - 4, 12)
    return max((cells(text) for text in texts if cells(text) <= most), default=12)


def facts(term: Term) -> list[str]:
    """Short phrases for a term besides its status: language, type, grammar, period."""
    found = []
    if term.language.is_chinese:
        found.append(term.language.value)
    if term.type is not TermType.FULL_FORM:
        found.append(label(term.type))
    if term.grammar is not Grammar.NOUN_PHRASE:
        found.append(label(term.grammar))
    if term.since and term.until:
        found.append(_("{first} to {last}", first=term.since, last=term.until))
    elif term.since:
        found.append(_("since {since}", since=term.since))
    elif term.until:
        found.append(_("until {until}", until=term.until))
    return found


def _term_lines(term: Term, term_width: int, width: int) -> Iterator[PageLine]:
    yield from _name_and_status(term, term_width, width)
    if term.note:
        lines = wrapped(clean(term.note), width - len(INDENT))
        yield from (PageLine(Text(INDENT + line, style="italic")) for line in lines)
    for attestation in sorted(term.attestations, key=lambda a: a.date or "", reverse=True):
        yield PageLine(_attestation_text(attestation, term, width), term, attestation)


def _name_and_status(term: Term, term_width: int, width: int) -> Iterator[PageLine]:
    """The term with its status and facts, on as many lines as they need."""
    text = clean(term.text)
    style = "bold" if term.status is Status.PREFERRED else ""
    *above, last = wrapped(text, width) if cells(text) > term_width else [text]
    for line in above:
        yield PageLine(Text(line, style=style), term)
    if cells(last) > term_width:
        yield PageLine(Text(last, style=style), term)
        last = ""
    status = (fit(label(term.status), status_cells()), STATUS_STYLES[term.status])
    head = Text.assemble((fit(last, term_width), style), "  ", status)
    parts = " · ".join(
        [*facts(term), *filter(None, [describe_documents(count_documents(term.attestations))])]
    )
    if not parts:
        yield PageLine(head, term)
    elif head.cell_len + cells(parts) + 2 <= width:
        yield PageLine(head.append("  " + parts, "dim"), term)
    else:
        yield PageLine(head, term)
        below = wrapped(parts, width - len(INDENT))
        yield from (PageLine(Text(INDENT + line, style="dim")) for line in below)


def _attestation_text(attestation: Attestation, term: Term, width: int) -> Text:
    who = min(27, max(10, (width - DATE_CELLS - 5) // 3))
    rest = max(2, width - DATE_CELLS - who - 5)
    quoted = attestation.quotation
    text = f"“{excerpt(clean(quoted), term.text, rest - 2)}”" if quoted else title(attestation.source)
    return Text.assemble(
        "  ",
        (fit(attestation.date or _("no date"), DATE_CELLS), "cyan"),
        " ",
        fit(publisher(attestation.source), who),
        "  ",
        (text, "dim" if not quoted else ""),
    )


def decision_lines(concept: Concept, decisions: Sequence[Decision], width: int) -> list[PageLine]:
    """Format the decisions on a concept, the latest first; `u` undoes the one under the cursor."""
    width = max(width, NARROWEST)
    lines = [*head_lines(concept, width, _("history")), PageLine(Text())]
    if not decisions:
        lines.append(PageLine(Text(_("There is no decision on this concept."), style="dim")))
    for decision in reversed(decisions):
        when = f"{decision.number:>5}  {decision.when[:16].replace('T', ' ')}  "
        first, *rest = wrapped(_decision_text(decision), width - len(when))
        lines.append(PageLine(Text.assemble((when, "dim"), first), decision=decision))
        lines += [PageLine(Text(" " * len(when) + line)) for line in rest]
    if decisions:
        lines += [PageLine(Text()), PageLine(Text(_("Times are UTC. u undoes a decision."), style="dim"))]
    return lines


def _decision_text(decision: Decision) -> str:
    """Who did what and why."""
    who, act = clean(decision.who), clean(decision.act)
    if decision.undoes:
        act = _("{act} of decision {number}", act=act, number=decision.undoes)
    return f"{who}: {act} ({clean(decision.why)})" if decision.why else f"{who}: {act}"
