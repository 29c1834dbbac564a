"""The state of a review session: the current candidate, what was decided, and how fast.

The queue is read once. A decision changes only the candidate it concerns, so that the next one is shown at once. After an
undo the queue is read again, and the candidate becomes the current one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from termbank.model.message import _, ngettext

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank
    from termbank.services.queue import QueuedCandidate, QueuedRendering
    from termbank.services.undo import UndoPlan

FEWEST_FOR_A_PACE = 3
"""The pace is shown from this many decisions on."""


class ReviewSession:
    """The queue as one person works through it. `clock` gives seconds."""

    def __init__(self, bank: Bank, clock: Callable[[], float]) -> None:
        self._bank = bank
        self._clock = clock
        self._started = clock()
        self._times: list[float] = []
        self._decided_before = 0
        self.queue: list[QueuedCandidate] = []
        self.at = 0
        self.deferred_ids: set[str] = set()

    def read(self, id: str | None = None) -> None:
        """Read the queue from the bank, and make the candidate with this id the current one where it is there."""
        from termbank.services.queue import Standing, candidates, progress

        counted = progress(self._bank)
        self._decided_before = counted.decided
        self.queue = list(candidates(self._bank))
        self.deferred_ids = {one.id for one in self.queue if one.standing is Standing.DEFERRED}
        last = max(0, len(self.queue) - 1)
        self.at = next((n for n, one in enumerate(self.queue) if one.id == id), min(self.at, last))

    @property
    def current(self) -> QueuedCandidate | None:
        return self.queue[self.at] if self.at < len(self.queue) else None

    def renderings(self) -> list[QueuedRendering]:
        """The current candidate's renderings that are not rejected, new ones before those in the bank."""
        if self.current is None:
            return []
        return sorted(self.current.open_renderings, key=lambda rendering: rendering.term is not None)

    def go(self, step: int) -> None:
        """Move to another candidate without deciding."""
        if self.queue:
            self.at = (self.at + step) % len(self.queue)

    # -- recording decisions -----------------------------------------------------------------

    def finish(self) -> None:
        """Record that the current candidate was accepted or rejected, and move to the next."""
        if self.current is not None:
            self._times.append(self._clock())
            self._decided_before += 1
            del self.queue[self.at]
            self.at = min(self.at, max(0, len(self.queue) - 1))

    def defer(self) -> None:
        """Record that the current candidate was deferred, and move it to the end of the queue."""
        if self.current is not None:
            self.deferred_ids.add(self.current.id)
            self.queue.append(self.queue.pop(self.at))

    def update(self) -> None:
        """Record a decision after which the current candidate is still in the queue, and read it again."""
        if self.current is not None:
            self.read(self.current.id)

    def reverse(self, plan: UndoPlan) -> None:
        """Undo or redo as planned, and read the queue again; the candidate it concerns becomes the current one."""
        from termbank.services.undo import carry_out

        taken = carry_out(self._bank, plan)
        before = self._decided_before
        self.read(next((change.id for change in taken.changes if change.kind == "candidate"), None))
        if self._decided_before > before:
            self._times.append(self._clock())
        elif self._times and self._decided_before < before:
            self._times.pop()

    # -- progress -----------------------------------------------------------------

    @property
    def pace(self) -> float | None:
        """Candidates decided per minute in this session; None while there are too few."""
        if len(self._times) < FEWEST_FOR_A_PACE or self._times[-1] <= self._started:
            return None
        return 60 * len(self._times) / (self._times[-1] - self._started)

    def progress(self) -> str:
        """How much of the queue is decided, how fast, and how long the rest takes, in one line."""
        total = self._decided_before + len(self.queue)
        parts = [_("{decided} of {total} decided", decided=self._decided_before, total=total)]
        deferred = sum(one.id in self.deferred_ids for one in self.queue)
        if deferred:
            parts.append(_("{count} deferred", count=deferred))
        pace = self.pace
        if pace is not None:
            parts.append(_("{count} per minute", count=round(pace)))
            minutes = len(self.queue) / pace
            if self.queue:
                parts.append(
                    _("less than a minute left")
                    if minutes < 1
                    else ngettext("about {count} minute left", "about {count} minutes left", round(minutes))
                )
        return " · ".join(parts)
