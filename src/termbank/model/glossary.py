"""Glossary: concepts in a fixed order, found by id and by term.

The order is that of ids, so the same concepts are always the same sequence. A glossary is a
value: what changes it gives a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from termbank.model.concept import Concept, MatchFlag, Term
from termbank.model.document import Publisher, Source


@dataclass(frozen=True)
class Glossary:
    """Concepts sorted by id; at most one of each id (the last given wins)."""

    concepts: tuple[Concept, ...] = ()
    name: str | None = None
    title: str | None = None

    @classmethod
    def of(cls, concepts: Iterable[Concept], name: str | None = None, title: str | None = None) -> Glossary:
        by_id = {concept.id: concept for concept in concepts}
        return cls(tuple(by_id[key] for key in sorted(by_id)), name, title)

    @cached_property
    def by_id(self) -> Mapping[str, Concept]:
        return {concept.id: concept for concept in self.concepts}

    @cached_property
    def by_text(self) -> Mapping[str, tuple[tuple[Concept, Term], ...]]:
        """Every (concept, term) whose text is exactly the key."""
        found: dict[str, list[tuple[Concept, Term]]] = {}
        for concept in self.concepts:
            for term in concept.terms:
                found.setdefault(term.text, []).append((concept, term))
        return {text: tuple(pairs) for text, pairs in found.items()}

    @cached_property
    def without_aligned_terms(self) -> Glossary:
        """The glossary for a text without its Chinese: without the terms that count only beside it."""
        return replace(self, concepts=tuple(_split(concept, aligned=False) for concept in self.concepts))

    @cached_property
    def only_aligned_terms(self) -> Glossary:
        """What `without_aligned_terms` leaves out, as the same concepts."""
        found = (_split(concept, aligned=True) for concept in self.concepts)
        return replace(self, concepts=tuple(concept for concept in found if concept.terms))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source that is cited, sorted by id."""
        found = {source.id: source for concept in self.concepts for source in concept.sources()}
        return tuple(found[key] for key in sorted(found))

    @cached_property
    def publishers(self) -> tuple[Publisher, ...]:
        """Every publisher that is cited, sorted by id."""
        found = {
            source.publisher.id: source.publisher for source in self.sources if source.publisher is not None
        }
        return tuple(found[key] for key in sorted(found))

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def __len__(self) -> int:
        return len(self.concepts)


def _split(concept: Concept, *, aligned: bool) -> Concept:
    """The concept with only the terms that carry `MatchFlag.ALIGNED`, or only those that do not."""
    kept = tuple(term for term in concept.terms if (MatchFlag.ALIGNED in term.flags) is aligned)
    return concept if len(kept) == len(concept.terms) else replace(concept, terms=kept)
