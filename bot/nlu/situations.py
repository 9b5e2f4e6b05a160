"""What a person's place in working life is, as far as it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention, mention
from bot.nlu.negation import Denials, Standing

_EMPLOYED = "employed"
_ESSIVE = re.compile(r"\w{3,}(?:na|nä)")
# "I am" as people say and type it, before what they do.
_BEING = frozenset(("olen", "oon", "oo", "toimin", "är", "e", "am", "im"))
_HAVING_BEEN = re.compile(r"oll?u|ollut|toiminut|toiminu|työskennell?y\w*|varit|been")
_PAST = frozenset(("olin", "oli", "var", "used", "aiemmin"))
_LASTING = ("unemployed", "laid_off", "retired")


def find_situations(phrases: Phrases, denials: Denials, asked: str | None) -> Iterator[Mention]:
    """Yield `situation` mentions: what is so now, not what was, is wished or asked in general."""
    if phrases.all("distress"):
        return
    named = [one for one in phrases.all("situation") if _is_said(one, phrases, denials)]
    for match in named:
        yield mention("situation", match)
    if named:
        return
    if asked == "situation":
        for match in phrases.all("work_now"):
            if denials.standing(match.first, match.last) is Standing.SAID:
                yield mention("situation", match)
    for match in phrases.all("at_work"):
        if _is_said(match, phrases, denials) and not _is_wished(match, phrases):
            yield mention("situation", match)
            return
    yield from _held_posts(phrases, denials)


def _is_said(match: Match, phrases: Phrases, denials: Denials) -> bool:
    # Some phrases hold their own denial: "en ole töissä".
    own = denials.within(match.first, match.last)
    if not own and denials.standing(match.first, match.last) is not Standing.SAID:
        return False
    if _is_past(match, phrases) or _is_wished_state(match, phrases) or _is_others(match, phrases):
        return False
    general = phrases.is_general_question(match.first)
    return not (general or phrases.covers("not_situation", match.first))


def _is_past(match: Match, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    past = [cue for cue in phrases.beside("cue:past", match.first) if cue.first < match.first]
    if match.value in _LASTING:
        # "Jäin työttömäksi" is a past that lasts.
        return any(tokens[cue.first].word in _PAST for cue in past)
    here = [one for one in range(match.first) if _same_clause(one, match.first, phrases)]
    return bool(past) or (
        match.value == _EMPLOYED and any(_HAVING_BEEN.fullmatch(tokens[one].word) for one in here)
    )


def _same_clause(one: int, other: int, phrases: Phrases) -> bool:
    tokens = phrases.reading.tokens
    return tokens[one].clause == tokens[other].clause


def _is_wished_state(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is a wish: "haluaisin olla oma yritys", "perustaa oma firma"."""
    if match.value not in ("self_employed", "student"):
        return False
    word = phrases.reading.tokens[match.last - 1].word
    founding = [one for one in phrases.beside("founding", match.first) if one.last <= match.first]
    held = [cue for cue in phrases.beside("cue:firm", match.first) if cue.last <= match.first]
    return word.endswith("ksi") or bool(founding) or (_is_wished(match, phrases) and not held)


def _is_wished(match: Match, phrases: Phrases) -> bool:
    return any(cue.last <= match.first for cue in phrases.beside("cue:wish", match.first))


def _is_others(match: Match, phrases: Phrases) -> bool:
    """Tell whether it is said of somebody else: "mieheni on töissä"."""
    family = [one for one in phrases.beside("cue:family", match.first) if one.last <= match.first]
    own = [one for one in phrases.beside("first_person", match.first) if one.last <= match.first]
    inside = any(match.first <= one.first < match.last for one in phrases.all("cue:family"))
    return bool(family) and not own and not inside and match.value != "outside_labour_force"


def _held_posts(phrases: Phrases, denials: Denials) -> Iterator[Mention]:
    """Yield `employed` for an occupation held now: "oon kaupassa myyjänä", "now I am a cook"."""
    tokens = phrases.reading.tokens
    for place, token in enumerate(tokens):
        if token.word not in _BEING or denials.standing(place, place + 1) is not Standing.SAID:
            continue
        following = [
            one for one in range(place + 1, len(tokens)) if _same_clause(one, place, phrases)
        ]
        if any(_HAVING_BEEN.fullmatch(tokens[one].word) for one in following):
            continue
        occupations = [one for one in phrases.all("competence") if one.first in following]
        present = phrases.beside("at_present", place) or phrases.beside("workplace_named", place)
        essive = any(_ESSIVE.fullmatch(tokens[one.last - 1].word) for one in occupations)
        wished = any(one.last <= place for one in phrases.beside("cue:wish", place))
        past = any(one.first < place for one in phrases.beside("cue:past", place))
        if occupations and (present or essive) and not (wished or past):
            yield Mention("situation", _EMPLOYED, place, place + 1)
            return
