"""The English spans that might render a term at a place, and what speaks for and against each.

In come the evidence by word and the bead's pieces; out come candidate spans with a row of features:
evidence inside and left outside, what stands at and beside the edges, length against the Chinese,
capitals, how often the same words stand with the term elsewhere. What a feature is worth is settled
in `ranker`; this room only measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from termbank.extract.coordination import Conjunct, conjunct
from termbank.extract.evidence import Evidence, Place
from termbank.extract.text import CLOSERS, DETERMINERS, PARTICLES, Corpus, Piece, is_adjectival
from termbank.extract.wordalign import Links

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Real = NDArray[np.float32]
    Whole = NDArray[np.int64]
    Hash = NDArray[np.uint64]

LONGEST = 14
MOST_SPANS = 260
_REACH = 3
_BASE = 0x9E3779B97F4A7C15
_QUOTES = {"“": 1, "”": -1, '"': 1}

FEATURES = (
    "forth_in", "forth_out", "back_in", "back_out", "table_in", "table_out", "company_in", "company_out",
    "mean_in", "mean_out", "density", "holes", "hole_share", "function_inside", "edge_left", "edge_right",
    "beside_left", "beside_right", "left_function", "right_function", "right_particle", "left_sign", "right_sign",
    "beside_left_determiner", "beside_left_function", "beside_right_function", "beside_left_sign",
    "beside_right_sign", "comma_inside", "bracket_inside", "and_inside", "bracket_odd", "length", "length_misfit",
    "one_word", "all_capital", "cut_capital_left", "cut_capital_right", "capital_edge_left", "capital_edge_right",
    "hyphen_left", "hyphen_right", "covered", "uncovered", "foreign", "foreign_share", "company_ngram",
    "pmi_ngram", "dice_ngram", "alone_ngram", "fixed_left", "fixed_right", "acronym", "weakest", "edge_left_low",
    "edge_right_low", "and_edge", "number_in", "beside_left_strong", "beside_right_strong", "of_inside",
    "of_beside_right", "misfit_words", "list_match", "gloss_in", "gloss_share", "gloss_beside_left",
    "gloss_beside_right", "name_cut_left", "name_cut_right", "adjective_right", "adjective_beside_left",
    "particle_beside_right", "function_beside_right_seen", "function_beside_left_seen", "beyond_left",
    "beyond_right", "content_beside_right", "content_beside_left", "phrase_cut", "phrase_whole", "known",
    "rival", "free_in", "free_out", "drift", "neighbour_gap", "list_cut",
)  # fmt: skip


@dataclass
class Candidates:
    """Spans of one place: `start`, `end` (pieces), their features, and the hash of their lemmas."""

    start: Whole
    end: Whole
    features: Real
    ngram: Hash


@dataclass(frozen=True)
class Flags:
    """What the pieces of one bead are, as arrays."""

    content: Real
    function: Real
    sign: Real
    determiner: Real
    particle: Real
    closer: Real
    capital: Real
    upper: Real
    hyphen: Real
    conjunction: Real
    bracket: Real
    number: Real
    of: Real
    plus: Real
    adjective: Real
    comma: Real
    quote: Real


def flags(pieces: Sequence[Piece]) -> Flags:
    import numpy as np

    def mark(test: Sequence[bool]) -> Real:
        return np.array(test, np.float32)

    starts = [k == 0 or pieces[k - 1].lower in (".", "!", "?", "“", ":") for k in range(len(pieces))]
    return Flags(
        content=mark([p.is_content for p in pieces]),
        function=mark([p.is_word and not p.is_content for p in pieces]),
        sign=mark([not p.is_word for p in pieces]),
        determiner=mark([p.lower in DETERMINERS for p in pieces]),
        particle=mark([p.lower in PARTICLES for p in pieces]),
        closer=mark([p.lower in CLOSERS for p in pieces]),
        capital=mark(
            [
                p.shape == "upper" or (p.shape == "title" and not s)
                for p, s in zip(pieces, starts, strict=True)
            ]
        ),
        upper=mark([p.shape == "upper" for p in pieces]),
        hyphen=mark([p.lower in "-‐‑–/" for p in pieces]),
        conjunction=mark([p.lower in ("and", "or", "&") for p in pieces]),
        bracket=mark([p.lower in "()[]（）" for p in pieces]),
        number=mark([p.shape == "number" for p in pieces]),
        of=mark([p.lower in ("of", "for", "in") for p in pieces]),
        adjective=mark([is_adjectival(p.lower) for p in pieces]),
        quote=np.array([_QUOTES.get(p.lower, 0) for p in pieces], np.float32),
        comma=mark([p.lower in ",、，" for p in pieces]),
        plus=mark([p.lower in "+$€£¥%" for p in pieces]),
    )


class Ngrams:
    """Hashes of runs of lemmas, so that the same words can be counted over beads."""

    def __init__(self, corpus: Corpus) -> None:
        import numpy as np

        self._powers = np.ones(LONGEST + 1, np.uint64)
        with np.errstate(over="ignore"):
            for k in range(1, LONGEST + 1):
                self._powers[k] = self._powers[k - 1] * np.uint64(_BASE)
        rng = np.arange(1, corpus.bitext.lemmas + 1, dtype=np.uint64)
        self._codes = _mixed(rng)
        self._bead: dict[int, Hash] = {}
        self._en = corpus.bitext.en

    def prefix(self, bead: int) -> Hash:
        """Running hash with a leading 0; taken mod 2^64."""
        import numpy as np

        found = self._bead.get(bead)
        if found is None:
            codes = self._codes[self._en[bead]]
            found = np.zeros(len(codes) + 1, np.uint64)
            base = np.uint64(_BASE)
            running = 0
            for k, code in enumerate(codes.tolist()):
                running = (running * int(base) + code) & 0xFFFFFFFFFFFFFFFF
                found[k + 1] = running
            self._bead[bead] = found
        return found

    def of(self, bead: int, start: Whole, end: Whole) -> Hash:
        import numpy as np

        prefix = self.prefix(bead)
        with np.errstate(over="ignore"):
            found: Hash = prefix[end] - prefix[start] * self._powers[end - start]
        return found

    def all_of(self, bead: int) -> Hash:
        """Distinct hashes of every run up to the longest."""
        import numpy as np

        size = len(self._en[bead])
        start, end = every_span(size)
        return np.unique(self.of(bead, start, end))


class Phrases:
    """The bank's English terms as they stand in the beads: what a span may hold whole, and may not cut."""

    def __init__(
        self,
        corpus: Corpus,
        english: Iterable[tuple[str, ...]],
        known: Mapping[int, Sequence[tuple[str, ...]]],
    ) -> None:
        number = {lemma: k for k, lemma in enumerate(corpus.lemmas)}
        self._en = corpus.bitext.en
        self._phrases: dict[int, list[tuple[int, ...]]] = {}
        for words in english:
            if len(words) > 1 and (ids := _ids(words, number)):
                self._phrases.setdefault(ids[0], []).append(ids)
        self._known = {
            term: [ids for words in ways if (ids := _ids(words, number))] for term, ways in known.items()
        }
        self._found: dict[int, list[tuple[int, int]]] = {}

    def _in(self, bead: int) -> list[tuple[int, int]]:
        found = self._found.get(bead)
        if found is None:
            words = self._en[bead].tolist()
            found = self._found[bead] = [
                (at, at + len(ids))
                for at, word in enumerate(words)
                for ids in self._phrases.get(word, ())
                if tuple(words[at : at + len(ids)]) == ids
            ]
        return found

    def _of(self, place: Place) -> list[tuple[int, int]]:
        """Where the bank's renderings of the term itself stand in the bead."""
        words = self._en[place.bead].tolist()
        return [
            (at, at + len(ids))
            for ids in self._known.get(place.term, ())
            for at in range(len(words) - len(ids) + 1)
            if len(ids) <= LONGEST and tuple(words[at : at + len(ids)]) == ids
        ]

    def joined(self, place: Place, span: tuple[Whole, Whole]) -> tuple[Whole, Whole]:
        """The spans with those of the bank's own renderings that were not among them."""
        import numpy as np

        own = self._of(place)
        if not own:
            return span
        both = sorted({*zip(span[0].tolist(), span[1].tolist(), strict=True), *own})
        return np.array([s for s, _ in both], np.int64), np.array([e for _, e in both], np.int64)

    def measure(self, row: dict[str, Real], place: Place, span: tuple[Whole, Whole]) -> None:
        import numpy as np

        start, end = span
        cut = np.zeros(len(start), np.float32)
        whole = np.zeros(len(start), np.float32)
        known = np.zeros(len(start), np.float32)
        for first, last in self._in(place.bead):
            whole[(start == first) & (end == last)] = 1
            meets = (start < last) & (first < end)
            cut[meets & ~((start <= first) & (last <= end))] = 1
        for first, last in self._of(place):
            known[(start == first) & (end == last)] = 1
        row["phrase_cut"], row["phrase_whole"], row["known"] = cut, whole, known


def _ids(words: tuple[str, ...], number: Mapping[str, int]) -> tuple[int, ...]:
    """Numbers of all the words, or nothing where the text lacks one of them."""
    found = tuple(number[word] for word in words if word in number)
    return found if len(found) == len(words) else ()


def _mixed(codes: Hash) -> Hash:
    import numpy as np

    with np.errstate(over="ignore"):
        codes = codes * np.uint64(0xBF58476D1CE4E5B9)
        codes ^= codes >> np.uint64(29)
        codes = codes * np.uint64(0x94D049BB133111EB)
        codes ^= codes >> np.uint64(32)
    return codes


def every_span(size: int, longest: int = LONGEST) -> tuple[Whole, Whole]:
    import numpy as np

    start = np.repeat(np.arange(size), longest)
    end = start + np.tile(np.arange(1, longest + 1), size)
    kept = end <= size
    return start[kept], end[kept]


def proposed(place: Place, evidence: Evidence, flag: Flags) -> tuple[Whole, Whole]:
    """Spans worth weighing: near evidence, no determiner first, no stop or sign at an edge."""
    import numpy as np

    mean = evidence.mean * (flag.content + 0.15 * flag.function)
    size = len(mean)
    strong = np.flatnonzero(mean >= max(0.06, 0.25 * float(mean.max(initial=0.0))))
    if not len(strong):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    near = np.zeros(size + 1, bool)
    for k in strong.tolist():
        near[max(0, k - _REACH) : min(size, k + _REACH + 1)] = True
    start, end = every_span(size, min(LONGEST, 4 + 2 * (place.zh.end - place.zh.start)))
    running = np.concatenate([[0.0], np.cumsum(mean)])
    anchored = np.concatenate([[0], np.cumsum(mean >= max(0.06, 0.25 * float(mean.max())))])
    words = np.concatenate([[0], np.cumsum(flag.content)])
    quotes = np.concatenate([[0], np.cumsum(flag.quote)])
    stops = np.concatenate([[0], np.cumsum(flag.closer * (1 - flag.comma))])
    kept = (
        near[start]
        & near[end - 1]
        & (anchored[end] > anchored[start])
        & (words[end] > words[start])
        & (flag.determiner[start] == 0)
        & (_edge_sign(flag)[start] == 0)
        & (_edge_sign(flag)[end - 1] == 0)
        & (stops[end] == stops[start])
        & ((quotes[end] - quotes[start]) % 2 == 0)
    )
    start, end = start[kept], end[kept]
    if len(start) > MOST_SPANS:
        gain = (running[end] - running[start]) - 0.12 * (end - start)
        best = np.sort(np.argsort(-gain, kind="stable")[:MOST_SPANS])
        start, end = start[best], end[best]
    return start, end


def _edge_sign(flag: Flags) -> Real:
    """Signs that no rendering begins or ends with; “+”, % and those of money are such that it may."""
    found: Real = flag.sign * (1 - flag.plus)
    return found


def measured(
    place: Place,
    evidence: Evidence,
    links: Links,
    flag: Flags,
    span: tuple[Whole, Whole],
    characters: int,
) -> dict[str, Real]:
    """Features that one bead alone can tell, by name."""
    import numpy as np

    start, end = span

    def inside(values: Real) -> Real:
        running = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
        held: Real = (running[end] - running[start]).astype(np.float32)
        return held

    def at(values: Real, where: Whole, beyond: float = 0.0) -> Real:
        padded = np.concatenate([[beyond], values, [beyond]])
        held: Real = padded[where + 1].astype(np.float32)
        return held

    weight = flag.content + 0.2 * flag.function
    row: dict[str, Real] = {}
    for name in ("forth", "back", "table", "company", "mean"):
        values = getattr(evidence, name) * weight
        row[f"{name}_in"] = inside(values)
        row[f"{name}_out"] = values.sum() - row[f"{name}_in"]
    words: Real = np.maximum(inside(flag.content), 1)
    mean = evidence.mean
    low = flag.content * (mean < 0.2)
    row["density"] = row["mean_in"] / words
    row["holes"] = inside(low)
    row["hole_share"] = row["holes"] / words
    row["function_inside"] = inside(flag.function)
    row["edge_left"], row["edge_right"] = at(mean, start), at(mean, end - 1)
    row["edge_left_low"] = ((row["edge_left"] < 0.15) & (at(flag.content, start) > 0)).astype(np.float32)
    row["edge_right_low"] = ((row["edge_right"] < 0.15) & (at(flag.content, end - 1) > 0)).astype(np.float32)
    beside = mean * flag.content
    row["beside_left"], row["beside_right"] = at(beside, start - 1), at(beside, end)
    row["beside_left_strong"] = (row["beside_left"] > 0.45).astype(np.float32)
    row["beside_right_strong"] = (row["beside_right"] > 0.45).astype(np.float32)
    row["left_function"], row["right_function"] = at(flag.function, start), at(flag.function, end - 1)
    row["right_particle"] = at(flag.particle, end - 1)
    row["left_sign"], row["right_sign"] = at(flag.sign, start), at(flag.sign, end - 1)
    row["beside_left_determiner"] = at(flag.determiner, start - 1)
    row["beside_left_function"] = at(flag.function, start - 1)
    row["beside_right_function"] = at(flag.function, end)
    row["beside_left_sign"] = at(flag.closer, start - 1, 1.0)
    row["beside_right_sign"] = at(flag.closer, end, 1.0)
    row["comma_inside"] = inside(flag.closer)
    row["bracket_inside"] = inside(flag.bracket)
    row["bracket_odd"] = row["bracket_inside"] % 2
    row["and_inside"] = inside(flag.conjunction)
    row["and_edge"] = at(flag.conjunction, start) + at(flag.conjunction, end - 1)
    row["number_in"] = inside(flag.number)
    row["of_inside"] = inside(flag.of)
    row["of_beside_right"] = at(flag.of, end)
    tokens = inside(flag.content + flag.function)
    row["length"] = (end - start).astype(np.float32)
    upper = inside(flag.upper * flag.content)
    expected = max(1.0, 0.5 * characters)
    row["length_misfit"] = np.where(
        (tokens <= 1) & (upper > 0), 0.3, np.abs(np.log(np.maximum(tokens, 1) / expected))
    ).astype(np.float32)
    row["misfit_words"] = np.where(
        (tokens <= 1) & (upper > 0), 0.3, np.abs(words - expected) / expected
    ).astype(np.float32)
    row["one_word"] = (tokens <= 1).astype(np.float32)
    capital = inside(flag.capital * flag.content)
    row["all_capital"] = ((capital == inside(flag.content)) & (capital > 0)).astype(np.float32)
    row["capital_edge_left"] = at(flag.capital, start)
    row["capital_edge_right"] = at(flag.capital, end - 1)
    row["cut_capital_left"] = row["capital_edge_left"] * at(flag.capital, start - 1)
    row["cut_capital_right"] = row["capital_edge_right"] * at(flag.capital, end)
    row["hyphen_left"], row["hyphen_right"] = at(flag.hyphen, start - 1), at(flag.hyphen, end)
    row["acronym"] = ((tokens == 1) & (upper == 1)).astype(np.float32)
    _beyond(row, evidence, flag, start, end)
    row["weakest"] = _weakest(mean, flag, start, end)
    both = np.maximum(links.en_by_zh, links.zh_by_en)
    reach = np.concatenate([np.zeros((len(both), 1), np.float32), np.cumsum(both * weight, axis=1)], axis=1)
    held = reach[:, end] - reach[:, start]
    own = np.minimum(held[place.first : place.last], 1.0)
    row["covered"] = own.mean(0)
    row["uncovered"] = (own < 0.3).sum(0).astype(np.float32)
    _claims(row, place, both, flag, start, end)
    others = np.concatenate([held[: place.first], held[place.last :]])
    row["foreign"] = others.sum(0) if len(others) else np.zeros(len(start), np.float32)
    row["foreign_share"] = row["foreign"] / (row["foreign"] + held[place.first : place.last].sum(0) + 0.1)
    return row


def _claims(row: dict[str, Real], place: Place, both: Real, flag: Flags, start: Whole, end: Whole) -> None:
    """Who else claims the words of a span, what nobody claims, and how far the span is from where it should stand."""
    import numpy as np

    units, size = both.shape
    outside = np.concatenate([both[: place.first], both[place.last :]])
    claim = outside.max(axis=0) if len(outside) else np.zeros(size, np.float32)
    words = np.concatenate([[0.0], np.cumsum(flag.content)])
    claimed = np.concatenate([[0.0], np.cumsum(flag.content * claim)])
    free = np.concatenate([[0.0], np.cumsum(flag.content * (claim < 0.35))])
    count = np.maximum(words[end] - words[start], 1)
    row["rival"] = ((claimed[end] - claimed[start]) / count).astype(np.float32)
    row["free_in"] = (free[end] - free[start]).astype(np.float32)
    row["free_out"] = np.minimum(free[-1] - row["free_in"], 6).astype(np.float32)
    centre = (start + end) / 2 / max(size, 1)
    row["drift"] = np.abs(centre - (place.first + place.last) / 2 / max(units, 1)).astype(np.float32)
    gaps = []
    for unit in (place.first - 1, place.first - 2, place.last, place.last + 1):
        if 0 <= unit < units:
            at = int(both[unit].argmax())
            if both[unit, at] > 0.4 and flag.content[at]:
                gaps.append(np.maximum(np.maximum(start - at, at - end + 1), 0))
    gap = np.minimum(np.min(gaps, axis=0), 8) if gaps else np.full(len(start), 4)
    row["neighbour_gap"] = gap.astype(np.float32)


def listed(row: dict[str, Real], found: Conjunct | None, span: tuple[Whole, Whole]) -> None:
    """Whether a span is the conjunct in the term's place, or runs across the edge of that conjunct."""
    import numpy as np

    start, end = span
    if found is None:
        return
    inside = (start >= found.start) & (end <= found.end)
    left = (start == found.start) | found.open_left
    right = (end == found.end) | found.open_right
    row["list_match"] = (inside & left & right).astype(np.float32)
    meets = (start < found.end) & (found.start < end)
    row["list_cut"] = (meets & ~inside).astype(np.float32)


def _beyond(row: dict[str, Real], evidence: Evidence, flag: Flags, start: Whole, end: Whole) -> None:
    """What a span would take in if it went on: names cut short, particles, words behind function words."""
    import numpy as np

    mean, size = evidence.mean, len(evidence.mean)
    skip_left, skip_right = start - 1, end.copy()
    joins = np.concatenate([flag.function, [0.0]])
    for _ in range(3):
        skip_left = np.where((skip_left >= 0) & (joins[skip_left] > 0), skip_left - 1, skip_left)
        skip_right = np.where(
            (skip_right < size) & (joins[np.minimum(skip_right, size)] > 0), skip_right + 1, skip_right
        )

    def there(values: Real, where: Whole) -> Real:
        padded = np.concatenate([[0.0], values, [0.0]])
        held: Real = padded[np.clip(where, -1, size) + 1].astype(np.float32)
        return held

    jumped_left, jumped_right = skip_left < start - 1, skip_right > end
    content = mean * flag.content
    row["beyond_left"] = there(content, skip_left) * jumped_left
    row["beyond_right"] = there(content, skip_right) * jumped_right
    row["name_cut_left"] = there(flag.capital, skip_left) * there(flag.capital, start) * jumped_left
    row["name_cut_right"] = there(flag.capital, skip_right) * there(flag.capital, end - 1) * jumped_right
    row["adjective_right"] = there(flag.adjective, end - 1)
    row["adjective_beside_left"] = there(flag.adjective, start - 1)
    row["particle_beside_right"] = there(flag.particle, end)
    row["function_beside_right_seen"] = there(flag.function * mean, end)
    row["function_beside_left_seen"] = there(flag.function * mean, start - 1)
    row["content_beside_left"] = there(flag.content, start - 1)
    row["content_beside_right"] = there(flag.content, end)


def glossed(row: dict[str, Real], gloss: Real, flag: Flags, span: tuple[Whole, Whole]) -> None:
    """What the dictionary alone says of the words in and beside a span; `gloss` is t(en|term) by piece."""
    import numpy as np

    start, end = span
    held = np.minimum(gloss * flag.content, 0.5)
    running = np.concatenate([[0.0], np.cumsum(held)])
    words = np.concatenate([[0.0], np.cumsum(flag.content)])
    padded = np.concatenate([[0.0], held, [0.0]])
    row["gloss_in"] = (running[end] - running[start]).astype(np.float32)
    marked = np.concatenate([[0.0], np.cumsum(held > 0.02)])
    row["gloss_share"] = ((marked[end] - marked[start]) / np.maximum(words[end] - words[start], 1)).astype(
        np.float32
    )
    row["gloss_beside_left"] = padded[start].astype(np.float32)
    row["gloss_beside_right"] = padded[end + 1].astype(np.float32)


def _weakest(mean: Real, flag: Flags, start: Whole, end: Whole) -> Real:
    """The least evidence of a content word inside."""
    import numpy as np

    values = np.where(flag.content > 0, mean, np.float32(1))
    size = len(values)
    table = np.ones((LONGEST + 1, size), np.float32)
    for length in range(1, min(LONGEST, size) + 1):
        table[length, : size - length + 1] = np.minimum(
            table[length - 1, : size - length + 1] if length > 1 else 1.0, values[length - 1 :]
        )
    found: Real = table[end - start, start]
    return found


def candidates(
    corpus: Corpus,
    places: Sequence[Place],
    evidence: Sequence[Evidence | None],
    links: Sequence[Links | None],
    glosses: Mapping[int, Mapping[str, float]] | None = None,
    phrases: Phrases | None = None,
) -> list[Candidates | None]:
    """Candidate spans with all features for every place; None where nothing can be proposed.

    `glosses` holds for every term number what the dictionary says of the term: lemmas and their weight.
    `phrases` are the bank's English terms, and which of them it holds for each term number.
    """
    import numpy as np

    ngrams = Ngrams(corpus)
    flag_of: dict[int, Flags] = {}
    spans: list[tuple[Whole, Whole] | None] = []
    rows: list[dict[str, Real]] = []
    for place, seen in zip(places, evidence, strict=True):
        link = links[place.bead]
        flag = flag_of.get(place.bead)
        if flag is None:
            flag = flag_of[place.bead] = flags(corpus.beads[place.bead].pieces)
        span = proposed(place, seen, flag) if seen is not None else None
        if span is not None and phrases is not None:
            span = phrases.joined(place, span)
        if span is None or link is None or seen is None or not len(span[0]):
            spans.append(None)
            rows.append({})
            continue
        spans.append(span)
        row = measured(place, seen, link, flag, span, place.zh.end - place.zh.start)
        both = np.maximum(link.en_by_zh, link.zh_by_en)
        listed(row, conjunct(corpus.beads[place.bead], place.zh, both), span)
        if glosses is not None:
            row_of = glosses[place.term]
            weights = [row_of.get(piece.lemma, 0.0) for piece in corpus.beads[place.bead].pieces]
            glossed(row, np.array(weights, np.float32), flag, span)
        if phrases is not None:
            phrases.measure(row, place, span)
        rows.append(row)
    _count_company(corpus, places, spans, rows, ngrams)
    found: list[Candidates | None] = []
    for place, span, row in zip(places, spans, rows, strict=True):
        if span is None:
            found.append(None)
            continue
        zero = np.zeros(len(span[0]), np.float32)
        table = np.stack([row.get(name, zero) for name in FEATURES], axis=1).astype(np.float32)
        found.append(Candidates(span[0], span[1], table, ngrams.of(place.bead, *span)))
    return found


def _count_company(
    corpus: Corpus,
    places: Sequence[Place],
    spans: Sequence[tuple[Whole, Whole] | None],
    rows: Sequence[dict[str, Real]],
    ngrams: Ngrams,
) -> None:
    """Features of the same words elsewhere: with the term, without it, and always beside the same word."""
    import numpy as np

    hashes: list[tuple[Hash, Hash, Hash]] = []
    for place, span in zip(places, spans, strict=True):
        if span is None:
            nothing = np.zeros(0, np.uint64)
            hashes.append((nothing, nothing, nothing))
            continue
        start, end = span
        size = len(corpus.bitext.en[place.bead])
        wider = end - start < LONGEST
        left = np.where((start > 0) & wider, start - 1, start)
        right = np.where((end < size) & wider, end + 1, end)
        hashes.append(
            (
                ngrams.of(place.bead, start, end),
                np.where(left < start, ngrams.of(place.bead, left, end), np.uint64(0)),
                np.where(right > end, ngrams.of(place.bead, start, right), np.uint64(0)),
            )
        )
    wanted = np.unique(np.concatenate([h for triple in hashes for h in triple] or [np.zeros(1, np.uint64)]))
    if not len(wanted):
        return
    beads_of: dict[int, list[int]] = {}
    for place in places:
        known = beads_of.setdefault(place.term, [])
        if not known or known[-1] != place.bead:
            known.append(place.bead)
    counts = np.zeros(len(wanted), np.int64)
    found_in: dict[int, NDArray[np.int64]] = {}
    needed = {place.bead for place in places}
    for bead in range(len(corpus.beads)):
        everything = ngrams.all_of(bead)
        if not len(everything):
            continue
        at = np.minimum(np.searchsorted(wanted, everything), len(wanted) - 1)
        hit = at[wanted[at] == everything]
        counts[hit] += 1
        if bead in needed:
            found_in[bead] = hit
    total = max(2, len(corpus.beads))
    by_term = np.zeros(len(wanted), np.int64)
    current = -1
    for k in sorted(range(len(places)), key=lambda k: (places[k].term, k)):
        place = places[k]
        if place.term != current:
            current = place.term
            by_term = np.zeros(len(wanted), np.int64)
            for bead in set(beads_of[current]):
                if bead in found_in:
                    by_term[found_in[bead]] += 1
        if spans[k] is None:
            continue
        at = np.searchsorted(wanted, hashes[k][0])
        together, alone = by_term[at], counts[at]
        left = counts[np.searchsorted(wanted, hashes[k][1])] * (hashes[k][1] != 0)
        right = counts[np.searchsorted(wanted, hashes[k][2])] * (hashes[k][2] != 0)
        beads = len(set(beads_of[place.term]))
        row = rows[k]
        others = together - 1
        row["company_ngram"] = (others / max(beads - 1, 1)).astype(np.float32)
        row["pmi_ngram"] = (np.log(together * total / (beads * np.maximum(alone, 1))) / np.log(total)).astype(
            np.float32
        )
        row["dice_ngram"] = (2 * others / (beads + alone - 1.5)).astype(np.float32)
        row["alone_ngram"] = np.log1p(np.maximum(alone - together, 0)).astype(np.float32)
        again = np.maximum(alone - 1, 1)
        row["fixed_left"] = (np.maximum(left - 1, 0) / again).astype(np.float32)
        row["fixed_right"] = (np.maximum(right - 1, 0) / again).astype(np.float32)
