"""Slots that a phrase gives at once: goal, situation, schedule, ways of study, picks."""

from __future__ import annotations

from collections.abc import Iterator

from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention, mention
from bot.nlu.negation import Denials, Standing
from bot.nlu.preferences import find_preferences, slots_left_open
from bot.nlu.schedules import find_schedules
from bot.nlu.situations import find_situations
from bot.nlu.ways import find_ways

# Goals that questions name without having them: "how do I get my degree recognised".
_ASKED_ABOUT = ("degree", "basic_skills")
_ASKED_ABOUT_GOAL = (None, "goal", "interest", "field")
_NUMERIC_SLOTS = ("weekly_hours", "budget_eur", "max_distance_km", "age_group", "start_by", "place")
_MASKS = {"[phone]": "phone", "[email]": "email"}
_MOST_ORDINAL = 9
_REMOVE = "remove"
_WHY_NOT = "why_not"
# What a question why something is not shown may name, and how close it stands.
_NAMED = ("ordinal", "field", "competence", "schooling")
_NAMED_WITHIN = 3
# Said beside more, these words tell of work or evenings: "jag orkar inte mer på kvällarna".
_WEARY = "weary"
_BEFORE_WEARY = 4
_AFTER_WEARY = frozenset(
    (
        "nyt",
        "tällä",
        "hetkellä",
        "tähän",
        "nu",
        "just",
        "now",
        "right",
        "here",
        "at",
        "the",
        "moment",
    )
)


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
        *find_preferences(phrases, asked),
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
    other = {slot for slot, _ in slots_left_open(phrases)} - {"goal"}
    if asked == "goal" and not phrases.all("goal") and not other:
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
            if match.value != _WEARY or _is_all(match, phrases):
                yield mention(slot, match)
    if not phrases.all("choice"):
        yield from _unlisted_choices(phrases)


def _unlisted_choices(phrases: Phrases) -> Iterator[Mention]:
    """Yield the first choice that more than one phrase tells."""
    for match in phrases.all("choice_alone"):
        if _is_whole_message(match, phrases):
            yield Mention("choice", match.value, match.first, match.last)
            return
    if not phrases.all("distress"):
        for kind, choice in (("hopeless", _WEARY), ("self_doubt", "self_doubt")):
            for match in phrases.all(kind):
                yield Mention("choice", choice, match.first, match.last)
                return
    for match in phrases.all("removing"):
        # "Poista eka": what is numbered stands in the list of what was saved.
        numbered = any(phrases.beside(kind, match.first) for kind in ("ordinal", "first_few"))
        if numbered or _numbers_last(match, phrases):
            yield Mention("choice", _REMOVE, match.first, match.last)
            return
    for match in phrases.all("why_not_word"):
        if any(phrases.between(kind, match.last, match.last + _NAMED_WITHIN) for kind in _NAMED):
            yield Mention("choice", _WHY_NOT, match.first, match.last)
            return


def _is_whole_message(match: Match, phrases: Phrases) -> bool:
    return all(
        token.kind == "mark" or match.first <= place < match.last or _is_courtesy(place, phrases)
        for place, token in enumerate(phrases.reading.tokens)
    )


def _ends_message(place: int, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    return all(
        tokens[one].kind == "mark" or _is_courtesy(one, phrases)
        for one in range(place + 1, len(tokens))
    )


def _is_courtesy(place: int, phrases: Phrases) -> bool:
    return phrases.covers("courtesy", place)


def _numbers_last(match: Match, phrases: Phrases) -> bool:
    """Tell whether a bare number ends the message: "poista 2", "save number 3"."""
    tokens = [token for token in phrases.reading.tokens if token.kind != "mark"]
    last = phrases.reading.tokens.index(tokens[-1])
    return (
        tokens[-1].kind == "number"
        and tokens[-1].word.isdecimal()
        and 0 < int(tokens[-1].word[:3]) <= _MOST_ORDINAL
        and all(phrases.covers("option_word", place) for place in range(match.last, last))
    )


def _is_all(match: Match, phrases: Phrases) -> bool:
    """Tell whether hardly more is said, and that of oneself: "olen vain niin väsynyt kaikkeen"."""
    tokens = phrases.reading.tokens
    beside = [
        place
        for place, token in enumerate(tokens)
        if token.kind == "word" and not match.first <= place < match.last
    ]
    about = ("distress", "field", "competence", "situation", "schedule", "workplace", "online")
    goes_on = any(
        place >= match.last and tokens[place].word not in _AFTER_WEARY for place in beside
    )
    tells = any(phrases.covers(kind, place) for place in beside for kind in about)
    before = [place for place in beside if place < match.first]
    return len(before) <= _BEFORE_WEARY and not goes_on and not tells


def _ordinals(phrases: Phrases, asked: str | None) -> Iterator[Mention]:
    for match in phrases.all("first_few"):
        for number in range(1, int(match.value) + 1):
            yield Mention("ordinal", number, match.first, match.last)
    for match in phrases.all("ordinal"):
        places = range(match.first, match.last)
        if not any(
            phrases.covers(kind, one) for kind in ("not_ordinal", "first_few") for one in places
        ):
            yield Mention("ordinal", int(match.value), match.first, match.last)
    tokens = phrases.reading.tokens
    if asked in _NUMERIC_SLOTS:
        return
    yield from _compared(phrases)
    for place, token in enumerate(tokens):
        alone = len([one for one in tokens if one.kind != "mark"]) == 1
        named = place > 0 and any(
            phrases.covers(kind, place - 1) for kind in ("option_word", "removing")
        )
        # "Save 2 euros" names no place in the list.
        named = named or (
            _ends_message(place, phrases) and place > 0 and phrases.covers("saving", place - 1)
        )
        if token.kind == "number" and (alone or named) and token.word.isdecimal():
            number = int(token.word[:3])
            if 1 <= number <= _MOST_ORDINAL:
                yield Mention("ordinal", number, place, place + 1)


def _compared(phrases: Phrases) -> Iterator[Mention]:
    """Yield the numbers that a comparison joins: "compare 1 and 3", "vertaa yksi ja kolme"."""
    if not phrases.all("comparing"):
        return
    numbers = {
        place: _place_in_list(place, phrases) for place in range(len(phrases.reading.tokens))
    }
    for place, number in numbers.items():
        if number is None:
            continue
        joined = any(
            numbers.get(place + 2 * step) is not None and _joins(place + step, phrases)
            for step in (-1, 1)
        )
        if joined:
            yield Mention("ordinal", number, place, place + 1)


def _joins(place: int, phrases: Phrases) -> bool:
    joining = any(phrases.covers(kind, place) for kind in ("turn:joining", "turn:or"))
    return joining or phrases.reading.tokens[place].word == ","


def _place_in_list(place: int, phrases: Phrases) -> int | None:
    """Return the number that one word gives, None where it is no place in a list."""
    token = phrases.reading.tokens[place]
    match = phrases.covering("number_word", place)
    written = match.value if match is not None else token.word
    if not written.isdecimal() or not 1 <= int(written[:3]) <= _MOST_ORDINAL:
        return None
    return int(written[:3])


def _contacts(phrases: Phrases) -> Iterator[Mention]:
    for place, token in enumerate(phrases.reading.tokens):
        if token.word in _MASKS:
            yield Mention("contact", token.word, place, place + 1)
