"""Keys: one table for each screen or widget, from which its bindings, its help and the bottom line are made.

Bindings are made from the tables, so that every key in a table works; a key that only a list needs (Enter) is bound there. A `Key`
without an action describes a way to use the screen (typing, a digit) and binds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from termbank.model.message import translate


@dataclass(frozen=True)
class Key:
    """One key, or several with the same action.

    `keys` are Textual's names, separated by commas; `meaning` is the text in the help and `label` the word in the bottom
    line, both English messages; `shown` is the name of the key where it differs from `keys`.
    """

    keys: str
    action: str
    meaning: str
    label: str = ""
    shown: str = ""
    priority: bool = False

    @property
    def name(self) -> str:
        """The key as it is shown."""
        return translate(self.shown or self.keys)


def bindings(keys: Iterable[Key]) -> list[BindingType]:
    """Make the bindings for a table of keys."""
    return [
        Binding(key.keys, key.action, key.meaning, show=False, priority=key.priority)
        for key in keys
        if key.action
    ]


def keys_of(node: DOMNode | None) -> Iterator[Key]:
    """The keys that work in a widget: its own, then those of the widgets around it."""
    while node is not None:
        yield from getattr(node, "KEYS", ())
        node = node.parent
