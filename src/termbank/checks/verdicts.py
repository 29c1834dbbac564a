"""What is to be said of the terms that a pair leaves without a known rendering.

A term is answered when any admitted rendering stands in the English, in any inflection, or when its
words do in another order. For the rest the evidence is weighed, and only what it shows plainly is
reported: translators are free in many things, and a check that cries out at each is turned off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from termbank.checks.desk import Desk, Reading, approved
from termbank.checks.evidence import Evidence, Scene
from termbank.core.concept import Concept, Grammar, Status, Term
from termbank.match.owner import Match


class Fault(Enum):
    """What is wrong with an unanswered term."""

    OTHERWISE = "rendered by something else"
    ABSENT = "not rendered"


@dataclass(frozen=True)
class Verdict:
    """A fault in how one concept is rendered in a pair; `title` where it is a document, office or body."""

    concept: Concept
    matches: tuple[Match, ...]
    fault: Fault
    evidence: Evidence
    title: bool


def verdicts(reading: Reading, desk: Desk) -> tuple[Verdict, ...]:
    """The faults of a pair; found once and kept with the reading."""
    if reading.verdicts is None:
        reading.verdicts = tuple(_found(reading, desk))
    return reading.verdicts


def _found(reading: Reading, desk: Desk) -> Iterator[Verdict]:
    if not reading.pair.zh or not reading.pair.en.strip():
        return
    open_ = [group for group in _groups(reading) if not _answered(reading, group)]
    if not open_:
        return
    scene = Scene(reading, desk.lexicon)
    for matches in open_:
        concept = matches[0].concept
        if not _is_binding(concept, matches[0].term):
            continue
        evidence = scene.evidence(concept, matches)
        title = is_title(reading, concept, matches)
        fault = _fault(reading, concept, matches, evidence)
        if fault is not None:
            yield Verdict(concept, matches, fault, evidence, title)


def _groups(reading: Reading) -> Iterator[tuple[Match, ...]]:
    """The Chinese terms of a pair, the places of one concept together."""
    found: dict[str, list[Match]] = {}
    for match in reading.zh:
        found.setdefault(match.concept.id, []).append(match)
    for matches in found.values():
        yield tuple(matches)


def _answered(reading: Reading, matches: Sequence[Match]) -> bool:
    """Whether any rendering of any concept that the term may name stands in the English.

    A deprecated or superseded one answers too: it has a check of its own.
    """
    return any(concept.id in reading.answers for match in matches for concept in (match.concept, *match.also))


def _is_binding(concept: Concept, term: Term) -> bool:
    """Whether the glossary is sure enough of a concept to hold a text to it."""
    if term.status in (Status.DEPRECATED, Status.SUPERSEDED) or term.grammar is not Grammar.NOUN_PHRASE:
        return False
    best = approved(concept)
    return bool(best) and best[0].status.is_approved and best[0].grammar is Grammar.NOUN_PHRASE


def is_title(reading: Reading, concept: Concept, matches: Sequence[Match]) -> bool:
    """Whether the term is a title in 《》, or the name of an institution or office."""
    zh = reading.pair.zh
    for match in matches:
        before, after = zh[: match.span.start][-1:], zh[match.span.end :][:1]
        if (before in "《〈" and before) or (after in "》〉" and after) or match.text[:1] == "《":
            return True
    return _names_a_body(concept)


_BODIES = tuple("部委局院会署处办厅所府")
_HEADS = frozenset(
    "ministry commission office bureau administration council committee court procuratorate department agency"
    " congress conference authority academy association federation bank corporation group".split()
)


def _names_a_body(concept: Concept) -> bool:
    rendering = concept.rendering
    if rendering is None or not concept.headword.endswith(_BODIES) or len(concept.headword) < 3:
        return False
    words = rendering.text.split()
    capital = sum(word[:1].isupper() for word in words)
    return capital * 2 > len(words) and any(word.lower() in _HEADS for word in words)


def _fault(reading: Reading, concept: Concept, matches: Sequence[Match], evidence: Evidence) -> Fault | None:
    """The fault that the evidence shows plainly, or None."""
    if evidence.rendered >= 1.0:
        return None
    if evidence.stray is not None:
        return Fault.OTHERWISE
    if evidence.rendered < 0.5 and evidence.seen <= 0.34:
        if evidence.span is not None and evidence.alien:
            return Fault.OTHERWISE
        return None if _answered_nearby(reading, matches) else Fault.ABSENT
    if evidence.span is not None and evidence.alien and evidence.rendered >= 0.34:
        return Fault.OTHERWISE
    return None


def _answered_nearby(reading: Reading, matches: Sequence[Match]) -> bool:
    """Whether the neighbouring pair has the rendering: a pronoun takes it up, or the sentences part elsewhere."""
    ids = {concept.id for match in matches for concept in (match.concept, *match.also)}
    return any(
        near is not None and not ids.isdisjoint(near.answers) for near in (reading.before, reading.after)
    )
