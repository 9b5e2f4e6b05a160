"""Figures in which nobody can be found: groups of 1 to 4 are hidden, others told in fives.

A hidden group must not follow from the others and their total either. So where it would follow,
further groups are hidden with it: all hidden ones look alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SMALLEST = 5
# A number told as 25 is one of 23 to 27.
_MOST_OFF = SMALLEST // 2
_AT_A_TIME = 2


@dataclass(frozen=True)
class Told:
    """The groups' numbers and their total as they are told; None is hidden."""

    total: int | None
    parts: Mapping[str, int | None]


def rounded(number: int) -> int | None:
    """Return a number to the nearest five, None where it is of so few that it is hidden.

    >>> [rounded(number) for number in (0, 4, 5, 7, 8, 102)]
    [0, None, 5, 5, 10, 100]
    """
    if 0 < number < SMALLEST:
        return None
    return (number + _MOST_OFF) // SMALLEST * SMALLEST


def percent(part: int | None, whole: int | None) -> int | None:
    """Return a share of numbers as they are told: it says nothing that they do not."""
    return None if part is None or not whole else round(100 * part / whole)


def protect(numbers: Mapping[str, int]) -> Told:
    """Return the numbers of groups and of all of them together as they may be told."""
    total = rounded(sum(numbers.values()))
    if total is None:
        return Told(None, dict.fromkeys(numbers))
    parts = {name: rounded(number) for name, number in numbers.items()}
    small = sum(number is None for number in parts.values())
    while _is_narrowed(total, parts, small):
        shown = [name for name in parts if parts[name]]
        if not shown:
            return Told(None, dict.fromkeys(numbers))
        # By what is told, not by what is counted: the choice must not tell more. And two at a
        # time: that one had to be hidden would tell too much of the small group.
        for name in sorted(shown, key=lambda name: parts[name] or 0)[:_AT_A_TIME]:
            parts[name] = None
    return Told(total, parts)


def _is_narrowed(total: int, parts: Mapping[str, int | None], small: int) -> bool:
    """Say whether a hidden group could be told to be other than just anything from 1 to 4."""
    shown = [number for number in parts.values() if number]
    hidden = sum(number is None for number in parts.values())
    if not hidden:
        return False
    # What is left for all hidden groups together, by what is told of the others.
    least = _least(total) - sum(number + _MOST_OFF for number in shown)
    most = total + _MOST_OFF - sum(map(_least, shown))
    if most - (hidden - 1) < SMALLEST - 1:
        return True
    if hidden == small:
        largest = SMALLEST - 1
    elif shown:
        # A larger one is hidden only before those that are told to be larger still.
        largest = min(shown) + _MOST_OFF
    else:
        return False
    return least - largest * (hidden - 1) > 1


def _least(told: int) -> int:
    return max(SMALLEST, told - _MOST_OFF)
