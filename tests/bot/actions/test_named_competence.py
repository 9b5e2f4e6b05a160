"""What is said back of what somebody can do."""

from __future__ import annotations

import pytest

from bot.actions.named_competence import named


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("fi", "lähihoitajana", "lähihoitaja"),
        ("fi", "sähköasentaja", "sähköasentaja"),
        ("fi", "kaupan kassalla", "kaupan kassa"),
        ("fi", "datanomi", "datanomi"),
        ("sv", "undersköterska", "undersköterska"),
        ("sv", "kock", "kock"),
        ("en", "nurse", "nurse"),
        ("en", "care assistant", "care assistant"),
        ("en", "Plumber", "Plumber"),
    ],
)
def test_a_title_is_said_back(language: str, typed: str, said: str) -> None:
    assert named(typed, "occupation", language) == said


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("fi", "töissä kaupassa"),
        ("fi", "varastolla"),
        ("fi", "lasten kanssa"),
        ("fi", "ajanut taksia"),
        ("sv", "i butik"),
        ("sv", "kört lastbil"),
        ("sv", "lager"),
        ("en", "in a shop"),
        ("en", "In a shop"),
        ("en", "clean offices"),
        ("en", "drive a truck"),
        ("en", " "),
    ],
)
def test_a_piece_of_a_sentence_is_not(language: str, typed: str) -> None:
    assert named(typed, "occupation", language) is None


@pytest.mark.parametrize("kind", ["skill", "qualification"])
def test_skills_and_cards_have_any_form_but_that_of_a_place(kind: str) -> None:
    assert named("hygieniapassi", kind, "fi") == "hygieniapassi"
    assert named("Excel", kind, "en") == "Excel"
    assert named("vanhusten kanssa", kind, "fi") is None
