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
        "kävin hammaslääkärissä",
        "jag var hos tandläkaren",
        "kävin kampaajalla",
        "hierojalla",
        "I went to the dentist",
        "I need a doctor",
        "tarviin putkimiehen",
        "jag behöver en läkare",
        "poliisi soitti eilen",
        "kokki teki hyvää ruokaa",
        "bussikuski oli ilkeä",
        "opettaja oli tosi kiva",
        "cooks earn little",
        "the bus driver was rude",
        "I was almost a doctor",
        "jag var nästan läkare",
        "va kostar din chef",
        "tietokone meni rikki",
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


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("I have been a nurse for 5 years", "0913"),
        ("kokki oli ammattini", "1013"),
        ("I need a forklift licence", "1041"),
        ("oisko mitään lähihoitajalle", "0913"),
        ("kampaajana töissä", "1012"),
    ],
)
def test_what_one_is_stays(values, text, field):
    assert [one["field"] for one in values("competence", text)] == [field]
