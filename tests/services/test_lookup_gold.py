"""Lookup over labelled queries of every kind: the right concept first may become more frequent, never rarer."""

from __future__ import annotations

from pathlib import Path

from termbank.services.bank_setup import open_bank
from termbank.services.lookup import look_up

FIRST_FLOOR = 0.98  # mean reciprocal rank
THREE_FLOOR = 0.99


def test_labelled_queries_find_their_concepts(root: Path, tmp_path: Path) -> None:
    lines = (root / "tests/gold/lookup.tsv").read_text("utf-8").splitlines()
    queries = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert len(queries) >= 300
    reciprocal, three = 0.0, 0
    with open_bank(tmp_path / "shipped.bank") as bank:
        glossary = bank.glossary()
        for query, chinese, _ in queries:
            wanted = {
                concept.id for concept, term in glossary.by_text.get(chinese, ()) if term.language.is_chinese
            }
            assert wanted, chinese
            ids = [hit.concept.id for hit in look_up(bank, query, 10)]
            rank = next((place for place, id in enumerate(ids, 1) if id in wanted), 0)
            reciprocal += 1 / rank if rank else 0
            three += 0 < rank <= 3
    assert reciprocal / len(queries) >= FIRST_FLOOR
    assert three / len(queries) >= THREE_FLOOR
