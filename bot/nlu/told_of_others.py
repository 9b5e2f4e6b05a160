"""Which words of a message tell of somebody else: "min bror bor i Vasa", "hän on työtön"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention

# Facts that belong to a person; hours and prices are what is asked for, whoever pays.
_PERSONAL = frozenset((
    "place", "not_place", "places", "age_group", "situation", "competence", "education", "field",
    "not_field", "interest", "goal",
))  # fmt: skip
_PLACES = frozenset(("place", "not_place", "places"))
_HOUSEHOLD = "outside_labour_force"
# "I have a friend who is a nurse".
_WHO = frozenset(("joka", "jolla", "som", "who"))
# How many words may stand between somebody and the verb: "naapurin Pekka on".
_NAMED = 1


@dataclass(frozen=True, slots=True)
class Others:
    """The places of the tokens that tell of somebody else."""

    places: frozenset[int] = frozenset()
    # Of these, those of whom the person may live with, where they tell of themselves as well.
    near: frozenset[int] = frozenset()

    @property
    def far(self) -> frozenset[int]:
        """Return the tokens that name no place of the person's own."""
        return self.places - self.near

    def without(self, said: Sequence[Mention]) -> list[Mention]:
        """Return the mentions that are the person's own."""
        return [one for one in said if not self._told(one)]

    def _told(self, mention: Mention) -> bool:
        if mention.slot not in _PERSONAL or mention.value == _HOUSEHOLD:
            return False
        if mention.slot == "situation" and mention.first - 1 not in self.places:
            # Who has a boss is employed: that is no fact of the boss.
            return False
        places = self.far if mention.slot in _PLACES else self.places
        return any(place in places for place in range(mention.first, mention.last))


def find_others(phrases: Phrases) -> Others:
    """Return what is told of somebody who is the subject of a clause."""
    places: set[int] = set()
    near: set[int] = set()
    for match in phrases.all("person"):
        if match.first in places or not _is_subject(match, phrases):
            continue
        scope = range(match.first, _end(match, phrases))
        places |= set(scope)
        near |= set(scope) if match.value == "near" else set()
    own = any(one.first not in places for one in phrases.all("oneself"))
    return Others(frozenset(places), frozenset(near if own else ()))


def _is_subject(match: Match, phrases: Phrases) -> bool:
    before, after = match.first - 1, match.last
    tokens = phrases.reading.tokens
    if after < len(tokens) and tokens[after].word in _WHO:
        return True
    if phrases.covers("beside_person", after) and _says(after, "after", phrases):
        return False
    if before >= 0 and phrases.covers("beside_person", before) and _says(before, "before", phrases):
        return False
    if any(one.first < match.first for one in phrases.beside("oneself", match.first)):
        return False
    if phrases.beside("as_well", match.first, sentence=True):
        return False
    if _is_joined(before, before - 1, phrases) or _is_joined(after, after + 1, phrases):
        return False
    return match.value != "bare" or any(
        phrases.covers("person_verb", place) for place in range(after, after + _NAMED + 1)
    )


def _says(place: int, value: str, phrases: Phrases) -> bool:
    match = phrases.covering("beside_person", place)
    return match is not None and match.value == value


def _is_joined(joining: int, other: int, phrases: Phrases) -> bool:
    """Tell whether it is somebody with oneself: "my wife and I", "minä ja mieheni"."""
    if joining < 0 or not phrases.covers("turn:joining", joining) or other < 0:
        return False
    tokens = phrases.reading.tokens
    alone = other < len(tokens) and tokens[other].word in ("i", "ja", "jag")
    return alone or phrases.covers("oneself", other)


def _end(match: Match, phrases: Phrases) -> int:
    """Return where it ends: at oneself, at what they say, at a new clause that is not joined."""
    tokens = phrases.reading.tokens
    last = match.last
    while last < len(tokens) and tokens[last].sentence == tokens[match.first].sentence:
        if phrases.covers("oneself", last) or phrases.covers("saying", last):
            break
        begins = tokens[last].clause != tokens[last - 1].clause
        if begins and not _goes_on(last, phrases):
            break
        last += 1
    while last > match.last and phrases.covers("turn:joining", last - 1):
        last -= 1
    return last


def _goes_on(place: int, phrases: Phrases) -> bool:
    """Tell whether a clause goes on about them: "ja on kokki", ", asuu Oulussa"."""
    if phrases.covers("turn:joining", place):
        return True
    verb = phrases.covering("person_verb", place)
    return verb is not None and verb.value == "third"
