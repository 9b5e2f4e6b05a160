"""The person's own words about what they want to study or do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from bot.nlu.compounds import field_of_topic
from bot.nlu.fragments import find_fragment
from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention

_LONGEST_WORDS = 12
_LONGEST_ANSWER = 25
# Slots whose words are no part of the wish itself.
_OTHER_SLOTS = frozenset((
    "place", "not_place", "schedule", "not_schedule", "online_ok", "online_only", "weekly_hours",
    "budget_eur", "max_distance_km", "start_by", "situation", "age_group", "teaching_languages",
    "not_teaching_languages", "language_wish", "contact", "goal", "not_field", "education",
    "no_preference", "other_place",
))  # fmt: skip
_SUBJECTS = ("field", "competence")
_NO_ANSWERS = (
    "cue:service", "ordinal", "no_preference", "wont_say", "support_word", "distress", "left_open",
)  # fmt: skip
_FREE_ANSWERS = ("interest", "field")
# A word that names a field only in an answer is nearly all of it: "typ data".
_FIELD_ANSWER = "field_answer"
_SHORT_ANSWER = 2
# Words that a wish neither begins nor ends with.
_EDGES = (
    "light", "courtesy", "cue:wish", "cue:seek", "cue:study", "cue:held", "cue:away", "cue:change",
    "turn:contrast", "turn:joining", "turn:or", "negation:always", "negation:finnish",
    "no_negation", "limit", "cue:age", "preposition:at", "preposition:to", "preposition:from",
    "number_word", "start_word", "free_of_charge", "hollow",
)  # fmt: skip
_ENDS = ("turn:contrast", "negation:always", "span_end")
_LONGEST_NUMBER = 3
# Turns the letters after it round, so that nobody knows what was meant.
_REVERSED = "\u202e"
_OPENERS = frozenset(("no", "nå", "noh", "ja", "mut", "mutta", "men", "but", "so", "well", "and"))
# A longer answer that ends in a question mark asks something itself.
_SHORT_QUESTION = 2
# The field of learning languages.
_LANGUAGES = "0231"


def find_interest(
    phrases: Phrases,
    said: Sequence[Mention],
    *,
    denied: Sequence[int],
    apart: Set[int],
    asked: str | None,
) -> Mention | None:
    """Return the words that follow (or precede) a wish.

    `denied` holds the places of denials, `apart` those of what is named but not wished for. When
    the interest was just asked, any answer in free words is one.
    """
    if _REVERSED in phrases.reading.text:
        return None
    other = [mention for mention in said if mention.slot in _OTHER_SLOTS]
    taken = {place for one in other for place in range(one.first, one.last)} | apart
    wished = [mention for mention in said if mention.slot == "field"]
    spans = list(_worded(phrases, taken, denied))
    named = [span for span in spans if any(one.overlaps(*span) for one in wished)]
    if named:
        span = named[0]
    elif wished:
        span = wished[0].first, wished[0].last
    elif spans:
        span = spans[0]
    elif asked is not None:
        told = [one for one in said if one.slot == "competence"]
        return _answer(phrases, taken, denied, told) if asked in _FREE_ANSWERS else None
    else:
        bare = None if denied else find_fragment(phrases, said, taken)
        return Mention("interest", phrases.reading.slice(*bare), *bare) if bare else None
    if not wished and _asks(span, phrases):
        return None
    return Mention("interest", phrases.reading.slice(*span), *span)


def field_of_wish(phrases: Phrases, interest: Mention, said: Sequence[Mention]) -> Mention | None:
    """Return the field of a wish that names a language or a thing: "ranskaa", "mehiläisistä"."""
    if any(mention.slot == "field" for mention in said):
        return None
    for place in range(interest.first, interest.last):
        if phrases.covers("tongue", place):
            return Mention("field", _LANGUAGES, place, place + 1)
    for place in range(interest.first, interest.last):
        code = field_of_topic(phrases.reading.tokens[place].word)
        if code is not None:
            return Mention("field", code, place, place + 1)
    for kind in ("workplace_field", _FIELD_ANSWER):
        for match in phrases.between(kind, interest.first, interest.last):
            # "Oma kampaamo", "jobba på kontor".
            return Mention("field", match.value, match.first, match.last)
    return None


def _worded(phrases: Phrases, taken: set[int], denied: Sequence[int]) -> Iterator[tuple[int, int]]:
    if phrases.all("distress"):
        return
    for cue in phrases.all("cue:wish"):
        if _is_service(cue, phrases) or _is_denied(cue, phrases, denied):
            continue
        span = _after(cue, phrases, taken) or _before(cue, phrases, taken)
        if span is not None:
            yield span
    # "Jotain luovaa" is a wish though no word says so.
    for cue in phrases.all("something"):
        span = _after(cue, phrases, taken)
        if _begins_clause(cue, phrases) and not _is_denied(cue, phrases, denied) and span:
            yield span


def _begins_clause(cue: Match, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    before = cue.first
    while before and tokens[before - 1].clause == tokens[cue.first].clause:
        before -= 1
        # "Mielellään jotain eläimiin liittyvää".
        if not phrases.covers("light", before) and not phrases.covers("courtesy", before):
            return False
    return True


def _asks(span: tuple[int, int], phrases: Phrases) -> bool:
    # A question words a wish only where it names what is wished for.
    return phrases.is_question(span[0])


def is_asking(phrases: Phrases) -> bool:
    """Tell whether a word of asking begins the message, so that it answers nothing."""
    tokens = phrases.reading.tokens
    first = 0
    # "No mitä mun pitäis tehdä": a word to begin with asks nothing itself.
    while first < len(tokens) - 1 and tokens[first].word in _OPENERS:
        first += 1
    return phrases.covers("asking", first) or phrases.covers("question_word", first)


def _is_service(cue: Match, phrases: Phrases) -> bool:
    return any(
        cue.first <= service.first <= cue.last + 3
        for service in phrases.beside("cue:service", cue.first)
    )


def _is_denied(cue: Match, phrases: Phrases, denied: Sequence[int]) -> bool:
    tokens = phrases.reading.tokens
    return any(
        tokens[place].clause == tokens[cue.first].clause and place < cue.last + 2
        for place in denied
    )


def _after(cue: Match, phrases: Phrases, taken: set[int]) -> tuple[int, int] | None:
    tokens = phrases.reading.tokens
    first = cue.last
    while first < len(tokens) and _skips(first, cue, phrases):
        first += 1
    last = first
    while last < len(tokens) and last - first < _LONGEST_WORDS and _goes_on(last, first, phrases):
        if last in taken:
            break
        last += 1
    return _trimmed(first, last, phrases)


def _before(cue: Match, phrases: Phrases, taken: set[int]) -> tuple[int, int] | None:
    tokens = phrases.reading.tokens
    first = last = cue.first
    while first > 0 and first - 1 not in taken and last - first < _LONGEST_WORDS:
        before = tokens[first - 1]
        if before.kind == "mark" or before.clause != tokens[cue.first].clause:
            break
        first -= 1
    if phrases.covers("cue:held", first) or phrases.between("cue:held", first, last):
        return None
    return _trimmed(first, last, phrases)


def _skips(place: int, cue: Match, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    if tokens[place].kind != "word" or tokens[place].sentence != tokens[cue.first].sentence:
        return False
    return phrases.covers("light", place) or phrases.covers("cue:wish", place)


def _goes_on(place: int, first: int, phrases: Phrases) -> bool:
    token, begin = phrases.reading.tokens[place], phrases.reading.tokens[first]
    if token.kind == "mark" and not token.joined:
        return token.word in "/&+"
    if token.kind == "mark" or token.sentence != begin.sentence:
        return False
    if token.kind == "number" and len(token.word) > _LONGEST_NUMBER:
        return False
    if any(phrases.covers(kind, place) for kind in _ENDS):
        return False
    return not phrases.covers("cue:held", place) or phrases.covers("light", place)


def _trimmed(first: int, last: int, phrases: Phrases) -> tuple[int, int] | None:
    while first < last and _is_edge(first, phrases):
        first += 1
    while first < last and _is_edge(last - 1, phrases):
        last -= 1
    if first and first < last and phrases.covers("work_word", first - 1):
        first -= 1
    return (first, last) if first < last else None


def _is_edge(place: int, phrases: Phrases) -> bool:
    if phrases.reading.tokens[place].kind == "mark":
        return True
    if any(phrases.covers(kind, place) for kind in _SUBJECTS):
        return False
    return any(phrases.covers(kind, place) for kind in _EDGES)


def _answer(
    phrases: Phrases, taken: set[int], denied: Sequence[int], told: Sequence[Mention]
) -> Mention | None:
    """Return the first clause that may answer what one would like: "en tiedä, ehkä lapset"."""
    tokens = phrases.reading.tokens
    steering = phrases.is_talk() and phrases.covers("talk_word", 0)
    if steering or len(tokens) > _LONGEST_ANSWER:
        return None
    if any(phrases.all(kind) for kind in _NO_ANSWERS) or is_asking(phrases):
        return None
    words = sum(token.kind == "word" for token in tokens)
    if (
        tokens
        and tokens[-1].word == "?"
        and words > _SHORT_QUESTION
        and not phrases.all("something")
    ):
        return None
    void = {tokens[place].clause for place in denied}
    # Beside what one has done stands when and where: "sit yks talvi hoidin mummoo".
    void |= {tokens[one.first].clause for one in told}
    void |= {tokens[match.first].clause for match in phrases.all("no_answer")}
    free = [
        place
        for place, token in enumerate(tokens)
        if place not in taken and token.clause not in void
    ]
    for first in free:
        last = first
        while last in free:
            last += 1
        span = _trimmed(first, last, phrases)
        if span is not None and any(tokens[place].kind == "word" for place in range(*span)):
            return Mention("interest", phrases.reading.slice(*span), *span)
    if words <= _SHORT_ANSWER:
        for match in phrases.all(_FIELD_ANSWER):
            if match.first in free:
                named = phrases.reading.slice(match.first, match.last)
                return Mention("interest", named, match.first, match.last)
    return None
