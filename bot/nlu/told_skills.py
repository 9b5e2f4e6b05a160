"""What a person can do in words that no list holds: answers, and what follows "osaan"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.nlu.lexicon import Phrases
from bot.nlu.mentions import Mention

SMALL_VERBS = frozenset((
    "ollut", "olen", "oon", "oo", "olin", "have", "am", "i'm", "im", "is", "was", "be", "har", "är",
    "var",
))  # fmt: skip
# "I haven't studied anything" tells of nothing.
_NOT_DONE = frozenset(("haven't", "havent", "hasn't", "hadn't", "hadnt", "wasn't", "wasnt"))
_LONGEST_ANSWER = 30
_LONGEST_SKILL = 6
_LANGUAGES = "0231"
_ANSWERS = frozenset(("education", "field", "place", "not_place", "goal", "contact"))
_NO_TELLING = (
    "no_answer", "no_preference", "wont_say", "support_word", "left_open", "distress",
    "cue:service", "cue:wish", "ordinal", "refine", "no_negation", "question_word",
)  # fmt: skip
_EMPTY = (
    "light", "courtesy", "negation:always", "turn:contrast", "turn:joining", "turn:or", "hollow",
    "cue:able", "skill_of", "number_word", "amount_word",
)  # fmt: skip


def told_competence(phrases: Phrases, said: Sequence[Mention]) -> Iterator[Mention]:
    """Yield each part of an answer to "what have you done?" in which nothing was recognised."""
    tokens = phrases.reading.tokens
    if any(mention.slot in _ANSWERS for mention in said) or len(tokens) > _LONGEST_ANSWER:
        return
    if phrases.is_talk() or any(phrases.all(kind) for kind in _NO_TELLING):
        return
    if any(one.word == "?" for one in tokens):
        return
    taken = {place for one in said for place in range(one.first, one.last)}
    for part in _parts(range(len(tokens)), phrases):
        if taken & set(part) or any(tokens[place].word in _NOT_DONE for place in part):
            continue
        telling = [place for place in part if _tells(place, phrases)]
        if len(telling) > 1 or (telling and (taken or len(tokens) > len(part))):
            yield _skill(telling[0], telling[-1] + 1, phrases)


def said_skills(phrases: Phrases, said: Sequence[Mention]) -> Iterator[Mention]:
    """Yield what follows a word of skill: "osaan englantia", "good at sewing"."""
    tokens = phrases.reading.tokens
    taken = {place for one in said for place in range(one.first, one.last)}
    for cue in phrases.all("skill_of"):
        if phrases.is_question(cue.first):
            continue
        sentence = tokens[cue.first].sentence
        last = cue.last
        while last < len(tokens) and (last == cue.last or _goes_on(last, sentence, phrases)):
            last += 1
        for part in _parts(range(cue.last, last), phrases):
            telling = [place for place in part if _tells(place, phrases)]
            if telling and len(telling) <= _LONGEST_SKILL and not taken & set(part):
                yield _skill(telling[0], telling[-1] + 1, phrases)


def _goes_on(place: int, sentence: int, phrases: Phrases) -> bool:
    token = phrases.reading.tokens[place]
    stops = ("turn:contrast", "cue:wish", "cue:held", "cue:home", "negation:always", "span_end")
    return token.sentence == sentence and not any(phrases.covers(kind, place) for kind in stops)


def _parts(places: range, phrases: Phrases) -> Iterator[list[int]]:
    """Yield the items of a list: at commas and the words that join."""
    tokens = phrases.reading.tokens
    part: list[int] = []
    for place in places:
        joins = phrases.covers("turn:joining", place) or tokens[place].word == "&"
        if joins or tokens[place].kind == "mark":
            yield part
            part = []
        else:
            part.append(place)
    yield part


def _tells(place: int, phrases: Phrases) -> bool:
    token = phrases.reading.tokens[place]
    if token.kind != "word" or token.word in SMALL_VERBS:
        return False
    return not any(phrases.covers(kind, place) for kind in _EMPTY)


def _skill(first: int, last: int, phrases: Phrases) -> Mention:
    fields = [
        one
        for one in phrases.between("field", first, last)
        if not phrases.covers("in_law", one.first)
    ]
    code = fields[0].value if fields else None
    if code is None and any(phrases.covers("tongue", place) for place in range(first, last)):
        code = _LANGUAGES
    words = phrases.reading.slice(first, last)
    value = {"words": words, "kind": "skill", "field": code, "code": None}
    return Mention("competence", value, first, last)
