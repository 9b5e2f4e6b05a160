"""The people of the neutrality measure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from catalog.geography import load_geography
from guidance.profile import GOALS, LANGUAGES
from opastin.simulated_people import People

PEOPLE = People(seed=7, today=date(2026, 11, 22))


def test_the_same_seed_draws_the_same_people_and_another_others() -> None:
    again = People(seed=7, today=date(2026, 11, 22))
    other = People(seed=8, today=date(2026, 11, 22))
    ours = [PEOPLE.person(number) for number in range(20)]
    assert ours == [again.person(number) for number in range(20)]
    assert ours != [other.person(number) for number in range(20)]


def test_there_are_people_of_all_kinds() -> None:
    people = [PEOPLE.person(number) for number in range(600)]
    assert {person.language for person in people} == set(LANGUAGES)
    assert {person.goal for person in people} == set(GOALS)
    assert {person.online_only for person in people} == {None, True}
    assert {bool(person.field) for person in people} == {True, False}


def test_people_live_where_people_live() -> None:
    geography = load_geography()
    codes = [code for number in range(800) for code in PEOPLE.person(number).all_places]
    regions = Counter(map(geography.region_of, codes))
    assert regions.most_common(1)[0][0] == "maakunta_01"
    assert 0.25 < regions["maakunta_01"] / len(codes) < 0.38
    assert set(PEOPLE.regions) == {
        place.region for place in geography.places if place.kind == "municipality"
    }


def test_who_is_moved_changes_nothing_but_the_place() -> None:
    for number in range(30):
        at_home, moved = PEOPLE.person(number), PEOPLE.person(number, region="maakunta_21")
        assert load_geography().region_of(moved.place or "") == "maakunta_21"
        assert replace(moved, place=at_home.place) == at_home


def test_who_speaks_another_language_wishes_the_same_in_that_language() -> None:
    for number in range(30):
        own, swedish = PEOPLE.person(number), PEOPLE.person(number, language="sv")
        assert swedish.language == "sv"
        assert bool(own.interest) is bool(swedish.interest)
        assert (own.field, own.place, own.education) == (
            swedish.field,
            swedish.place,
            swedish.education,
        )
