"""Concepts changed by hand."""

from __future__ import annotations

from dataclasses import replace

from termbank.model.concept import Concept, Status, Term, sort_terms
from termbank.model.language import Language
from termbank.services.bank_setup import Bank
from termbank.services.concept_edit import change, remove_term, set_status

ID = "xiaokang"


def in_both_scripts(concept: Concept) -> Concept:
    term = Term("小康社会", Language.ZH_TW, Status.ADMITTED)
    return replace(concept, terms=sort_terms((*concept.terms, term)))


def test_of_two_terms_written_alike_the_one_of_the_language_is_taken_away(bank: Bank) -> None:
    change(bank, "add", ID, in_both_scripts)
    remove_term(bank, ID, "小康社会", language=Language.ZH_TW)
    assert [(t.text, t.language) for t in bank.concept(ID).chinese] == [("小康社会", Language.ZH_HANS)]


def test_a_status_is_set_for_the_term_of_the_language(bank: Bank) -> None:
    change(bank, "add", ID, in_both_scripts)
    taken = set_status(bank, ID, "小康社会", Status.DEPRECATED, language=Language.ZH_TW)
    assert (taken.act, taken.why) == ("deprecate", "“小康社会” is deprecated")
    assert {t.language: t.status for t in bank.concept(ID).chinese} == {
        Language.ZH_HANS: Status.PREFERRED,
        Language.ZH_TW: Status.DEPRECATED,
    }
