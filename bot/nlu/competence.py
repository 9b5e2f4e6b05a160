"""What a person already has: qualifications, occupations, skills and level of education."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.nlu.interest import is_asking
from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention
from bot.nlu.roles import is_placed
from bot.nlu.subjects import Role, Subject, load_entries
from bot.nlu.told_skills import SMALL_VERBS

_LADDER = ("none", "basic", "vocational", "general_upper", "bachelor", "master")
_FOREIGN = "foreign"
_ESSIVE = ("na", "nä")
_SHORTEST_ESSIVE = 5
# Work done, unless it is only told that one can: "I can drive a truck".
_DOINGS = ("driving_lorries", "driving_people", "kitchen_work", "cleaning_job")
_TELLING = ("cue:graduated", "cue:held", "cue:able", "cue:workplace")
# Codes that say no more than the kind of a degree: "engineer".
_GENERAL = 2
# How many words may stand between a title and what tells that it was learnt.
_NEAR = 2
_GAP = 3
_DEGREES = {"trained:bachelor": "bachelor", "trained:master": "master"}
_SCHOOLED = ("trained:before", "trained:after", *_DEGREES)
_PROOFS = (*_SCHOOLED, "trained:card")
_OWN_FIRM = "entrepreneur"
_AS_WORK = ("work_as", "was_word")


def held_competence(
    subjects: Sequence[Subject], roles: Sequence[Role], phrases: Phrases, asked: str | None = None
) -> Iterator[Mention]:
    """Yield one `competence` for each thing had, in the person's own words."""
    held = [subject for subject, role in zip(subjects, roles, strict=True) if role is Role.HELD]
    narrowed: set[int] = set()
    # Schooling abroad hides its level, which is then said here.
    abroad = _schooling_abroad(phrases) is not None
    for place, subject in enumerate(held):
        if place in narrowed:
            continue
        match, field = subject.match, subject.field
        first, last = match.first, match.last
        kind = _kind(subject, phrases) or ("skill" if asked == "competence" else None)
        following = held[place + 1] if place + 1 < len(held) else None
        if kind is None and following is not None and following.match.first == last + 1:
            # "Muurausta ja laatoitusta osaan".
            kind = _kind(following, phrases)
        if following is not None and _narrows(following, subject, phrases):
            narrowed.add(place + 1)
            last, field, kind = following.match.last, following.field, "qualification"
        elif subject.is_level and abroad and _is_degree(subject):
            # "A PhD from Delhi", where nothing else names what was learnt.
            if any(not one.is_level for one in held):
                continue
        elif subject.is_level or _is_said_better(subject, held, phrases):
            continue
        elif following is not None and _is_same(subject, following, phrases):
            # "Nurse (sairaanhoitaja AMK)" is one.
            narrowed.add(place + 1)
            proofs = _proofs(following, phrases, ("trained:after", *_DEGREES))
            last = max([following.match.last, *(one.last for one in proofs)])
        if kind is None or (_unfinished(subject, phrases) and kind == "qualification"):
            continue
        code = None if subject.entry is None else subject.entry.get("code")
        words = phrases.reading.slice(first, last)
        value = {"words": words, "kind": kind, "field": field, "code": code}
        yield Mention("competence", value, first, last)


def _is_degree(subject: Subject) -> bool:
    return subject.entry is not None and subject.entry.get("education") in ("bachelor", "master")


def _is_same(one: Subject, other: Subject, phrases: Phrases) -> bool:
    """Tell whether it is said again in brackets."""
    if one.match.value != other.match.value or one.match.value not in load_entries():
        return False
    between = phrases.reading.tokens[one.match.last : other.match.first]
    return len(between) <= _GAP and any(token.word == "(" for token in between)


def _is_said_better(subject: Subject, held: Sequence[Subject], phrases: Phrases) -> bool:
    """Tell whether a title says more: "yrittäjä, maalari", "farmaseutti apteekissa"."""
    others = [one for one in held if one.entry is not None and one is not subject]
    if subject.match.value == _OWN_FIRM:
        titles = [one for one in others if not one.is_level]
        return any(one.match.value != _OWN_FIRM for one in titles)
    if subject.entry is not None:
        return False
    tokens = phrases.reading.tokens
    here = subject.match.first
    placed = is_placed(tokens[here].word) or any(
        place >= 0 and phrases.covers("preposition:at", place) for place in (here - 1, here - 2)
    )
    workplace = placed and phrases.covers("workplace_field", here)
    return any(
        one.field == subject.field
        or (workplace and tokens[one.match.first].sentence == tokens[here].sentence)
        for one in others
        if not one.is_level and one.match.value != _OWN_FIRM
    )


def _narrows(subject: Subject, degree: Subject, phrases: Phrases) -> bool:
    """Tell whether it says what a degree is in: "bachelor in accounting"."""
    if subject.entry is not None or degree.entry is None:
        return False
    if degree.entry["kind"] != "qualification" or degree.field == "001":
        return False
    tokens = phrases.reading.tokens
    between = tokens[degree.match.last : subject.match.first]
    near = sum(token.kind == "word" for token in between) <= 1
    here = tokens[degree.match.first]
    general = len(degree.field or "") <= _GENERAL
    return general and near and tokens[subject.match.first].sentence == here.sentence


def held_education(
    subjects: Sequence[Subject], roles: Sequence[Role], phrases: Phrases, asked: str | None = None
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
            levels.append((_LADDER.index(level) if level in _LADDER else len(_LADDER), mention))
    asking = is_asking(phrases) or bool(phrases.all("cue:unfinished"))
    if asked == "education" and not asking:
        # "lukio ja amk": words that mean a level only where one was asked for.
        levels += [
            (_LADDER.index(match.value), Mention("education", match.value, match.first, match.last))
            for match in phrases.all("schooling_answer")
            if match.value != "none" or not levels
        ]
    return [max(levels, key=lambda one: one[0])[1]] if levels else []


def _kind(subject: Subject, phrases: Phrases) -> str | None:
    match = subject.match
    if subject.entry is not None:
        kind = str(subject.entry["kind"])
        learnt = is_trained(subject, phrases)
        trained = phrases.beside("cue:graduated", match.first) or phrases.covers(
            "schooling", match.last
        )
        if kind == "occupation" and (learnt or (trained and "education" in subject.entry)):
            return "qualification"
        if match.value in _DOINGS and phrases.beside("cue:able", match.first):
            return "skill"
        if kind == "qualification" and not (trained or learnt) and _is_work(subject, phrases):
            return "occupation"
        return kind
    if any(school.last <= match.first <= school.last + 1 for school in phrases.all("schooling")):
        return "qualification"
    if _proofs(subject, phrases, ("trained:after",)):
        return "qualification"
    cues = [cue for kind in _TELLING for cue in phrases.beside(kind, match.first)]
    if any(cue.kind == "cue:able" for cue in cues):
        return "skill"
    tokens = phrases.reading.tokens
    telling = [cue for cue in cues if tokens[cue.first].word not in SMALL_VERBS]
    placed = is_placed(tokens[match.last - 1].word) or (
        match.first > 0 and phrases.covers("preposition:at", match.first - 1)
    )
    return "occupation" if telling or placed else None


def is_trained(subject: Subject, phrases: Phrases) -> bool:
    """Tell whether a title is told to be learnt: "utbildad snickare", "kokin paperit"."""
    return bool(_proofs(subject, phrases, _PROOFS))


def _proofs(subject: Subject, phrases: Phrases, kinds: Sequence[str]) -> list[Match]:
    """Return what tells beside a title that it was learnt, nearest first."""
    match = subject.match
    if subject.is_level:
        return []
    tokens = phrases.reading.tokens
    here = tokens[match.first].sentence
    found: list[Match] = []
    for kind in kinds:
        first, last = match.last, match.last + _NEAR
        if kind == "trained:before":
            first, last = match.first - _NEAR, match.first
        elif kind in _DEGREES:
            last += _NEAR
        for place in range(max(first, 0), min(last, len(tokens))):
            proof = phrases.covering(kind, place)
            if proof is None or tokens[place].sentence != here or proof in found:
                continue
            between = range(min(match.last, place), max(match.first, place))
            if not any(phrases.covers("without", one) for one in between):
                found.append(proof)
    return found


def _is_work(subject: Subject, phrases: Phrases) -> bool:
    """Tell whether a title is named as work done: "olin opettajana", "som lärare"."""
    match = subject.match
    word = phrases.reading.tokens[match.last - 1].word
    if subject.is_level:
        return False
    if _is_abroad(subject, phrases, at=True) or phrases.covers("job_word", match.last):
        return True
    before = [place for place in (match.first - 1, match.first - 2) if place >= 0]
    named_as = any(phrases.covers(kind, place) for kind in _AS_WORK for place in before)
    essive = word.endswith(_ESSIVE) and len(word) > _SHORTEST_ESSIVE
    return named_as or (essive and bool(phrases.beside("cue:held", match.first)))


def _level(subject: Subject, phrases: Phrases) -> str | None:
    if subject.entry is None:
        return None
    proofs = _proofs(subject, phrases, _SCHOOLED)
    if "education" not in subject.entry and not proofs:
        return None
    if not subject.is_level and _kind(subject, phrases) != "qualification":
        return None
    if _is_abroad(subject, phrases):
        return _FOREIGN
    level = str(subject.entry.get("education", "vocational"))
    level = next((_DEGREES[one.kind] for one in proofs if one.kind in _DEGREES), level)
    if not _unfinished(subject, phrases):
        return level
    # Unfinished schooling counts as the last finished one, where that is certain.
    return "basic" if level in ("vocational", "general_upper") else None


def _is_abroad(subject: Subject, phrases: Phrases, *, at: bool = False) -> bool:
    """Tell whether it comes from abroad ("sjuksköterska från Ukraina") or was done there."""
    match = subject.match
    tokens = phrases.reading.tokens
    for one in phrases.beside("abroad", match.first):
        if match.last <= one.first <= match.last + 1 or one.last == match.first:
            there = tokens[one.first].word in ("in", "i") or is_placed(tokens[one.last - 1].word)
            if there is at:
                return True
    return False


def _unfinished(subject: Subject, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    here = tokens[subject.match.first]
    others = [
        one.first
        for kind in ("competence", "schooling", "schooling_answer", "trained:bachelor")
        for one in phrases.all(kind)
        if one.first >= subject.match.last
    ]
    return any(
        tokens[cue.first].sentence == here.sentence
        and 0 <= tokens[cue.first].clause - here.clause <= 1
        and not any(other < cue.first for other in others)
        for cue in phrases.all("cue:unfinished")
    )


def _schooling_abroad(phrases: Phrases) -> Mention | None:
    tokens = phrases.reading.tokens
    for match in phrases.all("abroad"):
        here = tokens[match.first]
        if any(cue.first < match.first for cue in phrases.beside("cue:wish", match.first)):
            continue
        if phrases.is_general_question(match.first):
            continue
        for school in phrases.all("schooling"):
            if tokens[school.first].sentence == here.sentence:
                first, last = min(match.first, school.first), max(match.last, school.last)
                return Mention("education", _FOREIGN, first, last)
    return None
