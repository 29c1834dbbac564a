"""Find the terms that answer a query: a short list from the search index, scored and sorted.

The list is gathered by the strictest key first; tolerant ones (misspellings, similar sounds, one character too many) are
tried only where strict ones found nothing good. Each step gives at most a few hundred terms, whatever the size of the
bank, and none passes the user's own characters to FTS5 as syntax.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from termbank.lookup import query_keys as keys
from termbank.lookup import ranking
from termbank.lookup.ranking import KeyKind, Query
from termbank.store.index import SearchIndex
from termbank.store.index_rows import END, ID, INITIALS, KEY, SOUND, START
from termbank.text.morphology_en import inflection_stem
from termbank.text.normalize import fold

ENOUGH = 200
ENOUGH_FOR_SHORT = 100  # what begins with a few letters is a guess, however many are looked at
SCANNED = 2000
GOOD = 0.45
LONGEST_TERM = 12


@dataclass(frozen=True, slots=True)
class ConceptHit:
    """A concept that answers a query, with its best term; `is_whole` where the query is the whole term."""

    concept: str
    score: float
    text: str
    language: str
    how: KeyKind
    is_whole: bool


def find_concepts(index: SearchIndex, text: str, limit: int) -> list[ConceptHit]:
    """The concepts that answer a query, best first; none for an empty query."""
    given = text.strip()[: ranking.LONGEST_QUERY].encode("utf-8", "ignore").decode()
    if not given or limit < 1:
        return []
    return index.ask_with_repair(lambda: _search(index, given, limit))


def _search(index: SearchIndex, given: str, limit: int) -> list[ConceptHit]:
    index.learn(given)
    query = Query(given, index.simplified, index.readings)
    candidates = _Candidates(index, query)
    _add_exact(candidates)
    if query.key:
        (_add_chinese if query.is_han else _add_latin)(candidates)
    return candidates.best(limit)


def ids_with_term(index: SearchIndex, text: str) -> list[str]:
    """The ids of the concepts with exactly this term; script, width and case do not matter."""
    query = Query(text, index.learn(text), index.readings)
    candidates = _Candidates(index, query)
    candidates.add(candidates.with_keys(KEY, [query.compact]))
    return sorted(candidates.found)


class _Candidates:
    """The terms found so far, each scored once, and the best term of each concept."""

    def __init__(self, index: SearchIndex, query: Query) -> None:
        self.index = index
        self.query = query
        self.seen: set[int] = set()
        self.found: dict[str, ConceptHit] = {}
        self.top = 0.0
        self.enough = ENOUGH if len(query.compact) > 4 or query.is_han else ENOUGH_FOR_SHORT

    def add(self, ids: Iterable[int]) -> None:
        """Score the terms of these row ids that are not scored yet."""
        new = [id for id in dict.fromkeys(ids) if id not in self.seen]
        self.seen.update(new)
        for entry in self.index.entries(new):
            answer = ranking.score_term(self.query, entry)
            if answer is not None:
                self.keep_best(
                    ConceptHit(
                        entry.concept, answer.score, entry.text, entry.language, answer.how, answer.is_whole
                    )
                )

    def keep_best(self, found: ConceptHit) -> None:
        """Keep the better of two terms of one concept."""
        before = self.found.get(found.concept)
        if before is None or (found.score, before.text) > (before.score, found.text):
            self.found[found.concept] = found
        self.top = max(self.top, found.score)

    def with_tokens(self, table: str, match: str) -> list[int]:
        """Row ids of the terms that match an FTS5 expression, most likely first."""
        if not match:
            return []
        rows = self.index.rows(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid LIMIT ?", (match, self.enough)
        )
        return [row for (row,) in rows]

    def with_keys(self, kind: int, keys: Sequence[str]) -> list[int]:
        """Row ids of the terms that have one of these keys of a kind."""
        found: list[int] = []
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            rows = self.index.rows(
                f"SELECT term FROM key WHERE kind = ? AND key IN ({','.join('?' * len(part))}) ORDER BY term LIMIT ?",
                (kind, *part, self.enough),
            )
            found.extend(row for (row,) in rows)
        return found

    def with_prefix(self, kind: int, start: str) -> list[int]:
        """Row ids of the terms whose key has a prefix: the most likely of the first SCANNED."""
        rows = self.index.rows(
            "SELECT term FROM key WHERE kind = ? AND key >= ? AND key < ? LIMIT ?",
            (kind, start, start + "\U0010ffff", SCANNED),
        )
        return sorted(row for (row,) in rows)[: self.enough]

    def best(self, limit: int) -> list[ConceptHit]:
        """The concepts with the highest scores."""
        return sorted(self.found.values(), key=lambda found: (-found.score, found.concept))[:limit]


def _add_exact(candidates: _Candidates) -> None:
    """Add the terms with the query's key, and the concept with the query as its id."""
    query = candidates.query
    candidates.add(candidates.with_keys(KEY, [query.compact or fold(query.text).replace(" ", "")]))
    for entry in candidates.index.entries(candidates.with_keys(ID, [query.text.casefold()])):
        candidates.keep_best(ConceptHit(entry.concept, 0.96, entry.text, entry.language, KeyKind.EXACT, True))


def all_of(tokens: Iterable[str]) -> str:
    """An FTS5 expression for all of these tokens. They are letters and figures, so quoting is safe."""
    return " AND ".join(f'"{token}"' for token in dict.fromkeys(tokens))


def any_of(expressions: Iterable[str]) -> str:
    """An FTS5 expression for at least one of these expressions."""
    return " OR ".join(f"({expression})" for expression in expressions if expression)


def _add_chinese(candidates: _Candidates) -> None:
    """Add the terms that answer a Chinese query, by characters, sound, parts, and all characters but one."""
    query = candidates.query
    units = keys.units(query.key)
    candidates.add(candidates.with_tokens("hanzi", all_of(keys.bigrams(query.key) or units)))
    if candidates.top >= GOOD and len(candidates.found) > 2:
        return
    if query.sound:
        candidates.add(candidates.with_keys(SOUND, [query.sound]))
    candidates.add(candidates.with_keys(KEY, _runs(units)))
    if len(units) > 1:
        candidates.add(candidates.with_tokens("hanzi", all_of(units[:LONGEST_TERM])))
    if candidates.top < GOOD:
        candidates.add(candidates.with_tokens("hanzi", _all_but_one(units)))


def _runs(units: Sequence[str]) -> list[str]:
    """Every run of two or more units that may be a term inside the query."""
    units = units[:60]
    return [
        "".join(units[start : start + length])
        for length in range(min(LONGEST_TERM, len(units) - 1), 1, -1)
        for start in range(len(units) - length + 1)
    ]


def _all_but_one(units: Sequence[str]) -> str:
    """An FTS5 expression for all units but one; for either half of a long query."""
    if len(units) < 3:
        return any_of(all_of([unit]) for unit in units)
    if len(units) > LONGEST_TERM:
        half = len(units) // 2
        return any_of([all_of(units[:half][:LONGEST_TERM]), all_of(units[half:][:LONGEST_TERM])])
    return any_of(all_of((*units[:i], *units[i + 1 :])) for i in range(len(units)))


def _add_latin(candidates: _Candidates) -> None:
    """Add the terms that answer a query in Latin letters, by pinyin, initials, English words and misspellings."""
    query = candidates.query
    sound = query.sound
    if sound:
        candidates.add(candidates.with_keys(SOUND, [sound, query.fuzzy_sound]))
        candidates.add(candidates.with_keys(INITIALS, [sound]))
        candidates.add(candidates.with_prefix(SOUND, sound))
        if len(sound) > 1:
            candidates.add(candidates.with_prefix(INITIALS, sound))
    elif len(query.compact) > 1:
        candidates.add(candidates.with_keys(INITIALS, [query.compact]))
    candidates.add(candidates.with_prefix(KEY, query.compact))
    candidates.add(candidates.with_tokens("english", _all_words(candidates)))
    candidates.add(
        candidates.with_tokens("hanzi", all_of(query.compact.split())) if query.compact.isascii() else []
    )
    if sound and len(sound) > 3:
        candidates.add(candidates.with_tokens("sound", all_of(keys.grams(query.fuzzy_sound))))
    if candidates.top < GOOD:
        _add_misspelt(candidates)


def _all_words(candidates: _Candidates) -> str:
    """An FTS5 expression for all words of the query by stem; the last one, and any unknown one, may be a prefix."""
    *before, last = candidates.query.content_words[:LONGEST_TERM]
    groups = [[inflection_stem(word)] for word in before]
    for group, word in zip(groups, before, strict=True):
        if len(word) > 1 and not _is_word(candidates, word):
            group.extend(_stems_beginning(candidates, word))
    groups.append([inflection_stem(last), *_stems_beginning(candidates, last)])
    return " AND ".join(f"({any_of(map(_token, dict.fromkeys(group)))})" for group in groups)


def _is_word(candidates: _Candidates, word: str) -> bool:
    """Whether a word has a stem that some term has."""
    return bool(candidates.index.rows("SELECT 1 FROM word WHERE stem = ? LIMIT 1", (inflection_stem(word),)))


def _token(token: str) -> str:
    return all_of([token])


def _stems_beginning(candidates: _Candidates, start: str, most: int = 40) -> list[str]:
    """The stems of the words with a prefix, those of most terms first."""
    rows = candidates.index.rows(
        "SELECT stem FROM (SELECT stem, terms FROM word WHERE word >= ? AND word < ? LIMIT 2000) "
        "ORDER BY terms DESC LIMIT ?",
        (start, start + "\U0010ffff", most),
    )
    return [stem for (stem,) in rows]


def _add_misspelt(candidates: _Candidates) -> None:
    """Add the terms that the query may mean with its words corrected, with one word omitted, or by its sound."""
    query = candidates.query
    groups = [_stems_near(candidates, word) for word in query.content_words[:LONGEST_TERM]]
    expressions = [any_of(map(_token, group)) for group in groups if group]
    if expressions and len(expressions) == len(groups):
        candidates.add(candidates.with_tokens("english", " AND ".join(f"({group})" for group in expressions)))
    if candidates.top < GOOD and len(groups) > 1:
        shortened = [
            " AND ".join(f"({g})" for g in (*expressions[:i], *expressions[i + 1 :]))
            for i in range(len(expressions))
        ]
        candidates.add(
            candidates.with_tokens(
                "english",
                any_of(shortened) if len(expressions) > 1 else expressions[0] if expressions else "",
            )
        )
    if query.sound and len(query.sound) > 4:
        candidates.add(candidates.with_tokens("sound", _all_but_a_few(keys.grams(query.fuzzy_sound))))


def _all_but_a_few(grams: Sequence[str]) -> str:
    """An FTS5 expression for all trigrams but the four or five neighbours that one misspelling may change."""
    if len(grams) < 8:
        kept = [(*grams[:i], *grams[i + 4 :]) for i in range(len(grams) - 3)]
        return any_of(
            [*(all_of(rest) for rest in kept if len(rest) > 1), all_of(grams[:2]), all_of(grams[-2:])]
        )
    quarter = len(grams) // 4
    one, two, three, four = (
        grams[:quarter],
        grams[quarter : 2 * quarter],
        grams[2 * quarter : 3 * quarter],
        grams[3 * quarter :],
    )
    # one misspelling changes at most two quarters, which are adjacent
    return any_of(all_of(rest) for rest in ((*one, *two), (*three, *four), (*one, *four)))


def _stems_near(candidates: _Candidates, word: str) -> list[str]:
    """Stems of the words that a word may stand for: itself, words it begins, or words within edit distance 1 or 2."""
    if _is_word(candidates, word):
        return [inflection_stem(word)]
    from rapidfuzz.distance import OSA

    prefixed = _stems_beginning(candidates, word, 20) if len(word) > 2 else []
    if len(word) < 4:
        return prefixed
    grams = keys.grams(START + word + END)
    neighbours = pairwise(grams)
    match = any_of(all_of(pair) for pair in neighbours) if len(word) > 5 else any_of(map(_token, grams))
    rows = candidates.index.rows(
        "SELECT word, stem FROM word WHERE id IN (SELECT rowid FROM slip WHERE slip MATCH ? LIMIT 20000)",
        (match,),
    )
    reach = 1 if len(word) < 6 else 2
    near = sorted(
        (OSA.distance(word, other, score_cutoff=reach), other, stem)
        for other, stem in rows
        if abs(len(other) - len(word)) <= reach
    )
    return list(dict.fromkeys([*prefixed, *(stem for far, _, stem in near if far <= reach)]))[:30]
