"""What the shipped packs hold, and how sure they are: counts and shares, as tables.

Run: python -m benchmarks.glossaries [FOLDER]

A share is of the concepts unless its line says otherwise. The year and the issuer of a concept are those of the documents
of its preferred rendering: the latest year, the kind with the most authority. `../shared/data/policy_facts_2.jsonl`, where
it is at hand, tells how many of the terms of the facts are held, refused or missing. The packs change by decisions, not by
code, so no figure is recorded; `termbank doctor --glossaries` and the tests hold their rules.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from termbank.model.concept import Concept, Status, Term
from termbank.model.concept_facts import ConceptType
from termbank.model.document import PublisherKind
from termbank.model.document_counts import count_documents
from termbank.model.glossary import Glossary
from termbank.model.reliability import AUTHORITIES, Reliability, concept_reliability
from termbank.services.glossary_checks import check_glossaries
from termbank.services.glossary_file import read_glossary

ROOT = Path(__file__).resolve().parent.parent
FACTS = ROOT.parent / "shared" / "data" / "policy_facts_2.jsonl"


def table(head: str, rows: Iterable[tuple[str, int]], whole: int) -> None:
    """Print a table of counts, each with its share of `whole`."""
    print(f"\n| {head} | number | share |\n|---|---:|---:|")
    for name, count in rows:
        print(f"| {name} | {count} | {100 * count / max(1, whole):.1f} % |")


def preferred_rendering(concept: Concept) -> Term | None:
    """The preferred English term of a concept, if it has one."""
    return next((term for term in concept.english if term.status is Status.PREFERRED), None)


def report_coverage(glossary: Glossary) -> None:
    """Print how many concepts have what."""
    concepts = tuple(glossary)
    preferred = [term for term in map(preferred_rendering, concepts) if term is not None]
    by_authority = [t for t in preferred if any(a.source.kind in AUTHORITIES for a in t.attestations)]
    alone = sum(count_documents(a for t in c.terms for a in t.attestations).documents == 1 for c in concepts)
    rows = (
        ("with a preferred English", len(preferred)),
        ("preferred by an official or state-media document (of the preferred)", len(by_authority)),
        ("resting on one document", alone),
        ("with a definition", sum(bool(c.definitions) for c in concepts)),
        ("with a note", sum(bool(c.notes) or any(t.note for t in c.terms) for c in concepts)),
        ("with a context", sum(bool(c.contexts) for c in concepts)),
        ("with a relation", sum(bool(c.relations) for c in concepts)),
    )
    print(
        f"{len(concepts)} concepts, {sum(len(c.terms) for c in concepts)} terms, {len(glossary.sources)} sources"
    )
    print("\n| concepts | number | share |\n|---|---:|---:|")
    for name, count in rows:
        whole = len(preferred) if name.endswith("(of the preferred)") else len(concepts)
        print(f"| {name} | {count} | {100 * count / max(1, whole):.1f} % |")


def report_distribution(glossary: Glossary) -> None:
    """Print the concepts by reliability and type, and the preferred renderings by issuer and year."""
    whole = len(glossary)
    levels = Counter(concept_reliability(concept) for concept in glossary)
    table("reliability", ((level.value, levels[level]) for level in reversed(Reliability)), whole)
    types = Counter(concept.type for concept in glossary)
    table("type", ((type_.value, types[type_]) for type_ in ConceptType if types[type_]), whole)
    preferred = [term for term in map(preferred_rendering, glossary) if term is not None]
    kinds = Counter(best_kind(term) for term in preferred)
    table(
        "best issuer of the preferred",
        ((kind.value, kinds[kind]) for kind in PublisherKind if kinds[kind]),
        len(preferred),
    )
    years = Counter(term.last[:4] if term.last else "undated" for term in preferred)
    table("latest year of the preferred", sorted(years.items(), reverse=True), len(preferred))
    attestations = Counter(a.source.kind for c in glossary for t in c.terms for a in t.attestations)
    table(
        "attestations by issuer",
        ((kind.value, attestations[kind]) for kind in PublisherKind if attestations[kind]),
        attestations.total(),
    )


def best_kind(term: Term) -> PublisherKind:
    """The kind of publisher with the most authority that attests a term."""
    order = tuple(PublisherKind)
    return min((a.source.kind for a in term.attestations), key=order.index, default=PublisherKind.UNKNOWN)


def report_facts(glossary: Glossary, folder: Path) -> None:
    """Print how many terms of the facts the packs hold, or refuse with a reason."""
    if not FACTS.is_file():
        print("\nThe facts are not at hand (../shared/data/policy_facts_2.jsonl).")
        return
    wanted = {json.loads(line)["zh"] for line in FACTS.read_text("utf-8").splitlines() if line.strip()}
    held = {term.text: concept for concept in glossary for term in concept.chinese}
    refusals = folder / "refused.toml"
    refused = tomllib.loads(refusals.read_text("utf-8")).get("refused", ()) if refusals.is_file() else ()
    reasons = {entry["text"] for entry in refused} - held.keys()
    preferred = [zh for zh in wanted & held.keys() if preferred_rendering(held[zh]) is not None]
    rows = (
        ("held", len(wanted & held.keys())),
        ("held with a preferred English", len(preferred)),
        ("refused with a reason", len(wanted & reasons)),
        ("missing", len(wanted - held.keys() - reasons)),
    )
    table(f"{len(wanted)} terms of the facts", rows, len(wanted))


def report_findings(folder: Path) -> None:
    """Print what `termbank doctor --glossaries` finds, by rule."""
    found = Counter(one.code for one in check_glossaries([folder]))
    print(f"\n`termbank doctor --glossaries`: {found.total()} findings")
    for code, count in sorted(found.items()):
        print(f"  {code}: {count}")


def main() -> int:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "glossaries")
    folder: Path = parser.parse_args().folder
    glossary = read_glossary(folder)[0].glossary
    report_coverage(glossary)
    report_distribution(glossary)
    report_facts(glossary, folder)
    report_findings(folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
