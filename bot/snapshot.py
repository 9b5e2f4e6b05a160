"""The state of a conversation between two turns, and the events that bring a tracker to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    ConversationPaused,
    Event,
    FollowupAction,
    LoopInterrupted,
    SlotSet,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker


@dataclass(frozen=True)
class Snapshot:
    """Everything of a tracker that later turns can depend on; words only as slots hold them."""

    slots: dict[str, Any]
    paused: bool
    latest_action: str
    followup_action: str | None
    active_loop: str | None
    loop_rejected: bool
    loop_interrupted: bool
    timestamp: float

    def as_dict(self) -> dict[str, Any]:
        """Return the snapshot as JSON holds it."""
        return asdict(self)

    def events(self) -> list[Event]:
        """Return made-up events that bring an empty tracker to this state."""
        # Without an action before it, Rasa would take what follows for a conversation's start.
        events: list[Event] = [ActionExecuted(ACTION_LISTEN_NAME)]
        if self.active_loop:
            # Rasa folds a loop's later runs into its first one, which must therefore be there.
            events.append(ActionExecuted(self.active_loop))
        events.extend(SlotSet(name, value) for name, value in self.slots.items())
        if self.active_loop:
            events.append(ActiveLoop(self.active_loop))
        # A conversation that was paused in the middle of a turn did not come to listening.
        if self.latest_action != (self.active_loop or ACTION_LISTEN_NAME):
            events.append(ActionExecuted(self.latest_action))
        if self.active_loop and self.loop_rejected:
            events.append(ActionExecutionRejected(self.active_loop))
        if self.active_loop and self.loop_interrupted:
            events.append(LoopInterrupted(True))
        if self.followup_action:
            events.append(FollowupAction(self.followup_action))
        if self.paused:
            events.append(ConversationPaused())
        for event in events:
            event.timestamp = self.timestamp
        return events


def snapshot_before(tracker: DialogueStateTracker, index: int, slots: Iterable[Slot]) -> Snapshot:
    """Return the state in which `tracker` was before its event number `index`."""
    slots = list(slots)
    before = DialogueStateTracker(tracker.sender_id, slots)
    for event in islice(tracker.events, index):
        before.update(event)
    initial = {slot.name: slot.initial_value for slot in slots}
    loop = before.active_loop
    return Snapshot(
        slots={
            name: value
            for name, value in before.current_slot_values().items()
            if name not in initial or value != initial[name]
        },
        paused=before.is_paused(),
        latest_action=before.latest_action_name or ACTION_LISTEN_NAME,
        followup_action=before.followup_action,
        active_loop=before.active_loop_name,
        loop_rejected=bool(loop and loop.rejected),
        loop_interrupted=bool(loop and loop.is_interrupted),
        timestamp=before.events[-1].timestamp,
    )


def read_snapshot(state: dict[str, Any]) -> Snapshot:
    """Return the snapshot that `as_dict` gave."""
    return Snapshot(**state)
