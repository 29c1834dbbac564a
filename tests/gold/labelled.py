"""The labelled texts for matching, read from their files.

A text comes with the terms that are sought in it and the places where they stand. `⟦` and `⟧` mark a place,
`\\n`, `\\r` and `\\uXXXX` stand for what they say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from termbank.matching import Match, Matcher
from termbank.model.concept import Concept, Grammar, MatchFlag, Term
from termbank.model.glossary import Glossary
from termbank.model.language import Language

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, eq=False)
class Bank:
    """The terms that are sought."""

    glossary: Glossary
    matcher: Matcher

    def __iter__(self):
        return iter(self.glossary)


@dataclass(frozen=True, eq=False)
class Labelled:
    text: str
    spans: tuple[tuple[int, int], ...]
    bank: Bank
    chinese: bool

    def matches(self, nested: bool = False) -> list[Match]:
        find = self.bank.matcher.chinese if self.chinese else self.bank.matcher.english
        return find(self.text, nested)

    def found(self) -> set[tuple[int, int]]:
        return {tuple(match.span) for match in self.matches()}


def _unmarked(line: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without its marks, and the spans they enclose."""
    line = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), line)
    line = line.replace("\\n", "\n").replace("\\r", "\r")
    text, spans, start = "", [], 0
    for char in line:
        if char == "⟦":
            start = len(text)
        elif char == "⟧":
            spans.append((start, len(text)))
        else:
            text += char
    return text, tuple(spans)


def _bank(terms: list[Term]) -> Bank:
    glossary = Glossary.of(Concept(f"c{number:03}", (term,)) for number, term in enumerate(terms))
    return Bank(glossary, Matcher.of(glossary))


@cache
def chinese_gold(name: str = "matching.zh.txt") -> list[Labelled]:
    """Sentences that share one bank."""
    terms: list[str] = []
    lines: list[str] = []
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("terms:"):
            terms += line.removeprefix("terms:").split()
        elif line and not line.startswith("#"):
            lines.append(line)
    bank = _bank([Term(text, Language.ZH_HANS) for text in dict.fromkeys(terms)])
    return [Labelled(*_unmarked(line), bank, True) for line in lines]


@cache
def english_gold(name: str = "matching.en.txt") -> list[Labelled]:
    """Texts in groups, each with its own terms."""
    rows: list[Labelled] = []
    terms: list[Term] = []
    lines: list[str] = []

    def close() -> None:
        bank = _bank(terms)
        rows.extend(Labelled(*_unmarked(line), bank, False) for line in lines)
        terms.clear()
        lines.clear()

    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("= ") and terms:
            close()
        if line.startswith(("= ", "| ")):
            terms.append(_english_term(line[2:]))
        elif line and not line.startswith("#"):
            lines.append(line)
    close()
    return rows


def _english_term(line: str) -> Term:
    text, _, options = line.partition(" [")
    words = set(re.findall(r"\w+", options))
    grammar = Grammar.VERB_PHRASE if "verb" in words else Grammar.NOUN_PHRASE
    flags = frozenset(MatchFlag(word) for word in words - {"verb"})
    return Term(text, Language.EN, grammar=grammar, flags=flags)
