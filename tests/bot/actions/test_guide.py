"""The deciding action: what it utters and which slots it sets."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions import options
from bot.actions.guide import ActionGuide
from guidance.suggestions import Suggestion, Suggestions
from opastin.settings import Settings
from tests.guidance.conftest import make_candidate

TODAY = date(2026, 11, 2)
SETTINGS = Settings(home=Path("home"), catalog_url="", conversations_url="", fixed_today=TODAY)


class Turns:
    """Runs the action turn by turn, keeping the slots as Rasa would."""

    def __init__(self, **slots: Any) -> None:
        self.slots: dict[str, Any] = {"language": "fi", "plain_language": False, **slots}
        self._action = ActionGuide(sessions=lambda: nullcontext(None), settings=lambda: SETTINGS)

    def hear(self, intent: str, **entities: Any) -> list[dict[str, Any]]:
        message = {
            "intent": {"name": intent},
            "entities": [{"entity": name, "value": value} for name, value in entities.items()],
        }
        tracker = Tracker("learner", self.slots, message, [], False, None, {}, None)
        dispatcher = CollectingDispatcher()
        for event in self._action.run(dispatcher, tracker, {}):
            self.slots[event["name"]] = event["value"]
        return dispatcher.messages


def suggestion(identity: str) -> Suggestion:
    return Suggestion(make_candidate(id=identity), distance_km=24, reasons=(), warnings=())


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A catalogue of seven options, paged by the real shapes."""
    ids = [f"option-{number}" for number in range(1, 8)]

    def suggest(session: object, profile: object, **page: Any) -> Suggestions:
        assert page["today"] == TODAY
        chosen = ids[page["offset"] : page["offset"] + page["limit"]]
        return Suggestions(tuple(map(suggestion, chosen)), len(ids), None, ())

    def describe(session: object, profile: object, option: str, **_: Any) -> Suggestion | None:
        return suggestion(option) if option in ids else None

    monkeypatch.setattr(options, "suggest", suggest)
    monkeypatch.setattr(options, "describe", describe)
    return ids


def test_what_was_understood_is_named_and_the_next_question_says_what_it_asks() -> None:
    turns = Turns()
    understood, question = turns.hear("inform", field="0923", place="743")
    assert understood["response"] == "utter_understood"
    assert understood["summary"] == "Seinäjoki, sosiaaliala"
    assert question["response"] == "utter_ask_schedule"
    assert question["asked"] == "schedule"
    assert question["buttons"][1] == {
        "title": "Iltaisin",
        "payload": '/inform{"schedule": "evening"}',
    }
    assert turns.slots["field"] == "0923"


def test_options_are_one_message_with_text_buttons_and_cards(catalogue: list[str]) -> None:
    (message,) = Turns(field="0923").hear("show_options")
    assert message["response"] == "utter_options_some"
    assert (message["count"], message["total"]) == (5, 7)
    assert message["custom"]["kind"] == "options"
    assert [option["id"] for option in message["custom"]["options"]] == catalogue[:5]
    assert message["buttons"][0] == {"title": "Näytä lisää", "payload": "/show_more"}


def test_the_memory_survives_the_slots_for_more_and_for_positions(catalogue: list[str]) -> None:
    turns = Turns(field="0923")
    turns.hear("show_options")
    (more,) = turns.hear("show_more")
    assert [option["id"] for option in more["custom"]["options"]] == catalogue[5:]
    (details,) = turns.hear("ask_details", ordinal=2)
    assert details["response"] == "utter_details_shown"
    assert details["custom"]["options"][0]["id"] == "option-7"


def test_what_it_costs_is_about_the_option_looked_at_until_a_page_is_shown(
    catalogue: list[str],
) -> None:
    turns = Turns(field="0923", place="743")
    turns.hear("show_options")
    turns.hear("ask_details", ordinal=2)
    title = turns.slots["memory"]["looked_at"]["title"]
    assert title in turns.hear("faq_cost")[0]["closing"]
    turns.hear("show_options")
    assert title not in turns.hear("faq_cost")[0]["closing"]


def test_an_option_that_is_gone_is_said_to_be(catalogue: list[str]) -> None:
    (message,) = Turns().hear("ask_details", option="closed")
    assert message["response"] == "utter_details_gone"


def test_a_slot_that_became_untrue_is_emptied(catalogue: list[str]) -> None:
    turns = Turns(field="0923", place="743", places=["743", "905"])
    turns.hear("correct", place="091")
    assert turns.slots["place"] == "091"
    assert turns.slots["places"] is None


def test_buttons_speak_the_language_of_the_conversation(catalogue: list[str]) -> None:
    (message,) = Turns(language="sv", field="0923").hear("show_options")
    assert message["buttons"][0]["title"] == "Visa fler"


def test_how_long_data_is_kept_comes_from_the_settings() -> None:
    privacy = Turns().hear("ask_privacy")[0]
    assert (privacy["response"], privacy["days"]) == ("utter_privacy", 90)


def test_a_number_gets_the_wording_that_fits_it() -> None:
    for days, response in ((1, "utter_privacy_one"), (90, "utter_privacy")):
        turns = Turns()
        turns._action = ActionGuide(
            sessions=lambda: nullcontext(None),
            settings=lambda days=days: replace(SETTINGS, retention_days=days),
        )
        assert turns.hear("ask_privacy")[0]["response"] == response
