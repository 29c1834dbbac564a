"""Reading back what was written gives everything the format promises to keep."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats.samples import ALONE, HARD, HARD_TEXTS, LIST, NEWS, PRODUCTIVE, REPORT, WHOLE
from termbank.files.glossaries import EVERYTHING, FORMATS, Field, Format, format_named, format_of
from termbank.files.glossaries.losses import list_losses, reduce_to
from termbank.model.concept import (
    Attestation,
    Concept,
    Grammar,
    MatchFlag,
    Status,
    Term,
    TermType,
    sort_terms,
    unique_facts,
)
from termbank.model.concept_facts import (
    BodyFacts,
    ConceptType,
    ContextPair,
    Description,
    EarliestUse,
    ExternalId,
    LawFacts,
    Member,
    Relation,
    RelationType,
    TermForm,
)
from termbank.model.errors import TermbankError
from termbank.model.glossary import Glossary
from termbank.model.language import Language

WRITE_ONLY = {"jieba"}
"""The formats that the law does not hold for, since nothing reads them back; each has tests of its own."""
readable = [format for format in FORMATS if format.name not in WRITE_ONLY]
each_format = pytest.mark.parametrize("format", readable, ids=lambda format: format.name)
each_written = pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
lossless = [format for format in FORMATS if format.keeps == EVERYTHING]


def _read_back(format: Format, glossary: Glossary) -> Glossary:
    reading = format.read(format.write(glossary), f"g{format.suffixes[0]}")
    assert reading.faults == ()
    assert reading.has_own_ids
    return reading.glossary


@each_format
def test_a_format_keeps_what_it_promises(format: Format) -> None:
    assert reduce_to(_read_back(format, WHOLE), format.keeps) == reduce_to(WHOLE, format.keeps)


@each_format
def test_a_format_keeps_hard_values(format: Format) -> None:
    back, given = reduce_to(_read_back(format, HARD), format.keeps), reduce_to(HARD, format.keeps)
    assert [concept for concept in back if concept not in given.concepts] == []
    assert back == given


def test_only_the_formats_named_here_are_written_but_not_read() -> None:
    assert {format.name for format in FORMATS if format.write_only} == WRITE_ONLY


@each_written
def test_the_same_concepts_are_the_same_bytes(format: Format) -> None:
    once = format.write(WHOLE)
    assert format.write(Glossary.of(reversed(WHOLE.concepts), WHOLE.name, WHOLE.title)) == once


@pytest.mark.parametrize("format", lossless, ids=lambda format: format.name)
@pytest.mark.parametrize("glossary", [WHOLE, HARD], ids=["whole", "hard"])
def test_export_then_import_then_export_is_the_same_file(format: Format, glossary: Glossary) -> None:
    once = format.write(glossary)
    reading = format.read(once, "g")
    assert reading.glossary == glossary
    assert format.write(reading.glossary) == once


@each_format
def test_an_empty_glossary_is_written_and_read_too(format: Format) -> None:
    reading = format.read(format.write(Glossary()), "g")
    assert not reading.glossary.concepts


@each_format
def test_what_is_not_kept_is_said_before_writing(format: Format) -> None:
    lost = list_losses(WHOLE, format)
    back = _read_back(format, WHOLE)
    assert bool(lost) == (reduce_to(WHOLE, format.keeps) != Glossary.of(WHOLE.concepts))
    if not lost:
        assert back.concepts == WHOLE.concepts


def test_the_losses_name_the_fields_and_how_many_concepts_have_them() -> None:
    tbx, tmx = format_named("tbx"), format_named("TMX")
    assert tbx is not None
    assert tmx is not None
    assert list_losses(WHOLE, tbx) == (
        "types of concepts (of 1 concept)",
        "contexts (of 1 concept)",
        "sources of definitions, notes and contexts (of 1 concept)",
        "types of relations (of 1 concept)",
        "members of numbered formulas (of 1 concept)",
        "facts of bodies and laws (of 1 concept)",
        "first uses (of 1 concept)",
        "statuses marked as set by hand (of 1 concept)",
        "profiles (of 1 concept)",
        "full forms of abbreviations (of 1 concept)",
        "forms of regions (attested, converted) (of 1 concept)",
        "documents that fixed a rendering (of 1 concept)",
        "periods (since, until) (of 1 concept)",
        "matching rules (match, never_inside) (of 1 concept)",
        "attestations (of 1 concept)",
        "related concepts that are not in the file (of 1 concept)",
    )
    assert "superseded and deprecated terms (of 1 concept)" in list_losses(WHOLE, tmx)
    assert "concepts in one language only (of 1 concept)" in list_losses(WHOLE, tmx)
    assert list_losses([ALONE], tbx) == ()


def test_suffixes_and_names_are_of_one_format_each() -> None:
    names = [format.name for format in FORMATS]
    suffixes = [suffix for format in FORMATS for suffix in format.suffixes]
    assert len(set(names)) == len(names)
    assert len(set(suffixes)) == len(suffixes)
    assert format_of(".TBX") is format_named("tbx")
    assert format_of(".exe") is None


def test_every_field_is_kept_by_some_format_and_the_native_one_keeps_all() -> None:
    assert lossless
    assert lossless[0].name == "toml"
    assert reduce_to(WHOLE, EVERYTHING).concepts == WHOLE.concepts


def test_a_text_too_long_for_a_cell_is_refused_not_cut() -> None:
    xlsx = format_named("xlsx")
    assert xlsx is not None
    long = Concept("long", sort_terms([Term("长", Language.ZH_HANS), Term("x" * 40_000, Language.EN)]))
    with pytest.raises(TermbankError, match="40,000 characters does not fit into a spreadsheet cell"):
        xlsx.write(Glossary.of([long]))


texts = st.one_of(
    st.sampled_from(HARD_TEXTS), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
)
optional = st.one_of(st.none(), texts)
dates = st.sampled_from(["2013", "2018-03", "2024-03-05"])


descriptions = st.lists(
    st.builds(
        Description, texts, st.sampled_from(Language), st.one_of(st.none(), st.sampled_from([NEWS, LIST]))
    ),
    max_size=3,
).map(unique_facts)
date_lists = st.lists(dates, max_size=2, unique=True).map(lambda found: tuple(sorted(found)))
ids = st.sampled_from(["c-0", "c-1", "other"])
id_lists = st.lists(ids, max_size=2, unique=True).map(lambda found: tuple(sorted(found)))


@st.composite
def facts(draw: st.DrawFn, number: int) -> dict[str, Any]:
    """What a concept says beside its terms; external ids hold the number, so that each belongs to one concept."""
    relations = st.lists(st.builds(Relation, st.sampled_from(RelationType), ids), max_size=3)
    external = st.lists(st.builds(ExternalId, st.just(f"base.{number}"), texts), max_size=2)
    contexts = st.lists(st.builds(ContextPair, texts, texts, st.sampled_from([None, REPORT])), max_size=2)
    members = st.lists(
        st.builds(Member, texts, optional, st.one_of(st.none(), ids)), max_size=3, unique_by=lambda m: m.zh
    )
    body = st.builds(BodyFacts, dates, date_lists, id_lists, id_lists)
    law = st.builds(LawFacts, dates, date_lists, dates, optional, optional)
    use = st.builds(EarliestUse, st.sampled_from([None, NEWS]), dates, optional)
    return {
        "type": draw(st.sampled_from(ConceptType)),
        "definitions": draw(descriptions),
        "notes": draw(descriptions),
        "contexts": unique_facts(draw(contexts)),
        "relations": unique_facts(draw(relations)),
        "external_ids": unique_facts(draw(external)),
        "members": tuple(draw(members)),
        "body": draw(st.one_of(st.none(), body)),
        "law": draw(st.one_of(st.none(), law)),
        "first_use": draw(st.one_of(st.none(), use)),
    }


@st.composite
def terms(draw: st.DrawFn) -> Term:
    attested = draw(st.lists(st.sampled_from([REPORT, NEWS, LIST]), max_size=2, unique=True))
    found = [
        Attestation(source, None, draw(st.booleans()), draw(st.booleans()), draw(optional))
        for source in attested
    ]
    language = draw(st.sampled_from(Language))
    form = draw(st.sampled_from([None, *TermForm])) if language.is_chinese else None
    return Term(
        draw(texts), language,
        draw(st.sampled_from([s for s in Status if s is not Status.PREFERRED])),
        draw(st.sampled_from(TermType)), draw(st.sampled_from(Grammar)), draw(st.one_of(st.none(), dates)),
        draw(st.one_of(st.none(), dates)), draw(optional), draw(st.frozensets(st.sampled_from(MatchFlag))),
        tuple(draw(st.lists(texts, max_size=2))), tuple(sorted(found, key=lambda a: a.sort_key)),
        None, form, draw(st.booleans()), frozenset(), draw(st.sampled_from([None, NEWS])),
    )  # fmt: skip


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    concepts = []
    for number in range(draw(st.integers(1, 3))):
        found = {(t.language, t.text.casefold()): t for t in draw(st.lists(terms(), min_size=1, max_size=4))}
        concepts.append(
            Concept(f"c-{number}", sort_terms(found.values()), draw(optional), **draw(facts(number)))
        )
    return Glossary.of(concepts)


def _is_writable(glossary: Glossary, format: Format) -> bool:
    """Where characters are dropped, a term must have others, and not become another's twin."""
    plain = reduce_to(glossary, format.keeps)
    texts = [(c.id, t.language, t.text) for c in plain for t in c.terms]
    return bool(texts) and len(set(texts)) == len(texts)


@each_format
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(glossary=glossaries())
def test_any_glossary_comes_back(format: Format, glossary: Glossary) -> None:
    if not _is_writable(glossary, format):
        return
    back = reduce_to(_read_back(format, glossary), format.keeps)
    assert back == reduce_to(glossary, format.keeps)


def test_the_pack_keeps_its_name_and_title() -> None:
    toml = format_named("toml")
    assert toml is not None
    glossary = toml.read(toml.write(WHOLE), "g").glossary
    assert (glossary.name, glossary.title) == ("sample", "A sample")
    assert replace(glossary, name=None, title=None).concepts == WHOLE.concepts
    assert Field.ATTESTATIONS in toml.keeps
    assert PRODUCTIVE in glossary.concepts
