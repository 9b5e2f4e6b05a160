"""A tiny Rasa project, trained once for all tests that need a model but not the real one."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

CONFIG = """
recipe: default.v1
assistant_id: tiny
language: fi
importers:
- name: bot.importer.ResponsesByLanguage
  responses: {responses}
pipeline:
- name: KeywordIntentClassifier
policies:
- name: RulePolicy
"""
DOMAIN = """
version: "3.1"
intents: [greet, inform, stop, crash, silent]
entities: [language, plain_language, place]
slots:
  language:
    type: text
    initial_value: fi
    influence_conversation: false
    mappings: [{type: from_entity, entity: language}]
  plain_language:
    type: bool
    initial_value: false
    influence_conversation: false
    mappings: [{type: from_entity, entity: plain_language}]
  place:
    type: text
    influence_conversation: false
    mappings: [{type: from_entity, entity: place}]
  topic:
    type: categorical
    values: [study, work]
    influence_conversation: true
    mappings: [{type: custom}]
actions: [action_fails]
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: true}
"""
NLU = """
version: "3.1"
nlu:
- intent: greet
  examples: |
    - hei
    - restart
- intent: inform
  examples: |
    - vaasa
    - inform{}
- intent: stop
  examples: |
    - lopeta
- intent: crash
  examples: |
    - kaadu
- intent: silent
  examples: |
    - hiljaa
"""
RULES = """
version: "3.1"
rules:
- rule: Greet
  steps:
  - intent: greet
  - action: utter_greet
- rule: Thank for a place
  steps:
  - intent: inform
  - action: utter_place
  - action: utter_ask_more
- rule: Talk about work once work is the topic
  condition:
  - slot_was_set:
    - topic: work
  steps:
  - intent: stop
  - action: utter_work
- rule: Say goodbye
  condition:
  - slot_was_set:
    - topic: study
  steps:
  - intent: stop
  - action: utter_bye
- rule: Fail
  steps:
  - intent: crash
  - action: action_fails
- rule: Say nothing
  steps:
  - intent: silent
  - action: action_listen
"""
RESPONSES = {
    "fi": """
responses:
  utter_greet:
  - text: |-
      Hei!

      Mitä etsit?
    buttons:
    - title: Vaasa
      payload: '/inform{"place":"905"}'
  utter_place:
  - text: Paikka on {place}.
  utter_ask_more:
  - text: Mitä muuta?
  utter_work:
  - text: Työstä puheen ollen.
  utter_bye:
  - text: Hei hei!
""",
    "fi-easy": """
responses:
  utter_greet:
  - text: Hei, helposti!
""",
    "sv": """
responses:
  utter_greet:
  - text: Hej!
  utter_place:
  - text: Orten är {place}.
  utter_ask_more:
  - text: Något annat?
  utter_work:
  - text: På tal om arbete.
  utter_bye:
  - text: Hej då!
""",
}


def write_project(folder: Path) -> Path:
    """Write the tiny project into `folder` and return it."""
    for language, content in RESPONSES.items():
        path = folder / "responses" / language / "tiny.yml"
        path.parent.mkdir(parents=True)
        path.write_text(content)
    (folder / "data").mkdir()
    (folder / "config.yml").write_text(CONFIG.replace("{responses}", str(folder / "responses")))
    (folder / "domain.yml").write_text(DOMAIN)
    (folder / "data" / "nlu.yml").write_text(NLU)
    (folder / "data" / "rules.yml").write_text(RULES)
    return folder


@pytest.fixture(scope="session")
def tiny_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Rasa project with a handful of rules and stock components."""
    return write_project(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def tiny_model(tiny_project: Path) -> Path:
    """The tiny project's model."""
    from rasa.model_training import train

    # Rasa 3.6.21 and the libraries that it brings warn about themselves.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = train(
            str(tiny_project / "domain.yml"),
            str(tiny_project / "config.yml"),
            [str(tiny_project / "data")],
            output=str(tiny_project / "models"),
        )
    return Path(result.model)
