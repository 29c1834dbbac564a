"""A survey beside the Chinese finds what the bank has never seen, in commentaries that go their own way too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gold.hidden_renderings import Tally, measure
from gold.hidden_renderings import own_way as own_order
from gold.survey_gold import packs
from termbank.files.documents import read
from termbank.model.concept import Concept
from termbank.model.document import Document
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.services.align import align_documents
from termbank.services.new_renderings import pair_scattered
from termbank.services.survey import survey_files

SOURCE = """\
关于促进低空经济健康发展的若干措施
低空经济是新质生产力的典型代表，是培育经济增长新动能的重要方向。
到2027年，全市低空经济规模达到500亿元，开通无人机物流航线100条以上。
支持企业加大研发投入，突破电池、航电系统等关键核心技术。
建设低空智能网联系统，完善起降场、通信、导航、监视等新型基础设施。
推进空域管理改革，优化飞行审批流程，审批时间压缩到两个工作日以内。
发展无人机配送、空中游览、医疗救护等应用场景，培育新的消费增长点。
设立20亿元产业基金，引导社会资本投早、投小、投硬科技。
加强人才队伍建设，支持高校开设相关专业，推进产教融合。
坚持统筹发展和安全，严厉打击“黑飞”行为，守牢安全底线。
各区、各部门要因地制宜抓好落实，避免重复建设和“内卷式”竞争。
"""

COMMENTARY = """\
A southern city bets on the skies

The most striking pledge concerns money: an industry fund of two billion yuan is to steer private capital toward small, early-stage hard-and-core technology firms.

On training, universities will be backed to open new majors, and the fusing of industry with schooling is to be pushed forward.

Officials promise to reform how airspace is managed and to cut the time for approving flights to no more than two working days.

The text calls the sky-level economy a typical example of next-quality production power and an important direction for fostering new growth drivers.

Our own view is that noise complaints will decide the matter; the paper does not mention them.
"""


def test_sentences_of_a_commentary_stand_beside_the_chinese_they_are_about() -> None:
    texts = pair_scattered(align_documents(document("zh", SOURCE), document("en", COMMENTARY)))
    pairs = {pair.en[:20]: pair.zh for pair in texts.pairs() if pair.en}
    for en, zh in (
        ("The most striking pl", "设立20亿元产业基金"),
        ("On training, univers", "加强人才队伍建设"),
        ("Officials promise to", "推进空域管理改革"),
        ("The text calls the s", "低空经济是新质生产力的典型代表"),
    ):
        assert pairs[en].startswith(zh)
    assert pairs["Our own view is that"] == ""


def document(name: str, text: str) -> Document:
    return read(text.encode("utf-8"), f"{name}.txt")


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory, root: Path) -> list[tuple[Path, Path]]:
    """Half of each of a few texts, their paragraphs shuffled, and their sources."""
    folder = tmp_path_factory.mktemp("halves")
    pairs = []
    for topic in ("ai-plus", "belt-and-road", "carbon-goals", "rural-vitalization"):
        whole = root / "corpus" / f"{topic}.official.en.txt"
        (folder / whole.name).write_text(
            own_order(whole.read_text(encoding="utf-8"), "half"), encoding="utf-8"
        )
        pairs.append((root / "corpus" / f"{topic}.zh.txt", folder / whole.name))
    return pairs


def test_hidden_renderings_are_found_again_out_of_order(halves: list[tuple[Path, Path]]) -> None:
    tally = Tally()
    for source, half in halves:
        measure(source, half, packs(), tally)
    assert tally.hidden >= 12
    assert tally.recall >= 0.5
    assert tally.precision >= 0.7


def test_every_new_rendering_tells_how_sure_it_is_and_where_it_stands(
    halves: list[tuple[Path, Path]],
) -> None:
    source, path = halves[0]
    text = path.read_text(encoding="utf-8")
    found = survey_files([path], Glossary.of(map(without_english, packs())), zh=source).survey
    new = [rendering for row in found.concepts for rendering in row.renderings]
    assert new
    for rendering in new:
        assert (rendering.known, rendering.status) == (False, None)
        assert 0.5 <= (rendering.confidence or 0) <= 1
        for use in rendering.uses:
            assert [span.of(text) for span in use.spans] == list(use.forms)


def without_english(concept: Concept) -> Concept:
    return replace(concept, terms=concept.chinese)


def test_a_document_that_goes_its_own_way_is_said_to_do_so(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "en.txt").write_text(COMMENTARY, encoding="utf-8")
    remarks = survey_files([tmp_path / "en.txt"], packs(), zh=tmp_path / "zh.txt").survey.remarks
    assert any("by their words alone" in remark for remark in remarks)


def test_a_rendering_around_a_shorter_term_of_the_bank_is_new_all_the_same(root: Path) -> None:
    known = packs()
    without = Glossary.of(
        replace(c, terms=tuple(t for t in c.terms if t.language.is_chinese))
        if c.id == "common-prosperity"
        else c
        for c in known
    )
    assert any("prosperity" in (term.text for term in concept.english) for concept in without)
    surveyed = survey_files(
        [root / "corpus" / "common-prosperity.official.en.txt"],
        without,
        zh=root / "corpus" / "common-prosperity.zh.txt",
    )
    (row,) = [row for row in surveyed.survey.concepts if row.concept == "common-prosperity"]
    assert [r.text.lower() for r in row.renderings if (r.confidence or 0) > 0.9] == ["common prosperity"]


def test_an_unrelated_document_is_said_to_be_one(root: Path) -> None:
    corpus = root / "corpus"
    surveyed = survey_files(
        [corpus / "cybersecurity.official.en.txt"], packs(), zh=corpus / "rural-vitalization.zh.txt"
    )
    remarks = surveyed.survey.remarks
    assert any("do not look like translations" in remark for remark in remarks)
    assert not any("by their words alone" in remark for remark in remarks)


def test_a_source_that_is_not_chinese_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(COMMENTARY, encoding="utf-8")
    with pytest.raises(TermbankError, match="does not look Chinese"):
        survey_files([tmp_path / "en.txt"], packs(), zh=tmp_path / "en.txt")
