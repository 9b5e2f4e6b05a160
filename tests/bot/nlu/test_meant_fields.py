"""What meanings add to the facts of a message, and when they are asked for at all."""

from __future__ import annotations

from bot.nlu.field_examples import NOTHING
from bot.nlu.meaning_model import Meaning
from bot.nlu.meant_fields import add_meant_fields, phrases_to_read

WISH = {"entity": "interest", "value": "koodihommia", "start": 0, "end": 11}
SKILL = {
    "entity": "competence",
    "value": {"words": "sorvailua", "kind": "skill", "field": None, "code": None},
}


def test_only_wishes_and_skills_without_a_field_are_read():
    assert phrases_to_read([("interest", "koodihommia")]) == ["koodihommia"]
    assert phrases_to_read([("interest", "koodihommia"), ("field", "061")]) == []
    assert phrases_to_read([("competence", SKILL["value"])]) == ["sorvailua"]
    assert phrases_to_read([("competence", {**SKILL["value"], "field": "0715"})]) == []
    assert phrases_to_read([("place", "905")]) == []


def test_a_wish_gets_its_field():
    added = add_meant_fields([WISH], {"koodihommia": Meaning("061", 0.9)}, None)
    assert [(one["entity"], one["value"]) for one in added] == [
        ("field", "061"),
        ("interest", "koodihommia"),
    ]
    assert (added[0]["start"], added[0]["end"]) == (0, 11)


def test_a_skill_gets_its_field():
    added = add_meant_fields([SKILL], {"sorvailua": Meaning("071", 0.8)}, None)
    assert added[0]["value"]["field"] == "071"


def test_an_uncertain_wish_stays_without_a_field():
    assert add_meant_fields([WISH], {"koodihommia": Meaning(None, 0.3)}, None) == [WISH]


def test_a_wish_for_nothing_is_kept_only_as_an_answer():
    nothing = {"koodihommia": Meaning(NOTHING, 0.9)}
    assert add_meant_fields([WISH], nothing, None) == []
    assert add_meant_fields([WISH], nothing, "interest") == [WISH]


def test_a_level_of_schooling_means_no_field():
    assert phrases_to_read([("interest", "ylemmän amk:n")]) == []
    assert phrases_to_read([("interest", "a master's degree")]) == []
    assert phrases_to_read([("interest", "amk eläimistä")]) == ["amk eläimistä"]
