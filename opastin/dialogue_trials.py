"""Play a scripted person against the bot, and keep what came back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opastin.dialogue_expectations import judge, kind_of, options_of
from opastin.dialogue_recogniser import EACH_TIME, Recogniser, Reply
from opastin.dialogue_scripts import Script, ScriptedTurn
from opastin.texts import Texts

Send = Callable[[dict[str, str]], Awaitable[Sequence[Reply]]]

# Nobody answers more questions than this before seeing anything.
MOST_ANSWERS = 20
# Asked because the person wants to change it.
_ASKED_FOR = frozenset({"utter_refine_other_field"})
# After these nothing more has to come.
_ENDS = ("utter_goodbye", "utter_stop", "utter_erase_done", "utter_crisis", "utter_thank")
# From here on everything is forgotten, or another person is asked.
_CLEARS = ("utter_start_over_done", "utter_next_person")


@dataclass
class Trial:
    """What happened to one scripted person."""

    script: Script
    failures: list[str] = field(default_factory=list)
    turns: int = 0
    turns_to_options: int | None = None
    repeated: list[str] = field(default_factory=list)
    asked_known: list[str] = field(default_factory=list)
    dead_ends: list[str] = field(default_factory=list)

    @property
    def is_success(self) -> bool:
        """Say whether everything that the script expects came true."""
        return not self.failures

    def as_json(self) -> dict[str, Any]:
        """Return the trial ready for JSON."""
        return {
            "script": self.script.name,
            "language": self.script.language,
            "situation": self.script.situation,
            "pace": self.script.pace,
            "success": self.is_success,
            "failures": self.failures,
            "turns": self.turns,
            "turns_to_options": self.turns_to_options,
            "repeated_questions": self.repeated,
            "questions_about_what_was_said": self.asked_known,
            "dead_ends": self.dead_ends,
        }


async def play(script: Script, greeting: Sequence[Reply], send: Send, texts: Texts) -> Trial:
    """Play `script` through `send`, and return what happened."""
    player = _Player(script, send, Recogniser(texts))
    player.replies = greeting
    for number, turn in enumerate(script.turns, start=1):
        await player.take(turn, f"turn {number} ({turn.words[:40]})")
    return player.trial


class _Player:
    """The course of one conversation."""

    def __init__(self, script: Script, send: Send, recogniser: Recogniser) -> None:
        self.trial = Trial(script)
        self.replies: Sequence[Reply] = ()
        self._send = send
        self._recogniser = recogniser
        # By person: what one has told, another has not.
        self._told: dict[str, set[str]] = {}
        self._questions: set[str] = set()

    async def take(self, turn: ScriptedTurn, where: str) -> None:
        if turn.way == "until":
            await self._answer_until(turn, where)
        elif turn.way == "press":
            await self._press(turn, where)
        else:
            await self._exchange({"text": turn.words}, turn, where)
        expect = {"easy": self.trial.script.plain_language, **turn.expect}
        for failure in judge(expect, self.replies, self._recogniser):
            self.trial.failures.append(f"{where}: {failure}")

    async def _press(self, turn: ScriptedTurn, where: str) -> None:
        payloads = [
            button["payload"]
            for reply in reversed(self.replies)
            for button in (*reply["buttons"], *_actions(reply))
        ]
        chosen = next((item for item in payloads if item.startswith(turn.words)), None)
        if chosen is None:
            self.trial.failures.append(f"{where}: there is no such button among {payloads}")
        else:
            await self._exchange({"payload": chosen}, turn, where)

    async def _answer_until(self, until: ScriptedTurn, where: str) -> None:
        script = self.trial.script
        answers = script.others.get(until.person, script.answers)
        for _ in range(MOST_ANSWERS):
            if any(kind_of(reply) == until.words for reply in self.replies):
                return
            slot = self._asked()
            answer = answers.get(slot or "")
            if answer is None:
                self.trial.failures.append(f"{where}: the person has no answer about {slot}")
                return
            tells = () if slot is None or slot in EACH_TIME else (slot,)
            turn = ScriptedTurn("say", answer, tells=tells, person=until.person)
            await self._exchange({"text": answer}, turn, f"{where}, asked for {slot}")
        self.trial.failures.append(f"{where}: not shown after {MOST_ANSWERS} answers")

    async def _exchange(self, message: dict[str, str], turn: ScriptedTurn, where: str) -> None:
        self._told.setdefault(turn.person, set()).update(turn.tells)
        self.replies = await self._send(message)
        trial = self.trial
        trial.turns += 1
        if trial.turns_to_options is None and any(
            kind_of(item) == "options" for item in self.replies
        ):
            trial.turns_to_options = trial.turns
        self._watch_questions(turn, where)
        if self._is_dead_end():
            trial.dead_ends.append(where)

    def _watch_questions(self, turn: ScriptedTurn, where: str) -> None:
        for reply in self.replies:
            if any(self._recogniser.says(reply, name) for name in _CLEARS):
                self._told, self._questions = {}, set()
            found = self._recogniser.question(reply)
            if found is None:
                continue
            slot, name = found
            told = self._told.get(turn.person, set())
            if name in _ASKED_FOR:
                told.discard(slot)
            if slot in told:
                self.trial.asked_known.append(f"{where}: {slot}")
            if str(reply["text"]) in self._questions and not turn.repeats:
                self.trial.repeated.append(f"{where}: {name}")
            self._questions.add(str(reply["text"]))

    def _asked(self) -> str | None:
        for reply in reversed(self.replies):
            found = self._recogniser.question(reply)
            if found is not None:
                return found[0]
        return None

    def _is_dead_end(self) -> bool:
        """Say whether the replies leave the person without anything to go on with."""
        if self.trial.turns_to_options is not None:
            return not self.replies
        return not any(
            reply["buttons"]
            or kind_of(reply) == "options"
            or "?" in str(reply["text"])
            or self._recogniser.question(reply)
            or any(self._recogniser.says(reply, name) for name in _ENDS)
            for reply in self.replies
        )


def _actions(reply: Reply) -> list[Mapping[str, Any]]:
    return [action for option in options_of(reply) for action in option.get("actions", [])]
