"""Whole messages: many facts at once, and nothing that was not said."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.slots import load_slot_finder
from guidance.profile import Profile

TODAY = date(2026, 11, 22)
ASKED = [
    "goal",
    "interest",
    "field",
    "place",
    "competence",
    "education",
    "situation",
    "schedule",
    "weekly_hours",
    "budget_eur",
    "start_by",
    "age_group",
    "max_distance_km",
    "teaching_languages",
    "contact",
]

FRAMES = [
    (
        "Olen lähihoitaja Kauhajoelta ja haluaisin sosionomiksi työn ohessa",
        {
            "place": ["232"],
            "field": ["0923"],
            "education": ["vocational"],
            "situation": ["employed"],
            "interest": ["sosionomiksi"],
        },
    ),
    (
        "oisko mitää seinäjoel iltasin, lähäri oon",
        {"place": ["743"], "schedule": ["evening"], "education": ["vocational"]},
    ),
    (
        "Olen 45-vuotias työtön datanomi Oulusta, kiinnostaa kyberturva. Voin opiskella päivisin "
        "noin 15 tuntia viikossa mutta en verkossa, budjetti max 300 euroa",
        {
            "age_group": ["30_plus"],
            "situation": ["unemployed"],
            "education": ["vocational"],
            "place": ["564"],
            "field": ["0612"],
            "schedule": ["daytime"],
            "weekly_hours": [15],
            "online_ok": [False],
            "budget_eur": [300],
            "interest": ["kyberturva"],
        },
    ),
    (
        "jag är närvårdare från Närpes och vill bli socionom på svenska, helst på distans på "
        "kvällarna",
        {
            "place": ["545"],
            "field": ["0923"],
            "education": ["vocational"],
            "teaching_languages": ["sv"],
            "online_ok": [True],
            "schedule": ["evening"],
            "interest": ["socionom"],
        },
    ),
    (
        "I am a nurse from the Philippines and I want to study business in English in Tampere, "
        "starting next autumn",
        {
            "education": ["foreign"],
            "field": ["041"],
            "teaching_languages": ["en"],
            "place": ["837"],
            "start_by": ["2027-08-31"],
            "interest": ["business"],
        },
    ),
    (
        "asun Vaasassa, jag vill studera redovisning, evenings",
        {
            "place": ["905"],
            "field": ["0411"],
            "schedule": ["evening"],
            "interest": ["redovisning"],
        },
    ),
    ("moi", {}),
    ("kiitos, näkemiin!", {}),
    ("maksaako avoin yliopisto?", {}),
    ("tack så mycket", {}),
    ("mikä on opintopiste?", {}),
    ("oletko robotti?", {}),
]


def find(text, asked=None):
    return load_slot_finder().find(text, today=TODAY, asked=asked)


@pytest.mark.parametrize(("text", "frame"), FRAMES)
def test_frames(text, frame):
    said = {}
    for fact in find(text):
        if fact.slot != "competence":
            said.setdefault(fact.slot, []).append(fact.value)
    assert said == frame


WORDS = st.sampled_from(
    [
        "en",
        "ei",
        "inte",
        "not",
        "no",
        "Vaasassa",
        "Seinäjoella",
        "lähihoitaja",
        "sosionomi",
        "haluan",
        "vill",
        "want",
        "iltaisin",
        "10",
        "tuntia",
        "viikossa",
        "€",
        "500",
        "km",
        "enintään",
        "verkossa",
        ",",
        ".",
        "?",
        "!",
        "ja",
        "mutta",
        "och",
        "but",
        "olen",
        "jag",
        "i",
        "am",
        "27",
        "v",
        "tammikuussa",
        "1.9.",
        "60100",
        "[phone]",
        "kakkonen",
        "missä",
        "vaan",
        "tutkinto",
        "-",
        "–",
        ":",
        "IT",
        "koti",
        "lukio",
        "kesken",
        "pois",
        "vaihtaa",
        "ensi",
        "syksynä",
        "gratis",
        "suomeksi",
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(text=ANY_TEXT, asked=st.sampled_from([None, *ASKED]))
def test_nothing_crashes_and_every_fact_slices_the_text(text, asked):
    for fact in find(text, asked):
        assert 0 <= fact.start < fact.end <= len(text)
        assert text[fact.start : fact.end].strip()
        if fact.slot == "interest":
            assert text[fact.start : fact.end] == fact.value


@settings(max_examples=200, deadline=None)
@given(text=ANY_TEXT, asked=st.sampled_from([None, *ASKED]))
def test_every_fact_is_one_that_a_profile_takes(text, asked):
    known = set(Profile.__dataclass_fields__)
    for fact in find(text, asked):
        if fact.slot in known:
            lists = ("schedule", "teaching_languages", "competence", "places")
            value = [fact.value] if fact.slot in lists else fact.value
            Profile().with_facts({fact.slot: value})


@pytest.mark.parametrize(
    "text",
    [
        "\u202eVaasassa\u202c",
        "va\u200basassa",
        "\x00\x01Vaasassa",
        "😀😀😀",
        "<script>alert('Vaasassa')</script>",
        "9" * 3000,
        "1." * 1000,
        "en " * 700,
        "a" * 10_000,
        "(" * 2000,
    ],
)
def test_odd_input_is_read_in_bounded_time(text):
    start = time.perf_counter()
    find(text)
    assert time.perf_counter() - start < 2
