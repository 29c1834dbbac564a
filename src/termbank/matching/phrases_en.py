"""The English terms of a bank as sequences of word families.

Entries come in; the sequences by which their wordings are found go out, one character for each family of words, and for
each sequence the wordings it may be. What is asked of a word is worked out once for each word, not for each term,
and a wording only when a text has its sequence: a hundred thousand terms are ready in a second.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from termbank.matching.overlap import TermEntry
from termbank.matching.patterns import TermPatterns, cache_name
from termbank.matching.variants_en import (
    PLAIN_TERM,
    Standing,
    Wording,
    is_simple,
    kind_of,
    sequence,
    whole,
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
from termbank.text.tokenizer_en import term_tokens

SILENT = ("a", "an", "the", "The", "An", "THE", "AN")
OTHER = "\0"
_FIRST = 0x100
_LONG = 4
_LETTERED = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)+")


Forms = tuple[str, frozenset[str]]


class Phrases:
    """What the bank's terms are found by: `sequences` of family characters, `families` by the form of a word.

    `solid` are the longer forms of words that the bank writes as one; in texts they may be hyphenated.
    """

    def __init__(self, entries: Sequence[TermEntry]) -> None:
        self._entries = entries
        self._alike: dict[int, Standing] = {}
        self._patterns = TermPatterns()
        plain, odd = _sorted_out(entries)
        rows = [(found.words, number) for number in odd for found in wordings(entries[number], term_tokens)]
        rows += [row for numbers, texts in plain.values() for row in _parted(entries, numbers, texts)]
        own = {(word.lower, word.forms) for words, _ in rows for word in words if not word.joined}
        whole = {(word.lower, word.forms) for words, _ in rows for word in words if word.joined}
        for kind, (_, texts) in plain.items():
            own |= _forms_in(texts, kind)
            solid = (family_form(text.replace(" ", "")) for text in texts if text.count(" ") == 1)
            whole |= {(lower, forms_of(lower, kind)) for lower in solid}
        self.solid = frozenset(
            form for _, forms in own for form in forms if len(form) > _LONG and form.isalpha()
        )
        own |= whole
        self.families = _families(own)
        for numbers, texts in plain.values():
            self._keep_plain(numbers, texts)
        for words, number in rows:
            self._patterns.add("".join([self.families[word.lower] for word in words]), number)
        self.keeps_a = any(word.text == "A" for words, _ in rows for word in words) or any(
            "A" in texts for _, texts in plain.values()
        )

    @staticmethod
    def key(entries: Sequence[TermEntry]) -> str:
        """A name by what the sequences depend on."""
        terms = [entry.term for entry in entries]
        noun = Grammar.NOUN_PHRASE
        asks = [
            (number, term.grammar.value, MatchFlag.EXACT in term.flags)
            for number, term in enumerate(terms)
            if term.grammar is not noun or term.flags
        ]
        return cache_name("en", [term.text for term in terms], asks)

    def to_bytes(self) -> bytes:
        """Everything that was worked out, to be read by `from_bytes` with the same entries."""
        told = json.dumps([self.families, self.spelt, sorted(self.solid), self.keeps_a])
        return told.encode("ascii") + b"\n" + self._patterns.to_bytes()

    @classmethod
    def from_bytes(cls, entries: Sequence[TermEntry], data: bytes) -> Phrases:
        """Read what `to_bytes` wrote; raises ValueError where it is damaged."""
        found = cls.__new__(cls)
        head, _, rest = data.partition(b"\n")
        try:
            found.families, found.spelt, solid, found.keeps_a = json.loads(head)
            found.solid = frozenset(solid)
        except (TypeError, AttributeError) as fault:
            raise ValueError("these are not sequences") from fault
        found._patterns = TermPatterns.from_bytes(rest, len(entries))
        found._entries, found._alike = entries, {}
        return found

    @cached_property
    def spelt(self) -> dict[str, str]:
        """The family of every word as it may be spelt."""
        return with_spellings(self.families)

    @property
    def sequences(self) -> list[str]:
        return self._patterns.texts

    def __len__(self) -> int:
        return len(self._patterns)

    def _keep_plain(self, numbers: list[int], texts: list[str]) -> None:
        families = self.families
        keys = _mapped(texts, lambda word: families[family_form(word)])
        for key, number in zip(keys, numbers, strict=True):
            self._patterns.add(key, number)
        for text, key, number in zip(texts, keys, numbers, strict=True):
            if len(key) == 2:
                self._patterns.add(families[family_form(text.replace(" ", ""))], number)

    def alike(self, pattern: int) -> Standing:
        """The wordings that a sequence may be, with their entries; worked out when first asked for."""
        found = self._alike.get(pattern)
        if found is None:
            found = self._alike[pattern] = self._wordings(pattern)
        return found

    def simple(self, pattern: int) -> tuple[str, bool] | None:
        """The only wording of a sequence, if it stands wherever it is written so, and whether its case matters; told without working it out."""
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

    def _wordings(self, pattern: int) -> Standing:
        key = self._patterns.texts[pattern]
        told: dict[Wording, list[TermEntry]] = {}
        worded: dict[Asks, list[Wording]] = {}
        for number in self._patterns.terms(pattern):
            entry = self._entries[number]
            asks = _asks(entry.term)
            found = worded.get(asks)
            if found is None:
                found = worded[asks] = [
                    wording
                    for wording in _plain_wordings(entry, len(key)) or wordings(entry, term_tokens)
                    if [self.families[word.lower] for word in wording.words] == list(key)
                ]
            for wording in found:
                told.setdefault(wording, []).append(entry)
        return list(told.items())


Asks = tuple[object, ...]


def _asks(term: Term) -> Asks:
    """All that the wordings of a term depend on."""
    return term.text, term.grammar, term.flags, term.never_inside


Plain = dict[str, tuple[list[int], list[str]]]


def _sorted_out(entries: Sequence[TermEntry]) -> tuple[Plain, list[int]]:
    """The plain terms without their articles, by what kind of words they have; and those that are worded one by one."""
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


def _mapped(texts: Sequence[str], tell: Callable[[str], str]) -> list[str]:
    """Every text with what is told of each of its words, which is told once for each word."""
    listed = " \n ".join(texts).split(" ")
    told = {word: word if word == "\n" else tell(word) for word in set(listed)}
    return "".join(map(told.__getitem__, listed)).split("\n")


def _forms_in(texts: Sequence[str], kind: str) -> set[Forms]:
    """The words of plain terms with their forms."""
    words = [word_of(word, kind) for word in set(" ".join(texts).split(" "))]
    if kind == "noun":
        heads = {text.partition(" ")[0] for text in texts if text.count(" ") == 1}
        words += [word_of(head, "verb") for head in heads if family_form(head) in VERBS]
    return {(word.lower, word.forms) for word in words}


def _parted(
    entries: Sequence[TermEntry], numbers: list[int], plain: list[str]
) -> Iterator[tuple[tuple[PatternWord, ...], int]]:
    """The words of plain terms of which one is a compound that may be hyphenated, with the numbers of the terms."""
    marks = _mapped(plain, lambda word: "1" if split_compound(word) else "")
    for number, text, marked in zip(numbers, plain, marks, strict=True):
        if marked:
            texts = text.split(" ")
            for at, written in enumerate(texts):
                parts = split_compound(written)
                if parts:
                    words = [*texts[:at], *parts, *texts[at + 1 :]]
                    yield words_of(words, kind_of(entries[number].term, len(words))), number


def _plain_wordings(entry: TermEntry, length: int) -> list[Wording]:
    """The wording of a plain term that has so many words, without looking for others; none where it is not plain."""
    text = entry.term.text
    texts = text.split(" ")
    if not PLAIN_TERM.fullmatch(text) or any(map(split_compound, texts)):
        return []
    if len(texts) == length:
        return [sequence(texts, entry)]
    return [whole(texts, 1, entry)] if len(texts) == 2 else []


def _families(words: Iterable[Forms]) -> dict[str, str]:
    """Words that share a form are one family, and each family has its character."""
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
    """The private character of a family; the surrogates are passed over."""
    code = _FIRST + number
    return chr(code if code < 0xD800 else code + 0x800)
