"""The preview of the packet: everything a coach would see, in the person's language."""

from __future__ import annotations

import pytest

from coaching.packet import Packet, Suggested
from opastin.texts import load_texts
from web.packet_words import preview_lines
from web.wording import load_strings

PACKET = Packet(
    language="fi",
    plain_language=True,
    profile={
        "place": "743",
        "places": ["743"],
        "field": "0913",
        "schedule": ["evening"],
        "goal": "new_career",
        "weekly_hours": 8,
        "budget_eur": 0,
        "start_by": "2027-01-15",
        "online_ok": True,
        "something_new": "x",
    },
    goal_words="haluan auttaa ihmisiä",
    competence=[{"words": "lähihoitaja"}],
    shown=[Suggested("a", "Hoitotyön perusteet", "SeAMK", "")],
    saved=[Suggested("a", "Hoitotyön perusteet", "SeAMK", "")],
    turned_down=[Suggested("b", "Lääkehoito", "SeAMK", "liian kallis")],
    open_questions=["saako koiran mukaan"],
    plan={"goal": "uusi ammatti"},
)


def test_everything_has_its_line():
    lines = {line["label"]: line["value"] for line in preview_lines(PACKET, load_texts())}
    assert lines["Tavoitteesi omin sanoin"] == "haluan auttaa ihmisiä"
    facts = lines["Mitä kerroit itsestäsi ja toiveistasi"]
    assert facts.startswith("Seinäjoki, ")
    assert "15.1.2027" in facts and "8" in facts and "something" not in facts
    assert lines["Opinnot, jotka eivät sopineet"] == "Lääkehoito (”liian kallis”)"
    assert lines["Kieli"] == "suomi, selkokieli"
    assert len(lines) == 9


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_with_nothing_told_it_says_so(language):
    (line,) = preview_lines(Packet(language, False), load_texts())
    assert line["value"]


def _flat(value, prefix=""):
    for name, item in value.items():
        if isinstance(item, dict):
            yield from _flat(item, f"{prefix}{name}.")
        else:
            yield prefix + name


def test_the_three_languages_say_the_same_things():
    finnish = set(_flat(load_strings("handoff.fi")))
    assert set(_flat(load_strings("handoff.sv"))) == finnish
    assert set(_flat(load_strings("handoff.en"))) == finnish
