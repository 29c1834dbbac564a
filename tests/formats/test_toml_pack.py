"""The native pack: its bytes, its faults with their lines, and packs read together."""

from __future__ import annotations

from pathlib import Path

from formats.samples import PRODUCTIVE
from termbank.files.glossaries.toml import read, read_packs, render, write
from termbank.model.glossary import Glossary

PACK = """\
schema = 2
pack = "economy"
title = "Economy"

[[publisher]]
id = "state-council"
name = "State Council"
kind = "official"
aliases = ["国务院"]

[[source]]
id = "gwr-2024"
title = "Report on the Work of the Government (2024)"
publisher = "state-council"
date = "2024-03-05"

[[concept]]
id = "new-quality-productive-forces"
subject = "economy"

[[concept.term]]
language = "zh-Hans"
text = "新质生产力"
status = "preferred"
attestations = [
  { source = "gwr-2024", date = "2024-03", alongside = true },
  { source = "gwr-2024", alongside = true, quote = "加快发展新质生产力" },
]

[[concept.term]]
language = "en"
text = "new quality productive forces"
status = "preferred"
"""


def _faults(text: str) -> list[str]:
    return [str(fault) for fault in read(text.encode(), "pack.toml").faults]


def test_a_pack_is_written_exactly_so() -> None:
    assert write(read(PACK.encode(), "pack.toml").glossary).decode() == PACK


ONE = """schema = 2
[[concept]]
id = "one"
relations = [{ type = "broader", concept = "two" }, { type = "related", concept = "three" }]
ids = [{ system = "wikidata", id = "Q1" }]
term = [{ language = "zh-Hans", text = "一" }]
"""
TWO = """schema = 2
[[concept]]
id = "two"
ids = [{ system = "wikidata", id = "Q1" }]
term = [{ language = "zh-Hans", text = "二" }]
"""


def test_a_folder_of_packs_must_hold_what_its_concepts_name() -> None:
    reading = read_packs([("one.toml", ONE.encode()), ("two.toml", TWO.encode())])
    assert [str(fault) for fault in reading.faults] == [
        "one.toml:4: concept “one”: relations.concept names “three”, which is in no pack. "
        "Correct the id, or add the concept.",
        "two.toml:4: concept “two”: the id “Q1” of wikidata belongs to “one” already. "
        "Take it out of one of the two.",
    ]
    one, two = reading.glossary.concepts
    assert one.related == ("two",)
    assert two.external_ids == ()


def test_a_single_pack_may_name_concepts_of_others_which_are_counted() -> None:
    reading = read(ONE.encode(), "one.toml")
    assert reading.faults == ()
    assert reading.remarks == ("one.toml: names 2 concepts that are not in it.",)
    assert reading.glossary.by_id["one"].related == ("two", "three")


def test_control_characters_are_escaped_and_come_back() -> None:
    pack = PACK.replace("Economy", 'a\\u0000\\u001Bb\\n\\"\\\\')
    assert read(pack.encode(), "p").glossary.title == 'a\x00\x1bb\n"\\'
    assert write(read(pack.encode(), "p").glossary).decode() == pack


def test_broken_toml_names_its_line() -> None:
    assert _faults('schema = 1\ntitle = "a\n') == [
        "pack.toml:2:11: this is not TOML: Illegal character '\\n'. Correct the line, or export the pack again."
    ]


def test_each_fault_of_an_entry_is_said_with_its_line() -> None:
    pack = PACK.replace(
        'status = "preferred"\nattestations', 'status = "best"\nsince = "2024-13"\nattestations'
    )
    assert _faults(pack) == [
        "pack.toml:24: concept “new-quality-productive-forces”: “新质生产力”: unknown status “best”. "
        "Use one of: preferred, admitted, proposed, superseded, deprecated.",
        "pack.toml:25: concept “new-quality-productive-forces”: “新质生产力”: “2024-13” is not a date for “since”. "
        "Write 2025, 2025-08 or 2025-08-26.",
    ]


def test_a_faulty_entry_is_refused_and_the_others_stand() -> None:
    good = '\n[[concept]]\nid = "reform"\n\n[[concept.term]]\nlanguage = "en"\ntext = "reform"\nstatus = "admitted"\n'
    reading = read((PACK.replace('"preferred"\natt', '"best"\natt') + good).encode(), "pack.toml")
    assert [concept.id for concept in reading.glossary] == ["reform"]
    assert reading.refused == 1


def test_a_duplicate_id_names_both_places() -> None:
    again = '\n[[concept]]\nid = "new-quality-productive-forces"\n\n[[concept.term]]\nlanguage = "en"\ntext = "x"\n'
    assert _faults(PACK + again) == [
        "pack.toml:36: the concept id “new-quality-productive-forces” is used twice; it is already in pack.toml:17."
    ]


def test_two_preferred_terms_are_a_fault_on_the_second() -> None:
    again = '\n[[concept.term]]\nlanguage = "en"\ntext = "new productivity"\nstatus = "preferred"\n'
    assert _faults(PACK + again) == [
        "pack.toml:37: concept “new-quality-productive-forces”: two preferred en terms, "
        "“new quality productive forces” and “new productivity”. Make one of them admitted."
    ]


def test_an_unknown_source_and_a_mistyped_field_are_faults() -> None:
    pack = PACK.replace('{ source = "gwr-2024", date', '{ source = "gwr-2042", date').replace(
        "subject =", "subjct ="
    )
    assert _faults(pack) == [
        "pack.toml:26: concept “new-quality-productive-forces”: “新质生产力”: the source “gwr-2042” is not listed. "
        "Add a [[source]] with this id, or give the folder of all packs.",
        "pack.toml:19: concept “new-quality-productive-forces”: unknown field “subjct”; did you mean “subject”?",
    ]


def test_dates_may_be_written_as_toml_dates_or_bare_years() -> None:
    pack = PACK.replace('date = "2024-03-05"', "date = 2024-03-05").replace(
        'text = "new', 'since = 2023\ntext = "new'
    )
    reading = read(pack.encode(), "p")
    assert reading.faults == ()
    assert reading.sources[0].date == "2024-03-05"
    assert reading.glossary.concepts[0].english[0].since == "2023"


def test_packs_of_a_folder_are_read_together() -> None:
    head, sources, concepts = (
        PACK.partition("[[source]]")[0],
        *PACK.partition("[[source]]")[2].partition("[[concept]]")[::2],
    )
    files = [
        ("publishers.toml", head.encode()),
        ("documents.toml", f"schema = 1\n[[source]]{sources}".encode()),
        ("economy.toml", f"schema = 1\n[[concept]]{concepts}".encode()),
    ]
    reading = read_packs(files)
    assert reading.faults == ()
    assert write(reading.glossary).decode().partition("\n\n")[2] == PACK.partition("\n\n")[2]
    faults = [str(fault) for fault in read_packs(files[2:]).faults]
    assert faults[0].startswith("economy.toml:11: concept “new-quality")


def test_a_pack_in_another_encoding_is_read_and_the_encoding_named() -> None:
    reading = read((PACK * 1).encode("gb18030"), "pack.toml")
    assert reading.faults == ()
    assert reading.remarks == ("pack.toml: read as gb18030; a TOML pack should be UTF-8.",)
    assert read(PACK.replace("\n", "\r\n").encode("utf-8-sig"), "p").faults == ()


def test_uncited_authorities_can_be_listed() -> None:
    glossary = Glossary.of([PRODUCTIVE])
    assert render((), glossary.sources, glossary.publishers).decode().count("[[source]]") == 3
    assert read(render((), glossary.sources, glossary.publishers), "p").sources == glossary.sources


def test_the_shipped_packs_are_sound_and_written_as_we_write_them(root: Path) -> None:
    packs = sorted((root / "glossaries").glob("*.toml"))
    reading = read_packs((pack.name, pack.read_bytes()) for pack in packs)
    assert [str(fault) for fault in reading.faults] == []
