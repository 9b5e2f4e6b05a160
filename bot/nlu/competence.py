"""What a person already has: qualifications, occupations, skills and level of education."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.nlu.lexicon import Phrases
from bot.nlu.mentions import Mention
from bot.nlu.roles import Role, is_placed
from bot.nlu.subjects import Subject

_LADDER = ("none", "basic", "vocational", "general_upper", "bachelor", "master")
_FOREIGN = "foreign"
_TELLING = ("cue:graduated", "cue:held", "cue:able", "cue:workplace")
_SMALL = frozenset(
    (
        "ollut",
        "have",
        "har",
        "olen",
        "oon",
        "oo",
        "olin",
        "am",
        "i'm",
        "im",
        "är",
        "is",
        "was",
        "be",
        "var",
    )
)


_LONGEST_ANSWER = 30
_ANSWERS = frozenset(("competence", "education", "field", "place", "not_place", "goal", "contact"))
_NO_TELLING = (
    "no_answer", "no_preference", "wont_say", "cue:service", "cue:wish", "ordinal",
    "refine", "no_negation", "question_word",
)  # fmt: skip
_EMPTY = ("light", "courtesy", "negation:always", "turn:contrast", "turn:joining")


def held_competence(
    subjects: Sequence[Subject], roles: Sequence[Role], phrases: Phrases
) -> Iterator[Mention]:
    """Yield one `competence` for each thing had, in the person's own words."""
    for subject, role in zip(subjects, roles, strict=True):
        if role is not Role.HELD or subject.is_level:
            continue
        match = subject.match
        kind, code = _kind(subject, phrases), None
        if subject.entry is not None:
            code = subject.entry.get("code")
        if kind is None or (_unfinished(subject, phrases) and kind == "qualification"):
            continue
        words = phrases.reading.slice(match.first, match.last)
        value = {"words": words, "kind": kind, "field": subject.field, "code": code}
        yield Mention("competence", value, match.first, match.last)


def told_competence(phrases: Phrases, said: Sequence[Mention]) -> Iterator[Mention]:
    """Yield an answer to "what have you done?" in which nothing was recognised, as it was said."""
    tokens = phrases.reading.tokens
    if any(mention.slot in _ANSWERS for mention in said) or len(tokens) > _LONGEST_ANSWER:
        return
    if phrases.is_talk() or any(phrases.all(kind) for kind in _NO_TELLING):
        return
    if any(one.word == "?" for one in tokens):
        return
    telling = [
        place
        for place, token in enumerate(tokens)
        if token.kind == "word"
        and token.word not in _SMALL
        and not any(phrases.covers(kind, place) for kind in _EMPTY)
    ]
    if len(telling) > 1 and tokens[telling[0]].sentence == tokens[telling[-1]].sentence:
        first, last = telling[0], telling[-1] + 1
        words = phrases.reading.slice(first, last)
        value = {"words": words, "kind": "skill", "field": None, "code": None}
        yield Mention("competence", value, first, last)


def held_education(
    subjects: Sequence[Subject], roles: Sequence[Role], phrases: Phrases
) -> list[Mention]:
    """Return the highest level reached, at most one; schooling abroad is `foreign` at any level."""
    abroad = _schooling_abroad(phrases)
    if abroad is not None:
        return [abroad]
    levels: list[tuple[int, Mention]] = []
    for subject, role in zip(subjects, roles, strict=True):
        level = _level(subject, phrases) if role is Role.HELD else None
        if level is not None:
            match = subject.match
            mention = Mention("education", level, match.first, match.last)
            levels.append((_LADDER.index(level), mention))
    return [max(levels, key=lambda one: one[0])[1]] if levels else []


def _kind(subject: Subject, phrases: Phrases) -> str | None:
    match = subject.match
    if subject.entry is not None:
        kind = str(subject.entry["kind"])
        trained = phrases.beside("cue:graduated", match.first) or phrases.covers(
            "schooling", match.last
        )
        if kind == "occupation" and trained and "education" in subject.entry:
            return "qualification"
        return kind
    if any(school.last <= match.first <= school.last + 1 for school in phrases.all("schooling")):
        return "qualification"
    cues = [cue for kind in _TELLING for cue in phrases.beside(kind, match.first)]
    if any(cue.kind == "cue:able" for cue in cues):
        return "skill"
    tokens = phrases.reading.tokens
    telling = [cue for cue in cues if tokens[cue.first].word not in _SMALL]
    placed = is_placed(tokens[match.last - 1].word) or (
        match.first > 0 and phrases.covers("preposition:at", match.first - 1)
    )
    return "occupation" if telling or placed else None


def _level(subject: Subject, phrases: Phrases) -> str | None:
    if subject.entry is None or "education" not in subject.entry:
        return None
    if not subject.is_level and _kind(subject, phrases) != "qualification":
        return None
    level = str(subject.entry["education"])
    if not _unfinished(subject, phrases):
        return level
    # Unfinished schooling counts as the last finished one, where that is certain.
    return "basic" if level in ("vocational", "general_upper") else None


def _unfinished(subject: Subject, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    here = tokens[subject.match.first]
    return any(
        tokens[cue.first].sentence == here.sentence
        and 0 <= tokens[cue.first].clause - here.clause <= 1
        for cue in phrases.all("cue:unfinished")
    )


def _schooling_abroad(phrases: Phrases) -> Mention | None:
    tokens = phrases.reading.tokens
    for match in phrases.all("abroad"):
        here = tokens[match.first]
        if any(cue.first < match.first for cue in phrases.beside("cue:wish", match.first)):
            continue
        for school in phrases.all("schooling"):
            if tokens[school.first].sentence == here.sentence:
                first, last = min(match.first, school.first), max(match.last, school.last)
                return Mention("education", _FOREIGN, first, last)
    return None
