"""Figures in which nobody can be found: small groups are hidden, the others told in fives.

A hidden group must not follow from the others and their total either. So where it would follow,
further groups are hidden with it: all hidden ones look alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SMALLEST = 5
# A number told as 25 is one of 23 to 27.
_MOST_OFF = SMALLEST // 2


@dataclass(frozen=True)
class Told:
    """The groups' numbers and their total as they are told; None is hidden."""

    total: int | None
    parts: Mapping[str, int | None]


def rounded(number: int) -> int | None:
    """Return a number to the nearest five, None where it is under five.

    >>> [rounded(number) for number in (4, 5, 7, 8, 102)]
    [None, 5, 5, 10, 100]
    """
    if number < SMALLEST:
        return None
    return (number + _MOST_OFF) // SMALLEST * SMALLEST


def percent(part: int | None, whole: int | None) -> int | None:
    """Return a share of numbers as they are told: it says nothing that they do not."""
    return None if part is None or not whole else round(100 * part / whole)


def protect(numbers: Mapping[str, int]) -> Told:
    """Return the numbers of groups and of all of them together as they may be told."""
    total = rounded(sum(numbers.values()))
    parts = {name: None if total is None else rounded(number) for name, number in numbers.items()}
    hidden = [name for name, number in parts.items() if number is None]
    while total is not None and _is_narrowed(total, parts, hidden_before=len(hidden)):
        # By what is told, not by what is counted: the choice must not tell more.
        smallest = min(
            (name for name, number in parts.items() if number is not None),
            key=lambda name: (parts[name] or 0, name),
        )
        parts[smallest] = None
    return Told(total, parts)


def _is_narrowed(total: int, parts: Mapping[str, int | None], *, hidden_before: int) -> bool:
    """Say whether some hidden group could be told to be other than just anything from 0 to 4."""
    shown = [number for number in parts.values() if number is not None]
    hidden = len(parts) - len(shown)
    if not hidden:
        return False
    if not shown:
        return False
    least = _least(total) - sum(number + _MOST_OFF for number in shown)
    most = total + _MOST_OFF - sum(map(_least, shown))
    if most < SMALLEST - 1:
        return True
    # A group of five or more among the hidden ones may be as large as it likes.
    is_among_larger = hidden > hidden_before
    return not is_among_larger and least > (SMALLEST - 1) * (hidden - 1)


def _least(told: int) -> int:
    return max(SMALLEST, told - _MOST_OFF)
