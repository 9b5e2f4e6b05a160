"""Slots that a person leaves open: "hinnalla ei väliä", "en halua kertoa missä asun"."""

from __future__ import annotations

from collections.abc import Iterator

from bot.nlu.lexicon import Match, Phrases
from bot.nlu.mentions import Mention

PLACE = "place"
_ANSWERS = ("no_preference", "wont_say")


def find_preferences(phrases: Phrases, asked: str | None) -> Iterator[Mention]:
    """Yield the slots left open: those named with "ei väliä", else the one that was asked for."""
    named = list(slots_left_open(phrases))
    # A place that does not matter is a place: anywhere.
    kept = [
        (slot, match) for slot, match in named if slot != PLACE or match.kind != "no_preference"
    ]
    for slot, match in kept:
        yield Mention("no_preference", slot, match.first, match.last)
    if named or asked is None:
        return
    for kind in _ANSWERS:
        for match in phrases.all(kind)[:1]:
            if asked != PLACE or kind != "no_preference":
                yield Mention("no_preference", asked, match.first, match.last)
                return


def slots_left_open(phrases: Phrases) -> Iterator[tuple[str, Match]]:
    """Yield the slots named beside "it does not matter" or "I would rather not say"."""
    for match in phrases.all("left_open"):
        yield match.value, match
    for kind in _ANSWERS:
        for match in phrases.all(kind):
            for topic in phrases.beside("left_open_topic", match.first):
                yield topic.value, match


def place_does_not_matter(phrases: Phrases, asked: str | None) -> Match | None:
    """Return the words that say so, of places or in answer to where."""
    named = list(slots_left_open(phrases))
    for slot, match in named:
        if slot == PLACE and match.kind == "no_preference":
            return match
    if asked != PLACE or named:
        return None
    return next(iter(phrases.all("no_preference")), None)
