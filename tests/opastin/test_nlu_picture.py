"""The picture of confused intents."""

from __future__ import annotations

from pathlib import Path

import pytest

from opastin.nlu_cases import Case, known_intents
from opastin.nlu_picture import FAMILIES, draw_confusion, order_intents
from opastin.nlu_scores import Outcome, measure
from opastin.understand import Understood

FIGURES = measure(
    [
        Outcome(Case("a", meant, "fi", "fi"), Understood("a", "fi", taken, 1.0))
        for meant, taken in [("greet", "greet"), ("inform", "correct"), ("faq/cost", None)]
    ]
)


def test_every_intent_has_one_family() -> None:
    members = [name for family in FAMILIES.values() for name in family]

    assert sorted(members) == sorted(known_intents())


def test_intents_stand_by_family_and_others_last() -> None:
    names = {"(nothing)", "faq/cost", "greet", "inform"}

    assert order_intents(names) == ["greet", "inform", "faq/cost", "(nothing)"]


@pytest.mark.parametrize(("suffix", "start"), [(".png", b"\x89PNG"), (".svg", b"<?xml")])
def test_the_same_figures_give_the_same_file(tmp_path: Path, suffix: str, start: bytes) -> None:
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
    draw_confusion(FIGURES, first)
    draw_confusion(FIGURES, second)

    assert first.read_bytes().startswith(start)
    assert first.read_bytes() == second.read_bytes()
