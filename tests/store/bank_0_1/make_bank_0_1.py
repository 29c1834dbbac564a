"""Make a small bank with termbank 0.1, for tests of later versions that take it over.

Run it with the Python of a termbank 0.1:  python make_bank_0_1.py [FOLDER]

It writes `bank-0.1.sqlite.gz` (the bank, closed, in one file) and `bank-0.1.expected.json` (what the bank
says now and said after each decision) into FOLDER, by default this script's own. Everything is done
as two people would, through the command line, or as the interface does it, through the services.
The concepts and texts were written for this; the houses called “Sample …” and the two people are
invented. Two document pairs are 0.1's own sample corpus. Decision 1 stands for the shipped glossaries:
it is signed “termbank” as theirs is, but holds five concepts rather than 1,900.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

from termbank.core.candidate import Candidate, Evidence, Rendering
from termbank.core.concept import Concept, Status, Term, TermType, ordered
from termbank.core.decision import Change, Decision
from termbank.core.language import Language
from termbank.core.record import concept_record, publisher_record, source_record
from termbank.core.span import Span
from termbank.formats.toml_pack import read
from termbank.store.bodies import KINDS, canonical

import termbank
from termbank.cli.app import run
from termbank.services import bank as banks
from termbank.services import corpus, editing, history, settings
from termbank.services import queue as queues
from termbank.services.queue import Standing
from termbank.store.bank import Bank
from termbank.store.history import broken_seal, decision_numbered, replay
from termbank.store.migrations import MIGRATIONS

LIN, MARTA = "林薇 Lin Wei", "Marta O'Brien"
BANK = "bank.sqlite"

# -- what the people have at hand --------------------------------------------------------------

SHIPPED = """
schema = 1

[[publisher]]
id = "sample-translation-office"
name = "Sample Official Translation Office"
kind = "official"
language = "en"
aliases = ["SOTO", "样本官方翻译处"]

[[publisher]]
id = "sample-news-agency"
name = "Sample News Agency"
kind = "state media"
language = "en"

[[publisher]]
id = "sample-reference"
name = "Sample Book of Terms"
kind = "reference"

[[source]]
id = "sample-book-2023"
title = "Sample Book of Terms, third printing"
publisher = "sample-reference"
date = "2023"

[[source]]
id = "sample-news-2024-two-sessions"
title = "What to watch at the “two sessions”"
publisher = "sample-news-agency"
date = "2024-03-04"
language = "en"
url = "https://example.org/news/two-sessions"

[[source]]
id = "sample-office-2024-report"
title = "Sample report on the work of a government"
publisher = "sample-translation-office"
date = "2024-03"
language = "en"

[[concept]]
id = "carbon-neutrality"
subject = "environment"
related = ["carbon-peaking"]
[[concept.term]]
language = "zh-Hans"
text = "碳中和"
status = "preferred"
[[concept.term]]
language = "en"
text = "carbon neutrality"
status = "preferred"
attestations = [
  { source = "sample-book-2023" },
  { source = "sample-office-2024-report", alongside = true, quote = "… work toward carbon neutrality …" },
]

[[concept]]
id = "carbon-peaking"
subject = "environment"
note = "Before 2030."
related = ["carbon-neutrality"]
[[concept.term]]
language = "zh-Hans"
text = "碳达峰"
status = "preferred"
grammar = "clause"
[[concept.term]]
language = "en"
text = "carbon peaking"
status = "preferred"
[[concept.term]]
language = "en"
text = "peak carbon dioxide emissions"
status = "admitted"
grammar = "verb phrase"
attestations = [{ source = "sample-book-2023", date = "2022-07" }]

[[concept]]
id = "common-prosperity"
subject = "economy"
[[concept.term]]
language = "zh-Hans"
text = "共同富裕"
status = "preferred"
[[concept.term]]
language = "en"
text = "common prosperity"
status = "preferred"
since = "2021"
attestations = [{ source = "sample-office-2024-report", alongside = true }]
[[concept.term]]
language = "en"
text = "prosperity for all"
status = "superseded"
since = "2018"
until = "2021-08-17"

[[concept]]
id = "greater-bay-area"
subject = "regions"
[[concept.term]]
language = "zh-Hans"
text = "粤港澳大湾区"
status = "preferred"
[[concept.term]]
language = "zh-Hans"
text = "大湾区"
status = "admitted"
type = "short form"
[[concept.term]]
language = "zh-Hant"
text = "粵港澳大灣區"
status = "preferred"
[[concept.term]]
language = "zh-HK"
text = "大灣區"
status = "admitted"
type = "short form"
[[concept.term]]
language = "en"
text = "Guangdong-Hong Kong-Macao Greater Bay Area"
status = "preferred"
attestations = [{ source = "sample-book-2023" }]
[[concept.term]]
language = "en"
text = "Greater Bay Area"
status = "admitted"
type = "short form"
[[concept.term]]
language = "en"
text = "GBA"
status = "admitted"
type = "abbreviation"
match = ["case"]

[[concept]]
id = "new-quality-productive-forces"
subject = "economy"
definition = "Productivity that grows out of new science and technology rather than more land, labour and capital."
note = "Said first in September 2023."
related = ["artificial-intelligence-plus", "digital-economy"]
[[concept.term]]
language = "zh-Hans"
text = "新质生产力"
status = "preferred"
since = "2023-09"
attestations = [{ source = "sample-news-2024-two-sessions", alongside = true }]
[[concept.term]]
language = "zh-Hant"
text = "新質生產力"
status = "preferred"
[[concept.term]]
language = "en"
text = "new quality productive forces"
status = "preferred"
since = "2024-03-05"
attestations = [
  { source = "sample-news-2024-two-sessions", alongside = true, quote = "“new quality productive forces” are on every lip", start = 12, end = 41 },
  { source = "sample-office-2024-report", alongside = true, copy = true },
]
[[concept.term]]
language = "en"
text = "new productive forces"
status = "admitted"
type = "variant"
[[concept.term]]
language = "en"
text = "new quality productivity"
status = "deprecated"
note = "“Quality” reads as an adjective here; it is 质, not 优质."
[[concept.term]]
language = "en"
text = "NQPF"
status = "proposed"
type = "abbreviation"
match = ["case", "exact"]
"""

OWN = """
schema = 1
pack = "house"
title = "The house's own list"

[[publisher]]
id = "sample-law-firm"
name = "Sample Law Firm"
kind = "law firm"
language = "en"

[[publisher]]
id = "sample-university"
name = "Sample University"
kind = "academic"

[[publisher]]
id = "sample-institute"
name = "Sample Policy Institute"
kind = "think tank"

[[publisher]]
id = "sample-gazette"
name = "Sample Gazette"
kind = "press"

[[publisher]]
id = "sample-study-list"
name = "Sample Study List"
kind = "study list"

[[publisher]]
id = "sample-copies"
name = "Sample Copies"
kind = "machine-like copy"

[[publisher]]
id = "sample-unknown"
name = "Someone's Pages"

[[source]]
id = "sample-copies-2025"
title = "A page that repeats others"
publisher = "sample-copies"
date = "2025-01-31"
described = true

[[source]]
id = "sample-gazette-1998"
title = "Lifts for old estates"
publisher = "sample-gazette"
date = "1998-11"

[[source]]
id = "sample-handout"
title = "讲义：术语二十条"
kind = "study list"
language = "zh"

[[source]]
id = "sample-law-firm-2025"
title = "Client note on data and the “AI Plus” Initiative"
publisher = "sample-law-firm"
date = "2025-09-22"
language = "en"
url = "https://example.org/notes/ai?lang=en&no=7"

[[source]]
id = "sample-university-2020"
title = "On rendering set phrases"
publisher = "sample-university"
kind = "reference"
date = "2020-02-29"

[[concept]]
id = "artificial-intelligence-plus"
subject = "technology"
[[concept.term]]
language = "zh-Hans"
text = "“人工智能+”行动"
status = "preferred"
[[concept.term]]
language = "zh-Hans"
text = "人工智能+"
status = "admitted"
type = "short form"
[[concept.term]]
language = "zh-TW"
text = "人工智慧+"
status = "proposed"
type = "short form"
[[concept.term]]
language = "en"
text = "“AI Plus” Initiative"
status = "preferred"
since = "2025-08-26"
match = ["case"]
attestations = [{ source = "sample-law-firm-2025", alongside = true, quote = "the “AI Plus” Initiative" }]
[[concept.term]]
language = "en"
text = "AI+"
status = "proposed"
type = "short form"
match = ["always", "case"]

[[concept]]
id = "digital-economy"
subject = "economy"
[[concept.term]]
language = "zh-Hans"
text = "数字经济"
status = "preferred"
[[concept.term]]
language = "zh-TW"
text = "數位經濟"
status = "preferred"
[[concept.term]]
language = "zh-HK"
text = "數碼經濟"
status = "superseded"
until = "2022"
[[concept.term]]
language = "zh-HK"
text = "數字經濟"
status = "preferred"
since = "2022"
[[concept.term]]
language = "en"
text = "digital economy"
status = "preferred"
match = ["aligned"]
attestations = [
  { source = "sample-copies-2025", copy = true },
  { source = "sample-handout", date = "2019", alongside = true },
]

[[concept]]
id = "dual-carbon"
subject = "environment"
related = ["carbon-peaking", "carbon-neutrality"]
[[concept.term]]
language = "zh-Hans"
text = "“双碳”目标"
status = "preferred"
[[concept.term]]
language = "zh-Hans"
text = "双碳"
status = "admitted"
type = "abbreviation"
[[concept.term]]
language = "en"
text = "dual carbon goals"
status = "proposed"
attestations = [{ source = "sample-law-firm-2025" }]

[[concept]]
id = "internet"
subject = "technology"
[[concept.term]]
language = "zh-Hans"
text = "互联网"
status = "preferred"
never_inside = ["互联网+"]
[[concept.term]]
language = "zh-TW"
text = "網際網路"
status = "preferred"
[[concept.term]]
language = "zh-HK"
text = "互聯網"
status = "preferred"
[[concept.term]]
language = "en"
text = "internet"
status = "preferred"
never_inside = ["Internet of Things", "Internet of Vehicles"]

[[concept]]
id = "internet-of-things"
subject = "technology"
[[concept.term]]
language = "zh-Hans"
text = "物联网"
status = "preferred"
[[concept.term]]
language = "en"
text = "Internet of Things"
status = "preferred"
[[concept.term]]
language = "en"
text = "IoT"
status = "admitted"
type = "abbreviation"
match = ["case", "exact"]

[[concept]]
id = "lift"
definition = "A cabin that carries people up and down a building."
[[concept.term]]
language = "zh-Hans"
text = "电梯"
status = "preferred"
[[concept.term]]
language = "zh-TW"
text = "電梯"
status = "preferred"
[[concept.term]]
language = "zh-HK"
text = "升降機"
status = "preferred"
[[concept.term]]
language = "zh-HK"
text = "𨋢"
status = "admitted"
type = "variant"
note = "Spoken; a character beyond the first 65,536."
[[concept.term]]
language = "en"
text = "lift"
status = "preferred"
match = ["aligned"]
attestations = [{ source = "sample-gazette-1998" }]
[[concept.term]]
language = "en"
text = "elevator"
status = "admitted"

[[concept]]
id = "lying-flat"
subject = "society"
note = "No rendering chosen yet."
[[concept.term]]
language = "zh-Hans"
text = "躺平"

[[concept]]
id = "policy-toolkit"
note = "English alone: no Chinese term has been agreed."
[[concept.term]]
language = "en"
text = "policy toolkit"
status = "proposed"

[[concept]]
id = "seek-truth-from-facts"
subject = "party"
[[concept.term]]
language = "zh-Hans"
text = "实事求是"
status = "preferred"
grammar = "clause"
[[concept.term]]
language = "en"
text = "seek truth from facts"
status = "preferred"
grammar = "verb phrase"
attestations = [{ source = "sample-university-2020" }, { source = "sample-handout" }]

[[concept]]
id = "sustainable"
subject = "environment"
[[concept.term]]
language = "zh-Hans"
text = "可持续"
status = "preferred"
grammar = "adjective"
[[concept.term]]
language = "en"
text = "sustainable"
status = "preferred"
grammar = "adjective"
match = ["aligned", "exact"]
"""

STRANGER = """中文,English
共同富裕,shared prosperity
数字经济,digital economy
营商环境,business environment
"""

MISTAKEN = """
schema = 1

[[publisher]]
id = "sample-mistake"
name = "Sample Mistake"

[[source]]
id = "sample-mistake-2025"
title = "A list that should not have been taken"
publisher = "sample-mistake"
date = "2025"

[[concept]]
id = "carbon-neutrality"
[[concept.term]]
language = "en"
text = "carbon neutralism"
status = "deprecated"
attestations = [{ source = "sample-mistake-2025" }]

[[concept]]
id = "mistake"
[[concept.term]]
language = "zh-Hans"
text = "误收"
[[concept.term]]
language = "en"
text = "taken by mistake"
attestations = [{ source = "sample-mistake-2025", alongside = true }]
"""

MANIFEST = """
[[document]]
id = "forces.zh"
file = "forces.zh.txt"
title = "关于新质生产力的五句话"
publisher = "Sample Policy Research Office"
kind = "official"
date = "2024-04-01"

[[document]]
file = "forces.office.en.txt"
title = "Five Sentences on New Quality Productive Forces"
publisher = "Sample Official Translation Office"
date = "2024-04-02"
url = "https://example.org/forces"

[[document]]
file = "forces.gazette.en.txt"
title = "Five lines about new productivity"
publisher = "Sample Gazette"
kind = "press"
date = "2024-04"

[[document]]
file = "estates.zh-HK.txt"
title = "舊樓加裝升降機"
publisher = "Sample Gazette"
date = "2023"

[[document]]
file = "estates.en.txt"
title = "Lifts for the old estates of Sample Street"
publisher = "Sample Gazette"
date = "2023-06-30"

[[document]]
file = "withdrawn.zh.txt"
title = "一份后来撤下的稿子"

[[document]]
file = "withdrawn.en.txt"
title = "A draft that was taken down again"
"""

TEXTS = {
    "manifest.toml": MANIFEST,
    "forces.zh.txt": """关于新质生产力的五句话
发展新质生产力是推动高质量发展的内在要求。新质生产力要靠科技创新。
未来产业和新兴产业是新质生产力的载体，未来产业要早布局。
推进国家治理体系和治理能力现代化，营造良好的营商环境，鼓励科技创新。
高质量发展离不开数字经济，营商环境也要跟上，耐心资本尤其难得。
各地要因地制宜，实事求是，不搞一哄而上，让耐心资本支持未来产业。
""",
    "forces.office.en.txt": """Five Sentences on New Quality Productive Forces
Developing new quality productive forces is an intrinsic requirement of promoting high-quality development. New quality productive forces depend on scientific and technological innovation.
Industries of the future and emerging industries carry new quality productive forces, and industries of the future need an early start.
We will modernize China's governance system and capacity, foster a sound business environment and encourage scientific and technological innovation.
High-quality development cannot do without the digital economy; the business environment must keep up as well, and patient capital is especially rare.
All localities should act in light of local conditions, seek truth from facts and avoid headlong rushes, so that patient capital supports industries of the future.
""",
    "forces.gazette.en.txt": """Five lines about new productivity
To develop new quality productivity is what high-quality growth asks for. New quality productivity lives on innovation in science and technology.
Future industries and emerging industries bear the new productive forces, and future industries should be laid out early.
The country is to modernize its system and capability of governance, make a good climate for business and encourage innovation in science and technology.
High-quality growth needs the digital economy; the climate for business has to follow, and long-term capital is rarest of all.
Each place should do what suits it, seek truth from facts and not rush in with the crowd, so that long-term capital helps future industries.
""",
    "estates.zh-HK.txt": """舊樓加裝升降機
𨋢是長者出入的依靠。𨋢太舊，居民就要行樓梯。
政府資助舊樓加裝升降機，數碼經濟的公司也來幫忙。
升降機落成後，大灣區的遊客也讚好。
""",
    "estates.en.txt": """Lifts for the old estates of Sample Street
The 𨋢, or lift, is what the elderly rely on to go out. Where the lift is too old, residents must take the stairs.
The government pays for lifts to be added to old buildings, and companies of the digital economy help.
When the lift was done, visitors from the Greater Bay Area praised it too.
""",
    "withdrawn.zh.txt": "一份后来撤下的稿子\n这份稿子写错了日期。\n这份稿子还写错了数字。\n",
    "withdrawn.en.txt": "A draft that was taken down again\nThis draft gave a wrong date.\nThis draft also gave a wrong figure.\n",
    "pairs.tsv": (
        "zh\ten\n"
        "物联网连接万物。\tThe Internet of Things connects everything.\n"
        "可持续发展靠大家。\t\n"
        "互联网改变了生活，\t“The internet” has changed life \\ habits,\n"
    ),
    "terms.txt": (
        "新质生产力\n高质量发展\n科技创新\n未来产业\n新兴产业\n营商环境\n耐心资本\n因地制宜\n一哄而上\n"
        "数字经济\n内在要求\n"
    ),
    "carbon-terms.txt": "碳达峰\n碳市场\n双碳\n生态优先\n先立后破\n能源安全\n绿色发展\n",
}

LOOSE = {
    "loose.zh.txt": """短记
街市的变化很大，街市的价钱也变了。
旧街市要活化，活化要花钱。
""",
    "loose.en.txt": """A short note
May 2022

The wet market has changed a great deal, and the prices in the wet market have changed too.
The old wet market is to be revitalized, and revitalization costs money.
""",
}
"""Texts that no manifest describes."""

CORPUS = (
    "carbon-goals.zh.txt",
    "carbon-goals.news.en.txt",
    "greater-bay-area.zh-HK.txt",
    "greater-bay-area.news.en.txt",
)
"""Of the sample corpus that comes with 0.1."""


# -- what the people do ------------------------------------------------------------------------


@contextmanager
def signed(who: str) -> Iterator[None]:
    """Decisions taken here are this person's."""
    os.environ["TERMBANK_WHO"] = who
    try:
        yield
    finally:
        del os.environ["TERMBANK_WHO"]


def call(who: str, *arguments: str) -> str:
    """One command, which must succeed; what it said."""
    said = StringIO()
    with signed(who), redirect_stdout(said), redirect_stderr(said):
        code = run(["--bank", BANK, *arguments])
    if code:
        raise SystemExit(f"termbank {' '.join(arguments)} ended with {code}:\n{said.getvalue()}")
    return said.getvalue()


def act(who: str, what: Callable[[Bank], Decision | queues.Queued]) -> None:
    """What the interface would do, through the services; it must leave a decision."""
    with signed(who), banks.open_bank(Path(BANK)) as bank:
        taken = what(bank)
        number = taken.number if isinstance(taken, Decision) else taken.decision
        if not number:
            raise SystemExit("nothing was decided")


def last() -> int:
    with Bank.open(Path(BANK)) as bank:
        return bank.latest


def lay_out() -> None:
    """The files that the people have at hand, in the folder we are in."""
    for name, text in {"house.toml": OWN, "list.csv": STRANGER, "mistaken.toml": MISTAKEN}.items():
        Path(name).write_text(text, encoding="utf-8")
    Path("texts").mkdir()
    for name, text in TEXTS.items():
        (Path("texts") / name).write_text(text, encoding="utf-8")
    Path("sample").mkdir()
    for name, text in LOOSE.items():
        Path(name).write_text(text, encoding="utf-8")
    for name in (*CORPUS, "manifest.toml"):
        shutil.copy(settings.shipped_folder("corpus") / name, Path("sample") / name)


def fill(bank: Bank) -> Decision:
    """The first filling, as `services.bank.fill` takes it."""
    pack = read(SHIPPED.encode(), "shipped.toml")
    assert not pack.faults, pack.faults
    changes = (
        *(Change("publisher", one.id, publisher_record(one)) for one in pack.publishers),
        *(Change("source", one.id, source_record(one)) for one in pack.sources),
        *(Change("concept", one.id, concept_record(one)) for one in pack.glossary),
    )
    why = "the glossaries that come with termbank"
    return bank.decide(Decision("import", banks.SHIPPED_BY, settings.now(), why, changes))


def with_term(text: str) -> Callable[[Concept], Concept]:
    """As the interface adds a rendering."""
    new = Term(text, Language.EN, Status.PROPOSED, TermType.VARIANT)
    return lambda now: replace(now, terms=ordered((*now.terms, new)))


def with_note(text: str, note: str) -> Callable[[Concept], Concept]:
    """As the interface writes a note on a term."""
    return lambda now: replace(
        now, terms=ordered(replace(t, note=note) if t.text == text else t for t in now.terms)
    )


def found_by_hand() -> Candidate:
    """A candidate whose rendering stands in two places, with a rendering of several forms."""
    zh = "推进治理体系和治理能力现代化"
    en = "modernize the governance system and capacity"
    seen = Evidence(zh, en, Span(7, 11), Span(14, 44), "ignored", (Span(14, 24), Span(36, 44)))
    bare = Evidence("治理能力", "", Span(0, 4))
    renderings = (
        Rendering("governance capacity", 2, 0.8123456, ("governance capacity", "governance capacities")),
        Rendering("ability to govern", 1, 0.25),
    )
    return Candidate("治理能力", 3, 0.7, renderings, evidence=(seen, bare))


def import_lists() -> None:
    call(LIN, "import", "house.toml", "--why", "the first list of our own")
    call(MARTA, "import", "list.csv")
    call(MARTA, "import", "mistaken.toml")
    call(LIN, "undo", str(last()))  # an import is taken back


def keep_documents() -> None:
    forces, gazette, office = (text(f"forces.{name}.txt") for name in ("zh", "gazette.en", "office.en"))
    call(LIN, "corpus", "add", forces, office, gazette)
    call(MARTA, "corpus", "add", *(str(Path("sample", name)) for name in CORPUS[:2]))
    call(MARTA, "corpus", "add", *(str(Path("sample", name)) for name in CORPUS[2:]))
    call(LIN, "corpus", "add", "--lines", text("estates.zh-HK.txt"), text("estates.en.txt"))
    call(LIN, "corpus", "add", text("pairs.tsv"))
    call(LIN, "corpus", "add", text("withdrawn.zh.txt"), text("withdrawn.en.txt"))
    call(
        MARTA, "corpus", "remove", document("A draft that was taken down again"), "--why", "the date is wrong"
    )
    call(MARTA, "corpus", "remove", document("Lifts for the old estates of Sample Street"))
    call(LIN, "undo", str(last()))  # a removal is taken back
    corrected = Path(gazette).read_text(encoding="utf-8").replace("rarest of all", "the rarest of all")
    Path(gazette).write_text(corrected, encoding="utf-8")
    call(LIN, "corpus", "add", forces, gazette)  # the same document with another text
    call(MARTA, "corpus", "add", "loose.zh.txt", "loose.en.txt")
    call(MARTA, "undo")  # an addition is taken back
    call(MARTA, "corpus", "add", "loose.en.txt", "loose.zh.txt", "--lines")


def find_terms() -> None:
    forces, office = text("forces.zh.txt"), text("forces.office.en.txt")
    call(LIN, "extract", forces, office, "--terms", text("terms.txt"), "--queue")
    carbon = [str(Path("sample", name)) for name in CORPUS[:2]]
    call(MARTA, "extract", *carbon, "--terms", text("carbon-terms.txt"), "--queue")
    act(LIN, lambda bank: queues.queue(bank, [found_by_hand()], bank.sources()["sample-university-2020"]))
    told = ["--publisher", "Sample Evening Paper", "--date", "2023-07-01", "--title", "Markets"]
    call(MARTA, "extract", "loose.zh.txt", "loose.en.txt", "--queue", *told)
    call(LIN, "undo", str(last()))  # what was queued is taken back, with its source and publisher


def review() -> None:
    call(LIN, "review", "accept", "高质量发展")
    call(
        MARTA,
        "review",
        "accept",
        "科技创新",
        "--as",
        "sci-tech innovation",
        "--why",
        "shorter, and used by all",
    )
    both = ["--as", "industries of the future", "--as", "future industries"]
    call(LIN, "review", "accept", "未来产业", *both, "--status", "proposed", "--subject", "industry")
    call(MARTA, "review", "accept", "双碳")
    edited = ["--zh", "全国碳排放权交易市场", "--as", "national carbon market", "--concept", "new"]
    call(LIN, "review", "accept", "碳市场", *edited, "--subject", "environment", "--why", "the full name")
    call(LIN, "review", "reject", "一哄而上", "--why", "a figure of speech, not a term")
    call(
        MARTA, "review", "reject", "内在要求", "--rendering", "intrinsic requirement", "--why", "too literal"
    )
    call(LIN, "review", "reject", "新兴产业", "--why", "seen only once")
    call(MARTA, "review", "reject", "因地制宜", "--why", "no term")
    call(LIN, "review", "defer", "耐心资本", "--why", "ask the economists")
    call(MARTA, "review", "defer", "能源安全")
    call(MARTA, "review", "defer", "先立后破", "--why", "first the context")
    call(LIN, "review", "accept", "先立后破", "--as", "establish the new before abolishing the old")
    call(MARTA, "review", "accept", "绿色发展", "--as", "green development")
    call(LIN, "undo", str(last()))  # an acceptance is taken back, with the concept it made
    call(MARTA, "review", "reject", "生态优先", "--why", "pressed the wrong key")
    call(MARTA, "undo")  # a rejection is taken back
    gazette = text("forces.gazette.en.txt")
    call(LIN, "extract", text("forces.zh.txt"), gazette, "--terms", text("terms.txt"), "--queue", "--again")
    joined = ["--as", "climate for business", "--concept", "business-environment", "--status", "superseded"]
    call(MARTA, "review", "accept", "营商环境", *joined)
    call(MARTA, "review", "reject", "一哄而上", "--why", "still no term")
    call(LIN, "review", "accept", "新兴产业", "--status", "admitted")


def change_by_hand() -> None:
    forces = "new-quality-productive-forces"
    call(MARTA, "review", "status", forces, "new productive forces", "preferred", "--why", "it is shorter")
    call(LIN, "review", "status", forces, "new productive forces", "superseded")
    call(LIN, "review", "status", forces, "new quality productive forces", "preferred")
    call(MARTA, "review", "status", "dual-carbon", "dual carbon goals", "admitted")
    call(MARTA, "review", "status", "互联网", "internet", "proposed")
    call(LIN, "review", "status", "carbon-peaking", "peak carbon dioxide emissions", "deprecated")
    act(
        LIN,
        lambda bank: editing.change(bank, "add", "lying-flat", with_term("lying flat"), "“lying flat” added"),
    )
    act(
        MARTA,
        lambda bank: editing.change(bank, "add", forces, with_term("new-type productivity"), "to propose"),
    )
    act(LIN, lambda bank: editing.remove_term(bank, forces, "new-type productivity", language=Language.EN))
    noted = with_note("lying flat", 'Said of the young.\nNot “lying down”;\t"tangping" <is> also read.')
    act(LIN, lambda bank: editing.change(bank, "note", "lying-flat", noted, "note on “lying flat”"))
    defined = "The two aims for carbon dioxide: a peak before 2030, neutrality before 2060."
    act(
        MARTA,
        lambda bank: editing.change(
            bank, "edit", "dual-carbon", lambda now: replace(now, definition=defined)
        ),
    )
    act(LIN, lambda bank: history.undo(bank, last_of(bank, "propose"), why="“internet” is settled"))
    call(MARTA, "survey", text("forces.office.en.txt"), text("forces.gazette.en.txt"), "--save")
    call(LIN, "undo", str(last()))  # what the survey found is taken back …
    call(MARTA, "undo", str(last()))  # … and that is taken back: it stands again
    call(LIN, "survey", str(Path("sample", CORPUS[3])), "--save")


def text(name: str) -> str:
    return str(Path("texts", name))


def document(title: str) -> str:
    """The id of the document of this title."""
    with Bank.open(Path(BANK)) as bank:
        return next(one.id for one in corpus.documents(bank) if one.title == title)


def last_of(bank: Bank, act: str) -> int:
    return max(one.number for one in history.history(bank) if one.act == act)


# -- what must be kept -------------------------------------------------------------------------


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def expected(bank: Bank) -> dict[str, Any]:
    """What the bank says, now and after each decision."""
    now = bank.things()
    documents = {id: json.loads(body) for (kind, id), body in now.items() if kind == "document"}
    held = {id for kind, id in now if kind == "document"}
    rows = bank.rows(
        "SELECT id, body FROM change WHERE kind = 'document' AND body IS NOT NULL ORDER BY decision"
    )
    removed = {id: json.loads(body) for id, body in rows if id not in held}
    return {
        "about": ABOUT,
        "version": termbank.__version__,
        "steps": [step.name for step in MIGRATIONS],
        "latest": bank.latest,
        "seal": bank.seal(),
        "things": {kind: dict(bank.bodies(kind)) for kind in KINDS},
        "decisions": [_decision(bank, one.number) for one in history.history(bank)],
        "queue": {one.value: {c.id: c.zh for c in queues.candidates(bank, one)} for one in Standing},
        "documents": {id: _document(body) | _pairs(bank, id) for id, body in sorted(documents.items())},
        "removed documents": {id: _document(body) for id, body in sorted(removed.items())},
        "terms": {
            id: [
                [one.language, one.text, one.first.number, one.last.number] for one in history.blame(bank, id)
            ]
            for id, _ in bank.bodies("concept")
        },
    }


ABOUT = {
    "things": "By kind and id, each thing as it is now.",
    "decisions": (
        "Each with what it changed, as [kind, id, SHA-256 of the canonical body or null where the thing went], in "
        "the order kept; `after` tells how many things of each kind the history replayed up to it gives, and the "
        "SHA-256 of them all: of “kind NUL id NUL body LF” for each, sorted by kind and id, in UTF-8."
    ),
    "queue": "By standing, the Chinese term of each candidate by its id, in the order of `review list`.",
    "documents": (
        "Title, sources, SHA-256 and length in code points of both texts, number of pairs; the SHA-256 of the "
        "pairs' texts is of “zh TAB en LF” for each."
    ),
    "removed documents": "Those that only the history has, as they last were.",
    "terms": "Of each concept's terms: language, text, the decision that brought it, the last that changed it.",
}


def _decision(bank: Bank, number: int) -> dict[str, Any]:
    one = decision_numbered(bank, number)
    after = replay(bank, number)
    whole = "".join(f"{kind}\0{id}\0{body}\n" for (kind, id), body in sorted(after.items()))
    return {
        "number": number,
        "act": one.act,
        "who": one.who,
        "at": one.when,
        "why": one.why,
        "undoes": one.undoes,
        "seal": bank.seal(number),
        "changes": [
            [c.kind, c.id, None if c.body is None else digest(canonical(c.body))] for c in one.changes
        ],
        "after": {kind: sum(1 for each, _ in after if each == kind) for kind in KINDS}
        | {"sha256": digest(whole)},
    }


def _document(body: dict[str, Any]) -> dict[str, Any]:
    sides = {
        side: {
            "source": body[side].get("source"),
            "sha256": digest(body[side]["text"]),
            "length": len(body[side]["text"]),
        }
        for side in ("zh", "en")
    }
    return {"title": body["title"], **sides, "pairs": len(body["pairs"])}


def _pairs(bank: Bank, id: str) -> dict[str, str]:
    return {"pairs sha256": digest("".join(f"{zh}\t{en}\n" for zh, en in corpus.pairs(bank, id)))}


def look_over(bank: Bank, wanted: dict[str, Any]) -> None:
    """The bank must be sound and hold what it is made for."""
    assert broken_seal(bank) is None
    assert replay(bank) == bank.things()
    terms = [term for concept in wanted["things"]["concept"].values() for term in concept["term"]]
    assert {term["status"] for term in terms} == {status.value for status in Status}
    assert {term["language"] for term in terms} == {language.value for language in Language}
    assert {term.get("type", "full form") for term in terms} == {type.value for type in TermType}
    for field in ("grammar", "since", "until", "note", "match", "never_inside", "attestations"):
        assert any(field in term for term in terms), field
    uses = [use for term in terms for use in term.get("attestations", ())]
    for field in ("date", "alongside", "copy", "quote", "start"):
        assert any(field in use for use in uses), field
    assert all(wanted["queue"].values()), "a standing has no candidate"
    queue = wanted["things"]["candidate"].values()
    for field in ("forms", "rejected", "reason", "term"):
        assert any(field in r for c in queue for r in c["renderings"]), field
    assert any("en_parts" in e for c in queue for e in c["evidence"])
    assert {one["who"] for one in wanted["decisions"]} == {LIN, MARTA, banks.SHIPPED_BY}
    assert wanted["removed documents"]


def laid_out(wanted: dict[str, Any]) -> str:
    """As JSON, one thing, decision or document a line."""
    deep = {"things": 2, "queue": 2}
    parts = (f"{json.dumps(key)}: {_lines(value, deep.get(key, 1))}" for key, value in wanted.items())
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(value: Any, depth: int) -> str:
    """A value as JSON, its parts down to a depth on lines of their own."""
    if depth and isinstance(value, dict) and value:
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {_lines(each, depth - 1)}" for key, each in value.items()
        ]
        return "{\n" + ",\n".join(parts) + "\n}"
    if depth and isinstance(value, list) and value:
        return "[\n" + ",\n".join(_lines(each, depth - 1) for each in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


def close(path: Path) -> bytes:
    """The bank's one file, with nothing left in a log beside it."""
    connection = sqlite3.connect(path)
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert not busy
    connection.close()
    beside = [each.name for each in path.parent.glob(f"{path.name}-*")]
    assert not beside, beside
    return path.read_bytes()


def without_places(data: bytes, *places: Path) -> None:
    """No path of this machine may be in what is handed on."""
    for place in {*map(str, places), tempfile.gettempdir(), str(Path.home()), "/home/", "/work/", "/root/"}:
        assert place.encode() not in data, place


def make(folder: Path) -> None:
    for name in ("TERMBANK_BANK", "TERMBANK_WHO", "TERMBANK_HOME"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as place, chdir(place):
        os.environ["TERMBANK_HOME"] = str(Path(place, "home"))
        lay_out()
        banks.create(Path(BANK), filled=False)
        act(banks.SHIPPED_BY, fill)
        import_lists()
        keep_documents()
        find_terms()
        review()
        change_by_hand()
        with Bank.open(Path(BANK)) as bank:
            wanted = expected(bank)
            look_over(bank, wanted)
        data = close(Path(BANK))
        told = laid_out(wanted)
        for each in (data, told.encode()):
            without_places(each, Path(place), folder, Path(termbank.__file__).parent)
    (folder / "bank-0.1.sqlite.gz").write_bytes(gzip.compress(data, 9, mtime=0))
    (folder / "bank-0.1.expected.json").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    if termbank.__version__ != "0.1.0" or len(MIGRATIONS) != 1:
        raise SystemExit(f"this is termbank {termbank.__version__}; a bank of 0.1 is wanted.")
    make(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent).resolve())
