"""Undoing one's own decisions, and redoing what was undone.

Whose decisions are one's own depends on who asks: on the command line those of this actor, in the interface those of this
session. A plan says what would be undone before anything is done; undoing and redoing are decisions themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from termbank.model.decision import Decision
from termbank.model.errors import ConflictError, Fault, NotFoundError
from termbank.model.message import Message, message, plural
from termbank.model.record_merge import WHOLE_RECORD, FieldConflict, show_value
from termbank.services import settings
from termbank.services.bank_setup import SHIPPED_BY
from termbank.store.bank import Bank
from termbank.store.history import (
    can_be_undone,
    count_kinds,
    decision_numbered,
    decisions,
    undone_by,
)
from termbank.store.history import undo as revert

BULK = 20
"""A decision that changed more things than this is a bulk one.

A person undoes a status, a merge or a review without being asked, since what it changed fits on a screen; a whole import
is asked for first.
"""
MIGRATE = "migrate"
"""The act by which a newer termbank changes the bank's file; it is nobody's own."""


@dataclass(frozen=True)
class UndoPlan:
    """What would be undone or redone.

    Attributes:
        act: undo or redo.
        number: The decision that is reversed: the one named, or to redo it the one that undid it.
        decision: The decision that is undone or redone, without its changes.
        kinds: How many things of each kind it changed.
        own: Whether the decision that is reversed is one's own.
        summary: What was decided and how much it changed: import of other.csv, 412 concepts.
    """

    act: str
    number: int
    decision: Decision
    kinds: dict[str, int]
    own: bool
    summary: Message

    @property
    def is_bulk(self) -> bool:
        return sum(self.kinds.values()) > BULK

    @property
    def must_ask(self) -> bool:
        """Whether the person is asked first: it is a bulk decision or another's. What oneself undid is redone unasked."""
        return not self.own or (self.is_bulk and self.act == "undo")

    @property
    def before(self) -> Message:
        """What would be done, said before it is."""
        if self.act == "undo":
            return message("Undoing decision {number} by {who}, {when}: {what}.", **self._parts)
        return message("Redoing decision {number} by {who}, {when}: {what}.", **self._parts)

    @property
    def after(self) -> Message:
        """What was done."""
        parts = {"number": self.decision.number, "what": self.summary}
        if self.act == "undo":
            return message("Undid decision {number}: {what}.", **parts)
        return message("Redid decision {number}: {what}.", **parts)

    @property
    def _parts(self) -> dict[str, object]:
        one = self.decision
        return {
            "number": one.number,
            "who": one.who,
            "when": one.when[:16].replace("T", " "),
            "what": self.summary,
        }


def plan_undo(bank: Bank, number: int | None = None, *, session: str | None = None) -> UndoPlan:
    """What undoing a decision would revert.

    Args:
        bank: An open bank.
        number: The decision; by default the last of one's own that is not undone. The first filling and migrations are
            never the last own one.
        session: One's own are those of this session; by default those of this actor.

    Raises:
        NotFoundError: There is no such decision, or nothing of one's own to undo.
    """
    if number is None:
        number = _last_own(bank, session)
    return _plan(bank, "undo", number, decision_numbered(bank, number), session)


def plan_redo(bank: Bank, number: int | None = None, *, session: str | None = None) -> UndoPlan:
    """What redoing would bring back.

    Args:
        bank: An open bank.
        number: A decision that was undone, or the one that undid it; by default what one undid last, as long as one has
            decided nothing since.
        session: One's own are those of this session; by default those of this actor.

    Raises:
        NotFoundError: There is no such decision, or nothing to redo.
        ConflictError: The decision has not been undone.
    """
    if number is None:
        undoing = _last_undo(bank, session)
    else:
        named = decision_numbered(bank, number)
        again = number if named.undoes is not None else undone_by(bank, number)
        if again is None:
            raise ConflictError(
                message("decision {number} has not been undone.", number=number),
                remedy=message("`termbank history` shows what was."),
            )
        undoing = again
    return _plan(bank, "redo", undoing, _undone(bank, undoing), session)


def carry_out(bank: Bank, plan: UndoPlan, *, why: str | None = None) -> Decision:
    """Undo or redo as planned.

    Raises:
        ConflictError: A field that would be reverted was changed again since; each is named with its values.
    """
    try:
        return revert(
            bank,
            plan.number,
            who=settings.who(),
            when=settings.now(),
            why=why,
            session=settings.session(),
            act=plan.act,
        )
    except ConflictError as error:
        if not error.conflicts:
            raise
        fields = (one for one in error.conflicts if one.field != WHOLE_RECORD)
        lines = tuple(Fault(_describe_conflict(one, plan.number)) for one in fields)
        raise ConflictError(
            error.fault.message, remedy=error.fault.remedy, conflicts=error.conflicts, faults=lines
        ) from None


def undo(
    bank: Bank, number: int | None = None, *, why: str | None = None, session: str | None = None
) -> Decision:
    """Undo a decision, unasked: the one numbered, or the last of one's own that is not undone."""
    return carry_out(bank, plan_undo(bank, number, session=session), why=why)


def redo(
    bank: Bank, number: int | None = None, *, why: str | None = None, session: str | None = None
) -> Decision:
    """Redo a decision, unasked: the one numbered, or what one undid last."""
    return carry_out(bank, plan_redo(bank, number, session=session), why=why)


# -- whose and which ---------------------------------------------------------------------------


def _own_decisions(bank: Bank, session: str | None) -> list[Decision]:
    """One's own, the latest first."""
    mine = decisions(bank, session=session) if session is not None else decisions(bank, who=settings.who())
    return [one for one in reversed(mine) if one.who != SHIPPED_BY and one.act != MIGRATE]


def _last_own(bank: Bank, session: str | None) -> int:
    for one in _own_decisions(bank, session):
        if one.undoes is None and undone_by(bank, one.number) is None and can_be_undone(bank, one.number):
            return one.number
    if session is not None:
        raise NotFoundError(message("there is nothing left to undo in this session."))
    raise NotFoundError(
        message("there is nothing of your own to undo."),
        remedy=message(
            "`termbank history` shows what was decided; give the number of a decision to undo it."
        ),
    )


def _last_undo(bank: Bank, session: str | None) -> int:
    """One's last undo that is not redone, unless one has decided something since."""
    for one in _own_decisions(bank, session):
        if one.undoes is None:
            break
        if one.act == "undo" and undone_by(bank, one.number) is None:
            return one.number
    raise NotFoundError(
        message("there is nothing to redo."),
        remedy=message("Only what you undid last can be redone, until your next decision."),
    )


def _undone(bank: Bank, number: int) -> Decision:
    """The decision that a chain of undoing and redoing is about."""
    found = decision_numbered(bank, number)
    while found.undoes is not None:
        found = decision_numbered(bank, found.undoes)
    return found


def _plan(bank: Bank, act: str, number: int, decision: Decision, session: str | None) -> UndoPlan:
    reversed_one = decision_numbered(bank, number)
    own = reversed_one.session == session if session is not None else reversed_one.who == settings.who()
    kinds = count_kinds(bank, decision.number)
    return UndoPlan(act, number, decision, kinds, own, summarize(decision, kinds))


# -- in words ----------------------------------------------------------------------------------


def summarize(decision: Decision, kinds: dict[str, int]) -> Message:
    """What was decided and how much it changed: import of other.csv, 412 concepts."""
    why = decision.why
    if decision.act == "import" and why and why.startswith("import "):
        what = message("import of {file}", file=why.removeprefix("import "))
    elif why:
        what = message("{act} ({why})", act=decision.act, why=why)
    else:
        what = message("{act}", act=decision.act)
    count = _count(kinds)
    return what if count is None else message("{what}, {count}", what=what, count=count)


def _count(kinds: dict[str, int]) -> Message | None:
    """How many concepts were changed; where there are none, how many things of another kind."""
    for kind in ("concept", "candidate", "document", "source", "publisher"):
        count = kinds.get(kind, 0)
        if count:
            return _count_of(kind, count)
    return None


def _count_of(kind: str, count: int) -> Message:
    match kind:
        case "concept":
            return plural("{count} concept", "{count} concepts", count)
        case "candidate":
            return plural("{count} candidate", "{count} candidates", count)
        case "document":
            return plural("{count} document", "{count} documents", count)
        case "source":
            return plural("{count} source", "{count} sources", count)
        case _:
            return plural("{count} publisher", "{count} publishers", count)


def _describe_conflict(conflict: FieldConflict, number: int) -> Message:
    """A field in the way: what the decision wrote, what it is now, and what it was before."""
    return message(
        "{field}: decision {number} wrote {base}, a later one {theirs}; before, it was {yours}.",
        field=conflict.field,
        number=number,
        base=show_value(conflict.base),
        theirs=show_value(conflict.theirs),
        yours=show_value(conflict.yours),
    )
