"""From a query to the terms that answer it: a short list from the index, judged and put in order.

The list is gathered by the strictest key first; the tolerant ones (slips, blurred sounds, a
character too many) are tried only where the strict ones brought nothing good. Every route gives
at most a few hundred terms, whatever the size of the bank, and no route hands the person's own
characters to FTS5 as syntax.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from termbank.lookup import query_keys as keys
from termbank.lookup import ranking
from termbank.lookup.ranking import How, Query
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
class Found:
    """A concept that answers, with the term that answers best."""

    concept: str
    score: float
    text: str
    language: str
    how: How


def find(index: SearchIndex, text: str, limit: int) -> list[Found]:
    """The concepts that answer a query, best first; none for an empty one."""
    given = text.strip()[: ranking.LONGEST_QUERY].encode("utf-8", "ignore").decode()
    if not given or limit < 1:
        return []
    return index.mended(lambda: _find(index, given, limit))


def _find(index: SearchIndex, given: str, limit: int) -> list[Found]:
    index.learn(given)
    query = Query(given, index.simplified, index.readings)
    pool = _Pool(index, query)
    _by_whole(pool)
    if query.key:
        (_hanzi if query.is_han else _latin)(pool)
    return pool.best(limit)


def named(index: SearchIndex, text: str) -> list[str]:
    """The ids of the concepts that have exactly this term, script, width and case aside."""
    query = Query(text, index.learn(text), index.readings)
    pool = _Pool(index, query)
    pool.take(pool.exactly(KEY, [query.squeezed]))
    return sorted(pool.found)


class _Pool:
    """Terms gathered so far, each judged once."""

    def __init__(self, index: SearchIndex, query: Query) -> None:
        self.index = index
        self.query = query
        self.seen: set[int] = set()
        self.found: dict[str, Found] = {}
        self.top = 0.0
        self.enough = ENOUGH if len(query.squeezed) > 4 or query.is_han else ENOUGH_FOR_SHORT

    def take(self, ids: Iterable[int]) -> None:
        new = [id for id in dict.fromkeys(ids) if id not in self.seen]
        self.seen.update(new)
        for entry in self.index.entries(new):
            answer = ranking.judge(self.query, entry)
            if answer is not None:
                self.keep(Found(entry.concept, answer.score, entry.text, entry.language, answer.how))

    def keep(self, found: Found) -> None:
        before = self.found.get(found.concept)
        if before is None or (found.score, before.text) > (before.score, found.text):
            self.found[found.concept] = found
        self.top = max(self.top, found.score)

    def tokens(self, table: str, match: str) -> list[int]:
        """Row ids of the terms that hold these tokens, the likeliest first."""
        if not match:
            return []
        rows = self.index.rows(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid LIMIT ?", (match, self.enough)
        )
        return [row for (row,) in rows]

    def exactly(self, kind: int, keys: Sequence[str]) -> list[int]:
        found: list[int] = []
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            rows = self.index.rows(
                f"SELECT term FROM key WHERE kind = ? AND key IN ({','.join('?' * len(part))}) ORDER BY term LIMIT ?",
                (kind, *part, self.enough),
            )
            found.extend(row for (row,) in rows)
        return found

    def beginning(self, kind: int, start: str) -> list[int]:
        """Terms whose key begins so, the likeliest of the first couple of thousand."""
        rows = self.index.rows(
            "SELECT term FROM key WHERE kind = ? AND key >= ? AND key < ? LIMIT ?",
            (kind, start, start + "\U0010ffff", SCANNED),
        )
        return sorted(row for (row,) in rows)[: self.enough]

    def best(self, limit: int) -> list[Found]:
        return sorted(self.found.values(), key=lambda found: (-found.score, found.concept))[:limit]


def _by_whole(pool: _Pool) -> None:
    query = pool.query
    pool.take(pool.exactly(KEY, [query.squeezed or fold(query.text).replace(" ", "")]))
    for entry in pool.index.entries(pool.exactly(ID, [query.text.casefold()])):
        pool.keep(Found(entry.concept, 0.96, entry.text, entry.language, How.EXACT))


def every(tokens: Iterable[str]) -> str:
    """An FTS5 expression: all of these tokens. They are letters and figures, so quoting is safe."""
    return " AND ".join(f'"{token}"' for token in dict.fromkeys(tokens))


def some(expressions: Iterable[str]) -> str:
    return " OR ".join(f"({expression})" for expression in expressions if expression)


def _hanzi(pool: _Pool) -> None:
    query = pool.query
    units = keys.units(query.key)
    pool.take(pool.tokens("hanzi", every(keys.bigrams(query.key) or units)))
    if pool.top >= GOOD and len(pool.found) > 2:
        return
    if query.sound:
        pool.take(pool.exactly(SOUND, [query.sound]))
    pool.take(pool.exactly(KEY, _within(units)))
    if len(units) > 1:
        pool.take(pool.tokens("hanzi", every(units[:LONGEST_TERM])))
    if pool.top < GOOD:
        pool.take(pool.tokens("hanzi", _all_but_one(units)))


def _within(units: Sequence[str]) -> list[str]:
    """Every run of units that may be a term inside the query."""
    units = units[:60]
    return [
        "".join(units[start : start + length])
        for length in range(min(LONGEST_TERM, len(units) - 1), 1, -1)
        for start in range(len(units) - length + 1)
    ]


def _all_but_one(units: Sequence[str]) -> str:
    if len(units) < 3:
        return some(every([unit]) for unit in units)
    if len(units) > LONGEST_TERM:
        half = len(units) // 2
        return some([every(units[:half][:LONGEST_TERM]), every(units[half:][:LONGEST_TERM])])
    return some(every((*units[:i], *units[i + 1 :])) for i in range(len(units)))


def _latin(pool: _Pool) -> None:
    query = pool.query
    sound = query.sound
    if sound:
        pool.take(pool.exactly(SOUND, [sound, query.blurred]))
        pool.take(pool.exactly(INITIALS, [sound]))
        pool.take(pool.beginning(SOUND, sound))
        if len(sound) > 1:
            pool.take(pool.beginning(INITIALS, sound))
    elif len(query.squeezed) > 1:
        pool.take(pool.exactly(INITIALS, [query.squeezed]))
    pool.take(pool.beginning(KEY, query.squeezed))
    pool.take(pool.tokens("english", _all_words(pool)))
    pool.take(pool.tokens("hanzi", every(query.squeezed.split())) if query.squeezed.isascii() else [])
    if sound and len(sound) > 3:
        pool.take(pool.tokens("sound", every(keys.grams(query.blurred))))
    if pool.top < GOOD:
        _slips(pool)


def _all_words(pool: _Pool) -> str:
    """All words of the query, by stem; the last may be unfinished, and so may one that is no word."""
    *before, last = pool.query.weighty[:LONGEST_TERM]
    groups = [[inflection_stem(word)] for word in before]
    for group, word in zip(groups, before, strict=True):
        if len(word) > 1 and not _is_word(pool, word):
            group.extend(_stems_beginning(pool, word))
    groups.append([inflection_stem(last), *_stems_beginning(pool, last)])
    return " AND ".join(f"({some(map(_one, dict.fromkeys(group)))})" for group in groups)


def _is_word(pool: _Pool, word: str) -> bool:
    return bool(pool.index.rows("SELECT 1 FROM word WHERE stem = ? LIMIT 1", (inflection_stem(word),)))


def _one(token: str) -> str:
    return every([token])


def _stems_beginning(pool: _Pool, start: str, most: int = 40) -> list[str]:
    rows = pool.index.rows(
        "SELECT stem FROM (SELECT stem, terms FROM word WHERE word >= ? AND word < ? LIMIT 2000) "
        "ORDER BY terms DESC LIMIT ?",
        (start, start + "\U0010ffff", most),
    )
    return [stem for (stem,) in rows]


def _slips(pool: _Pool) -> None:
    """The query with its words put right, with one word left out, or as it sounds."""
    query = pool.query
    groups = [_alike(pool, word) for word in query.weighty[:LONGEST_TERM]]
    joined = [some(map(_one, group)) for group in groups if group]
    if joined and len(joined) == len(groups):
        pool.take(pool.tokens("english", " AND ".join(f"({group})" for group in joined)))
    if pool.top < GOOD and len(groups) > 1:
        left = [" AND ".join(f"({g})" for g in (*joined[:i], *joined[i + 1 :])) for i in range(len(joined))]
        pool.take(pool.tokens("english", some(left) if len(joined) > 1 else joined[0] if joined else ""))
    if query.sound and len(query.sound) > 4:
        pool.take(pool.tokens("sound", _all_but_a_few(keys.grams(query.blurred))))


def _all_but_a_few(grams: Sequence[str]) -> str:
    """All grams but those that one slip may have spoilt: four or five neighbours, wherever they are."""
    if len(grams) < 8:
        kept = [(*grams[:i], *grams[i + 4 :]) for i in range(len(grams) - 3)]
        return some([*(every(rest) for rest in kept if len(rest) > 1), every(grams[:2]), every(grams[-2:])])
    quarter = len(grams) // 4
    one, two, three, four = (
        grams[:quarter],
        grams[quarter : 2 * quarter],
        grams[2 * quarter : 3 * quarter],
        grams[3 * quarter :],
    )
    # A slip spoils at most two quarters, which lie side by side.
    return some(every(rest) for rest in ((*one, *two), (*three, *four), (*one, *four)))


def _alike(pool: _Pool, word: str) -> list[str]:
    """Stems of the words that a word may be meant for: itself, begun by it, or a slip away."""
    if _is_word(pool, word):
        return [inflection_stem(word)]
    from rapidfuzz.distance import OSA

    begun = _stems_beginning(pool, word, 20) if len(word) > 2 else []
    if len(word) < 4:
        return begun
    grams = keys.grams(START + word + END)
    neighbours = pairwise(grams)
    match = some(every(pair) for pair in neighbours) if len(word) > 5 else some(map(_one, grams))
    rows = pool.index.rows(
        "SELECT word, stem FROM word WHERE id IN (SELECT rowid FROM slip WHERE slip MATCH ? LIMIT 20000)",
        (match,),
    )
    reach = 1 if len(word) < 6 else 2
    near = sorted(
        (OSA.distance(word, other, score_cutoff=reach), other, stem)
        for other, stem in rows
        if abs(len(other) - len(word)) <= reach
    )
    return list(dict.fromkeys([*begun, *(stem for far, _, stem in near if far <= reach)]))[:30]
