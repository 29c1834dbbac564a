"""The stems of English words, and the stems that the lexicon gives for a Chinese word.

Both sides of a pair are compared by these stems. Results are cached, since texts repeat their words.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from termbank.lexicon.dictionary import Lexicon, is_stop_word
from termbank.text.morphology_en import family_stem, lemma
from termbank.text.spelling_en import american
from termbank.text.tokenizer_en import lower_form, tokens

LEAST = 0.02
"""The least t(en|zh) that counts as an explanation; under it, glosses share a word by chance."""
_ONE_NAME = {"renminb": "rmb", "renminbi": "rmb"}
"""Stems of which another is the shorter name."""
NOTHING: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 14)
def content_stem(word: str) -> str | None:
    """The stem of a word as it is written, or None where it is a stop word or no word at all.

    >>> content_stem("Regulators"), content_stem("the"), content_stem("2027")
    ('regulat', None, None)
    """
    if is_stop_word(lower_form(word)) or not (word.isalpha() or any(c.isalpha() for c in word)):
        return None
    return stem_of_lemma(lemma(word))


def stem_of_lemma(word: str) -> str:
    """The stem by which a lemma is compared, whatever its spelling and whichever of two names of one thing it is.

    >>> stem_of_lemma("renminbi") == stem_of_lemma("rmb")
    True
    """
    stem = family_stem(american(word))
    return _ONE_NAME.get(stem, stem)


def content_lemmas(text: str) -> tuple[str, ...]:
    """The lemmas of a rendering without its stop words and marks."""
    return tuple(
        lemma(token.text)
        for token in tokens(text)
        if token.text[0].isalnum() and not is_stop_word(token.lower)
    )


@lru_cache(maxsize=4)
def stem_table(lexicon: Lexicon | None) -> Callable[[str], frozenset[str]]:
    """A function from a Chinese word to the stems of its glosses; of its parts' glosses where it is not known."""

    @lru_cache(maxsize=1 << 16)
    def stems(word: str) -> frozenset[str]:
        if lexicon is None:
            return NOTHING
        found = {
            family_stem(gloss)
            for gloss, weight in lexicon.translations(word)
            if weight >= LEAST and not is_stop_word(gloss)
        }
        if not found and len(word) > 2:
            for start in range(len(word) - 1):
                found |= stems(word[start : start + 2])
        return frozenset(found)

    return stems


def stems_of(lexicon: Lexicon | None, word: str) -> frozenset[str]:
    """The stems of the glosses of a Chinese word."""
    return stem_table(lexicon)(word)


@lru_cache(maxsize=8192)
def parts_of(lexicon: Lexicon | None, text: str) -> tuple[frozenset[str], ...]:
    """For each word of a Chinese term that the lexicon knows, the stems of its glosses."""
    words = [span.of(text) for span in lexicon.words(text)] if lexicon is not None else [text]
    return tuple(stems for word in words if (stems := stems_of(lexicon, word)))
