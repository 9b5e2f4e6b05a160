"""Slots that a phrase gives at once: goal, situation, schedule, ways of study, picks."""

from __future__ import annotations

from collections.abc import Iterator

from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention, mention
from bot.nlu.negation import Denials, Standing
from bot.nlu.schedules import find_schedules
from bot.nlu.situations import find_situations
from bot.nlu.ways import find_ways

# Goals that questions name without having them: "how do I get my degree recognised".
_ASKED_ABOUT = ("degree", "basic_skills")
_ASKED_ABOUT_GOAL = (None, "goal", "interest", "field")
_NUMERIC_SLOTS = ("weekly_hours", "budget_eur", "max_distance_km", "age_group", "start_by", "place")
_MASKS = {"[phone]": "phone", "[email]": "email"}
_MOST_ORDINAL = 9


def find_wordings(phrases: Phrases, denials: Denials, asked: str | None) -> list[Mention]:
    """Return all mentions that a phrase and what denies it decide."""
    return [
        *_goals(phrases, denials, asked),
        *find_situations(phrases, denials, asked),
        *find_schedules(phrases, denials, asked),
        *find_ways(phrases, denials, asked),
        *_steering(phrases),
        *_ordinals(phrases, asked),
        *_contacts(phrases),
        *_without_preference(phrases, asked),
    ]


def _goals(phrases: Phrases, denials: Denials, asked: str | None) -> Iterator[Mention]:
    for match in phrases.all("goal"):
        if any(phrases.covers("not_goal", place) for place in range(match.first, match.last)):
            continue
        if match.value == "interest" and _is_known(match, phrases):
            continue
        if match.value == "unsure":
            if asked in _ASKED_ABOUT_GOAL:
                yield mention("goal", match)
        elif denials.standing(match.first, match.last) is Standing.SAID:
            asks = phrases.is_question(match.first) and match.value in _ASKED_ABOUT
            if not asks or phrases.beside("cue:wish", match.first):
                yield mention("goal", match)
    for match in phrases.all("goal_if_wished"):
        if phrases.covers("goal", match.first):
            continue
        before = phrases.beside("cue:wish", match.first)
        if (before or asked == "goal") and not phrases.beside("cue:held", match.first):
            yield mention("goal", match)
    if asked == "goal" and not phrases.all("goal"):
        for match in phrases.all("no_answer")[:1]:
            yield Mention("goal", "unsure", match.first, match.last)


def _is_known(match: Match, phrases: Phrases) -> bool:
    """Tell whether a hobby is one that the person has had: "jag har sysslat med foto som hobby"."""
    able = [
        one
        for one in phrases.beside("cue:able", match.first)
        if not match.first <= one.first < match.last
    ]
    return bool(phrases.beside("hobby_had", match.first)) or (
        bool(able) and not phrases.beside("cue:wish", match.first)
    )


def _steering(phrases: Phrases) -> Iterator[Mention]:
    for slot in ("choice", "refine"):
        for match in phrases.all(slot):
            yield mention(slot, match)


def _ordinals(phrases: Phrases, asked: str | None) -> Iterator[Mention]:
    for match in phrases.all("ordinal"):
        if not any(phrases.covers("not_ordinal", one) for one in range(match.first, match.last)):
            yield Mention("ordinal", int(match.value), match.first, match.last)
    tokens = phrases.reading.tokens
    if asked in _NUMERIC_SLOTS:
        return
    for place, token in enumerate(tokens):
        alone = len([one for one in tokens if one.kind != "mark"]) == 1
        named = place > 0 and phrases.covers("option_word", place - 1)
        if token.kind == "number" and (alone or named) and token.word.isdecimal():
            number = int(token.word[:3])
            if 1 <= number <= _MOST_ORDINAL:
                yield Mention("ordinal", number, place, place + 1)


def _contacts(phrases: Phrases) -> Iterator[Mention]:
    for place, token in enumerate(phrases.reading.tokens):
        if token.word in _MASKS:
            yield Mention("contact", token.word, place, place + 1)


def _without_preference(phrases: Phrases, asked: str | None) -> Iterator[Mention]:
    """Yield the slot whose question was answered with "ei väliä" or "en halua kertoa"."""
    # A place that does not matter is a place: anywhere.
    indifferent = [] if asked == "place" else [*phrases.all("no_preference")]
    matches = [*indifferent, *phrases.all("wont_say")]
    if asked is not None and matches:
        yield Mention("no_preference", asked, matches[0].first, matches[0].last)
