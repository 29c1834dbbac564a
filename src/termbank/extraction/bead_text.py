"""The text of beads as the aligner of words reads it: Chinese units and English pieces, with places.

A bead's Chinese is its segments joined without a separator, its English its segments joined by one
space; every unit and piece keeps its span in that. Units are the lexicon's words, cut where a wanted
term begins or ends, so that a term is always a run of whole units. Pieces are words, numbers and single
signs; “+” and hyphens are pieces of their own, since “AI+” and “weak-side” are rendered with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from termbank.extraction.word_alignment import Bitext
from termbank.lexicon.dictionary import Lexicon
from termbank.model.alignment import Alignment
from termbank.model.span import Span
from termbank.text.tokenizer_en import SUBWORD_TOKEN

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HAN_RUN = re.compile(r"[㐀-鿿豈-﫿〇]+")
_OTHER_RUN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|\S")

_FUNCTION_WORDS = """
    a an the of to in on at for by with from as into onto upon up out off over under about between
    among through during before after above below against within without toward towards across along
    around via than be is are was were been being am do does did done have has had having will
    would shall should can could may might must i you he she it we they me him her us them my your
    his its our their this that these those there here and or but nor so if not no yes then who whom
    whose which what when where how why while whereas because although though also too very more
    most such same other another some any all each both either neither every only just even still
    yet 's
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
_NAMES = frozenset(("us", "it", "who"))
DETERMINERS = frozenset(("a", "an", "the"))
PARTICLES = frozenset(("up", "out", "off", "in", "on", "over", "down"))
CLOSERS = frozenset(".,;:!?。，；：、！？")
_ADJECTIVES = """
key new high low good major main large small big great strong long short common shared special specific national
international global local domestic foreign public private social economic financial political cultural central full
overall joint basic real rural urban modern green open free fair just sound stable related various relevant
"""
ADJECTIVES = frozenset(_ADJECTIVES.split())
_ADJECTIVAL = re.compile(r"\w{3,}(?:al|ive|ous|ic|ary|able|ible|ful|less|ant|ent)$")
_NOUNS_LIKE_ADJECTIVES = """
capital material principal official proposal approval arrival festival hospital journal manual professional individual
potential signal goal deal renewal withdrawal appraisal terminal total rental arsenal initiative incentive executive
representative objective perspective alternative collective native relative music public topic traffic logic clinic
metric republic fabric mechanic beneficiary salary summary library secretary boundary glossary dictionary intermediary
subsidiary treasury grant plant merchant restaurant participant applicant tenant consultant accountant warrant student
president agent patent talent content event accent incident resident client parent moment segment component continent
accident present percent cent variable table vegetable cable
"""
_NOUNS = frozenset(_NOUNS_LIKE_ADJECTIVES.split())


@dataclass(frozen=True)
class BeadToken:
    """An English token: `shape` tells lower, Title, UPPER, a number or a sign."""

    span: Span
    lower: str
    lemma: str
    shape: str

    @property
    def is_word(self) -> bool:
        return self.shape != "sign"

    @property
    def is_content(self) -> bool:
        if self.lower in FUNCTION_WORDS:
            return self.shape == "upper" and self.lower in _NAMES
        return self.shape != "sign"


@dataclass(frozen=True)
class BeadText:
    """One bead's two texts, cut."""

    zh: str
    en: str
    units: tuple[Span, ...]
    pieces: tuple[BeadToken, ...]


def is_adjectival(lower: str) -> bool:
    """Whether an English word looks like an adjective, by its ending or by being a common one.

    >>> is_adjectival("monetary"), is_adjectival("initiative"), is_adjectival("development")
    (True, False, False)
    """
    if lower in ADJECTIVES:
        return True
    return (
        lower not in _NOUNS and not lower.endswith(("ment", "ance")) and _ADJECTIVAL.match(lower) is not None
    )


def bead_texts(zh: Sequence[str], en: Sequence[str], alignment: Alignment) -> list[tuple[str, str]]:
    """The Chinese and the English of every bead, as the spans of occurrences count."""
    return [("".join(zh[i] for i in bead.zh), " ".join(en[j] for j in bead.en)) for bead in alignment.beads]


def tokenize_english(text: str, lexicon: Lexicon) -> tuple[BeadToken, ...]:
    found = []
    for match in SUBWORD_TOKEN.finditer(text):
        word = match.group()
        lower = word.lower().replace("’", "'")
        found.append(
            BeadToken(
                Span(*match.span()),
                lower,
                lexicon.lemma(lower) if word.isalpha() else lower,
                token_shape(word),
            )
        )
    return tuple(found)


def token_shape(word: str) -> str:
    if not word[0].isalnum():
        return "word" if len(word) > 1 else "sign"
    if word[0].isdigit():
        return "number"
    if word.isupper():
        return "upper" if len(word) > 1 else "title"
    if any(char.isupper() for char in word[1:]):
        return "upper"
    return "title" if word[0].isupper() else "word"


def segment_chinese(text: str, lexicon: Lexicon, cuts: Iterable[int] = ()) -> tuple[Span, ...]:
    """Words of the lexicon, runs of Latin letters, numbers and signs; none of them crosses a cut."""
    edges = sorted({0, len(text), *(cut for cut in cuts if 0 < cut < len(text))})
    found: list[Span] = []
    for start, end in pairwise(edges):
        part = text[start:end]
        at = 0
        for run in _HAN_RUN.finditer(part):
            found.extend(_others(part[at : run.start()], start + at))
            found.extend(span.shifted(start + run.start()) for span in lexicon.words(run.group()))
            at = run.end()
        found.extend(_others(part[at:], start + at))
    return tuple(found)


def _others(text: str, start: int) -> list[Span]:
    return [Span(*match.span()).shifted(start) for match in _OTHER_RUN.finditer(text)]


class IdTable:
    """Words to small numbers, in the order met."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def __call__(self, word: str) -> int:
        return self.of.setdefault(word, len(self.of))


@dataclass(frozen=True)
class Corpus:
    """All beads cut and numbered: `bitext` holds unit and lemma ids, `units` and `lemmas` their words."""

    beads: tuple[BeadText, ...]
    bitext: Bitext
    units: tuple[str, ...]
    lemmas: tuple[str, ...]


def build_corpus(texts: Sequence[tuple[str, str]], lexicon: Lexicon, cuts: Sequence[Iterable[int]]) -> Corpus:
    """Cut and number every bead; `cuts[b]` are places where no unit of bead b may run on."""
    import numpy as np

    unit_number, lemma_number = IdTable(), IdTable()
    beads: list[BeadText] = []
    zh: list[NDArray[np.int32]] = []
    en: list[NDArray[np.int32]] = []
    for (chinese, english), places in zip(texts, cuts, strict=True):
        bead = BeadText(
            chinese, english, segment_chinese(chinese, lexicon, places), tokenize_english(english, lexicon)
        )
        beads.append(bead)
        zh.append(np.array([unit_number(_key(span.of(chinese), lexicon)) for span in bead.units], np.int32))
        en.append(np.array([lemma_number(piece.lemma) for piece in bead.pieces], np.int32))
    return Corpus(
        tuple(beads),
        Bitext(zh, en, max(1, len(unit_number.of)), max(1, len(lemma_number.of))),
        tuple(unit_number.of),
        tuple(lemma_number.of),
    )


def first_beads(whole: Corpus, beads: int) -> Corpus:
    """The first so many beads of a corpus, under the same numbers."""
    bitext = whole.bitext
    return Corpus(
        whole.beads[:beads],
        Bitext(bitext.zh[:beads], bitext.en[:beads], bitext.units, bitext.lemmas),
        whole.units,
        whole.lemmas,
    )


def _key(unit: str, lexicon: Lexicon) -> str:
    """One key for both scripts where the lexicon knows the word."""
    number = lexicon.index.get(unit)
    return unit.lower() if number is None else lexicon.chinese[number]
