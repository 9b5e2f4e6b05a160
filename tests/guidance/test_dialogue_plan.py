"""Asking for a plan at any time, and for recognition of what one can already."""

from __future__ import annotations

from typing import Any

import pytest

from guidance.dialogue_memory import Memory, Shown
from guidance.dialogue_moves import ShowPlan, ShowRecognition
from guidance.dialogue_plan import plan_options, tell_plan
from guidance.profile import Profile
from tests.guidance.conversation import NURSE, Conversation

PLAN, REQUEST = repr(ShowPlan()), repr(ShowRecognition())


def custom(count: int = 1) -> dict[str, Any]:
    options = [{"title": f"Kurssi {number}"} for number in range(count)]
    return {"options": options, "steps": [{"text": "Ilmoittaudu."}]}


def test_a_plan_is_made_as_soon_as_the_subject_is_known() -> None:
    assert Conversation(field="0923").hear("make_plan") == [PLAN]
    assert Conversation().hear("make_plan", field="0923") == ["utter_understood", PLAN]


def test_with_nothing_known_the_bot_says_so_and_asks() -> None:
    talk = Conversation()
    needs, question = talk.hear("make_plan")
    assert needs == "utter_plan_needs"
    assert question.startswith("utter_ask_")


def test_a_plan_wished_for_too_early_comes_with_the_first_options() -> None:
    talk = Conversation()
    talk.hear("make_plan", text="tee mulle suunnitelma")
    talk.memory = Memory.from_dict(talk.memory.to_dict())
    said = talk.hear("show_options", field="0923", place="743")
    assert said == ["utter_understood", "options", PLAN]
    assert PLAN not in talk.hear("show_more")


def test_a_plan_made_meanwhile_does_not_come_again() -> None:
    talk = Conversation()
    talk.hear("make_plan")
    assert talk.hear("make_plan", field="0923")[-1] == PLAN
    assert PLAN not in talk.hear("show_options")


def test_options_that_were_shown_are_enough_for_a_plan() -> None:
    talk = Conversation()
    talk.memory = Memory(searched=True, shown=(Shown("option-1", "Kurssi 1"),))
    assert talk.hear("make_plan") == [PLAN]


def test_who_wants_nothing_asked_gets_a_plan_all_the_same() -> None:
    talk = Conversation()
    settled = ("goal", "interest", "field", "place", "schedule", "competence")
    talk.memory = Memory(settled=settled)
    assert talk.hear("make_plan") == [PLAN]


def test_a_plan_can_be_made_in_the_middle_of_an_activity() -> None:
    talk = Conversation(field="0923")
    talk.hear("map_competence")
    assert talk.hear("make_plan", text="tee suunnitelma") == [PLAN]


def test_an_open_question_stays_open() -> None:
    talk = Conversation(field="0923")
    talk.hear("start_guidance")
    pending = talk.memory.pending
    talk.hear("make_plan")
    assert pending is not None
    assert talk.memory.pending == pending


def test_a_request_is_drafted_for_one_who_has_told_what_they_can() -> None:
    talk = Conversation(competence=[NURSE])
    assert talk.hear("make_plan", choice="recognition") == [REQUEST]


def test_what_was_mapped_counts_as_told() -> None:
    talk = Conversation()
    own = [{"words": "hoidin äitiä", "area": "home"}]
    talk.memory = Memory(progress={"mapping": {"own": own}})
    assert talk.hear("make_plan", choice="recognition") == [REQUEST]


def test_a_request_needs_something_to_be_recognised() -> None:
    talk = Conversation()
    assert talk.hear("make_plan", choice="recognition") == ["utter_recognition_needs"]
    assert talk.payloads == ["/map_competence"]


SAVED = tuple(Shown(f"saved-{number}", "") for number in range(5))
SHOWN = (Shown("first", ""), Shown("second", ""))


@pytest.mark.parametrize(
    ("memory", "how", "options"),
    [
        (Memory(saved=SAVED, shown=SHOWN), "saved", ("saved-2", "saved-3", "saved-4")),
        (Memory(shown=SHOWN), "shown", ("first",)),
        (Memory(looked_at=SHOWN[1], shown=SHOWN), "meant", ("second",)),
        (Memory(looked_at=SHOWN[1], saved=SAVED[:1]), "saved", ("saved-0",)),
        (Memory(), "suggested", ()),
    ],
)
def test_saved_options_come_before_shown_ones(
    memory: Memory, how: str, options: tuple[str, ...]
) -> None:
    assert plan_options(memory, 3) == (how, options)


def test_a_plan_can_be_asked_for_of_what_one_points_at() -> None:
    talk = Conversation(field="0923")
    talk.hear("show_options")
    made = talk.hear("make_plan", ordinals=(2,))
    assert made == [repr(ShowPlan(("option-2",)))]
    assert plan_options(Memory(saved=SAVED), 3, ("option-2",)) == ("meant", ("option-2",))


@pytest.mark.parametrize(
    ("how", "count", "name"),
    [
        ("meant", 1, "utter_plan_of_meant"),
        ("saved", 2, "utter_plan_of_saved"),
        ("shown", 1, "utter_plan_of_shown"),
        ("suggested", 1, "utter_plan_of_suggested"),
        ("suggested", 0, "utter_plan_without_options"),
    ],
)
def test_it_is_said_how_the_options_were_chosen(how: str, count: int, name: str) -> None:
    say = tell_plan(custom(count), how, Profile(), Memory())
    assert say.name == name
    assert say.values["step"] == "Ilmoittaudu."


def test_after_a_plan_one_can_ask_a_coach_for_recognition_and_for_other_options() -> None:
    nurse = Profile().with_facts({"competence": [NURSE]})
    say = tell_plan(custom(), "saved", nurse, Memory(saved=SAVED))
    assert [choice.payload for choice in say.choices] == [
        "/request_callback",
        '/make_plan{"choice": "recognition"}',
        '/save_option{"choice": "show"}',
        '/map_competence{"choice": "career"}',
    ]
    plain = tell_plan(custom(), "shown", Profile(), Memory(shown=SHOWN))
    assert [choice.payload for choice in plain.choices][:2] == [
        "/request_callback",
        "/show_options",
    ]
