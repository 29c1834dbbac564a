"""By what words of the two languages are known to be one: stems, and the stems that a Chinese word may become.

A word or text goes in, stems come out; the lexicon is asked once for each Chinese word. What is found is kept, since
texts use the same words again and again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from termbank.lexicon.dictionary import Lexicon, is_stop_word
from termbank.text import tokenizer_en as english
from termbank.text.spelling_en import american

LEAST = 0.02
"""The least t(en|zh) that counts as an explanation."""
NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A crude stem, by which words of one family meet.

    >>> stem("socialism") == stem("socialist"), stem("regulation") == stem("regulators")
    (True, True)
    >>> stem("privately") == stem("private"), stem("nation") == stem("nature")
    (True, False)
    """
    word = american(word)
    for endings in _ENDINGS:
        if word.endswith(endings):
            for ending in endings:
                if word.endswith(ending) and len(word) - len(ending) >= 4:
                    word = word[: -len(ending)]
                    break
    return word


_ENDINGS = (
    ("ies", "es", "s"),
    ("ly",),
    (
        "ization", "ational", "ivity", "ment", "ness", "ical", "ance", "ence", "ship", "ing", "ion", "ist", "ism",
        "ity", "ive", "ize", "ied", "ant", "ent", "ary", "ory", "ous", "ful", "ial", "ed", "er", "or", "al", "ic",
        "y", "i",
    ),
    ("iz", "al", "e"),
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def told_by(word: str) -> str | None:
    """The stem of a word as it is written, or None where it is too common, or no word, to tell anything.

    >>> told_by("Regulators"), told_by("the"), told_by("2027")
    ('regulat', None, None)
    """
    if is_stop_word(english.plain(word)) or not (word.isalpha() or any(c.isalpha() for c in word)):
        return None
    return stem(english.lemma(word))


def content(text: str) -> tuple[str, ...]:
    """The lemmas that carry a rendering."""
    return tuple(
        english.lemma(token.text)
        for token in english.tokens(text)
        if token.text[0].isalnum() and not is_stop_word(token.lower)
    )


@lru_cache(maxsize=4)
def stem_table(lexicon: Lexicon | None) -> Callable[[str], frozenset[str]]:
    """From a Chinese word to the stems of the English it may become; to its parts' where it is not known."""

    @lru_cache(maxsize=1 << 16)
    def stems(word: str) -> frozenset[str]:
        if lexicon is None:
            return NOTHING
        found = {
            stem(lemma)
            for lemma, weight in lexicon.translations(word)
            if weight >= LEAST and not is_stop_word(lemma)
        }
        if not found and len(word) > 2:
            for start in range(len(word) - 1):
                found |= stems(word[start : start + 2])
        return frozenset(found)

    return stems


def stems_of(lexicon: Lexicon | None, word: str) -> frozenset[str]:
    """The stems of the English that a Chinese word may become."""
    return stem_table(lexicon)(word)


@lru_cache(maxsize=8192)
def parts_of(lexicon: Lexicon | None, text: str) -> tuple[frozenset[str], ...]:
    """For each word of a Chinese term that the lexicon knows, the stems of the English it may become."""
    words = [span.of(text) for span in lexicon.words(text)] if lexicon is not None else [text]
    return tuple(stems for word in words if (stems := stems_of(lexicon, word)))
