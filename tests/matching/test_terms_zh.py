"""Chinese terms in text: edges, owners, scripts, quotation marks, places."""

from __future__ import annotations

import pytest

from termbank.matching import Match, Matcher
from termbank.model.concept import Concept, MatchFlag, Status, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language


def matcher(*terms: str | Term) -> Matcher:
    made = [term if isinstance(term, Term) else Term(term, Language.ZH_HANS) for term in terms]
    return Matcher.of(Glossary.of(Concept(f"c{number}", (term,)) for number, term in enumerate(made)))


def texts(found: list[Match]) -> list[str]:
    return [match.text for match in found]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("中国", "发展中国家的债务"),
        ("成功", "郑成功收复失地"),
        ("真好", "这出戏真好看"),
        ("人民", "中国人民银行公告"),
        ("开发", "经济技术开发区"),
        ("国际化", "国际化学年"),
        ("三个代表", "二十三个代表团"),
        ("十四五", "二十四五岁"),
        ("AI", "AIGC内容"),
        ("5G", "15G容量"),
    ],
)
def test_letters_of_another_word_are_no_term(term: str, text: str) -> None:
    assert matcher(term).chinese(text) == []


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("人民日报", "人民日报1版"),
        ("东数西算", "实施东数西算工程"),
        ("体制改革", "经济体制改革"),
        ("5G", "加快5G建设"),
        ("互联网+", "推进互联网＋行动"),
        ("中国制造2025", "中国制造２０２５"),
    ],
)
def test_a_term_is_found_beside_figures_letters_and_other_words(term: str, text: str) -> None:
    assert len(matcher(term).chinese(text)) == 1


def test_the_longest_owner_wins_and_inner_terms_are_told_on_request() -> None:
    terms = matcher("一带一路", "一带一路倡议")
    assert texts(terms.chinese("共建一带一路倡议")) == ["一带一路倡议"]
    nested = terms.chinese("共建一带一路倡议", nested=True)
    assert [(match.text, match.nested) for match in nested] == [("一带一路倡议", False), ("一带一路", True)]


def test_when_the_longest_is_refused_the_next_shorter_is_tried_at_the_same_place() -> None:
    terms = matcher(
        "人民日报社", Term("人民日报社论坛", Language.ZH_HANS, never_inside=("人民日报社论坛报",))
    )
    assert texts(terms.chinese("人民日报社论坛报")) == ["人民日报社"]


def test_no_span_is_told_twice() -> None:
    terms = matcher("中国", "中国人民", "人民", "中国人民银行", "银行")
    spans = [match.span for match in terms.chinese("中国人民银行和中国人民", nested=True)]
    assert len(spans) == len(set(spans))
    owners = [match.span for match in terms.chinese("中国人民银行和中国人民")]
    assert all(not one.overlaps(other) for one in owners for other in owners if one != other)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("加快形成新质\n生产力", "新质\n生产力"),
        ("加快形成新质\r\n　　生产力", "新质\r\n　　生产力"),
        ("发展“新质”生产力", "“新质”生产力"),
        ("發展「新質」生產力", "「新質」生產力"),
        ("发展新质 生产力", "新质 生产力"),
        ("发展新质\u200b生产力", "新质\u200b生产力"),
    ],
)
def test_line_ends_quotation_marks_and_the_unseen_do_not_break_a_term(text: str, written: str) -> None:
    (match,) = matcher("新质生产力").chinese(text)
    assert match.text == written == match.span.of(text)


def test_a_blank_line_parts_what_stands_on_its_two_sides() -> None:
    assert matcher("发展中国家").chinese("发展中\n\n国家财政") == []


def test_a_quotation_mark_is_an_edge_that_needs_no_judge() -> None:
    assert texts(matcher("成功").chinese("“成功”率先实现")) == ["成功"]


def test_a_short_title_is_a_common_word_without_its_marks() -> None:
    terms = matcher("《意见》")
    assert texts(terms.chinese("《意见》明确，征求意见后印发。")) == ["《意见》"]


def test_script_is_reported_and_never_collapsed() -> None:
    terms = matcher("新质生产力", Term("人工智慧", Language.ZH_TW))
    (match,) = terms.chinese("發展新質生產力")
    assert (match.text, match.term.text, match.language) == ("新質生產力", "新质生产力", Language.ZH_HANT)
    (match,) = terms.chinese("發展人工智慧")
    assert match.language is Language.ZH_TW


def test_what_taiwan_calls_a_mainland_term_is_found_and_said_to_be_taiwans() -> None:
    (match,) = matcher("网络安全").chinese("維護網路安全")
    assert (match.term.text, match.language) == ("网络安全", Language.ZH_TW)


@pytest.mark.parametrize(
    ("term", "simplified", "traditional"),
    [
        ("发票", "开具发票", "開具發票"),
        ("理发", "理发店外", "理髮店外"),
        ("后勤", "后勤保障", "後勤保障"),
        ("皇后", "皇后画像", "皇后畫像"),
        ("里程碑", "重要里程碑", "重要里程碑"),
        ("干部", "培养干部", "培養幹部"),
        ("干旱", "应对干旱", "應對乾旱"),
        ("面粉", "储备面粉", "儲備麵粉"),
        ("面子工程", "整治面子工程", "整治面子工程"),
        ("台湾", "在台湾投资", "在臺灣投資"),
        ("系统", "操作系统", "作業系統"),
        ("联系", "加强联系", "加強聯繫"),
        ("制度", "完善制度", "完善制度"),
        ("制造业", "先进制造业", "先進製造業"),
        ("船只", "登记船只", "登記船隻"),
    ],
)
def test_characters_with_several_traditional_forms_are_found_both_ways(
    term: str, simplified: str, traditional: str
) -> None:
    terms = matcher(Term(term, Language.ZH_HANS, flags=frozenset((MatchFlag.ALWAYS,))))
    for text in (simplified, traditional):
        assert len(terms.chinese(text)) == 1, text


def test_always_and_never_inside_are_obeyed() -> None:
    always = matcher(Term("成功", Language.ZH_HANS, flags=frozenset((MatchFlag.ALWAYS,))))
    assert texts(always.chinese("郑成功")) == ["成功"]
    never = matcher(Term("数据", Language.ZH_HANS, never_inside=("数据线",)))
    assert texts(never.chinese("数据线与数据")) == ["数据"]
    assert never.chinese("数据线与数据")[0].span.start == 4


def test_two_concepts_with_one_term_are_both_named_the_better_status_first() -> None:
    glossary = Glossary.of(
        [
            Concept("a-second", (Term("主体", Language.ZH_HANS, Status.ADMITTED),), "law"),
            Concept("b-first", (Term("主体", Language.ZH_HANS, Status.PREFERRED),), "economy"),
        ]
    )
    (match,) = Matcher.of(glossary).chinese("各类主体")
    assert match.concept.id == "b-first"
    assert [concept.id for concept in match.also] == ["a-second"]


def test_terms_with_wildcards_are_letters_and_nothing_else() -> None:
    assert matcher(".*", "[中国]", "中国？").chinese("发展中国家") == []


@pytest.mark.parametrize("text", ["", " ", "\n", "\0", "🎉", "的" * 10_000, "中国" * 5_000])
def test_odd_texts_do_no_harm(text: str) -> None:
    for match in matcher("中国", "发展").chinese(text):
        assert match.span.of(text) == match.text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("队伍成功率高。", []),
        ("市场化改革", []),
        ("成功化解风险", ["成功"]),
        ("主席率团出访", ["主席"]),
        ("人民日报社举办论坛", ["人民日报"]),
    ],
)
def test_a_suffix_makes_another_word_where_it_is_no_word_of_its_own(text: str, found: list[str]) -> None:
    terms = [Term(word, Language.ZH_HANS) for word in ("成功", "市场", "主席", "人民日报")]
    matcher = Matcher.of(Glossary.of(Concept(f"c{at}", (term,)) for at, term in enumerate(terms)))
    assert [match.text for match in matcher.chinese(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("消除不安全因素。", []),
        ("这样做绝不安全。", ["安全"]),
        ("规范非证券投资业务。", []),
        ("并非证券专属。", ["证券"]),
        ("反洗钱工作座谈会召开。", ["洗钱"]),
    ],
)
def test_a_negation_makes_another_word_and_opposition_does_not(text: str, found: list[str]) -> None:
    assert texts(matcher("安全", "证券", "洗钱").chinese(text)) == found


WORDS = ("改革", "发展", "法律", "香港", "中国", "户籍", "投资", "部长", "商业", "乡亲", "科技")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("以改革促发展。", ["改革", "发展"]),
        ("法律条文明确了标准。", ["法律"]),
        ("同香港特别行政区政府磋商。", ["香港"]),
        ("中国政府发表白皮书。", ["中国"]),
        ("在大陆设有户籍者，应当申报。", ["户籍"]),
        ("投资者风险自担。", []),
        ("副部长出席会议。", ["部长"]),
        ("商业银行下调利率。", ["商业"]),
        ("中国银行下调利率。", []),
        ("乡亲们搬进新居。", ["乡亲"]),
        ("高科技产品出口增加。", []),
    ],
)
def test_what_is_only_a_phrase_in_the_dictionary_owns_no_letters(text: str, found: list[str]) -> None:
    assert texts(matcher(*WORDS).chinese(text)) == found
