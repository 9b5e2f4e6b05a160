"""A memory comes back from its slot, whatever version of the bot stored it."""

from __future__ import annotations

from guidance.dialogue import decide
from guidance.dialogue_memory import Memory, Shown
from guidance.dialogue_moves import Turn
from guidance.profile import Profile


def test_a_memory_comes_back_as_it_was() -> None:
    memory = Memory(asked=("goal",), saved=(Shown("a", "A"),), looked_at=Shown("b", "B"))
    assert Memory.from_dict(memory.to_dict()) == memory


def test_what_another_version_stored_is_dropped() -> None:
    stored = {
        "shown": [{"id": "a", "title": "A", "colour": "red"}],
        "history": [{"slot": "place", "before": {}, "when": "now"}],
        "looked_at": {"id": "b", "title": "B", "size": 3},
        "mood": "good",
    }
    memory = Memory.from_dict(stored)
    assert memory.shown == (Shown("a", "A"),)
    assert memory.looked_at == Shown("b", "B")


def test_an_activity_that_is_no_more_is_left() -> None:
    memory = Memory(activity="dancing", progress={"dancing": {"step": 1}})
    decision = decide(Profile(language="fi"), memory, Turn("start_guidance"))
    assert decision.memory.activity is None
    assert decision.moves
