"""Finding terms in text: one matcher for scan, survey, checks, extraction and concordance.

The matcher is loaded when it is first used: looking a term up needs only its keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termbank.matching.match import Match
    from termbank.matching.matcher import Matcher, unmatchable, why_unmatchable

__all__ = ["Match", "Matcher", "unmatchable", "why_unmatchable"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(
        import_module("termbank.matching.match" if name == "Match" else "termbank.matching.matcher"), name
    )
