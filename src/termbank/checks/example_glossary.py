"""The small glossary of which the checks' examples speak.

Every check shows itself on a faulty and on a sound pair; these are the concepts that the pairs
name. The facts are those of the shipped glossaries, kept to what an example needs.
"""

from __future__ import annotations

from typing import NamedTuple

from termbank.model.concept import Concept, Status, Term, TermType, sort_terms
from termbank.model.glossary import Glossary
from termbank.model.language import Language


class Example(NamedTuple):
    """One pair to try a check on; `zh` is empty for English alone, `date` that of the translation."""

    zh: str
    en: str
    date: str | None = None


def _concept(
    name: str, zh: str, *english: tuple[str, Status, TermType] | tuple[str, Status, TermType, str]
) -> Concept:
    terms = [Term(zh, Language.ZH_HANS, Status.PREFERRED)]
    for text, status, kind, *until in english:
        terms.append(Term(text, Language.EN, status, kind, until=until[0] if until else None))
    return Concept(name, sort_terms(terms))


_P, _A, _S, _D = Status.PREFERRED, Status.ADMITTED, Status.SUPERSEDED, Status.DEPRECATED
_FULL, _SHORT = TermType.FULL_FORM, TermType.ABBREVIATION

GLOSSARY = Glossary.of(
    [
        _concept(
            "new-quality-productive-forces",
            "新质生产力",
            ("new quality productive forces", _P, _FULL),
            ("new productivity boosters", _D, _FULL),
            ("NQPFs", _A, _SHORT),
        ),
        _concept("high-quality-development", "高质量发展", ("high-quality development", _P, _FULL)),
        _concept("common-prosperity", "共同富裕", ("common prosperity", _P, _FULL)),
        _concept(
            "computing-power", "算力", ("computing power", _P, _FULL), ("computing capacity", _A, _FULL)
        ),
        _concept(
            "intelligent-agent", "智能体", ("intelligent agent", _P, _FULL), ("intelligent body", _D, _FULL)
        ),
        _concept(
            "community-with-a-shared-future",
            "人类命运共同体",
            ("community with a shared future for mankind", _P, _FULL),
            ("community of common destiny", _S, _FULL, "2017"),
        ),
        _concept(
            "ndrc",
            "国家发展和改革委员会",
            ("National Development and Reform Commission", _P, _FULL),
        ),
        _concept("state-council", "国务院", ("State Council", _P, _FULL)),
    ],
    name="examples",
)
