"""A sitting at the review queue: which candidate is before the person, what has been decided, how fast.

The queue is read once; each decision goes to the service and leaves the rest of the queue as it
stands, so that the next candidate is there at once. Undoing reads the queue anew and comes back to
the candidate.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from termbank.model.decision import Decision

if TYPE_CHECKING:
    from termbank.services.bank_setup import Bank
    from termbank.services.queue import QueuedCandidate, QueuedRendering

FEWEST_FOR_A_PACE = 3


class Sitting:
    """The queue as one person works through it. `clock` gives seconds."""

    def __init__(self, bank: Bank, clock: Callable[[], float]) -> None:
        self._bank = bank
        self._clock = clock
        self._started = clock()
        self._times: list[float] = []
        self._taken: list[tuple[int, str]] = []
        self._decided_before = 0
        self.queue: list[QueuedCandidate] = []
        self.at = 0
        self.put_off: set[str] = set()

    def read(self, id: str | None = None) -> None:
        """Read the queue from the bank, and come to the candidate of this id where it waits."""
        from termbank.services.queue import Standing, candidates, progress

        counted = progress(self._bank)
        self._decided_before = counted.decided
        self.queue = list(candidates(self._bank))
        self.put_off = {one.id for one in self.queue if one.standing is Standing.DEFERRED}
        self.at = next((n for n, one in enumerate(self.queue) if one.id == id), 0)

    @property
    def current(self) -> QueuedCandidate | None:
        return self.queue[self.at] if self.at < len(self.queue) else None

    def renderings(self) -> list[QueuedRendering]:
        """Those of the current candidate that nobody has rejected, new ones before those the bank has."""
        if self.current is None:
            return []
        return sorted(self.current.open_renderings, key=lambda rendering: rendering.term is not None)

    def go(self, step: int) -> None:
        """To another candidate without deciding."""
        if self.queue:
            self.at = (self.at + step) % len(self.queue)

    # -- what has happened -----------------------------------------------------------------

    def decided(self, decision: Decision) -> None:
        """The current candidate has been accepted or rejected: the next one comes before the person."""
        if self.current is not None:
            self._note(decision, self.current.id)
            self._times.append(self._clock())
            self._decided_before += 1
            del self.queue[self.at]
            self.at = min(self.at, max(0, len(self.queue) - 1))

    def deferred(self, decision: Decision) -> None:
        """The current candidate goes to the end of the queue."""
        if self.current is not None:
            self._note(decision, self.current.id)
            self.put_off.add(self.current.id)
            self.queue.append(self.queue.pop(self.at))

    def changed(self, decision: Decision) -> None:
        """The current candidate is no longer as it was, but still waits."""
        if self.current is not None:
            self._note(decision, self.current.id)
            self.read(self.current.id)

    def _note(self, decision: Decision, id: str) -> None:
        if decision.number:
            self._taken.append((decision.number, id))

    def undo(self) -> Decision | None:
        """Take back the last decision of this sitting; None where there is none."""
        from termbank.services.history import undo

        if not self._taken:
            return None
        number, id = self._taken[-1]
        taken = undo(self._bank, number)
        self._taken.pop()
        before = self._decided_before
        self.read(id)
        if self._times and self._decided_before < before:
            self._times.pop()
        return taken

    # -- how far, how fast -----------------------------------------------------------------

    @property
    def pace(self) -> float | None:
        """Candidates decided a minute in this sitting, once there are enough to tell."""
        if len(self._times) < FEWEST_FOR_A_PACE or self._times[-1] <= self._started:
            return None
        return 60 * len(self._times) / (self._times[-1] - self._started)

    def progress(self) -> str:
        """How far the queue is worked through, in one line."""
        said = [f"{self._decided_before} of {self._decided_before + len(self.queue)} decided"]
        put_off = sum(one.id in self.put_off for one in self.queue)
        if put_off:
            said.append(f"{put_off} put off")
        pace = self.pace
        if pace is not None:
            said.append(f"{pace:.0f} a minute")
            left = len(self.queue) / pace
            if self.queue:
                said.append("under a minute to go" if left < 1 else f"about {left:.0f} min to go")
        return " · ".join(said)
