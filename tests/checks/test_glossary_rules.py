"""Each rule on glossaries finds its fault, and leaves alone what only resembles it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from termbank.checks.glossary_rules import RULES, RuleInput, check_glossary
from termbank.model.concept import Attestation, Concept, Grammar, Status, Term
from termbank.model.concept_facts import BodyFacts, ConceptType, Description, Member, Relation, RelationType
from termbank.model.document import PublisherKind, Source
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.services.status_from_evidence import allowed_status

EN, ZH = Language.EN, Language.ZH_HANS
NO_DATE = Source("list", "A list", own_kind=PublisherKind.STUDY_LIST)


def seen(id: str, date: str, kind: PublisherKind = PublisherKind.OFFICIAL) -> Attestation:
    return Attestation(Source(id, id, own_kind=kind, date=date), alongside=True)


SEEN = seen("report", "2024-03")


def english(text: str, status: Status = Status.PREFERRED, **more: object) -> Term:
    return Term(text, EN, status, **({"attestations": (SEEN,)} | more))  # type: ignore[arg-type]


def concept(
    *terms: Term, zh: str = "新质生产力", id: str = "c", notes: tuple[str, ...] = (), **more: object
) -> Concept:
    said = tuple(Description(note) for note in notes)
    return Concept(id, (Term(zh, ZH, Status.PREFERRED), *terms), "economy", notes=said, **more)  # type: ignore[arg-type]


def find(*concepts: Concept) -> list[tuple[str, str]]:
    given = RuleInput(Glossary.of(concepts), allowed_status)
    return [(one.code, one.concept) for one in check_glossary(given)]


PLAIN = concept(english("new quality productive forces"))
OTHER = concept(english("productive forces"), zh="生产力", id="other")
FORMULA = ConceptType.NUMBERED_FORMULA

FAULTY = {
    "attested-outside-period": [
        concept(english("forces", since="2025")),
        concept(english("forces", until="2023")),
        concept(
            english(
                "forces", Status.SUPERSEDED, until="2019", attestations=(seen("a", "2021"), seen("b", "2022"))
            )
        ),
    ],
    "body-without-type": [
        concept(english("Ministry of Finance"), zh="财政部"),
        concept(english("National Health Commission"), zh="国家卫生健康委员会"),
    ],
    "dangling-relation": [
        concept(relations=(Relation(RelationType.RELATED, "nowhere"),)),
        concept(body=BodyFacts(successors=("nowhere",)), type=ConceptType.BODY),
        concept(members=(Member("甲", "first", "nowhere"),), type=FORMULA),
    ],
    "duplicate-chinese": [(PLAIN, replace(PLAIN, id="twin"))],
    "english-article": [concept(english("the forces")), concept(english("an army"))],
    "fragment": [
        concept(english("development of")),
        concept(english("which is green")),
        concept(english("in accordance with")),
        concept(english("green, ")),
        concept(english("make progress …", grammar=Grammar.VERB_PHRASE)),
        concept(zh="的生产力"),
    ],
    "member-without-both-languages": [concept(members=(Member("甲"),), type=FORMULA)],
    "note-contradicts-preferred": [
        concept(
            english("propaganda"),
            english("publicity work", Status.ADMITTED),
            notes=("Official English is publicity work.",),
        ),
        concept(
            english("future for mankind"), notes=("Since 2022 humanity has taken the place of mankind.",)
        ),
        concept(english("forces", note="A calque of the Chinese.")),
        concept(english("forces", note="Renders 创新型国家行列.")),
    ],
    "note-names-missing-form": [
        concept(
            english("National Data Bureau"),
            notes=("The agency's own English name is National Data Administration.",),
        ),
        concept(english("forces"), notes=("The English name became State Taxation Administration in 2018.",)),
        concept(english("forces"), notes=("Official English says public institution.",)),
        concept(english("forces"), notes=("The Daily writes “quality forces” too.",)),
    ],
    "period-of-one-date": [concept(english("forces", Status.SUPERSEDED, since="2024", until="2024"))],
    "preferred-without-evidence": [
        (PLAIN, replace(OTHER, terms=(*OTHER.chinese, english("forces", attestations=())))),
        concept(english("forces", attestations=(Attestation(NO_DATE),))),
    ],
    "source-cited-twice": [
        concept(english("forces", attestations=(SEEN, replace(SEEN, own_date="2024-05"))))
    ],
    "unbalanced-marks": [
        concept(english("forces (new")),
        concept(english("forces"), notes=("It is “new.",)),
        concept(english("forces"), definitions=(Description("It is )new(."),)),
    ],
    "unknown-full-form": [concept(english("NQPF", abbreviation_of="new quality forces"))],
}

SOUND = {
    "attested-outside-period": [
        concept(english("forces", since="2024", until="2024-12")),
        concept(
            english("forces", since="2025", attestations=(seen("a", "2019", PublisherKind.PRESS), SEEN)[:1])
        ),
        concept(english("forces", Status.SUPERSEDED, until="2019", attestations=(seen("a", "2021"),))),
    ],
    "body-without-type": [
        concept(english("Ministry of Finance"), zh="财政部", type=ConceptType.BODY),
        concept(english("cadre"), zh="干部"),
        concept(english("Commission rules"), zh="委员会"),
        concept(english("Member of the Standing Committee"), zh="常委"),
        concept(english("Belt and Road Initiative"), zh="一带一路"),
    ],
    "dangling-relation": [(concept(relations=(Relation(RelationType.RELATED, "other"),)), OTHER)],
    "duplicate-chinese": [
        (PLAIN, OTHER),
        (PLAIN, replace(PLAIN, id="twin", subject="law")),
        replace(PLAIN, terms=(*PLAIN.terms, Term("新质生产力", Language.ZH_TW))),
    ],
    "english-article": [concept(english("The Hague")), concept(english("another army"))],
    "fragment": [
        concept(english("housing is for living in", grammar=Grammar.CLAUSE)),
        concept(english("be opposed to", grammar=Grammar.VERB_PHRASE)),
        concept(english("opening up")),
        concept(zh="的士"),
    ],
    "member-without-both-languages": [concept(members=(Member("甲", "first"),), type=FORMULA)],
    "note-contradicts-preferred": [
        concept(english("publicity work"), notes=("Official English is publicity work.",)),
        concept(english("future for humanity"), notes=("Humanity has taken the place of mankind.",)),
        concept(english("forces", note="Renders 新质生产力.")),
        concept(english("forces", Status.PROPOSED, note="A calque of the Chinese.")),
    ],
    "note-names-missing-form": [
        concept(
            english("National Data Administration"),
            notes=("The agency's own English name is National Data Administration.",),
        ),
        (concept(english("forces"), notes=("The larger notion is “productive forces”.",)), OTHER),
        concept(english("forces"), notes=("Write forces, not “quality powers”.",)),
        concept(english("forces"), notes=("“Quality powers” calques it.",)),
        concept(
            english("forces"), notes=("The Chinese is “新质”; the plus sign is “+”, and “Plus” a word.",)
        ),
        concept(english("forces"), notes=("The new English name is known for 外宣.",)),
    ],
    "period-of-one-date": [concept(english("forces", Status.SUPERSEDED, since="2023", until="2024"))],
    "preferred-without-evidence": [
        PLAIN,
        concept(english("forces", attestations=())),
        concept(english("forces", by_hand=True, attestations=(Attestation(NO_DATE),))),
        concept(english("forces", Status.PROPOSED, attestations=(Attestation(NO_DATE),))),
    ],
    "source-cited-twice": [concept(english("forces", attestations=(SEEN, seen("other", "2024"))))],
    "unbalanced-marks": [concept(english("“new” forces (“NQ”)"), notes=("It’s 《新》.",))],
    "unknown-full-form": [
        concept(english("NQPF", abbreviation_of="new forces"), english("new forces", Status.ADMITTED))
    ],
}


def cases(examples: dict[str, list[object]]) -> list[object]:
    return [
        pytest.param(code, case if isinstance(case, tuple) else (case,), id=f"{code}-{number}")
        for code, found in examples.items()
        for number, case in enumerate(found)
    ]


def test_every_rule_has_examples_of_both_kinds() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(codes) == sorted(FAULTY) == sorted(SOUND)


@pytest.mark.parametrize(("code", "concepts"), cases(FAULTY))  # type: ignore[arg-type]
def test_a_rule_finds_its_fault(code: str, concepts: tuple[Concept, ...]) -> None:
    assert code in [found for found, _ in find(*concepts)]


@pytest.mark.parametrize(("code", "concepts"), cases(SOUND))  # type: ignore[arg-type]
def test_a_rule_leaves_alone_what_resembles_its_fault(code: str, concepts: tuple[Concept, ...]) -> None:
    assert code not in [found for found, _ in find(*concepts)]


def test_findings_name_the_concept() -> None:
    assert find(PLAIN) == []
    assert find(concept(english("the forces"), id="bad"), OTHER) == [("english-article", "bad")]
