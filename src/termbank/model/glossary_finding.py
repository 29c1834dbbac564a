"""What a check of a glossary found in one concept: the rule, the sentence, what to do, and where it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GlossaryFinding:
    """One fault of one concept.

    Attributes:
        code: the stable name of the rule.
        concept: the id of the concept; empty where an entry could not be read.
        message: what is wrong, in one sentence.
        remedy: what to do.
        file: the file that has the concept, where it is known.
        line: its line there, from 1.
    """

    code: str
    concept: str
    message: str
    remedy: str
    file: str | None = None
    line: int | None = None
