"""The shorter ways of training lead to the same as Rasa's own."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import YamlException
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.shortcuts import read_domain
from bot.training_shortcuts import (
    copy_message,
    fingerprint_message,
    take_training_shortcuts,
    tidy_examples,
    validate_examples,
    write_domain,
)
from opastin.settings import ROOT
from tests.bot.test_shortcuts import TEXTS

SPECIAL = "\x00\x07\x1b\x7f\x85\x9f\xa0\u2028\u2029\ufeff\ufffd\uffff"

# Rasa 3.6.21 and the libraries that it brings warn about themselves.
pytestmark = pytest.mark.filterwarnings("ignore")


def vector():
    return Features(np.ones((1, 3), np.float32), "sentence", "text", "SentenceVectors")


def messages():
    return [
        Message({"text": "hei ääkköset 👋", "intent": "greet"}),
        Message({"text": ' "lainaus" \\ ', "intent": "greet"}),
        Message({"intent": "faq", "intent_response_key": "faq/cost"}),
        Message({"action_name": "utter_greet"}),
        Message({}),
        Message({"text": "vaasa", "intent": None}),
        Message({"text": "vaasa", "entities": [{"entity": "place", "start": 0}], "number": 5}),
        Message({"text": "vaasa", "intent": "inform"}, features=[vector()]),
        Message({"text": "vaasa", "metadata": {"a": 1}}, features=[vector(), vector()]),
        Message({"text": "vaasa"}, output_properties={"place"}, time=3),
    ]


@pytest.mark.parametrize("message", messages())
def test_a_copy_is_equal_and_apart(message):
    message.fingerprint()
    copied, expected = copy_message(message, {}), copy.deepcopy(message)
    assert type(copied) is Message
    assert copied.__dict__.keys() == expected.__dict__.keys()
    assert copied == expected
    for name in ("time", "data", "output_properties", "_cached_fingerprint"):
        assert getattr(copied, name) == getattr(expected, name)
    assert [f.fingerprint() for f in copied.features] == [f.fingerprint() for f in message.features]
    copied.set("text", "toinen", add_to_output=True)
    copied.set("place", "905", add_to_output=True)
    copied.add_features(vector())
    assert message == expected
    assert message.output_properties == expected.output_properties


def test_lists_inside_a_copy_are_copied_too():
    message = Message({"entities": [{"entity": "place"}]})
    copy_message(message, {}).get("entities")[0]["entity"] = "field"
    assert message.get("entities") == [{"entity": "place"}]


@pytest.mark.parametrize("message", messages())
def test_a_fingerprint_is_the_one_that_rasa_calculates(message):
    expected = copy.deepcopy(message).fingerprint()
    assert fingerprint_message(message) == expected
    assert fingerprint_message(message) == expected


def test_examples_are_tidied_as_rasa_tidies_them():
    def given():
        return [
            Message({"text": "hei", "intent": " greet "}),
            Message({"text": "hei", "intent": "greet"}),
            Message({"text": "hei ", "intent": "greet"}),
            Message({"text": "hinta?", "intent": "faq", "response": "cost\n"}),
            Message({"text": "", "intent": ""}),
            Message({"action_name": "utter_greet"}),
        ]

    found, expected = tidy_examples(given()), TrainingData.sanitize_examples(given())
    assert [message.data for message in found] == [message.data for message in expected]
    assert len(found) == 5


@pytest.mark.parametrize("path", sorted((ROOT / "bot" / "data" / "nlu").glob("*/[a-f]*.yml")))
def test_rasa_finds_nothing_wrong_with_files_that_are_not_held_to_its_schema(path):
    reader = RasaYAMLReader()
    text = path.read_text(encoding="utf-8")
    validate_examples(reader, text)
    reader.validate(text)


@pytest.mark.parametrize(
    "text",
    [
        'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hei\n',
        'version: "3.1"\nnlu:\n- intent: greet\n  examples:\n  - text: hei\n',
        'version: "3.1"\nnlu:\n- synonym: vaasa\n  examples: |\n    - vasa\n',
        'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hei\n  metadata: {a: 1}\n',
        'version: "3.1"\nnlu:\n- intent: greet\n  examples: 5\n',
        'version: "3.1"\nnlu:\n- intent: greet\n  exampels: |\n    - hei\n',
        'version: "3.1"\nnlu:\n- intent: greet\n  intent: stop\n  examples: |\n    - hei\n',
        'version: "3.1"\nnlu: greet\n',
        'version: "3.1"\nnlu: []\nnonsense: []\n',
        "nlu:\n- intent: greet\n  examples: |\n    - hei\n",
        "nlu: [",
        "- a",
        "",
    ],
)
def test_other_files_are_judged_as_rasa_judges_them(text):
    try:
        RasaYAMLReader().validate(text)
    except YamlException as expected:
        with pytest.raises(type(expected)):
            validate_examples(RasaYAMLReader(), text)
    else:
        validate_examples(RasaYAMLReader(), text)


@pytest.mark.parametrize(
    "content",
    [
        [
            *TEXTS,
            *"\x00\x07\x1b\x7f\x85\x9f\xa0\u2028\u2029\ufeff\ufffd\uffff",
            "a\u2028b",
            "\\u0041",
        ],
        [None, True, False, 0, -5, 17, 0.5, -1.25, 1e-7, 1e22],
        [{}, [], {"a": [1, {"b": None}]}, {"": ""}, {"yes": "no", "a b: c": "#"}],
    ],
)
def test_a_domain_comes_back_as_it_was(tmp_path, content):
    responses = {
        f"utter_{n}": [{"text": str(v) or "x", "custom": {"value": v}}]
        for n, v in enumerate(content)
    }
    domain = Domain.from_dict({"responses": responses, "intents": ["greet"]})
    write_domain(domain, tmp_path / "domain.yml")
    assert read_domain(tmp_path).as_dict() == {"version": "3.1", **domain.as_dict()}


def test_a_domain_reads_as_the_one_that_rasa_writes(tiny_project, tmp_path):
    domain = Domain.from_path(tiny_project / "domain.yml")
    domain.persist(tmp_path / "slow.yml")
    write_domain(domain, tmp_path / "quick.yml")
    slow, quick = (Domain.from_path(tmp_path / f"{name}.yml") for name in ("slow", "quick"))
    assert quick.as_dict() == slow.as_dict()
    assert list(quick.as_dict()) == list(slow.as_dict())
    assert quick.fingerprint() == slow.fingerprint()
    assert read_domain(tmp_path / "quick.yml").fingerprint() == slow.fingerprint()


def test_rasa_takes_them(monkeypatch):
    for owner, name in (
        (Message, "fingerprint"),
        (TrainingData, "sanitize_examples"),
        (RasaYAMLReader, "validate"),
        (Domain, "persist"),
    ):
        # What was there is put back after the test.
        monkeypatch.setattr(owner, name, owner.__dict__[name])
    monkeypatch.setattr(Message, "__deepcopy__", None, raising=False)
    take_training_shortcuts()
    assert Message.__deepcopy__ is copy_message
    assert Message.fingerprint is fingerprint_message
    assert TrainingData.sanitize_examples is tidy_examples
    assert RasaYAMLReader.validate is validate_examples
    assert Domain.persist is write_domain
    merged = TrainingData(messages()).merge(TrainingData(messages()))
    assert len(merged.training_examples) == len(messages())
