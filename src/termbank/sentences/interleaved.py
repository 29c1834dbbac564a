"""Documents that hold both languages in turn: a Chinese paragraph, its English, the next Chinese one; a table of two columns.

Such a document is separated into two, each with the text of the other language blanked out, so that places stay the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from termbank.model.document import Block, Document
from termbank.model.language import Language
from termbank.text.characters_zh import has_han, looks_chinese

_LEAST_RUNS = 4
"""Two paragraphs of each language, in turn."""
_LEAST_SHARE = 0.25
"""Each language has at least this share of the paragraphs: a quotation here and there is no translation."""
_LEAST_TURNS = 0.4
"""The language changes at least so often, as a share of the paragraphs."""
_WORDS = re.compile(r"[A-Za-z]{2,}")
_VISIBLE = re.compile(r"[^\r\n]")


def separate_languages(document: Document) -> tuple[Document, Document] | None:
    """The Chinese and the English side of a document that holds both in turn; None for any other document.

    Paragraphs without words of either language (figures, marks) stay in both.
    """
    languages = [_language(document.text[slice(*block.span)]) for block in document.blocks]
    known = [language for language in languages if language is not None]
    runs = sum(1 for _ in groupby(known))
    chinese = sum(language is Language.ZH_HANS for language in known)
    if runs < max(_LEAST_RUNS, _LEAST_TURNS * len(known)):
        return None
    if not _LEAST_SHARE <= chinese / len(known) <= 1 - _LEAST_SHARE:
        return None
    sides = [
        _only(document, zip(document.blocks, languages, strict=True), language)
        for language in (Language.ZH_HANS, Language.EN)
    ]
    return sides[0], sides[1]


def _language(text: str) -> Language | None:
    """The language of a paragraph; None where it has no words."""
    if has_han(text) and looks_chinese(text):
        return Language.ZH_HANS
    return Language.EN if _WORDS.search(text) else None


def _only(
    document: Document, blocks: Iterable[tuple[Block, Language | None]], language: Language
) -> Document:
    """The document with the paragraphs of one language."""
    kept: list[Block] = []
    text: list[str] = []
    done = 0
    for block, own in blocks:
        if own is None or own is language:
            kept.append(block)
            continue
        start, end = block.span
        text += (document.text[done:start], _VISIBLE.sub(" ", document.text[start:end]))
        done = end
    return replace(document, text="".join([*text, document.text[done:]]), blocks=tuple(kept))
