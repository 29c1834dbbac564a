"""Checks of a glossary itself: what a machine can see of the rules in `docs/curation.md`.

A rule is one function: `RuleInput` in, `GlossaryFinding`s out. `RULES` is the list of them, by their stable codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from termbank.checks.glossary_rules import attestations, links, notes, texts
from termbank.checks.glossary_rules.rule_input import RuleInput
from termbank.model.glossary_finding import GlossaryFinding

__all__ = ["RULES", "GlossaryRule", "RuleInput", "check_glossary"]


class GlossaryRule(NamedTuple):
    """A rule with the code under which it is known."""

    code: str
    find: Callable[[RuleInput], Iterator[GlossaryFinding]]


RULES: tuple[GlossaryRule, ...] = tuple(
    GlossaryRule(code, find)
    for code, find in (
        ("attested-outside-period", attestations.find_attested_outside_period),
        ("body-without-type", texts.find_bodies_without_type),
        ("dangling-relation", links.find_dangling_relations),
        ("duplicate-chinese", links.find_duplicate_chinese),
        ("english-article", texts.find_leading_articles),
        ("fragment", texts.find_fragments),
        ("member-without-both-languages", links.find_incomplete_members),
        ("note-contradicts-preferred", notes.find_contradicting_notes),
        ("note-names-missing-form", notes.find_forms_not_held),
        ("period-of-one-date", attestations.find_periods_of_one_date),
        ("preferred-without-evidence", attestations.find_preferred_without_evidence),
        ("source-cited-twice", attestations.find_sources_cited_twice),
        ("unbalanced-marks", texts.find_unbalanced_marks),
        ("unknown-full-form", links.find_unknown_full_forms),
    )
)


def check_glossary(given: RuleInput) -> Iterator[GlossaryFinding]:
    """The findings of every rule, in the order of their codes, then of the concepts."""
    for rule in RULES:
        yield from rule.find(given)
