"""The bounded tracker store against a replay of every event."""

from __future__ import annotations

import asyncio
import sqlite3
import warnings
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select

from bot.tracker_store import BoundedTrackerStore, StoredTracker, snapshots
from bot.wording import Wording

KEPT = 10
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    DOMAIN = Domain.from_dict(
        {
            "intents": ["greet", "inform", "stop"],
            "entities": ["place"],
            "slots": {
                "language": {
                    "type": "text",
                    "initial_value": "fi",
                    "mappings": [{"type": "custom"}],
                },
                "plain": {"type": "bool", "initial_value": False, "mappings": [{"type": "custom"}]},
                "topic": {
                    "type": "categorical",
                    "values": ["study", "work"],
                    "mappings": [{"type": "custom"}],
                },
                "memory": {
                    "type": "any",
                    "influence_conversation": False,
                    "mappings": [{"type": "custom"}],
                },
                "requested_slot": {
                    "type": "text",
                    "influence_conversation": False,
                    "mappings": [{"type": "custom"}],
                },
            },
            "responses": {"utter_greet": [{"text": "x"}], "utter_place": [{"text": "x"}]},
            "actions": ["action_guide"],
            "forms": {"contact_form": {"required_slots": ["topic"]}},
            "session_config": {
                "session_expiration_time": 0,
                "carry_over_slots_to_new_session": True,
            },
        }
    )

values = {
    "language": st.sampled_from(["fi", "sv", "en", None]),
    "plain": st.booleans(),
    "topic": st.sampled_from(["study", "work", None]),
    "memory": st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=5,
    ),
}
slot_sets = st.sampled_from(sorted(values)).flatmap(
    lambda name: values[name].map(lambda value: ("slot", name, value))
)
steps = st.one_of(
    slot_sets,
    st.sampled_from(["utter_greet", "utter_place", "action_guide"]).map(lambda n: ("action", n)),
    st.just(("form", "contact_form")),
    st.just(("leave form",)),
    st.just(("reject form",)),
    st.just(("reset slots",)),
    st.just(("follow up", "action_guide")),
)
turns = st.tuples(
    st.sampled_from(["greet", "inform", "stop"]),
    st.lists(steps, max_size=4),
    st.sampled_from(["listen"] * 12 + ["pause", "resume", "restart", "session"]),
    # How the process fared: it lives on, starts anew, or dies between events and snapshot.
    st.sampled_from(["fine", "fine", "restarted", "crashed"]),
)


def make_events(turn):
    """Return the events of one turn in the order in which Rasa makes them."""
    intent, taken, end, _ = turn
    events = [UserUttered("x", {"name": intent, "confidence": 1.0})]
    for step in taken:
        events.extend(make_step(step))
    if end == "listen":
        events.append(ActionExecuted("action_listen"))
    elif end == "pause":
        # Nothing is done any more, listening included.
        events.append(ConversationPaused())
    elif end == "resume":
        events += [ConversationResumed(), ActionExecuted("action_listen")]
    elif end == "restart":
        events += [ActionExecuted("action_restart"), Restarted()]
        events += [ActionExecuted("action_session_start"), SessionStarted()]
        events.append(ActionExecuted("action_listen"))
    else:
        events += [ActionExecuted("action_session_start"), SessionStarted()]
        events += [SlotSet("language", "sv"), ActionExecuted("action_listen")]
    return events


def make_step(step):
    kind, *rest = step
    if kind == "slot":
        return [SlotSet(*rest)]
    if kind == "action":
        return [ActionExecuted(rest[0]), BotUttered("x")]
    if kind == "form":
        return [ActionExecuted(rest[0]), ActiveLoop(rest[0]), SlotSet("requested_slot", "topic")]
    if kind == "leave form":
        return [ActiveLoop(None), SlotSet("requested_slot", None)]
    if kind == "reject form":
        return [ActionExecutionRejected("contact_form"), LoopInterrupted(True)]
    if kind == "reset slots":
        return [AllSlotsReset()]
    return [FollowupAction(rest[0])]


def state_of(tracker):
    """Return everything of a tracker that the next turn depends on, besides its past states."""
    loop = tracker.active_loop
    return {
        "slots": tracker.current_slot_values(),
        "paused": tracker.is_paused(),
        "latest_action": tracker.latest_action,
        "followup_action": tracker.followup_action,
        "loop": (loop.name, loop.rejected, loop.is_interrupted) if loop else None,
        "message": tracker.latest_message.intent_name if tracker.latest_message else None,
    }


def live_states(tracker):
    """Return the states that policies look at, without those of made-up events."""
    made_up = list(tracker.events)[: tracker.made_up]
    states = tracker.past_states(DOMAIN)
    if not made_up or made_up[0] is not tracker.applied_events()[0]:
        # All is live, or a restart has left nothing of what was before it.
        return states
    return states[1 + sum(isinstance(event, ActionExecuted) for event in made_up) :]


@dataclass
class Life:
    """A conversation in the store, beside the list of all its events."""

    store: BoundedTrackerStore
    events: list[Any] = field(default_factory=list)

    async def take(self, turn):
        tracker = await self.store.get_or_create_tracker("a", append_action_listen=False)
        new = make_events(turn)
        if not self.events:
            start = [ActionExecuted("action_session_start"), SessionStarted()]
            new = [*start, ActionExecuted("action_listen"), *new]
        for event in new:
            tracker.update(event)
            self.events.append(event)
        if turn[3] == "crashed":
            self.store._write_snapshot = crash
        await self.store.save(tracker)
        self.store.__dict__.pop("_write_snapshot", None)

    def replayed(self):
        return DialogueStateTracker.from_events("a", self.events, DOMAIN.slots)


def crash(*_arguments):
    raise RuntimeError


def open_store(path):
    return BoundedTrackerStore(DOMAIN, host=f"sqlite:///{path}/conversations.db", turns_kept=KEPT)


@settings(max_examples=25, deadline=None)
@given(story=st.lists(turns, min_size=12, max_size=30))
def test_state_is_that_of_a_full_replay(tmp_path_factory, story):
    folder = tmp_path_factory.mktemp("life")
    life = Life(open_store(folder))

    async def live():
        for turn in story:
            await life.take(turn)
            if turn[3] != "fine":
                life.store = open_store(folder)
            bounded = await life.store.retrieve("a")
            full = life.replayed()
            assert state_of(bounded) == state_of(full)
            states = live_states(bounded)
            assert states and states == full.past_states(DOMAIN)[-len(states) :]
        stored = await life.store.retrieve_full_tracker("a")
        assert [e.as_dict() for e in stored.events] == [e.as_dict() for e in life.events]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        asyncio.run(live())


@pytest.fixture
def store(tmp_path):
    return open_store(tmp_path)


def turn(intent="greet", *taken):
    return (intent, list(taken), "listen", "fine")


async def live(store, number):
    life = Life(store)
    for index in range(number):
        await life.take(turn("inform", ("slot", "memory", index)))
    return life


async def test_only_the_last_turns_are_read_back(store):
    life = await live(store, 40)
    tracker = await store.retrieve("a")
    assert len([e for e in tracker.events if isinstance(e, UserUttered)]) <= KEPT + 1
    assert len(tracker.events) < len(life.events) / 2
    assert tracker.get_slot("memory") == 39


async def test_two_writers_lose_no_event(store):
    await live(store, 20)
    one, two = await store.retrieve("a"), await store.retrieve("a")
    before = len((await store.retrieve_full_tracker("a")).events)
    one.update(SlotSet("topic", "work"))
    two.update(SlotSet("plain", True))
    await store.save(one)
    await store.save(two)
    full = await store.retrieve_full_tracker("a")
    assert len(full.events) == before + 2


async def test_saving_twice_stores_once(store):
    await live(store, 15)
    tracker = await store.retrieve("a")
    tracker.update(SlotSet("topic", "work"))
    await store.save(tracker)
    count = len((await store.retrieve_full_tracker("a")).events)
    await store.save(tracker)
    assert len((await store.retrieve_full_tracker("a")).events) == count


async def test_a_tracker_built_elsewhere_is_stored_from_where_the_database_ends(store):
    life = await live(store, 3)
    foreign = DialogueStateTracker.from_events(
        "a", [*life.events, SlotSet("topic", "work")], DOMAIN.slots
    )
    await store.save(foreign)
    assert len((await store.retrieve_full_tracker("a")).events) == len(life.events) + 1


async def test_a_snapshot_without_its_events_is_void(store, tmp_path):
    await live(store, 20)
    with sqlite3.connect(tmp_path / "conversations.db") as connection:
        connection.execute("DELETE FROM events WHERE sender_id = 'a'")
    assert await store.retrieve("a") is None
    tracker = await store.get_or_create_tracker("a", append_action_listen=False)
    assert isinstance(tracker, StoredTracker)
    assert tracker.get_slot("memory") is None


async def test_a_snapshot_is_void_when_events_under_it_were_erased(store, tmp_path):
    await live(store, 20)
    with sqlite3.connect(tmp_path / "conversations.db") as connection:
        connection.execute(
            "DELETE FROM events WHERE id <= (SELECT watermark FROM tracker_snapshots)"
        )
    tracker = await store.retrieve("a")
    assert tracker.watermark == 0
    assert tracker.get_slot("memory") == 19


async def test_one_conversation_does_not_see_another(store):
    await live(store, 15)
    assert await store.retrieve("b") is None
    assert list(await store.keys()) == ["a"]


async def test_current_slots_stand_in_the_snapshots_row(store):
    await live(store, 2)
    with store.engine.connect() as connection:
        row = connection.execute(select(snapshots)).one()
    assert '"memory": 1' in row.state
    assert row.sender_id == "a"


async def test_the_database_is_shared_while_somebody_writes(store, tmp_path):
    with sqlite3.connect(tmp_path / "conversations.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.execute("BEGIN IMMEDIATE")
        # Reading goes on beside a writer.
        assert await store.retrieve("a") is None
        connection.rollback()


WORDS = ["hei", "vaasa", "lopeta"]


@settings(max_examples=3, deadline=None)
@given(
    story=st.lists(
        st.tuples(st.sampled_from(WORDS), st.sampled_from([None, "study", "work"])),
        min_size=25,
        max_size=35,
    )
)
def test_an_agent_says_the_same_as_with_every_event(tmp_path_factory, tiny_model, story):
    folder = tmp_path_factory.mktemp("agent")
    address = f"sqlite:///{folder}/conversations.db"

    async def said(store):
        agent = Agent.load(tiny_model, generator=Wording(), tracker_store=store)
        replies = []
        for words, topic in story:
            replies.append(await agent.handle_message(UserMessage(words, sender_id="a")))
            tracker = await store.retrieve("a")
            tracker.update(SlotSet("topic", topic))
            await store.save(tracker)
        return replies

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bounded = asyncio.run(said(BoundedTrackerStore(host=address)))
        full = asyncio.run(said(InMemoryTrackerStore(None)))
    assert bounded == full
