"""Occurrences of terms in the Chinese of the beads.

Terms that are given or known are found by the matcher, under its rules of word boundaries: no 对冲 in 应对冲击. Proposed strings
are found wherever their characters are, and once they are taken for terms, as the matcher finds them. Nested occurrences count too, in either
script, any width and any kind of quotation mark. An occurrence is a run of whole units, because units are cut at
its edges (`cut_positions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from termbank.extraction.bead_text import Corpus
from termbank.extraction.word_evidence import TermPlace
from termbank.matching import Matcher
from termbank.model.concept import Concept, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.span import Span
from termbank.text.scripts import simplify_characters

_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(sign): plain
    for sign, plain in {"「": '"', "」": '"', "『": '"', "』": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "　": " "}.items()
}  # fmt: skip
_END = "\x00"
_QUOTES = tuple("\"'“”‘’「」『』")


class TermOccurrence(NamedTuple):
    """An occurrence before units are cut: term number, bead, place in the bead's Chinese."""

    term: int
    bead: int
    zh: Span


def comparison_text(text: str) -> str:
    """The text as terms are compared: one script, one width, one kind of quotation mark; the length stays."""
    text = simplify_characters(text.translate(_SIGNS))
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def find_occurrences(terms: Sequence[str], chinese: Sequence[str]) -> list[TermOccurrence]:
    """Every occurrence of every term as a word or words, by term, then by bead and place.

    Args:
        terms: distinct Chinese terms; an occurrence names its term by the place in this list.
        chinese: the Chinese of every bead.
    """
    matcher = _matcher(dict(enumerate(terms)))
    found: set[TermOccurrence] = set()
    spans: list[list[Span]] = []
    for bead, matches in enumerate(matcher.chinese_all(chinese, nested=True)):
        spans.append([match.span for match in matches])
        for match in matches:
            for concept in (match.concept, *match.also):
                number = int(concept.id)
                found.add(
                    TermOccurrence(number, bead, _with_own_quotes(terms[number], chinese[bead], match.span))
                )
    found.update(_crossing(terms, chinese, spans))
    return sorted(found)


def _matcher(terms: Mapping[int, str]) -> Matcher:
    """A matcher whose concepts are the numbers of the terms."""
    return Matcher.of(
        Glossary.of([Concept(str(number), (Term(term, Language.ZH_HANS),)) for number, term in terms.items()])
    )


def _with_own_quotes(term: str, text: str, span: Span) -> Span:
    """The span with the quotation marks beside it, if the term has them; the matcher finds a term without its marks."""
    start, end = span
    opens = term[0] in _QUOTES and text[start] not in _QUOTES and text[start - 1 : start] in _QUOTES
    closes = term[-1] in _QUOTES and text[end - 1] not in _QUOTES and text[end : end + 1] in _QUOTES
    return Span(start - (opens and start > 0), end + (closes and end < len(text)))


def _crossing(
    terms: Sequence[str], chinese: Sequence[str], spans: Sequence[Sequence[Span]]
) -> Iterator[TermOccurrence]:
    """Occurrences that lie across the edge of another term's: 风险管理 beside 利率风险.

    The matcher gives such a place to one term, and every occurrence of every term is wanted here. `spans` are those that the
    matcher found in each bead.
    """
    matchers: dict[int, Matcher] = {}
    for place in find_strings(terms, chinese):
        if any(span.overlaps(place.zh) for span in spans[place.bead]) and not any(
            span.contains(place.zh) for span in spans[place.bead]
        ):
            if place.term not in matchers:
                matchers[place.term] = _matcher({place.term: terms[place.term]})
            alone = matchers[place.term].chinese(chinese[place.bead])
            if any(match.span == place.zh for match in alone):
                yield place


def find_strings(terms: Sequence[str], chinese: Sequence[str]) -> list[TermOccurrence]:
    """Every place where a term's characters are, words or not, by term, then by bead and place."""
    texts = [comparison_text(text) for text in chinese]
    whole = _END.join(texts)
    owner = _Owner(texts)
    found: list[TermOccurrence] = []
    for number, term in enumerate(terms):
        wanted = comparison_text(term).strip()
        if not wanted or _END in wanted:
            continue
        at = whole.find(wanted)
        while at >= 0:
            bead, start = owner.of(at)
            found.append(TermOccurrence(number, bead, Span(start, start + len(wanted))))
            at = whole.find(wanted, at + 1)
    return found


class _Owner:
    """Which bead a place in the joined text belongs to."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._starts: list[int] = []
        at = 0
        for text in texts:
            self._starts.append(at)
            at += len(text) + 1

    def of(self, place: int) -> tuple[int, int]:
        from bisect import bisect_right

        bead = bisect_right(self._starts, place) - 1
        return bead, place - self._starts[bead]


def select_outermost(
    found: Sequence[TermOccurrence], worth: Sequence[float] | None = None
) -> list[TermOccurrence]:
    """Of occurrences that overlap the one worth most, then the longer, then the earlier; `worth` is by term number."""
    kept: list[TermOccurrence] = []
    taken: dict[int, set[int]] = {}

    def rank(one: TermOccurrence) -> tuple[int, float, int, int]:
        return (one.bead, -worth[one.term] if worth else 0.0, one.zh.start - one.zh.end, one.zh.start)

    for one in sorted(found, key=rank):
        places = taken.setdefault(one.bead, set())  # a line may be 100,000 characters long
        own = range(one.zh.start, one.zh.end)
        if places.isdisjoint(own):
            places.update(own)
            kept.append(one)
    return sorted(kept)


def cut_positions(found: Sequence[TermOccurrence], beads: int) -> list[set[int]]:
    """The places in each bead where no unit may run on."""
    edges: list[set[int]] = [set() for _ in range(beads)]
    for one in found:
        edges[one.bead].update(one.zh)
    return edges


def term_places(found: Sequence[TermOccurrence], corpus: Corpus) -> list[TermPlace]:
    """The occurrences as runs of units."""
    firsts: dict[int, dict[int, int]] = {}
    lasts: dict[int, dict[int, int]] = {}
    places = []
    for one in found:
        if one.bead not in firsts:
            spans = corpus.beads[one.bead].units
            firsts[one.bead] = {span.start: k for k, span in enumerate(spans)}
            lasts[one.bead] = {span.end: k + 1 for k, span in enumerate(spans)}
        first = firsts[one.bead].get(one.zh.start, 0)
        last = lasts[one.bead].get(one.zh.end, first)
        places.append(TermPlace(one.term, one.bead, one.zh, first, last))
    return places
