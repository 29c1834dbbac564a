"""The texts on which the checks are measured, by group and name: hand-aligned ones, the HKMA's reports, the sample corpus.

Those that are not at hand are left out.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

from termbank.files.glossaries.toml import read_packs
from termbank.model.concept import Concept, Status, Term, sort_terms
from termbank.model.glossary import Glossary
from termbank.model.language import Language
from termbank.model.segment import SegmentPair

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"


def gold_alignment(zh: Path) -> list[SegmentPair]:
    """The pairs of a text aligned by hand."""
    sides = [
        [line.strip() for line in zh.with_suffix(suffix).read_text("utf-8").split("\n")]
        for suffix in (".zh", ".en")
    ]
    pairs = []
    for line in zh.with_suffix(".gold").read_text("utf-8").splitlines():
        left, right = ([int(n) for n in re.findall(r"\d+", part)] for part in line.split(":"))
        pairs.append(
            SegmentPair(
                "".join(sides[0][n] for n in left),
                " ".join(sides[1][n] for n in right),
                zh.name,
                zh.stem,
                aligned=True,
            )
        )
    return pairs


def aligned(zh: bytes, en: bytes, name: str) -> list[SegmentPair]:
    from termbank.files.documents import read as read_text
    from termbank.services.align import align_documents

    texts = align_documents(read_text(zh, f"{name}.zh.txt"), read_text(en, f"{name}.en.txt"))
    return list(texts.pairs())


def hkma(year: int) -> list[SegmentPair]:
    rows = (SHARED / "hkma" / f"{year}.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(row) for row in rows]
    return [
        pair
        for n, text in enumerate(texts)
        for pair in aligned(text["zh"].encode(), text["en"].encode(), f"hkma{year}-{n}")
    ]


def hkma_glossary(year: int) -> Glossary:
    """The year's own dictionary; what is no term (amounts, ratings, single characters) is left out."""
    renderings: dict[str, list[str]] = defaultdict(list)
    for row in (SHARED / "hkma" / f"{year}.jsonl").read_text("utf-8").splitlines():
        for source, targets in json.loads(row)["proper"].items():
            for target in targets:
                zh, en = (source, target) if year % 2 == 0 else (target, source)
                if _is_a_term(zh.strip(), en.strip()) and en.strip() not in renderings[zh.strip()]:
                    renderings[zh.strip()].append(en.strip())
    concepts = []
    for number, (zh, en) in enumerate(sorted(renderings.items())):
        terms = [Term(zh, Language.ZH_HANT, Status.PREFERRED)]
        for place, text in enumerate(en):
            terms.append(Term(text, Language.EN, Status.ADMITTED if place else Status.PREFERRED))
        concepts.append(Concept(f"hk-{number:04d}", sort_terms(terms)))
    return Glossary.of(concepts)


def _is_a_term(zh: str, en: str) -> bool:
    han = len(re.findall(r"[㐀-鿿]", zh))
    return (
        2 <= han <= len(zh) <= 25
        and bool(re.search(r"[A-Za-z]{2}", en))
        and not re.search(r"[\d\n]", zh + en)
    )


def shipped() -> Glossary:
    return read_packs(
        [(str(f), f.read_bytes()) for f in sorted((ROOT / "glossaries").glob("*.toml"))]
    ).glossary


def gathered() -> dict[str, list[SegmentPair]]:
    """Every text by group and name; those that are not at hand are left out."""
    texts: dict[str, list[SegmentPair]] = {}
    corpus = ROOT / "corpus"
    for en in sorted(corpus.glob("*.en.txt")):
        zh = next(corpus.glob(f"{en.name.split('.')[0]}.zh*.txt"))
        texts[f"corpus {en.name}"] = aligned(zh.read_bytes(), en.read_bytes(), en.name)
    if SHARED.is_dir():
        for name in ("mag", "un", "sinorama"):
            for file in sorted((SHARED / "sentence-alignment" / name).glob("*.zh")):
                texts[f"{name} {file.stem}"] = gold_alignment(file)
        for year in range(2015, 2020):
            texts[f"hkma {year}"] = hkma(year)
    return texts
