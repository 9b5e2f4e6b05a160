"""Options as lines of text."""

from __future__ import annotations

import pytest

from opastin.terminal import load_card
from opastin.texts import LANGUAGES

OPTION = {
    "id": "a",
    "type": "open_university_path",
    "title": "Sosiaalialan perusteet",
    "provider": "Lakeuden opisto",
    "sample": True,
    "field": "0923",
    "place": "743",
    "place_name": "Seinäjoki",
    "distance_km": 24,
    "modes": ["blended", "online"],
    "schedule": ["evening"],
    "weekly_hours": 8,
    "credits": 25,
    "duration_months": 1,
    "price_eur": 375,
    "teaching_languages": ["fi"],
    "level": "bachelor",
    "education_required": None,
    "apply_by": "2027-01-15",
    "continuous": False,
    "starts": "2027-02-01",
    "url": "https://opisto.example/a",
    "reasons": [{"code": "field_match", "text": "Vastaa toivettasi"}],
    "warnings": [{"code": "far_away", "text": "Kaukana"}],
    "actions": [],
}


def test_a_card_says_what_is_known():
    lines = load_card("fi").lines(OPTION).splitlines()
    assert lines[0].startswith("Sosiaalialan perusteet (")
    text = "\n".join(lines[1:])
    for part in ("Lakeuden opisto", "Seinäjoki", "24", "25", "375", "15.1.2027"):
        assert part in text
    assert "  + Vastaa toivettasi" in lines
    assert "  ! Kaukana" in lines
    assert lines[-1] == "  https://opisto.example/a"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_is_left_out_or_said_to_be_unknown(language):
    unknown = dict.fromkeys(OPTION) | {
        "type": "course",
        "title": "A",
        "provider": "B",
        "sample": False,
        "continuous": False,
        **{key: [] for key in ("modes", "schedule", "reasons", "warnings", "actions")},
    }
    card = load_card(language)
    text = card.lines(unknown)
    assert "None" not in text and "{" not in text
    assert len(text.splitlines()) == 4
    assert card.words["unknown"] in text


def test_free_and_always_open_are_said_in_words():
    card = load_card("en")
    text = card.lines(OPTION | {"price_eur": 0, "continuous": True, "apply_by": None})
    assert card.words["free"] in text
    assert card.words["deadlines"]["continuous"] in text


def test_a_range_of_prices_has_both_ends():
    ranged = OPTION | {"price_eur": 0, "price_max_eur": 120}
    assert "0–120 €" in load_card("sv").lines(ranged)
    assert "€0–120" in load_card("en").lines(ranged)


def test_details_have_skills_and_how_places_are_given():
    told = {"skills": ["hitsaus", "mittaus"], "admission_text": "Ensin tulleet."}
    text = load_card("fi").lines(OPTION | told)
    assert "hitsaus, mittaus" in text
    assert "Ensin tulleet." in text
