"""The stock project of bench/turns.py: what it is made of, and what is reckoned of its training."""

from __future__ import annotations

from collections import Counter

from bench.turns_stock import escaped, stock_config, stories
from bench.turns_stock_model import FULL_EPOCHS, training_figures

INTENTS = [f"intent_{number}" for number in range(10)]


def test_configuration_is_the_default_of_rasa_but_for_the_epochs() -> None:
    few, full = stock_config(3), stock_config(FULL_EPOCHS)

    names = [item["name"] for item in (*few["pipeline"], *few["policies"])]
    assert {"DIETClassifier", "ResponseSelector", "TEDPolicy", "MemoizationPolicy"} <= set(names)
    epochs = Counter(item.get("epochs") for item in (*few["pipeline"], *few["policies"]))
    assert epochs.keys() == {None, 3}
    # So many say it themselves that the default is 100, as it is for whom it is left out.
    for item in (*full["pipeline"], *full["policies"]):
        assert item.get("epochs") in (None, FULL_EPOCHS)


def test_every_intent_comes_twice_in_the_stories() -> None:
    steps = [step for story in stories(INTENTS) for step in story["steps"]]

    assert Counter(step["intent"] for step in steps if "intent" in step) == dict.fromkeys(
        INTENTS, 2
    )
    assert [step.get("action") for step in steps[1::2]] == ["action_guide"] * 20


def test_stories_have_names_of_their_own() -> None:
    names = [story["story"] for story in stories(INTENTS)]

    assert len(set(names)) == len(names) == 4


def test_json_of_a_payload_is_no_field_to_fill_in() -> None:
    assert escaped("/unsure") == "/unsure"
    assert escaped('/save{"option": "{option}"}') == '/save{{"option": "{option}"}}'


def test_epochs_left_out_are_reckoned_from_those_after_the_first() -> None:
    models = [{"model": "DIET", "seconds": [50.0, 10.0, 12.0]}, {"model": "TED", "seconds": [2.0]}]

    figures = training_figures(models, 100.0, 3)

    assert figures["training_seconds"] == 100.0
    assert figures["training_full_seconds"] == 100 + 97 * (11 + 2)
