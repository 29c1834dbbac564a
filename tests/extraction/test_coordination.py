"""Lists that answer one another: the second of five is the second of five."""

from __future__ import annotations

import pytest

from termbank.extraction.bead_text import BeadText, segment_chinese, tokenize_english
from termbank.extraction.features.coordination import find_conjunct, list_items
from termbank.model.span import Span
from termbank.services.lexicon_cache import lexicon

ZH = "坚持前瞻谋划、系统布局、分业施策、开放共享、安全可控，推动创新。"
EN = "We will adhere to forward-looking planning, systematic layout, tailored industry measures, open sharing, and safe and controllable practices."


def place(term: str) -> Span:
    start = ZH.index(term)
    return Span(start, start + len(term))


def bead(en: str) -> BeadText:
    return BeadText(ZH, en, segment_chinese(ZH, lexicon()), tokenize_english(en, lexicon()))


def test_a_term_between_commas_is_an_item_of_its_list() -> None:
    found = list_items(ZH, place("分业施策"))
    assert found is not None
    spans, which = found
    assert [span.of(ZH) for span in spans] == ["坚持前瞻谋划", "系统布局", "分业施策", "开放共享", "安全可控"]
    assert which == 2


def test_half_an_item_is_no_item() -> None:
    assert list_items(ZH, place("施策")) is None
    assert list_items(ZH, place("创新")) is None


def test_items_alike_need_no_mark_between_them() -> None:
    zh = "推动创新链产业链资金链人才链深度融合"
    start = zh.index("资金链")
    found = list_items(zh, Span(start, start + 3))
    assert found is not None
    assert [span.of(zh) for span in found[0]] == ["创新链", "产业链", "资金链", "人才链"]
    assert found[1] == 2
    assert list_items("健全产业链供应链", Span(2, 5)) is None


@pytest.mark.parametrize(
    ("term", "words"), [("系统布局", "systematic layout"), ("分业施策", "tailored industry measures")]
)
def test_the_conjunct_in_the_terms_place_is_found_whatever_its_words(term: str, words: str) -> None:
    import numpy as np

    text = bead(EN)
    found = find_conjunct(text, place(term), np.full((len(text.units), len(text.pieces)), 0.2, np.float32))
    assert found is not None
    start, end = text.pieces[found.start].span.start, text.pieces[found.end - 1].span.end
    assert text.en[start:end] == words


def test_a_list_of_another_length_answers_nothing() -> None:
    import numpy as np

    text = bead("We will plan ahead, act by sector, and stay safe.")
    assert (
        find_conjunct(text, place("系统布局"), np.full((len(text.units), len(text.pieces)), 0.2, np.float32))
        is None
    )
