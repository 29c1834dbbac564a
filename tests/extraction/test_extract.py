"""What extraction answers: spans verbatim and in place, every occurrence, the bank's own recognised."""

from __future__ import annotations

from pathlib import Path

import pytest

from termbank.extraction import extract
from termbank.lexicon.dictionary import Lexicon
from termbank.model.alignment import Alignment, Bead
from termbank.model.candidate import Candidate
from termbank.model.concept import Concept, Status, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.services.lexicon_cache import lexicon as cached


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return cached()


def lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="session")
def article(root: Path) -> tuple[list[str], list[str], Alignment]:
    zh, en = lines(root / "corpus/ai-plus.zh.txt"), lines(root / "corpus/ai-plus.official.en.txt")
    return zh, en, Alignment(tuple(Bead((k,), (k,)) for k in range(len(zh))))


def found(candidates: tuple[Candidate, ...]) -> dict[str, list[str | None]]:
    return {c.zh: [o.en and o.en.lower() for o in c.occurrences] for c in candidates}


Article = tuple[list[str], list[str], Alignment]


def test_terms_are_answered_in_the_order_asked_each_once_and_those_not_there_with_none(
    article: Article, lexicon: Lexicon
) -> None:
    asked = ["智能体", "五位一体", "新质生产力", "智能体", " "]
    answered = extract(*article, lexicon, terms=asked)
    assert [c.zh for c in answered] == ["智能体", "五位一体", "新质生产力"]
    assert [c.count for c in answered] == [2, 0, 2]
    assert answered[1].renderings == ()
    assert answered[1].occurrences == ()


def test_renderings_are_found_where_they_stand_in_one_article(article: Article, lexicon: Lexicon) -> None:
    answers = found(extract(*article, lexicon, terms=["智能体", "新质生产力", "普及率", "人工智能+"]))
    assert set(answers["新质生产力"]) == {"new quality productive forces"}
    assert set(answers["智能体"]) == {"intelligent agents"}
    assert set(answers["普及率"]) == {"penetration rate"}
    assert set(answers["人工智能+"]) == {"ai plus"}


def test_every_span_is_verbatim_in_its_bead(article: Article, lexicon: Lexicon) -> None:
    zh, en, alignment = article
    for candidate in extract(zh, en, alignment, lexicon):
        for place in candidate.occurrences:
            bead = alignment.beads[place.bead]
            assert place.zh.of("".join(zh[i] for i in bead.zh)) == candidate.zh or candidate.count > 1
            if place.en is not None and place.span is not None:
                assert place.span.of(" ".join(en[j] for j in bead.en)) == place.en


def test_the_same_texts_give_the_same_candidates(article: Article, lexicon: Lexicon) -> None:
    assert extract(*article, lexicon) == extract(*article, lexicon)


def test_a_term_is_found_in_the_other_script_and_in_other_quotes(lexicon: Lexicon) -> None:
    alignment = Alignment((Bead((0,), (0,)),))
    zh, en = (
        ["推進「人工智能＋」行動，發展新質生產力。"],
        ["Advance the “AI+” initiative and develop new quality productive forces."],
    )
    answered = extract(zh, en, alignment, lexicon, terms=["“人工智能+”", "新质生产力"])
    assert [c.count for c in answered] == [1, 1]
    assert answered[1].occurrences[0].en == "new quality productive forces"


def glossary() -> Glossary:
    return Glossary.of(
        [
            Concept(
                "ai-agents",
                (
                    Term("智能体", Language.ZH_HANS, Status.PREFERRED),
                    Term("AI agent", Language.EN, Status.PREFERRED),
                ),
            ),
            Concept(
                "penetration",
                (
                    Term("普及率", Language.ZH_HANS, Status.PREFERRED),
                    Term("penetration rates", Language.EN, Status.PREFERRED),
                ),
            ),
        ]
    )


def test_a_new_rendering_of_a_known_concept_comes_first(article: Article, lexicon: Lexicon) -> None:
    candidates = extract(*article, lexicon, glossary=glossary())
    assert (candidates[0].zh, candidates[0].known) == ("智能体", "ai-agents")
    assert candidates[0].renderings[0].term is None


def test_a_rendering_that_the_bank_holds_is_recognised_by_lemma(article: Article, lexicon: Lexicon) -> None:
    (candidate,) = extract(*article, lexicon, terms=["普及率"], glossary=glossary())
    assert candidate.known == "penetration"
    assert candidate.renderings[0].term == "penetration rates"


@pytest.mark.parametrize(
    ("zh", "en", "beads"),
    [
        ([], [], ()),
        (["深化改革。"], [], (Bead((0,), ()),)),
        ([], ["Deepen reform."], (Bead((), (0,)),)),
        (["。。。"], ["..."], (Bead((0,), (0,)),)),
        (["改革\x00\x07开放"], ["Re\x00form"], (Bead((0,), (0,)),)),
    ],
)
def test_nothing_to_find_is_no_fault(
    zh: list[str], en: list[str], beads: tuple[Bead, ...], lexicon: Lexicon
) -> None:
    answered = extract(zh, en, Alignment(beads), lexicon, terms=["改革"])
    assert all(place.en is None or place.en for place in answered[0].occurrences)
    extract(zh, en, Alignment(beads), lexicon)


def test_a_bead_too_large_to_model_is_left_unanswered(lexicon: Lexicon) -> None:
    zh, en = ["深化改革扩大开放" * 2000], ["Deepen reform and open up further. " * 2000]
    (candidate,) = extract(zh, en, Alignment((Bead((0,), (0,)),)), lexicon, terms=["改革"])
    assert candidate.count == 2000
    assert {place.en for place in candidate.occurrences} == {None}


def test_money_and_plus_signs_belong_to_the_words_they_stand_with(lexicon: Lexicon) -> None:
    zh = ["发行规模为100亿港元。", "港元汇率保持稳定。", "人工智能+行动加快实施。"]
    en = [
        "The issue size was HK$10 billion.",
        "The exchange rate of HK$ was stable.",
        "The AI+ initiative is being carried out faster.",
    ]
    alignment = Alignment(tuple(Bead((k,), (k,)) for k in range(3)))
    answers = found(extract(zh, en, alignment, lexicon, terms=["港元", "人工智能+"]))
    assert "hk" not in answers["港元"]
    assert answers["人工智能+"] in (["ai+"], [None])


def test_a_rendering_may_begin_with_the_quotation_mark_that_the_term_begins_with(lexicon: Lexicon) -> None:
    zh = ["全面实施“东数西算”工程，建设算力网。"]
    en = ["The “East Data, West Computing” project will be implemented to build a computing power network."]
    alignment = Alignment((Bead((0,), (0,)),))
    (candidate,) = extract(zh, en, alignment, lexicon, terms=["“东数西算”工程"])
    (place,) = candidate.occurrences
    assert place.en == "“East Data, West Computing” project"


def test_opening_up_is_not_cut(lexicon: Lexicon) -> None:
    zh, en = ["坚持改革开放。"], ["We will stay committed to reform and opening up."]
    (candidate,) = extract(zh, en, Alignment((Bead((0,), (0,)),)), lexicon, terms=["改革开放"])
    (place,) = candidate.occurrences
    assert not [text for text in (place.en, *place.alternatives) if text and text.endswith("opening")]
