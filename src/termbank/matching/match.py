"""What the matcher finds, and what it looks for: `Match` and `TermEntry`."""

from __future__ import annotations

from typing import NamedTuple

from termbank.model.concept import Concept, Term
from termbank.model.language import Language
from termbank.model.span import Span


class Match(NamedTuple):
    """A term found in a text: `text` is what is written there, `language` how it is written.

    `also` names the other concepts that have a term of this form.
    """

    concept: Concept
    term: Term
    span: Span
    text: str
    language: Language
    nested: bool = False
    also: tuple[Concept, ...] = ()


class TermEntry(NamedTuple):
    """A term with its concept."""

    concept: Concept
    term: Term
