"""Brings what happens in a conversation to every socket that follows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from coaching.transcript import Line

GONE, GOING_AWAY, TRY_AGAIN = 4410, 1001, 1013
# What the coaches' desk follows; no conversation has such an id.
DESK = "desk"
# A socket that is this many frames behind is closed; it comes back and reads what it missed.
MAX_WAITING_FRAMES = 256


@dataclass(frozen=True)
class Close:
    """The wish to close a socket with a code."""

    code: int


# What is told to other gateways.
News = dict[str, Any]
# A function in the queue is called once everything before it has been sent.
Queued = dict[str, Any] | Close | Callable[[], None]


@dataclass(eq=False)
class Follower:
    """One socket's place in the queue; lines that it has got are left out."""

    last_id: int = 0
    frames: list[Queued] = field(default_factory=list)

    def put(self, frame: Queued) -> None:
        """Queue a frame; a follower that is too slow is closed instead."""
        if len(self.frames) >= MAX_WAITING_FRAMES:
            self.frames.clear()
            frame = Close(TRY_AGAIN)
        self.frames.append(frame)
        self.wake()

    def wake(self) -> None:
        """Do what is to be done when something waits in the queue."""

    def look_again(self) -> None:
        """Read what may have happened unheard."""

    def is_ahead(self, frame: Queued) -> bool:
        """Say whether lines before a frame's own have not come; their numbers have no gaps."""
        message = frame.get("message") if isinstance(frame, dict) else None
        return message is not None and message["id"] > self.last_id + 1

    def is_news(self, frame: dict[str, Any]) -> bool:
        """Say whether a frame holds anything that this follower has not got yet."""
        message = frame.get("message")
        if message is None:
            return True
        is_new: bool = message["id"] > self.last_id
        self.last_id = max(self.last_id, message["id"])
        return is_new


class Hub:
    """The followers of each conversation."""

    def __init__(self) -> None:
        """Begin without followers."""
        self._followers: defaultdict[str, set[Follower]] = defaultdict(set)
        # Told of every conversation in which something was said.
        self.on_lines: Callable[[str], None] = _tell_nobody
        # Told of every conversation that a coach has taken from the bot.
        self.on_break_off: Callable[[str], None] = _tell_nobody
        # Told of every conversation that was erased, ended or handed over at another gateway.
        self.on_gone: Callable[[str], None] = _tell_nobody
        # Told what the other gateways have to know, never a word of what was said.
        self.on_news: Callable[[News], None] = _tell_nobody

    def join(self, conversation_id: str, follower: Follower) -> None:
        """Give a new follower everything from now on."""
        self._followers[conversation_id].add(follower)

    def leave(self, conversation_id: str, follower: Follower) -> None:
        """Forget a follower."""
        self._followers[conversation_id].discard(follower)
        if not self._followers[conversation_id]:
            del self._followers[conversation_id]

    def count(self, conversation_id: str | None = None) -> int:
        """Return how many follow a conversation, or any."""
        if conversation_id is not None:
            return len(self._followers.get(conversation_id, ()))
        return sum(map(len, self._followers.values()))

    def look_again(self) -> None:
        """Have all followers read what may have happened at other gateways unheard."""
        for followers in tuple(self._followers.values()):
            for follower in tuple(followers):
                follower.look_again()

    def publish(self, conversation_id: str, lines: Iterable[Line]) -> None:
        """Send lines to all who follow the conversation."""
        lines = tuple(lines)
        self.show(conversation_id, lines)
        if lines:
            self.on_news({"said": conversation_id, "after": lines[0].id - 1})
        # Nothing of what was said: the desk shows it only to whoever may read it.
        self.announce(DESK, {"conversation": conversation_id})
        self.on_lines(conversation_id)

    def show(self, conversation_id: str, lines: Iterable[Line]) -> None:
        """Send lines to those who follow the conversation here."""
        for line in lines:
            self.put(conversation_id, {"message": line.as_json()})

    def announce(self, conversation_id: str, frame: dict[str, Any]) -> None:
        """Send a frame to all who follow the conversation."""
        self.put(conversation_id, frame)
        self.on_news({"to": conversation_id, "frame": frame})

    def close(self, conversation_id: str, code: int) -> None:
        """Close a conversation's sockets once they have got what waits for them."""
        self.put(conversation_id, Close(code))
        self.on_news({"to": conversation_id, "close": code})

    def break_off(self, conversation_id: str) -> None:
        """Have nobody wait any longer for what the bot would say in a conversation."""
        self.on_break_off(conversation_id)
        self.on_news({"break_off": conversation_id})

    def close_all(self) -> None:
        """Close every socket here: the service stops."""
        for conversation_id in tuple(self._followers):
            self.put(conversation_id, Close(GOING_AWAY))

    def put(self, conversation_id: str, frame: Queued) -> None:
        """Queue a frame for those who follow the conversation here."""
        for follower in tuple(self._followers.get(conversation_id, ())):
            follower.put(frame)


def _tell_nobody(_news: object) -> None:
    """Do nothing."""
