"""Renderings in two places: what conjuncts share belongs to each of them."""

from __future__ import annotations

import pytest

from termbank.extraction import extract
from termbank.model.alignment import Alignment, Bead
from termbank.model.candidate import Occurrence
from termbank.services.lexicon_cache import lexicon


def answered(zh: str, en: str, term: str) -> Occurrence:
    (candidate,) = extract([zh], [en], Alignment((Bead((0,), (0,)),)), lexicon(), terms=[term])
    return candidate.occurrences[0]


@pytest.mark.parametrize(
    ("zh", "en", "term", "rendering"),
    [
        (
            "推进国家治理体系和治理能力现代化。",
            "We will modernize China's governance system and capacity.",
            "治理能力",
            "governance capacity",
        ),
        (
            "健全政治建设、文化建设、社会建设的制度。",
            "We will improve institutions for political, cultural, and social development.",
            "文化建设",
            "cultural development",
        ),
        (
            "增强道路自信、理论自信、制度自信。",
            "Strengthen confidence in the path, theory and system.",
            "理论自信",
            "confidence in theory",
        ),
    ],
)
def test_a_word_shared_by_conjuncts_belongs_to_the_rendering(
    zh: str, en: str, term: str, rendering: str
) -> None:
    place = answered(zh, en, term)
    assert place.en == rendering
    assert " ".join(part.of(en) for part in place.parts) == rendering
    assert place.span is not None
    assert (place.span.start, place.span.end) == (place.parts[0].start, place.parts[-1].end)


def test_the_conjunct_that_has_the_word_itself_is_one_stretch() -> None:
    place = answered(
        "健全政治建设、文化建设、社会建设的制度。",
        "We will improve institutions for political, cultural, and social development.",
        "社会建设",
    )
    assert (place.en, place.parts) == ("social development", ())


def test_conjuncts_that_repeat_the_word_share_nothing() -> None:
    place = answered(
        "完善社会保障体系和社会救助体系。",
        "Improve the social security system and the social assistance system.",
        "社会保障体系",
    )
    assert place.parts == ()


def test_an_abbreviation_shares_nothing_with_its_neighbour() -> None:
    place = answered("支持中小企业和初创企业。", "Support SMEs and start-up businesses.", "中小企业")
    assert place.parts == ()


def test_a_noun_in_the_plural_wants_no_other_noun() -> None:
    place = answered(
        "投资附属公司及联营公司。", "Investments in subsidiaries and joint ventures.", "附属公司"
    )
    assert place.parts == ()
