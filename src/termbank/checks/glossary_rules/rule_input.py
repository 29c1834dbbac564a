"""What a rule on glossaries is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from termbank.model.concept import Status, Term
from termbank.model.glossary import Glossary


@dataclass(frozen=True)
class RuleInput:
    """A glossary, and the rule that says which status the evidence of a term allows."""

    glossary: Glossary
    allowed_status: Callable[[Term], Status]

    @cached_property
    def keeps_evidence(self) -> bool:
        """Whether any term has an attestation; a plain list of terms has none and is not blamed for it."""
        return any(term.attestations for concept in self.glossary for term in concept.terms)
