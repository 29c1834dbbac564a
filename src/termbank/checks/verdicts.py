"""What is to be said of the terms that a pair leaves without a known rendering.

A term is answered when any admitted rendering stands in the English, in any inflection, or when its
words do in another order. For the rest the evidence is weighed, and only what it shows plainly is
reported: translators are free in many things, and a check that cries out at each is turned off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import exp

from termbank.checks.desk import Desk, Reading, approved
from termbank.checks.evidence import Evidence, Scene
from termbank.core.concept import Concept, Grammar, Status, Term
from termbank.lang.lexicon import is_stop_word
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
    if not reading.left_open:
        return
    scene = Scene(reading, desk.lexicon)
    found: list[tuple[float, Verdict]] = []
    for matches in reading.left_open:
        concept = matches[0].concept
        evidence = scene.evidence(concept, matches)
        title = is_title(reading, concept, matches)
        sure = likelihood(reading, matches, evidence)
        fault = _fault(reading, matches, evidence, title, sure)
        if fault is not None:
            found.append((sure, Verdict(concept, matches, fault, evidence, title)))
    yield from _each_span_once(found)


def _each_span_once(found: list[tuple[float, Verdict]]) -> list[Verdict]:
    """Of several terms that point at one place in the English, the likeliest; in order of the Chinese."""
    kept: list[Verdict] = []
    for _, verdict in sorted(found, key=lambda item: (-item[0], item[1].concept.id)):
        span = verdict.evidence.span if verdict.fault is Fault.OTHERWISE else None
        taken = [other.evidence.span for other in kept if other.fault is Fault.OTHERWISE]
        if span is None or not any(other is not None and other.overlaps(span) for other in taken):
            kept.append(verdict)
    return sorted(kept, key=lambda verdict: verdict.matches[0].span)


def open_terms(reading: Reading) -> tuple[tuple[Match, ...], ...]:
    """The Chinese terms that the glossary is sure of and that no rendering in the English answers."""
    if not reading.pair.zh or not reading.pair.en.strip():
        return ()
    return tuple(
        matches
        for matches in _groups(reading)
        if not _answered(reading, matches)
        and _is_binding(matches[0].concept, matches[0].term)
        and not any(_is_in_a_name(reading.pair.zh, match) for match in matches)
    )


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
    concepts = {concept.id: concept for match in matches for concept in (match.concept, *match.also)}
    return any(
        name in reading.answers
        or _is_abbreviated(reading, concept)
        or _is_cut_short(reading, concept)
        or (name in reading.established and _by_its_head(reading, concept))
        for name, concept in concepts.items()
    )


_ACRONYM = re.compile(r"(?<!\()\b(?=[A-Za-z]*[A-Z][A-Za-z]*[A-Z])[A-Za-z]{3,8}\b")


def _is_abbreviated(reading: Reading, concept: Concept) -> bool:
    """Whether an abbreviation in the English has the initials of a rendering: PBoC, NDRC.

    A text may coin its own abbreviation; the glossary need not have it.
    """
    found = {word.rstrip("s").upper() for word in _ACRONYM.findall(reading.pair.en)}  # not “… (PBoC)”
    return bool(found) and any(
        found & initials(term.text) for term in concept.english if len(term.text.split()) > 1
    )


def _is_cut_short(reading: Reading, concept: Concept) -> bool:
    """Whether a name stands without what follows its “of”: the Political Bureau, the State Administration."""
    for term in concept.english:
        head = re.split(r" (?:of|for|under|on) (?=the |[A-Z])", term.text)[0]
        if head != term.text and len(head.split()) > 1 and head[:1].isupper() and head in reading.pair.en:
            return True
    return False


def initials(text: str) -> frozenset[str]:
    """The abbreviations that a rendering may have.

    >>> sorted(initials("People’s Bank of China"))
    ['PBC', 'PBOC']
    """
    words = re.findall(r"[A-Za-z]+(?:[’'][a-z]+)?", text)
    full = "".join(word[0] for word in words).upper()
    main = "".join(word[0] for word in words if not is_stop_word(word.lower())).upper()
    return frozenset(name for name in (full, main) if len(name) > 2)


_GOES_ON_WITH = (
    "委员会|委員會|委会|委會|[部局署司厅廳院處处辦办會会所行]長|[部局署司廳厅院處处辦办會会所行]长|机构|機構|总局|總局|当局|當局"
    "|中心|协会|協會|联盟|聯盟|公司|集团|集團|条例|條例|法案|草案|大学|大學|长|長"
)
_NAME_ENDS_SOON = re.compile(
    rf"(?:(?![和与與及的在于於为為是对對向由使让讓])[㐀-鿿]){{0,3}}?(?:{_GOES_ON_WITH}|[局部署司会會院])"
)
_NAME_ENDS_HERE = re.compile(
    rf"{_GOES_ON_WITH}|[㐀-鿿]{{0,4}}(?:研究中心|研究院|研究所|研究室|办公厅|辦公廳|办公室|辦公室|委员会|委員會|领导小组|領導小組)"
)
_GENERIC_BODY = re.compile(r"(?:委员会|委員會|部|局|署|司|院|处|處|办|辦|厅|廳|所|会|會|公司|中心)$")
_NAMES_ANOTHER = frozenset("国國洲邦州省市县縣区區亚亞联聯务務业業府")
"""Letters before a body's name that make it another's: 美国财政部, 瑞士联邦财政部, 证券及期货事务监察委员会."""


def _is_in_a_name(zh: str, match: Match) -> bool:
    """Whether the term is only a part of a longer name that the glossary does not have.

    公务员 in 公务员制度委员会, 财政部 in 瑞士联邦财政部: what is named is another body.
    """
    after = zh[match.span.end : match.span.end + 10]
    rendering = match.concept.rendering
    proper = rendering is not None and rendering.text[:1].isupper()
    if (_NAME_ENDS_HERE if proper else _NAME_ENDS_SOON).match(after) is not None:
        return True
    before = zh[: match.span.start][-1:] or " "
    short = len(match.text) <= 5 and _GENERIC_BODY.search(match.text) is not None
    return short and before in _NAMES_ANOTHER


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
    [
        "ministry",
        "commission",
        "office",
        "bureau",
        "administration",
        "council",
        "committee",
        "court",
        "procuratorate",
        "department",
        "agency",
        "congress",
        "conference",
        "authority",
        "academy",
        "association",
        "federation",
        "bank",
        "corporation",
        "group",
    ]
)


def _names_a_body(concept: Concept) -> bool:
    rendering = concept.rendering
    if rendering is None or not concept.headword.endswith(_BODIES) or len(concept.headword) < 3:
        return False
    words = rendering.text.split()
    capital = sum(word[:1].isupper() for word in words)
    return capital * 2 > len(words) and any(word.lower() in _HEADS for word in words)


def _fault(
    reading: Reading, matches: Sequence[Match], evidence: Evidence, title: bool, sure: float
) -> Fault | None:
    """The fault that the evidence shows plainly, or None."""
    if not evidence.stray and (_is_heading(reading) or _is_taken_up(reading, matches, evidence)):
        return None
    enough = LIKELY_STRAY if evidence.stray else LIKELY_TITLE if title else LIKELY
    if not evidence.stray and reading.established[matches[0].concept.id] >= OFTEN:
        enough = LIKELY_OFTEN
    if evidence.rendered >= 1.0 or sure < enough:
        return None
    # A single unexplained word that shares nothing with the term may be any verb: it renders nothing.
    shown = evidence.stray or evidence.alone > 1 or (evidence.alone and evidence.rendered + evidence.seen > 0)
    return Fault.OTHERWISE if evidence.span is not None and shown else Fault.ABSENT


_PRONOUN = re.compile(r"\b(?:it|its|they|their|them|this|these|those|such|the former|the latter)\b", re.I)


def _is_taken_up(reading: Reading, matches: Sequence[Match], evidence: Evidence) -> bool:
    """Whether a pronoun may speak of a concept that the document names elsewhere."""
    if evidence.rendered + evidence.seen > 0 or matches[0].concept.id not in reading.established:
        return False
    return _PRONOUN.search(reading.pair.en) is not None


def _is_heading(reading: Reading) -> bool:
    """Whether the pair is a headline, which is written anew more than it is translated."""
    pair = reading.pair
    return pair.aligned and len(pair.zh) < 40 and not pair.zh.rstrip().endswith(_STOPS)


_STOPS = ("。", "！", "？", "；", "：", "，", "”", "」", "）", ".", ";", ":")

LIKELY = 0.75
LIKELY_OFTEN = 0.9
OFTEN = 4
"""A concept rendered so often in a document may be understood where a sentence leaves it out."""
LIKELY_TITLE = 0.55
LIKELY_STRAY = 0.4

_STRAY_WEIGHTS = (2.14, -2.15, 0.02, 0.3, -4.52, -0.35, -0.76, -0.7, 1.08, -0.04, 0.89, -2.03, 1.13)
_WEIGHTS = (1.02, -2.78, -0.92, 1.11, -0.06, 0.73, 0.27, -1.31, -0.58, 0.85, -0.06, 1.04, -0.49, -2.09, 0.64)


def likelihood(reading: Reading, matches: Sequence[Match], evidence: Evidence) -> float:
    """How likely the term is wrongly rendered: a logistic regression on what the pair shows.

    Fitted on renderings swapped, replaced and taken out of the reports of 2015–2017 and half of the sample
    corpus; one set of weights where another term's rendering stands without cause, one for the rest.
    """
    weights = _STRAY_WEIGHTS if evidence.stray else _WEIGHTS
    total = sum(w * x for w, x in zip(weights, _features(reading, matches, evidence), strict=True))
    return 1 / (1 + exp(-total))


def _features(reading: Reading, matches: Sequence[Match], evidence: Evidence) -> list[float]:
    """What the likelihood is made of; each between 0 and about 1."""
    established = any(match.concept.id in reading.established for match in matches)
    nothing = evidence.rendered == 0 and evidence.seen == 0
    strange = min(evidence.alone, 3) / 3
    return [
        1.0,
        evidence.rendered,
        evidence.seen,
        *((strange,) if evidence.stray else (strange, float(evidence.alone == 0))),
        evidence.apart,
        evidence.noise,
        evidence.open,
        float(evidence.ordinary),
        min(len(matches[0].text), 8) / 8,
        float(_answered_nearby(reading, matches)),
        float(established),
        *(() if evidence.stray else (float(evidence.alone <= 1),)),
        min(reading.open_counts[matches[0].concept.id] - 1, 4) / 4,
        float(nothing),
    ]


def _by_its_head(reading: Reading, concept: Concept) -> bool:
    """Whether the English speaks of “the Commission” or “this Initiative” where the full name was used before."""
    heads = {term.text.split()[-1].lower() for term in concept.english if len(term.text.split()) > 1}
    lower = reading.pair.en.lower()
    return any(head in lower for head in heads) and any(
        word.lower in heads
        and before.lower in ("the", "this", "that", "these", "those", "our", "its", "such", "said")
        for before, word in pairwise(reading.words)
    )


def _answered_nearby(reading: Reading, matches: Sequence[Match]) -> bool:
    """Whether the neighbouring pair has the rendering: a pronoun takes it up, or the sentences part elsewhere."""
    ids = {concept.id for match in matches for concept in (match.concept, *match.also)}
    return any(
        near is not None and not ids.isdisjoint(near.answers) for near in (reading.before, reading.after)
    )
