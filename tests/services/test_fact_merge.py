"""Merging concepts by the identity of what they say; nothing is erased."""

from __future__ import annotations

from dataclasses import replace

from formats.samples import PRODUCTIVE
from termbank.files.glossaries import EVERYTHING, FORMATS
from termbank.files.glossaries.losses import reduce_to
from termbank.model.concept import Concept, Status, Term
from termbank.model.concept_facts import (
    BodyFacts,
    ConceptType,
    Description,
    ExternalId,
    Member,
    Profile,
    Relation,
    RelationType,
)
from termbank.model.document import Source
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.services.concept_merge import merge_concepts

TERMS = (Term("市监总局", Language.ZH_HANS), Term("SAMR", Language.EN, Status.PREFERRED))
OURS = Concept(
    "samr",
    TERMS,
    definitions=(Description("ours"),),
    relations=(Relation(RelationType.PART_OF, "state-council"),),
    members=(Member("一"),),
    body=BodyFacts("2018", ("2020",)),
)


def test_merged_concepts_keep_both_definitions_and_relations() -> None:
    theirs = replace(
        OURS,
        type=ConceptType.BODY,
        definitions=(Description("ours"), Description("theirs", source=Source("s", "S"))),
        relations=(Relation(RelationType.RELATED, "saic"),),
        external_ids=(ExternalId("wikidata", "Q1"),),
        members=(Member("一", "one"), Member("二")),
        body=BodyFacts("2018-03", ("2021",), ("saic",)),
    )
    merge = merge_concepts(OURS, theirs, EVERYTHING, trusted=True)
    after = merge.concept
    assert after.type is ConceptType.BODY
    assert [one.text for one in after.definitions] == ["ours", "theirs"]
    assert [one.concept for one in after.relations] == ["state-council", "saic"]
    assert after.external_ids == theirs.external_ids
    assert after.members == (Member("一", "one"), Member("二"))
    assert after.body == BodyFacts("2018-03", ("2020", "2021"), ("saic",))
    assert "1 definition added" in merge.changes
    assert merge_concepts(after, theirs, EVERYTHING, trusted=True).concept == after
    untrusted = merge_concepts(OURS, theirs, EVERYTHING, trusted=False).concept
    assert untrusted.body == BodyFacts("2018", ("2020", "2021"), ("saic",))


def test_a_file_of_any_format_that_was_exported_changes_nothing() -> None:
    for format in FORMATS:
        for reduced in reduce_to(Glossary.of([PRODUCTIVE]), format.keeps):
            merge = merge_concepts(PRODUCTIVE, reduced, format.keeps, trusted=True)
            assert merge.changes == (), format.name
            assert merge.concept == PRODUCTIVE, format.name


def test_a_status_set_by_hand_stands_against_a_file_that_does_not_say_by_hand() -> None:
    house = replace(OURS, terms=(TERMS[0], replace(TERMS[1], status=Status.DEPRECATED, by_hand=True)))
    merge = merge_concepts(house, OURS, EVERYTHING, trusted=True)
    assert merge.concept.english[0].status is Status.DEPRECATED
    assert merge.remarks == ("“SAMR” stays deprecated, which was set by hand; the file says preferred.",)
    other = replace(OURS, terms=(TERMS[0], replace(TERMS[1], by_hand=True)))
    assert (
        merge_concepts(house, other, EVERYTHING, trusted=True).concept.english[0].status is Status.PREFERRED
    )


def test_one_term_of_a_profile_is_preferred_after_a_merge() -> None:
    taiwan = frozenset({Profile.TAIWAN})
    house = replace(
        OURS, terms=(*TERMS, Term("Market Administration", Language.EN, Status.PREFERRED, profiles=taiwan))
    )
    theirs = replace(
        OURS, terms=(*TERMS, Term("Market Regulator", Language.EN, Status.PREFERRED, profiles=taiwan))
    )
    after = merge_concepts(house, theirs, EVERYTHING, trusted=True).concept
    found = {term.text: (term.status, term.profiles) for term in after.english}
    assert found["Market Regulator"] == (Status.PREFERRED, taiwan)
    assert found["Market Administration"] == (Status.ADMITTED, frozenset())
