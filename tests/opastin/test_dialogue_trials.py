"""Playing and judging scripted people against a bot of canned replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from opastin.dialogue_scripts import Script, ScriptedTurn
from opastin.dialogue_trials import Trial, play
from opastin.texts import load_texts

TEXTS = load_texts()


def reply(name: str, *, custom: dict[str, Any] | None = None, **values: object) -> dict[str, Any]:
    return {
        "text": TEXTS.text(name, "fi", **values),
        "language": "fi",
        "buttons": TEXTS.buttons(name, "fi"),
        "custom": custom,
    }


def options(*listed: dict[str, Any]) -> dict[str, Any]:
    custom = {"kind": "options", "options": list(listed), "total": len(listed)}
    return reply("utter_options_all", custom=custom, total=len(listed))


class Bot:
    """Gives its replies one turn after the other, and keeps what it was sent."""

    def __init__(self, *turns: list[dict[str, Any]]) -> None:
        self.sent: list[dict[str, str]] = []
        self._turns = iter(turns)

    async def send(self, message: dict[str, str]) -> Sequence[dict[str, Any]]:
        self.sent.append(message)
        return next(self._turns)


def say(words: str, *, tells: tuple[str, ...] = (), **expect: Any) -> ScriptedTurn:
    return ScriptedTurn("say", words, tells=tells, expect=expect)


async def trial_of(bot: Bot, *turns: ScriptedTurn, **script: Any) -> Trial:
    played = Script("fi/test", "fi", "test", turns, **script)
    return await play(played, [reply("utter_greet")], bot.send, TEXTS)


async def test_a_person_who_answers_gets_to_the_options() -> None:
    bot = Bot([reply("utter_ask_place")], [reply("utter_ask_schedule")], [options({"id": "A"})])
    trial = await trial_of(
        bot,
        say("sosionomiksi", tells=("field",), asks="place"),
        ScriptedTurn("until", "options", expect={"options": [1, 5]}),
        answers={"place": "Vaasassa", "schedule": "iltaisin"},
    )
    assert trial.is_success, trial.failures
    assert [message["text"] for message in bot.sent] == ["sosionomiksi", "Vaasassa", "iltaisin"]
    assert trial.turns_to_options == 3


async def test_a_question_in_the_same_words_is_counted() -> None:
    bot = Bot([reply("utter_ask_place")], [reply("utter_ask_place")])
    trial = await trial_of(bot, say("hei"), say("hei taas"))
    assert len(trial.repeated) == 1


async def test_a_question_about_what_was_said_is_counted() -> None:
    trial = await trial_of(Bot([reply("utter_resume_place")]), say("Vaasassa", tells=("place",)))
    assert len(trial.asked_known) == 1


async def test_words_without_a_way_on_are_a_dead_end() -> None:
    trial = await trial_of(Bot([reply("utter_left_open")], []), say("en tiedä"), say("no niin"))
    assert len(trial.dead_ends) == 2


async def test_questions_are_answered_until_the_plan_is_shown() -> None:
    plan = reply("utter_thank", custom={"kind": "plan", "goal": "degree"})
    bot = Bot([reply("utter_ask_place")], [plan])
    trial = await trial_of(
        bot, say("tee suunnitelma"), ScriptedTurn("until", "plan"), answers={"place": "Vaasassa"}
    )
    assert trial.is_success, trial.failures
    assert trial.turns == 2


async def test_a_bot_that_never_shows_anything_fails() -> None:
    bot = Bot(*([reply("utter_ask_place")] for _ in range(50)))
    trial = await trial_of(
        bot, say("moi"), ScriptedTurn("until", "options"), answers={"place": "Vaasassa"}
    )
    assert not trial.is_success
    assert len(bot.sent) < 50


async def test_what_one_person_told_may_be_asked_of_another() -> None:
    bot = Bot([reply("utter_ask_schedule")], [reply("utter_ask_place")])
    second = ScriptedTurn("say", "nyt puolisoni", person="partner")
    trial = await trial_of(bot, say("Vaasassa", tells=("place",)), second)
    assert trial.asked_known == []


async def test_another_person_answers_for_herself() -> None:
    bot = Bot([reply("utter_ask_place")], [options({"id": "A"})])
    await trial_of(
        bot,
        ScriptedTurn("say", "nyt puolisoni", person="partner"),
        ScriptedTurn("until", "options", person="partner"),
        answers={"place": "Vaasassa"},
        others={"partner": {"place": "Oulussa"}},
    )
    assert bot.sent[-1] == {"text": "Oulussa"}


async def test_one_who_asked_for_easy_language_gets_it_in_every_reply() -> None:
    ordinary = await trial_of(Bot([reply("utter_greet")]), say("moi"), plain_language=True)
    assert not ordinary.is_success


async def test_a_button_is_pressed_by_how_its_payload_begins() -> None:
    bot = Bot([reply("utter_ask_interest")])
    trial = await trial_of(bot, ScriptedTurn("press", "/start"))
    assert trial.is_success
    assert bot.sent == [{"payload": "/start_guidance"}]


@pytest.mark.parametrize(
    ("expect", "is_met"),
    [
        ({"asks": "place"}, True),
        ({"asks": "schedule"}, False),
        ({"asks": "nothing"}, False),
        ({"says": "utter_understood"}, True),
        ({"says": ["utter_understood", "utter_thank"]}, False),
        ({"says": [["utter_understood", "utter_thank"]]}, True),
        ({"says_not": ["utter_understood"]}, False),
        ({"shows": "options"}, True),
        ({"shows": "callback"}, False),
        ({"language": "sv"}, False),
        ({"options": [1, 2]}, True),
        ({"options": [3, 5]}, False),
        ({"option": {"price_eur": {"most": 50}}}, True),
        ({"option": {"price_eur": {"most": 10}}}, False),
        ({"option": {"modes": "online"}}, False),
        ({"some_option": {"modes": "online"}}, True),
        ({"some_option": {"place": "091"}}, False),
    ],
)
async def test_expectations(expect: dict[str, Any], is_met: bool) -> None:
    shown = options(
        {"place": "905", "price_eur": 0, "modes": ["online"]},
        {"place": "743", "price_eur": 45, "modes": ["in_person"]},
    )
    replies = [reply("utter_understood", summary="Vaasa"), shown, reply("utter_ask_place")]
    trial = await trial_of(Bot(replies), say("Vaasassa", **expect))
    assert trial.is_success is is_met, trial.failures
