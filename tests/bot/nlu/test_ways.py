"""Whether a person would study online."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "possible", "only"),
    [
        ("verkossa käy", [True], []),
        ("etänä", [True], []),
        ("opiskelisin netissä", [True], []),
        ("monimuotona", [True], []),
        ("kotoa käsin", [True], []),
        ("på distans", [True], []),
        ("from home", [True], []),
        ("vain verkossa", [], [True]),
        ("kokonaan etänä", [], [True]),
        ("etänä kokonaan", [], [True]),
        ("bara på distans", [], [True]),
        ("only online", [], [True]),
        ("ei verkossa", [False], []),
        ("en halua verkko-opintoja", [False], []),
        ("verkko ei käy", [False], []),
        ("inte på nätet", [False], []),
        ("på nätet vill jag inte", [False], []),
        ("I can't study online", [False], []),
        ("no online", [False], []),
        ("vain lähiopetusta", [False], []),
        ("ei vain verkossa", [True], []),
        ("ei tarvitse olla verkossa", [], []),
        ("en ole ennen opiskellut verkossa", [], []),
        ("katsoin verkkosivuilta", [], []),
        ("voiko opiskella kokonaan verkossa", [True], []),
        ("enintään 50 km kotoa", [], []),
        ("kotona", [True], []),
        ("miten etäopiskelu toimii?", [], []),
        ("do online courses have live lectures?", [], []),
        ("onko verkossa mitään?", [True], []),
        ("haluan oikean opettajan", [False], []),
        ("i cannot learn from a screen", [False], []),
        ("kokonaan etänä tai ei ollenkaan", [], [True]),
        ("actually no, in person in Helsinki", [False], []),
        ("mieluummin paikan päällä", [False], []),
        ("egentligen hellre på plats", [False], []),
        ("online or in person, both fine", [True], []),
        ("is there classroom teaching in Vasa?", [], []),
        ("jag jobbar på plats i Åbo", [], []),
        ("verkko on ainut mahdollisuus", [], [True]),
        ("all of it online", [], [True]),
        ("allt på nätet", [], [True]),
        ("I cannot attend in person", [], [True]),
        ("internet course is ok too", [True], []),
        ("no online is fine too", [True], []),
        ("no online is also ok", [True], []),
        ("no online is not fine", [False], []),
        ("ei haittaa vaikka verkossa", [True], []),
        ("ei verkossakin käy", [True], []),
        ("nej nätet går bra", [True], []),
    ],
)
def test_online(values, text, possible, only):
    assert values("online_ok", text) == possible
    assert values("online_only", text) == only
