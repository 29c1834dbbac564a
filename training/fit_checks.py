"""Fit the fault model of the checks: how likely a term without a known rendering is wrongly rendered.

    python -m training.fit_checks             print the fitted weights beside those that are shipped
    python -m training.fit_checks --write     put them into src/termbank/checks/weights.json

The texts are the HKMA reports of 2015–2017 with their dictionaries (../shared/data/hkma) and every other text of the sample
corpus with the glossaries that ship. In about half of their pairs one rendering is exchanged for that of another concept,
replaced by other words of the texts, or taken out, each in a pass of its own with a fixed seed. Every term that a pair then leaves
unanswered is an example; those whose rendering was altered are faults. The two sets of weights, for terms whose place is
taken by another term's rendering (`stray`) and for the rest (`plain`), are logistic regressions with a ridge, fitted by
Newton's method. The reports of 2018 and 2019 are held out; the mean log-likelihood on them is printed for both.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from benchmarks.checks_swapped import swapped
from benchmarks.checks_texts import SHARED, gathered, hkma_glossary, shipped

from termbank.checks.batch import examine_batch
from termbank.checks.context import CheckContext
from termbank.checks.document_stats import DocumentTally
from termbank.checks.fault_model import (
    EVIDENCE_FEATURES,
    TRACE_FEATURES,
    evidence_features,
    likelihood,
    trace_features,
)
from termbank.checks.pair import batches, find_pairs
from termbank.checks.pair_evidence import PairEvidence
from termbank.lexicon.dictionary import Lexicon
from termbank.matching.matcher import Matcher
from termbank.model.glossary import Glossary
from termbank.model.segment import SegmentPair
from termbank.services.lexicon_cache import lexicon

WEIGHTS = Path(__file__).resolve().parent.parent / "src/termbank/checks/weights.json"
NAMES = (*TRACE_FEATURES, *EVIDENCE_FEATURES)
FITTED, HELD_OUT = range(2015, 2018), range(2018, 2020)
RIDGE = 1.0
STEPS = 50

Floats = Any
"""An array of numbers."""
Alteration = Callable[[Sequence[SegmentPair], Glossary, int], tuple[list[SegmentPair], dict[int, str]]]
"""From pairs, glossary and seed to altered pairs, and the concept whose rendering was altered by number of the pair."""


class Example(NamedTuple):
    """An unanswered term: its features, whether it is a fault, and how likely the shipped weights hold that to be."""

    features: tuple[float, ...]
    stray: bool
    fault: bool
    shipped: float


def replace_renderings(
    pairs: Sequence[SegmentPair], glossary: Glossary, seed: int
) -> tuple[list[SegmentPair], dict[int, str]]:
    """One rendering replaced by as many consecutive words of another pair."""
    return _alter(pairs, glossary, seed, _words_of_another_pair)


def remove_renderings(
    pairs: Sequence[SegmentPair], glossary: Glossary, seed: int
) -> tuple[list[SegmentPair], dict[int, str]]:
    """One rendering taken out."""
    return _alter(pairs, glossary, seed, lambda *_: "")


def _words_of_another_pair(rendering: str, pairs: Sequence[SegmentPair], rng: random.Random) -> str:
    size = len(rendering.split())
    while True:
        words = rng.choice(pairs).en.split()
        if len(words) > size:
            start = rng.randrange(len(words) - size)
            return " ".join(words[start : start + size]).strip(" ,.;:()“”")


def _alter(
    pairs: Sequence[SegmentPair],
    glossary: Glossary,
    seed: int,
    instead: Callable[[str, Sequence[SegmentPair], random.Random], str],
) -> tuple[list[SegmentPair], dict[int, str]]:
    """In about half of the pairs, the only rendering of one concept exchanged for other text."""
    rng, matcher = random.Random(seed), Matcher.of(glossary)
    altered, labels = list(pairs), {}
    for number, pair in enumerate(find_pairs(pairs, matcher)):
        once = [
            (name, places[0][0])
            for name, places in pair.en_concepts.items()
            if name in pair.zh_concepts and len(places) == 1 and not places[0][0].nested
        ]
        if not once or rng.random() >= 0.5:
            continue
        name, match = rng.choice(once)
        en = pair.segment.en
        text = en[: match.span.start] + instead(match.text, pairs, rng) + en[match.span.end :]
        new = replace(pair.segment, en=" ".join(text.split()))
        if name not in find_pairs([new], matcher)[0].en_concepts:
            altered[number], labels[number] = new, name
    return altered, labels


ALTERATIONS: tuple[Alteration, ...] = (swapped, replace_renderings, remove_renderings)


def find_examples(
    pairs: Sequence[SegmentPair], labels: dict[int, str], glossary: Glossary, words: Lexicon
) -> Iterator[Example]:
    """Every unanswered term of a text, with the statistics of its document as a check has them."""
    context = CheckContext(glossary, Matcher.of(glossary), words)
    tally = DocumentTally(glossary)
    numbers = {id(pair): number for number, pair in enumerate(pairs)}
    for segments in batches(pairs):
        report = examine_batch(segments, context, ())
        stats = tally.add(report.summaries)
        for pair, terms in report.undecided:
            document = stats[pair.segment.en_file]
            left = [t for t in terms if document.rendered.keys().isdisjoint(t.head_concepts)]
            if not left:
                continue
            evidence = PairEvidence(pair, left, context)
            altered = labels.get(numbers[id(pair.segment)])
            for term in left:
                traces = evidence.traces(term.concept, term.matches)
                if traces.rendered < 1.0:
                    found = evidence.evidence(traces, term.matches)
                    features = (*trace_features(term, traces, document), *evidence_features(found))
                    sure = likelihood(term, found, document)
                    yield Example(features, found.stray, term.concept.id == altered, sure)


def fit(examples: Sequence[Example]) -> Floats:
    """Weights in the order of `NAMES`, by Newton's method; the ridge leaves the constant free."""
    features = np.array([example.features for example in examples])
    faults = np.array([example.fault for example in examples], dtype=float)
    ridge = np.full(len(NAMES), RIDGE)
    ridge[0] = 1e-6
    weights = np.zeros(len(NAMES))
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (likely - faults) + ridge * weights
        curve = (features * (likely * (1 - likely))[:, None]).T @ features + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def log_likelihood(likely: Iterable[float], examples: Sequence[Example]) -> float:
    """The mean log-likelihood of the labels."""
    values = [
        np.log(max(1e-12, sure if example.fault else 1 - sure))
        for sure, example in zip(likely, examples, strict=True)
    ]
    return float(np.mean(values))


def gather_examples(years: Iterable[int], corpus: bool, texts: dict[str, list[SegmentPair]]) -> list[Example]:
    """The examples of HKMA years, and of every other text of the corpus where that is wanted."""
    words = lexicon()
    found: list[Example] = []
    for year in years:
        glossary = hkma_glossary(year)
        for alter in ALTERATIONS:
            found += find_examples(*alter(texts[f"hkma {year}"], glossary, year), glossary, words)
    if corpus:
        glossary = shipped()
        names = sorted(name for name in texts if name.startswith("corpus"))[::2]
        pairs = [pair for name in names for pair in texts[name]]
        for alter in ALTERATIONS:
            found += find_examples(*alter(pairs, glossary, 1), glossary, words)
    return found


def main() -> None:
    """Fit, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="put the weights into weights.json")
    options = parser.parse_args()
    if not SHARED.is_dir():
        parser.error(f"the HKMA reports are not at hand ({SHARED}).")
    texts = gathered()
    fitted_on, held_out = gather_examples(FITTED, True, texts), gather_examples(HELD_OUT, False, texts)
    body = json.loads(WEIGHTS.read_text("utf-8"))
    for kind, stray in (("plain", False), ("stray", True)):
        some = [example for example in fitted_on if example.stray is stray]
        others = [example for example in held_out if example.stray is stray]
        weights = fit(some)
        print(f"{kind}: {len(some)} terms, {sum(example.fault for example in some)} of them faults")
        for name, weight in zip(NAMES, weights, strict=True):
            print(f"  {name:26} {weight:6.2f}   shipped {body['fault_model'][kind][name]:6.2f}")
        for title, part in (("fitted on", some), ("held out", others)):
            likely = 1 / (1 + np.exp(-np.array([example.features for example in part]) @ weights))
            print(
                f"  mean log-likelihood, {title}: {log_likelihood(likely, part):.4f}, "
                f"shipped {log_likelihood((example.shipped for example in part), part):.4f}"
            )
        body["fault_model"][kind] = {
            name: round(float(w), 2) + 0.0 for name, w in zip(NAMES, weights, strict=True)
        }
    if options.write:
        WEIGHTS.write_text(json.dumps(body, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
