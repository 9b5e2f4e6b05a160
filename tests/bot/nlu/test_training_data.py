"""The training data: the same topics and intents in every language, tidy and apart from tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml

from opastin.nlu_cases import read_cases
from opastin.texts import LANGUAGES

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "bot" / "data" / "nlu"
TESTS = ROOT / "tests"
LONG = 3
# Rasa sets it itself when nothing was understood.
UNTRAINED = {"nlu_fallback"}
FEWEST = 30
FEWEST_INFORM = 120


def _items(language: str) -> Iterator[tuple[str, list[str]]]:
    for path in sorted((DATA / language).glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = item["examples"].splitlines()
            yield item["intent"], [line.removeprefix("- ") for line in lines]


def test_the_topics_are_the_same_in_every_language() -> None:
    topics = [{path.name for path in (DATA / language).iterdir()} for language in LANGUAGES]

    assert topics[0] == topics[1] == topics[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_of_the_domain_has_examples(language: str) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))

    assert {intent for intent, _ in _items(language)} == set(domain["intents"]) - UNTRAINED


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_intent_has_enough_examples(language: str) -> None:
    few = {
        intent: len(examples)
        for intent, examples in _items(language)
        if len(examples) < (FEWEST_INFORM if intent == "inform" else FEWEST)
    }

    assert few == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_stands_twice(language: str) -> None:
    examples = [example.casefold() for _, group in _items(language) for example in group]

    assert len(examples) == len(set(examples))


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_are_sorted(language: str) -> None:
    for intent, examples in _items(language):
        assert examples == sorted(examples, key=lambda text: (text.casefold(), text)), intent


def test_messages_to_measure_with_are_not_trained_on() -> None:
    trained = {text for language in LANGUAGES for _, group in _items(language) for text in group}
    held_out, validation = _said(TESTS / "nlu"), _said(TESTS / "validation")

    assert _long(held_out) & _long(trained) == set()
    assert _long(validation) & _long(trained) == set()
    assert _long(held_out) & _long(validation) == set()


def _said(folder: Path) -> set[str]:
    return {case.text for case in read_cases(folder)}


def _long(texts: Iterable[str]) -> set[str]:
    # "Joo" and "kiitos paljon" are said by everybody.
    return {text.casefold().strip() for text in texts if len(text.split()) >= LONG}
