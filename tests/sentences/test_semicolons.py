from __future__ import annotations

from termbank.model.alignment import Alignment, Bead
from termbank.model.document import Document
from termbank.sentences import split_at_semicolons, split_document

ZH = "一是稳定就业；二是稳定物价；三是稳定预期。完成任务。"
EN = "First, we will stabilize employment; second, we will stabilize prices; third, we will stabilize expectations. The task is done."


def _sides(zh: str, en: str):  # type: ignore[no-untyped-def]
    return split_document(Document("z", zh), "zh"), split_document(Document("e", en), "en")


def test_a_bead_is_split_where_both_sides_have_as_many_clauses() -> None:
    zh, en = _sides(ZH, EN)
    alignment = Alignment((Bead((0,), (0,), 9.0, 0.9), Bead((1,), (1,), 5.0, 0.8)), ("said",), 3.0)
    zh_new, en_new, found = split_at_semicolons(zh, en, alignment)
    assert [s.text for s in zh_new] == ["一是稳定就业；", "二是稳定物价；", "三是稳定预期。", "完成任务。"]
    assert en_new[1].text == "second, we will stabilize prices;"
    assert all(s.span.of(ZH) == s.text for s in zh_new)
    assert all(s.span.of(EN) == s.text for s in en_new)
    assert [(b.zh, b.en) for b in found.beads] == [((n,), (n,)) for n in range(4)]
    assert (found.remarks, found.relatedness) == (("said",), 3.0)


def test_a_sentence_stays_whole_where_the_other_side_has_no_semicolon() -> None:
    zh, en = _sides(ZH, EN.replace(";", ","))
    alignment = Alignment((Bead((0,), (0,)), Bead((1,), (1,))))
    assert split_at_semicolons(zh, en, alignment) == (zh, en, alignment)


def test_clauses_of_different_proportions_are_not_paired() -> None:
    zh, en = _sides(
        "甲；" + "要坚持全面深化改革开放" * 4 + "。",
        "We must deepen reform and opening up on all fronts without cease and without fear; A.",
    )
    alignment = Alignment((Bead((0,), (0,)),))
    assert split_at_semicolons(zh, en, alignment) == (zh, en, alignment)


def test_beads_of_several_sentences_and_gaps_stay() -> None:
    zh, en = _sides(ZH, EN)
    alignment = Alignment((Bead((0, 1), (0, 1)),))
    assert split_at_semicolons(zh, en, alignment)[2].beads == alignment.beads
    gaps = Alignment((Bead((0,), ()), Bead((1,), ()), Bead((), (0,)), Bead((), (1,))))
    assert split_at_semicolons(zh, en, gaps)[2].beads == gaps.beads
