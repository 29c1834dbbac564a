"""What the dictionary believes of the pairs of words that meet in a text.

In come the units and lemmas of a text; out comes, for every pair asked about, t(en|zh) and t(zh|en)
from the lexicon: the word's own glosses, with less weight those of the words inside it, with less again
lemmas of one stem (“supervise” for “supervision”), and sameness for names in Latin letters and numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from termbank.lexicon.dictionary import Lexicon, is_stop_word
from termbank.text.morphology_en import loose_family_stem
from termbank.text.numbers.words_en import MONTHS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]

_INSIDE = 0.35
_STEM = 0.4
_NEAR = 1.0
_NEAR_LEAST = 0.012
_NEAR_WORDS = 80
_SIGNS = {"，": ",", "。": ".", "；": ";", "：": ":", "、": ",", "（": "(", "）": ")", "“": "“", "”": "”",
          "「": "“", "」": "”", "《": "“", "》": "”", "％": "%"}  # fmt: skip


class _NearSynonyms:
    """English lemmas that stand in glosses of the same Chinese words: near-synonyms, by way of Chinese."""

    def __init__(self, lexicon: Lexicon) -> None:
        import numpy as np

        self._lexicon = lexicon
        rows = np.repeat(np.arange(len(lexicon.chinese), dtype=np.int32), np.diff(lexicon.starts))
        order = np.argsort(lexicon.english, kind="stable")
        self._rows = rows[order]
        self._weights = lexicon.weights[order]
        self._starts = np.searchsorted(lexicon.english[order], np.arange(len(lexicon.lemmas) + 1))
        self._of = lru_cache(maxsize=8192)(self._found)

    def __call__(self, lemma: str) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Their numbers in the lexicon, each with how much of the lemma it shares; kept, as texts share their words."""
        number = self._lexicon.english_index.get(lemma)
        return self._of(-1 if number is None or is_stop_word(lemma) else number)

    def _found(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        import numpy as np

        if number < 0:
            return np.empty(0, np.int32), np.empty(0, np.float64)
        lexicon = self._lexicon
        own = slice(int(self._starts[number]), int(self._starts[number + 1]))
        rows, weights = self._rows[own], self._weights[own]
        if len(rows) > _NEAR_WORDS:
            best = np.argsort(-weights, kind="stable")[:_NEAR_WORDS]
            rows, weights = rows[best], weights[best]
        shares = weights.astype(np.float64) / float(self._weights[own].sum())
        starts, sizes = lexicon.starts[rows], lexicon.starts[rows + 1] - lexicon.starts[rows]
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        place = np.repeat(starts, sizes) + within
        others, first, which = np.unique(lexicon.english[place], return_index=True, return_inverse=True)
        found = np.bincount(which, np.repeat(shares, sizes) * lexicon.weights[place]).astype(np.float64)
        kept = np.flatnonzero((found >= _NEAR_LEAST) & (others != number))
        kept = kept[np.argsort(first[kept])]
        kept = kept[[not is_stop_word(lexicon.lemmas[other]) for other in others[kept].tolist()]]
        return others[kept], found[kept]


@lru_cache(maxsize=2)
def _near_synonyms(lexicon: Lexicon) -> _NearSynonyms:
    return _NearSynonyms(lexicon)


class DictionaryPrior:
    """The lexicon's rows for the units of one text, kept to the lemmas of that text."""

    def __init__(self, units: Sequence[str], lemmas: Sequence[str], lexicon: Lexicon) -> None:
        import numpy as np

        self._lemmas = len(lemmas)
        self._index = {lemma: number for number, lemma in enumerate(lemmas)}
        self._stems: dict[str, list[int]] = {}
        for number, lemma in enumerate(lemmas):
            if lemma.isalpha() and len(lemma) >= 4:
                self._stems.setdefault(loose_family_stem(lemma), []).append(number)
        self._lexicon = lexicon
        self._nearby: dict[str, tuple[tuple[int, float], ...]] = {}
        self._kin = _near_synonyms(lexicon)
        self._here = np.full(len(lexicon.lemmas), -1, np.int32)
        for number, lemma in enumerate(lemmas):
            if (place := lexicon.english_index.get(lemma)) is not None:
                self._here[place] = number
        self._names = tuple(lemmas)
        keys: list[int] = []
        weights: list[float] = []
        for number, unit in enumerate(units):
            for place, weight in self.row(unit).items():
                keys.append(number * self._lemmas + place)
                weights.append(weight)
        order = np.argsort(np.array(keys, np.int64), kind="stable")
        self._keys = np.array(keys, np.int64)[order]
        self._weights = np.array(weights, np.float32)[order]
        by_lemma = np.bincount(self._keys % self._lemmas, self._weights, minlength=self._lemmas)
        self._back = (self._weights / np.maximum(by_lemma[self._keys % self._lemmas], 0.5)).astype(np.float32)

    def row(self, unit: str) -> dict[int, float]:
        """Lemma numbers with t(en|zh) for one unit, summing to at most 1."""
        row: dict[int, float] = {}
        self._add(row, unit, 1.0)
        if len(unit) > 1 and not unit.isascii():
            own = bool(row)
            inner = [part for part in self._parts(unit) if part != unit]
            for part in inner:
                self._add(row, part, (_INSIDE if own else 1.0) / len(inner))
        for word in self._same(unit):
            if word in self._index:
                row[self._index[word]] = row.get(self._index[word], 0.0) + 1.0
        total = sum(row.values())
        return {lemma: weight / max(total, 1.0) for lemma, weight in row.items()}

    def gloss(self, term: str) -> dict[str, float]:
        """Lemmas of the text that the dictionary gives for a term, its words and the words inside them."""
        return {self._names[number]: weight for number, weight in self.row(term).items()}

    def _parts(self, unit: str) -> list[str]:
        """Known words of two characters or more inside a unit; its characters where there are none."""
        found = [
            unit[start:end]
            for start in range(len(unit))
            for end in range(start + 2, len(unit) + 1)
            if end - start < len(unit) and unit[start:end] in self._lexicon.index
        ]
        return found or list(unit)

    def _add(self, row: dict[int, float], word: str, share: float) -> None:
        for lemma, weight in self._lexicon.translations(word):
            weight *= share * (0.5 if is_stop_word(lemma) else 1.0)
            number = self._index.get(lemma)
            if number is not None:
                row[number] = row.get(number, 0.0) + weight
            if len(lemma) >= 4:
                for kin in self._stems.get(loose_family_stem(lemma), ()):
                    if kin != number:
                        row[kin] = row.get(kin, 0.0) + weight * _STEM
            for kin, shared in self._near(lemma):
                row[kin] = row.get(kin, 0.0) + weight * shared * _NEAR

    def _near(self, lemma: str) -> tuple[tuple[int, float], ...]:
        """Lemmas of the text that gloss the same Chinese words as this one does."""
        found = self._nearby.get(lemma)
        if found is None:
            others, shares = self._kin(lemma)
            numbers = self._here[others]
            here = numbers >= 0
            found = tuple(zip(numbers[here].tolist(), shares[here].tolist(), strict=True))
            self._nearby[lemma] = found
        return found

    def _same(self, unit: str) -> list[str]:
        if unit in _SIGNS:
            return [_SIGNS[unit]]
        if not unit.isascii():
            return []
        if unit.isdigit() and 1 <= int(unit) <= 12 and len(unit) < 3:
            return [unit, MONTHS[int(unit) - 1]]
        return [unit, self._lexicon.lemma(unit)] if unit.isalpha() else [unit]

    def __call__(self, units: NDArray[np.int64], lemmas: NDArray[np.int64]) -> tuple[Real, Real]:
        import numpy as np

        wanted = units * self._lemmas + lemmas
        if not len(self._keys):
            nothing = np.zeros(len(wanted), np.float32)
            return nothing, nothing.copy()
        place = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        hit = self._keys[place] == wanted
        zero = np.float32(0)
        return np.where(hit, self._weights[place], zero), np.where(hit, self._back[place], zero)
