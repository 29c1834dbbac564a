"""The hard cases of policy phrasing, read from `policy_renderings.txt`.

A sentence comes with its English and its terms, each with the renderings that are right; “…” in one is a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from termbank.extraction.variants import lemma_key
from termbank.model.alignment import Alignment, Bead
from termbank.services.lexicon_cache import lexicon

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Labelled:
    """A term in a bead of the policy sentences, and its right renderings; none where there is none. “…” is a gap."""

    bead: int
    term: str
    kind: str
    right: tuple[str, ...]

    @property
    def gapped(self) -> bool:
        """Whether every right rendering stands in two places."""
        return all(" … " in way for way in self.right)

    def holds(self, text: str | None) -> bool:
        """Whether a rendering is a right one, gaps closed."""
        return lemma_key(text or "", lexicon()) in {
            lemma_key(way.replace(" … ", " "), lexicon()) for way in self.right
        }


def policy_sentences() -> tuple[list[str], list[str], Alignment, list[Labelled]]:
    """The sentences of both sides, paired one by one, and their labelled terms."""
    zh, en, rows = list[str](), list[str](), list[Labelled]()
    for line in (HERE / "policy_renderings.txt").read_text("utf-8").splitlines():
        if line.startswith("zh: "):
            zh.append(line[4:])
        elif line.startswith("en: "):
            en.append(line[4:])
        elif line and not line.startswith("#"):
            term, kind, right = line.split("\t")
            ways = () if right == "-" else tuple(right.split(" | "))
            rows.append(Labelled(len(zh) - 1, term, kind, ways))
    return zh, en, Alignment(tuple(Bead((k,), (k,)) for k in range(len(zh)))), rows
