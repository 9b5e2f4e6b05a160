"""Fields of compounds and of everyday words."""

from __future__ import annotations

import pytest

from bot.nlu.compounds import field_of_compound, field_of_topic


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("robottihitsausta", "0715"),
        ("vesivärimaalaus", "0213"),
        ("skogsekologi", "0521"),
        ("sjörätt", "0421"),
        ("yrittäjyysopintoja", "0413"),
        ("matematik", "0541"),
    ],
)
def test_the_last_part_names_the_field(word: str, code: str) -> None:
    assert field_of_compound(word) == code


@pytest.mark.parametrize("word", ["työharjoittelu", "etäopiskelu", "opintotuki", "akademi", "bil"])
def test_a_word_about_no_field_has_none(word: str) -> None:
    assert field_of_compound(word) is None


@pytest.mark.parametrize(
    ("word", "code"), [("mehiläisistä", "081"), ("bin", "081"), ("binda", None), ("teeth", "091")]
)
def test_an_everyday_word_names_a_field(word: str, code: str | None) -> None:
    assert field_of_topic(word) == code
