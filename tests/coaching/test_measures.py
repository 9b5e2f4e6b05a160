from __future__ import annotations

import dataclasses

import pytest

from coaching.measures import (
    OTHERS,
    share,
    tabulate,
    tabulate_places,
    tell_questions,
    tell_ratings,
    tell_steps,
    tell_waits,
)
from coaching.talks import Talk

TALK = Talk(
    week="2026-W10",
    channel="web",
    language="fi",
    place="743",
    team_id=None,
    is_plain=False,
    is_off_hours=False,
    messages=4,
    failed=1,
    rating=None,
    saw_options=False,
    has_plan=False,
    asked_for_coach=False,
    had_coach=False,
    was_handed_over=False,
    is_success=False,
    wait_minutes=None,
)


def talks(number, **values):
    return [dataclasses.replace(TALK, **values)] * number


def by_language(found):
    return tabulate(found, lambda talk: talk.language, ("fi", "sv", "en"))


def test_each_group_has_its_figures():
    found = [
        *talks(10, is_success=True, rating=4),
        *talks(10, messages=8),
        *talks(12, language="sv", was_handed_over=True, wait_minutes=3.0),
        *talks(11, language="en"),
    ]
    table = by_language(found)
    assert table.total.conversations == 45
    finnish, swedish = table.groups["fi"], table.groups["sv"]
    assert (finnish.conversations, finnish.success, finnish.rating) == (20, 50, 4.0)
    assert (finnish.messages, finnish.not_understood) == (6, 17)
    assert (swedish.conversations, swedish.wait, swedish.handed_over) == (10, 3.0, 100)


def test_of_a_small_group_nothing_is_told():
    table = by_language([*talks(30), *talks(30, language="sv"), *talks(4, language="en")])
    assert set(dataclasses.astuple(table.groups["en"])) == {None}
    assert table.groups["fi"].conversations == 30


def test_what_would_give_it_away_is_hidden_too():
    table = by_language([*talks(7), *talks(7, language="sv"), *talks(4, language="en")])
    told = [figures.conversations for figures in table.groups.values()]
    assert (table.total.conversations, told) == (20, [None, None, None])


def test_a_group_with_nobody_in_it_hides_nothing():
    table = by_language([*talks(29), *talks(14, language="sv")])
    told = [figures.conversations for figures in table.groups.values()]
    assert told == [30, 15, 0]
    assert table.groups["en"].success is None


def test_small_places_stand_together():
    found = [*talks(30), *talks(40, place="905"), *talks(4, place="10"), *talks(3, place="5")]
    table = tabulate_places(found)
    assert list(table.groups) == ["905", "743", OTHERS]
    assert table.groups[OTHERS].conversations == 5


def test_steps_are_told_in_fives():
    steps = tell_steps([*talks(12, saw_options=True, is_success=True), *talks(3, has_plan=True)])
    assert (steps["all"], steps["saw_options"], steps["has_plan"]) == (15, 10, None)


def test_ratings_are_told_by_how_many_gave_them():
    found = [*talks(30, rating=5), *talks(20, rating=4), *talks(6, rating=1), *talks(9)]
    assert tell_ratings(found) == {"1": 5, "2": 0, "3": 0, "4": 20, "5": 30}


def test_waits_are_told_by_the_middle_and_the_longest_of_nine_in_ten():
    few = [talk for minutes in (1, 2, 30) for talk in talks(1, wait_minutes=float(minutes))]
    assert tell_waits(few).counted is None
    many = [talk for minutes in range(40) for talk in talks(1, wait_minutes=float(minutes))]
    waits = tell_waits(many)
    assert (waits.counted, waits.middle, waits.nine_in_ten) == (40, 19.5, 36)


def test_questions_stand_in_an_order_that_tells_no_more_than_their_numbers():
    intents = {"faq_cost": 8, "faq_jotpa": 11, "ask_human": 4, "inform": 99, "faq_workload": 12}
    assert list(tell_questions(intents).items()) == [
        ("faq_cost", 10),
        ("faq_jotpa", 10),
        ("faq_workload", 10),
    ]


@pytest.mark.parametrize(("plain", "told"), [(4, None), (10, 50)])
def test_a_share_is_of_what_may_be_told(plain, told):
    found = [*talks(plain, is_plain=True), *talks(10)]
    assert share(found, lambda talk: talk.is_plain) == told
