from __future__ import annotations

from itertools import product

import pytest

from coaching.demand import Group
from coaching.demand_figures import OTHERS, Band, by_aspect, by_field, by_place


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "<5"), (4, "<5"), (5, "5-9"), (9, "5-9"), (10, "10-14"), (103, "100-104")],
)
def test_numbers_are_told_in_bands(number, shown):
    assert str(Band.around(number)) == shown


def test_places_have_their_fields_the_largest_first():
    groups = [Group("743", "04", 3), Group("743", "09", 12), Group("905", "09", 6)]
    first, second = by_place(groups)
    assert {code: str(band) for code, band in first.fields.items()} == {"09": "10-14", "04": "<5"}
    assert (str(first.total), str(second.total)) == ("11-18", "5-9")
    assert {code: str(band) for code, band in by_field([first, second]).items()} == {
        "09": "15-23",
        "04": "<5",
    }


def test_fields_of_one_band_stand_in_the_order_of_codes():
    for numbers in ((1, 4), (4, 1)):
        (place,) = by_place([Group("743", "04", numbers[0]), Group("743", "09", numbers[1])])
        assert list(place.fields) == ["04", "09"]


def test_a_hidden_group_cannot_be_had_by_subtraction():
    """Whatever a small group is, from 1 to 4, all that is told is the same."""
    for larger in product((5, 9), (12,), (1, 4)):
        told = set()
        for hidden in range(1, 5):
            groups = [
                Group("743", f"{number:02}", size) for number, size in enumerate((hidden, *larger))
            ]
            places = by_place([*groups, Group("905", "00", 7)])
            told.add(repr((places, dict(by_field(places)))))
        assert len(told) == 1


def test_what_is_hidden_by_place_and_field_is_in_no_figure_of_types():
    shown = Group("743", "09", 9, {"course": 6, "skill_badge": 3})
    for number in range(1, 5):
        hidden = Group("743", "04", number, {"course": number})
        figures = by_aspect([shown, hidden], "types")
        assert {name: str(band) for name, band in figures.items()} == {
            "course": "5-9",
            OTHERS: "<5",
        }


def test_small_types_stand_together():
    group = Group("743", "09", 10, {"course": 4, "skill_badge": 3, "": 3})
    assert {name: str(band) for name, band in by_aspect([group], "types").items()} == {
        OTHERS: "10-14"
    }
