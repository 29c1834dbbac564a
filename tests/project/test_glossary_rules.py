"""The shipped packs pass `termbank doctor --glossaries`, and its rules are documented."""

from __future__ import annotations

from pathlib import Path

from termbank.checks.glossary_rules import RULES
from termbank.services.glossary_checks import check_glossaries

ROOT = Path(__file__).resolve().parents[2]


def test_the_shipped_packs_pass_the_rules_of_the_doctor() -> None:
    found = check_glossaries([ROOT / "glossaries"])
    assert [(one.code, one.concept, one.message) for one in found] == []


def test_every_rule_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert [rule.code for rule in RULES if f"| `{rule.code}` |" not in page] == []
