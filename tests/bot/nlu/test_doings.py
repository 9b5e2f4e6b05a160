"""What people say that they do is a skill or an occupation, unless they only wish or ask."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "kinds", "fields"),
    [
        ("viulua oon soittanu lapsesta", ["skill"], ["0215"]),
        ("neulon ja valokuvaan", ["skill", "skill"], ["0214", "0211"]),
        ("jag väver och fotar bröllop", ["skill", "skill"], ["0214", "0211"]),
        ("I play the guitar and make beats", ["skill", "skill"], ["0215", "0215"]),
        ("siivoan kouluja", ["occupation"], ["1011"]),
        ("pankissa töissä", ["occupation"], ["0412"]),
        ("jobb på bank", ["occupation"], ["0412"]),
        ("I work in a greenhouse", ["occupation"], ["0812"]),
        ("I want to play the guitar", [], []),
        ("my husband works in a bank", [], []),
        ("translate this letter", [], []),
        ("voinko soittaa teille", [], []),
    ],
)
def test_doings(values, text, kinds, fields):
    found = values("competence", text)
    assert [one["kind"] for one in found] == kinds
    assert [one["field"] for one in found] == fields


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("jag är utbildad snickare", ["vocational"]),
        ("snickare utan papper", []),
        ("jag är styrman (YH)", ["bachelor"]),
        ("jag är sjuksköterska från Ukraina", ["foreign"]),
        ("I am a veterinarian from Moldova", ["foreign"]),
        ("I was a dentist in Iraq", []),
        ("mulla on kondiittorin paperit", ["vocational"]),
        ("lukion kävin mutta amk jäi kesken", ["general_upper"]),
    ],
)
def test_what_was_learnt_tells_the_level(values, text, levels):
    assert values("education", text) == levels


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("mehiläisiä oon hoitanu 30 vuotta", ["0811"]),
        ("joogaa oon ohjannu ja leirejä vetäny", ["1014", "0922"]),
        ("I produce beats", ["0211"]),
        ("jag tränar juniorlaget", ["1014"]),
        ("I want to drive a tractor", []),
    ],
)
def test_more_doings(values, text, fields):
    assert [one["field"] for one in values("competence", text)] == fields
