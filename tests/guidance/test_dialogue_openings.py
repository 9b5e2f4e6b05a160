"""Every turn ends with a question or buttons, and what helps the most comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidance.career_skills import NAME as CAREER
from guidance.dialogue import decide
from guidance.dialogue_memory import Memory, Shown
from guidance.dialogue_moves import Move, Say, TellRule, Turn
from guidance.dialogue_openings import openings
from guidance.dialogue_people import CALLBACK_OFFER, CONFIRM_ERASE, CONFIRM_START_OVER, CONTACT
from guidance.dialogue_questions import QUESTIONS
from guidance.mapping_state import NAME as MAPPING
from guidance.profile import Profile

from .conversation import TODAY, Conversation

DOMAIN = yaml.safe_load((Path(__file__).parents[2] / "domain.yml").read_text(encoding="utf-8"))
INTENTS = [name for entry in DOMAIN["intents"] for name in ([entry] if entry else [])]
KNOWN = Profile(language="fi").with_facts({"field": "0923", "place": "743"})
SHOWN = (
    Shown("a", "A", price_eur=90, distance_km=10, starts="2027-01-01", months=6),
    Shown("b", "B"),
)
LISTED = Memory(searched=True, shown=SHOWN, total=2)
STATES: dict[str, tuple[Profile, Memory]] = {
    "nothing": (Profile(language="fi"), Memory()),
    "known": (KNOWN, Memory()),
    "listed": (KNOWN, LISTED),
    "listed, wish unknown": (Profile(language="fi"), LISTED),
    "looked at": (KNOWN, replace(LISTED, looked_at=SHOWN[0])),
    "saved": (KNOWN, replace(LISTED, saved=SHOWN)),
    "found nothing": (KNOWN, Memory(searched=True)),
    "in a crisis": (KNOWN, replace(LISTED, hushed=True)),
    "in a crisis, call offered": (KNOWN, Memory(hushed=True, expecting=CALLBACK_OFFER)),
    "age left open": (KNOWN, replace(LISTED, rule="study_grant", pending="age_group")),
    "not understood before": (KNOWN, replace(LISTED, failures=1)),
    "all asked": (
        Profile(language="fi"),
        Memory(settled=tuple(QUESTIONS), asked=tuple(QUESTIONS), unsure=3),
    ),
    **{
        f"asked {slot}": (Profile(language="fi"), Memory(pending=slot, asked=(slot,)))
        for slot in sorted(QUESTIONS)
    },
    **{
        f"asked {slot} over and over": (
            Profile(language="fi"),
            Memory(
                pending=slot,
                asked=(slot,),
                said=(f"utter_ask_{slot}", f"utter_ask_{slot}_again", f"utter_resume_{slot}"),
            ),
        )
        for slot in sorted(QUESTIONS)
    },
    **{
        f"expecting {expected}": (KNOWN, replace(LISTED, expecting=expected, contact_asked=1))
        for expected in (CALLBACK_OFFER, CONFIRM_ERASE, CONFIRM_START_OVER, CONTACT)
    },
    "expecting a contact for long": (KNOWN, Memory(expecting=CONTACT, contact_asked=2)),
    MAPPING: (KNOWN, Memory(activity=MAPPING)),
    CAREER: (KNOWN, Memory(activity=CAREER)),
}
TURNS: tuple[dict[str, Any], ...] = (
    {},
    {"text": "jotain ihan muuta"},
    {"text": "no en", "confidence": 0.3, "meanings": ("faq_cost", "show_more")},
    {"no_preference": "asked", "text": "ihan sama"},
    {"has_contact": True, "text": "[phone]"},
    {"ordinals": (2,), "text": "toka"},
    {"ordinals": (9,), "text": "ysi"},
    {"refine": "sooner", "text": "aiemmin"},
    {"refine": "shorter"},
    {"facts": {"age_group": "30_plus"}},
    {"facts": {"schedule": ["evening"]}, "text": "iltaisin"},
    {"choice": "leave"},
    {"choice": "remove", "option": "a"},
    {"choice": "two_people", "text": "meitä on kaksi"},
    {"choice": "recognition"},
)


# These come with every intent, the others with those that do something with what they hold.
PLAIN_TURNS = 2
MANY_SIDED = (
    "affirm",
    "compare_options",
    "correct",
    "deny",
    "explain_choice",
    "faq_study_grant",
    "inform",
    "make_plan",
    "nlu_fallback",
    "out_of_scope",
    "refine_options",
    "request_callback",
    "save_option",
    "stop",
    "unsure",
)


def has_way_on(moves: tuple[Move, ...]) -> bool:
    last = moves[-1]
    if isinstance(last, Say):
        is_over = last.custom is not None and last.custom["kind"] == "erased"
        is_step = last.asked in (MAPPING, CAREER)
        return bool(last.choices) or is_step or is_over
    if isinstance(last, TellRule):
        return bool(last.choices)
    # What shows something is told with buttons of its own; tests of those say so.
    return True


def dead_ends(profile: Profile, memory: Memory) -> Iterator[tuple[str, dict[str, Any]]]:
    pairs = (*product(INTENTS, TURNS[:PLAIN_TURNS]), *product(MANY_SIDED, TURNS[PLAIN_TURNS:]))
    for intent, turn in pairs:
        decision = decide(profile, memory, Turn(intent, today=TODAY, **turn))
        if not decision.moves or not has_way_on(decision.moves):
            yield intent, turn


@pytest.mark.parametrize("state", STATES)
def test_every_turn_ends_with_a_question_or_buttons(state: str) -> None:
    assert list(dead_ends(*STATES[state])) == []


@pytest.mark.parametrize(
    ("intent", "turn"),
    [
        ("thank", {}),
        ("goodbye", {}),
        ("faq_cost", {}),
        ("chitchat", {}),
        ("correct", {}),
        ("deny", {"expecting": CALLBACK_OFFER}),
        ("deny", {"expecting": CONTACT}),
    ],
)
def test_after_a_list_there_are_buttons_for_it_whatever_was_said(
    intent: str, turn: dict[str, Any]
) -> None:
    talk = Conversation(field="0923", place="743", schedule=["evening"])
    talk.hear("show_options")
    talk.memory = replace(talk.memory, **turn)
    talk.hear(intent)
    last = talk.moves[-1]
    assert isinstance(last, (Say, TellRule))
    assert "/show_options" in [choice.payload for choice in last.choices]


def test_after_everything_is_erased_nothing_is_offered() -> None:
    talk = Conversation(field="0923")
    talk.hear("delete_my_data")
    talk.hear("affirm")
    assert talk.payloads == []


def notices(*codes: str) -> list[dict[str, str]]:
    return [{"code": f"blocked_by_{code}", "text": "x"} for code in codes]


def opened(told: list[dict[str, str]], **facts: Any) -> list[str | None]:
    return [choice.text for choice in openings(Profile().with_facts(facts), told)]


LIMITS: dict[str, Any] = {
    "budget_eur": 0,
    "max_distance_km": 20,
    "place": "743",
    "teaching_languages": ["en"],
    "max_months": 3,
}


def test_what_opens_the_most_is_among_the_buttons_and_first() -> None:
    texts = opened(notices("nothing", "other_language", "too_long"), **LIMITS)
    assert texts == [
        "utter_choice_open_language",
        "utter_choice_open_length",
        "utter_choice_open_price",
        "utter_choice_refine_other_field",
        "utter_choice_ask_human",
    ]


def test_a_limit_that_nobody_has_set_is_not_lifted() -> None:
    assert "utter_choice_open_price" not in opened(notices("over_budget"), place="743")


def test_studies_online_are_opened_for_one_who_said_no_to_them() -> None:
    texts = opened(notices("only_online"), online_ok=False, budget_eur=0, max_distance_km=1)
    assert texts[0] == "utter_choice_also_online"
    assert texts.count("utter_choice_also_online") == 1
