"""Things done step by step, such as mapping competence: begun, left and taken up again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guidance.dialogue_talk import Talk


def _never(talk: Talk) -> bool:
    return False


@dataclass(frozen=True)
class Activity:
    """What an activity does with a turn.

    `begin` begins it or goes on from where it was left. `take` returns False for a message that
    is about something else: that is then served as ever, and `Talk.resume` offers to go on.
    """

    begin: Callable[[Talk], None]
    take: Callable[[Talk], bool]
    # Says that a message is for the activity although it was taken for something that comes
    # before activities, or ends them: "that's enough" may ask for the result.
    is_meant: Callable[[Talk], bool] = _never


ACTIVITIES: dict[str, Activity] = {}
LEAVE = "leave"


def take_step(talk: Talk) -> bool:
    """Give the turn to the activity under way; False when there is none or it is not for it."""
    name = talk.memory.activity
    if name not in ACTIVITIES:
        # None, or one that an older version had.
        talk.remember(activity=None)
        return False
    leaving = talk.turn.intent in _LEAVING and not ACTIVITIES[name].is_meant(talk)
    if talk.turn.choice == LEAVE or leaving:
        talk.remember(activity=None)
        talk.say("utter_activity_left")
        talk.resume()
        return True
    return ACTIVITIES[name].take(talk)


def is_meant(talk: Talk) -> bool:
    """Say whether a turn is for the activity under way, whatever it was taken for."""
    name = talk.memory.activity
    return name in ACTIVITIES and ACTIVITIES[name].is_meant(talk)


def begin(talk: Talk, name: str) -> None:
    """Begin an activity, or go on with it from where it was left."""
    talk.remember(activity=name, pending=None)
    ACTIVITIES[name].begin(talk)


_LEAVING = frozenset({"stop"})
