"""What the bot says: the same in every language, short, with easy versions, all of it used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidance import dialogue_choices, dialogue_intents
from guidance.dialogue_questions import QUESTIONS
from opastin.texts import LANGUAGES, SINGULAR, Texts, read_responses

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "bot" / "responses"
RESPONSES = read_responses(FOLDER)
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
EASY_OWED_OVER = 12
EASY_SENTENCE = 11
MAX_BUTTONS = 5
MAX_TITLE = 36
PLACEHOLDER = re.compile(r"\{(\w+)\}")
RESPONSE_NAME = re.compile(r"\"(utter_[a-z0-9_]+)\"")
# Written by what shows options, not by the dialogue.
NOT_OF_THE_DIALOGUE = (
    "utter_reason_",
    "utter_warning_",
    "utter_notice_",
    "utter_fallback_",
    "utter_label_",
    "utter_if_not_",
    "utter_option_actions",
    "utter_row_",
    "utter_saved_actions",
)
NAMES = sorted(RESPONSES["fi"])


def words(text: str) -> list[str]:
    return [word for word in text.split() if re.search(r"[\w{]", word)]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def base_name(name: str) -> str:
    """Return the name that the code gives: "utter_privacy" of "utter_privacy_one"."""
    plural = name.removesuffix(SINGULAR)
    return plural if plural in NAMES else name


def placeholders(response: dict[str, Any]) -> set[str]:
    return set(PLACEHOLDER.findall(response["text"]))


def payloads(response: dict[str, Any]) -> list[str]:
    return [button["payload"] for button in response.get("buttons", [])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_topics_and_responses(language: str) -> None:
    topics = {path.name for path in (FOLDER / language).glob("*.yml")}
    assert topics == {path.name for path in (FOLDER / "fi").glob("*.yml")}
    assert set(RESPONSES[language]) == set(NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_response_lies_in_the_same_topic_in_every_folder(language: str) -> None:
    for path in (FOLDER / "fi").glob("*.yml"):
        names = set(yaml.safe_load(path.read_text(encoding="utf-8"))["responses"])
        for folder in (language, f"{language}-easy"):
            other = FOLDER / folder / path.name
            if other.exists():
                assert set(yaml.safe_load(other.read_text(encoding="utf-8"))["responses"]) <= names


@pytest.mark.parametrize("folder", sorted(RESPONSES))
def test_no_response_is_written_twice(folder: str) -> None:
    names = [
        name
        for path in (FOLDER / folder).glob("*.yml")
        for name in yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("folder", sorted(RESPONSES))
def test_placeholders_and_payloads_are_those_of_finnish(folder: str) -> None:
    for name, response in RESPONSES[folder].items():
        if not name.startswith(NOT_OF_THE_DIALOGUE):
            assert placeholders(response) == placeholders(RESPONSES["fi"][name]), name
            assert payloads(response) == payloads(RESPONSES["fi"][name]), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_text_has_an_easy_version(language: str) -> None:
    long = {
        name
        for name, response in RESPONSES[language].items()
        if len(words(response["text"])) > EASY_OWED_OVER
    }
    assert long - set(RESPONSES[f"{language}-easy"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_easy_language_is_easy(language: str) -> None:
    for name, response in RESPONSES[f"{language}-easy"].items():
        text = response["text"]
        assert not re.search(r"[();]", text), name
        for sentence in sentences(text):
            assert len(words(sentence)) <= EASY_SENTENCE, (name, sentence)


@pytest.mark.parametrize("folder", sorted(RESPONSES))
def test_a_response_has_few_buttons_with_short_titles(folder: str) -> None:
    for name, response in RESPONSES[folder].items():
        titles = [button["title"] for button in response.get("buttons", [])]
        assert len(titles) <= MAX_BUTTONS, name
        if name.startswith(("utter_choice_", "utter_meaning_")):
            titles.append(response["text"])
        assert all(0 < len(title) <= MAX_TITLE for title in titles), name


@pytest.mark.parametrize("folder", sorted(RESPONSES))
def test_there_is_one_exclamation_mark_in_the_greeting_and_none_elsewhere(folder: str) -> None:
    for name, response in RESPONSES[folder].items():
        assert response["text"].count("!") == (name == "utter_greet"), name


def test_every_response_that_the_code_names_exists() -> None:
    named = set()
    for folder in ("guidance", "bot/actions"):
        for path in (ROOT / folder).glob("*.py"):
            named |= set(RESPONSE_NAME.findall(path.read_text(encoding="utf-8")))
    assert named
    assert named <= set(NAMES)


@pytest.mark.parametrize("slot", sorted(QUESTIONS))
def test_every_question_can_be_asked_again_resumed_and_explained(slot: str) -> None:
    wanted = {
        f"utter_ask_{slot}",
        f"utter_ask_{slot}_again",
        f"utter_resume_{slot}",
        f"utter_explain_{slot}",
    }
    assert wanted <= set(NAMES)
    assert len({RESPONSES["fi"][name]["text"] for name in wanted}) == len(wanted)


def test_every_choice_has_a_title_and_every_title_a_choice() -> None:
    titles = {name.removeprefix("utter_choice_") for name in NAMES if "utter_choice_" in name}
    assert titles == set(dialogue_choices._PAYLOADS)


def test_every_meaning_that_can_be_offered_has_words() -> None:
    offered = set(DOMAIN["intents"]) - dialogue_intents.NOT_OFFERED
    assert {f"utter_meaning_{intent}" for intent in offered} <= set(NAMES)


def test_every_button_sends_an_intent_and_entities_of_the_domain() -> None:
    entities = {name for entry in DOMAIN["entities"] for name in entry}
    sent = list(dialogue_choices._PAYLOADS.values())
    sent += [payload for name in NAMES for payload in payloads(RESPONSES["fi"][name])]
    for payload in sent:
        intent, _, values = payload.lstrip("/").partition("{")
        assert intent in DOMAIN["intents"]
        assert set(re.findall(r"\"(\w+)\": ?(?!,)", values)) <= entities


def test_every_response_of_the_dialogue_is_used() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("guidance", "bot/actions", "web")
        for path in (ROOT / folder).rglob("*.py")
    )
    built = (
        "utter_about_",
        "utter_ask_",
        "utter_career_exercise_",
        "utter_checklist_",
        "utter_choice_",
        "utter_evidence_",
        "utter_explain_",
        "utter_faq_",
        "utter_helper_",
        "utter_meaning_",
        "utter_plan_",
        "utter_refine_",
        "utter_resume_",
        "utter_rule_who_",
    )
    unused = [
        name
        for name in NAMES
        if f'"{base_name(name)}"' not in code
        and not name.startswith((*built, *NOT_OF_THE_DIALOGUE))
    ]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crisis_names_the_emergency_number_and_the_helplines(language: str) -> None:
    helpline = {"fi": "09 2525 0111", "sv": "09 2525 0112", "en": "09 2525 0113"}[language]
    for folder in (language, f"{language}-easy"):
        text = RESPONSES[folder]["utter_crisis"]["text"]
        assert all(number in text for number in ("112", helpline, "080 005 005"))


COUNTED = sorted(base_name(name) for name in NAMES if base_name(name) != name)
# What a number may stand before without a word of its own for one.
PLURALS = re.compile(
    r"\{\w+\} (?:credits|hours|months|days|options|kilometres|others"
    r"|timmar|månader|dagar|andra|tuntia|kuukautta|päivää|muuta)\b"
)
# These numbers are never one.
NEVER_ONE = {
    "utter_compare_shown",
    "utter_notice_blocked_by_too_long",
    "utter_options_all",
    "utter_options_some",
    "utter_options_times_some",
    "utter_warning_full_time_load",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_before_a_plural_has_a_wording_for_one(language: str) -> None:
    plural = {
        name
        for name, response in RESPONSES[language].items()
        if PLURALS.search(response["text"]) and not name.endswith(SINGULAR)
    }
    assert plural - NEVER_ONE <= set(COUNTED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COUNTED)
def test_a_wording_for_one_names_the_same_and_is_found(language: str, name: str) -> None:
    texts = Texts(RESPONSES)
    for folder in (language, f"{language}-easy"):
        assert (name in RESPONSES[folder]) == (name + SINGULAR in RESPONSES[folder])
    one = RESPONSES[language][name + SINGULAR]
    assert placeholders(one) <= placeholders(RESPONSES[language][name])
    values = dict.fromkeys(placeholders(RESPONSES[language][name]), 1)
    assert texts.form(name, language, values) == name + SINGULAR
    assert texts.form(name, language, dict.fromkeys(values, 2)) == name
