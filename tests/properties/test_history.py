"""Whatever is decided: replaying gives the bank, and undoing gives what was before."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from termbank.model.decision import Change, Decision
from termbank.model.errors import ConflictError
from termbank.store.bank import Bank
from termbank.store.history import broken_seal, replay, undo

NAMES = ["xiaokang", "shuangtan", "new-quality-productive-forces"]
BODIES = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {
            "term": st.lists(
                st.fixed_dictionaries(
                    {
                        "language": st.sampled_from(["zh-Hans", "en"]),
                        "text": st.text(min_size=1, max_size=12).filter(lambda t: t.isprintable()),
                        "status": st.sampled_from(["preferred", "proposed"]),
                    }
                ),
                min_size=1,
                max_size=3,
            ),
        }
    ),
)
CHANGES = st.lists(st.tuples(st.sampled_from(NAMES), BODIES), min_size=1, max_size=3)
# A step is a decision with its changes, or the undoing of an earlier one.
STEPS = st.lists(st.one_of(CHANGES, st.integers(1, 6)), min_size=1, max_size=8)


def as_changes(pairs: list[tuple[str, dict[str, object] | None]]) -> tuple[Change, ...]:
    return tuple(Change("concept", id, None if body is None else {"id": id, **body}) for id, body in pairs)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_decisions_replay_to_the_same_bytes_and_undo_to_those_before(steps: list[object]) -> None:
    with tempfile.TemporaryDirectory() as folder, Bank.create(Path(folder) / "law.bank") as bank:
        states = [bank.things()]
        for step in steps:
            before = bank.things()
            if isinstance(step, int):
                if step > bank.latest:
                    continue
                try:
                    taken = undo(bank, step, who="lin", when="2026-01-01T00:00:00Z")
                except ConflictError:
                    assert bank.things() == before
                    continue
            else:
                taken = bank.decide(
                    Decision("edit", "lin", "2026-01-01T00:00:00Z", changes=as_changes(step))  # type: ignore[arg-type]
                )
            if taken.number == 0:
                assert bank.things() == before
                continue
            states.append(bank.things())
            undone = undo(bank, taken.number, who="lin", when="2026-01-01T00:00:00Z")
            assert bank.things() == before
            states.append(before)
            undo(bank, undone.number, who="lin", when="2026-01-01T00:00:00Z")
            states.append(bank.things())
            assert states[-1] == states[-3]
        assert [replay(bank, number) for number in range(len(states))] == states
        assert replay(bank) == bank.things()
        assert broken_seal(bank) is None
