"""The figures over messages, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from opastin.nlu_cases import Case
from opastin.nlu_scores import Outcome, Share, measure, measure_groups
from opastin.nlu_slots import Tally
from opastin.understand import Understood


def outcome(
    meant: str,
    taken: str | None,
    *,
    said: dict[str, Any] | None = None,
    found: dict[str, Any] | None = None,
    group: str = "fi",
    **understood: Any,
) -> Outcome:
    case = Case("moi", meant, group, group, slots=said or {})
    values: dict[str, Any] = {"language": group, "confidence": 1.0, **understood}
    return Outcome(case, Understood("moi", intent=taken, slots=found or {}, **values))


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [(Share(8, 10), 0.4902, 0.9433), (Share(0, 20), 0.0, 0.1611), (Share(20, 20), 0.8389, 1.0)],
)
def test_interval_of_wilson(share: Share, low: float, high: float) -> None:
    assert share.interval == pytest.approx((low, high), abs=0.0001)


def test_nothing_has_no_share() -> None:
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, None)


def test_intents() -> None:
    figures = measure(
        [
            outcome("greet", "greet"),
            outcome("greet", "greet"),
            outcome("greet", "stop"),
            outcome("stop", "stop"),
            outcome("deny", "repeat"),
            outcome("deny", None),
        ]
    )

    assert figures.intent == Share(3, 6)
    assert figures.intents["greet"] == Tally(right=2, missed=1)
    assert figures.intents["stop"] == Tally(right=1, wrong=1)
    # Of the three intents that were meant: 0.8, 2/3 and 0.
    assert figures.macro_f1 == pytest.approx((0.8 + 2 / 3 + 0) / 3)
    assert figures.confusion["greet", "greet"] == 2
    assert figures.confused == [
        ("deny", "(nothing)", 1),
        ("deny", "repeat", 1),
        ("greet", "stop", 1),
    ]


def test_what_is_in_doubt_counts_as_noticed_out_of_scope() -> None:
    figures = measure(
        [
            outcome("out_of_scope", "out_of_scope"),
            outcome("out_of_scope", "inform", is_in_doubt=True),
            outcome("out_of_scope", "inform"),
            outcome("inform", "out_of_scope"),
            outcome("inform", "inform", is_in_doubt=True),
            outcome("inform", "inform"),
            outcome("inform", "inform"),
        ]
    )

    assert figures.out_of_scope_noticed == Share(2, 3)
    assert figures.out_of_scope_noticed_by_intent == Share(1, 3)
    assert figures.out_of_scope_false_alarms == Share(2, 4)
    assert figures.out_of_scope_false_alarms_by_intent == Share(1, 4)
    assert figures.in_doubt == Share(2, 7)


def test_crisis() -> None:
    figures = measure(
        [
            outcome("crisis", "crisis"),
            outcome("crisis", "complain"),
            outcome("inform", "crisis"),
            outcome("inform", "inform"),
            outcome("inform", "inform"),
        ]
    )

    assert figures.crisis_noticed == Share(1, 2)
    assert figures.crisis_false_alarms == Share(1, 3)


def test_slots_places_and_frames() -> None:
    evening = {"schedule": ["evening"]}
    figures = measure(
        [
            outcome("inform", "inform", said={"place": "743"}, found={"place": "743"}),
            outcome(
                "inform",
                "inform",
                said={"place": "743", **evening},
                found={"place": "905", **evening},
            ),
            outcome(
                "inform",
                "inform",
                said={"place": "743", **evening},
                found={"place": "743", **evening},
            ),
            # Two places are one fact, so this is no frame.
            outcome(
                "inform", "inform", said={"place": "743", "places": ["743", "905"]}, found=evening
            ),
        ]
    )

    assert figures.slots == {
        "place": Tally(right=2, wrong=1, missed=2),
        "places": Tally(missed=2),
        "schedule": Tally(right=2, wrong=1),
    }
    assert figures.all_slots == Tally(right=4, wrong=2, missed=4)
    assert figures.place == Share(2, 4)
    assert figures.frames == Share(1, 2)


def test_a_fact_that_nobody_said_spoils_a_frame() -> None:
    said = {"place": "743", "goal": "degree"}
    figures = measure([outcome("inform", "inform", said=said, found={**said, "budget_eur": 0})])

    assert figures.frames == Share(0, 1)


def test_confidence_beside_what_is_right() -> None:
    figures = measure(
        [
            # The highest bin holds 1.0, too: 0.92, 0.94 and 1.0, of which two are right.
            outcome("greet", "greet", confidence=0.92),
            outcome("greet", "stop", confidence=0.94),
            # Another holds one that is right.
            outcome("greet", "greet", confidence=0.25),
            outcome("greet", "greet", confidence=1.0),
        ]
    )

    assert figures.calibration_error == pytest.approx((abs(2 - 2.86) + abs(1 - 0.25)) / 4)


def test_nothing_has_no_figures() -> None:
    figures = measure([])

    assert (figures.macro_f1, figures.calibration_error) == (None, None)


def test_each_language_has_its_figures() -> None:
    figures = measure_groups(
        [
            outcome("greet", "greet"),
            outcome("greet", "stop", group="sv", language="fi"),
            outcome("greet", "greet", group="sv"),
        ]
    )

    assert list(figures) == ["fi", "sv", "all"]
    assert (figures["fi"].intent, figures["sv"].intent) == (Share(1, 1), Share(1, 2))
    assert figures["sv"].language == Share(1, 2)
    assert figures["all"].messages == 3
