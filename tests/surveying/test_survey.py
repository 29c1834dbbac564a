from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from termbank.checks.example_glossary import GLOSSARY
from termbank.matching.matcher import Matcher
from termbank.model.concept import Attestation, Concept, MatchFlag, Status, Term, TermType, sort_terms
from termbank.model.document import Document, Source
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.segment import SegmentPair
from termbank.model.span import Span
from termbank.model.survey import Survey, same_wording
from termbank.services.bank_setup import create
from termbank.services.check import check_pairs
from termbank.services.provenance import SourceFacts
from termbank.services.survey import quotation, report, save, survey_files
from termbank.store.bank import Bank
from termbank.surveying import NewRendering, beside_chinese, survey, with_new

A = "New quality productive forces are growing. New Quality Productive Forces draw on computing power."
B = "The new productivity boosters need computing power and, above all, computing capacity."


def two() -> tuple[Document, Document]:
    return Document("a.txt", A), Document("b.txt", B)


def test_every_use_has_its_span_in_the_text_as_given() -> None:
    found = survey(two(), GLOSSARY, Matcher.of(GLOSSARY))
    row = next(row for row in found.concepts if row.concept == "new-quality-productive-forces")
    forms = {
        r.text: [span.of(A) for use in r.uses if use.document == "a.txt" for span in use.spans]
        for r in row.renderings
    }
    assert forms["new quality productive forces"] == [
        "New quality productive forces",
        "New Quality Productive Forces",
    ]
    assert [r.status for r in row.renderings] == ["preferred", "deprecated"]


def test_a_document_that_uses_two_wordings_is_mixed() -> None:
    found = survey(two(), GLOSSARY, Matcher.of(GLOSSARY))
    assert [(name, row.concept) for name, row in found.mixed] == [("b.txt", "computing-power")]


def test_a_preferred_rendering_that_nobody_uses_is_said() -> None:
    found = survey((Document("b.txt", B),), GLOSSARY, Matcher.of(GLOSSARY))
    assert [row.concept for row in found.unused] == ["new-quality-productive-forces"]


def test_a_rendering_the_bank_has_never_seen_is_marked_as_new() -> None:
    found = survey(two(), GLOSSARY, Matcher.of(GLOSSARY))
    new = NewRendering("computing-power", "compute", "a.txt", (Span(0, 7),), ("compute",), 0.81)
    row = next(r for r in with_new(found, [new], GLOSSARY).concepts if r.concept == "computing-power")
    assert [(r.text, r.known, r.confidence) for r in row.renderings if not r.known] == [
        ("compute", False, 0.81)
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("“AI Plus” initiative", "AI Plus Initiative", True),
        ("AI Plus", "AI+", False),
        ("Artificial Intelligence (AI)+", "Artificial Intelligence+", False),
        ("the large model", "large models", True),
        ("new quality productive forces", "new productive forces", False),
    ],
)
def test_wordings_differ_by_more_than_case_and_plural(one: str, other: str, same: bool) -> None:
    assert same_wording(one, other) is same


def test_an_empty_survey_says_so() -> None:
    found = survey((Document("c.txt", "Nothing of ours."),), GLOSSARY, Matcher.of(GLOSSARY))
    assert found.concepts == ()


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    from termbank.model.decision import Change, Decision
    from termbank.model.records import concept_record

    create(tmp_path / "b.bank", filled=False)
    bank = Bank.open(tmp_path / "b.bank")
    changes = tuple(Change("concept", concept.id, concept_record(concept)) for concept in GLOSSARY)
    bank.decide(Decision("import", "test", "2025-01-01T00:00:00Z", changes=changes))
    return bank


def files(folder: Path) -> list[Path]:
    (folder / "a.txt").write_text(f"Growth\nSource: Science Daily\n2025-09-04\n{A}\n", encoding="utf-8")
    (folder / "b.txt").write_text(f"Boosters\n{B}\n", encoding="utf-8")
    return [folder / "a.txt", folder / "b.txt"]


def test_saving_keeps_attestations_under_their_publisher_and_date_and_once(
    bank: Bank, tmp_path: Path
) -> None:
    surveyed = survey_files(files(tmp_path), bank.glossary())
    first = save(bank, surveyed)
    assert first.attestations == 5
    term = next(t for t in bank.concept("new-quality-productive-forces").english if t.status == "preferred")
    seen = term.attestations[0]
    assert (seen.source.publisher_name, seen.date) == ("Science Daily", "2025-09-04")
    assert seen.quotation == "New quality productive forces are growing."
    assert save(bank, surveyed).number == 0


def test_what_was_assumed_is_remarked(bank: Bank, tmp_path: Path) -> None:
    saved = save(bank, survey_files(files(tmp_path), bank.glossary()))
    assert any("b.txt: it does not say who published it." in remark for remark in saved.remarks)


def test_a_manifest_beside_the_documents_describes_them(bank: Bank, tmp_path: Path) -> None:
    paths = files(tmp_path)
    (tmp_path / "manifest.toml").write_text(
        '[[document]]\nfile = "b.txt"\ntitle = "Boosters again"\npublisher = "A Law Firm"\nkind = "law firm"\ndate = "2025"\n',
        encoding="utf-8",
    )
    source = save(bank, survey_files(paths[1:], bank.glossary())).sources[0]
    assert (source.title, source.publisher_name, source.kind, source.date) == (
        "Boosters again",
        "A Law Firm",
        "law firm",
        "2025",
    )


def test_saving_leaves_a_known_publisher_as_it_is(bank: Bank, tmp_path: Path) -> None:
    one, other = files(tmp_path)
    save(
        bank, survey_files([one], bank.glossary()), facts=SourceFacts(publisher="Xinhua", kind="state media")
    )
    save(bank, survey_files([other], bank.glossary()), facts=SourceFacts(publisher="Xinhua!"))
    assert [(house.name, house.kind) for house in bank.publishers().values()] == [("Xinhua", "state media")]


def test_options_describe_one_document_only(bank: Bank, tmp_path: Path) -> None:
    surveyed = survey_files(files(tmp_path), bank.glossary())
    with pytest.raises(TermbankError, match="one document, and several"):
        save(bank, surveyed, facts=SourceFacts(publisher="Xinhua"))


def test_a_chinese_document_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "zh.txt").write_text("加快发展新质生产力，扎实推进高质量发展。\n" * 3, encoding="utf-8")
    with pytest.raises(TermbankError, match="--zh"):
        survey_files([tmp_path / "zh.txt"], GLOSSARY)


def test_a_quotation_is_the_sentence_and_no_longer_than_is_useful() -> None:
    long = "First. " + "word " * 100 + "computing power " + "word " * 100 + "end. Last."
    at = long.index("computing")
    told = quotation(long, Span(at, at + 15))
    assert "computing power" in told
    assert len(told) <= 260


def test_the_seeds_tell_the_three_names_of_one_initiative_apart(shared_data: Path) -> None:
    from termbank.files.glossaries.toml import read_packs
    from termbank.services.settings import shipped_folder

    packs = [(str(f), f.read_bytes()) for f in sorted(shipped_folder("glossaries").glob("*.toml"))]
    glossary: Glossary = read_packs(packs).glossary
    surveyed = survey_files(sorted((shared_data / "seeds").glob("*.txt")), glossary)
    row = next(row for row in surveyed.survey.concepts if row.zh == "“人工智能+”行动")
    texts = {rendering.text for rendering in row.renderings}
    assert {"AI Plus initiative", "AI+ initiative"} <= texts
    assert "AI+ initiative" in report(surveyed, "text")


ORDINARY = Glossary.of(
    [
        Concept(
            "cadre-official",
            (
                Term("干部", Language.ZH_HANS, Status.PREFERRED),
                Term("official", Language.EN, Status.PREFERRED, flags=frozenset((MatchFlag.ALIGNED,))),
                Term("cadre", Language.EN, Status.ADMITTED),
            ),
        ),
        Concept(
            "leading-official",
            (
                Term("领导干部", Language.ZH_HANS, Status.PREFERRED),
                Term("leading official", Language.EN, Status.PREFERRED),
            ),
        ),
    ]
)
SPEECH = "The officials of the bank met leading officials and cadres."


def uses(found: Survey) -> list[str]:
    return sorted(
        form for row in found.concepts for r in row.renderings for use in r.uses for form in use.forms
    )


def test_an_ordinary_word_counts_only_where_the_chinese_stands_beside_it() -> None:
    document = Document("c.txt", SPEECH)
    alone = Matcher.of(ORDINARY.without_aligned_terms)
    assert uses(survey((document,), ORDINARY, alone)) == ["cadres", "leading officials"]
    both, ordinary = Matcher.of(ORDINARY), Matcher.of(ORDINARY.only_aligned_terms)
    silent = beside_chinese((SegmentPair("银行会见了领导。", SPEECH),), both, ordinary)
    assert silent == ()
    spoken = beside_chinese((SegmentPair("银行的干部会见了领导干部。", SPEECH),), both, ordinary)
    found = survey((document,), ORDINARY, alone, {"c.txt": spoken})
    assert uses(found) == ["cadres", "leading officials", "officials"]


def test_no_rendering_reaches_from_a_heading_into_the_sentence_below() -> None:
    glossary = Glossary.of([Concept("plan", (Term("AI development plan", Language.EN),))])
    document = Document("d.txt", "The foundations of AI development\nThe plan sets priorities.")
    assert survey((document,), glossary, Matcher.of(glossary)).concepts == ()


def test_a_scan_and_the_checks_of_english_alone_leave_ordinary_words_out() -> None:
    from termbank.files.documents import read
    from termbank.services.scan import scan

    english = scan(read(SPEECH.encode(), "speech.txt"), ORDINARY)
    assert [match.text for match in english.matches] == ["leading officials", "cadres"]
    pair = SegmentPair("干部开会。", "Officials met.")
    assert [
        f.code for f in check_pairs([pair], ORDINARY, only=("unapproved-rendering", "missing-rendering"))
    ] == []
    wrong = replace(ORDINARY.by_id["cadre-official"].english[0], status=Status.DEPRECATED)
    banned = Glossary.of([Concept("cadre-official", (Term("干部", Language.ZH_HANS), wrong))])
    alone = replace(pair, zh="")
    assert list(check_pairs([alone], banned, alone=True, only=("deprecated-rendering",))) == []
    assert [f.code for f in check_pairs([pair], banned, only=("deprecated-rendering",))] == [
        "deprecated-rendering"
    ]


def test_of_renderings_of_one_status_the_best_attested_full_form_is_offered() -> None:
    def term(text: str, uses: int, form: TermType = TermType.FULL_FORM) -> Term:
        seen = tuple(Attestation(Source(f"s{n}", "A list")) for n in range(uses))
        return Term(text, Language.EN, Status.PROPOSED, form, attestations=seen)

    concept = Concept(
        "x", sort_terms([term("a", 1), term("b", 2), term("c", 2), term("ABC", 5, TermType.ABBREVIATION)])
    )
    assert [t.text for t in concept.english] == ["b", "c", "a", "ABC"]
    assert concept.rendering is not None
    assert concept.rendering.text == "b"
    assert [t.text for t in concept.terms] == ["ABC", "a", "b", "c"]


def test_neither_an_address_nor_letters_among_chinese_words_are_a_use() -> None:
    glossary = Glossary.of([Concept("ai", (Term("AI", Language.EN, flags=frozenset((MatchFlag.CASE,))),))])
    text = "推动AI发展 https://example.org/Americas-AI-Plan.pdf says that AI (人工智能) grows."
    (row,) = survey((Document("d.txt", text),), glossary, Matcher.of(glossary)).concepts
    assert row.renderings[0].uses[0].spans == (Span(text.index("AI ("), text.index(" (")),)
