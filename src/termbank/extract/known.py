"""What the bank already knows of a term: its concept and the renderings it holds.

Terms are compared in one script, width and kind of quotation mark; renderings as variants are, by
lemma. A superseded or deprecated rendering is known too: to meet it again is not news.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from termbank.core.glossary import Glossary
from termbank.extract.places import plain
from termbank.extract.variants import Key, key
from termbank.lang.lexicon import Lexicon


@dataclass
class Known:
    """Concept ids by Chinese term, and the renderings of a concept by variant key, made when asked for."""

    glossary: Glossary
    lexicon: Lexicon
    by_term: dict[str, str] = field(default_factory=dict)
    _made: dict[str, dict[Key, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, glossary: Glossary | None, lexicon: Lexicon) -> Known:
        known = cls(glossary or Glossary(), lexicon)
        for concept in known.glossary:
            for term in concept.chinese:
                known.by_term.setdefault(plain(term.text), concept.id)
        return known

    @property
    def chinese(self) -> tuple[str, ...]:
        """Every Chinese term of the bank, as it is compared."""
        return tuple(self.by_term)

    def concept(self, term: str) -> str | None:
        return self.by_term.get(plain(term))

    def renderings(self, concept: str | None) -> dict[Key, str]:
        """The texts of the concept's English terms by variant key."""
        if concept is None:
            return {}
        made = self._made.get(concept)
        if made is None:
            made = self._made[concept] = {}
            for term in self.glossary.by_id[concept].english:
                made.setdefault(key(term.text, self.lexicon), term.text)
        return made
