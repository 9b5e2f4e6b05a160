"""Name facts of a profile in words: "lähihoitaja, Kauhajoki, sosiaaliala, työn ohessa"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from bot.actions.named_competence import named
from catalog.geography import load_geography
from guidance.field_words import field_name
from guidance.profile import ANYWHERE
from opastin import formats
from opastin.texts import Texts

MAX_WORDS_SHOWN = 60


class Summary:
    """The words of one language for facts of a profile."""

    def __init__(self, texts: Texts, language: str, *, plain: bool) -> None:
        """Use the texts of `language`, in easy language if `plain`."""
        self._texts = texts
        self._language = language
        self._plain = plain

    def of(self, facts: Mapping[str, Any]) -> str:
        """Return the facts in one line, who the person is first; "" when none has words."""
        parts = [part for name in _ORDER if name in facts for part in self._words(name, facts)]
        return ", ".join(dict.fromkeys(filter(None, parts)))

    def _words(self, name: str, facts: Mapping[str, Any]) -> Iterator[str]:
        if name in _COVERED_BY and any(facts.get(other) for other in _COVERED_BY[name]):
            return
        value = facts[name]
        for item in value if isinstance(value, (list, tuple)) else [value]:
            if item is not None:
                yield self._word(name, item)

    def _word(self, name: str, value: Any) -> str:
        if name in _OWN:
            return _OWN[name](self, value)
        if name in _AMOUNTS:
            form = self._texts.form(f"utter_about_{name}", self._language, {"value": value})
            return self._label(form, value=_AMOUNTS[name](value, self._language))
        code = str(value).lower()
        return self._label(f"utter_about_{name}_{code}")

    def _competence(self, value: Mapping[str, Any]) -> str:
        name = named(value["words"], value.get("kind"), self._language)
        if name is not None:
            return _shown(name)
        field = value.get("field")
        return (
            "" if field is None else self._label("utter_about_background", field=self._field(field))
        )

    def _interest(self, value: str) -> str:
        return self._label("utter_about_interest", words=_shown(value))

    def _place(self, value: str) -> str:
        if value == ANYWHERE:
            return self._label("utter_about_place_any")
        place = load_geography().get(value)
        return "" if place is None else place.name(self._language)

    def _field(self, value: str) -> str:
        return field_name(value, self._language, self._texts, plain=self._plain)

    def _budget_eur(self, value: float) -> str:
        if value == 0:
            return self._label("utter_about_budget_eur_0")
        return self._label("utter_about_budget_eur", value=formats.money(value, self._language))

    def _label(self, name: str, **values: object) -> str:
        return self._texts.text(name, self._language, plain=self._plain, **values)


def _shown(words: str) -> str:
    """Return a person's own words, short enough to repeat and without braces to fill in."""
    words = " ".join(words.replace("{", "").replace("}", "").split())
    return words if len(words) <= MAX_WORDS_SHOWN else words[: MAX_WORDS_SHOWN - 1].rstrip() + "…"


def _day(value: object, language: str) -> str:
    return formats.day(date.fromisoformat(str(value)), language)


_ORDER = (
    "competence",
    "education",
    "place",
    "places",
    "field",
    "interest",
    "goal",
    "situation",
    "schedule",
    "online_only",
    "online_ok",
    "max_distance_km",
    "max_months",
    "weekly_hours",
    "budget_eur",
    "start_by",
    "teaching_languages",
    "age_group",
)
# What would say the same thing twice.
_COVERED_BY = {
    "education": ("competence",),
    "place": ("places",),
    "interest": ("field",),
    "online_ok": ("online_only",),
}
_OWN: Mapping[str, Callable[[Summary, Any], str]] = {
    "budget_eur": Summary._budget_eur,
    "competence": Summary._competence,
    "field": Summary._field,
    "interest": Summary._interest,
    "place": Summary._place,
    "places": Summary._place,
}
_AMOUNTS: Mapping[str, Callable[[Any, str], str]] = {
    "max_distance_km": formats.number,
    "max_months": formats.number,
    "start_by": _day,
    "weekly_hours": formats.number,
}
