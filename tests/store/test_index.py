"""The index is derived: whatever becomes of it, lookup answers as before and the bank is untouched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from termbank.model.concept import Status, Term, sort_terms
from termbank.model.decision import Change
from termbank.model.language import Language
from termbank.store.bank import Bank
from termbank.store.history import undo
from termbank.store.index import SearchIndex
from termbank.store.index_rows import TOKENS
from termbank.store.term_search import find_concepts

from .conftest import FORCES, FUTURE, ROAD, concept, decision, first_changes, put


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "search" / "terms.index"


@pytest.fixture
def index(bank: Bank, place: Path) -> Iterator[SearchIndex]:
    made = SearchIndex(bank, place)
    yield made
    made.close()


@pytest.fixture(scope="module")
def read_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """An index that tests only read."""
    folder = tmp_path_factory.mktemp("search")
    with Bank.create(folder / "terms.bank") as bank:
        bank.decide(decision("import", *first_changes()))
        made = SearchIndex(bank, folder / "terms.index")
        yield made
        made.close()


def ids(index: SearchIndex, query: str, limit: int = 5) -> list[str]:
    return [found.concept for found in find_concepts(index, query, limit)]


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("新质生产力", "exact"),
        ("新質生產力", "script"),
        ("“新质生产力”", "folded"),
        ("生产力", "part"),
        ("新制生产力", "near"),
        ("新质生产里", "near"),
        ("xinzhishengchanli", "pinyin"),
        ("xīn zhì shēng chǎn lì", "pinyin"),
        ("xin1zhi4 sheng1chan3li4", "pinyin"),
        ("xinzhi", "pinyin"),
        ("shengchanli", "pinyin"),
        ("xinzi senchanli", "pinyin"),
        ("xzscl", "initials"),
        ("xzs", "initials"),
        ("new quality productive forces", "exact"),
        ("New Quality Productive Forces", "folded"),
        ("newqualityproductiveforces", "folded"),
        ("new quality productive force", "stem"),
        ("productive force", "part"),
        ("new quality", "part"),
        ("new qual", "part"),
        ("new qualty", "near"),
        ("nwe quality prodctive forces", "near"),
        ("nqpf", "initials"),
        ("NQPFs", "initials"),
        ("new-quality-productive-forces", "exact"),
    ],
)
def test_any_key_finds_the_concept(read_index: SearchIndex, query: str, how: str) -> None:
    found = find_concepts(read_index, query, 5)
    assert found, query
    assert found[0].concept == FORCES.id
    assert found[0].how == how


def test_an_id_finds_its_concept(read_index: SearchIndex) -> None:
    assert ids(read_index, "community-with-a-shared-future")[0] == FUTURE.id


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "😀",
        "👨‍👩‍👧‍👦",
        "*",
        '"',
        "'; DROP TABLE term; --",
        "a AND",
        "NEAR(a b)",
        "hanzi:新",
        '"新质" OR "a',
        "新*",
        "{a b}",
        "^new",
        "-new",
        "%_%",
        "[bold]新质[/bold]",
        "\x00\x01\x1b[31m",
        "\ud800",
        "a" * 10_000,
        "新" * 10_000,
        "new quality " * 1_000,
        "xinzhi" * 2_000,
        "0",
        "的",
        "a",
        "+",
        "ﷺ",
        "́́",
        "𠀀",
        "…" * 500,
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
    ],
)
def test_no_query_is_too_odd_to_answer(read_index: SearchIndex, query: str) -> None:
    assert isinstance(find_concepts(read_index, query, 10), list)


def test_terms_of_odd_characters_are_found_by_themselves(bank: Bank, index: SearchIndex) -> None:
    odd = ["C++", "100%", "*", "a_b%", "“两个确立”", "互联网＋", '"', "𠀀𠀁", "[link=x]", "😀"]
    bank.decide(decision("import", *(put(concept(f"odd-{n}", text)) for n, text in enumerate(odd))))
    for number, text in enumerate(odd):
        assert f"odd-{number}" in ids(index, text, 20), text


def test_a_decision_is_found_at_once(bank: Bank, index: SearchIndex) -> None:
    assert ids(index, "双碳") == []
    bank.decide(decision("import", put(concept("dual-carbon", "双碳", "dual carbon goals"))))
    assert ids(index, "双碳") == ["dual-carbon"]
    assert ids(index, "shuangtan") == ["dual-carbon"]
    undo(bank, 2, who="lin", when="2026-01-01T00:00:00Z")
    assert ids(index, "双碳") == []
    assert ids(index, "dual carbon goals") == []


def test_a_changed_term_is_found_by_its_new_words_only(bank: Bank, index: SearchIndex) -> None:
    assert ids(index, "belt and road") == [ROAD.id]
    bank.decide(decision("edit", put(concept(ROAD.id, "一带一路", "Silk Road initiative"))))
    assert ids(index, "silk road") == [ROAD.id]
    assert [f.how for f in find_concepts(index, "belt and road", 5) if f.how != "near"] == []


def answers(index: SearchIndex) -> list[object]:
    return [
        find_concepts(index, query, 5)
        for query in ("新质生产力", "xzscl", "new qualty", "ydyl", "共同体", "belt")
    ]


def test_reading_on_gives_the_same_answers_as_building_anew(
    bank: Bank, index: SearchIndex, tmp_path: Path
) -> None:
    find_concepts(index, "x", 1)
    for number in range(6):
        changed = replace(FORCES, terms=sort_terms((*FORCES.terms, Term(f"quality {number}", Language.EN))))
        bank.decide(
            decision(
                "edit", put(changed), put(concept(f"more-{number}", f"共同体{number}", f"belt {number}"))
            )
        )
        find_concepts(index, "x", 1)
    fresh = SearchIndex(bank, tmp_path / "fresh.index")
    assert answers(index) == answers(fresh)
    fresh.close()


def test_a_missing_index_is_built_with_progress(bank: Bank, place: Path) -> None:
    told: list[tuple[int, int]] = []
    index = SearchIndex(bank, place, progress=lambda done, total: told.append((done, total)))
    assert index.state() == "missing"
    assert ids(index, "xzscl") == [FORCES.id]
    assert told[-1] == (3, 3)
    assert index.state() == "current"
    index.close()


@pytest.mark.parametrize("damage", ["empty", "foreign", "truncated", "scrambled", "no tables", "old version"])
def test_a_damaged_index_is_mended_and_the_bank_is_untouched(bank: Bank, place: Path, damage: str) -> None:
    index = SearchIndex(bank, place)
    expected = answers(index)
    index.close()
    before = bank.things(), bank.latest
    whole = place.read_bytes()
    if damage == "empty":
        place.write_bytes(b"")
    elif damage == "foreign":
        place.write_bytes(b"not a database at all " * 200)
    elif damage == "truncated":
        place.write_bytes(whole[: len(whole) // 3])
    elif damage == "scrambled":
        place.write_bytes(whole[:4096] + bytes(byte ^ 0x55 for byte in whole[4096:]))
    else:
        place.unlink()
        connection = sqlite3.connect(place)
        if damage == "old version":
            connection.execute("CREATE TABLE about (key TEXT, value TEXT)")
            connection.execute("INSERT INTO about VALUES ('version', '0')")
            connection.commit()
        connection.close()
    index = SearchIndex(bank, place)
    assert answers(index) == expected
    assert (bank.things(), bank.latest) == before
    assert index.state() == "current"
    index.close()


def test_an_index_damaged_while_in_use_is_mended(bank: Bank, index: SearchIndex, place: Path) -> None:
    expected = answers(index)
    with place.open("r+b") as file:
        file.seek(4096)
        file.write(b"\x55" * (place.stat().st_size - 4096))
    bank.decide(decision("edit", put(concept("dual-carbon", "双碳", "dual carbon goals"))))
    assert answers(index) == expected
    assert ids(index, "双碳") == ["dual-carbon"]


def test_the_index_of_another_history_is_not_believed(
    bank: Bank, index: SearchIndex, place: Path, tmp_path: Path
) -> None:
    find_concepts(index, "x", 1)
    with Bank.create(tmp_path / "other.bank") as other:
        other.decide(
            decision(
                "import",
                *first_changes()[:2],
                put(concept("carbon-peaking", "碳达峰", "peak carbon emissions")),
            )
        )
        elsewhere = SearchIndex(other, place)
        assert ids(elsewhere, "碳达峰") == ["carbon-peaking"]
        assert ids(elsewhere, "新质生产力") == []
        elsewhere.close()


def test_where_no_index_can_be_kept_lookup_still_answers(bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("in the way")
    index = SearchIndex(bank, tmp_path / "a file" / "terms.index")
    assert ids(index, "xzscl") == [FORCES.id]
    index.close()


def test_a_full_disk_under_the_cache_does_not_stop_lookup(
    bank: Bank, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = SearchIndex._build

    def full(self: SearchIndex, where: str) -> object:
        if where != ":memory:":
            raise sqlite3.OperationalError("database or disk is full")
        return build(self, where)

    monkeypatch.setattr(SearchIndex, "_build", full)
    index = SearchIndex(bank, place)
    assert ids(index, "xzscl") == [FORCES.id]
    assert list(place.parent.iterdir()) == []
    index.close()


def test_two_concepts_with_one_term_are_both_found(bank: Bank, index: SearchIndex) -> None:
    bank.decide(decision("import", put(replace(concept("reform-law", "改革", "reform"), subject="law")),
                         put(replace(concept("reform-party", "改革", "reform"), subject="party"))))  # fmt: skip
    assert ids(index, "改革") == ["reform-law", "reform-party"]


def test_the_living_term_comes_before_the_superseded_one(bank: Bank, index: SearchIndex) -> None:
    old = concept("a-old", "旧称谓", "common prosperity drive")
    old = replace(old, terms=tuple(replace(term, status=Status.SUPERSEDED) for term in old.terms))
    new = concept("b-new", "新称谓", "common prosperity goals")
    bank.decide(decision("import", put(old), put(new)))
    assert ids(index, "common prosperity") == ["b-new", "a-old"]


def test_the_shorter_term_is_covered_more(bank: Bank, index: SearchIndex) -> None:
    bank.decide(
        decision(
            "import", put(concept("long", "生产力发展水平与布局", "x")), put(concept("short", "生产力", "y"))
        )
    )
    assert ids(index, "生产力") == ["short", FORCES.id, "long"]


def test_a_document_removed_is_not_found_in_the_concordance(bank: Bank, index: SearchIndex) -> None:
    from termbank.store.concordance import find_pairs, parse_query

    body = {
        "id": "report",
        "title": "Report",
        "zh": {"text": "发展新质生产力。\n推动“新质”生产力发展。"},
        "en": {"text": "Develop new quality productive forces.\nAdvance the new quality productive force."},
        "pairs": [[0, 8, 0, 38], [9, 21, 39, 80]],
    }
    bank.decide(decision("corpus", Change("document", "report", body)))
    index.current()
    found, more = find_pairs(index, parse_query(index, "新質生產力"), 10)
    assert [line.number for line in found] == [0, 1]
    assert not more
    assert [span.of(line.zh) for line in found for span in line.spans] == ["新质生产力", "新质”生产力"]
    found, _ = find_pairs(index, parse_query(index, "New Quality productive force"), 10)
    assert [span.of(line.en) for line in found for span in line.spans] == [
        "new quality productive forces",
        "new quality productive force",
    ]
    bank.decide(decision("corpus", Change("document", "report", None)))
    index.current()
    assert find_pairs(index, parse_query(index, "新质生产力"), 10) == ([], False)


def rows_of(place: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything by which an index finds terms, and the settings of its tables."""
    with sqlite3.connect(place) as connection:
        tables = ("term", "key", "concept", "word")
        found = {table: sorted(connection.execute(f"SELECT * FROM {table}")) for table in tables}
        for name in TOKENS:
            connection.execute(
                f"CREATE VIRTUAL TABLE temp.of_{name} USING fts5vocab (main, {name}, instance)"
            )
            found[name] = sorted(connection.execute(f"SELECT term, doc FROM of_{name}"))
            settings = dict(connection.execute(f"SELECT k, v FROM {name}_config"))
            found[f"{name} settings"] = [(settings.get("automerge", 4), settings.get("hashsize", 1 << 20))]
    return found


def test_an_index_made_for_many_concepts_is_the_same(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = (
        concept("growth", "增长", "growth"),
        concept("bank-president", "银行行长", "bank president"),
        concept("ai-plus", "AI＋行动", "AI+ initiative"),
    )
    bank.decide(decision("import", *first_changes(), *map(put, more)))
    places = tmp_path / "few.index", tmp_path / "many.index"
    for place, most in zip(places, (5000, 0), strict=True):
        monkeypatch.setattr("termbank.store.index._MANY", most)
        made = SearchIndex(bank, place)
        made.current()
        made.close()
    few, many = map(rows_of, places)
    assert len(few["term"]) >= 6
    assert few == many
