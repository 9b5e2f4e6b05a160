"""The age group that a message tells: a stated age, a year of birth, "nelikymppinen"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.nlu.lexicon import Phrases
from bot.nlu.mentions import Mention
from bot.nlu.number_words import plain_number
from bot.nlu.numbers import Number, find_numbers, is_answer, is_near

AGES = range(14, 100)
# A bare number between commas is an age only if it can hardly be anything else.
_BARE_AGES = range(17, 80)
# Ages from which a rule of study support differs.
UNDER_25, FROM_25_TO_29, FROM_30 = "under_25", "25_29", "30_plus"
# "Vuotias" and "åring" can be nothing but an age; "v" and "år" can.
_TELLING_LETTERS = 4
_PARTICIPLE = re.compile(r"\w{2,}(?:nut|nyt|nu|ny|llu|lly|ssu|ssy|rru|rry|nnu|nny)")
_ESSIVE = re.compile(r"\w{4,}(?:jana|jänä|ana|änä|ina|inä)")
_LOCATIVE = re.compile(r"\w{4,}(?:lla|llä|ssa|ssä|lta|ltä)")
_NOW = frozenset(("nyt", "ny", "nu", "now"))
_BARE_WORDS = 3
_YEARS_IN_LETTERS = re.compile(
    r"(\w{3,})(?:åring(?:en|ar)?|årige?|vuotia(?:s|ana|an|alle|alla)|veenä)"
)
_BIRTHDAY = re.compile(
    r"(?<![\w.])(?P<day>\d{1,2})[./]\s?(?P<month>\d{1,2})[./]\s?(?P<year>(?:19|20)\d\d|\d\d)(?![\d.]*\d)"
)
# Years of birth in two digits.
_SHORT_YEARS = range(30, 100)
_COPULAS = frozenset(("on", "oli", "är", "e", "is", "was", "var"))
# Oneself as subject: "mä on 30", "en kille som är 24".
_OWN = frozenset(("mä", "mää", "mie", "minä", "jag", "ja", "i", "joka", "som", "who", "itse"))
_NO_SUBJECTS = ("cue:age", "cue:age_sure", "turn:joining", "turn:contrast", "turn:or")
_MARKS = frozenset(",(.!?/;:-–")
_SMALL = frozenset(
    (
        "jo", "nyt", "ny", "vasta", "vain", "vaan", "visst", "nu", "redan", "bara", "snart", "väl",
        "now", "already", "only", "just", "about", "pian", "ihan",
    )
)  # fmt: skip
# "22 år i kassan" is how long somebody did something.
_AT = frozenset(("i", "på", "som", "in", "as", "at", "vid"))


def find_age(phrases: Phrases, *, asked: str | None, today: date) -> list[Mention]:
    """Return the `age_group` of the person; `asked` lets a bare number be the answer."""
    found = [_age(number, phrases, asked, today) for number in find_numbers(phrases)]
    # "Alle kolmekymppinen" is below what it names.
    named = [
        Mention("age_group", one.value, one.first, one.last)
        for one in phrases.all("age_named")
        if not (one.first and phrases.covers("limit", one.first - 1))
        and not any(cue.first < one.first for cue in phrases.beside("cue:past", one.first))
    ]
    letters = _in_letters(phrases)
    birthdays = _birthdays(phrases, asked, today)
    return [*(one for one in found if one is not None), *named, *letters, *birthdays]


def _birthdays(phrases: Phrases, asked: str | None, today: date) -> Iterator[Mention]:
    """Yield the age of who was born on a day written in numbers: "syntynyt 1.1.1990"."""
    tokens = phrases.reading.tokens
    for match in _BIRTHDAY.finditer(phrases.reading.text):
        places = [
            place
            for place, token in enumerate(tokens)
            if token.start < match.end() and token.end > match.start()
        ]
        if not places:
            continue
        first = places[0]
        born = phrases.beside("cue:born", first, sentence=True) or asked == "age_group"
        if not born or phrases.beside("cue:family", first, sentence=True):
            continue
        year = int(match["year"])
        year += (1900 if year > today.year % 100 else 2000) if year < 100 else 0
        # Who has no birthday yet this year is a year younger.
        passed = (int(match["month"]), int(match["day"])) <= (today.month, today.day)
        age = today.year - year - (not passed)
        if age in AGES:
            day = Number(age, first, places[-1] + 1, frozenset(), places[-1] + 1)
            mention = _age_group(range(age, age + 1), day)
            if mention is not None:
                yield mention


def _in_letters(phrases: Phrases) -> Iterator[Mention]:
    """Yield the age of one word: "en tjugosexåring", "kolmekymmentäviisivuotias"."""
    for place, token in enumerate(phrases.reading.tokens):
        match = _YEARS_IN_LETTERS.fullmatch(token.word)
        age = plain_number(match[1]) if match else None
        if age is None or age not in AGES or phrases.beside("cue:family", place):
            continue
        years = Number(age, place, place + 1, frozenset({"years_old"}), place + 1)
        mention = _age_group(range(age, age + 1), years)
        if mention is not None:
            yield mention


def _age(number: Number, phrases: Phrases, asked: str | None, today: date) -> Mention | None:
    born = _year_of_birth(number, phrases)
    if born in range(today.year - 99, today.year - 13):
        return _age_group(range(today.year - born - 1, today.year - born + 1), number)
    if number.value not in AGES:
        return None
    certain = phrases.covering("unit:years_old", number.last) or phrases.covering(
        "unit:years_old", number.last + 1
    )
    strict = certain is not None and certain.weight >= _TELLING_LETTERS
    said = (
        strict
        or (asked == "age_group" and is_answer(number, phrases))
        or _is_told(number, phrases)
        or _stands_apart(number, phrases, asked)
    )
    if not said or _is_other_time(number, phrases, strict=strict):
        return None
    age = int(number.value)
    if is_near(phrases, "no_limit", number, before=True):
        return _age_group(range(age, 100), number)
    if number.first and phrases.covers("limit", number.first - 1):
        return _age_group(range(14, age), number)
    return _age_group(range(age, age + 1), number)


def _year_of_birth(number: Number, phrases: Phrases) -> int:
    if number.units or not phrases.beside("cue:born", number.first, sentence=True):
        return 0
    short = number.value in _SHORT_YEARS
    return int(number.value) + 1900 * short


def _is_told(number: Number, phrases: Phrases) -> bool:
    """Tell whether "ikä", "olen" or a year word makes the number an age."""
    in_years = "years_old" in number.units and "years" not in number.units
    if any(phrases.covers("cue:age_sure", place) for place in _before(number, phrases)):
        return True
    tokens = phrases.reading.tokens
    place = number.first - 1
    if place > 0 and tokens[place].word in _SMALL:
        place -= 1
    before = place >= 0 and phrases.covers("cue:age", place)
    ends = _ends(number, phrases) or _comes_from(number, phrases)
    if before and (in_years or (ends and _only_years(number))):
        return True
    return in_years and _ends(number, phrases)


def _before(number: Number, phrases: Phrases) -> range:
    """Return the places before the number: "ikää on jo 48" has two words between."""
    first = number.first
    while first > max(0, number.first - 3):
        if phrases.reading.tokens[first - 1].kind != "word":
            break
        first -= 1
    return range(first, number.first)


def _stands_apart(number: Number, phrases: Phrases, asked: str | None) -> bool:
    """Tell whether it is an item of its own: "welder, 52, Raahe", "22 år från Sibbo"."""
    if number.value not in _BARE_AGES or not _only_years(number) or asked not in (None, "name"):
        return False
    tokens = phrases.reading.tokens
    before = tokens[number.first - 1] if number.first else None
    begins = before is None or before.word in _MARKS
    if not begins and before is not None:
        named = before.capital and phrases.covers("cue:age", number.first - 2)
        begins = named or before.word in _NOW
    if not begins and phrases.covers("turn:joining", number.first - 1):
        # "I'm unemployed and 41".
        begins = bool(phrases.beside("cue:age", number.first, sentence=True))
    if number.units:
        follows = _comes_from(number, phrases) or (
            phrases.covers("competence", number.after) and tokens[number.after].word not in _AT
        )
        return begins and (_ends(number, phrases) or follows)
    after = tokens[number.after] if number.after < len(tokens) else None
    words = sum(token.kind == "word" for token in tokens)
    apart = after is None or after.word in _MARKS or after.word == ")" or _ends(number, phrases)
    person = number.first > 1 and any(
        phrases.covers(kind, number.first - 2) for kind in ("cue:age", "situation", "competence")
    )
    return before is not None and begins and apart and (person or words >= _BARE_WORDS)


def _comes_from(number: Number, phrases: Phrases) -> bool:
    return phrases.covers("preposition:from", number.after) or phrases.covers(
        "cue:home", number.after
    )


def _is_other_time(number: Number, phrases: Phrases, *, strict: bool) -> bool:
    """Tell whether it is somebody else's age or how long something lasted."""
    if _is_of_other(number, phrases):
        return True
    if strict:
        return bool(phrases.beside("cue:family", number.first))
    tokens = phrases.reading.tokens
    following = tokens[number.after].word if number.after < len(tokens) else ""
    if number.units and number.first and _ESSIVE.fullmatch(tokens[number.first - 1].word):
        # "Siivoojana 15 v".
        return True
    if number.units and number.first and _LOCATIVE.fullmatch(tokens[number.first - 1].word):
        # "Olin rakennuksilla 20v".
        return any(phrases.beside(kind, number.first) for kind in ("cue:past", "cue:held"))
    if number.units and _PARTICIPLE.fullmatch(following):
        return True
    sure = any(phrases.covers("cue:age_sure", place) for place in _before(number, phrases))
    return bool(phrases.beside("cue:duration", number.first)) and not sure


def _is_of_other(number: Number, phrases: Phrases) -> bool:
    """Tell whether something else is so old: "talo on 30 vuotta vanha", "min bil är 20 år"."""
    tokens = phrases.reading.tokens
    place = number.first - 1
    if place > 0 and tokens[place].word in _SMALL:
        place -= 1
    if place < 1 or tokens[place].word not in _COPULAS:
        return False
    subject = place - 1
    before = tokens[subject]
    if before.kind != "word" or before.clause != tokens[place].clause or before.word in _SMALL:
        return False
    own = before.word in _OWN or any(phrases.covers(kind, subject) for kind in _NO_SUBJECTS)
    return not own


def _ends(number: Number, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    if number.after >= len(tokens) or tokens[number.after].kind == "mark":
        return True
    if any(phrases.covers(f"negation:{kind}", number.after) for kind in ("always", "english")):
        return True
    if tokens[number.after].word in _SMALL:
        return True
    return tokens[number.after].clause != tokens[number.first].clause


def _only_years(number: Number) -> bool:
    return number.units <= {"years_old", "years"}


def _age_group(ages: range, number: Number) -> Mention | None:
    groups = {UNDER_25 if age < 25 else FROM_25_TO_29 if age < 30 else FROM_30 for age in ages}
    if len(groups) != 1:
        return None
    return Mention("age_group", groups.pop(), number.first, number.after)
