"""The age group, from what people say of their age."""

from __future__ import annotations

import pytest


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
        ("hitsari, 52, työtön, Raahesta", None, ["30_plus"]),
        ("22 år från Sibbo", None, ["under_25"]),
        ("26-årig säljare", None, ["25_29"]),
        ("jag e 47 å bor i Vasa", None, ["30_plus"]),
        ("alle kolmekymppinen", None, []),
        ("ikää on jo 48", None, ["30_plus"]),
        ("oon viiskytkaks", None, ["30_plus"]),
        ("I'm thirty-one", None, ["30_plus"]),
        ("oon 20v tehny kirjanpitoo", None, []),
        ("nainen, 41", None, ["30_plus"]),
        ("kvinna 37", None, ["30_plus"]),
        ("en tjugosexåring från Ekenäs", None, ["25_29"]),
        ("in my late twenties", None, ["25_29"]),
        ("synt. -85", None, ["30_plus"]),
        ("oon Jenna 27 ja unelmoin omasta kahvilasta", None, ["25_29"]),
        ("siivoojana 15v, polvet ei kestä", None, []),
        ("27 yrs, from Espoo", None, ["25_29"]),
        ("syntynyt 1.1.1990", None, ["30_plus"]),
        ("jag är född 12.3.1985", None, ["30_plus"]),
        ("born on 12.3.2003", None, ["under_25"]),
        ("lapseni syntyi 12.3.2015", None, []),
        ("5.5.1999", "age_group", ["25_29"]),
        ("talo on 30 vuotta vanha", None, []),
        ("min bil är 20 år gammal", None, []),
        ("the company is 25 years old", None, []),
        ("mä on 30 vuotta vanha", None, ["30_plus"]),
        ("bor i Vanda och är 23", None, ["under_25"]),
        ("viisikymppiä", None, []),
        ("olen viisikymppinen", None, ["30_plus"]),
    ],
)
def test_age_group(values, text, asked, groups):
    assert values("age_group", text, asked) == groups


@pytest.mark.parametrize("text", ["olin tehtaalla 22v", "oon ollu varastolla 18 v"])
def test_years_at_a_workplace_are_no_age(values, text):
    assert values("age_group", text) == []
