"""Languages to study in, and languages only to talk in or to learn."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "asked", "languages"),
    [
        ("haluan opiskella englanniksi", None, ["en"]),
        ("kursseja ruotsiksi tai suomeksi", None, ["sv", "fi"]),
        ("studier på svenska", None, ["sv"]),
        ("courses in English", None, ["en"]),
        ("englanninkielinen koulutus", None, ["en"]),
        ("suomi ja englanti", "teaching_languages", ["fi", "en"]),
        ("svenska", "teaching_languages", ["sv"]),
        ("suomi tai englanti käy", None, ["fi", "en"]),
        ("opetuskieli saa olla ruotsi", None, ["sv"]),
        ("svenska eller engelska går", None, ["sv", "en"]),
        ("englanniksikin voin opiskella", None, ["en"]),
        ("my finnish is bad, only english", None, ["en"]),
        ("min finska är dålig, helst studier på svenska", None, ["sv"]),
        ("in English please", None, []),
        ("puhutko ruotsia", None, []),
        ("kan vi ta det på svenska", None, []),
        ("voidaanko jatkaa englanniksi", None, []),
        ("haluan oppia englantia", None, []),
        ("I speak English good, Finnish no", None, ["en"]),
        ("min svenska är ok men finska kan jag int alls", None, ["sv"]),
        ("äidinkieleni on ruotsi", None, ["sv"]),
        ("båda språken fungerar", None, ["fi", "sv"]),
        ("english please i dont understand finnish", None, []),
        ("Finnish level B1", None, []),
    ],
)
def test_languages_of_study(values, text, asked, languages):
    assert values("teaching_languages", text, asked) == languages


@pytest.mark.parametrize(
    "text", ["kan vi byta till finska", "could we please switch to swedish", "voiks puhuu ruotsiks"]
)
def test_a_language_to_talk_in_is_no_field(values, text):
    assert values("field", text) == []
    assert values("interest", text) == []
    assert values("teaching_languages", text) == []
