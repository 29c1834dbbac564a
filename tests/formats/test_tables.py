"""CSV, TSV, XLSX and JSON: our own rows, and other people's glossaries in every shape met with."""

from __future__ import annotations

import io
import json

import pytest

from formats.samples import PRODUCTIVE, WHOLE
from termbank.files.glossaries import csv, tsv, xlsx
from termbank.files.glossaries import json as json_file
from termbank.files.tables import guard, read_spreadsheet, unguard
from termbank.model.concept import Grammar, Status
from termbank.model.concept_facts import Description
from termbank.model.errors import UnreadableError
from termbank.model.glossary import Glossary
from termbank.model.language import Language


def _terms(glossary: Glossary) -> list[tuple[str, ...]]:
    return [tuple(term.text for term in concept.terms) for concept in glossary]


def test_a_csv_is_written_exactly_so() -> None:
    lines = csv.write(Glossary.of([PRODUCTIVE])).decode("utf-8-sig").split("\r\n")
    assert lines[0] == (
        "concept,subject,concept type,definitions,concept notes,relations,ids,language,term,status,by hand,profiles,type,"
        "abbreviation of,form,grammar,since,until,note,match,never inside,attested"
    )
    assert lines[1] == (
        "new-quality-productive-forces,economy,campaign,"
        '"zh-Hans: 以创新为主导的先进生产力。\nen: Productive forces that advance through innovation.",'
        '"en: Coined in 2023.\nen: The plural is usual.",'
        "broader: total-factor-productivity; often confused with: deepen-reform; related: elsewhere,"
        "iate: 3591; wikidata: Q123,zh-Hans,新质生产力,preferred,,,full form,,,noun phrase,,,,,,"
        "2 documents 2023–2024: State Council; Xinhua"
    )
    assert (
        "en,NQPFs,admitted,,,abbreviation,new quality productive forces,,noun phrase,,,,case; exact,,1 document"
        in ("".join(lines))
    )
    assert "new-quality productivity,preferred,,hong-kong; taiwan,full form" in "".join(lines)


def test_a_table_of_0_1_is_read_too() -> None:
    table = (
        "concept,subject,definition,concept note,related,language,term,status,type,grammar,since,until,note,match,"
        "never inside,attested\n"
        "forces,economy,a; b,注释,other; third,zh-Hans,新质生产力,preferred,full form,noun phrase,,,,,,\n"
    )
    reading = csv.read(table.encode(), "old.csv")
    assert reading.faults == ()
    concept = reading.glossary.by_id["forces"]
    assert concept.definitions == (Description("a; b"),)
    assert concept.notes == (Description("注释", Language.ZH_HANS),)
    assert [(one.type.value, one.concept) for one in concept.relations] == [
        ("related", "other"),
        ("related", "third"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "+1", "-1", "@x", "\tx", "＝1", "'x", "x", "''=x"])
def test_formulas_are_guarded_and_unguarded_as_a_pair(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in "=+-@\t＝"


def test_a_spreadsheet_holds_no_formula_and_the_same_bytes_each_time() -> None:
    data = xlsx.write(WHOLE)
    assert data == xlsx.write(WHOLE)
    assert read_spreadsheet(data, "x").rows[0][0].text == "concept"


SHAPES = {
    "plain": "新质生产力,new quality productive forces\n数字经济,digital economy\n",
    "other way round": "new quality productive forces,新质生产力\ndigital economy,数字经济\n",
    "with a header": "中文,英文\n新质生产力,new quality productive forces\n数字经济,digital economy\n",
    "with tags": "en-US,zh-CN\nnew quality productive forces,新质生产力\ndigital economy,数字经济\n",
    "semicolons": "新质生产力;new quality productive forces\n数字经济;digital economy\n",
    "tabs": "新质生产力\tnew quality productive forces\n数字经济\tdigital economy\n",
    "sides": "source,target\nnew quality productive forces,新质生产力\ndigital economy,数字经济\n",
    "remarks": "# -*- coding: utf-8 -*-\n新质生产力,new quality productive forces\n数字经济,digital economy\n",
    "utx": "#UTX 1.2; zh-CN/en-US;\n#src\ttgt\tterm status\n新质生产力\tnew quality productive forces\tapproved\n数字经济\tdigital economy\tforbidden\n",
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_two_column_glossary_is_read_in_any_shape(shape: str, encoding: str) -> None:
    reading = csv.read(SHAPES[shape].encode(encoding), "glossary.csv")
    assert reading.faults == ()
    assert not reading.has_own_ids
    assert _terms(reading.glossary) == [
        ("数字经济", "digital economy"),
        ("新质生产力", "new quality productive forces"),
    ]
    assert [concept.id for concept in reading.glossary] == [
        "digital-economy",
        "new-quality-productive-forces",
    ]


def test_statuses_of_other_tools_are_understood_and_the_rest_is_proposed() -> None:
    glossary = tsv.read(SHAPES["utx"].encode(), "g.tsv").glossary
    assert [concept.english[0].status for concept in glossary] == [Status.DEPRECATED, Status.PREFERRED]
    assert all(term.status is Status.PROPOSED for concept in glossary for term in concept.chinese)


def test_a_cell_of_several_terms_is_split_and_that_is_said() -> None:
    data = "en,zh,pos\ncontagious,可传染 : 有传染性,adjective\nreform; reforms,改革,noun\n".encode()
    reading = csv.read(data, "g.csv")
    assert _terms(reading.glossary) == [("可传染", "有传染性", "contagious"), ("改革", "reform", "reforms")]
    assert reading.glossary.concepts[0].english[0].grammar is Grammar.ADJECTIVE
    assert reading.remarks == (
        "g.csv: 2 cells contain several terms (separated by “;”, “；”, “|” or “ : ”); they were split.",
    )


def test_rows_that_share_a_chinese_term_are_one_concept() -> None:
    data = "zh,en\n智能体,AI agent\n智能体,agent\n".encode()
    assert _terms(csv.read(data, "g.csv").glossary) == [("智能体", "AI agent", "agent")]


def test_tags_and_script_tell_the_chinese() -> None:
    data = "zh-TW,en\n數位經濟,digital economy\n".encode()
    assert csv.read(data, "g").glossary.concepts[0].terms[0].language is Language.ZH_TW
    data = "新質生產力,new quality productive forces\n".encode()
    assert csv.read(data, "g").glossary.concepts[0].terms[0].language is Language.ZH_HANT


def test_unusable_rows_and_columns_are_said() -> None:
    data = "zh,en,weight\n改革,reform,1\n,opening up,2\n开放,,3\n".encode()
    reading = csv.read(data, "g.csv")
    assert [str(fault) for fault in reading.faults] == [
        "g.csv:3: there is no Chinese term beside “opening up”. Fill in the cell.",
        "g.csv:4: there is no English term beside “开放”. Fill in the cell.",
    ]
    assert reading.remarks == ("g.csv: Ignored columns: weight.",)
    assert reading.refused == 2


def test_a_table_without_chinese_is_one_fault() -> None:
    reading = csv.read(b"maison,house\nchat,cat\n", "g.csv")
    assert [str(fault) for fault in reading.faults] == [
        "g.csv: no column of Chinese terms beside a column of English ones was found. "
        "Give a table with a Chinese and an English column."
    ]


def test_faults_in_our_own_rows_name_the_line_of_the_concept() -> None:
    data = csv.write(Glossary.of([PRODUCTIVE])).decode("utf-8-sig").replace(",superseded,", ",old,")
    reading = csv.read(data.encode(), "g.csv")
    assert [str(fault) for fault in reading.faults] == [
        "g.csv:2: concept “new-quality-productive-forces”: “new productivity”: unknown status “old”. "
        "Use one of: preferred, admitted, proposed, superseded, deprecated."
    ]


def test_a_spreadsheet_of_two_columns_is_a_glossary() -> None:
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    with Workbook(buffer) as workbook:
        workbook.add_worksheet("empty")
        page = workbook.add_worksheet("terms")
        page.write_row(0, 0, ["序号", "英文", "中文"])
        page.write_row(1, 0, [1, "digital economy", "数字经济"])
    reading = xlsx.read(buffer.getvalue(), "g.xlsx")
    assert reading.faults == ()
    assert _terms(reading.glossary) == [("数字经济", "digital economy")]


def test_a_damaged_spreadsheet_is_one_sentence() -> None:
    data = xlsx.write(WHOLE)
    for damaged in (data[:-200], data[: len(data) // 2], b"PK\x03\x04", b"nothing"):
        with pytest.raises(
            UnreadableError, match=r"^g\.xlsx: the (archive|spreadsheet) (is damaged|cannot be read)"
        ):
            xlsx.read(damaged, "g.xlsx")


def test_json_is_schema_2_and_reads_lists_of_pairs_too() -> None:
    body = json.loads(json_file.write(WHOLE))
    assert body["schema"] == 2
    assert list(body) == ["schema", "pack", "title", "publisher", "source", "concept"]
    data = json.dumps(
        {"terms": [{"en": "Markov chain", "zh-cn": "马尔可夫链", "context": "probability", "rank": "3"}]}
    )
    reading = json_file.read(data.encode(), "g.json")
    assert _terms(reading.glossary) == [("马尔可夫链", "Markov chain")]
    assert reading.glossary.concepts[0].subject == "probability"
    assert reading.remarks == ("g.json: Ignored fields: rank.",)
    assert _terms(json_file.read('{"改革": "reform"}'.encode(), "g").glossary) == [("改革", "reform")]


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "[1, 2", "1" * 5000])
def test_broken_json_is_said_in_one_sentence(text: str) -> None:
    with pytest.raises(
        UnreadableError, match=r"^g\.json(:1:\d+)?: this (is not JSON|JSON is not a glossary)"
    ):
        json_file.read(text.encode(), "g.json")


@pytest.mark.parametrize("text", ['"x"', "null", "[[]]", "{}", '[{"fr": "maison"}]'])
def test_json_that_is_no_glossary_is_one_fault(text: str) -> None:
    assert len(json_file.read(text.encode(), "g.json").faults) == 1


def test_half_characters_in_json_become_replacement_characters() -> None:
    reading = json_file.read(b'[{"zh": "\\u6539\\u9769", "en": "reform\\ud800"}]', "g")
    assert _terms(reading.glossary) == [("改革", "reform\ufffd")]


def test_text_that_labels_its_terms_is_a_glossary() -> None:
    data = (
        "Code: 7\nEnglish Term: green space\nDefinition: A plot of land.\nChinese Term:绿地\n\n"
        "#Code: 8\n#English Term: x\n#Chinese Term: 甲\n\nCode: 9\nEnglish Term: fodder\nChinese Term:\n"
    ).encode()
    reading = tsv.read(data, "thesaurus.txt")
    assert _terms(reading.glossary) == [("绿地", "green space")]
    assert reading.glossary.concepts[0].definitions == (Description("A plot of land."),)
    assert [str(f) for f in reading.faults] == ["thesaurus.txt:11: there is no Chinese term beside “fodder”."]
    assert reading.remarks == ("thesaurus.txt: Ignored 3 lines that begin with #.",)
