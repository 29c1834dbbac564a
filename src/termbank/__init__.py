"""termbank: a Chinese–English terminology bank for policy language.

It aligns documents, finds terms and their renderings, checks translations, and keeps who used which rendering, when
and where. Importing the package loads nothing heavy: each name below is loaded when it is first used.

>>> import termbank
>>> glossary = termbank.Glossary.of([])
>>> termbank.Matcher(glossary).find("发展新质生产力")
[]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from termbank.matching.match import Match
    from termbank.matching.matcher import Matcher
    from termbank.model.alignment import Alignment, Bead
    from termbank.model.candidate import Candidate, Occurrence, Rendering
    from termbank.model.concept import Attestation, Concept, Status, Term, TermType
    from termbank.model.document import Document, Publisher, PublisherKind, Source
    from termbank.model.errors import TermbankError
    from termbank.model.finding import Finding, Severity
    from termbank.model.glossary import Glossary
    from termbank.model.language import Language
    from termbank.model.segment import Segment, SegmentPair
    from termbank.model.span import Span
    from termbank.model.survey import Survey
    from termbank.services.api import (
        TermBank,
        align,
        check,
        extract,
        open,
        read_glossary,
        shipped_glossary,
        survey,
    )

__version__ = "0.1.0"

_PLACES = {
    "termbank.services.api": ("TermBank align check extract open read_glossary shipped_glossary survey"),
    "termbank.matching.matcher": "Matcher",
    "termbank.matching.match": "Match",
    "termbank.model.alignment": "Alignment Bead",
    "termbank.model.candidate": "Candidate Occurrence Rendering",
    "termbank.model.concept": "Attestation Concept Status Term TermType",
    "termbank.model.document": "Document Publisher PublisherKind Source",
    "termbank.model.errors": "TermbankError",
    "termbank.model.finding": "Finding Severity",
    "termbank.model.glossary": "Glossary",
    "termbank.model.language": "Language",
    "termbank.model.segment": "Segment SegmentPair",
    "termbank.model.span": "Span",
    "termbank.model.survey": "Survey",
}
_MODULES = {name: module for module, names in _PLACES.items() for name in names.split()}

__all__ = [
    "Alignment", "Attestation", "Bead", "Candidate", "Concept", "Document", "Finding", "Glossary", "Language", "Match",
    "Matcher", "Occurrence", "Publisher", "PublisherKind", "Rendering", "Segment", "SegmentPair", "Severity", "Source",
    "Span", "Status", "Survey", "Term", "TermBank", "TermType", "TermbankError", "align", "check", "extract", "open",
    "read_glossary", "shipped_glossary", "survey",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Load a public name when it is first used."""
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    import_module("termbank.services")  # so that compiled resources come from the cache
    found = getattr(import_module(module), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*__all__, "__version__"})
