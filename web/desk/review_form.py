"""The form in which a coach says what messages meant: the intent, the facts, another wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from multidict import MultiMapping

from catalog.fields import load_fields
from catalog.geography import load_geography
from coaching.reviews import Candidate, without_own_words
from coaching.rewording import LONGEST
from guidance.profile import EDUCATION, GOALS, SCHEDULES, SITUATIONS, Profile, ProfileError
from web.bodies import clean
from web.desk.parts import area, checks, choice, field
from web.desk.search_filters import UnknownPlace, place_names, places_named
from web.desk.search_form import intents
from web.labels import Labels
from web.markup import Content, build

_YES, _NO = "yes", "no"
_NUMBERS = ("weekly_hours", "budget_eur")
# What the form changes; other facts stay as they were understood.
_EDITED = frozenset(
    {"goal", "field", "place", "places", "education", "situation", "schedule", "online_ok"}
    | set(_NUMBERS)
)


class BadFact(ValueError):
    """A fact cannot be what was typed; `name` is the slot."""

    def __init__(self, name: str) -> None:
        """Keep which one."""
        super().__init__(name)
        self.name = name


@dataclass(frozen=True)
class Typed:
    """What the form holds, as it is typed."""

    intent: str = ""
    wording: str = ""
    goal: str = ""
    field: str = ""
    place: str = ""
    education: str = ""
    situation: str = ""
    schedule: tuple[str, ...] = ()
    weekly_hours: str = ""
    budget_eur: str = ""
    online_ok: str = ""

    @classmethod
    def of(cls, candidate: Candidate, labels: Labels) -> Typed:
        """Begin with what was understood, and with the person's words, to be reworded."""
        slots = candidate.slots
        place = load_geography().get(str(slots.get("place")))
        online = slots.get("online_ok")
        texts = {
            name: "" if slots.get(name) is None else f"{slots[name]}"
            for name in ("goal", "field", "education", "situation", *_NUMBERS)
        }
        typed = cls(
            intent="" if candidate.is_failed else candidate.intent,
            wording=candidate.text,
            place="" if place is None else place.name(labels.language),
            schedule=tuple(slots.get("schedule") or ()),
            online_ok="" if online is None else _YES if online else _NO,
        )
        return replace(typed, **texts)  # type: ignore[arg-type]

    @classmethod
    def read(cls, form: MultiMapping[Any]) -> Typed:
        """Read what was sent."""
        names = [name for name in vars(cls()) if name != "schedule"]
        texts = {name: clean(str(form.get(name, "")))[: LONGEST * 7] for name in names}
        schedule = tuple(str(one) for one in form.getall("schedule", []))
        return replace(cls(schedule=schedule), **texts)  # type: ignore[arg-type]

    def slots(self, understood: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts in the profile's values; raise BadFact."""
        facts = {
            name: value
            for name, value in without_own_words(understood).items()
            if name not in _EDITED
        }
        for name in ("goal", "field", "education", "situation"):
            if getattr(self, name):
                facts[name] = getattr(self, name)
        for name in _NUMBERS:
            if getattr(self, name):
                facts[name] = _number(name, getattr(self, name))
        if self.place:
            facts["place"] = _place(self.place)
            if facts["place"] == understood.get("place") and understood.get("places"):
                facts["places"] = understood["places"]
        if self.schedule:
            facts["schedule"] = list(self.schedule)
        if self.online_ok:
            facts["online_ok"] = self.online_ok == _YES
        return _checked(facts)


def show(typed: Typed, labels: Labels) -> Iterator[Content]:
    """Yield the fields, filled in."""
    text = labels.text
    listed = [("", text("reviews.choose")), *_meanings(labels)]
    yield choice(text("reviews.intent"), "intent", listed, chosen=typed.intent)
    yield area(
        text("reviews.wording"), "wording", typed.wording, hint=text("reviews.wording_hint"), rows=3
    )
    yield build(
        "details",
        build("summary", text("reviews.facts")),
        build("p", text("reviews.facts_hint"), class_="hint"),
        *_facts(typed, labels),
        open=any(value for name, value in vars(typed).items() if name not in ("intent", "wording")),
    )


def _facts(typed: Typed, labels: Labels) -> Iterator[Element]:
    for name, codes in (("goal", GOALS), ("education", EDUCATION), ("situation", SITUATIONS)):
        words = [(code, labels.text(f"values.{name}.{code}")) for code in codes]
        yield _choice(labels, name, words, getattr(typed, name))
    fields = [
        (one.code, f"{one.code} {one.names[labels.language]}") for one in load_fields().fields
    ]
    if typed.field and typed.field not in dict(fields):
        fields.append((typed.field, typed.field))
    yield _choice(labels, "field", fields, typed.field)
    yield field(labels.text("slots.place"), "place", value=typed.place, list="places")
    names = (build("option", value=name) for name in place_names(labels.language))
    yield build("datalist", *names, id="places")
    schedule = [(code, labels.text(f"values.schedule.{code}")) for code in SCHEDULES]
    yield checks(labels.text("slots.schedule"), "schedule", schedule, chosen=typed.schedule)
    for name in _NUMBERS:
        value = getattr(typed, name)
        yield field(labels.text(f"slots.{name}"), name, value=value, inputmode="decimal")
    sides = [(_YES, labels.text("packet.yes")), (_NO, labels.text("packet.no"))]
    yield _choice(labels, "online_ok", sides, typed.online_ok)


def _meanings(labels: Labels) -> list[tuple[str, str]]:
    return [pair for pair in intents(labels) if pair[0] != "nlu_fallback"]


def _choice(labels: Labels, name: str, options: Sequence[tuple[str, str]], chosen: str) -> Element:
    listed = [("", labels.text("reviews.not_told")), *options]
    return choice(labels.text(f"slots.{name}"), name, listed, chosen=chosen)


def _number(name: str, typed: str) -> float:
    try:
        value = float(typed.replace(",", "."))
    except ValueError as error:
        raise BadFact(name) from error
    return int(value) if value.is_integer() else value


def _place(name: str) -> str:
    try:
        return places_named(name)[0]
    except UnknownPlace as error:
        raise BadFact("place") from error


def _checked(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that a profile takes; an odd one that was understood is left out."""
    checked = Profile()
    for name, value in facts.items():
        try:
            checked = checked.with_facts({name: value})
        except (ProfileError, OverflowError) as error:
            if name in _EDITED:
                raise BadFact(name) from error
    return checked.to_dict()
