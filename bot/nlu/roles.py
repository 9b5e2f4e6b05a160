"""What a named field or occupation is to the person: wished for, had, left behind or denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention
from bot.nlu.negation import Denials, Standing
from bot.nlu.neighbour_roles import is_told_aside, role_of_list, role_of_title_narrowed
from bot.nlu.other_people import is_asked_for, is_of_family, is_somebody, is_sought
from bot.nlu.subjects import Role, Subject
from bot.nlu.untold_roles import Surroundings, is_card, untold_role

_TRANSLATIVE = ("ksi", "ks")
_ESSIVE = ("na", "nä")
_SOURCE = ("lta", "ltä", "sta", "stä", "lt", "st")
_TARGET = ("lle", "ksi")
_PLACED = ("lla", "llä", "ssa", "ssä")
_SHORTEST_INFLECTED = 5
_AWAY_WITHIN = 4
_ALWAYS_HELD = ("comprehensive_only", "no_schooling")
_WISHES = ("cue:wish", "cue:seek")
_CUES = (*_WISHES, "cue:held", "cue:graduated")


def find_roles(
    subjects: Sequence[Subject],
    phrases: Phrases,
    denials: Denials,
    *,
    asked: str | None,
    said: Sequence[Mention] = (),
) -> list[Role]:
    """Decide for each subject what it is to the person, by the words around it.

    `said` are the other facts: their words tell nothing of it.
    """
    roles: list[Role] = []
    for subject in subjects:
        before = zip(subjects[: len(roles)], roles, strict=True)
        roles.append(_role(subject, list(before), phrases, denials))
    around = Surroundings(subjects, roles, phrases, said, asked)
    decided: list[Role] = []
    for place, (subject, role) in enumerate(zip(subjects, roles, strict=True)):
        before = zip(subjects[:place], decided, strict=True)
        if role is Role.UNCLEAR:
            role = role_of_title_narrowed(subject, list(before), phrases) or role
        if role is Role.UNCLEAR and place + 1 < len(subjects):
            role = role_of_list(subject, subjects[place + 1], roles[place + 1], phrases)
        if role is Role.UNCLEAR:
            # "Not social work, but computers": what comes instead is the wish.
            denied = Role.DENIED in roles[:place]
            role = Role.WISHED if denied else untold_role(subject, around)
        if role is Role.WISHED and is_told_aside(subject, subjects[:place], decided, phrases, said):
            role = Role.HELD
        decided.append(role)
    return decided


def wished_fields(
    subjects: Sequence[Subject], roles: Sequence[Role], phrases: Phrases
) -> Iterator[Mention]:
    """Yield the fields wished for and ruled out; of nested ones in a clause, the narrow one."""
    tokens = phrases.reading.tokens
    wanted = [
        subject
        for subject, role in zip(subjects, roles, strict=True)
        if role is Role.WISHED and subject.field and not subject.is_level
    ]
    for subject in wanted:
        code, match = str(subject.field), subject.match
        clause = tokens[match.first].clause
        if any(
            str(other.field) != code
            and str(other.field).startswith(code)
            and tokens[other.match.first].clause == clause
            for other in wanted
        ):
            continue
        yield Mention("field", code, match.first, match.last)
    for subject, role in zip(subjects, roles, strict=True):
        if role is Role.DENIED and subject.field and not subject.is_level:
            yield Mention("not_field", subject.field, subject.match.first, subject.match.last)


def clauses_of_somebody(
    subjects: Sequence[Subject], roles: Sequence[Role], phrases: Phrases
) -> frozenset[int]:
    """Return the tokens of the clauses that tell of somebody met, needed or heard of."""
    tokens = phrases.reading.tokens
    clauses = {
        tokens[subject.match.first].clause
        for subject, role in zip(subjects, roles, strict=True)
        if role is Role.LEFT and subject.entry is not None
    }
    return frozenset(place for place, token in enumerate(tokens) if token.clause in clauses)


def _role(
    subject: Subject, before: list[tuple[Subject, Role]], phrases: Phrases, denials: Denials
) -> Role:
    match = subject.match
    word = phrases.reading.tokens[match.last - 1].word
    left = _nearest_left(match, phrases)
    if subject.match.value in _ALWAYS_HELD:
        return Role.HELD
    if phrases.all("distress"):
        return Role.LEFT
    if subject.is_level and phrases.beside("cue:unfinished", match.first):
        return Role.HELD
    if is_asked_for(match, phrases):
        return Role.LEFT
    if subject.entry is None and (
        _is_skill(match, phrases) or phrases.covers("mishap", match.last)
    ):
        return Role.LEFT
    if is_of_family(match, phrases):
        return Role.LEFT
    names_people = subject.entry is not None and not subject.is_level and not is_card(word)
    if names_people and is_somebody(match, word, phrases):
        return Role.LEFT
    standing = denials.standing(match.first, match.last)
    if standing is not Standing.SAID:
        wish = left is not None and left.kind in _WISHES
        return Role.DENIED if standing is Standing.DENIED or wish else Role.LEFT
    if _is_destination(match, phrases):
        return Role.WISHED
    if _is_left_behind(match, word, phrases):
        return Role.HELD if subject.entry is not None else Role.LEFT
    if word.endswith(_TRANSLATIVE) and subject.entry is not None:
        return Role.HELD if phrases.beside("cue:graduated", match.first) else Role.WISHED
    if subject.entry is not None and _other_is_target(match, phrases):
        return Role.HELD
    if subject.entry is not None and word.endswith("lle") and len(word) > _SHORTEST_INFLECTED:
        # "Oisko mitään lähihoitajalle": for one who is it.
        return Role.HELD if left is None or left.kind != "cue:wish" else Role.WISHED
    if subject.entry is None and left is None and _is_of_schooling(match, word, phrases):
        return Role.HELD
    if subject.entry is not None and left is None and _is_told_as(match, phrases):
        return Role.HELD
    wished = left.kind in _WISHES if left is not None else bool(phrases.all("cue:wish"))
    if wished and is_sought(match, word, phrases):
        return Role.LEFT
    by_cue = _by_cue(subject, left, phrases)
    if by_cue is Role.HELD and phrases.is_general_question(match.first):
        return Role.LEFT
    if by_cue is not None:
        return by_cue
    if subject.entry is not None and word.endswith(_ESSIVE) and len(word) > _SHORTEST_INFLECTED:
        return Role.HELD
    carried = _carried_on(match, before, phrases)
    # A field named on its own is looked for, whatever was told before: "olen kokki, matkailua".
    return Role.UNCLEAR if subject.entry is None and carried is Role.HELD else carried


def _is_skill(match: Match, phrases: Phrases) -> bool:
    """Tell whether a word of skill stands before it: "bra på att baka"."""
    skills = phrases.beside("skill_of", match.first, sentence=True)
    return any(0 <= match.first - skill.last <= 1 for skill in skills)


def _carried_on(match: Match, before: list[tuple[Subject, Role]], phrases: Phrases) -> Role:
    """Return what the sentence so far was about: "haluan vaihtaa alaa, ehkä kirjanpitoa"."""
    tokens = phrases.reading.tokens
    sentence = tokens[match.first].sentence
    said = [
        (cue.last, Role.WISHED if kind in (*_WISHES, "goal") else Role.HELD)
        for kind in (*_CUES, "goal")
        for cue in phrases.all(kind)
        if cue.last <= match.first
        and tokens[cue.first].sentence == sentence
        and not (kind == "cue:held" and phrases.covers("field", cue.first))
    ]
    said += [
        (other.match.last, role)
        for other, role in before
        if tokens[other.match.first].sentence == sentence
    ]
    role = max(said, key=lambda one: one[0], default=(0, Role.UNCLEAR))[1]
    return role if role in (Role.WISHED, Role.HELD) else Role.UNCLEAR


def _nearest_left(match: Match, phrases: Phrases) -> Match | None:
    cues = [
        cue
        for kind in _CUES
        for cue in phrases.beside(kind, match.first)
        if cue.last <= match.first
    ]
    return max(cues, key=lambda cue: (cue.last, cue.weight), default=None)


def _nearest_right(match: Match, phrases: Phrases) -> Match | None:
    cues = [
        cue
        for kind in _CUES
        for cue in phrases.beside(kind, match.first)
        if cue.first >= match.last
    ]
    return min(cues, key=lambda cue: cue.first, default=None)


def _by_cue(subject: Subject, left: Match | None, phrases: Phrases) -> Role | None:
    match = subject.match
    right = _nearest_right(match, phrases)
    if left is not None and right is not None:
        gaps = match.first - left.last, right.first - match.last
        if gaps[1] == 0 and gaps[0] > 1 and right.kind in _WISHES:
            left = None
    cue = left or right
    if cue is None:
        return None
    if cue.kind in _WISHES:
        return Role.WISHED
    if left is not None and _governed_by_wish(left, match, phrases):
        return Role.WISHED
    return Role.HELD


def _governed_by_wish(held: Match, match: Match, phrases: Phrases) -> bool:
    """Tell whether a wish reaches past a word like "töissä": "haluaisin töissä olla"."""
    wishes = [
        cue
        for kind in _WISHES
        for cue in phrases.beside(kind, match.first)
        if cue.last <= held.first
    ]
    if not wishes:
        return False
    begin = wishes[-1].last
    return not phrases.between("cue:firm", begin, match.first) and not phrases.between(
        "cue:graduated", begin, match.first
    )


def _is_left_behind(match: Match, word: str, phrases: Phrases) -> bool:
    """Tell whether it is left for something else: "pois hoitoalalta", "byta från vården"."""
    if word.endswith(_TARGET):
        return False
    for cue in phrases.beside("cue:away", match.first):
        gap = max(match.first - cue.last, cue.first - match.last)
        if gap <= _AWAY_WITHIN:
            return True
    origin = any(phrases.covers("preposition:from", place) for place in _just_before(match))
    if not phrases.beside("cue:change", match.first):
        return origin and bool(phrases.beside("preposition:to", match.first))
    return origin or (word.endswith(_SOURCE) and len(word) > _SHORTEST_INFLECTED)


def _is_destination(match: Match, phrases: Phrases) -> bool:
    """Tell whether it stands after both "from" and "to": "från närvårdare till sjukskötare"."""
    before = [phrases.covering("preposition:to", place) for place in _just_before(match)]
    origins = phrases.beside("preposition:from", match.first)
    return any(before) and any(origin.first < match.first for origin in origins)


def _is_told_as(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is what somebody is: "as a nurse", "työtön kokki", "lähihoitajan paperit"."""
    if phrases.covers("trained:after", match.last) and not phrases.beside("goal", match.first):
        return True
    before = _just_before(match)
    state = bool(before) and phrases.covers("situation", before[0])
    return state or any(phrases.covers("work_as", place) for place in before)


def _just_before(match: Match) -> list[int]:
    # An article may stand between: "from a nurse to a teacher".
    return [place for place in (match.first - 1, match.first - 2) if place >= 0]


def _other_is_target(match: Match, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    if tokens[match.last - 1].word.endswith(_TRANSLATIVE):
        return False
    return any(
        other.first != match.first
        and tokens[other.last - 1].word.endswith("ksi")
        and tokens[other.first].clause == tokens[match.first].clause
        for other in phrases.all("competence")
    )


def _is_of_schooling(match: Match, word: str, phrases: Phrases) -> bool:
    """Tell whether it says what schooling was about: "kandi kauppatieteistä"."""
    if not any(phrases.covers("schooling", place) for place in _just_before(match)):
        return False
    return word.endswith(_SOURCE) or phrases.covers("preposition:at", match.first - 1)


def is_placed(word: str) -> bool:
    """Tell whether a Finnish word says where: "kaupan alalla"."""
    return word.endswith(_PLACED)
