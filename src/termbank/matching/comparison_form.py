"""The comparison form of Chinese, in which terms and texts are compared.

The text is normalised, simplified character by character, and loses quotation and title marks, and spaces or one line end
beside Chinese. `batch.normalize` makes the same of long texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from termbank.matching.character_classes import GAP_PATTERN, MARKS, SPACING
from termbank.model.span import Span
from termbank.text.normalize import Folded, NormalizedText, normalize
from termbank.text.scripts import is_simplified, simplify_characters

_AROUND = " \t\r\n" + SPACING + MARKS
_GAP = re.compile(GAP_PATTERN)
_LINE_END = re.compile(r"\r\n|\n|\r")


class ComparisonText(Protocol):
    """A text in comparison form, short (`NormalizedText`) or long (`batch.normalize.ComparisonArrays`)."""

    @property
    def text(self) -> str: ...
    @property
    def has_same_offsets(self) -> bool: ...
    def span(self, start: int, end: int) -> Span: ...
    def is_whole(self, start: int, end: int) -> bool: ...
    def has_gap(self, start: int, end: int) -> bool: ...


class ComparisonForm(NamedTuple):
    """A text in comparison form, and whether it was written in simplified characters."""

    form: NormalizedText
    is_simplified: bool

    @property
    def text(self) -> str:
        return self.form.text


def comparison_form(text: str) -> ComparisonForm:
    """The comparison form of a text.

    >>> comparison_form("“兩山”論").text
    '两山论'
    """
    found = normalize(text)
    simplified = is_simplified(found.text)
    if not simplified:
        found = NormalizedText(Folded(simplify_characters(found.text)), found.starts, found.ends)
    gaps = [gap.span() for gap in _GAP.finditer(found.text)]
    lone = [gap for gap in gaps if len(_LINE_END.findall(found.text, *gap)) < 2]
    return ComparisonForm(found.without(lone) if lone else found, simplified)


def comparison_forms(texts: Sequence[str]) -> list[str]:
    """The comparison forms of many terms, made at once: blank lines keep them apart."""
    forms = comparison_form("\n\n".join(texts)).text.split("\n\n")
    if len(forms) != len(texts):
        forms = [comparison_form(text).text for text in texts]
    return [form.strip(_AROUND) for form in forms]
