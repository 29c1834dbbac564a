"""How well a survey beside the Chinese finds renderings that a bank lacks: known ones are hidden, then looked for.

For each English text of the sample corpus the renderings of half the concepts it uses are taken out of the
shipped packs; what the survey then offers for these concepts is right where it is a rendering that was
hidden, or stands where one stood. In `own_way` half the paragraphs are left out and the rest shuffled.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from termbank.model.concept import Concept
from termbank.model.glossary import Glossary
from termbank.model.span import Span
from termbank.model.survey import Survey, same_wording
from termbank.services.survey import survey_files


@dataclass
class Tally:
    """Renderings hidden, offered for their concepts, and right among these; `sure` are those over .8."""

    hidden: int = 0
    found: int = 0
    offered: int = 0
    right: int = 0
    sure: int = 0
    sure_right: int = 0

    @property
    def recall(self) -> float:
        return self.found / max(1, self.hidden)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.offered)


def texts(corpus: Path) -> Iterator[tuple[Path, Path]]:
    """Every English text with its Chinese source."""
    for zh in sorted(corpus.glob("*.zh.txt")):
        for en in sorted(corpus.glob(f"{zh.name.removesuffix('.zh.txt')}.*.en.txt")):
            yield zh, en


def own_way(text: str, seed: str) -> str:
    """Half the paragraphs of a text, in an order of their own."""
    paragraphs = [line for line in text.split("\n") if line.strip()]
    return "\n\n".join(random.Random(seed).sample(paragraphs, max(3, len(paragraphs) // 2)))


def measure(zh: Path, en: Path, glossary: Glossary, tally: Tally) -> None:
    """Hide, survey and count, for one English text."""
    source = zh.read_text(encoding="utf-8")
    known = survey_files([en], glossary, zh=zh).survey
    hidden = {
        row.concept: [r.text for r in row.renderings if r.known]
        for row in known.concepts
        if zlib.crc32(row.concept.encode()) % 2
        and any(term.text in source for term in glossary.by_id[row.concept].chinese)
    }
    hidden = {concept: names for concept, names in hidden.items() if names}
    found = survey_files([en], Glossary.of(_without(c, hidden) for c in glossary), zh=zh).survey
    places = _places(known)
    for row in found.concepts:
        for rendering in row.renderings:
            if rendering.known or row.concept not in hidden:
                continue
            spans = {span for use in rendering.uses for span in use.spans}
            right = bool(spans & places[row.concept]) or any(
                same_wording(rendering.text, name) for name in hidden[row.concept]
            )
            sure = (rendering.confidence or 0.0) > 0.8
            tally.offered += 1
            tally.right += right
            tally.sure += sure
            tally.sure_right += sure and right
    offered = {row.concept: [r.text for r in row.renderings if not r.known] for row in found.concepts}
    for concept, names in hidden.items():
        tally.hidden += len(names)
        tally.found += sum(
            any(same_wording(name, text) for text in offered.get(concept, ())) for name in names
        )


def _without(concept: Concept, hidden: dict[str, list[str]]) -> Concept:
    names = hidden.get(concept.id)
    if names is None:
        return concept
    kept = tuple(term for term in concept.terms if term.language.is_chinese or term.text not in names)
    return replace(concept, terms=kept)


def _places(found: Survey) -> dict[str, set[Span]]:
    return {
        row.concept: {span for r in row.renderings if r.known for use in r.uses for span in use.spans}
        for row in found.concepts
    }
