"""When and how a person would study: schedule, online or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention, mention
from bot.nlu.negation import Denials, Standing

_TIMES = ("daytime", "evening", "weekend")
_FEW_WORDS = 2
_BARE_ANSWER = 8
_REACH = 4
# "I clean offices in Varissuo at night".
_AFTER_WORK = 3
_WORKING = frozenset(
    (
        "jobbar", "arbetar", "work", "working", "clean", "drive", "wash", "siivoan", "ajan", "teen",
        "käyn", "työskentelen",
    )
)  # fmt: skip
# How something is, not whether there is any: "miten etäopiskelu toimii", "do online courses have".
_ABOUT = frozenset(
    (
        "miten", "kuinka", "kuin", "pitääkö", "pitääks", "täytyykö", "tarviiko", "tarvitaanko",
        "vaaditaanko", "jääkö", "jääks", "riittääkö", "hur", "måste", "behöver", "krävs", "räcker",
        "how", "do", "does", "what", "vad", "mitä", "why", "miksi", "varför",
    )
)  # fmt: skip
# Names what will do as well: "lähiopetuskin käy", "in person also ok".
_TOO = frozenset(
    (
        "myös",
        "myöskin",
        "käy",
        "kävis",
        "också",
        "även",
        "båda",
        "både",
        "haittaa",
        "also",
        "too",
        "both",
        "or",
    )
)
_EVENING = re.compile(
    r"\b(?:klo|kl\.?|kello|from|between|mellan)\s*(?:1[6-9]|2[0-3])(?:[.:]\d\d)?"
    r"\s?(?:-|–|to|and|och|till)\s?(?:1[7-9]|2[0-4])\b"
)
_INSIDE = re.compile(r"\w+(?:nnoissa|rsseissa|rsseilla|uksessa|nnoista|lussa)")
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
        if _is_work_time(match, phrases) or _is_about(match, phrases):
            continue
        if phrases.is_question(match.first) and phrases.beside("errand", match.first):
            continue
        standing = denials.standing(match.first, match.last)
        if standing is Standing.DENIED or _is_ruled_out(match, phrases):
            refused.append(Mention("not_schedule", match.value, match.first, match.last))
        elif standing is Standing.SAID:
            wanted.append(mention("schedule", match))
    wanted += _hours_of_day(phrases, asked)
    if refused and not wanted and _leaves_the_rest(phrases, asked):
        no = {one.value for one in refused}
        last = refused[-1]
        wanted = [
            Mention("schedule", time, last.first, last.last) for time in _TIMES if time not in no
        ]
    yield from wanted
    yield from refused


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


def _is_about(match: Match, phrases: Phrases) -> bool:
    """Tell whether a question is about such studies, and does not look for any."""
    if not phrases.is_question(match.first) or phrases.beside(
        "first_person", match.first, sentence=True
    ):
        return False
    if phrases.beside("existing", match.first, sentence=True) and not _INSIDE.fullmatch(
        phrases.reading.tokens[match.last - 1].word
    ):
        return False
    tokens = phrases.reading.tokens
    sentence = [
        token
        for token in tokens
        if token.sentence == tokens[match.first].sentence and token.kind == "word"
    ]
    return sentence[0].word in _ABOUT or bool(_INSIDE.fullmatch(tokens[match.last - 1].word))


def _is_ruled_out(match: Match, phrases: Phrases) -> bool:
    """Tell whether "impossible" follows or "remove" stands before."""
    after = phrases.between("impossible", match.last, match.last + _REACH)
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


def find_ways(phrases: Phrases, denials: Denials, asked: str | None) -> Iterator[Mention]:
    """Yield `online_ok` and `online_only`: wished, possible or refused."""
    found = [*_named_ways(phrases, denials), *_home(phrases, asked)]
    if asked == "online_ok" and not any(one.value for one in found):
        found = [*_answered(phrases, denials), *found]
    yield from found


def _named_ways(phrases: Phrases, denials: Denials) -> Iterator[Mention]:
    for match in phrases.all("online"):
        if phrases.covers("not_only", match.first) and match.value != "online_ok":
            yield Mention("online_ok", True, match.first, match.last)
            continue
        if phrases.beside("unit:kilometres", match.first) and _is_home(match, phrases):
            continue
        if match.value == "in_person":
            if _is_alone(match, phrases, denials):
                yield Mention("online_ok", False, match.first, match.last)
            continue
        if match.value == "in_person_only":
            yield Mention("online_ok", False, match.first, match.last)
            continue
        if _is_about(match, phrases):
            continue
        if match.value == "online_only" and phrases.is_question(match.first):
            # "Voiko opiskella kokonaan verkossa" asks what there is.
            yield Mention("online_ok", True, match.first, match.last)
            continue
        if match.value == "online_only" and denials.within(match.first, match.last):
            yield Mention("online_only", True, match.first, match.last)
            continue
        standing = denials.standing(match.first, match.last)
        if standing is Standing.DENIED:
            yield Mention("online_ok", False, match.first, match.last)
        elif standing is Standing.SAID:
            yield Mention(match.value, True, match.first, match.last)


def _is_alone(match: Match, phrases: Phrases, denials: Denials) -> bool:
    """Tell whether to be there in person is wished, and neither asked about nor one way of two."""
    tokens = phrases.reading.tokens
    here = [token.word for token in tokens if token.clause == tokens[match.first].clause]
    if phrases.is_question(match.first) or not _TOO.isdisjoint(here):
        return False
    if phrases.beside("situation", match.first):
        # "Jag jobbar på plats i Åbo".
        return False
    others = [one for one in phrases.all("online") if not one.value.startswith("in_person")]
    return denials.standing(match.first, match.last) is not Standing.DENIED and all(
        denials.standing(one.first, one.last) is Standing.DENIED for one in others
    )


def _answered(phrases: Phrases, denials: Denials) -> Iterator[Mention]:
    """Yield the answer to whether online will do: "en mieluusti", "joo"."""
    tokens = phrases.reading.tokens
    words = [place for place, token in enumerate(tokens) if token.kind == "word"]
    if not words or len(words) > _BARE_ANSWER or phrases.all("no_answer"):
        return
    first = words[0]
    if first in denials.places or phrases.covers("bare_no", first):
        yield Mention("online_ok", False, first, first + 1)
    elif phrases.covers("bare_yes", first) and not denials.places:
        yield Mention("online_ok", True, first, first + 1)


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
