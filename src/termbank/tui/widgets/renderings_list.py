"""The list of a candidate's renderings, which holds the keys that decide on it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from termbank.tui.keys import Key, bindings
from termbank.tui.widgets.virtual_list import Lines


class Renderings(Lines):
    """The renderings of the candidate; the keys that decide work here."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key(
            "a,enter",
            "screen.accept",
            "accept the rendering under the cursor, or those marked",
            "accept",
            "a, Enter",
        ),
        Key("e", "screen.edit", "edit the rendering, then accept it", "edit"),
        Key("v", "screen.variant", "accept it as a variant of another concept", "variant"),
        Key("s", "screen.status", "accept it with a status: s, then a digit", "status"),
        Key("r", "screen.reject", "reject the candidate: r, then a digit for the reason", "reject"),
        Key("d", "screen.defer", "defer: put the candidate at the end of the queue", "defer"),
        Key("u", "screen.undo", "take the last decision of this sitting back", "undo"),
        Key("x", "screen.strike", "reject only the rendering under the cursor: x, then a digit", ""),
        Key("c", "screen.correct", "correct the Chinese term before accepting", ""),
        *(Key(str(n), f"screen.choose({n})", f"choose rendering {n}", "", str(n)) for n in range(1, 10)),
        Key("space", "screen.mark", "mark the rendering, to accept several at once", "", "Space"),
        Key("n,right", "screen.go(1)", "to the next candidate without deciding", "", "n, →"),
        Key("p,left", "screen.go(-1)", "to the candidate before", "", "p, ←"),
        Key("pagedown", "screen.turn(1)", "more sentences", "", "PgDn"),
        Key("pageup,b", "screen.turn(-1)", "the sentences before", "", "PgUp, b"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
