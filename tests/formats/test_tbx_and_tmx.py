"""TBX and TMX: valid as the standards say, and read in every flavour met with."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from formats.samples import ALONE, HARD, PRODUCTIVE, WHOLE
from termbank.files.archives import unpack
from termbank.files.bitext import tmx as tmx_pairs
from termbank.files.glossaries import tbx, tmx
from termbank.model.concept import Grammar, Status, TermType
from termbank.model.concept_facts import Description
from termbank.model.errors import UnreadableError
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair


def test_tbx_is_valid_by_schema_and_schematron(shared_data: Path, tmp_path: Path) -> None:
    pytest.importorskip("saxonche")
    files = []
    for name, glossary in (("whole", WHOLE), ("hard", HARD)):
        files.append(tmp_path / f"{name}.tbx")
        files[-1].write_bytes(tbx.write(glossary))
    tool = shared_data.parent / "tools" / "tbx_validate.py"
    done = subprocess.run(
        [sys.executable, str(tool), *map(str, files)], capture_output=True, text=True, check=False
    )
    assert done.stdout.count(" OK") == 2, done.stdout


def test_tmx_is_valid_by_its_dtd(shared_data: Path) -> None:
    etree = pytest.importorskip("lxml.etree")
    dtd = etree.DTD(str(shared_data / "schemas" / "tmx14.dtd"))
    pairs = [
        SegmentPair("改革\x0b开放", "Reform & <opening> up", aligned=True, confidence=0.9),
        SegmentPair("独", ""),
    ]
    for data in (tmx.write(WHOLE), tmx.write(HARD), tmx.write(Glossary()), tmx_pairs.write(pairs)):
        assert dtd.validate(etree.fromstring(data)), dtd.error_log


def test_tbx_is_written_exactly_so() -> None:
    text = tbx.write(Glossary.of([ALONE, PRODUCTIVE])).decode()
    assert (
        '<conceptEntry id="c-alone">\n   <note xml:lang="en">No rendering yet.</note>\n   <langSec xml:lang="zh-Hans">'
        in text
    )
    assert (
        "    <termSec><term>new productivity</term>\n"
        '     <termNote type="partOfSpeech">noun</termNote>\n'
        '     <termNote type="termType">fullForm</termNote>\n'
        '     <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote>\n'
        "    </termSec>" in text
    )
    assert '<admin type="source">“新质生产力”是什么 (Xinhua, 2023-09)</admin>' in text
    assert (
        '   <descripGrp><descrip type="definition" xml:lang="zh-Hans">以创新为主导的先进生产力。</descrip>'
        '<admin type="source">“新质生产力”是什么</admin></descripGrp>' in text
    )
    assert '     <descrip type="context">因地制宜发展新质生产力。</descrip>' in text
    assert (
        '   <xref type="externalCrossReference" target="https://www.wikidata.org/wiki/Q123">wikidata: Q123</xref>'
        in text
    )


def test_a_term_preferred_for_some_profiles_is_admitted_where_profiles_are_not_kept() -> None:
    for format in (tbx, tmx):
        terms = format.read(format.write(WHOLE), "g").glossary.by_id[PRODUCTIVE.id].english
        assert [term.text for term in terms if term.status is Status.PREFERRED] == [
            "new quality productive forces"
        ]
        assert next(t for t in terms if t.text == "new-quality productivity").status is Status.ADMITTED


def test_tmx_never_gives_a_rejected_term_as_a_translation() -> None:
    text = tmx.write(WHOLE).decode()
    assert "new productivity" not in text
    assert "new-type productivity" not in text
    assert "<seg>NQPFs</seg>" in text


def test_segments_are_written_as_sentences() -> None:
    text = tmx_pairs.write([SegmentPair("改革。", "Reform.", aligned=True, confidence=0.91234)]).decode()
    assert 'segtype="sentence"' in text
    assert (
        '<tu><prop type="x-confidence">0.912</prop><tuv xml:lang="zh-Hans"><seg>改革。</seg></tuv>'
        '<tuv xml:lang="en"><seg>Reform.</seg></tuv></tu>' in text
    )


V3_DCT = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader/><text><body>
<conceptEntry id="c1"><min:subjectField>finance</min:subjectField>
<langSec xml:lang="zh"><termSec><term>逆周期 调节</term></termSec></langSec>
<langSec xml:lang="en"><basic:definition>Acting against
  the cycle.</basic:definition><termSec><term>counter-cyclical <hi>adjustment</hi></term>
<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus><basic:termType>fullForm</basic:termType>
<min:partOfSpeech>noun</min:partOfSpeech><note>Usual.</note><basic:source>PBC</basic:source></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>ajustement</term></termSec></langSec></conceptEntry></body></text></tbx>"""
V3_DCA = V3_DCT.replace('style="dct"', 'style="dca"')
for _name in ("subjectField", "definition"):
    for _prefix in ("min", "basic"):
        V3_DCA = V3_DCA.replace(f"<{_prefix}:{_name}>", f'<descrip type="{_name}">').replace(
            f"</{_prefix}:{_name}>", "</descrip>"
        )
for _name in ("administrativeStatus", "termType", "partOfSpeech"):
    for _prefix in ("min", "basic"):
        V3_DCA = V3_DCA.replace(f"<{_prefix}:{_name}>", f'<termNote type="{_name}">').replace(
            f"</{_prefix}:{_name}>", "</termNote>"
        )
V3_DCA = V3_DCA.replace("<basic:source>", '<admin type="source">').replace("</basic:source>", "</admin>")
V2 = """<?xml version='1.0'?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body><termEntry id="eid-67"><descrip type="subjectField">finance</descrip>
<langSet xml:lang="zh-CN"><tig><term>逆周期 调节</term></tig></langSet>
<langSet xml:lang="en"><descripGrp><descrip type="definition">Acting against the cycle.</descrip></descripGrp>
<ntig><termGrp><term>counter-cyclical adjustment</term><termNote type="termType">fullForm</termNote>
<termNote type="administrativeStatus">preferredTermAdmnSts</termNote></termGrp><adminGrp><admin type="source">PBC</admin></adminGrp>
<note>Usual.</note></ntig></langSet>
<langSet xml:lang="fr"><tig><term>ajustement</term></tig></langSet></termEntry></body></text></martif>"""
MIN_2013 = """<TBX dialect="TBX-Min"><header><languages source="zh" target="en"/></header><body>
<entry id="C1"><subjectField>finance</subjectField>
<langGroup xml:lang="zh"><tig><term>逆周期 调节</term></tig></langGroup>
<langGroup xml:lang="en"><tig><term>counter-cyclical adjustment</term><termStatus>preferred</termStatus>
<noteGrp><note><noteValue>Usual.</noteValue></note></noteGrp></tig></langGroup></entry></body></TBX>"""
VENDOR = V3_DCA.replace(
    '<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>',
    '<termNote type="usageStatus">preferred</termNote><descrip type="reliabilityCode">3</descrip>',
).replace('id="c1"', 'id="iate_3515206"')


@pytest.mark.parametrize(
    "flavour", [V3_DCA, V3_DCT, V2, MIN_2013, VENDOR], ids=["dca", "dct", "v2", "min", "vendor"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_flavour_of_tbx_is_read(flavour: str, encoding: str) -> None:
    reading = tbx.read(flavour.encode(encoding), "t.tbx")
    assert reading.faults == ()
    concept = reading.glossary.concepts[0]
    assert (concept.id, concept.subject) == ("counter-cyclical-adjustment", "finance")
    assert [term.text for term in concept.terms] == ["逆周期 调节", "counter-cyclical adjustment"]
    english = concept.english[0]
    assert english.status is Status.PREFERRED
    assert english.note == "Usual."
    if flavour is not MIN_2013:
        assert concept.definitions == (Description("Acting against the cycle."),)
        assert english.attestations[0].source.title == "PBC"
        assert any("Ignored terms in other languages: fr (1)" in remark for remark in reading.remarks)
    if flavour is VENDOR:
        assert reading.remarks[-1] == "t.tbx: Ignored data categories: reliabilityCode."


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("forbidden", Status.DEPRECATED), ("obsolete", Status.SUPERSEDED), ("deprecatedTermAdmnSts", Status.DEPRECATED),
        ("admitted", Status.ADMITTED), ("notRecommended", Status.DEPRECATED), ("supersededTerm-admn-sts", Status.SUPERSEDED),
    ],
)  # fmt: skip
def test_vendors_words_for_a_status_are_understood(word: str, status: Status) -> None:
    reading = tbx.read(V3_DCA.replace("preferredTerm-admn-sts", word).encode(), "t")
    assert reading.glossary.concepts[0].english[0].status is status


def test_a_status_nobody_knows_is_said() -> None:
    reading = tbx.read(V3_DCA.replace("preferredTerm-admn-sts", "shiny").encode(), "t")
    assert reading.glossary.concepts[0].english[0].status is Status.PROPOSED
    assert "t: Unknown statuses, read as proposed: “shiny” (1)." in reading.remarks


def test_a_tbx_that_gives_nothing_says_why() -> None:
    reading = tbx.read(V3_DCA.replace('xml:lang="zh"', 'xml:lang="de"').encode(), "t.tbx")
    assert [str(fault) for fault in reading.faults] == [
        "t.tbx: none of its entries (1, in de, en, fr) has a Chinese and an English term. "
        "Give a termbase with Chinese and English."
    ]
    empty = tbx.read(b"<tbx><text><body/></text></tbx>", "t.tbx")
    assert str(empty.faults[0]) == "t.tbx: it holds no entries. Export it again."


def test_entries_without_a_side_are_faults_with_their_line() -> None:
    lone = '<conceptEntry id="c2"><langSec xml:lang="en"><termSec><term>repo</term></termSec></langSec></conceptEntry>'
    reading = tbx.read(V3_DCA.replace("</body>", f"\n{lone}</body>").encode(), "t.tbx")
    assert [str(fault) for fault in reading.faults] == [
        "t.tbx:10: the entry “c2” has no Chinese term. Add one, or leave it."
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<html/>", "t: this XML is not TBX: its outermost element is <html>. Check that it is the right file, or give --format."),
        (b"not xml", "t: this is not XML. Check that it is the right file."),
        (b"<tbx><text>", "t:1:12: the file is cut short: its XML does not end. Export it again."),
        (b"<tbx>\n<a></b></tbx>", "t:2:6: the XML is broken: mismatched tag. Export it again."),
        (
            b'<!DOCTYPE tbx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tbx>&b;</tbx>',
            "t:1: it declares an entity (“a”), which can hide an attack. Remove the <!ENTITY> lines, or export the file "
            "again without them.",
        ),
        (
            b'<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx>&x;</tbx>',
            "t:1: it declares an entity (“x”), which can hide an attack. Remove the <!ENTITY> lines, or export the file "
            "again without them.",
        ),
    ],
)  # fmt: skip
def test_xml_that_cannot_be_read_is_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        tbx.read(data, "t")
    assert str(raised.value) == sentence


def test_a_packed_tbx_is_unpacked() -> None:
    data, name = unpack(gzip.compress(V2.encode()), "terms.tbx.gz")
    assert name == "terms.tbx"
    assert len(tbx.read(data, name).glossary) == 1


def test_our_own_types_and_grammar_come_back_from_tbx() -> None:
    terms = {t.text: t for c in tbx.read(tbx.write(WHOLE), "t").glossary for t in c.terms}
    assert terms["NQPFs"].type is TermType.ABBREVIATION
    assert terms["reform is deepened"].grammar is Grammar.CLAUSE
    assert terms["deepen reform"].grammar is Grammar.VERB_PHRASE


def test_a_memory_of_terms_is_a_glossary_and_one_of_sentences_is_not() -> None:
    unit = '<tu><tuv xml:lang="{}"><seg>{}</seg></tuv><tuv xml:lang="{}"><seg>{}</seg></tuv></tu>'
    head = '<tmx version="1.4"><header segtype="sentence"/><body>'
    term = unit.format("en-US", "reform <ph>{1}</ph>", "zh-CN", "改革")
    said = unit.format("en", "Reform goes on.", "zh", "改革继续。")
    reading = tmx.read((head + term + term + said + "</body></tmx>").encode(), "m.tmx")
    assert [[t.text for t in c.terms] for c in reading.glossary] == [["改革", "reform"]]
    assert reading.remarks == ("m.tmx: 1 sentence left out.",)
    reading = tmx.read((head + said * 3 + term + "</body></tmx>").encode(), "m.tmx")
    assert [str(f) for f in reading.faults] == [
        "m.tmx: 3 of its 4 units are sentences: this is a translation memory, not a glossary. Check it with `termbank check`."
    ]
