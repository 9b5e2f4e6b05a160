"""Titles in their base form, and what is left as it was typed."""

from __future__ import annotations

import pytest

from bot.actions.titles import base_form


@pytest.mark.parametrize(
    ("language", "typed", "base"),
    [
        ("fi", "lähihoitajalle", "lähihoitaja"),
        ("fi", "Lähihoitajana", "Lähihoitaja"),
        ("fi", "kirjanpitäjänä", "kirjanpitäjä"),
        ("fi", "kaupan kassalla", "kaupan kassa"),
        ("fi", "paperikoneen hoitajana", "paperikoneen hoitaja"),
        ("fi", "henkilökohtaisena avustajana", "henkilökohtainen avustaja"),
        ("fi", "sairaala-apulaisena", "sairaala-apulainen"),
        ("fi", "huoltomiehenä", "huoltomies"),
        ("fi", "matkaoppaana", "matkaopas"),
        ("fi", "sotilaana", "sotilas"),
        ("fi", "kokin", "kokki"),
        ("fi", "puuseppänä", "puuseppä"),
        ("fi", "mekaanikon", "mekaanikko"),
        ("fi", "insinöörinä", "insinööri"),
        ("fi", "myyjiä", "myyjä"),
        ("fi", "datanomin tutkinnon", "datanomin tutkinto"),
        ("sv", "sjuksköterskan", "sjuksköterska"),
        ("sv", "läraren", "lärare"),
        ("sv", "kocken", "kock"),
        ("en", "practical nurses", "practical nurse"),
        ("en", "cashiers", "cashier"),
    ],
)
def test_a_title_is_named_as_a_dictionary_has_it(language: str, typed: str, base: str) -> None:
    assert base_form(typed, "occupation", language) == base
    assert base_form(base, "occupation", language) == base


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("fi", "paperitehtaalla"),
        ("fi", "sahalla"),
        ("fi", "konttorilla"),
        ("fi", "kaupassa töissä"),
        ("fi", "lähihoitajan paperit"),
        ("fi", "lapsena"),
        ("sv", "på lager"),
        ("sv", "i kassan"),
        ("en", "at a paper mill"),
        ("en", "business"),
        ("en", ""),
    ],
)
def test_what_is_no_clear_title_stays_as_typed(language: str, typed: str) -> None:
    assert base_form(typed, "qualification", language) == typed


def test_skills_are_the_persons_own_words() -> None:
    assert base_form("ohjaan lapsia uimarannalla", "skill", "fi") == "ohjaan lapsia uimarannalla"
    assert base_form("opettajana", None, "fi") == "opettajana"
