"""Which of the options shown is the cheapest, nearest, shortest or soonest: answered by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from guidance import dialogue_choices as buttons
from guidance.dialogue_memory import Shown
from guidance.dialogue_refine import RELATIVE
from guidance.dialogue_talk import Talk

# "Which is cheaper" asks about the list; "something cheaper" asks for another one.
_WHICH = re.compile(
    r"\b(mikä|mikäs|mitkä|kumpi|kumpikaan|vilken|vilket|vilka|which|what is the|what's the)\b",
    re.IGNORECASE,
)


def asks_which(talk: Talk) -> bool:
    """Say whether a turn asks which of the options shown is the cheapest, and the like."""
    turn = talk.turn
    return (
        turn.refine in RELATIVE and bool(talk.memory.shown) and bool(_WHICH.search(turn.text or ""))
    )


def tell_which(talk: Talk) -> None:
    """Name the option that comes first by what is asked, or say that it is not known."""
    code, shown = talk.turn.refine or "", talk.memory.shown
    known = {item: _MEASURES[code](item, talk.turn.today) for item in shown}
    measured = {item: value for item, value in known.items() if value is not None}
    choices = buttons.choices("compare_options", "refine", "ask_human")
    if not measured:
        talk.say("utter_which_unknown", choices=choices)
        return
    least = min(measured.values())
    first = [item for item, value in measured.items() if value == least]
    details = buttons.details_of(first[0].id)
    titles = "; ".join(item.title for item in first)
    talk.say(_NAMES[code], titles=titles, choices=(details, *choices))


def _start(item: Shown, today: date | None) -> float | None:
    if item.continuous:
        return 0
    day = date.fromisoformat(item.starts) if item.starts else None
    return None if day is None or (today is not None and day < today) else day.toordinal()


_NAMES = {
    "cheaper": "utter_which_cheaper",
    "nearer": "utter_which_nearer",
    "shorter": "utter_which_shorter",
    "sooner": "utter_which_sooner",
}
_MEASURES: Mapping[str, Callable[[Shown, date | None], float | None]] = {
    "cheaper": lambda item, today: item.price_eur,
    "nearer": lambda item, today: item.distance_km,
    "shorter": lambda item, today: item.months,
    "sooner": _start,
}
