"""What was written on a day is read off dated evidence, and said to be unknown where that is too thin."""

from __future__ import annotations

from termbank.model.concept import Attestation, Concept, Status, Term
from termbank.model.document import Publisher, PublisherKind, Source
from termbank.model.language import Language
from termbank.surveying.usage import usage

MFA = Publisher("mfa", "Ministry of Foreign Affairs", PublisherKind.OFFICIAL)
PAPER = Publisher("paper", "A newspaper", PublisherKind.PRESS)


def use(publisher: Publisher, date: str | None) -> Attestation:
    return Attestation(Source(f"{publisher.id}-{date}", "A speech", publisher, date=date))


def english(
    text: str, status: Status, *uses: Attestation, since: str | None = None, until: str | None = None
) -> Term:
    return Term(text, Language.EN, status, since=since, until=until, attestations=uses)


def concept(*terms: Term) -> Concept:
    return Concept("shared-future", (Term("人类命运共同体", Language.ZH_HANS, Status.PREFERRED), *terms))


OLD = english(
    "community of common destiny", Status.SUPERSEDED, use(MFA, "2015-03"), use(PAPER, "2019-06"), until="2017"
)
NEW = english(
    "community with a shared future for mankind", Status.PREFERRED, use(MFA, "2018-01"), since="2017-10"
)


def everything(_use: Attestation) -> bool:
    return True


def test_the_period_of_a_status_answers_for_a_day() -> None:
    for day, text in (("2013", OLD.text), ("2018-06", NEW.text), ("2024", NEW.text)):
        answer = usage(concept(NEW, OLD), everything, day).as_of
        assert answer is not None
        assert [term.text for term in answer.terms] == [text]


def test_who_still_used_the_older_one_is_named() -> None:
    answer = usage(concept(NEW, OLD), everything, "2020").as_of
    assert answer is not None
    assert [(term.text, seen.date) for term, seen in answer.lagging] == [(OLD.text, "2019-06")]


def test_without_periods_the_last_authority_before_the_day_answers() -> None:
    early = english("east data west computing", Status.PROPOSED, use(MFA, "2021-05"))
    late = english("East Data, West Computing", Status.PROPOSED, use(MFA, "2023-02"), use(PAPER, "2021-12"))
    for day, text in (("2022", early.text), ("2023-03", late.text)):
        answer = usage(concept(early, late), everything, day).as_of
        assert answer is not None
        assert [term.text for term in answer.terms] == [text]


def test_a_rendering_whose_time_was_over_does_not_answer() -> None:
    """The newer one is known to the year alone, and comes after the older one all the same."""
    newer = english("community with a shared future", Status.ADMITTED, use(MFA, "2017"))
    older = english("community of common destiny", Status.SUPERSEDED, use(MFA, "2017-01-15"), until="2017")
    answer = usage(concept(newer, older), everything, "2018").as_of
    assert answer is not None
    assert [term.text for term in answer.terms] == [newer.text]


def test_thin_evidence_gives_no_answer() -> None:
    undated = english("NQPF", Status.PROPOSED, use(MFA, None))
    pressed = english("new productivity", Status.PROPOSED, use(PAPER, "2023-02"))
    answer = usage(concept(undated, pressed), everything, "2024").as_of
    assert answer is not None
    assert answer.terms == ()
    assert "no answer" in answer.grounds


def test_a_year_that_may_reach_past_the_day_does_not_speak() -> None:
    term = english("new infrastructure", Status.PROPOSED, use(MFA, "2020"))
    answer = usage(concept(term), everything, "2020-03").as_of
    assert answer is not None
    assert answer.terms == ()


def test_uses_are_counted_by_publisher_and_year() -> None:
    (old,) = usage(concept(OLD), everything).renderings
    assert old.years == ((2015, 1), (2019, 1))
    assert {(p.publisher, p.count) for p in old.publishers} == {(MFA.name, 1), (PAPER.name, 1)}
    assert (old.first, old.last) == ("2015-03", "2019-06")


def test_the_grounds_name_the_period_and_the_nearest_dated_use() -> None:
    for day, said in (("2013", "until 2017"), ("2013", "2015-03"), ("2024", "2018-01")):
        answer = usage(concept(NEW, OLD), everything, day).as_of
        assert answer is not None
        assert said in answer.grounds


def test_a_period_that_no_dated_use_bears_out_is_said_to_be_so() -> None:
    bare = english("One Belt, One Road", Status.SUPERSEDED, use(MFA, None), until="2015-09")
    answer = usage(concept(bare), everything, "2014").as_of
    assert answer is not None
    assert [term.text for term in answer.terms] == [bare.text]
    assert "no official or state-media use counted is dated" in answer.grounds


def test_others_used_shortly_before_are_told_apart_from_those_out_of_date() -> None:
    other = english("human community", Status.ADMITTED, use(PAPER, "2019-07"), use(PAPER, "2012"))
    answer = usage(concept(NEW, OLD, other), everything, "2020").as_of
    assert answer is not None
    assert [(term.text, seen.date) for term, seen in answer.beside] == [(other.text, "2019-07")]
    assert [term.text for term, _ in answer.lagging] == [OLD.text]


def test_a_period_without_a_beginning_gives_way_to_one_that_authorities_bear_out() -> None:
    well_off = english("well-off society", Status.SUPERSEDED, use(MFA, "2017-07"), until="2017")
    shown = english("moderately prosperous society", Status.ADMITTED, use(MFA, "2012-11"), since="2007-10")
    answer = usage(concept(well_off, shown), everything, "2013").as_of
    assert answer is not None
    assert [term.text for term in answer.terms] == [shown.text]


def test_of_two_periods_the_one_that_authorities_used_near_the_day_answers() -> None:
    one = english("in an all-round way", Status.SUPERSEDED, use(MFA, "2002-11"), since="2002", until="2012")
    two = english("in all respects", Status.ADMITTED, use(MFA, "2012-11"), since="2007-10")
    for day, text in (("2004", one.text), ("2012", two.text)):
        answer = usage(concept(one, two), everything, day).as_of
        assert answer is not None
        assert [term.text for term in answer.terms] == [text]
