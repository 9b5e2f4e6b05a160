"""What was found in a message beside what is in it, slot by slot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SHORTEST_FIELD = 2
_NEARLY = 0.01
_LONG_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True)
class Tally:
    """How often something was found rightly, found where it is not, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return both together."""
        return Tally(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def is_perfect(self) -> bool:
        """Tell whether nothing is wrong and nothing is missed."""
        return not (self.wrong or self.missed)

    @property
    def support(self) -> int:
        """Return how often it was there to be found."""
        return self.right + self.missed

    @property
    def precision(self) -> float | None:
        """Return the share of what was found that is right; None if nothing was found."""
        return _ratio(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Return the share of what was there that was found; None if nothing was there."""
        return _ratio(self.right, self.support)

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall."""
        return _ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)


def compare_slots(said: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Tally]:
    """Return the tally of every slot that was said or found; lists count item by item.

    A wrong value is both wrong and missed.

    >>> compare_slots({"place": "743"}, {"place": "905", "schedule": ["evening"]})
    {'place': Tally(right=0, wrong=1, missed=1), 'schedule': Tally(right=0, wrong=1, missed=0)}
    """
    tallies = {}
    for name in sorted({*said, *found}):
        there, given = _items(name, said), _items(name, found)
        right = _pairs(name, there, given)
        tallies[name] = Tally(right, len(given) - right, len(there) - right)
    return tallies


def _items(name: str, slots: Mapping[str, Any]) -> list[Any]:
    # `places` is only filled where there are several; beside several, one place is one of them.
    value = slots.get(name, slots.get("place") if name == "places" else None)
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _pairs(name: str, said: Sequence[Any], found: Sequence[Any]) -> int:
    left = list(found)
    for item in said:
        match = next((other for other in left if _is_same(name, item, other)), None)
        if match is not None:
            left.remove(match)
    return len(found) - len(left)


def _is_same(name: str, said: Any, found: Any) -> bool:
    if name == "competence":
        return _is_same_competence(said, found)
    if name == "field":
        return _is_same_field(said, found)
    if name == "interest":
        return _shares_words(said, found)
    if _is_number(said) and _is_number(found):
        return bool(abs(said - found) <= _NEARLY)
    return type(said) is type(found) and bool(said == found)


def _is_same_competence(said: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    return (
        said["kind"] == found["kind"]
        and _contains(said["words"], found["words"])
        and (said.get("field") is None or _is_same_field(said["field"], found.get("field")))
    )


def _is_same_field(said: str, found: str | None) -> bool:
    # A broad code and one under it mean the same, seen from nearer or from farther.
    shorter, longer = sorted((said, found or ""), key=len)
    return len(shorter) >= _SHORTEST_FIELD and longer.startswith(shorter)


def _shares_words(said: str, found: str) -> bool:
    return _contains(said, found) or bool(_long_words(said) & _long_words(found))


def _contains(one: str, other: str) -> bool:
    shorter, longer = sorted((one.casefold().strip(), other.casefold().strip()), key=len)
    return bool(shorter) and shorter in longer


def _long_words(text: str) -> set[str]:
    return set(_LONG_WORD.findall(text.casefold()))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
