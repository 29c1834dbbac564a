"""A small bank with histories, a queue of candidates, and a person at the keyboard."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from termbank.model.candidate import Candidate, Evidence, Rendering
from termbank.model.concept import Attestation, Concept, Status, Term, TermType, sort_terms
from termbank.model.concept_facts import Description
from termbank.model.decision import Change, Decision
from termbank.model.document import Publisher, PublisherKind, Source
from termbank.model.language import Language
from termbank.model.records import concept_record, publisher_record, source_record
from termbank.model.span import Span
from termbank.services import settings
from termbank.services.bank_setup import Bank, create, open_bank
from termbank.services.lookup import look_up
from termbank.services.queue import queue
from termbank.tui.app import TermbankApp

NOW = "2026-03-05T08:00:00Z"
HANS, EN = Language.ZH_HANS, Language.EN
COUNCIL = Publisher("state-council", "State Council", PublisherKind.OFFICIAL)
XINHUA = Publisher("xinhua", "Xinhua News Agency", PublisherKind.STATE_MEDIA)
TIMES = Publisher("harbour-times", "Harbour Times", PublisherKind.PRESS)
REPORT = Source(
    "gwr-2024",
    "Report on the Work of the Government",
    COUNCIL,
    date="2024-03-05",
    url="https://example.org/gwr",
)
WIRE = Source("wire-2023", "Xi stresses new quality productive forces", XINHUA, date="2023-09")
OPINION = Source("opinion-2024", "What is new about productivity", TIMES, date="2024-06-11")
SPEECH_2013 = Source("speech-2013", "Speech at a diplomacy work conference", XINHUA, date="2013-10-25")
SPEECH_2018 = Source("speech-2018", "Speech in the General Assembly", XINHUA, date="2018-09-25")
COLUMN = Source("column-2022", "The words of diplomacy", TIMES, date="2022")
UNDATED = Source("list", "A list of terms", None, described=True)
SOURCES = (REPORT, WIRE, OPINION, SPEECH_2013, SPEECH_2018, COLUMN, UNDATED)


def seen(source: Source, quotation: str | None = None) -> Attestation:
    return Attestation(source, alongside=True, quotation=quotation)


def english(text: str, status: Status, *uses: Attestation, **more: object) -> Term:
    return Term(text, EN, status, attestations=tuple(uses), **more)  # type: ignore[arg-type]


CONCEPTS = (
    Concept(
        "new-quality-productive-forces",
        sort_terms(
            (
                Term("新质生产力", HANS, Status.PREFERRED),
                Term("新質生產力", Language.ZH_HANT, Status.PREFERRED),
                english(
                    "new quality productive forces",
                    Status.PREFERRED,
                    seen(
                        REPORT,
                        "We will step up efforts to develop new quality productive forces at a faster pace.",
                    ),
                    seen(WIRE),
                    since="2023-09",
                ),
                english("NQPFs", Status.ADMITTED, seen(OPINION), type=TermType.ABBREVIATION),
                english(
                    "new quality productivity",
                    Status.DEPRECATED,
                    seen(OPINION),
                    note="Productivity is 生产率; the concept is productive forces.",
                ),
            )
        ),
        "economy",
        definitions=(Description("Productive forces led by innovation."),),
    ),
    Concept(
        "community-with-a-shared-future",
        sort_terms(
            (
                Term("人类命运共同体", HANS, Status.PREFERRED),
                english(
                    "community with a shared future for mankind",
                    Status.PREFERRED,
                    seen(SPEECH_2018),
                    since="2018",
                ),
                english(
                    "community of common destiny for mankind",
                    Status.SUPERSEDED,
                    seen(SPEECH_2013),
                    seen(COLUMN),
                    seen(UNDATED),
                    until="2017",
                ),
            )
        ),
        "foreign-affairs",
    ),
    Concept(
        "belt-and-road-initiative",
        sort_terms(
            (
                Term("一带一路倡议", HANS, Status.PREFERRED),
                english("Belt and Road Initiative", Status.PREFERRED, seen(UNDATED)),
            )
        ),
        "foreign-affairs",
    ),
    Concept(
        "red-square", sort_terms((Term("赤字[bold]率[/bold]", HANS), Term("deficit [red]\x1b[31mratio", EN)))
    ),
    Concept("without-rendering", (Term("放管服", HANS, Status.PREFERRED),), "governance"),
)


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Decisions are dated and signed alike in every run."""
    monkeypatch.setattr(settings, "now", lambda: NOW)
    monkeypatch.setenv("TERMBANK_WHO", "lin")
    monkeypatch.setenv("TERMBANK_SESSION", "before")


def fill(bank: Bank) -> None:
    publishers = [Change("publisher", one.id, publisher_record(one)) for one in (COUNCIL, XINHUA, TIMES)]
    sources = [Change("source", one.id, source_record(one)) for one in SOURCES]
    concepts = [Change("concept", one.id, concept_record(one)) for one in CONCEPTS]
    bank.decide(Decision("import", "termbank", NOW, "a few concepts", (*publishers, *sources, *concepts)))


BankFiles = dict[str, tuple[Path, Path]]


@pytest.fixture(scope="session")
def bank_files(tmp_path_factory: pytest.TempPathFactory) -> BankFiles:
    """The two banks with their search indexes, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("made")
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TERMBANK_HOME", str(folder))
        for name, filling in (("empty", lambda _bank: None), ("small", fill)):
            place = folder / f"{name}.bank"
            create(place, filled=False)
            with open_bank(place) as opened:
                filling(opened)
                look_up(opened, "xzscl")
            found[name] = (place, settings.index_path(place))
    return found


def open_copy(bank_files: BankFiles, name: str, place: Path, *, read_only: bool = False) -> Bank:
    """A copy of a bank at a place of its own, its index beside the others."""
    bank, index = bank_files[name]
    shutil.copy(bank, place)
    copied = settings.index_path(place)
    copied.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(index, copied)
    return open_bank(place, read_only=read_only)


@pytest.fixture
def empty(bank_files: BankFiles, tmp_path: Path) -> Iterator[Bank]:
    """A bank without a concept."""
    with open_copy(bank_files, "empty", tmp_path / "empty.bank") as bank:
        yield bank


@pytest.fixture
def bank(bank_files: BankFiles, tmp_path: Path) -> Iterator[Bank]:
    """A bank of five concepts."""
    with open_copy(bank_files, "small", tmp_path / "small.bank") as bank:
        yield bank


def evidence(zh: str, zh_term: str, en: str, en_term: str) -> Evidence:
    """A sentence pair with the two terms marked."""
    start, at = zh.index(zh_term), en.index(en_term)
    return Evidence(zh, en, Span(start, start + len(zh_term)), Span(at, at + len(en_term)))


NEW_RENDERING = Candidate(
    "新质生产力",
    5,
    0.81,
    (
        Rendering("new quality productive forces", 3, 0.9, term="new quality productive forces"),
        Rendering("new-type productive forces", 2, 0.74),
    ),
    known="new-quality-productive-forces",
    evidence=(
        evidence(
            "要因地制宜发展新质生产力。",
            "新质生产力",
            "We should develop new-type productive forces in line with local conditions.",
            "new-type productive forces",
        ),
        evidence(
            "加快发展新质生产力。",
            "新质生产力",
            "Develop new quality productive forces faster.",
            "new quality productive forces",
        ),
    ),
)
NEW_TERM = Candidate(
    "未来产业",
    4,
    0.93,
    (Rendering("industries of the future", 3, 0.93), Rendering("future industries", 1, 0.61)),
    evidence=(
        evidence(
            "培育壮大新兴产业、超前布局建设未来产业。",
            "未来产业",
            "We will foster emerging industries and plan ahead for industries of the future.",
            "industries of the future",
        ),
    ),
)


def hundred() -> list[Candidate]:
    """A hundred candidates, no two alike."""
    digits = "零一二三四五六七八九"
    found = []
    for number in range(100):
        zh = f"第{digits[number // 10]}{digits[number % 10]}类试点"
        en = f"pilot zone of class {number}"
        pair = evidence(f"设立{zh}。", zh, f"Set up a {en}.", en)
        found.append(Candidate(zh, 2, 0.5 + number / 1000, (Rendering(en, 2, 0.8),), evidence=(pair,)))
    return found


@pytest.fixture
def queued(bank: Bank) -> Bank:
    """The small bank with two candidates waiting: one of them a new rendering of a known concept."""
    queue(bank, (NEW_TERM, NEW_RENDERING), OPINION)
    return bank


class Clock:
    """Seconds that pass only when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


RunApp = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


@pytest.fixture
def run_app(monkeypatch: pytest.MonkeyPatch) -> RunApp:
    """Run the interface on a bank: `async with run_app(bank) as pilot`."""

    @asynccontextmanager
    async def run(
        bank: Bank, size: tuple[int, int] = (80, 24), **options: object
    ) -> AsyncIterator[Pilot[None]]:
        app = TermbankApp(bank, **options)  # type: ignore[arg-type]
        monkeypatch.setenv("TERMBANK_SESSION", "this one")
        async with app.run_test(size=size) as pilot:
            await wait_until_idle(pilot)
            yield pilot  # type: ignore[misc]

    return run


async def wait_until_idle(pilot: Pilot[None]) -> None:
    """Wait until every search has been answered and drawn."""
    await pilot.pause(0)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause(0)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press_keys(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after another as soon as each has been handled, without waiting for a quiet machine."""
    for key in keys:
        character = {"space": " "}.get(key, key if len(key) == 1 else None)
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        pilot.app.post_message(events.Key(name, character))
        await pilot.pause(0)
        await pilot.pause(0)


async def write(pilot: Pilot[None], text: str) -> None:
    """Type a text, a key a character."""
    await press_keys(pilot, *("space" if char == " " else char for char in text))
    await wait_until_idle(pilot)


def screen_text(pilot: Pilot[None]) -> str:
    """What is on the screen, line by line, as a terminal without colours shows it."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def notifications(pilot: Pilot[None]) -> str:
    """The messages that were shown for a moment."""
    return "\n".join(note.message for note in pilot.app._notifications)
