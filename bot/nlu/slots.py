"""All facts of a message: it is read once, and each topic finds its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.nlu.competence import held_competence, held_education, told_competence
from bot.nlu.dates import find_start
from bot.nlu.interest import find_interest
from bot.nlu.lexicon import Lexicon, Phrases, load_lexicon
from bot.nlu.mentions import Mention
from bot.nlu.negation import Denials, Standing
from bot.nlu.numbers import find_amounts
from bot.nlu.place_names import PlaceNames, load_place_names
from bot.nlu.places import find_places
from bot.nlu.reading import read
from bot.nlu.roles import Role, find_roles, wished_fields
from bot.nlu.study_languages import find_languages
from bot.nlu.subjects import find_subjects
from bot.nlu.wordings import find_wordings
from catalog.geography import Geography, load_geography

# What keeps its words to itself: "suomen kielellä" is no wish to study languages.
_EXCLUSIVE = ("teaching_languages", "not_teaching_languages", "language_wish", "contact")
# The language to talk in is found by the component for languages.
_UNSAID = ("language_wish",)
_DENIABLE = ("weekly_hours", "budget_eur", "max_distance_km", "start_by")


@dataclass(frozen=True, slots=True)
class Found:
    """A slot's value said at `start` to `end` of the message as it was typed."""

    slot: str
    value: object
    start: int
    end: int


class SlotFinder:
    """Finds the facts of messages in the three languages, whichever is spoken."""

    def __init__(self, lexicon: Lexicon, names: PlaceNames, geography: Geography) -> None:
        self._lexicon = lexicon
        self._names = names
        self._geography = geography
        turns = lexicon.words("turn:contrast"), lexicon.words("turn:joining")
        self._turns = {"contrast": turns[0], "joining": turns[1]}
        self._short = lexicon.words("abbreviation")

    def find(self, text: str, *, today: date, asked: str | None = None) -> list[Found]:
        """Return what `text` says of any slot, each place to study before each home.

        `asked` is the slot that was just asked: a bare word or number may be its answer.
        """
        reading = read(text, self._turns, self._short)
        phrases = self._lexicon.find(reading)
        mentions = self._mentions(phrases, asked, today)
        tokens = reading.tokens
        return [
            Found(one.slot, one.value, tokens[one.first].start, tokens[one.last - 1].end)
            for one in mentions
        ]

    def _mentions(self, phrases: Phrases, asked: str | None, today: date) -> list[Mention]:
        denials = Denials(phrases)
        said = find_wordings(phrases, denials, asked)
        said += find_languages(phrases, denials, asked)
        taken = {
            place
            for mention in said
            if mention.slot in _EXCLUSIVE
            for place in range(mention.first, mention.last)
        }
        amounts = [
            *find_amounts(phrases, asked=asked, today=today),
            *find_start(phrases, asked=asked, today=today),
        ]
        said += [one for one in amounts if not _denied(one, denials)]
        places = find_places(
            phrases,
            denials,
            names=self._names,
            geography=self._geography,
            asked=asked,
            taken=frozenset(taken),
        )
        said += places
        taken |= {place for one in places for place in range(one.first, one.last)}
        subjects = find_subjects(phrases, frozenset(taken))
        places_of_facts = frozenset(place for one in said for place in range(one.first, one.last))
        roles = find_roles(subjects, phrases, denials, asked=asked, said=places_of_facts)
        said += wished_fields(subjects, roles, phrases)
        said += held_competence(subjects, roles, phrases)
        said += held_education(subjects, roles, phrases)
        if asked == "competence" and not denials.places:
            said += told_competence(phrases, said)
        apart = [
            subject.match
            for subject, role in zip(subjects, roles, strict=True)
            if role is not Role.WISHED
        ]
        interest = find_interest(phrases, said, denied=denials.places, apart=apart, asked=asked)
        if interest is not None:
            said.append(interest)
        return _unique(said)


@lru_cache(maxsize=1)
def load_slot_finder() -> SlotFinder:
    """Return the finder over the packaged lookups and places, built once."""
    return SlotFinder(load_lexicon(), load_place_names(), load_geography())


def _denied(mention: Mention, denials: Denials) -> bool:
    if mention.slot not in _DENIABLE:
        return False
    return denials.standing(mention.first, mention.last) is not Standing.SAID


def _unique(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        if mention.slot in _UNSAID:
            continue
        same = [one for one in kept if one.slot == mention.slot and one.value == mention.value]
        if not same:
            kept.append(mention)
    return kept
