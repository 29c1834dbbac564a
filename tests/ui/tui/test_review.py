"""The queue is worked through at a key or two a candidate."""

from __future__ import annotations

from textual.pilot import Pilot

from termbank.model.concept import Status
from termbank.services.bank_setup import Bank
from termbank.services.queue import Standing, candidates, queue
from termbank.services.review import accept
from termbank.tui.screens.review import ReviewScreen

from .conftest import (
    NEW_RENDERING,
    NEW_TERM,
    OPINION,
    Clock,
    RunApp,
    hundred,
    notifications,
    press_keys,
    screen_text,
    wait_until_idle,
)

FORCES = "new-quality-productive-forces"


def standing(bank: Bank) -> dict[str, Standing]:
    return {one.zh: one.standing for standing in Standing for one in candidates(bank, standing)}


class Fingers:
    """A pilot that counts the keys."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot
        self.pressed = 0

    async def press(self, *keys: str) -> None:
        self.pressed += len(keys)
        await press_keys(self.pilot, *keys)


async def test_a_hundred_candidates_take_at_most_250_keys(bank: Bank, run_app: RunApp) -> None:
    queue(bank, hundred(), OPINION)
    clock = Clock()
    async with run_app(bank, clock=clock) as pilot:
        fingers = Fingers(pilot)
        await fingers.press("f2")
        for number in range(100):
            clock.now += 6
            match number % 5:
                case 0 | 1:
                    await fingers.press("a")
                case 2:
                    await fingers.press("r", "2")
                case 3:
                    await fingers.press("s", "3")
                case _:
                    await fingers.press("v", "enter")
        assert "100 of 100 decided · 10 per minute" in screen_text(pilot)
        assert "The queue is empty" in screen_text(pilot)
    assert fingers.pressed <= 250
    found = standing(bank)
    assert sum(one is Standing.REJECTED for one in found.values()) == 20
    assert sum(one is Standing.ACCEPTED for one in found.values()) == 80


async def test_a_new_rendering_of_a_known_concept_comes_first_with_its_evidence(
    queued: Bank, run_app: RunApp
) -> None:
    async with run_app(queued, review=True) as pilot:
        text = screen_text(pilot)
    for words in (
        "0 of 2 decided",
        "新质生产力  seen 5×, 81 % likely a term",
        "in the bank: new quality productive forces (preferred)",
        "new-type productive forces",
        "Harbour Times 2024",
        "in the bank: preferred",
        "要因地制宜发展新质生产力。",
        "We should develop new-type productive forces in line with local conditions.",
        "— Harbour Times, 2024-06-11: What is new about productivity",
    ):
        assert words in text, words
    assert text.index("new-type productive forces") < text.index("in the bank: preferred")


async def test_accepting_writes_the_term_and_its_attestation(queued: Bank, run_app: RunApp) -> None:
    async with run_app(queued, review=True) as pilot:
        await press_keys(pilot, "a")
        assert "1 of 2 decided" in screen_text(pilot)
        assert "未来产业" in screen_text(pilot), "the next one is there at once"
    new = next(t for t in queued.concept(FORCES).english if t.text == "new-type productive forces")
    assert new.status is Status.ADMITTED
    assert [a.source.id for a in new.attestations] == [OPINION.id]


async def test_digits_choose_and_space_marks_several(queued: Bank, run_app: RunApp) -> None:
    async with run_app(queued, review=True) as pilot:
        await press_keys(pilot, "n", "2", "e")
        assert pilot.app.screen.query_one("Input").value == "future industries"  # type: ignore[attr-defined]
        await press_keys(pilot, "escape", "space", "1", "space", "a")
        await wait_until_idle(pilot)
    accepted = next(one for one in candidates(queued, Standing.ACCEPTED))
    assert accepted.known is not None
    terms = [t.text for t in queued.concept(accepted.known).english]
    assert sorted(terms) == ["future industries", "industries of the future"]


async def test_a_rendering_is_edited_then_accepted(queued: Bank, run_app: RunApp) -> None:
    async with run_app(queued, review=True) as pilot:
        await press_keys(pilot, "n", "e", "home", *"key", "space", "enter")
        await wait_until_idle(pilot)
    (done,) = candidates(queued, Standing.ACCEPTED)
    assert [t.text for t in queued.concept(done.known or "").english] == ["key industries of the future"]


async def test_the_chinese_is_corrected_before_accepting(queued: Bank, run_app: RunApp) -> None:
    async with run_app(queued, review=True) as pilot:
        await press_keys(pilot, "n", "c", "home", "新", "enter", "a")
        await wait_until_idle(pilot)
    (done,) = candidates(queued, Standing.ACCEPTED)
    assert queued.concept(done.known or "").headword == "新未来产业"


async def test_it_is_added_as_a_variant_of_a_concept_looked_for(queued: Bank, run_app: RunApp) -> None:
    async with run_app(queued, review=True) as pilot:
        await press_keys(pilot, "n", "v", *"yidaiyilu")
        await wait_until_idle(pilot)
        assert "Belt and Road Initiative" in screen_text(pilot)
        await press_keys(pilot, "enter")
        await wait_until_idle(pilot)
    grown = queued.concept("belt-and-road-initiative")
    assert "industries of the future" in [t.text for t in grown.english]


async def test_a_reason_of_ones_own_is_kept(queued: Bank, run_app: RunApp) -> None:
    async with run_app(queued, review=True) as pilot:
        await press_keys(pilot, "n", "r", "6", *"slogan", "enter")
        await wait_until_idle(pilot)
    (rejected,) = candidates(queued, Standing.REJECTED)
    assert (rejected.zh, rejected.reason) == ("未来产业", "slogan")


async def test_one_rendering_is_rejected_and_the_rest_still_waits(queued: Bank, run_app: RunApp) -> None:
    async with run_app(queued, review=True) as pilot:
        await press_keys(pilot, "n", "2", "x", "3")
        await wait_until_idle(pilot)
        assert "future industries" not in screen_text(pilot)
        assert "industries of the future" in screen_text(pilot)
        await press_keys(pilot, "x", "1")
        await wait_until_idle(pilot)
        assert "1 of 2 decided" in screen_text(pilot)
    assert standing(queued)["未来产业"] is Standing.REJECTED


async def test_what_is_put_off_comes_last(queued: Bank, run_app: RunApp) -> None:
    async with run_app(queued, review=True) as pilot:
        await press_keys(pilot, "d")
        assert "1 deferred" in screen_text(pilot)
        assert screen_text(pilot).splitlines()[1].startswith(" 未来产业")
        await press_keys(pilot, "d", "d", "d")
        assert "0 of 2 decided · 2 deferred" in screen_text(pilot)


async def test_undo_brings_the_candidate_back_before_the_person(queued: Bank, run_app: RunApp) -> None:
    before = {one.id: one for one in queued.glossary()}
    async with run_app(queued, review=True) as pilot:
        await press_keys(pilot, "a", "r", "1", "d")
        assert "2 of 2 decided" in screen_text(pilot)
        await press_keys(pilot, "u")
        assert screen_text(pilot).splitlines()[1].startswith(" 未来产业")
        await press_keys(pilot, "u")
        assert screen_text(pilot).splitlines()[1].startswith(" 新质生产力")
        assert "0 of 2 decided" in screen_text(pilot)
        await press_keys(pilot, "u")
        await wait_until_idle(pilot)
        assert "there is nothing left to undo in this session." in notifications(pilot)
        await press_keys(pilot, "ctrl+r")
        await wait_until_idle(pilot)
        assert "1 of 2 decided" in screen_text(pilot)
        await press_keys(pilot, "u")
    assert {one.id: one for one in queued.glossary()} == before


async def test_what_someone_else_has_decided_is_said_and_passed_over(queued: Bank, run_app: RunApp) -> None:
    async with run_app(queued, review=True) as pilot:
        accept(queued, candidates(queued)[0].id)
        await press_keys(pilot, "a")
        await wait_until_idle(pilot)
        assert "has been accepted already" in notifications(pilot)
        assert screen_text(pilot).splitlines()[1].startswith(" 未来产业")


async def test_an_empty_queue_says_what_fills_it(bank: Bank, run_app: RunApp) -> None:
    async with run_app(bank) as pilot:
        await press_keys(pilot, "f2")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert "`termbank extract ZH EN --queue`" in screen_text(pilot)
        await press_keys(pilot, "escape")
        assert not isinstance(pilot.app.screen, ReviewScreen)
        await press_keys(pilot, "f2", "f2")
        assert not isinstance(pilot.app.screen, ReviewScreen)


async def test_a_candidate_without_a_rendering_asks_for_one(bank: Bank, run_app: RunApp) -> None:
    from dataclasses import replace

    queue(bank, [replace(NEW_TERM, renderings=(), evidence=())], OPINION)
    async with run_app(bank, review=True) as pilot:
        await press_keys(pilot, "a")
        await wait_until_idle(pilot)
        assert "has no English rendering to accept. Write one." in notifications(pilot)
        await press_keys(pilot, "e", *"future", "enter")
        await wait_until_idle(pilot)
        assert "1 of 1 decided" in screen_text(pilot)


async def test_markup_in_evidence_is_text(bank: Bank, run_app: RunApp) -> None:
    from dataclasses import replace

    odd = replace(NEW_RENDERING.evidence[0], en="[red]We\x1b]0;x\x07 [/red] develop it [")
    queue(bank, [replace(NEW_RENDERING, evidence=(replace(odd, en_span=None),))], OPINION)
    async with run_app(bank, review=True) as pilot:
        assert "[red]We\\x1b]0;x\\x07 [/red] develop it [" in screen_text(pilot)
