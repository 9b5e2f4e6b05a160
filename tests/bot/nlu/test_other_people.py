"""An occupation of somebody else is neither wished for nor had."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "haluan oikean luokan ja opettajan",
        "jag vill ha en lärare i ett rum",
        "I want a real teacher",
        "my wife is a nurse",
        "min son har läxor i matte",
        "mieheni on hitsari",
        "pitääkö mennä eläinlääkäriin",
    ],
)
def test_somebody_else_is_no_wish_and_no_competence(values, text):
    assert values("field", text) == []
    assert values("competence", text) == []


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("haluan opettajaksi", "011"),
        ("haluan opettajan ammatin", "011"),
        ("jag vill bli lärare", "011"),
        ("I want to be a teacher", "011"),
    ],
)
def test_who_wants_to_become_one_wishes_for_the_field(values, text, field):
    assert values("field", text) == [field]
