"""Garbage collection for long runs over much data that stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def relax_garbage_collection() -> None:
    """Leave what is in memory out of garbage collection, and collect less often.

    A check makes many short-lived values and no reference cycles that outlive a batch; otherwise the collector would
    traverse the glossary and the lexicon again and again.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@contextmanager
def relaxed_garbage_collection() -> Iterator[None]:
    """`relax_garbage_collection`, until the end of the block."""
    before = gc.get_threshold()
    relax_garbage_collection()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
