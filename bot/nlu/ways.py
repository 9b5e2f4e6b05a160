"""How a person would study: online or in person, wished, possible or refused."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from bot.nlu.asked_about import is_about
from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention
from bot.nlu.negation import FINE, Denials, Standing

# Not "not".
_NO = "no"
_WILL_DO = FINE - {"too"} | {"is", "would"}
_FEW_WORDS = 2
_BARE_ANSWER = 8
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
            yield Mention("online_ok", _is_fine_too(match, phrases), match.first, match.last)
            continue
        if is_about(match, phrases):
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
            # No Finn denies with "-kin": "ei verkossakin käy" lacks its comma.
            is_too = phrases.reading.tokens[match.first].word.endswith("kin")
            yield Mention("online_ok", is_too, match.first, match.last)
        elif standing is Standing.SAID:
            yield Mention(match.value, True, match.first, match.last)


def _is_fine_too(match: Match, phrases: Phrases) -> bool:
    """Tell whether "no" answers something else: "no online is fine too"."""
    tokens = phrases.reading.tokens
    begins = match.first == 0 or tokens[match.first - 1].clause != tokens[match.first].clause
    if not begins or tokens[match.first].word != _NO or match.last >= len(tokens):
        return False
    rest = [token.word for token in takewhile(lambda one: one.kind == "word", tokens[match.last :])]
    return (
        rest[:1] != [] and rest[0] in _WILL_DO and "not" not in rest and not FINE.isdisjoint(rest)
    )


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
