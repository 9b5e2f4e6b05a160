"""Skills in words that no list holds: answers item by item, and what follows "osaan"."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "asked", "words"),
    [
        ("hitsausta ja vähä sorvausta", "competence", ["hitsausta", "sorvausta"]),
        ("excel, photoshop ja laskutus", "competence", ["excel", "photoshop", "laskutus"]),
        ("cooking and cleaning", "competence", ["cooking", "cleaning"]),
        ("soitin bändissä rumpuja", "competence", ["soitin bändissä rumpuja"]),
        ("osaan englantia", None, ["englantia"]),
        ("i speak arabic and dari", None, ["arabic", "dari"]),
        ("jag är bra på att baka", None, ["baka"]),
        ("osaatko auttaa", None, []),
        ("en osaa mitään", "competence", []),
        ("emmätiiä", "competence", []),
    ],
)
def test_skills(values, text, asked, words):
    assert [one["words"] for one in values("competence", text, asked)] == words


def test_languages_are_skills_of_their_field(values):
    assert values("competence", "osaan englantia")[0]["field"] == "0231"


def test_a_question_about_money_tells_no_skill(values):
    assert values("competence", "kan ja få studiestöd", "competence") == []
    assert values("competence", "iltaisin olen lasten kanssa", "competence") == []
