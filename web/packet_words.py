"""What a coach would see of a conversation, in words for the person who decides about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from catalog.geography import load_geography
from coaching.packet import Packet, Suggested
from guidance.field_words import field_name
from guidance.profile import ANYWHERE
from opastin import formats
from opastin.texts import Texts
from web.labels import Labels
from web.opening_words import FILES

_MOST_OPTIONS = 5
_AMOUNTS = frozenset({"max_distance_km", "max_months", "weekly_hours"})
# They say the same as `place` and `online_only`, or as the language of the whole.
_LEFT_OUT = frozenset({"places", "online_ok"})


def preview_lines(packet: Packet, texts: Texts) -> list[dict[str, str]]:
    """Return the packet as `{"label", "value"}`, what is empty left out."""
    words = Labels(packet.language, plain=packet.plain_language, files=FILES)
    lines = [
        {"label": words.text(f"preview.{name}"), "value": value}
        for name, value in _values(packet, words, texts)
        if value
    ]
    nothing = {"label": words.text("preview.facts"), "value": words.text("preview.nothing")}
    return lines or [nothing]


def facts_in_words(profile: Mapping[str, Any], language: str, texts: Texts) -> str:
    """Return a profile's facts in one line: "Seinäjoki, sosiaaliala, iltaisin"."""
    facts = (
        _fact(name, item, language, texts)
        for name, value in profile.items()
        if name not in _LEFT_OUT
        for item in (value if isinstance(value, (list, tuple)) else [value])
    )
    return ", ".join(dict.fromkeys(filter(None, facts)))


def _values(packet: Packet, words: Labels, texts: Texts) -> Iterator[tuple[str, str]]:
    spoken = words.text(f"preview.languages.{packet.language}")
    told = packet.goal_words or packet.competence or packet.profile or packet.shown
    yield "goal", packet.goal_words
    yield "facts", facts_in_words(packet.profile, packet.language, texts)
    yield "competence", ", ".join(str(item.get("words") or "") for item in packet.competence)
    yield "shown", _titles(packet.shown)
    yield "saved", _titles(packet.saved)
    yield (
        "turned_down",
        "; ".join(
            f"{option.title} (”{option.reason}”)" for option in packet.turned_down[-_MOST_OPTIONS:]
        ),
    )
    yield "questions", "; ".join(packet.open_questions)
    yield "plan", str((packet.plan or {}).get("goal") or "")
    if told:
        plain = words.text("preview.plain") if packet.plain_language else ""
        yield "language", ", ".join(filter(None, (spoken, plain)))


def _titles(options: Sequence[Suggested]) -> str:
    return "; ".join(option.title for option in options[-_MOST_OPTIONS:])


def _fact(name: str, value: Any, language: str, texts: Texts) -> str:
    """Return one fact in words; "" for what has none."""
    try:
        if name == "place":
            return _place(str(value), language, texts)
        if name == "field":
            return field_name(str(value), language, texts, plain=False)
        if name == "start_by":
            day = formats.day(date.fromisoformat(str(value)), language)
            return texts.text("utter_about_start_by", language, value=day)
        if name == "budget_eur":
            return _budget(float(value), language, texts)
        if name in _AMOUNTS:
            form = texts.form(f"utter_about_{name}", language, {"value": value})
            return texts.text(form, language, value=formats.number(float(value), language))
        return texts.text(f"utter_about_{name}_{str(value).lower()}", language)
    except (KeyError, TypeError, ValueError):
        return ""


def _place(code: str, language: str, texts: Texts) -> str:
    if code == ANYWHERE:
        return texts.text("utter_about_place_any", language)
    place = load_geography().get(code)
    return "" if place is None else place.name(language)


def _budget(amount: float, language: str, texts: Texts) -> str:
    if amount == 0:
        return texts.text("utter_about_budget_eur_0", language)
    return texts.text("utter_about_budget_eur", language, value=formats.money(amount, language))
