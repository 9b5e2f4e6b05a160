"""A comparison as JSON for people: a label and a value in words for each option."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from guidance.comparison import AT_HOME, OPTION_ROWS, PASSED, RoundDay, RoutePrice, Row, compare
from guidance.presentation import Words, option_card
from guidance.prices import Price
from guidance.suggestions import Suggestion


def comparison_as_json(
    suggestions: Sequence[Suggestion],
    words: Words,
    codes: Sequence[str] = OPTION_ROWS,
    *,
    today: date,
) -> dict[str, Any]:
    """Return `options` and `rows`, each row with `code`, `label` and one value an option."""
    rows = compare([item.candidate for item in suggestions], codes, today=today)
    return {
        "options": [option_card(item, words) for item in suggestions],
        "rows": [_row(row, words) for row in rows],
    }


def _row(row: Row, words: Words) -> dict[str, Any]:
    return {
        "code": row.code,
        "label": words.text(f"utter_row_{row.code}", {}),
        "values": [_value(row.code, value, words) for value in row.values],
    }


def _value(code: str, value: Any, words: Words) -> str | None:
    if value is None:
        return None
    if code in _LABELS:
        items = value if isinstance(value, tuple) else (value,)
        label = _LABELS[code]
        return words.sentence(", ".join(words.text(f"utter_{label}_{item}", {}) for item in items))
    show = _SHOWN.get(code)
    return words.value(code, value) if show is None else words.sentence(show(value, words))


def _degree(value: tuple[tuple[str, str], ...], words: Words) -> str:
    return words.pick(dict(value)) or ""


def _place(value: str, words: Words) -> str:
    return (
        words.text("utter_label_at_home", {}) if value == AT_HOME else words.value("place", value)
    )


def _price(value: Price, words: Words) -> str:
    return words.text("utter_label_free", {}) if value.is_free else words.value("price", value)


def _route_price(value: RoutePrice, words: Words) -> str:
    price = _price(value.price, words)
    if value.first_credits is None:
        return price
    return words.text("utter_label_price_of_first", {"amount": price, "count": value.first_credits})


def _application(value: object, words: Words) -> str:
    return words.text("utter_label_continuous", {}) if value is True else words.value("day", value)


def _round_day(value: RoundDay | str, words: Words) -> str:
    if not isinstance(value, RoundDay):
        return words.text(f"utter_label_begin_by_{PASSED}", {})
    day = words.value("day", value.day)
    return words.text("utter_label_begin_by_estimate", {"day": day}) if value.is_estimate else day


def _counted(name: str) -> Callable[[Any, Words], str]:
    return lambda value, words: words.text(name, {"count": value})


# Whose values are codes, each with a text of its own: `utter_<label>_<code>`.
_LABELS = {
    "education": "label_education",
    "if_not": "if_not",
    "modes": "label_mode",
    "schedule": "about_schedule",
    "teaching_languages": "label_language",
    "type": "label_type",
}
_SHOWN: Mapping[str, Callable[[Any, Words], str]] = {
    "apply_by": _application,
    "begin_by": _round_day,
    "credits": _counted("utter_label_credits"),
    "leads_to": _degree,
    "months": _counted("utter_label_months"),
    "place": _place,
    "price": _price,
    "route_apply_by": _round_day,
    "route_credits": _counted("utter_label_credits"),
    "route_months": _counted("utter_label_months"),
    "route_price": _route_price,
    "weekly_hours": _counted("utter_label_hours_a_week"),
}
