"""A conversation with the pure core, for tests: messages in, names of responses out."""

from __future__ import annotations

from datetime import date
from typing import Any

from guidance.dialogue import decide
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import Move, Say, ShowDetails, ShowOptions, TellRule, Turn
from guidance.dialogue_options import remember_shown
from guidance.profile import Profile

NURSE = {"words": "lähihoitaja", "kind": "qualification", "field": "0913", "code": None}
# Prices and distances of the options of every page, so that refining has something to measure.
PRICES = (0, 45, 225, 450, 900)
DISTANCES = (0, 10, 30, 60, 90)
MONTHS = (1, 2, 3, 6, 12)
TODAY = date(2026, 11, 2)


class Conversation:
    """Keeps profile and memory between turns, as Rasa's slots do."""

    def __init__(self, *, total: int = 12, **facts: Any) -> None:
        """Begin with what is known; a search finds `total` options."""
        self.profile = Profile(language="fi").with_facts(facts)
        self.memory = Memory()
        self.moves: tuple[Move, ...] = ()
        self._total = total

    def hear(self, intent: str, /, **turn: Any) -> list[str]:
        """Take one message; return the responses, and `options` or `details` where shown.

        `turn` holds parts of a Turn; what is none of these is a fact.
        """
        parts = {name: turn.pop(name) for name in list(turn) if name in Turn.__dataclass_fields__}
        heard = Turn(intent, facts=turn, **{"today": TODAY, **parts})
        decision = decide(self.profile, self.memory, heard)
        self.profile, self.memory, self.moves = decision.profile, decision.memory, decision.moves
        return [self._perform(move) for move in decision.moves]

    @property
    def asked(self) -> str | None:
        """Return what the last response asks for."""
        last = self.moves[-1]
        return last.asked if isinstance(last, Say) else None

    @property
    def payloads(self) -> list[str]:
        """Return what the buttons of the last response send."""
        last = self.moves[-1]
        return [choice.payload for choice in last.choices] if isinstance(last, Say) else []

    def known(self) -> dict[str, Any]:
        """Return the profile without the language."""
        return {name: value for name, value in self.profile.to_dict().items() if name != "language"}

    def _perform(self, move: Move) -> str:
        if isinstance(move, ShowDetails):
            return f"details {move.option}"
        if isinstance(move, Say):
            return move.name
        if isinstance(move, TellRule):
            return f"rule {move.topic}"
        if not isinstance(move, ShowOptions):
            return repr(move)
        self.memory = remember_shown(self.memory, move, self._found(move))
        return "options"

    def _found(self, move: ShowOptions) -> dict[str, Any]:
        last = min(move.offset + 5, self._total)
        options = [option(number) for number in range(move.offset, last)]
        return {"options": options, "total": self._total, "fallback": None, "notices": []}


def option(number: int) -> dict[str, Any]:
    """Return what the dialogue reads of an option as JSON."""
    return {
        "id": f"option-{number + 1}",
        "title": f"Kurssi {number + 1}",
        "price_eur": PRICES[number % len(PRICES)],
        "distance_km": DISTANCES[number % len(DISTANCES)],
        "modes": ["in_person"],
        "starts": f"2027-02-{number + 1:02d}",
        "duration_months": MONTHS[number % len(MONTHS)],
    }
