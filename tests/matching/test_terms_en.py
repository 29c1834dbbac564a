"""English terms in text: inflection, spelling, case, what tells two terms apart, places."""

from __future__ import annotations

import pytest

from termbank.matching import Match, Matcher
from termbank.model.concept import Concept, Grammar, MatchFlag, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language


def matcher(*terms: str | Term) -> Matcher:
    made = [term if isinstance(term, Term) else Term(term, Language.EN) for term in terms]
    return Matcher.of(Glossary.of([Concept("one", tuple(made))]))


def texts(found: list[Match]) -> list[str]:
    return [match.text for match in found]


@pytest.mark.parametrize(
    ("surface", "term"),
    [
        ("AI Plus", "AI Plus"),
        ("AI+", "AI+"),
        ("AI-plus initiative", "AI Plus"),
        ("Artificial Intelligence (AI)+", "Artificial Intelligence (AI)+"),
    ],
)
def test_terms_that_fold_together_are_told_apart_by_how_they_are_written(surface: str, term: str) -> None:
    terms = matcher("AI+", "AI Plus", "Artificial Intelligence (AI)+")
    (match,) = terms.english(f"the “{surface}” was launched")
    assert match.term.text == term


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("contract", "the contractor"),
        ("east", "at least"),
        ("leaf", "she leaves"),
        ("ON", "turn it on"),
        ("business", "a busy street"),
        ("nation", "national policy"),
        ("Opinions", "the opinions of experts"),
        ("new quality productive forces", "new and improved quality productive forces"),
        ("developing country", "developed countries"),
        ("developing country", "developing the country"),
        ("market", "a non-market economy"),
    ],
)
def test_what_merely_looks_alike_is_not_the_term(term: str, text: str) -> None:
    assert matcher(term).english(text) == []


@pytest.mark.parametrize(
    ("term", "text", "surface"),
    [
        ("new quality productive forces", "a new-quality\nproductive force", "new-quality\nproductive force"),
        ("modernisation", "the modernizations", "modernizations"),
        ("e-commerce", "ecommerce", "ecommerce"),
        ("cybersecurity", "cyber-security", "cyber-security"),
        ("science and technology", "Science & Technology", "Science & Technology"),
        ("rule of law", "rule of the law", "rule of the law"),
        ("14th Five-Year Plan", "the Fourteenth Five-year Plan", "Fourteenth Five-year Plan"),
        ("China", "China’s exports", "China"),
        ("Belt and Road Initiative", "the “Belt and Road” Initiative", "“Belt and Road” Initiative"),
        ("decided", "我们decided了", "decided"),
        ("NQPFs", "ＮＱＰＦｓ", "ＮＱＰＦｓ"),
    ],
)
def test_a_term_is_found_however_it_is_written(term: str, text: str, surface: str) -> None:
    (match,) = matcher(term).english(text)
    assert match.text == surface == match.span.of(text)


def test_verbs_inflect_in_verb_phrases() -> None:
    terms = matcher(Term("deepen reform", Language.EN, grammar=Grammar.VERB_PHRASE))
    found = terms.english("It deepened reform; deepening the reforms goes on; they deepen reform.")
    assert texts(found) == ["deepened reform", "deepening the reforms", "deepen reform"]


def test_flags_ask_for_exact_form_and_case() -> None:
    exact = matcher(Term("platform economy", Language.EN, flags=frozenset((MatchFlag.EXACT,))))
    assert texts(exact.english("platform economies and the Platform Economy")) == ["Platform Economy"]
    cased = matcher(Term("Outline", Language.EN, flags=frozenset((MatchFlag.CASE,))))
    assert texts(cased.english("an outline, the OUTLINE, the Outline")) == ["Outline"]


def test_never_inside_is_obeyed() -> None:
    terms = matcher(Term("gap pad", Language.EN, never_inside=("thermal gap pad",)))
    assert [match.span.start for match in terms.english("A thermal gap pad is no gap pad.")] == [24]


def test_an_abbreviation_in_a_line_of_capitals_is_only_a_word() -> None:
    assert matcher("US").english("PLEASE TELL US WHAT HAPPENED") == []
    assert texts(matcher("AI").english("AI ACTION PLAN")) == ["AI"]


def test_the_longest_owner_wins_and_inner_terms_are_told_on_request() -> None:
    terms = matcher("intellectual property", "intellectual property rights")
    text = "Intellectual property rights rest on intellectual property."
    assert texts(terms.english(text)) == ["Intellectual property rights", "intellectual property"]
    assert [match.nested for match in terms.english(text, nested=True)] == [False, True, False]


def test_a_long_text_is_searched_to_its_end_with_places_of_the_whole() -> None:
    text = "The plan was adopted. " * 8_000 + "Carbon neutrality by 2060."
    (match,) = matcher("carbon neutrality").english(text)
    assert match.span.of(text) == "Carbon neutrality"


def test_mixed_text_is_searched_in_both_languages_and_every_place_has_one_owner() -> None:
    terms = Matcher.of(
        Glossary.of(
            [
                Concept("ai", (Term("人工智能", Language.ZH_HANS), Term("AI", Language.EN))),
                Concept("chip", (Term("AI芯片", Language.ZH_HANS), Term("AI chip", Language.EN))),
            ]
        )
    )
    assert texts(terms.find("人工智能和AI芯片，即AI chips。")) == ["人工智能", "AI芯片", "AI chips"]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("opening up", "high-standard opening up to the world", ["opening up"]),
        ("opening up", "opening up a branch abroad", []),
        ("Party", "Party A shall pay Party B.", []),
        ("Party", "the Party leads", ["Party"]),
        ("market reform", "deepen market\nThe reform goes on", []),
        (
            "community with shared future",
            "Community With\nA Shared Future",
            ["Community With\nA Shared Future"],
        ),
        ("SEZ", "four SEZs were set up", ["SEZs"]),
        ("pilot zone", "the pilot's zone", []),
        ("pilot zone", "the pilot zone's firms", ["pilot zone"]),
    ],
)
def test_what_stands_around_and_between_the_words_is_heard(term: str, text: str, found: list[str]) -> None:
    matcher = Matcher.of(Glossary.of([Concept("c", (Term(term, Language.EN),))]))
    assert [match.text for match in matcher.english(text)] == found


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("greenhouse gas", "emissions of greenhouse gases", ["greenhouse gases"]),
        ("future industry", "a futures industry association", []),
        ("real estate market", "a real estate marketing agency", []),
        ("bylaw", "its charter and by-laws", ["by-laws"]),
        ("Basic Law", "the basic laws of physics", []),
        ("Basic Law", "the basic law of the region", ["basic law"]),
        ("Carbon Market", "carbon markets abroad", ["carbon markets"]),
        ("Five-Year Plan", "two five-year plans ago", ["five-year plans"]),
        ("Party member", "third-party member states", []),
        ("money laundering", "anti-money laundering rules", ["money laundering"]),
        ("PBOC", "the PBoC lowered its rate", ["PBoC"]),
        ("MPS", "the MPs voted", []),
        ("MOU", "two MoUs were signed", ["MoUs"]),
        ("Party", "Parties may agree otherwise.", []),
        ("Congress", "The Congresses of other parties", []),
        ("Renminbi", "renminbi-denominated bonds", ["renminbi"]),
    ],
)
def test_a_like_word_is_another_and_a_like_spelling_the_same(term: str, text: str, found: list[str]) -> None:
    assert texts(matcher(term).english(text)) == found
