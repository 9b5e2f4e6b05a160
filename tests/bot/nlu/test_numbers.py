"""Hours, money, distance and age, in digits and words."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "asked", "hours"),
    [
        ("10 tuntia viikossa", None, [10]),
        ("noin 8-10 h viikossa", None, [10]),
        ("5–8 tuntia viikossa työn ohella", None, [8]),
        ("max 10h/vko", None, [10]),
        ("kymmenen tuntia viikossa", None, [10]),
        ("viikossa ehkä 15 tuntia", None, [15]),
        ("pari tuntia viikossa", None, [2]),
        ("7,5 h viikossa", None, [7.5]),
        ("10 timmar i veckan", None, [10]),
        ("tio timmar per vecka", None, [10]),
        ("about 12 hours a week", None, [12]),
        ("10 hrs/week", None, [10]),
        ("ten hours per week", None, [10]),
        ("10", "weekly_hours", [10]),
        ("kymmenen", "weekly_hours", [10]),
        ("ehkä viisi tai kuusi", "weekly_hours", [6]),
        ("10 tuntia", "weekly_hours", [10]),
        ("ungefär tio", "weekly_hours", [10]),
        ("teen 40 tuntia viikossa töitä", None, []),
        ("jag jobbar 30 timmar i veckan", None, []),
        ("tunnin ajomatka", None, []),
        ("30 op", "weekly_hours", []),
        ("5 opintopistettä", None, []),
        ("500", "weekly_hours", []),
        ("yks ilta viikossa", "weekly_hours", []),
    ],
)
def test_hours_a_week(values, text, asked, hours):
    assert values("weekly_hours", text, asked) == hours


@pytest.mark.parametrize(
    ("text", "asked", "euros"),
    [
        ("max 500 euroa", None, [500]),
        ("500e riittää", None, [500]),
        ("alle 300 €", None, [300]),
        ("€200", None, [200]),
        ("1 000 euroa", None, [1000]),
        ("1.500 euroa", None, [1500]),
        ("korkeintaan tonni", None, [1000]),
        ("1,5 tonnia enintään", None, [1500]),
        ("pari sataa euroa", None, [200]),
        ("puoli tonnia maksimissaan", None, [500]),
        ("budjetti on 800", "budget_eur", [800]),
        ("300", "budget_eur", [300]),
        ("femhundra euro", None, [500]),
        ("högst 200 euro", None, [200]),
        ("up to 400 euros", None, [400]),
        ("ilmainen kurssi", None, [0]),
        ("jotain maksutonta", None, [0]),
        ("ilmaiseksi", None, [0]),
        ("gratis kurser", None, [0]),
        ("onko ilmaisia kursseja?", None, [0]),
        ("free courses only", None, [0]),
        ("it must be free", None, [0]),
        ("free", "budget_eur", [0]),
        ("onko opiskelu ilmaista?", None, []),
        ("är det gratis?", None, []),
        ("is it free?", None, []),
        ("I'm free in the evenings", None, []),
        ("ei tarvitse olla ilmainen", None, []),
        ("tienaan 2000 euroa kuussa", None, []),
        ("palkka on 2500 euroa", None, []),
        ("min lön är 2000 euro", None, []),
        ("45 euroa opintopiste", None, []),
        ("maksaako se 500 euroa?", None, []),
        ("yli 500 euroa ei käy", None, []),
        ("1500 € on liikaa", None, []),
        ("muutaman satasen", "budget_eur", []),
        ("oj, 500 euro inte 50", None, [500]),
        ("budjetti 200 euroon", None, [200]),
        ("15 sp", "budget_eur", []),
        ("olen 45-vuotias", "budget_eur", []),
    ],
)
def test_budget(values, text, asked, euros):
    assert values("budget_eur", text, asked) == euros


@pytest.mark.parametrize(
    ("text", "asked", "kilometres"),
    [
        ("enintään 50 km", None, [50]),
        ("50 kilometrin päässä", None, [50]),
        ("30 km säteellä", None, [30]),
        ("max 30km", None, [30]),
        ("viidenkymmenen kilometrin sisällä", None, [50]),
        ("högst 5 mil", None, [50]),
        ("inom 30 km", None, [30]),
        ("within 20 km", None, [20]),
        ("no more than 60 kilometres", None, [60]),
        ("40", "max_distance_km", [40]),
        ("ehkä 20-30 km", "max_distance_km", [30]),
        ("asun 30 km päässä Seinäjoelta", None, []),
        ("yli 50 km ei käy", None, []),
        ("jag bor 20 km från Vasa", None, []),
    ],
)
def test_distance(values, text, asked, kilometres):
    assert values("max_distance_km", text, asked) == kilometres


@pytest.mark.parametrize(
    ("text", "asked", "groups"),
    [
        ("olen 27-vuotias", None, ["25_29"]),
        ("27 v", None, ["25_29"]),
        ("olen 45 v lähihoitaja", None, ["30_plus"]),
        ("oon 22 vuotias", None, ["under_25"]),
        ("ikä 52", None, ["30_plus"]),
        ("täytän 30 keväällä", None, ["30_plus"]),
        ("nelikymppinen", None, ["30_plus"]),
        ("yli 40-vuotias", None, ["30_plus"]),
        ("jag är 27 år", None, ["25_29"]),
        ("en 35-åring från Vasa", None, ["30_plus"]),
        ("I'm 24 years old", None, ["under_25"]),
        ("I am 41 and live in Turku", None, ["30_plus"]),
        ("born in 1985", None, ["30_plus"]),
        ("olen syntynyt 1990", None, ["30_plus"]),
        ("34", "age_group", ["30_plus"]),
        ("yli 25", "age_group", []),
        ("alle 25", "age_group", ["under_25"]),
        ("olen ollut 27 vuotta töissä", None, []),
        ("30 vuotta kokemusta", None, []),
        ("jag har jobbat 27 år som kock", None, []),
        ("poikani on 17-vuotias", None, []),
        ("20 years of experience", None, []),
        ("yhdeksän vuotta myyjänä", None, []),
    ],
)
def test_age_group(values, text, asked, groups):
    assert values("age_group", text, asked) == groups
