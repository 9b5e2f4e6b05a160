"""All facts of a message: it is read once, and each topic finds its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.nlu.ages import find_age
from bot.nlu.amounts import find_amounts
from bot.nlu.competence import held_competence, held_education
from bot.nlu.dates import find_start
from bot.nlu.doings import find_doings
from bot.nlu.interest import field_of_wish, find_interest
from bot.nlu.lexicon import Lexicon, Phrases, load_lexicon
from bot.nlu.mentions import Mention
from bot.nlu.misspellings import LANGUAGE, Misspellings
from bot.nlu.negation import Denials, is_more_swedish
from bot.nlu.place_names import PlaceNames, load_place_names
from bot.nlu.places import find_places
from bot.nlu.reading import read
from bot.nlu.roles import clauses_of_somebody, find_roles, wished_fields
from bot.nlu.slips import Slips
from bot.nlu.study_languages import find_languages
from bot.nlu.subjects import Role, find_subjects
from bot.nlu.titles import unlisted_titles
from bot.nlu.told_of_others import find_others
from bot.nlu.told_skills import said_skills, told_competence
from bot.nlu.wordings import find_wordings
from catalog.geography import Geography, load_geography

# What keeps its words to itself: "suomen kielellä" is no wish to study languages.
_EXCLUSIVE = (
    "no_preference",
    "teaching_languages",
    "not_teaching_languages",
    "language_wish",
    "contact",
)
# Words that ask the bot to do something name no field and no goal: "kartoitetaan mitä osaan".
_SERVICES = ("career", "mapping", "next_person", "recognition", "remove", "routes")
# The language to talk in is found by the component for languages; other places only keep
# their words from being something else.
_UNSAID = ("language_wish", "other_place")
_JA = "ja"


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
        self._slips = Slips.of_titles()
        self._misspellings = Misspellings.of_lookups(names)

    def find(
        self, text: str, *, today: date, asked: str | None = None, language: str | None = None
    ) -> list[Found]:
        """Return what `text` says of any slot; where one lives only if no place to study is said.

        `asked` is the slot that was just asked: a bare word or number may be its answer. Slips of
        English words are mended where `language` says that they are English.
        """
        reading = read(text, self._turns, self._short)
        phrases = self._lexicon.find(reading)
        if any(token.word == _JA for token in reading.tokens) and is_more_swedish(phrases):
            # In Finland's Swedish "ja" is also how "jag" sounds.
            turns = {**self._turns, "joining": self._turns["joining"] - {_JA}}
            reading = read(text, turns, self._short)
            phrases = self._lexicon.find(reading)
        mended = self._slips.mend(phrases)
        if mended is not None:
            phrases = self._lexicon.find(mended)
        if language == LANGUAGE:
            mended = self._misspellings.mend(phrases)
            if mended is not None:
                phrases = self._lexicon.find(mended)
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
        service = {
            place
            for mention in said
            if mention.slot == "choice" and mention.value in _SERVICES
            for place in range(mention.first, mention.last)
        }
        taken |= service
        if service:
            said = [one for one in said if one.slot != "goal"]
            # What stands beside them is no answer to anything.
            asked = None
        said += find_amounts(phrases, denials, asked=asked)
        said += find_age(phrases, asked=asked, today=today)
        said += find_start(phrases, denials, asked=asked, today=today)
        others = find_others(phrases)
        said = others.without(said)
        places = find_places(
            phrases,
            denials,
            names=self._names,
            geography=self._geography,
            asked=asked,
            taken=frozenset(taken | others.far),
        )
        said += places
        taken |= others.places
        taken |= {place for one in places for place in range(one.first, one.last)}
        unlisted = list(unlisted_titles(phrases, frozenset(taken)))
        doings = find_doings(phrases, denials, frozenset(taken), unlisted)
        taken |= {place for one in doings for place in range(one.first, one.last)}
        subjects = find_subjects(phrases, frozenset(taken), unlisted)
        roles = find_roles(subjects, phrases, denials, asked=asked, said=said)
        aside = clauses_of_somebody(subjects, roles, phrases)
        said += wished_fields(subjects, roles, phrases)
        said += held_competence(subjects, roles, phrases, asked)
        said += doings
        said += held_education(subjects, roles, phrases, asked)
        if not denials.places:
            skills = list(said_skills(phrases, said))
            if asked == "competence":
                skills += told_competence(phrases, [*said, *skills])
            said += [one for one in skills if not aside & set(range(one.first, one.last))]
        said = others.without(said)
        apart = others.places | aside | service
        for subject, role in zip(subjects, roles, strict=True):
            if role is not Role.WISHED:
                apart |= set(range(subject.match.first, subject.match.last))
        interest = find_interest(phrases, said, denied=denials.places, apart=apart, asked=asked)
        if interest is not None:
            said.append(interest)
            field = field_of_wish(phrases, interest, said)
            said += [field] if field else []
        return _unique(said)


@lru_cache(maxsize=1)
def load_slot_finder() -> SlotFinder:
    """Return the finder over the packaged lookups and places, built once."""
    return SlotFinder(load_lexicon(), load_place_names(), load_geography())


def _unique(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in mentions:
        if mention.slot in _UNSAID:
            continue
        same = [one for one in kept if one.slot == mention.slot and one.value == mention.value]
        if not same:
            kept.append(mention)
    return kept
