"""The bounded tracker store next to a replay of every event, over thousands of conversations.

`python -m bench.trackers` makes up conversations of 12 to 40 turns with the trained model: random
messages and what actions might do, two workers in turn on one database, processes that die between
the events and the snapshot, and a newer model halfway. After every event the next action, slots
and the rest of the state must be those of a full replay. It prints one JSON object, with what
differed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    FollowupAction,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel import RESERVED_INTENTS
from bot.process import prepare_process
from bot.shortcuts import take_shortcuts
from bot.tracker_store import BoundedTrackerStore
from bot.wording import Wording
from opastin.model import ensure_shared_model

CONVERSATIONS = 2000
TURNS = (12, 40)
WORKERS = 2
# Rasa's own limit of actions in a turn is ten.
MOST_ACTIONS = 6
LISTEN = "action_listen"
VALUES = (None, True, False, "fi", "sv", "743", 8, ["evening"], {"words": "hoitaja"})
NEW_SLOT = {
    "added_later": {
        "type": "text",
        "influence_conversation": False,
        "mappings": [{"type": "custom"}],
    }
}


@dataclass
class Model:
    """What predicts the next action, and the domains before and after a change of model."""

    agent: Agent
    domains: tuple[Domain, Domain]

    def next_action(self, tracker: DialogueStateTracker) -> str:
        """Return the name of what the policies do next."""
        assert self.agent.processor is not None
        action, _ = self.agent.processor.predict_next_with_tracker_if_should(tracker)
        return str(action.name())


@dataclass
class Life:
    """One conversation: in the database, and as the list of all its events."""

    model: Model
    random: Random
    url: str
    sender: str
    stores: list[BoundedTrackerStore] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    domain: Domain = field(init=False)

    def __post_init__(self) -> None:
        self.domain = self.model.domains[0]

    async def live(self) -> list[str]:
        """Have the whole conversation; return where the two have differed."""
        turns = self.random.randint(*TURNS)
        changes_at = self.random.randrange(turns)
        self._open()
        differences: list[str] = []
        for turn in range(turns):
            if turn == changes_at:
                self.domain = self.model.domains[1]
                self._open()
            differences += [f"turn {turn}: {what}" async for what in self._take_turn()]
        self._close()
        return differences

    async def _take_turn(self) -> Any:
        store = self.random.choice(self.stores)
        bounded = await store.get_or_create_tracker(self.sender, append_action_listen=False)
        if not self.events:
            self._add(bounded, ActionExecuted("action_session_start"), ActionExecuted(LISTEN))
        for event in self._message():
            self._add(bounded, event)
        for _ in range(MOST_ACTIONS):
            full = DialogueStateTracker.from_events(self.sender, self.events, self.domain.slots)
            for what in differences(bounded, full):
                yield what
            action, wanted = self.model.next_action(bounded), self.model.next_action(full)
            self.counts["predictions"] += 1
            if action != wanted:
                yield f"next action {action}, not {wanted}"
            self._add(bounded, *self._run(wanted))
            if wanted == LISTEN:
                break
        else:
            self._add(bounded, ActionExecuted(LISTEN))
        self.counts["turns"] += 1
        await self._save(store, bounded)

    async def _save(self, store: BoundedTrackerStore, tracker: DialogueStateTracker) -> None:
        """Save as a worker does, which sometimes dies between the two transactions."""
        if self.random.random() < 0.1:
            self.counts["crashes"] += 1
            store._write_snapshot = _die  # type: ignore[method-assign]
            await store.save(tracker)
            self._open()
        else:
            await store.save(tracker)

    def _message(self) -> Iterator[Event]:
        intent = self.random.choice(sorted(set(self.domain.intents) - RESERVED_INTENTS))
        yield UserUttered("x", {"name": intent, "confidence": 1.0})
        yield from self._slots(2)

    def _run(self, action: str) -> Iterator[Event]:
        """Yield what an action might do."""
        yield ActionExecuted(action)
        if action != LISTEN:
            yield BotUttered("x")
            yield from self._slots(3)
            if self.random.random() < 0.05:
                yield FollowupAction(self.random.choice(self.domain.user_actions))

    def _slots(self, most: int) -> Iterator[Event]:
        names = [slot.name for slot in self.domain.slots]
        for _ in range(self.random.randrange(most + 1)):
            yield SlotSet(self.random.choice(names), self.random.choice(VALUES))

    def _add(self, tracker: DialogueStateTracker, *events: Event) -> None:
        for event in events:
            tracker.update(event)
            self.events.append(event)

    def _open(self) -> None:
        """Begin with new processes."""
        self._close()
        self.stores = [BoundedTrackerStore(self.domain, host=self.url) for _ in range(WORKERS)]

    def _close(self) -> None:
        for store in self.stores:
            store.engine.dispose()


def differences(bounded: DialogueStateTracker, full: DialogueStateTracker) -> Iterator[str]:
    """Yield what of the state of a conversation is not that of a full replay."""
    states = [
        {
            "slots": tracker.current_slot_values(),
            "paused": tracker.is_paused(),
            "latest action": tracker.latest_action,
            "follow-up action": tracker.followup_action,
            "loop": tracker.active_loop_name,
        }
        for tracker in (bounded, full)
    ]
    for name, value in states[0].items():
        if value != states[1][name]:
            yield f"{name} differ"


def load(model: Path) -> Model:
    """Load the model once, with the domain that it has and one that has a slot more."""
    take_shortcuts()
    agent = Agent.load(model, generator=Wording())
    assert agent.domain is not None
    newer = agent.domain.merge(Domain.from_dict({"slots": NEW_SLOT}))
    return Model(agent, (agent.domain, newer))


async def compare(model: Model, folder: Path, seeds: range) -> dict[str, Any]:
    """Have one conversation for each seed; return what was counted and what differed."""
    counts: Counter[str] = Counter()
    differing: dict[int, list[str]] = {}
    url = f"sqlite:///{folder}/trackers.db"
    for seed in seeds:
        life = Life(model, Random(seed), url, f"conversation-{seed}")  # noqa: S311
        found = await life.live()
        counts += life.counts
        if found:
            differing[seed] = found
    return {"conversations": len(seeds), **counts, "differing": differing}


def main() -> None:
    """Compare, and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--conversations", type=int, default=CONVERSATIONS)
    parser.add_argument("--seed", type=int, default=0, help="of the first conversation")
    arguments = parser.parse_args()
    prepare_process()
    warnings.simplefilter("ignore")
    seeds = range(arguments.seed, arguments.seed + arguments.conversations)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="opastin-bench-") as folder:
        figures = asyncio.run(compare(load(ensure_shared_model()), Path(folder), seeds))
    figures |= {
        "seconds": round(time.perf_counter() - began),
        "load": round(os.getloadavg()[0], 2),
    }
    print(json.dumps(figures, indent=2))
    sys.exit(1 if figures["differing"] else 0)


def _die(*_arguments: object) -> None:
    raise RuntimeError


if __name__ == "__main__":
    main()
