"""Finding terms in text: one matcher for lookup, survey, checks, extraction and concordance."""

from __future__ import annotations

from termbank.match.automaton import Matcher, unmatchable, why_unmatchable
from termbank.match.owner import Match

__all__ = ["Match", "Matcher", "unmatchable", "why_unmatchable"]
