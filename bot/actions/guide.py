"""The deciding action: after every message, do what the dialogue decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.orm import Session, sessionmaker

from bot.actions.career import show_career_skills
from bot.actions.comparison import show_comparison, show_routes, show_ruled_out, show_saved
from bot.actions.competence import listed, show_competence
from bot.actions.desk import Desk, Sessions, language_of
from bot.actions.options import show_details, show_options
from bot.actions.plan import show_plan, show_recognition
from bot.actions.rules import tell_rule
from bot.actions.summary import Summary
from bot.actions.turn import PROFILE_SLOTS, read_memory, read_profile, read_turn
from catalog.db import session_factory
from guidance.dialogue import decide
from guidance.dialogue_memory import Memory
from guidance.dialogue_moves import (
    Choice,
    Move,
    Say,
    ShowCareerSkills,
    ShowComparison,
    ShowCompetence,
    ShowDetails,
    ShowOptions,
    ShowPlan,
    ShowRecognition,
    ShowRoutes,
    ShowRuledOut,
    ShowSaved,
    TellRule,
)
from guidance.profile import Profile
from opastin.settings import Settings, load_settings
from opastin.texts import Texts, load_texts

# How each kind of move becomes something to say.
_RESOLVERS: Mapping[type, Callable[[Desk, Any, Profile, Memory], tuple[Say, Memory]]] = {
    ShowCareerSkills: show_career_skills,
    ShowComparison: show_comparison,
    ShowCompetence: show_competence,
    ShowDetails: show_details,
    ShowOptions: show_options,
    ShowPlan: show_plan,
    ShowRecognition: show_recognition,
    ShowRoutes: show_routes,
    ShowRuledOut: show_ruled_out,
    ShowSaved: show_saved,
    TellRule: tell_rule,
}


@lru_cache(maxsize=1)
def _catalogue() -> sessionmaker:
    return session_factory()


def open_catalogue() -> Session:
    """Return a session on the catalogue; its engine is made at the first need and kept."""
    session: Session = _catalogue()()
    return session


@lru_cache(maxsize=1)
def current_settings() -> Settings:
    """Return the settings that this process was started with."""
    return load_settings()


class ActionGuide(Action):
    """Fold the message into the profile, then say and show what the dialogue decides."""

    # The action server builds every action without arguments, so the defaults are what
    # production uses. Tests pass a catalogue, settings and texts of their own.
    def __init__(
        self,
        sessions: Sessions = open_catalogue,
        settings: Callable[[], Settings] = current_settings,
        texts: Callable[[], Texts] = load_texts,
    ) -> None:
        self._sessions = sessions
        self._settings = settings
        self._texts = texts

    def name(self) -> str:
        return "action_guide"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        before = read_profile(tracker)
        turn = read_turn(tracker, self._settings().today())
        decision = decide(before, read_memory(tracker), turn)
        memory = decision.memory
        for move in decision.moves:
            say, memory = self._resolve(move, decision.profile, memory)
            self._utter(dispatcher, say, decision.profile)
        return list(_slots_set(before, decision.profile, memory))

    def _resolve(self, move: Move, profile: Profile, memory: Memory) -> tuple[Say, Memory]:
        """Return what to say for a move, and the memory after it."""
        if isinstance(move, Say):
            return move, memory
        desk = Desk(self._sessions, self._texts(), self._settings().today())
        return _RESOLVERS[type(move)](desk, move, profile, memory)

    def _utter(self, dispatcher: CollectingDispatcher, say: Say, profile: Profile) -> None:
        values = dict(say.values)
        language, plain = language_of(profile), bool(profile.plain_language)
        for key, names in say.texts.items():
            values[key] = listed(names, language, self._texts(), plain=plain)
        if say.about is not None:
            values["summary"] = Summary(self._texts(), language, plain=plain).of(say.about)
            if not values["summary"]:
                return
        days = self._settings().retention_days
        dispatcher.utter_message(
            response=self._texts().form(say.name, language, {"days": days, **values}),
            buttons=[self._button(choice, profile) for choice in say.choices],
            json_message=None if say.custom is None else dict(say.custom),
            asked=say.asked,
            days=days,
            **values,
        )

    def _button(self, choice: Choice, profile: Profile) -> dict[str, str]:
        title = choice.title
        if choice.text is not None:
            plain = bool(profile.plain_language)
            title = self._texts().text(choice.text, language_of(profile), plain=plain)
        return {"title": title or choice.payload, "payload": choice.payload}


def _slots_set(before: Profile, after: Profile, memory: Memory) -> Iterator[EventType]:
    old, new = before.to_dict(), after.to_dict()
    for name in PROFILE_SLOTS:
        if old.get(name) != new.get(name):
            yield SlotSet(name, new.get(name))
    yield SlotSet("memory", memory.to_dict())
