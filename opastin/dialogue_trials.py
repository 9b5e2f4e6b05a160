"""Play a scripted person against the bot, and judge what came back."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from opastin.dialogue_scripts import Script, ScriptedTurn
from opastin.texts import Texts

Reply = Mapping[str, Any]
Send = Callable[[dict[str, str]], Awaitable[Sequence[Reply]]]

# Nobody answers more questions than this before seeing anything.
MOST_ANSWERS = 10
_QUESTION = re.compile(r"utter_(?:ask|resume)_(?P<slot>[a-z_]+?)(?:_again)?$")
# Questions whose words do not have the name of their slot.
_OTHER_QUESTIONS = {
    "utter_unsure_first": "interest",
    "utter_unsure_again": "interest",
    "utter_refine_other_field": "field",
    "utter_callback_ask": "contact",
    "utter_callback_ask_again": "contact",
    "utter_erase_confirm": "confirm_erase",
    "utter_start_over_confirm": "confirm_start_over",
}
# Asked because the person wants to change it.
_ASKED_FOR = frozenset({"utter_refine_other_field"})
_NO_QUESTIONS = frozenset({"utter_resume_anytime"})
# After these nothing more has to come.
_ENDS = ("utter_goodbye", "utter_stop", "utter_erase_done", "utter_crisis", "utter_thank")
_CLEARS = "utter_start_over_done"


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


class Recogniser:
    """Tells which response a reply's words are of; names cannot be seen from outside."""

    def __init__(self, texts: Texts) -> None:
        """Recognise the responses of `texts`."""
        self._texts = texts
        self._patterns: dict[tuple[str, str], list[re.Pattern[str]]] = {}

    def says(self, reply: Reply, name: str) -> bool:
        """Say whether a reply's words are those of the response."""
        patterns = self._of(name, str(reply["language"]))
        return any(pattern.fullmatch(str(reply["text"])) for pattern in patterns)

    def question(self, reply: Reply) -> tuple[str, str] | None:
        """Return the slot that a reply asks for and the response it does it with, or None."""
        for name, slot in self._questions(str(reply["language"])):
            if self.says(reply, name):
                return slot, name
        return None

    def _questions(self, language: str) -> Iterator[tuple[str, str]]:
        yield from _OTHER_QUESTIONS.items()
        for name in self._texts.names(language) - _NO_QUESTIONS:
            match = _QUESTION.fullmatch(name)
            if match is not None:
                yield name, match["slot"]

    def _of(self, name: str, language: str) -> list[re.Pattern[str]]:
        key = (name, language)
        if key not in self._patterns:
            wordings = {self._texts.text(name, language, plain=plain) for plain in (False, True)}
            self._patterns[key] = [_pattern(words) for words in wordings]
        return self._patterns[key]


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
        self._told: set[str] = set()
        self._questions: set[str] = set()

    async def take(self, turn: ScriptedTurn, where: str) -> None:
        if turn.way == "until":
            await self._answer_until_options(where)
        elif turn.way == "press":
            await self._press(turn, where)
        else:
            await self._exchange({"text": turn.words}, turn, where)
        for failure in _judge(turn.expect, self.replies, self._recogniser):
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

    async def _answer_until_options(self, where: str) -> None:
        for _ in range(MOST_ANSWERS):
            if any(_kind(reply) == "options" for reply in self.replies):
                return
            slot = self._asked()
            answer = self.trial.script.answers.get(slot or "")
            if answer is None:
                self.trial.failures.append(f"{where}: the person has no answer about {slot}")
                return
            turn = ScriptedTurn("say", answer, tells=(slot or "",))
            await self._exchange({"text": answer}, turn, f"{where}, asked for {slot}")

    async def _exchange(self, message: dict[str, str], turn: ScriptedTurn, where: str) -> None:
        self._told |= set(turn.tells)
        self.replies = await self._send(message)
        trial = self.trial
        trial.turns += 1
        if trial.turns_to_options is None and any(
            _kind(item) == "options" for item in self.replies
        ):
            trial.turns_to_options = trial.turns
        self._watch_questions(turn, where)
        if self._is_dead_end():
            trial.dead_ends.append(where)

    def _watch_questions(self, turn: ScriptedTurn, where: str) -> None:
        for reply in self.replies:
            if self._recogniser.says(reply, _CLEARS):
                self._told, self._questions = set(), set()
            found = self._recogniser.question(reply)
            if found is None:
                continue
            slot, name = found
            if name in _ASKED_FOR:
                self._told.discard(slot)
            if slot in self._told:
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
            or _kind(reply) == "options"
            or "?" in str(reply["text"])
            or self._recogniser.question(reply)
            or any(self._recogniser.says(reply, name) for name in _ENDS)
            for reply in self.replies
        )


def _judge(
    expect: Mapping[str, Any], replies: Sequence[Reply], recogniser: Recogniser
) -> Iterator[str]:
    """Yield what the replies fall short of."""
    said = " | ".join(str(reply["text"]) for reply in replies)
    options = [option for reply in replies for option in _options(reply)]
    if "asks" in expect:
        asked = [question[0] for reply in replies if (question := recogniser.question(reply))]
        wanted = expect["asks"]
        if asked if wanted == "nothing" else wanted not in asked:
            yield f"asks {asked or 'nothing'}, not {wanted}: {said}"
    for names in _as_list(expect.get("says")):
        if not any(recogniser.says(reply, name) for reply in replies for name in _as_list(names)):
            yield f"does not say {names}: {said}"
    for name in _as_list(expect.get("says_not")):
        if any(recogniser.says(reply, name) for reply in replies):
            yield f"says {name}"
    if "shows" in expect:
        shown = [state for reply in replies if (state := _shown(reply))]
        wanted = expect["shows"]
        if shown if wanted == "nothing" else wanted not in shown:
            yield f"shows {shown or 'nothing'}, not {wanted}: {said}"
    if "language" in expect:
        languages = {str(reply["language"]) for reply in replies}
        if languages != {expect["language"]}:
            yield f"speaks {sorted(languages)}, not {expect['language']}"
    if "options" in expect:
        least, most = expect["options"]
        if not least <= len(options) <= most:
            yield f"shows {len(options)} options, not {least} to {most}"
    for option in options:
        wrong = _differences(option, expect.get("option", {}))
        if wrong:
            yield f"an option has {wrong}"
    wanted_once = expect.get("some_option")
    if wanted_once and not any(not _differences(option, wanted_once) for option in options):
        yield f"no option has {wanted_once}"


def _differences(option: Mapping[str, Any], expected: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: option.get(name)
        for name, value in expected.items()
        if not _fits(option.get(name), value)
    }


def _fits(value: Any, expected: Any) -> bool:
    if isinstance(expected, Mapping):
        return value is not None and bool(value <= expected["most"])
    if isinstance(value, list):
        return expected in value
    return bool(value == expected)


def _options(reply: Reply) -> list[Mapping[str, Any]]:
    return list((reply["custom"] or {}).get("options") or [])


def _actions(reply: Reply) -> list[Mapping[str, Any]]:
    return [action for option in _options(reply) for action in option.get("actions", [])]


def _kind(reply: Reply) -> str | None:
    kind = (reply["custom"] or {}).get("kind")
    return None if kind is None else str(kind)


def _shown(reply: Reply) -> str | None:
    kind = _kind(reply)
    return str((reply["custom"] or {})["state"]) if kind == "handoff" else kind


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _pattern(words: str) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", words)
    return re.compile(".+".join(map(re.escape, parts)), re.DOTALL)
