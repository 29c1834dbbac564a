"""Concepts changed by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from termbank.model.concept import Concept, Status, Term, sort_terms
from termbank.model.errors import ConflictError
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


def test_what_others_changed_since_it_was_read_is_merged(bank: Bank) -> None:
    read = bank.last_touch("concept", ID)
    change(bank, "subject", ID, lambda now: replace(now, subject="society"))
    set_status(bank, ID, "moderately prosperous society", Status.ADMITTED, read=read)
    now = bank.concept(ID)
    assert (now.subject, now.english[0].status) == ("society", Status.ADMITTED)


def test_the_same_field_changed_since_it_was_read_is_refused(bank: Bank) -> None:
    read = bank.last_touch("concept", ID)
    set_status(bank, ID, "moderately prosperous society", Status.SUPERSEDED)
    with pytest.raises(ConflictError) as caught:
        set_status(bank, ID, "moderately prosperous society", Status.DEPRECATED, read=read)
    (conflict,) = (one for one in caught.value.conflicts if one.field.endswith("status"))
    assert (conflict.base, conflict.theirs, conflict.yours) == ("preferred", "superseded", "deprecated")
    with pytest.raises(ConflictError):
        remove_term(bank, ID, "moderately prosperous society", language=Language.EN, read=read)
    assert bank.concept(ID).english[0].status is Status.SUPERSEDED
