"""The English terms of a bank as sequences of word families.

Each sequence has one character for each family of words, and stands for one or several wordings. Families are computed
once for each word, not for each term, and wordings only when a text contains their sequence, so that a hundred
thousand terms are ready in a second.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from termbank.matching.match import TermEntry
from termbank.matching.patterns import TermPatterns, cache_name
from termbank.matching.variants_en import (
    PLAIN_TERM,
    AcceptedWordings,
    Wording,
    is_simple,
    join_words,
    kind_of,
    sequence,
    wordings,
)
from termbank.matching.word_families_en import (
    VERBS,
    PatternWord,
    family_form,
    forms_of,
    split_compound,
    with_spellings,
    word_of,
    words_of,
)
from termbank.model.concept import Grammar, MatchFlag, Term
from termbank.text.tokenizer_en import TermToken, term_tokens

SILENT = ("a", "an", "the", "The", "An", "THE", "AN")
OTHER = "\0"
_FIRST = 0x100
_LONG = 4
_LETTERED = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)+")


Forms = tuple[str, frozenset[str]]


class PhrasePatterns:
    """The sequences of family characters by which the terms are found.

    Attributes:
        families: the character of each family by every form in it.
        joined_forms: the longer forms of words that the bank writes as one; texts may hyphenate them.
        keeps_a: whether “A” is a word of a term, as in “A shares”, and not always an article.
    """

    def __init__(self, entries: Sequence[TermEntry]) -> None:
        self._entries = entries
        self._wordings: dict[int, AcceptedWordings] = {}
        self._patterns = TermPatterns()
        plain, odd = _partition(entries)
        rows = [(found.words, number) for number in odd for found in wordings(entries[number], term_tokens)]
        for numbers, texts in plain.values():
            rows += _split_plain_compounds(entries, numbers, texts)
        single, joined = _forms_in_bank(rows, plain)
        self.joined_forms = frozenset(
            form for _, forms in single for form in forms if len(form) > _LONG and form.isalpha()
        )
        self.families = _families(single | joined)
        for numbers, texts in plain.values():
            self._add_plain(numbers, texts)
        for words, number in rows:
            self._patterns.add("".join([self.families[word.lower] for word in words]), number)
        self.keeps_a = any(word.text == "A" for words, _ in rows for word in words) or any(
            "A" in texts for _, texts in plain.values()
        )

    @staticmethod
    def key(entries: Sequence[TermEntry]) -> str:
        """A cache name from everything that the sequences depend on."""
        terms = [entry.term for entry in entries]
        noun = Grammar.NOUN_PHRASE
        asks = [
            (number, term.grammar.value, MatchFlag.EXACT in term.flags)
            for number, term in enumerate(terms)
            if term.grammar is not noun or term.flags
        ]
        return cache_name("en", [term.text for term in terms], asks)

    def to_bytes(self) -> bytes:
        """The sequences as bytes, to be read by `from_bytes` with the same entries."""
        head = json.dumps([self.families, self.families_by_spelling, sorted(self.joined_forms), self.keeps_a])
        return head.encode("ascii") + b"\n" + self._patterns.to_bytes()

    @classmethod
    def from_bytes(cls, entries: Sequence[TermEntry], data: bytes) -> PhrasePatterns:
        """Read what `to_bytes` wrote.

        Raises:
            ValueError: the data is damaged.
        """
        found = cls.__new__(cls)
        head, _, rest = data.partition(b"\n")
        try:
            found.families, found.families_by_spelling, joined_forms, found.keeps_a = json.loads(head)
            found.joined_forms = frozenset(joined_forms)
        except (TypeError, AttributeError) as fault:
            raise ValueError("these are not sequences") from fault
        found._patterns = TermPatterns.from_bytes(rest, len(entries))
        found._entries, found._wordings = entries, {}
        return found

    @cached_property
    def families_by_spelling(self) -> dict[str, str]:
        """The family of every lower-case word in either spelling."""
        return with_spellings(self.families)

    @property
    def sequences(self) -> list[str]:
        return self._patterns.texts

    def __len__(self) -> int:
        return len(self._patterns)

    def _add_plain(self, numbers: list[int], texts: list[str]) -> None:
        families = self.families
        keys = _map_words(texts, lambda word: families[family_form(word)])
        for key, number in zip(keys, numbers, strict=True):
            self._patterns.add(key, number)
        for text, key, number in zip(texts, keys, numbers, strict=True):
            if len(key) == 2:
                self._patterns.add(families[family_form(text.replace(" ", ""))], number)

    def wordings_of(self, pattern: int) -> AcceptedWordings:
        """The wordings of a sequence, with their entries; computed on first use."""
        found = self._wordings.get(pattern)
        if found is None:
            found = self._wordings[pattern] = self._find_wordings(pattern)
        return found

    def accepted(self, pattern: int, here: Sequence[TermToken], text: str) -> AcceptedWordings:
        """The wordings of a sequence that the words at a place satisfy."""
        return [pair for pair in self.wordings_of(pattern) if pair[0].accepts(here, text)]

    def is_joined(self, one: str, other: str) -> bool:
        """Whether two words beside a hyphen are one word of the bank; re-form is not reform."""
        return one != "re" and (one + other).lower() in self.joined_forms

    def simple_text(self, pattern: int) -> tuple[str, bool] | None:
        """The text of a sequence's only wording if its own writing is always accepted, and whether its case matters; else None."""
        first, *others = self._patterns.terms(pattern)
        term = self._entries[first].term
        if any(_asks(self._entries[other].term) != _asks(term) for other in others):
            return None
        texts = term.text.split(" ")
        if len(texts) != len(self._patterns.texts[pattern]) or not PLAIN_TERM.fullmatch(term.text):
            return None
        families = [*map(family_form, texts)]
        if any(map(split_compound, texts)) or not is_simple(texts, term.never_inside):
            return None
        if families != texts and not is_simple(families, ()):
            return None
        return term.text, not term.text.islower() or MatchFlag.CASE in term.flags

    def _find_wordings(self, pattern: int) -> AcceptedWordings:
        """The wordings of the terms of a sequence that have just this sequence."""
        key = self._patterns.texts[pattern]
        found: dict[Wording, list[TermEntry]] = {}
        by_asks: dict[Asks, list[Wording]] = {}
        for number in self._patterns.terms(pattern):
            entry = self._entries[number]
            asks = _asks(entry.term)
            candidates = by_asks.get(asks)
            if candidates is None:
                candidates = by_asks[asks] = [
                    wording
                    for wording in _plain_wordings(entry, len(key)) or wordings(entry, term_tokens)
                    if [self.families[word.lower] for word in wording.words] == list(key)
                ]
            for wording in candidates:
                found.setdefault(wording, []).append(entry)
        return list(found.items())


Asks = tuple[object, ...]


def _asks(term: Term) -> Asks:
    """Everything that the wordings of a term depend on."""
    return term.text, term.grammar, term.flags, term.never_inside


Plain = dict[str, tuple[list[int], list[str]]]


def _partition(entries: Sequence[TermEntry]) -> tuple[Plain, list[int]]:
    """The plain terms without their articles, by the kind of their words; and the numbers of all others."""
    odd: list[int] = []
    plain: Plain = {}
    is_plain, is_lettered = PLAIN_TERM.fullmatch, _LETTERED.fullmatch
    for number, entry in enumerate(entries):
        text = entry.term.text
        if not is_plain(text):
            words = text.split(" ") if is_lettered(text) else ["A"]
            text = " ".join([word for word in words if word not in SILENT])
            if not text or "A" in words or any(word.lower() in SILENT for word in text.split(" ")):
                odd.append(number)
                continue
        numbers, texts = plain.setdefault(kind_of(entry.term, text.count(" ") + 1), ([], []))
        numbers.append(number)
        texts.append(text)
    return plain, odd


def _map_words(texts: Sequence[str], value: Callable[[str], str]) -> list[str]:
    """Every text with each word replaced by its value, which is computed once for each word."""
    listed = " \n ".join(texts).split(" ")
    values = {word: word if word == "\n" else value(word) for word in set(listed)}
    return "".join(map(values.__getitem__, listed)).split("\n")


def _forms_in_bank(
    rows: Sequence[tuple[tuple[PatternWord, ...], int]], plain: Plain
) -> tuple[set[Forms], set[Forms]]:
    """The words of all wordings with their forms: those of single words, and those of two words joined."""
    single = {(word.lower, word.forms) for words, _ in rows for word in words if not word.joined}
    joined = {(word.lower, word.forms) for words, _ in rows for word in words if word.joined}
    for kind, (_, texts) in plain.items():
        single |= _forms_in(texts, kind)
        pairs = (family_form(text.replace(" ", "")) for text in texts if text.count(" ") == 1)
        joined |= {(lower, forms_of(lower, kind)) for lower in pairs}
    return single, joined


def _forms_in(texts: Sequence[str], kind: str) -> set[Forms]:
    """The words of plain terms of a kind, with their forms."""
    words = [word_of(word, kind) for word in set(" ".join(texts).split(" "))]
    if kind == "noun":
        heads = {text.partition(" ")[0] for text in texts if text.count(" ") == 1}
        words += [word_of(head, "verb") for head in heads if family_form(head) in VERBS]
    return {(word.lower, word.forms) for word in words}


def _split_plain_compounds(
    entries: Sequence[TermEntry], numbers: list[int], plain: list[str]
) -> Iterator[tuple[tuple[PatternWord, ...], int]]:
    """The words of plain terms of which one is a compound that may be hyphenated, with the numbers of the terms."""
    marks = _map_words(plain, lambda word: "1" if split_compound(word) else "")
    for number, text, marked in zip(numbers, plain, marks, strict=True):
        if marked:
            texts = text.split(" ")
            for at, written in enumerate(texts):
                parts = split_compound(written)
                if parts:
                    words = [*texts[:at], *parts, *texts[at + 1 :]]
                    yield words_of(words, kind_of(entries[number].term, len(words))), number


def _plain_wordings(entry: TermEntry, length: int) -> list[Wording]:
    """The wordings of a plain term with so many words; none where the term is not plain."""
    text = entry.term.text
    texts = text.split(" ")
    if not PLAIN_TERM.fullmatch(text) or any(map(split_compound, texts)):
        return []
    if len(texts) == length:
        return [sequence(texts, entry)]
    return [join_words(texts, 1, entry)] if len(texts) == 2 else []


def _families(words: Iterable[Forms]) -> dict[str, str]:
    """The character of each form's family; words that share a form are one family (union-find)."""
    parent: dict[str, str] = {}

    def root(form: str) -> str:
        while (above := parent[form]) != form:
            parent[form] = parent[above]
            form = above
        return form

    for lower, forms in words:
        first = parent.setdefault(lower, lower)
        if first != lower:
            first = root(first)
        for form in forms:
            other = parent.setdefault(form, first)
            if other != first:
                parent[root(other)] = first
    names: dict[str, str] = {}
    found: dict[str, str] = {}
    for form, above in parent.items():
        top = above if parent[above] == above else root(above)
        name = names.get(top)
        if name is None:
            name = names[top] = _character(len(names))
        found[form] = name
    return found


def _character(number: int) -> str:
    """The character of a family by its number, surrogates excluded."""
    code = _FIRST + number
    return chr(code if code < 0xD800 else code + 0x800)
