"""Suggestions as JSON for people: the shapes of the contract, texts in the learner's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from catalog.geography import load_geography
from catalog.sample import SOURCE as SAMPLE_SOURCE
from catalog.search import Candidate
from guidance.field_words import field_name
from guidance.prices import Price
from guidance.profile import Profile
from guidance.remarks import Remark
from guidance.suggestions import Fallback, Suggestion, Suggestions
from opastin import formats
from opastin.texts import DEFAULT_LANGUAGE, LANGUAGES, Texts

# More than this nobody reads on a card.
MAX_REASONS = 4


def suggestions_as_json(suggestions: Suggestions, profile: Profile, texts: Texts) -> dict[str, Any]:
    """Return `options`, `total`, `fallback` and `notices` in the profile's language."""
    words = Words.of(profile, texts)
    return {
        "options": [option_card(item, words) for item in suggestions.options],
        "total": suggestions.total,
        "fallback": _fallback(suggestions.fallback, words),
        "notices": [words.remark("notice", remark) for remark in suggestions.notices],
    }


def option_as_json(
    suggestion: Suggestion, language: str, texts: Texts, *, plain: bool = False
) -> dict[str, Any]:
    """Return one option with its description, outcomes and entry demands as well."""
    words = Words(texts, language, plain=plain)
    candidate = suggestion.candidate
    return option_card(suggestion, words) | {
        "description": words.pick(candidate.descriptions),
        "outcomes": words.pick(candidate.outcomes),
        "requirements": words.pick(candidate.requirements),
        "criteria": words.pick(candidate.criteria),
        "skills": list(words.pick(candidate.skills) or ()),
        "admission_text": _admission(candidate, words),
        "source": candidate.source,
        "source_read_on": candidate.source_read_on.isoformat(),
    }


_Told = TypeVar("_Told", str, tuple[str, ...])


class Words:
    """The texts of one language, ordinary or easy."""

    def __init__(self, texts: Texts, language: str, *, plain: bool) -> None:
        """Speak `language` with `texts`."""
        self._texts = texts
        self.language = language
        self._plain = plain

    @classmethod
    def of(cls, profile: Profile, texts: Texts) -> Words:
        """Return the words that the profile is spoken to in."""
        language = profile.language or DEFAULT_LANGUAGE
        return cls(texts, language, plain=bool(profile.plain_language))

    def text(self, name: str, values: Mapping[str, object]) -> str:
        """Return a response with the values in words, a capital at its beginning."""
        shown = {key: self.value(key, value) for key, value in values.items()}
        for key in ("place", "nearest"):
            place = load_geography().get(str(values.get(key)))
            if place is not None:
                shown[f"{key}_in"] = place.inside(self.language)
                shown[f"{key}_from"] = place.from_(self.language)
        form = self._texts.form(name, self.language, values)
        return self.sentence(self._texts.text(form, self.language, plain=self._plain, **shown))

    @staticmethod
    def sentence(text: str) -> str:
        """Return the text with a capital at its beginning."""
        return text[:1].upper() + text[1:]

    def remark(self, kind: str, remark: Remark) -> dict[str, str]:
        """Return a reason, warning or notice: its code and its text."""
        return {
            "code": remark.code,
            "text": self.text(f"utter_{kind}_{remark.code}", remark.values),
        }

    def buttons(self, name: str, **values: object) -> list[dict[str, str]]:
        """Return the buttons of a response."""
        return self._texts.buttons(name, self.language, plain=self._plain, **values)

    def pick(self, by_language: Mapping[str, _Told]) -> _Told | None:
        """Return what is told in this language, else in the first of the others that has one."""
        for language in (self.language, *LANGUAGES):
            if by_language.get(language):
                return by_language[language]
        return None

    def label(self, name: str) -> str:
        """Return the words for a code."""
        return self._texts.text(f"utter_label_{name}", self.language, plain=self._plain)

    def text_within(self, name: str) -> str:
        """Return a response as it stands within a sentence."""
        return self._texts.text(name, self.language, plain=self._plain)

    def value(self, key: str, value: object) -> str:
        """Return a value as a text names it: a code by its name, a date or an amount as written."""
        if value is None:
            return ""
        if key == "field":
            return field_name(str(value), self.language, self._texts, plain=self._plain)
        if key in ("place", "nearest"):
            place = load_geography().get(str(value))
            return str(value) if place is None else place.name(self.language)
        if key in ("education", "language"):
            return self.label(f"{key}_{value}")
        if key == "degree" and isinstance(value, Mapping):
            return self.pick(value) or ""
        if key == "source" and value == SAMPLE_SOURCE:
            return self.label("sample_source")
        if key == "times" and isinstance(value, tuple):
            return ", ".join(self.text_within(f"utter_about_schedule_{time}") for time in value)
        if key == "price":
            price = value if isinstance(value, Price) else Price(float(str(value)))
            return formats.money(price.least, self.language, price.most)
        if key == "month" and isinstance(value, date):
            return formats.month(value, self.language)
        if isinstance(value, date):
            return formats.day(value, self.language)
        if isinstance(value, (int, float)):
            return formats.number(value, self.language)
        return str(value)


def option_card(suggestion: Suggestion, words: Words) -> dict[str, Any]:
    candidate = suggestion.candidate
    place = load_geography().get(candidate.place) if candidate.place else None
    return {
        "id": candidate.id,
        "type": candidate.type,
        "title": words.pick(candidate.titles),
        "provider": words.pick(candidate.provider),
        "sample": candidate.sample,
        "field": candidate.field,
        "place": candidate.place,
        "place_name": None if place is None else place.name(words.language),
        "distance_km": suggestion.distance_km,
        "modes": list(candidate.modes),
        "schedule": list(candidate.schedule),
        "weekly_hours": _tidy(candidate.weekly_hours),
        "credits": _tidy(candidate.credits),
        "duration_months": _tidy(candidate.duration_months),
        "price_eur": _tidy(candidate.price_eur),
        "price_max_eur": _tidy(candidate.price_max_eur),
        "teaching_languages": list(candidate.teaching_languages),
        "level": candidate.level,
        "education_required": candidate.education_required,
        "apply_by": _iso(candidate.apply_by),
        "continuous": candidate.continuous,
        "admission": candidate.admission,
        "starts": _iso(candidate.starts),
        "url": candidate.url,
        "route": _route(candidate, words),
        "funding": list(candidate.funding),
        "reasons": [words.remark("reason", item) for item in suggestion.reasons[:MAX_REASONS]],
        "warnings": [words.remark("warning", item) for item in suggestion.warnings],
        "actions": words.buttons("utter_option_actions", option=candidate.id),
    }


def _admission(candidate: Candidate, words: Words) -> str | None:
    """Return how places are given, where the dates do not tell it."""
    if candidate.admission != "enrolment_order":
        return None
    return words.text("utter_label_admission_enrolment_order", {})


def _route(candidate: Candidate, words: Words) -> dict[str, Any] | None:
    """Return what the option leads to and what is asked for there, None when nothing is known."""
    by = candidate.route_round
    route = {
        "degree": words.pick(candidate.leads_to),
        "credits": _tidy(candidate.route_credits),
        "grade": candidate.route_grade,
        "apply_by": _iso(candidate.route_apply_by),
        "by": None if by is None else words.label(f"round_{by}"),
    }
    return route if any(value is not None for value in route.values()) else None


def _fallback(fallback: Fallback | None, words: Words) -> dict[str, str] | None:
    if fallback is None:
        return None
    values: dict[str, object] = {
        "place": fallback.place,
        "nearest": fallback.nearest,
        "distance_km": fallback.distance_km,
        "online": fallback.online,
        "within_km": fallback.within_km,
    }
    # With a distance given, that is what nothing was found within; else the municipality.
    within = fallback.within_km is not None and fallback.step in ("online", "wider")
    parts = [words.text(f"utter_fallback_{'within' if within else fallback.step}", values)]
    if fallback.nearest is not None:
        parts.append(words.text("utter_fallback_nearest", values))
    if fallback.online:
        parts.append(words.text("utter_fallback_online_count", values))
    return {"step": fallback.step, "text": " ".join(parts)}


def _tidy(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
