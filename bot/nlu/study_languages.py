"""Languages of study, kept apart from the language that the person wants to talk."""

from __future__ import annotations

from collections.abc import Iterator

from bot.nlu.language_wishes import find_wishes
from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention, mention
from bot.nlu.negation import Denials, Standing

_FEW_WORDS = 4
_LINKS = ("turn:or", "turn:joining", "light", "turn:contrast", "cue:study")
_LONGEST_LINK = 4
_ONLY = frozenset(("bara", "endast", "enbart", "only", "just", "vain", "vaan", "ainoastaan"))
_NO = frozenset(("no", "not", "none", "zero", "ei", "inte", "int", "noll", "nolla"))
# Asks to go on in another language.
_TO_TALK = frozenset(
    ("please", "tack", "snälla", "kiitos", "switch", "change", "vaihda", "byta", "byt", "voitko")
)
_TOO = frozenset(("too", "also", "myös", "också", "even", "kans"))


def find_languages(phrases: Phrases, denials: Denials, asked: str | None) -> Iterator[Mention]:
    """Yield `teaching_languages`; `language_wish` marks words that only tell how to talk."""
    found = list(_named(phrases, denials, asked))
    yield from found
    # "Kan vi byta till finska" is no wish to learn Finnish.
    for wish in find_wishes(phrases.reading.text, asked):
        places = [
            place
            for place, token in enumerate(phrases.reading.tokens)
            if token.start < wish.end and token.end > wish.start
        ]
        if (
            wish.entity == "language_wish"
            and places
            and not any(one.first <= place < one.last for one in found for place in places)
        ):
            yield Mention("language_wish", str(wish.value), places[0], places[-1] + 1)


def _named(phrases: Phrases, denials: Denials, asked: str | None) -> Iterator[Mention]:
    named = [one for one in phrases.all("language_name") if not _is_others(one, phrases)]
    implied = asked != "teaching_languages" and _are_languages_of_study(phrases)
    if implied:
        asked = "teaching_languages"
    if asked == "teaching_languages":
        named += [
            one
            for one in phrases.all("language_named")
            if not phrases.covers("language_name", one.first)
            and not (implied and not _is_listed(one, phrases))
        ]
    named += _joined(phrases, named)
    if not named and asked is None:
        yield from _told(phrases, denials)
    words = sum(token.kind == "word" for token in phrases.reading.tokens)
    for match in sorted(named, key=lambda one: one.first):
        study = [
            one
            for kind in ("language_talk:study", "field", "competence")
            for one in phrases.beside(kind, match.first, sentence=True)
        ]
        chat = phrases.beside("language_talk:chat", match.first, sentence=True)
        standing = denials.standing(match.first, match.last)
        about_study = asked == "teaching_languages" or bool(
            study and not _closer(chat, study, match)
        )
        if not about_study and (chat or words <= 3):
            if standing is Standing.SAID:
                yield mention("language_wish", match)
        elif standing is Standing.SAID:
            yield mention("teaching_languages", match)
        elif standing is Standing.DENIED:
            yield mention("not_teaching_languages", match)
    if not named and words <= 4 and asked != "teaching_languages":
        yield from _bare_language(phrases, words)


def _told(phrases: Phrases, denials: Denials) -> Iterator[Mention]:
    """Yield languages that one tells to study in by what one speaks: "English good, Finnish no"."""
    tokens = phrases.reading.tokens
    if any(token.word in _TO_TALK for token in tokens):
        return
    good, able, bad = list[Match](), list[Match](), list[Match]()
    for match in phrases.all("language_named"):
        if phrases.is_question(match.first):
            continue
        first = match.first
        if first and tokens[first - 1].word in _ONLY:
            able.append(match)
        elif phrases.beside("language_native", first):
            good.append(match)
        elif _is_lacking(match, phrases, denials):
            bad.append(match)
        elif phrases.beside("language_fits", first):
            good.append(match)
        elif phrases.beside("language_skill", first):
            able.append(match)
    for match in phrases.all("language_both"):
        for language in ("fi", "sv"):
            yield Mention("teaching_languages", language, match.first, match.last)
    # What one can counts as a choice only beside what one cannot.
    lacking = {one.value for one in bad}
    for match in [*good, *(able if bad else ())]:
        if match.value not in lacking:
            yield mention("teaching_languages", match)


def _is_lacking(match: Match, phrases: Phrases, denials: Denials) -> bool:
    tokens = phrases.reading.tokens
    following = tokens[match.last].word if match.last < len(tokens) else ""
    return (
        following in _NO
        or denials.standing(match.first, match.last) is not Standing.SAID
        or bool(phrases.beside("language_weak", match.first))
    )


def _is_others(match: Match, phrases: Phrases) -> bool:
    """Tell whether somebody else studies in it: "mies lukee ruotsiksi, mä suomeksi"."""
    family = [one for one in phrases.beside("cue:family", match.first) if one.last <= match.first]
    own = phrases.beside("first_person", match.first)
    return bool(family) and not own


def _is_listed(match: Match, phrases: Phrases) -> bool:
    """Tell whether a language merely named belongs to those of study, and is no skill told."""
    if phrases.all("teaching_word"):
        return True
    words = sum(token.kind == "word" for token in phrases.reading.tokens)
    if words <= _FEW_WORDS + 2:
        return True
    several = [*phrases.all("language_named"), *phrases.all("language_name")]
    return any(
        _are_joined(one, match, phrases) or _are_joined(match, one, phrases) for one in several
    )


def _are_languages_of_study(phrases: Phrases) -> bool:
    """Tell whether languages merely named are to study in: "suomi tai englanti käy"."""
    named = phrases.all("language_named")
    if phrases.all("teaching_word"):
        return True
    if phrases.all("language_weak"):
        return False
    several = [*named, *phrases.all("language_name")]
    if any(_are_joined(one, other, phrases) for one in several for other in several):
        skilled = phrases.beside("language_skill", several[0].first, sentence=True)
        return not skilled and not phrases.all("language_talk:chat")
    learnt = any(match.value.startswith("023") for match in phrases.all("field"))
    able = phrases.all("cue:able") or phrases.all("language_talk:chat")
    words = sum(token.kind == "word" for token in phrases.reading.tokens)
    return len(named) > 1 and words <= _FEW_WORDS + 2 and not learnt and not able


def _joined(phrases: Phrases, named: list[Match]) -> list[Match]:
    """Return the languages that "or" and "and" join to others: "in English and Swedish"."""
    if not phrases.all("language_name"):
        return []
    joined: list[Match] = []
    known = list(named)
    for match in phrases.all("language_named"):
        if any(one.first <= match.first < one.last for one in known):
            continue
        if any(_are_joined(one, match, phrases) for one in [*known, *joined]):
            joined.append(match)
    return joined


def _are_joined(one: Match, other: Match, phrases: Phrases) -> bool:
    between = range(one.last, other.first)
    return (
        0 < len(between) <= _LONGEST_LINK
        and any(
            phrases.covers(kind, place) or phrases.reading.tokens[place].word in "/,"
            for kind in ("turn:or", "turn:joining")
            for place in between
        )
        and all(
            phrases.reading.tokens[place].kind == "mark"
            or any(phrases.covers(kind, place) for kind in _LINKS)
            or phrases.reading.tokens[place].word in _TOO
            for place in between
        )
    )


def _bare_language(phrases: Phrases, words: int) -> Iterator[Mention]:
    """Yield a language to talk in: "English please", "puhutko ruotsia"."""
    for match in phrases.all("language_named"):
        if words == 1 or phrases.beside("language_talk:chat", match.first):
            yield mention("language_wish", match)


def _closer(chat: list[Match], study: list[Match], match: Match) -> bool:
    def gap(one: Match) -> int:
        return max(one.first - match.last, match.first - one.last)

    return bool(chat) and min(map(gap, chat)) < min(map(gap, study))
