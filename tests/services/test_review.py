"""The queue: what comes in, what a decision writes, and that a rejected pair stays away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from termbank.model.candidate import Candidate, Evidence, Rendering
from termbank.model.concept import Status
from termbank.model.document import Publisher, PublisherKind, Source
from termbank.model.errors import ConflictError, NotFoundError, TermbankError
from termbank.model.language import Language
from termbank.model.span import Span
from termbank.services.bank_setup import Bank
from termbank.services.lookup import look_up
from termbank.services.queue import QueuedCandidate, Standing, candidate_records, candidates, progress, queue
from termbank.services.review import accept, defer, reject
from termbank.services.undo import undo

DAILY = Publisher("china-daily", "China Daily", PublisherKind.STATE_MEDIA)
FIRST = Source("china-daily-2025-08", "AI Plus initiative explained", DAILY, date="2025-08-27")
SECOND = Source("china-daily-2025-09", "How AI Plus changes factories", DAILY, date="2025-09-02")

ZH, EN = "推动智能体等广泛应用。", "The wide application of intelligent agents will be promoted."


def found(
    zh: str, *renderings: tuple[str, int], known: str | None = None, term: str | None = None
) -> Candidate:
    made = tuple(
        Rendering(text, count, 0.9 - 0.1 * number, (text,), term)
        for number, (text, count) in enumerate(renderings)
    )
    at = EN.find(renderings[0][0]) if renderings else -1
    evidence = Evidence(ZH, EN, Span(2, 5), Span(at, at + len(renderings[0][0])) if at >= 0 else None)
    return Candidate(zh, sum(count for _, count in renderings), 0.8, made, (), known, (evidence,))


AGENTS = found("智能体", ("intelligent agents", 3), ("agents", 1))


def only(bank: Bank) -> QueuedCandidate:
    (one,) = candidates(bank)
    return one


def test_what_is_found_waits_with_its_evidence(bank: Bank) -> None:
    said = str(queue(bank, [AGENTS], FIRST))
    assert said == "Queued 1 candidate."
    waiting = only(bank)
    assert (waiting.zh, waiting.count, waiting.standing) == ("智能体", 4, Standing.WAITING)
    assert [(r.text, r.count) for r in waiting.renderings] == [("intelligent agents", 3), ("agents", 1)]
    assert waiting.evidence[0].source == FIRST.id
    assert bank.source(FIRST.id) == FIRST


def test_a_rendering_in_two_places_is_attested_with_its_sentence(bank: Bank) -> None:
    zh, en = "推进国家治理体系和治理能力现代化。", "Modernize China’s governance system and capacity."
    places = tuple(Span(en.index(word), en.index(word) + len(word)) for word in ("governance", "capacity"))
    evidence = Evidence(zh, en, Span(9, 13), Span(places[0].start, places[1].end), None, places)
    assert evidence.rendering == "governance capacity"
    parted = Candidate("治理能力", 1, 0.8, (Rendering("governance capacity", 1, 0.9),), (), None, (evidence,))
    queue(bank, [parted], FIRST)
    waiting = only(bank)
    assert waiting.evidence[0].en_spans == places
    accept(bank, waiting.id)
    (concept,) = (hit.concept for hit in look_up(bank, "治理能力") if hit.how != "near")
    assert concept.english[0].attestations[0].quotation == en


def test_queueing_the_same_document_again_changes_nothing(bank: Bank) -> None:
    queue(bank, [AGENTS], FIRST)
    assert queue(bank, [AGENTS], FIRST).decision == 0


def test_another_document_adds_its_evidence(bank: Bank) -> None:
    queue(bank, [AGENTS], FIRST)
    outcome = queue(bank, [found("智能体", ("Intelligent Agents", 2))], SECOND)
    assert (outcome.new, outcome.grown) == (0, 1)
    assert only(bank).renderings[0].seen == ((FIRST.id, 3), (SECOND.id, 2))


def test_accepting_writes_terms_and_attestations(bank: Bank) -> None:
    queue(bank, [AGENTS], FIRST)
    taken = accept(bank, only(bank).id)
    assert taken.act == "accept"
    concept = bank.concept("intelligent-agents")
    assert [(t.text, t.language, t.status) for t in concept.terms] == [
        ("智能体", Language.ZH_HANS, Status.PREFERRED),
        ("intelligent agents", Language.EN, Status.PREFERRED),
    ]
    (attestation,) = concept.english[0].attestations
    assert (attestation.source, attestation.alongside, attestation.quotation) == (FIRST, True, EN)
    assert candidates(bank) == ()
    assert look_up(bank, "zhinengti")[0].concept == concept


def test_accepting_with_a_chosen_status_and_an_edited_text(bank: Bank) -> None:
    queue(bank, [AGENTS], FIRST)
    accept(
        bank,
        only(bank).id,
        renderings=["AI agent", "intelligent agents"],
        status=Status.PROPOSED,
        subject="technology",
    )
    concept = bank.concept("ai-agent")
    assert concept.subject == "technology"
    assert {(t.text, t.status, len(t.attestations)) for t in concept.english} == {
        ("AI agent", Status.PROPOSED, 0),
        ("intelligent agents", Status.PROPOSED, 1),
    }


def test_a_new_rendering_of_a_known_concept_comes_first_and_becomes_a_variant(bank: Bank) -> None:
    known = found("新质生产力", ("new quality productivity", 2), known="new-quality-productive-forces")
    queue(bank, [replace(AGENTS, score=0.99), known], FIRST)
    first = candidates(bank)[0]
    assert first.zh == "新质生产力"
    accept(bank, first.id)
    concept = bank.concept("new-quality-productive-forces")
    assert [(t.text, t.status) for t in concept.english] == [
        ("new quality productive forces", Status.PREFERRED),
        ("new quality productivity", Status.ADMITTED),
    ]
    assert len(concept.english[0].attestations) == 1


def test_a_new_rendering_that_is_hardly_likely_waits_among_the_rest(bank: Bank) -> None:
    doubtful = found("新质生产力", ("new quality", 1), known="new-quality-productive-forces")
    doubtful = replace(
        doubtful, score=0.2, renderings=tuple(replace(r, score=0.1) for r in doubtful.renderings)
    )
    queue(bank, [replace(AGENTS, score=0.9), doubtful], FIRST)
    first = candidates(bank)[0]
    assert first.zh == AGENTS.zh


def test_a_candidate_becomes_a_variant_of_the_concept_one_names(bank: Bank) -> None:
    queue(bank, [found("小康", ("moderate prosperity", 1))], FIRST)
    accept(bank, "小康", concept="xiaokang", status=Status.DEPRECATED)
    concept = bank.concept("xiaokang")
    assert [t.text for t in concept.chinese] == ["小康社会", "小康"]
    assert concept.english[-1].status is Status.DEPRECATED
    queue(bank, [found("小康", ("well-off life", 1), known="xiaokang")], SECOND)
    accept(bank, "小康", concept="new")
    assert bank.concept("well-off-life").chinese[0].text == "小康"


def test_preferring_an_accepted_variant_leaves_one_preferred(bank: Bank) -> None:
    queue(bank, [found("小康社会", ("well-off society", 1), known="xiaokang")], FIRST)
    accept(bank, "小康社会", status=Status.PREFERRED)
    assert [(t.text, t.status) for t in bank.concept("xiaokang").english] == [
        ("well-off society", Status.PREFERRED),
        ("moderately prosperous society", Status.ADMITTED),
    ]


def test_what_the_bank_knows_whole_is_not_queued(bank: Bank) -> None:
    known = found(
        "新质生产力",
        ("new quality productive forces", 5),
        known="new-quality-productive-forces",
        term="new quality productive forces",
    )
    assert queue(bank, [known], FIRST).known == 1
    assert candidates(bank) == ()


def test_a_rejected_pair_returns_only_grown_and_asked_for(bank: Bank) -> None:
    queue(bank, [AGENTS], FIRST)
    reject(bank, only(bank).id, "too general")
    assert candidates(bank) == ()
    assert candidates(bank, Standing.REJECTED)[0].renderings[0].reason == "too general"
    assert queue(bank, [AGENTS], FIRST, again=True).new == 0
    assert queue(bank, [AGENTS], SECOND).rejected == 1
    assert candidates(bank) == ()
    assert queue(bank, [AGENTS], SECOND, again=True).new == 1
    assert only(bank).renderings[0].rejected is None


def test_a_new_rendering_of_a_rejected_term_is_shown_without_the_rejected_one(bank: Bank) -> None:
    queue(bank, [AGENTS], FIRST)
    reject(bank, only(bank).id, "wrong boundary")
    queue(bank, [found("智能体", ("AI agents", 2), ("intelligent agents", 1))], SECOND)
    assert [r.text for r in only(bank).open_renderings] == ["AI agents"]
    accept(bank, "智能体")
    assert [t.text for t in bank.concept("ai-agents").english] == ["AI agents"]


def test_one_rendering_of_several_can_be_rejected(bank: Bank) -> None:
    queue(bank, [AGENTS], FIRST)
    reject(bank, only(bank).id, "too short", renderings=["Agents"])
    assert [r.text for r in only(bank).open_renderings] == ["intelligent agents"]
    with pytest.raises(NotFoundError, match="no such rendering"):
        reject(bank, only(bank).id, "x", renderings=["robots"])


def test_the_deferred_come_last_and_progress_is_told(bank: Bank) -> None:
    queue(
        bank, [AGENTS, found("算力", ("computing power", 2)), found("数据要素", ("data elements", 1))], FIRST
    )
    first = candidates(bank)[0]
    defer(bank, first.id, "ask Wang")
    order = candidates(bank)
    assert (order[-1].id, order[-1].standing, order[-1].reason) == (first.id, Standing.DEFERRED, "ask Wang")
    accept(bank, order[0].id)
    reject(bank, order[1].id, "no term")
    told = progress(bank)
    assert (told.waiting, told.deferred, told.accepted, told.rejected, told.total) == (0, 1, 1, 1, 3)


def test_undo_brings_a_candidate_back_and_takes_its_concept_away(bank: Bank) -> None:
    queue(bank, [AGENTS], FIRST)
    before = bank.things()
    accept(bank, only(bank).id)
    undo(bank)
    assert bank.things() == before
    assert only(bank).standing is Standing.WAITING
    assert [hit.concept.id for hit in look_up(bank, "智能体") if hit.how != "near"] == []


def test_deciding_twice_is_refused(bank: Bank) -> None:
    queue(bank, [AGENTS], FIRST)
    id = only(bank).id
    accept(bank, id)
    with pytest.raises(ConflictError, match="accepted already"):
        reject(bank, id, "too late")


def test_a_candidate_without_a_rendering_needs_one_written(bank: Bank) -> None:
    queue(bank, [Candidate("智能体", 2, 0.5)], FIRST)
    with pytest.raises(TermbankError, match="no English rendering"):
        accept(bank, "智能体")
    accept(bank, "智能体", renderings=["AI agent"])
    assert bank.concept("ai-agent").headword == "智能体"


def test_ids_stay_readable_and_apart(bank: Bank) -> None:
    queue(bank, [found("新质", ("new quality productive forces", 1))], FIRST)
    accept(bank, "新质", concept="new")
    assert bank.concept("new-quality-productive-forces-2").chinese[0].text == "新质"


def test_traditional_terms_are_kept_as_such(bank: Bank) -> None:
    queue(bank, [found("積體電路產業", ("integrated circuit industry", 1))], FIRST)
    accept(bank, "積體電路產業")
    assert bank.concept("integrated-circuit-industry").chinese[0].language is not Language.ZH_HANS


def test_a_candidate_in_the_queue_tells_where_it_comes_from_and_what_makes_it_likely(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERMBANK_WHO", "wang")
    features = (("capital", 0.5), ("sure", 0.9))
    found = Candidate("低空经济", 2, 0.8, (Rendering("low-altitude economy", 2, 0.9),), features=features)
    queue(bank, [found], Source("a-report", "A report"))
    monkeypatch.setenv("TERMBANK_WHO", "lin")
    queue(bank, [replace(found, count=3, score=0.7, features=())], Source("another", "Another report"))
    (record,) = candidate_records(bank, candidates(bank))
    assert (record["origin"], record["proposer"], record["state"]) == ("extraction", "wang", "waiting")
    assert record["seen"] == {"a-report": 2, "another": 3}
    assert record["features"] == dict(features)
    assert record["version"] == bank.latest
