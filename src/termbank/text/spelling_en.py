"""Map British spelling to American spelling, and back.

Rules cover the regular endings, a list covers the rest; a word that neither knows is returned unchanged. `american` is
for matching, where a wrong change would be an error; `american_by_ending` is coarser, for keys that are only compared
with keys made the same way.
"""

from __future__ import annotations

import re
from functools import lru_cache

from termbank.model.resources import read_json


def word_set(words: str) -> frozenset[str]:
    """The words of a list written as text, separated by white space."""
    return frozenset(words.split())


_WORDS = read_json("termbank.text", "english.json")["spelling"]
_AMERICAN: dict[str, str] = _WORDS["american_by_british"]
_ISE = re.compile(r"(?<=[a-z]{3})is(e[ds]?|ers?|ing|ations?|ational|able)$")
_NOT_IZE = word_set(_WORDS["ise_is_no_suffix"])
_DOUBLED = re.compile(r"(?<=[aeiou])ll(ed|ing|ers?)$")
_DOUBLED_STEMS = word_set(_WORDS["doubled_l_stems"])


@lru_cache(maxsize=65536)
def american(word: str) -> str:
    """A lower-case word in American spelling.

    >>> american("modernisation"), american("programmes"), american("enterprise"), american("labelled")
    ('modernization', 'programs', 'enterprise', 'labeled')
    """
    if len(word) < 4 or not word.isascii():
        return word
    known = _AMERICAN.get(word)
    if known:
        return known
    if word.endswith("s") and word[:-1] in _AMERICAN:
        return _AMERICAN[word[:-1]] + "s"
    found = _ISE.search(word) if "is" in word else None
    if found:
        stem = word[: found.start()] + "ise"
        if stem not in _NOT_IZE:
            return word[: found.start()] + "iz" + found.group(1)
    doubled = _DOUBLED.search(word) if "ll" in word else None
    if doubled and word[: doubled.start()] in _DOUBLED_STEMS:
        return word[: doubled.start()] + "l" + doubled.group(1)
    return word


_LEMMA_ISE = re.compile(r"is(e|ation|ing|ed|er|able)$")
_LEMMA_NOT_IZE = tuple(_WORDS["lemma_ise_is_no_suffix"].split())
_NOT_OR = word_set("devour contour detour glamour")


def american_by_ending(word: str) -> str:
    """A lemma in American spelling by its ending alone, right or wrong: both sides of a comparison must use it.

    >>> american_by_ending("organisation"), american_by_ending("labour"), american_by_ending("advertising")
    ('organization', 'labor', 'advertizing')
    """
    if len(word) < 6:
        return word
    if not word.endswith(_LEMMA_NOT_IZE):
        word = _LEMMA_ISE.sub(r"iz\1", word)
    if word.endswith("our") and word not in _NOT_OR:
        return word[:-3] + "or"
    return word[:-2] + "er" if word.endswith(("ntre", "atre", "ibre")) else word


_BRITISH: dict[str, list[str]] = {}
for _british, _american in _AMERICAN.items():
    _BRITISH.setdefault(_american, []).append(_british)
_IZE = re.compile(r"iz(e[ds]?|ers?|ing|ations?|ational|able)$")
_SINGLE = re.compile(r"(?<=[aeiou])l(ed|ing|ers?)$")


def british_spellings(word: str) -> list[str]:
    """The British spellings of a word in American spelling; the inverse of `american`.

    >>> british_spellings("modernization"), british_spellings("programs"), british_spellings("labeled")
    (['modernisation'], ['programmes'], ['labelled'])
    """
    found = list(_BRITISH.get(word, ()))
    if word.endswith("s"):
        found += [f"{british}s" for british in _BRITISH.get(word[:-1], ())]
    ize = _IZE.search(word) if "iz" in word else None
    if ize:
        found.append(f"{word[: ize.start()]}is{ize.group(1)}")
    single = _SINGLE.search(word)
    if single and word[: single.start()] in _DOUBLED_STEMS:
        found.append(f"{word[: single.start()]}ll{single.group(1)}")
    return [other for other in found if other != word and american(other) == word]
