"""What domain, rules, actions and the pure core must agree on."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from guidance.dialogue import _HANDLERS
from guidance.profile import Profile
from guidance.rules import load_rules

ROOT = Path(__file__).parents[2]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
INTENTS = set(DOMAIN["intents"])
ENTITIES = {name for entry in DOMAIN["entities"] for name in entry}
ACTION_MODULES = sorted((ROOT / "bot" / "actions").rglob("*.py"))
RULES = [
    rule
    for path in sorted((ROOT / "bot" / "data" / "rules").glob("*.yml"))
    for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]
]
# The contract's names, with `faq/` written `faq_`: these are promised to everyone outside.
CONTRACT = {
    "greet",
    "goodbye",
    "thank",
    "affirm",
    "deny",
    "start_guidance",
    "inform",
    "unsure",
    "correct",
    "go_back",
    "start_over",
    "stop",
    "show_options",
    "show_more",
    "refine_options",
    "ask_details",
    "compare_options",
    "explain_choice",
    "save_option",
    "make_plan",
    "take_home",
    "map_competence",
    "ask_human",
    "request_callback",
    "change_language",
    "use_plain_language",
    "delete_my_data",
    "ask_privacy",
    "bot_challenge",
    "ask_help",
    "repeat",
    "complain",
    "abuse",
    "crisis",
    "chitchat",
    "out_of_scope",
    "faq_open_university_path",
    "faq_path_studies",
    "faq_micro_credential",
    "faq_study_package",
    "faq_skill_badge",
    "faq_credits",
    "faq_cost",
    "faq_study_grant",
    "faq_unemployment_benefit",
    "faq_adult_education_allowance",
    "faq_jotpa",
    "faq_eligibility",
    "faq_recognition_of_prior_learning",
    "faq_foreign_qualification",
    "faq_how_to_apply",
    "faq_application_period",
    "faq_entrance_exam",
    "faq_workload",
    "faq_online_study",
    "faq_digital_help",
    "faq_language_requirement",
    "faq_certificate",
    "faq_guidance_services",
    "faq_study_support",
    "faq_employment_effect",
}


def rule_steps() -> Iterator[tuple[set[str], list[str]]]:
    """Yield the intents that each rule begins with, and its actions."""
    for rule in RULES:
        first, *rest = rule["steps"]
        steps: list[dict[str, Any]] = first.get("or", [first])
        yield {step["intent"] for step in steps}, [step["action"] for step in rest]


def calls(name: str) -> Iterator[ast.Call]:
    """Yield every call of `name` in the actions."""
    for path in ACTION_MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", None))
                if called == name:
                    yield node


def test_the_domain_holds_the_intents_of_the_contract_and_the_fallback() -> None:
    assert CONTRACT | {"nlu_fallback"} == INTENTS


def test_every_intent_has_exactly_one_rule() -> None:
    covered = [intent for intents, _ in rule_steps() for intent in intents]
    assert sorted(covered) == sorted(INTENTS)


def test_the_deciding_action_does_all_that_is_done() -> None:
    assert [actions for _, actions in rule_steps()] == [["action_guide"]] * len(RULES)


def test_every_question_has_a_rule_to_answer_it() -> None:
    asked = {intent.removeprefix("faq_") for intent in INTENTS if intent.startswith("faq_")}
    assert asked <= {rule.topic for rule in load_rules()}


def test_the_core_handles_every_intent_that_is_no_question() -> None:
    assert set(_HANDLERS) == {name for name in INTENTS if not name.startswith(("faq_", "nlu_"))}


def test_the_domain_holds_no_wording() -> None:
    assert "responses" not in DOMAIN


def test_every_slot_of_the_profile_is_in_the_domain() -> None:
    assert set(DOMAIN["slots"]) == {item.name for item in fields(Profile)} | {"memory"}


@pytest.mark.parametrize("name", sorted(DOMAIN["slots"]))
def test_slots_leave_the_policies_alone(name: str) -> None:
    assert DOMAIN["slots"][name]["influence_conversation"] is False


def test_how_the_bot_speaks_is_never_unknown() -> None:
    # A response has one variation for each value of these, and none for "unknown".
    assert DOMAIN["slots"]["language"]["initial_value"] == "fi"
    assert DOMAIN["slots"]["plain_language"]["initial_value"] is False


def test_every_slot_can_come_from_an_entity() -> None:
    assert set(DOMAIN["slots"]) - {"memory"} <= ENTITIES


def test_a_session_never_expires() -> None:
    assert DOMAIN["session_config"]["session_expiration_time"] == 0


def test_actions_in_the_domain_exist() -> None:
    from bot.actions import guide

    names = {
        item().name()
        for item in vars(guide).values()
        if isinstance(item, type) and item.__module__ == guide.__name__ and hasattr(item, "run")
    }
    assert names == set(DOMAIN["actions"])


@pytest.mark.parametrize("function", ["get_slot", "SlotSet"])
def test_slots_in_actions_are_in_the_domain(function: str) -> None:
    used = {
        call.args[0].value for call in calls(function) if isinstance(call.args[0], ast.Constant)
    }
    assert used
    assert used <= set(DOMAIN["slots"])


def test_actions_hold_no_wording() -> None:
    for call in calls("utter_message"):
        assert {keyword.arg for keyword in call.keywords} & {"text", "template"} == set()
        assert not call.args


def test_actions_import_rasa_sdk_and_never_rasa() -> None:
    for path in ACTION_MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert "rasa" not in {str(name).split(".")[0] for name in names}
