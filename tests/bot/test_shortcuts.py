"""The shorter ways lead to the same as Rasa's own."""

from __future__ import annotations

import warnings

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses
from rasa_sdk.events import SlotSet

from bot.shortcuts import check_action_result, event_class, read_domain, take_shortcuts

TEXTS = [
    *("yes", "no", "on", "off", "Y", "n", "true", "False", "null", "~", "", " "),
    *("0913", "12:30", "1:30:00", "1_000", "0x1F", "0o17", "010", "1e3", "1.5", ".5", "+1", ".inf"),
    *("2027-01-15", "2027-01-15T10:00:00Z", "=", "<<", "- a", "a: b", "#x", "@a", "%a", "`a"),
    *("Hei!\n\nMitä etsit?", "rivi\n", '/inform{"place":"905"}', "ääkkösiä 👋", "a" * 300, "\ttab"),
]


def load_both(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read_domain(path), Domain.from_path(path)


@pytest.mark.parametrize("content", [TEXTS, [None, True, False, 0, -5, 17, 0.5, -1.25, 1e-7, 1e22]])
def test_values_are_those_that_rasa_reads(tmp_path, content):
    responses = {
        f"utter_{n}": [{"text": "x", "custom": {"value": v}}] for n, v in enumerate(content)
    }
    domain = Domain.from_dict({"responses": responses, "intents": ["greet"]})
    domain.persist(tmp_path / "domain.yml")
    quick, slow = load_both(tmp_path)
    assert quick.as_dict() == slow.as_dict()
    assert quick.responses["utter_0"][0]["custom"]["value"] == content[0]


def test_a_whole_domain_is_the_same(tiny_project):
    quick, slow = load_both(tiny_project / "domain.yml")
    assert quick.fingerprint() == slow.fingerprint()


@pytest.mark.parametrize("name", [kind.type_name for kind in all_subclasses(Event)])
def test_an_events_class_is_the_one_that_rasa_finds(name):
    assert event_class(name) is Event.resolve_by_type(name)


def test_an_unknown_event_is_an_error():
    with pytest.raises(ValueError, match="Unknown event"):
        event_class("nonsense")


@pytest.mark.parametrize(
    "result",
    [
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "a", "value": {"b": [1]}}], "responses": [{}]},
        {},
        {"events": [SlotSet("a", 1)], "responses": []},
        {"events": [SlotSet("a", 1), SlotSet(2, 1)], "responses": []},
        {"events": [SlotSet("a", 1) | {"timestamp": "now"}], "responses": []},
        {"events": [SlotSet("a", 1), {"event": "nonsense"}], "responses": []},
        {"events": [SlotSet("a", 1)], "responses": ["x"]},
        {"events": [{"event": "slot"}]},
        {"events": [{"event": "nonsense"}]},
        {"events": {}},
        {"responses": ["x"]},
        [],
        None,
    ],
)
def test_an_actions_answer_is_judged_as_rasa_judges_it(result):
    action = RemoteAction("action_guide", None)
    try:
        expected = action._validate_action_result(result)
    except ValidationError:
        with pytest.raises(ValidationError):
            check_action_result(result)
    else:
        assert check_action_result(result) is expected is True


def test_rasa_takes_them(monkeypatch):
    for owner, name in (
        (Domain, "from_path"),
        (Event, "resolve_by_type"),
        (RemoteAction, "_validate_action_result"),
    ):
        # What was there is put back after the test.
        monkeypatch.setattr(owner, name, owner.__dict__[name])
    take_shortcuts()
    assert Domain.from_path is read_domain
    assert Event.resolve_by_type is event_class
    assert RemoteAction("a", None)._validate_action_result({}) is True
