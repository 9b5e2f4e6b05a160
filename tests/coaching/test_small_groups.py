from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from coaching.small_groups import SMALLEST, percent, protect, rounded


@pytest.mark.parametrize(
    ("number", "told"), [(0, 0), (1, None), (4, None), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)]
)
def test_numbers_are_told_in_fives(number, told):
    assert rounded(number) == told


def test_large_groups_are_told_with_their_total():
    told = protect({"fi": 31, "sv": 12, "en": 8})
    assert (told.total, dict(told.parts)) == (50, {"fi": 30, "sv": 10, "en": 10})


def test_nothing_is_told_of_few_people():
    told = protect({"fi": 2, "sv": 1})
    assert (told.total, dict(told.parts)) == (None, {"fi": None, "sv": None})


def test_what_would_give_a_hidden_group_away_is_hidden_with_it():
    told = protect({"fi": 5, "sv": 1, "en": 0})
    assert (told.total, dict(told.parts)) == (5, {"fi": None, "sv": None, "en": 0})


def test_a_share_says_nothing_that_its_numbers_do_not():
    assert [percent(10, 25), percent(None, 25), percent(5, None)] == [40, None, None]


@pytest.mark.parametrize(("groups", "largest"), [(2, 40), (3, 24), (4, 12)])
def test_no_hidden_group_can_be_worked_out(groups, largest):
    """Somebody who knows the rules, and tries all numbers there may be, cannot tell its size.

    Of each hidden group that is small, all four numbers are possible by what is told.
    """
    names = [str(number) for number in range(groups)]
    possible = defaultdict(lambda: [set() for _ in names])
    is_small = defaultdict(set)
    for numbers in product(range(largest + 1), repeat=groups):
        told = protect(dict(zip(names, numbers, strict=True)))
        key = (told.total, *told.parts.values())
        for at, number in enumerate(numbers):
            possible[key][at].add(number)
            if 0 < number < SMALLEST:
                is_small[key].add(at)
    # What is told of the largest numbers tried may come of larger ones too.
    edge = rounded(largest - SMALLEST) or 0
    for key, groups_of_key in possible.items():
        total, *parts = key
        if total is None or total >= edge:
            continue
        for at in is_small[key]:
            assert parts[at] is None
            assert set(range(1, SMALLEST)) <= groups_of_key[at], (key, at, groups_of_key[at])
