"""Forms of names: the table of the catalogue, and what is recognised of it."""

from __future__ import annotations

import csv

import pytest

from bot.nlu.lexicon import LOOKUPS
from bot.nlu.place_names import load_place_names
from bot.nlu.reading import fold
from catalog.geography import DATA, load_geography


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FORMS = rows(DATA / "place_forms.csv")
LOCALITIES = rows(LOOKUPS / "localities.csv")
PAIRS = {("ssa", "sta"), ("ssä", "stä"), ("lla", "lta"), ("llä", "ltä")}


def base(form):
    return form.removesuffix(" Tl")


def test_every_municipality_and_region_has_its_forms():
    assert {row["code"] for row in FORMS} == {place.code for place in load_geography().places}
    assert len(FORMS) == 327


@pytest.mark.parametrize("row", FORMS + LOCALITIES, ids=lambda row: row["genitive"])
def test_forms_follow_one_series(row):
    at, away = base(row["inessive_like"]), base(row["elative_like"])
    to, of = base(row["illative"]), base(row["genitive"])
    assert of.endswith("n")
    assert (at[-3:], away[-3:]) in PAIRS
    assert to.endswith("lle") if at[-3:-1] == "ll" else to.endswith("n")
    stem = of.removesuffix("ten").removesuffix("n")
    if row["genitive"].split()[0] not in ("Kangasalan", "Virtain") and not of.startswith(
        ("Uude", "Ison", "Vähän")
    ):
        assert at[:-3] == away[:-3]
        assert at[:-3].startswith(stem)


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row["genitive"])
def test_every_form_is_recognised_as_its_place(row):
    names = load_place_names()
    for column in ("genitive", "illative", "inessive_like", "elative_like"):
        form = names.exact(fold(row[column]).replace(" ", ""))
        assert form is not None and form.code == row["code"], row[column]


@pytest.mark.parametrize("place", load_geography().places, ids=lambda place: place.code)
def test_every_name_is_recognised_in_every_language(place):
    names = load_place_names()
    for name in place.names.values():
        form = names.exact(fold(name).replace(" ", ""))
        assert form is not None and form.code == place.code, name


def test_localities_lie_in_known_municipalities():
    known = {place.code for place in load_geography().places}
    assert {row["code"] for row in LOCALITIES} <= known
    assert len(LOCALITIES) >= 60


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("roavniemi", "698"),
        ("seianjoki", "743"),
        ("jyväskylässsä", "179"),
        ("kauhjoki", "232"),
        ("helsinkki", "091"),
        ("kirjaa", None),
        ("kahvia", None),
        ("varaus", None),
        ("kattilan", None),
        ("vaasa", None),
    ],
)
def test_slips_are_read_only_in_long_names(typed, code):
    form = load_place_names().with_slip(typed)
    if code is None:
        assert form is None or form.code == "905"
    else:
        assert form is not None and form.code == code
