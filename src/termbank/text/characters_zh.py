"""What Chinese looks like: its characters, its words.

Text comes in; words go out as spans. Segmentation is jieba's, through one private tokenizer: nothing
that another program adds to jieba reaches it, and no cache is written to a folder that others share.
jieba is loaded when the first word is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from termbank.model.span import Span

HAN = "\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]")

_cache_folder: str | None = None


def use_cache(folder: str) -> None:
    """Keep jieba's compiled dictionary in this private folder; without it the dictionary is read anew each time."""
    global _cache_folder
    _cache_folder = folder


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    if _cache_folder is not None:
        tokenizer.tmp_dir = _cache_folder
        tokenizer.cache_file = f"jieba-{jieba.__version__}.cache"
        tokenizer.initialize()
    else:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
    return tokenizer


def words(text: str) -> list[Span]:
    """The words of a text in order, punctuation and spaces among them; together they cover it.

    >>> text = "发展新质生产力"
    >>> [text[start:end] for start, end in words(text)]
    ['发展', '新质', '生产力']
    """
    return [Span(start, end) for _, start, end in _tokenizer().tokenize(text)]


def is_han(char: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u4e00" <= char <= "\u9fff" or (char > "\u2e7f" and _HAN.match(char) is not None)


def has_han(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return not text.isascii() and _HAN.search(text) is not None


def share_of_han(text: str) -> float:
    """The share of Chinese characters among the letters of a text; 0 where it has none.

    >>> share_of_han("AI+行动")
    0.5
    """
    letters = [char for char in text if char.isalpha()]
    return sum("\u3400" <= char <= "\u9fff" for char in letters) / len(letters) if letters else 0.0


def looks_chinese(text: str) -> bool:
    """Whether a text is Chinese rather than English: a Chinese character weighs as much as half an English word.

    >>> looks_chinese("国务院印发《关于深入实施“人工智能+”行动的意见》"), looks_chinese("The term 两山论 is used.")
    (True, False)
    """
    han = _count(_HAN, text)
    return han > 0 and han >= 2 * _count(_WORD, text)


def _count(pattern: re.Pattern[str], text: str, step: int = 1 << 16) -> int:
    """How often a pattern of one character is found, without a list of them all."""
    return sum(len(pattern.findall(text, at, at + step)) for at in range(0, len(text), step))


class Dictionary(NamedTuple):
    """jieba's dictionary: how often each word was counted, and of what kind it is (nr person, ns place, nt body, v, n …)."""

    counts: Mapping[str, int]
    kinds: Mapping[str, str]


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """jieba's dictionary, read straight from its file, without loading jieba."""
    from importlib.util import find_spec

    spec = find_spec("jieba")
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError("jieba is not installed")
    loader: Any = spec.loader
    fields = loader.get_data(f"{spec.submodule_search_locations[0]}/dict.txt").decode("utf-8").split()
    words = fields[::3]
    return Dictionary(
        dict(zip(words, map(int, fields[1::3]), strict=True)),
        dict(zip(words, map(intern, fields[2::3]), strict=True)),
    )
