"""A turn in the making: the moves collected so far, and what is known and remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guidance import dialogue_choices as buttons
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import (
    Choice,
    Decision,
    Move,
    Say,
    ShowDetails,
    ShowOptions,
    ShowPlan,
    TellRule,
    Turn,
)
from guidance.dialogue_questions import next_question, wording, wording_to_resume
from guidance.profile import Profile


class Talk:
    """Collects the moves of one turn; a handler calls its verbs in the order of speech."""

    def __init__(
        self, profile: Profile, memory: Memory, turn: Turn, changed: Mapping[str, object]
    ) -> None:
        """Begin a turn; `changed` holds the facts that the profile did not have before it."""
        self.profile = profile
        self.memory = memory
        self.turn = turn
        self.changed = changed
        self._moves: list[Move] = []

    def decision(self) -> Decision:
        """Return what was decided."""
        return Decision(tuple(self._moves), self.profile, self.memory)

    def remember(self, **values: Any) -> None:
        """Change the memory."""
        self.memory = replace(self.memory, **values)

    def say(
        self,
        name: str,
        *,
        about: Mapping[str, object] | None = None,
        choices: tuple[Choice, ...] = (),
        custom: Mapping[str, object] | None = None,
        asked: str | None = None,
        texts: Mapping[str, tuple[str, ...]] | None = None,
        **values: object,
    ) -> None:
        """Add a response."""
        self._moves.append(Say(name, values, about, choices, custom, asked, texts or {}))

    def expect(self, expected: str, name: str, **parts: Any) -> None:
        """Say something that waits for a yes, a no or a contact."""
        self.remember(expecting=expected)
        self.say(name, asked=expected, **parts)

    def acknowledge(self) -> None:
        """Name in passing what was understood, if something was."""
        about = {name: value for name, value in self.changed.items() if value != "unsure"}
        if about:
            self.say("utter_understood", about=about)

    def ask(self, slot: str) -> None:
        """Ask for a slot in words not used yet; leave it open when there are none."""
        name = wording(slot, self.memory)
        if name is None:
            self.settle(slot)
            if not self._has_acknowledged():
                self.say("utter_left_open")
            self.go_on()
        else:
            self._ask_as(name, slot)

    def _has_acknowledged(self) -> bool:
        return any(isinstance(move, Say) and move.about is not None for move in self._moves)

    def ask_otherwise(self, slot: str) -> None:
        """Ask for a slot again after something else was said: shortly, else in other words."""
        name = wording_to_resume(slot, self.memory)
        if name is None:
            self.ask(slot)
        else:
            self._ask_as(name, slot)

    def ask_once_more(self, slot: str) -> None:
        """Ask for a slot because the person wants to go on: in old words if there are no new."""
        name = wording_to_resume(slot, self.memory) or wording(slot, self.memory)
        self._ask_as(name or f"utter_ask_{slot}", slot)

    def settle(self, slot: str) -> None:
        """Take a question as answered, so that it is never asked again."""
        settled = tuple(dict.fromkeys((*self.memory.settled, slot)))
        pending = None if self.memory.pending == slot else self.memory.pending
        self.remember(settled=settled, pending=pending)

    def go_on(self) -> None:
        """Ask what is still missing, or show options when nothing is."""
        slot = next_question(self.profile, self.memory)
        if slot is None:
            self.show("first")
        elif slot in self.memory.asked:
            self.ask_otherwise(slot)
        else:
            self.ask(slot)

    def resume(self) -> None:
        """Come back to where the conversation was before a question in between."""
        slot, activity = self.memory.pending, self.memory.activity
        if self.memory.hushed:
            return
        if activity is not None:
            choices = buttons.choices(f"continue_{activity}", "leave_activity")
            self.say(self.wording_by_turns(f"utter_resume_{activity}"), choices=choices)
            return
        if slot is None:
            if not self.memory.searched:
                self.go_on()
            return
        name = wording_to_resume(slot, self.memory)
        if name is None:
            choices = buttons.choices("show_options", "ask_human")
            wording = self.wording_by_turns("utter_resume_anytime")
            self.say(wording, choices=choices, asked=slot)
        else:
            self._ask_as(name, slot)

    def wording_by_turns(self, name: str) -> str:
        """Return one of two wordings, never the same twice in a row."""
        others = tuple(item for item in self.memory.said if item != name)
        is_again = others != self.memory.said
        self.remember(said=others if is_again else (*others, name))
        return f"{name}_again" if is_again else name

    def show(self, occasion: str, offset: int = 0) -> None:
        """Show a page of options, and the plan that was wished for before there were any.

        Whatever was asked waits no longer.
        """
        self.remember(pending=None)
        self._moves.append(ShowOptions(offset, occasion))
        if self.memory.plan_wished:
            self.remember(plan_wished=False)
            self.do(ShowPlan())

    def show_details(self, option: str) -> None:
        """Show one option in full."""
        self.do(ShowDetails(option))

    def do(self, move: Move) -> None:
        """Add a move."""
        self._moves.append(move)

    def end_with(self, choices: tuple[Choice, ...]) -> None:
        """Give the last thing said buttons where it leaves nobody a next step."""
        last = self._moves[-1] if self._moves else None
        if isinstance(last, Say) and (last.choices or self._needs_none(last)):
            return
        if isinstance(last, (Say, TellRule)):
            self._moves[-1] = replace(last, choices=choices)

    def _needs_none(self, say: Say) -> bool:
        """Say whether a response asks a step of an activity, or is the last word of all."""
        is_step = say.asked is not None and say.asked == self.memory.activity
        is_last_word = say.custom is not None and say.custom.get("kind") == "erased"
        return is_step or is_last_word

    def _ask_as(self, name: str, slot: str) -> None:
        self.remember(
            pending=slot,
            asked=tuple(dict.fromkeys((*self.memory.asked, slot))),
            said=(*self.memory.said, name),
        )
        self.say(name, choices=buttons.of_question(slot), asked=slot)
