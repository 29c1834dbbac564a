"""The matcher as a whole: what it costs to import, terms that can never match, the shipped packs."""

from __future__ import annotations

import itertools
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

from termbank.matching import Matcher, unmatchable, why_unmatchable
from termbank.model import records
from termbank.model.concept import Concept, Term
from termbank.model.document import Publisher, Source
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.text.scripts import convert

PACKS = Path(__file__).resolve().parents[2] / "glossaries"


@cache
def shipped() -> Glossary:
    packs = [tomllib.loads(path.read_text("utf-8")) for path in sorted(PACKS.glob("*.toml"))]
    faults: list[str] = []
    publishers: dict[str, Publisher] = {}
    sources: dict[str, Source] = {}
    for pack in packs:
        for item in pack.get("publisher", ()):
            publishers[item["id"]] = records.read_publisher(item, faults.append)
    for pack in packs:
        for item in pack.get("source", ()):
            sources[item["id"]] = records.read_source(item, publishers, faults.append)
    return Glossary.of(
        records.read_concept(item, sources, faults.append)
        for pack in packs
        for item in pack.get("concept", ())
    )


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    if len(shipped()) == 0:
        pytest.skip("there are no packs in glossaries/")
    return shipped()


def test_importing_the_matcher_loads_nothing_heavy() -> None:
    heavy = "{'jieba', 'opencc', 'numpy', 'simplemma', 'ahocorasick_rs', 'pypinyin'}"
    code = f"import sys, termbank.matching; print(sorted({heavy} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_matching_never_loads_jieba_and_leaves_the_shared_temporary_folder_alone() -> None:
    code = (
        "import sys\n"
        "from termbank.model.concept import Concept, Term\n"
        "from termbank.model.glossary import Glossary\n"
        "from termbank.model.language import Language\n"
        "from termbank.matching import Matcher\n"
        "m = Matcher.of(Glossary.of([Concept('a', (Term('成功', Language.ZH_HANS), Term('success', Language.EN)))]))\n"
        "m.find('郑成功取得成功 a success')\n"
        "print([n for n in ('jieba', 'simplemma', 'numpy') if n in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


@pytest.mark.parametrize(
    ("term", "language", "word"),
    [
        ("……", Language.ZH_HANS, "letter"),
        ("“ ”", Language.EN, "letter"),
        (r"force\w+", Language.EN, "regular expression"),
        ("/forces?.*/", Language.EN, "regular expression"),
    ],
)
def test_a_term_that_can_never_match_is_told_with_the_reason(
    term: str, language: Language, word: str
) -> None:
    assert word in (why_unmatchable(Term(term, language)) or "")


def test_a_term_that_forbids_itself_is_told() -> None:
    term = Term("数据", Language.ZH_HANS, never_inside=("数据",))
    (said,) = unmatchable(Glossary.of([Concept("data", (term,))]))
    assert "数据" in said
    assert "never inside" in said


def test_every_shipped_term_is_found_in_its_own_text(glossary: Glossary) -> None:
    matcher = Matcher.of(glossary)
    for concept in glossary:
        for term in concept.terms:
            find = matcher.chinese if term.language.is_chinese else matcher.english
            found = {
                each.id for match in find(term.text, nested=True) for each in (match.concept, *match.also)
            }
            assert concept.id in found, (concept.id, term.text)


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2twp", "s2hk"])
def test_a_shipped_term_and_its_images_in_other_scripts_find_the_same_concepts(
    glossary: Glossary, config: str
) -> None:
    matcher = Matcher.of(glossary)

    def found(text: str) -> set[str]:
        return {each.id for match in matcher.chinese(text) for each in (match.concept, *match.also)}

    for concept in glossary:
        for term in concept.in_language(Language.ZH_HANS):
            assert found(convert(term.text, config)) == found(term.text), (config, term.text)


def test_nested_terms_of_a_real_dictionary_are_told_once(shared_data: Path) -> None:
    import json

    for path in sorted((shared_data / "hkma").glob("*.jsonl"))[:2]:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()[:40]]
        names = {name for row in rows for name in row.get("proper", {})}
        concepts = [
            Concept(f"h{number}", (Term(name, Language.ZH_HANT if not name.isascii() else Language.EN),))
            for number, name in enumerate(sorted(names))
        ]
        matcher = Matcher.of(Glossary.of(concepts))
        for row in rows:
            for text in (row["zh"], row["en"]):
                found = [match.span for match in matcher.find(text)]
                assert len(found) == len(set(found))
                assert all(one.end <= other.start for one, other in itertools.pairwise(found))
