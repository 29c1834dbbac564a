"""Pickles what refers to a glossary's concepts and terms many times smaller, for processes that have the same glossary."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cached_property
from io import BytesIO
from typing import Any

from termbank.model.concept import Concept, Term
from termbank.model.glossary import Glossary


def concept_of(name: str) -> Concept:
    """Stand in a pickle for the concept of this id; `GlossaryPickle.loads` gives it."""
    raise LookupError(name)


def term_of(name: str, number: int) -> Term:
    """Stand in a pickle for a concept's term; `GlossaryPickle.loads` gives it."""
    raise LookupError(name, number)


class GlossaryPickle:
    """Pickles values with the concepts and terms of one glossary by reference; any others are pickled whole."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    @cached_property
    def _terms(self) -> dict[int, tuple[str, int]]:
        """By the identity of a term: its concept and its number there."""
        return {id(t): (concept.id, n) for concept in self._glossary for n, t in enumerate(concept.terms)}

    def dumps(self, value: Any) -> bytes:
        """The pickled value."""
        buffer = BytesIO()
        pickler = pickle.Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = {Concept: self._reduce_concept, Term: self._reduce_term}
        pickler.dump(value)
        return buffer.getvalue()

    def loads(self, data: bytes) -> Any:
        """The value that was pickled with an equal glossary."""
        return _Loader(data, self._glossary).load()

    def _reduce_concept(self, concept: Concept) -> Any:
        if self._glossary.by_id.get(concept.id) is concept:
            return concept_of, (concept.id,)
        return concept.__reduce_ex__(pickle.HIGHEST_PROTOCOL)

    def _reduce_term(self, term: Term) -> Any:
        place = self._terms.get(id(term))
        return (term_of, place) if place is not None else term.__reduce_ex__(pickle.HIGHEST_PROTOCOL)


class _Loader(pickle.Unpickler):
    """Gives the glossary's own concepts and terms for what stands for them."""

    def __init__(self, data: bytes, glossary: Glossary) -> None:
        super().__init__(BytesIO(data))
        self._found: dict[tuple[str, str], Callable[..., Any]] = {
            (__name__, "concept_of"): lambda name: glossary.by_id[name],
            (__name__, "term_of"): lambda name, number: glossary.by_id[name].terms[number],
        }

    def find_class(self, module: str, name: str) -> Any:
        """The class or function of a name in a pickle."""
        return self._found.get((module, name)) or super().find_class(module, name)
