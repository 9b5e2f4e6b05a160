"""A wish that is only named, without a verb: "Sotkamo, iltaisin, vesivärimaalaus"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.nlu.compounds import field_of_topic
from bot.nlu.lexicon import Phrases
from bot.nlu.mentions import Mention

# Facts beside which a bare name is a wish.
_OF_ONESELF = frozenset((
    "place", "age_group", "situation", "schedule", "weekly_hours", "budget_eur", "education",
    "competence", "max_distance_km", "online_ok", "online_only", "start_by", "goal",
))  # fmt: skip
_LONGEST = 4
_SHORTEST_LETTERS = 4
_SHORTEST_TARGET = 6
# What tells, asks or denies, and so names no wish.
_TELLING = (
    "cue:held", "cue:firm", "cue:home", "cue:away", "cue:service", "cue:family", "relative",
    "negation:always", "negation:finnish", "negation:english", "asking", "question_word", "goal",
    "talk_word", "cue:graduated", "situation", "schooling", "abroad", "language_talk:chat",
    "cue:income", "cue:labour", "cue:budget", "workplace", "cue:name",
)  # fmt: skip
_SMALL = ("light", "hollow", "courtesy", "turn:joining", "turn:or", "turn:contrast")
# How names of studies end.
_STUDY = re.compile(
    r"\w{2,}(?:mi(?:nen|sta|stä)|(?:aus|ous|eus)(?:ta)?|inti(?:a)?|logi(?:a|aa)?|tie(?:de|dettä|teet)"
    r"|oppi(?:a)?|[st]iikka(?:a)?|ala(?:a)?|ismi(?:a)?|suunnittelu(?:a)?|hoito(?:a)?|työ(?:tä)?"
    r"|[^n]ning|teknik|matik|listik|kunskap|vård|arbete|lära|rätt|design|sofi|nomi|vetenskap"
    r"|ology|graphy|nomy|eering|ics)"
)
# The same, where it is a whole sentence.
_ABSTRACT = re.compile(r"\w{4,}(?:tion|ture|ment|ship|making|writing|keeping|craft|care|ing|oitus)")
_STUDY_WORDS = frozenset((
    "technology", "history", "science", "sciences", "studies", "design", "security", "engineering",
    "law", "archives", "management", "networks", "analytics", "literature", "nursing", "cooking",
    "sewing", "baking",
))  # fmt: skip
_TARGET = ("ksi", "ks")
_COURSES = ("kurs", "course", "class", "lektion", "alkeis", "alkeet")
_ASKING = ("ko", "kö")


def find_fragment(
    phrases: Phrases, said: Sequence[Mention], taken: set[int]
) -> tuple[int, int] | None:
    """Return the tokens of the first bare name of a wish; those in `taken` say something else."""
    if not any(mention.slot in _OF_ONESELF for mention in said) or phrases.all("distress"):
        return None
    done = {
        place for one in said if one.slot == "competence" for place in range(one.first, one.last)
    }
    taken = taken | done
    for first, last in (*_language_courses(phrases, taken), *_runs(phrases, taken)):
        if phrases.covers("language_named", first) and _is_course(last, phrases):
            return first, last
        if _names_studies(first, last, phrases):
            return first, last
    return None


def _language_courses(phrases: Phrases, taken: set[int]) -> Iterator[tuple[int, int]]:
    for match in phrases.all("language_named"):
        if match.first not in taken:
            yield match.first, match.last


def _is_course(place: int, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    return place < len(tokens) and tokens[place].word.startswith(_COURSES)


def _runs(phrases: Phrases, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of words that say nothing else, each a whole clause or list item."""
    tokens = phrases.reading.tokens
    first = 0
    for place in range(len(tokens) + 1):
        end = place == len(tokens)
        if not end and tokens[place].kind == "word" and place not in taken:
            if place == first or tokens[place].sentence == tokens[place - 1].sentence:
                continue
            end = True
        begin, last = first, place
        while begin < last and _is_small(begin, phrases):
            begin += 1
        while begin < last and _is_small(last - 1, phrases):
            last -= 1
        if 0 < last - begin <= _LONGEST:
            yield begin, last
        first = place if end and place < len(tokens) and tokens[place].kind == "word" else place + 1


def _is_small(place: int, phrases: Phrases) -> bool:
    return any(phrases.covers(kind, place) for kind in _SMALL)


def _names_studies(first: int, last: int, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    if any(phrases.beside(kind, first) for kind in _TELLING) or not _begins(first, phrases):
        return False
    words = [tokens[place].word for place in range(first, last)]
    if phrases.is_question(first):
        if any(word.endswith(_ASKING) for word in words):
            return False
        return _is_whole_sentence(first, last, phrases) and len(words[-1]) >= _SHORTEST_LETTERS
    named = [place for place in range(first, last) if not _is_small(place, phrases)]
    if all(phrases.covers("tongue", place) for place in named):
        return True
    if words[-1].endswith(_TARGET) and len(words[-1]) >= _SHORTEST_TARGET:
        return True
    if any(_STUDY.fullmatch(word) or word in _STUDY_WORDS for word in words):
        return True
    return _is_whole_sentence(first, last, phrases) and any(
        _ABSTRACT.fullmatch(word) or field_of_topic(word) for word in words
    )


def _begins(first: int, phrases: Phrases) -> bool:
    """Tell whether only small words stand before it in its clause."""
    tokens = phrases.reading.tokens
    while first and tokens[first - 1].kind == "word" and _is_small(first - 1, phrases):
        first -= 1
    return first == 0 or tokens[first - 1].kind == "mark"


def _is_whole_sentence(first: int, last: int, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    return all(
        token.kind == "mark" or first <= place < last or _is_small(place, phrases)
        for place, token in enumerate(tokens)
        if token.sentence == tokens[first].sentence
    )
