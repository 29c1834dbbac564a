"""The list of a candidate's renderings, with the keys that decide on it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from termbank.model.message import message
from termbank.tui.keys import Key, bindings
from termbank.tui.widgets.virtual_list import VirtualList


class RenderingsList(VirtualList):
    """The renderings of the candidate; the keys to decide work here."""

    KEYS: ClassVar[tuple[Key, ...]] = (
        Key(
            "a,enter",
            "screen.accept",
            message("accept the rendering under the cursor, or those marked"),
            message("accept"),
            "a, Enter",
        ),
        Key("e", "screen.edit", message("edit the rendering, then accept it"), message("edit")),
        Key("v", "screen.variant", message("accept it as a variant of another concept"), message("variant")),
        Key("s", "screen.status", message("accept it with a status: s, then a digit"), message("status")),
        Key(
            "r",
            "screen.reject",
            message("reject the candidate: r, then a digit for the reason"),
            message("reject"),
        ),
        Key(
            "d",
            "screen.defer",
            message("defer: move the candidate to the end of the queue"),
            message("defer"),
        ),
        Key("u", "screen.undo", message("undo the last decision of this session"), message("undo")),
        Key("ctrl+r", "screen.redo", message("redo what was undone last in this session"), "", "Ctrl+R"),
        Key("x", "screen.strike", message("reject only the rendering under the cursor: x, then a digit"), ""),
        Key("c", "screen.correct", message("correct the Chinese term before accepting"), ""),
        *(
            Key(str(n), f"screen.choose({n})", message("choose rendering {number}", number=n), "", str(n))
            for n in range(1, 10)
        ),
        Key("space", "screen.mark", message("mark the rendering, to accept several at once"), "", "Space"),
        Key("n,right", "screen.go(1)", message("to the next candidate without deciding"), "", "n, →"),
        Key("p,left", "screen.go(-1)", message("to the previous candidate"), "", "p, ←"),
        Key("pagedown", "screen.turn(1)", message("more sentences"), "", "PgDn"),
        Key("pageup,b", "screen.turn(-1)", message("previous sentences"), "", "PgUp, b"),
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(KEYS)
