"""A user dictionary for jieba: the Chinese terms of every script, each with a frequency and a tag, one a line.

Written only: it holds words, not concepts. With `jieba.load_userdict` it makes jieba cut every term whole. A frequency
is the least for which jieba prefers the term to the words inside it, other terms of the glossary among them; a higher
one would pull characters from the words around the term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from termbank.model.concept import Grammar, Term
from termbank.model.glossary import Glossary

if TYPE_CHECKING:
    from jieba import Tokenizer

_TAGS = {Grammar.NOUN_PHRASE: "n", Grammar.VERB_PHRASE: "v", Grammar.ADJECTIVE: "a", Grammar.CLAUSE: "l"}
"""Tags of jieba.posseg (those of ICTCLAS): noun, verb, adjective, fixed phrase."""
_UNWRITABLE = re.compile(r"[\s\x00-\x1f\x7f\x85\u2028\u2029]")
"""A line holds its fields between spaces, and no other control character."""


def write(glossary: Glossary) -> bytes:
    """The dictionary in UTF-8, sorted by term. Terms with spaces or control characters are left out."""
    tags: dict[str, str] = {}
    for concept in glossary:
        for term in concept.chinese:
            if _is_writable(term):
                tags.setdefault(term.text, _TAGS[term.grammar])
    counts = _frequencies(tags)
    return "".join(f"{text} {counts[text]} {tags[text]}\n" for text in sorted(tags)).encode("utf-8")


def _is_writable(term: Term) -> bool:
    return bool(term.text) and _UNWRITABLE.search(term.text) is None


def _frequencies(texts: Iterable[str]) -> dict[str, int]:
    """For each text, the least count that makes jieba cut it whole; shorter texts are known to longer ones.

    jieba compares count / total with the product of its parts' shares. The total grows with every added word, which
    only lowers the share of many parts against that of one, so a count stays sufficient when all are loaded.
    """
    wanted = sorted(texts, key=lambda text: (len(text), text))
    if not wanted:
        return {}
    tokenizer = _plain_tokenizer()
    counts: dict[str, int] = {}
    for text in wanted:
        counts[text] = tokenizer.suggest_freq(text)
        tokenizer.add_word(text, counts[text])
    return counts


def _plain_tokenizer() -> Tokenizer:
    """jieba's tokenizer with its own dictionary alone; unlike its `initialize`, writes no cache to a shared folder."""
    from jieba import Tokenizer

    tokenizer = Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer
