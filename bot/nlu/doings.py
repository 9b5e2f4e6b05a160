"""What people do or did, said in verbs or by where they work: "soitan viulua", "jobb på bank"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention
from bot.nlu.negation import Denials, Standing
from bot.nlu.subjects import Subject, load_entries

_KINDS = (("doing", "skill"), ("doing_work", "occupation"))
# What a verb is about ends here.
_STOPS = (
    "light", "courtesy", "turn:contrast", "turn:joining", "turn:or", "cue:home", "cue:wish",
    "schedule", "online", "situation", "preposition:at", "preposition:from", "month", "date_word",
    "span_end", "hollow", "budget", "myself",
)  # fmt: skip
_LONGEST = 2
_NEAR = 2
# "I sell it" tells nothing.
_SELLING = "0416"
# At the beginning other forms ask for something: "translate this".
_TOLD = ("ed", "ing", "r", "t", "de")
_ANY = "any"
_PLACED = ("ssa", "ssä", "lla", "llä", "s", "l", "sta", "stä", "lta", "ltä")


def find_doings(
    phrases: Phrases, denials: Denials, taken: frozenset[int], unlisted: Sequence[Subject] = ()
) -> list[Mention]:
    """Return one `competence` for each thing done and each kind of workplace, in their order."""
    if phrases.all("distress"):
        return []
    found: list[Mention] = []
    named = {place for one in phrases.all("competence") for place in range(one.first, one.last)}
    used: set[int] = set()
    for kind, value in _KINDS:
        for match in phrases.all(kind):
            span = range(match.first, match.last)
            if taken & set(span) or named & set(span) or not _is_told(match, phrases):
                continue
            if denials.standing(match.first, match.last) is not Standing.SAID:
                continue
            if kind == "doing_work" and _is_titled(match, phrases):
                continue
            last = _end(match, phrases, named | set(taken))
            if match.value == _SELLING and last == match.last:
                continue
            used |= set(range(match.first, last))
            found.append(_competence(value, match.value, match.first, last, phrases))
    taken_now = set(taken) | used | {one.match.first for one in unlisted}
    sentences = {phrases.reading.tokens[one.match.first].sentence for one in unlisted}
    for mention in _workplaces(phrases, denials, taken_now):
        if phrases.reading.tokens[mention.first].sentence not in sentences:
            found.append(mention)
    return sorted(found, key=lambda mention: mention.first)


def _is_told(match: Match, phrases: Phrases) -> bool:
    """Tell whether somebody says it of oneself, and neither wishes nor asks."""
    if phrases.is_question(match.first) or _wished(match, phrases):
        return False
    tokens = phrases.reading.tokens
    if not phrases.covers("doing_plain", match.first):
        return True
    # Verbs that do not tell who: "jag ritar", "I draw", "have drawn".
    before = match.first - 1
    while before >= 0 and phrases.covers("between_verb", before):
        before -= 1
    first = tokens[match.first].word
    if match.first == 0 and not first.endswith(_TOLD):
        return False
    begins = before < 0 or tokens[before].clause != tokens[match.first].clause
    begins = begins or tokens[before].kind == "mark"
    after = match.last < len(tokens) and phrases.covers("doer", match.last)
    return begins or after or phrases.covers("doer", before)


def _wished(match: Match, phrases: Phrases) -> bool:
    cues = [*phrases.beside("cue:wish", match.first), *phrases.beside("cue:service", match.first)]
    return any(cue.first < match.last for cue in cues)


def _end(match: Match, phrases: Phrases, named: set[int]) -> int:
    tokens = phrases.reading.tokens
    last = match.last
    while last < len(tokens) and last - match.last < _LONGEST:
        token = tokens[last]
        apart = token.kind != "word" or token.clause != tokens[match.first].clause
        if apart or last in named or any(phrases.covers(kind, last) for kind in _STOPS):
            break
        last += 1
    return last


def _workplaces(phrases: Phrases, denials: Denials, taken: set[int]) -> Iterator[Mention]:
    before: Match | None = None
    for match in phrases.all("workplace_field"):
        if taken & set(range(match.first, match.last)) or _is_titled(match, phrases):
            continue
        if _wished(match, phrases) or not _working(match, phrases):
            continue
        if phrases.covers("competence", match.first) or phrases.covers("head_word", match.last):
            continue
        if before is not None and before.last == match.first and before.value == match.value:
            continue
        if denials.standing(match.first, match.last) is Standing.SAID:
            before = match
            yield _competence("occupation", match.value, match.first, match.last, phrases)


def _is_titled(match: Match, phrases: Phrases) -> bool:
    """Tell whether the sentence names the occupation or the same field in a title."""
    entries = load_entries()
    for one in phrases.beside("competence", match.first, sentence=True):
        entry = entries[one.value]
        if entry["kind"] == "occupation" or entry.get("field") == match.value:
            return True
    return False


def _working(match: Match, phrases: Phrases) -> bool:
    word = phrases.reading.tokens[match.last - 1].word
    for cue in phrases.beside("working_at", match.first):
        if phrases.covers("not_situation", cue.first):
            # "Finns det jobb inom vården" tells of nobody's work.
            continue
        if cue.last - cue.first == 1 and word.endswith(_PLACED):
            return True
        if cue.last - cue.first > 1 and cue.first < match.first <= cue.last + _NEAR:
            return True
    return False


def _competence(kind: str, value: str, first: int, last: int, phrases: Phrases) -> Mention:
    field = None if value == _ANY else value.strip()
    words = phrases.reading.slice(first, last)
    return Mention(
        "competence", {"words": words, "kind": kind, "field": field, "code": None}, first, last
    )
