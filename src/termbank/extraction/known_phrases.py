"""The bank's own English terms in the beads: a span may hold one whole and should not cut one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from termbank.extraction.bead_text import Corpus
from termbank.extraction.features.bead_spans import BeadSpans
from termbank.extraction.features.cooccurrence import LONGEST
from termbank.extraction.word_evidence import TermPlace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]
    Whole = NDArray[np.int64]


class KnownPhrases:
    """The bank's English terms as they stand in the beads: what a span may hold whole, and may not cut."""

    def __init__(
        self,
        corpus: Corpus,
        english: Iterable[tuple[str, ...]],
        known: Mapping[int, Sequence[tuple[str, ...]]],
    ) -> None:
        number = {lemma: k for k, lemma in enumerate(corpus.lemmas)}
        self._en = corpus.bitext.en
        self._phrases: dict[int, list[tuple[int, ...]]] = {}
        for words in english:
            if len(words) > 1 and (ids := _ids(words, number)):
                self._phrases.setdefault(ids[0], []).append(ids)
        self._known = {
            term: [ids for words in ways if (ids := _ids(words, number))] for term, ways in known.items()
        }
        self._found: dict[int, list[tuple[int, int]]] = {}

    def _in(self, bead: int) -> list[tuple[int, int]]:
        found = self._found.get(bead)
        if found is None:
            words = self._en[bead].tolist()
            found = self._found[bead] = [
                (at, at + len(ids))
                for at, word in enumerate(words)
                for ids in self._phrases.get(word, ())
                if tuple(words[at : at + len(ids)]) == ids
            ]
        return found

    def _of(self, place: TermPlace) -> list[tuple[int, int]]:
        """Where the bank's renderings of the term itself stand in the bead."""
        if not self._known.get(place.term):
            return []
        words = self._en[place.bead].tolist()
        return [
            (at, at + len(ids))
            for ids in self._known.get(place.term, ())
            for at in range(len(words) - len(ids) + 1)
            if len(ids) <= LONGEST and tuple(words[at : at + len(ids)]) == ids
        ]

    def with_known_renderings(self, place: TermPlace, span: tuple[Whole, Whole]) -> tuple[Whole, Whole]:
        """The spans with those of the bank's own renderings that were not among them."""
        import numpy as np

        own = self._of(place)
        if not own:
            return span
        both = sorted({*zip(span[0].tolist(), span[1].tolist(), strict=True), *own})
        return np.array([s for s, _ in both], np.int64), np.array([e for _, e in both], np.int64)

    def features(self, spans: BeadSpans) -> dict[str, Real]:
        """Whether each span cuts a term of the bank, is one, or is a rendering that the bank holds of this term."""
        import numpy as np

        start, end = spans.start, spans.end
        cut = np.zeros(len(spans), np.float32)
        whole = np.zeros(len(spans), np.float32)
        known = np.zeros(len(spans), np.float32)
        for first, last in self._in(spans.places[0].bead):
            whole[(start == first) & (end == last)] = 1
            meets = (start < last) & (first < end)
            cut[meets & ~((start <= first) & (last <= end))] = 1
        for place, own in spans.each():
            for first, last in self._of(place):
                known[own][(start[own] == first) & (end[own] == last)] = 1
        return {"phrase_cut": cut, "phrase_whole": whole, "known": known}


def _ids(words: tuple[str, ...], number: Mapping[str, int]) -> tuple[int, ...]:
    """Numbers of all the words, or nothing where the text lacks one of them."""
    found = tuple(number[word] for word in words if word in number)
    return found if len(found) == len(words) else ()
