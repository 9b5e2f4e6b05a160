"""What a person has: in their own words, with the kind, the field and the level recognised."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "words", "kinds", "fields"),
    [
        ("lähäri oon", ["lähäri"], ["qualification"], ["0913"]),
        ("oon sairkka Vaasasta", ["sairkka"], ["qualification"], ["0913"]),
        (
            "Olen merkonomi ja datanomi",
            ["merkonomi", "datanomi"],
            ["qualification"] * 2,
            ["041", "061"],
        ),
        ("olen kokki", ["kokki"], ["occupation"], ["1013"]),
        ("koulutukseltani kokki", ["kokki"], ["qualification"], ["1013"]),
        ("valmistuin kokiksi", ["kokiksi"], ["qualification"], ["1013"]),
        ("toimin myyjänä", ["myyjänä"], ["occupation"], ["0416"]),
        ("10 vuotta kaupan alalla", ["kaupan alalla"], ["occupation"], ["0416"]),
        ("kokemusta rakennusalalta", ["rakennusalalta"], ["occupation"], ["073"]),
        ("osaan hitsata", ["hitsata"], ["skill"], ["0715"]),
        (
            "hoidin kymmenen vuotta kotona äitiä",
            ["hoidin kymmenen vuotta kotona äitiä"],
            ["skill"],
            ["0921"],
        ),
        ("oisko mitää lähihoitajalle seinäjoel", ["lähihoitajalle"], ["qualification"], ["0913"]),
        ("jag är närvårdare", ["närvårdare"], ["qualification"], ["0913"]),
        ("jag har jobbat som kock", ["kock"], ["occupation"], ["1013"]),
        ("I am a practical nurse", ["practical nurse"], ["qualification"], ["0913"]),
        ("worked as a cleaner", ["cleaner"], ["occupation"], ["1011"]),
        ("I have a degree in engineering", ["engineering"], ["qualification"], ["07"]),
        ("en ole lähihoitaja", [], [], []),
        ("haluaisin lähihoitajaksi", [], [], []),
        ("lähihoitajaksi opiskelu kiinnostaa", [], [], []),
        ("olen kotona lasten kanssa", [], [], []),
    ],
)
def test_competence(values, text, words, kinds, fields):
    found = values("competence", text)
    assert [one["words"] for one in found] == words
    assert [one["kind"] for one in found] == kinds
    assert [one["field"] for one in found] == fields


def test_an_answer_in_free_words_is_kept_as_it_was_said(values):
    found = values("competence", "olen rakentanut veneitä ja tehnyt remonttia", "competence")
    assert found
    assert values("competence", "soitin bändissä rumpuja monta vuotta", "competence")[0]["words"]


@pytest.mark.parametrize(
    "text", ["en tiedä", "lopeta", "mitä tarkoitat", "haluan puhua ihmiselle", "joo", "ei mitään"]
)
def test_what_is_no_answer_is_no_competence(values, text):
    assert values("competence", text, "competence") == []


@pytest.mark.parametrize(
    ("text", "asked", "levels"),
    [
        ("olen lähihoitaja", None, ["vocational"]),
        ("olen sosionomi AMK", None, ["bachelor"]),
        ("tradenomi oon", None, ["bachelor"]),
        ("olen maisteri", None, ["master"]),
        ("olen tohtori", None, ["master"]),
        ("peruskoulu käyty", None, ["basic"]),
        ("pohjalla lukio", None, ["general_upper"]),
        ("olen ylioppilas ja merkonomi", None, ["general_upper"]),
        ("ylioppilas", "education", ["general_upper"]),
        ("amis", "education", ["vocational"]),
        ("ammattikoulu", "education", ["vocational"]),
        ("yrkesskola", "education", ["vocational"]),
        ("kandidatexamen", "education", ["bachelor"]),
        ("high school", "education", ["general_upper"]),
        ("lukio kesken", None, ["basic"]),
        ("opiskelin insinööriksi mutta jäi kesken", None, []),
        ("mulla on vain peruskoulu", None, ["basic"]),
        ("amis", None, ["vocational"]),
        ("mulla on amis käyty ei lukio", None, ["vocational"]),
        ("lukio jäi kesken", "education", ["basic"]),
        ("amk jäi kesken", "education", []),
        ("minulla on tutkinto Venäjältä", None, ["foreign"]),
        ("olen opiskellut ulkomailla", None, ["foreign"]),
        ("jag har en utländsk examen", None, ["foreign"]),
        ("I have a degree from Nigeria", None, ["foreign"]),
        ("I studied in my home country", None, ["foreign"]),
        ("haluaisin opiskella ulkomailla", None, []),
        ("haluan käydä lukion", None, []),
        ("haluan sosionomiksi", None, []),
        ("olen kokki", None, []),
    ],
)
def test_education(values, text, asked, levels):
    assert values("education", text, asked) == levels


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("jäin eläkkeelle opettajan työstä", ["occupation"]),
        ("I was a nurse in Kherson", ["occupation"]),
        ("jag var lärare i Kiev", ["occupation"]),
        ("työtön kokki Lahdesta etsii kursseja", ["occupation"]),
        ("Som kock på en krog vill jag lära mig ekonomi", ["occupation"]),
        ("piirtäminen hallussa", ["skill"]),
        ("muurausta ja laatoitusta osaan", ["skill", "skill"]),
        ("haluaisin lähihoitajan papereita", []),
    ],
)
def test_work_done_is_told_apart_from_what_was_learnt(values, text, kinds):
    assert [one["kind"] for one in values("competence", text)] == kinds
