"""Properties of normalisation and its offsets: whatever the text, an offset points into the text as given."""

from __future__ import annotations

import itertools

from hypothesis import example, given, settings
from hypothesis import strategies as st

from termbank.matching import Matcher
from termbank.matching.comparison_form import comparison_form
from termbank.model.concept import Concept, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.text.display_width import cells, cut, cut_left, fit, utf16
from termbank.text.normalize import fold, normalize
from termbank.text.scripts import convert, simplified_characters, simplify_characters, to_simplified
from termbank.text.spelling_en import american

SCRAPS = st.sampled_from(
    [
        "新质", "生产力", "新質生產力", "发展中国家", "中国", "“两山”论", "AI", "ＡＩ＋", "AI Plus", "nation", "nation's", "\u200b", "\u0301",
        "é", "ﬁ", "㈱", "①", "\r\n", "\n\n", "\u3000", " ", "𠮷", "🎉", "e-commerce", "—", "·", "후", "ﾊﾞ", "İ", "ß", "«", "\ufeff", "「", "」",
        "后里干只面台系制", "後裡幹隻麵臺係製", "1", "2025", "+", "’s", "\0", "\u202e", "the ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(SCRAPS, max_size=14).map("".join))

TERMS = ("新质生产力", "中国", "发展中国家", "两山论", "人工智能+")
ENGLISH = ("nation", "AI Plus", "e-commerce", "AI+")
MATCHER = Matcher.of(
    Glossary.of(
        Concept(f"c{number}", (Term(text, language),))
        for number, (text, language) in enumerate(
            [(text, Language.ZH_HANS) for text in TERMS] + [(text, Language.EN) for text in ENGLISH]
        )
    )
)


@settings(deadline=None)
@given(TEXTS)
@example("e\u200b\u0301")
@example("\u1100\u1161\u11a8")
@example("ﾊﾞ")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(TEXTS)
def test_folding_keeps_what_folds_to_itself_in_place(text: str) -> None:
    found = normalize(text)
    for at in range(len(found.text)):
        span = found.span(at, at + 1)
        assert 0 <= span.start < span.end <= len(text)
        assert found.text[at] in fold(span.of(text))


@settings(deadline=None)
@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_place_in_the_folded_text_is_a_place_whose_text_folds_to_it(
    text: str, one: int, other: int
) -> None:
    found = normalize(text)
    start, end = sorted((min(one, len(found.text)), min(other, len(found.text))))
    if start < end:
        assert found.text[start:end] in fold(found.span(start, end).of(text))


@settings(deadline=None)
@given(st.text(alphabet="abcdefgh新质生产力，。ＡＢ", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_where_nothing_changes_its_length_places_are_the_same(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert normalize(text).span(start, end) == (start, end)


@settings(deadline=None)
@given(TEXTS)
def test_flattening_keeps_the_length_and_flattening_twice_is_flattening_once(text: str) -> None:
    once = simplify_characters(text)
    assert len(once) == len(text)
    assert simplify_characters(once) == once


@settings(deadline=None)
@given(st.text(alphabet="什么为么后里干只面台系制发着了于乃借国家人民", max_size=20))
def test_text_that_is_simplified_already_is_never_damaged(text: str) -> None:
    assert to_simplified(text) == text
    assert simplify_characters(text) == text


@settings(deadline=None)
@given(
    st.sampled_from(sorted(set(simplified_characters().values()))), st.sampled_from(["s2t", "s2tw", "s2hk"])
)
def test_a_character_and_its_images_in_every_region_flatten_alike(char: str, config: str) -> None:
    image = convert(char, config)
    assert len(image) != 1 or simplify_characters(image) == simplify_characters(char)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(TERMS), TEXTS)
def test_a_match_is_where_it_says_and_folds_to_its_term(before: str, term: str, after: str) -> None:
    text = before + term + after
    for match in MATCHER.find(text, nested=True):
        start, end = match.span
        assert text[start:end] == match.text
        assert match.text
        if match.term.language.is_chinese:
            assert comparison_form(match.text).text == comparison_form(match.term.text).text


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_no_place_is_told_twice_and_no_two_owners_overlap(text: str) -> None:
    found = MATCHER.find(text)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))


@settings(deadline=None)
@given(st.sampled_from(TERMS), st.sampled_from(["", "，", "。", "\n\n", "（", "🎉", "\t", "…"]))
def test_a_term_beside_punctuation_is_always_found(term: str, beside: str) -> None:
    text = f"{beside}{term}{beside}"
    assert [match.term.text for match in MATCHER.chinese(text)] == [term]


@settings(deadline=None)
@given(TEXTS, st.integers(1, 30))
def test_fitted_text_takes_the_cells_it_was_given(text: str, width: int) -> None:
    assert cells(fit(text, width)) == width
    assert cells(cut(text, width)) <= width
    assert cells(cut_left(text, width)) <= width


@settings(deadline=None)
@given(st.text(max_size=40))
def test_utf16_units_are_counted_as_others_count_them(text: str) -> None:
    assert utf16(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@settings(deadline=None)
@given(st.text(alphabet="abcdefghiorsuz", min_size=1, max_size=14))
def test_american_spelling_is_settled_at_once(word: str) -> None:
    assert american(american(word)) == american(word)
