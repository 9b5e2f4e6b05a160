"""Slots that a phrase gives at once: goal, situation, schedule, ways of study, picks."""

from __future__ import annotations

from collections.abc import Iterator

from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention, mention
from bot.nlu.negation import Denials, Standing

# Goals that questions name without having them: "how do I get my degree recognised".
_ASKED_ABOUT = ("degree", "basic_skills")
_ASKED_ABOUT_GOAL = (None, "goal", "interest", "field")
_NUMERIC_SLOTS = ("weekly_hours", "budget_eur", "max_distance_km", "age_group", "start_by", "place")
_FEW_WORDS = 4
_MASKS = {"[phone]": "phone", "[email]": "email"}
_MOST_ORDINAL = 9


def find_wordings(phrases: Phrases, denials: Denials, asked: str | None) -> list[Mention]:
    """Return all mentions that a phrase and what denies it decide."""
    return [
        *_goals(phrases, denials, asked),
        *_situations(phrases, denials, asked),
        *_schedules(phrases, denials),
        *_ways(phrases, denials),
        *_home(phrases, asked),
        *_refinements(phrases),
        *_ordinals(phrases, asked),
        *_contacts(phrases),
        *_without_preference(phrases, asked),
    ]


def _goals(phrases: Phrases, denials: Denials, asked: str | None) -> Iterator[Mention]:
    for match in phrases.all("goal"):
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
        before = [cue for cue in phrases.beside("cue:wish", match.first) if cue.first < match.first]
        if (before or asked == "goal") and not phrases.beside("cue:held", match.first):
            yield mention("goal", match)
    if asked == "goal" and not phrases.all("goal"):
        for match in phrases.all("no_answer")[:1]:
            yield Mention("goal", "unsure", match.first, match.last)


def _situations(phrases: Phrases, denials: Denials, asked: str | None) -> Iterator[Mention]:
    if asked == "situation" and not phrases.all("situation"):
        for match in phrases.all("work_now"):
            if denials.standing(match.first, match.last) is Standing.SAID:
                yield mention("situation", match)
    for match in phrases.all("situation"):
        # Some phrases hold their own denial: "en ole töissä".
        own = denials.within(match.first, match.last)
        if not own and denials.standing(match.first, match.last) is not Standing.SAID:
            continue
        if _is_past(match, phrases) or _is_wished_state(match, phrases):
            continue
        general = match.value != "employed" and phrases.is_general_question(match.first)
        if general or phrases.covers("not_situation", match.first):
            continue
        yield mention("situation", match)


def _is_past(match: Match, phrases: Phrases) -> bool:
    if match.value in ("unemployed", "laid_off", "retired"):
        # "Jäin työttömäksi" is a past that lasts.
        return any(
            phrases.reading.tokens[cue.first].word in ("olin", "oli", "var", "used", "aiemmin")
            for cue in phrases.beside("cue:past", match.first)
            if cue.first < match.first
        )
    return any(cue.first < match.first for cue in phrases.beside("cue:past", match.first))


def _is_wished_state(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is a wish: "haluaisin olla oma yritys"."""
    if match.value not in ("self_employed", "student"):
        return False
    word = phrases.reading.tokens[match.last - 1].word
    wishes = [cue for cue in phrases.beside("cue:wish", match.first) if cue.last <= match.first]
    held = [cue for cue in phrases.beside("cue:firm", match.first) if cue.last <= match.first]
    return word.endswith("ksi") or (bool(wishes) and not held)


def _schedules(phrases: Phrases, denials: Denials) -> Iterator[Mention]:
    for match in phrases.all("schedule"):
        if _is_work_time(match, phrases):
            continue
        standing = denials.standing(match.first, match.last)
        if standing is Standing.SAID:
            yield mention("schedule", match)
        elif standing is Standing.DENIED:
            yield mention("not_schedule", match)


def _is_work_time(match: Match, phrases: Phrases) -> bool:
    """Tell whether it says when the person works: "työskentelen iltaisin"."""
    work = phrases.beside("cue:workplace", match.first)
    return any(
        -2 <= cue.first - match.last <= 0 or 0 <= match.first - cue.last <= 1 for cue in work
    ) and not phrases.beside("language_talk:study", match.first)


def _ways(phrases: Phrases, denials: Denials) -> Iterator[Mention]:
    for match in phrases.all("online"):
        if phrases.covers("not_only", match.first) and match.value != "online_ok":
            yield Mention("online_ok", True, match.first, match.last)
            continue
        if match.value == "online_only" and phrases.is_question(match.first):
            # "Voiko opiskella kokonaan verkossa" asks what there is.
            yield Mention("online_ok", True, match.first, match.last)
            continue
        if phrases.beside("unit:kilometres", match.first) and _is_home(match, phrases):
            continue
        if match.value == "in_person_only":
            yield Mention("online_ok", False, match.first, match.last)
            continue
        if match.value == "online_only" and denials.within(match.first, match.last):
            yield Mention("online_only", True, match.first, match.last)
            continue
        standing = denials.standing(match.first, match.last)
        if standing is Standing.DENIED:
            yield Mention("online_ok", False, match.first, match.last)
        elif standing is Standing.SAID:
            yield Mention(match.value, True, match.first, match.last)


def _is_home(match: Match, phrases: Phrases) -> bool:
    return any(phrases.covers("home_word", place) for place in range(match.first, match.last))


def _home(phrases: Phrases, asked: str | None) -> Iterator[Mention]:
    """Yield online study for a bare "kotona"."""
    words = sum(token.kind == "word" for token in phrases.reading.tokens)
    for match in phrases.all("home_word"):
        if not phrases.covers("online", match.first) and (
            (asked != "situation" and words == match.last - match.first)
            or (asked == "place" and words <= _FEW_WORDS)
        ):
            yield Mention("online_ok", True, match.first, match.last)


def _refinements(phrases: Phrases) -> Iterator[Mention]:
    for match in phrases.all("refine"):
        yield mention("refine", match)


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
