"""The first few of many things in one line, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterable

from termbank.model.message import message

SHOWN = 5


def list_first(things: Iterable[object], between: str = " ") -> str:
    """The first few things, and how many more there are; sentences unless `between` says otherwise."""
    texts = [str(thing) for thing in things]
    shown = between.join(texts[:SHOWN])
    if len(texts) <= SHOWN:
        return shown
    return message("{shown} and {count} more", shown=shown, count=len(texts) - SHOWN)


def list_names(names: Iterable[str]) -> str:
    """The first few names, and how many more there are."""
    return list_first(names, ", ")
