"""What the dictionary believes of the pairs of words that meet in a text.

In come the units and lemmas of a text; out comes, for every pair asked about, t(en|zh) and t(zh|en)
from the lexicon: the word's own glosses, with less weight those of the words inside it, with less again
lemmas of one stem (“supervise” for “supervision”), and sameness for names in Latin letters and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

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

    def among(self, wanted: Sequence[int], here: NDArray[np.int32]) -> dict[int, list[tuple[int, float]]]:
        """The near-synonyms of lemmas among those of a text, each with how much of the lemma it shares.

        Args:
            wanted: Numbers of lemmas in the lexicon.
            here: By the number of a lemma in the lexicon its number in the text; -1 where it is not one of the text's.

        Returns:
            By the number of a lemma its near-synonyms in the order of the dictionary.
        """
        import numpy as np

        found: dict[int, list[tuple[int, float]]] = {number: [] for number in wanted}
        if not wanted:
            return found
        lexicon, numbers = self._lexicon, np.array(wanted)
        rows, shares, sizes = self._rows_of(wanted)
        owner, shares = (
            self._each_gloss(rows, np.repeat(np.arange(len(wanted)), sizes)),
            self._each_gloss(rows, shares),
        )
        place = self._glosses(rows)
        others = lexicon.english[place]
        kept = np.flatnonzero((here[others] >= 0) & (others != numbers[owner]))
        keys = owner[kept] * np.int64(len(here)) + others[kept]
        pairs, first, which = np.unique(keys, return_index=True, return_inverse=True)
        shared = np.bincount(which, shares[kept] * lexicon.weights[place[kept]], len(pairs))
        order = np.argsort(first)
        for at in order[shared[order] >= _NEAR_LEAST].tolist():
            lemma, other = divmod(int(pairs[at]), len(here))
            found[wanted[lemma]].append((int(here[other]), float(shared[at])))
        return found

    def _rows_of(self, wanted: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.float64], list[int]]:
        """The Chinese words that each lemma glosses, at most the likeliest few, and each one's share of the lemma; how many."""
        import numpy as np

        rows, shares = [], []
        for number in wanted:
            own = slice(int(self._starts[number]), int(self._starts[number + 1]))
            words, weights = self._rows[own], self._weights[own]
            total = float(weights.sum())
            if len(words) > _NEAR_WORDS:
                best = np.argsort(-weights, kind="stable")[:_NEAR_WORDS]
                words, weights = words[best], weights[best]
            rows.append(words)
            shares.append(weights.astype(np.float64) / total)
        return np.concatenate(rows), np.concatenate(shares), list(map(len, rows))

    def _glosses(self, rows: NDArray[np.int32]) -> NDArray[np.int64]:
        """The places of the glosses of some Chinese words."""
        import numpy as np

        starts = self._lexicon.starts[rows]
        sizes = self._lexicon.starts[rows + 1] - starts
        within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        places: NDArray[np.int64] = np.repeat(starts, sizes) + within
        return places

    def _each_gloss(self, rows: NDArray[np.int32], values: NDArray[Any]) -> NDArray[Any]:
        """The value of each Chinese word, for each of its glosses."""
        import numpy as np

        return np.repeat(values, self._lexicon.starts[rows + 1] - self._lexicon.starts[rows])


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
        self._here = np.full(len(lexicon.lemmas), -1, np.int32)
        for number, lemma in enumerate(lemmas):
            if (place := lexicon.english_index.get(lemma)) is not None and not is_stop_word(lemma):
                self._here[place] = number
        self._glosses: dict[str, list[tuple[int, float, float, float]]] = {}
        self._nearby: dict[str, list[tuple[int, float]]] = {}
        self._find_near(list(dict.fromkeys(part for unit in units for part in (unit, *self._inner(unit)))))
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
        inner = self._inner(unit)
        own = bool(row)
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

    def _inner(self, unit: str) -> list[str]:
        """Known words of two characters or more inside a Chinese unit; its characters where there are none."""
        if len(unit) < 2 or unit.isascii():
            return []
        size, index = len(unit), self._lexicon.index
        parts = (unit[start:end] for start in range(size) for end in range(start + 2, size + 1))
        return [part for part in parts if len(part) < size and part in index] or list(unit)

    def _find_near(self, words: Sequence[str]) -> None:
        """Find the near-synonyms of all glosses of some words at once: one by one takes ten times as long."""
        index, translations = self._lexicon.english_index, self._lexicon.translations
        glosses = dict.fromkeys(lemma for word in words for lemma, _ in translations(word))
        fresh = [lemma for lemma in glosses if lemma not in self._nearby]
        numbers = [index[lemma] for lemma in fresh if not is_stop_word(lemma)]
        near = _near_synonyms(self._lexicon).among(numbers, self._here)
        self._nearby.update((lemma, near.get(index[lemma], [])) for lemma in fresh)

    def _add(self, row: dict[int, float], word: str, share: float) -> None:
        glosses = self._glosses.get(word)
        if glosses is None:
            glosses = self._glosses[word] = list(self._weigh(word))
        for number, weight, half, shared in glosses:
            row[number] = row.get(number, 0.0) + weight * (share * half) * shared

    def _weigh(self, word: str) -> Iterator[tuple[int, float, float, float]]:
        """What a word gives to lemmas of the text: their numbers, its weights, half for stop words, and what they share."""
        pairs = self._lexicon.translations(word)
        if any(lemma not in self._nearby for lemma, _ in pairs):
            self._find_near([word])
        for lemma, weight in pairs:
            half = 0.5 if is_stop_word(lemma) else 1.0
            number = self._index.get(lemma)
            if number is not None:
                yield number, weight, half, 1.0
            if len(lemma) >= 4:
                for kin in self._stems.get(loose_family_stem(lemma), ()):
                    if kin != number:
                        yield kin, weight, half, _STEM
            for kin, shared in self._nearby[lemma]:
                yield kin, weight, half, shared * _NEAR

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
