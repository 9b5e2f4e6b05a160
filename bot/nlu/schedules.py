"""When a person would study: schedule, in words and hours of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.asked_about import is_about
from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention, mention
from bot.nlu.negation import Denials, Standing

_TIMES = ("daytime", "evening", "weekend")
_REACH = 4
_FEW_WORDS = 3
# As many words as a message without verbs has at most: "it-ala tampere ilta max 200e".
_MOST_WORDS_OF_A_LIST = 10
_LISTED = ("field", "competence", "free_of_charge", "limit", "unit:euros", "online", "goal")
_VERBS = (
    "first_person", "cue:wish", "cue:held", "cue:past", "cue:home", "second_person", "asking",
)  # fmt: skip
# "I clean offices in Varissuo at night".
_AFTER_WORK = 3
_WORKING = frozenset(
    (
        "jobbar", "arbetar", "work", "working", "clean", "drive", "wash", "siivoan", "ajan", "teen",
        "käyn", "työskentelen",
    )
)  # fmt: skip
_EVENING = re.compile(
    r"\b(?:klo|kl\.?|kello|from|between|mellan)\s*(?:1[6-9]|2[0-3])(?:[.:]\d\d)?"
    r"\s?(?:-|–|to|and|och|till)\s?(?:1[7-9]|2[0-4])\b"
)
_HOURS = re.compile(
    r"(?P<sure>\b(?:klo|kl\.?|from|between|mellan|kello)\s*)?(?<![\d.,-])(?:[6-9]|1[01])"
    r"(?:[.:]\d\d)?\s?(?P<link>-|–|to|till|and|och|am\s*-|am to)\s?"
    r"(?:1[2-7](?:[.:]\d\d)?|[1-4]\s?pm)\b(?!\s*(?:[a-zåäö€%]|[.,]\d))"
)
_LATE = re.compile(
    r"\b(?:after|efter|klo|kl\.?|kello)\s*(?:kl\.?\s*|klo\s*)?(?:1[6-9](?:[.:]\d\d)?|[4-8]\s?pm)"
    r"(?:\s*jälkeen)?\b"
)


def find_schedules(phrases: Phrases, denials: Denials, asked: str | None) -> Iterator[Mention]:
    """Yield `schedule` and `not_schedule` mentions."""
    if asked == "contact":
        # When to call back is no time to study.
        return
    wanted: list[Mention] = []
    refused: list[Mention] = []
    for match in phrases.all("schedule"):
        if _is_work_time(match, phrases) or is_about(match, phrases):
            continue
        if match.value == "daytime" and _is_per_day(match, phrases):
            continue
        if phrases.is_question(match.first) and phrases.beside("errand", match.first):
            continue
        standing = denials.standing(match.first, match.last)
        if standing is Standing.DENIED or _is_ruled_out(match, phrases):
            refused.append(Mention("not_schedule", match.value, match.first, match.last))
        elif standing is Standing.SAID:
            wanted.append(mention("schedule", match))
    wanted += _hours_of_day(phrases, asked)
    if not (wanted or refused):
        wanted += _named(phrases, denials, asked)
    if refused and not wanted and _leaves_the_rest(phrases, asked):
        no = {one.value for one in refused}
        last = refused[-1]
        wanted = [
            Mention("schedule", time, last.first, last.last) for time in _TIMES if time not in no
        ]
    yield from wanted
    yield from refused


def _named(phrases: Phrases, denials: Denials, asked: str | None) -> Iterator[Mention]:
    """Yield times merely named, in a short answer or in a list: "ilta", "it åbo kväll gratis"."""
    words = sum(token.kind == "word" for token in phrases.reading.tokens)
    # "Ilta" by itself, as "ilta sopii", tells when.
    answers = words == 1 or (asked == "schedule" and words <= _FEW_WORDS)
    lists = (
        asked is None
        and words <= _MOST_WORDS_OF_A_LIST
        and any(phrases.all(kind) for kind in _LISTED)
        and not any(phrases.all(kind) for kind in _VERBS)
    )
    if denials.places:
        return
    for match in phrases.all("schedule_named"):
        if not (answers or lists or _fits(match, phrases)):
            continue
        elsewhere = phrases.covers("not_schedule_named", match.first) or (
            match.first and phrases.reading.tokens[match.first - 1].kind == "number"
        )
        if not elsewhere and (answers or match.value == "evening"):
            yield mention("schedule", match)


def _fits(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is said to suit, right after: "ilta käy mulle parhaiten"."""
    return not phrases.is_question(match.first) and (
        phrases.covers("time_fits", match.last) or phrases.covers("language_fits", match.last)
    )


def _is_per_day(match: Match, phrases: Phrases) -> bool:
    """Tell whether it counts what goes before: "2 timmar om dagen"."""
    before = match.first - 1
    return phrases.covers("per_day", match.first) and any(
        phrases.covers(f"unit:{unit}", before)
        for unit in ("hours", "minutes", "kilometres", "euros", "mil")
    )


def _is_work_time(match: Match, phrases: Phrases) -> bool:
    """Tell whether it says when the person works: "työskentelen iltaisin"."""
    tokens = phrases.reading.tokens
    working = [
        one
        for kind in ("situation", "at_work")
        for one in phrases.beside(kind, match.first)
        if any(tokens[place].word in _WORKING for place in range(one.first, one.last))
    ]
    work = [*phrases.beside("cue:workplace", match.first), *working]
    return any(
        -2 <= cue.first - match.last <= 0 or 0 <= match.first - cue.last <= _AFTER_WORK
        for cue in work
    ) and not phrases.beside("language_talk:study", match.first)


def _is_ruled_out(match: Match, phrases: Phrases) -> bool:
    """Tell whether "impossible" follows or "remove" stands before."""
    # "Kvällarna är" may be one phrase and "är för familjen" the next.
    after = phrases.between("impossible", match.first + 1, match.last + _REACH)
    before = [
        one
        for one in phrases.between("removed", max(0, match.first - _REACH), match.first)
        if one.last <= match.first
    ]
    tokens = phrases.reading.tokens
    here = tokens[match.first].clause
    return any(tokens[one.first].clause == here for one in [*after, *before])


def _leaves_the_rest(phrases: Phrases, asked: str | None) -> bool:
    excepted = phrases.all("negation:exceptions") or phrases.all("any_time")
    return bool(excepted) and (asked == "schedule" or bool(phrases.all("any_time")))


def _hours_of_day(phrases: Phrases, asked: str | None) -> Iterator[Mention]:
    """Yield the time of the day for hours: "klo 9-15", "after 5 pm"."""
    text = phrases.reading.text.lower()
    for match in _HOURS.finditer(text):
        words = match["link"] in ("to", "till")
        days = asked is None and bool(phrases.all("weekday"))
        if match["sure"] or asked == "schedule" or (words and asked is None) or days:
            yield from _at(match, "daytime", phrases)
    for match in _EVENING.finditer(text):
        yield from _at(match, "evening", phrases)
    for match in _LATE.finditer(text):
        if (
            ("klo" not in match.group() and "kl" not in match.group())
            or "jälkeen" in match.group()
            or "efter" in match.group()
        ):
            yield from _at(match, "evening", phrases)


def _at(match: re.Match[str], value: str, phrases: Phrases) -> Iterator[Mention]:
    places = [
        place
        for place, token in enumerate(phrases.reading.tokens)
        if token.start < match.end() and token.end > match.start()
    ]
    if places:
        yield Mention("schedule", value, places[0], places[-1] + 1)
