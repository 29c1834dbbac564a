"""What the bank already knows of a term: its concept and the renderings it holds.

Terms are compared in one script, width and kind of quotation mark; renderings as variants are, by
lemma. A superseded or deprecated rendering is known too: to meet it again is not news.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from termbank.extraction.occurrences import comparison_text
from termbank.extraction.variants import VariantKey, lemma_key, variant_key
from termbank.lexicon.dictionary import Lexicon
from termbank.model.glossary import Glossary

_WORD = re.compile(r"[a-z]{4,}")


@dataclass
class KnownTerms:
    """Concept ids by Chinese term, and the renderings of a concept by variant key, made when asked for."""

    glossary: Glossary
    lexicon: Lexicon
    by_term: dict[str, str] = field(default_factory=dict)
    _made: dict[str, dict[VariantKey, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, glossary: Glossary | None, lexicon: Lexicon) -> KnownTerms:
        known = cls(glossary or Glossary(), lexicon)
        for concept in known.glossary:
            for term in concept.chinese:
                known.by_term.setdefault(comparison_text(term.text), concept.id)
        return known

    @property
    def chinese(self) -> tuple[str, ...]:
        """Every Chinese term of the bank, as it is compared."""
        return tuple(self.by_term)

    def english(self, texts: Iterable[str]) -> list[VariantKey]:
        """The English terms of the bank, as lemmas in order, that may stand in these texts."""
        openings = {word[:4] for text in texts for word in _WORD.findall(text.lower())}
        return [
            lemma_key(term.text, self.lexicon)
            for concept in self.glossary
            for term in concept.english
            if all(word[:4] in openings for word in _WORD.findall(term.text.lower()))
        ]

    def concept(self, term: str) -> str | None:
        return self.by_term.get(comparison_text(term))

    def phrases(self, concept: str | None) -> list[VariantKey]:
        """The concept's English terms as lemmas in order."""
        if concept is None:
            return []
        return [lemma_key(term.text, self.lexicon) for term in self.glossary.by_id[concept].english]

    def pairs(self, chinese: Iterable[str], most: int = 800) -> list[tuple[str, str]]:
        """Terms with their renderings, of the concepts whose Chinese shares two characters with these texts."""
        seen = {
            text[at : at + 2]
            for line in chinese
            for text in (comparison_text(line),)
            for at in range(len(text) - 1)
        }
        found: list[tuple[str, str]] = []
        for concept in self.glossary:
            for term in concept.chinese:
                text = comparison_text(term.text)
                if any(text[at : at + 2] in seen for at in range(len(text) - 1)):
                    found.extend((text, other.text) for other in concept.english)
                    break
        return found[:: 1 + len(found) // most]

    def renderings(self, concept: str | None) -> dict[VariantKey, str]:
        """The texts of the concept's English terms by variant key."""
        if concept is None:
            return {}
        made = self._made.get(concept)
        if made is None:
            made = self._made[concept] = {}
            for term in self.glossary.by_id[concept].english:
                made.setdefault(variant_key(term.text, self.lexicon), term.text)
        return made
