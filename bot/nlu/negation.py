"""What a message denies: "en Helsinkiin", "Vaasassa en", "inte på nätet"."""

from __future__ import annotations

import re
from enum import Enum

from bot.nlu.lexicon import Phrases

# A denial reaches no further than this many words.
_REACH = 7
_FOLLOWS_WITHIN = 2
# Between "ei" and its verb: "iltasin ei enää jaksa".
_ADVERBS = frozenset(
    (
        "enää", "enään", "oikein", "kyllä", "yhtään", "ollenkaan", "mitenkään", "millään",
        "hirveesti", "kauheesti", "längre", "alls", "riktigt", "really",
    )
)  # fmt: skip

# What English denies with "no"; in Finnish and Swedish the word only means "well".
_ENGLISH = re.compile(
    r"online|remote\w*|distance|internet|web|zoom|teams|virtual|digital|(?:even|morn)ings?"
    r"|weekends?|week|days?|day-?time|nights?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?"
    r"|saturdays?|sundays?|afternoons?|in|on|at|contact|classroom|campus|fixed"
)
# Tells that what is named will do: "no, online is fine too" without its comma.
FINE = frozenset(("fine", "ok", "okay", "too", "also", "works", "good"))


class Standing(Enum):
    """How a message puts what it names."""

    SAID = "said"
    DENIED = "denied"
    # Denied as a fact ("en asu Vaasassa"), which says nothing about a wish.
    VOID = "void"


class Denials:
    """Where the words of denial stand in a message."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._tokens = phrases.reading.tokens
        self.places: list[int] = [
            place for place in range(len(self._tokens)) if self._denies(place)
        ]
        self.swedish = is_more_swedish(phrases)

    def standing(self, first: int, last: int) -> Standing:
        """Return how the words from `first` to before `last` stand."""
        tokens = self._tokens
        if first and self._phrases.covers("nothing_but", first - 1):
            return Standing.SAID
        if any(need.last <= first for need in self._phrases.beside("no_need", first)):
            return Standing.VOID
        for place in reversed(self.places):
            if place < first and tokens[place].clause == tokens[first].clause:
                if first - place > _REACH:
                    return Standing.SAID
                return Standing.VOID if self._of_state(place, first) else Standing.DENIED
        if self._denied_after(first, last):
            return Standing.DENIED
        return Standing.SAID

    def within(self, first: int, last: int) -> bool:
        """Tell whether the words hold a denial of their own: "en ole töissä"."""
        return any(first <= place < last for place in self.places)

    def _denies(self, place: int) -> bool:
        phrases = self._phrases
        if phrases.covers("no_negation", place) or phrases.covers("nothing_but", place):
            return False
        if phrases.covers("negation:always", place) or phrases.covers("negation:exceptions", place):
            return True
        if phrases.covers("negation:finnish", place):
            return not is_more_swedish(phrases)
        if phrases.covers("negation:english", place):
            # In Finnish "no" only means "well".
            following = self._tokens[place + 1 : place + 2]
            named = phrases.covers("online", place + 1) or phrases.covers("schedule", place + 1)
            if bool(following) and named and _ENGLISH.fullmatch(following[0].word):
                here = self._tokens[place].clause
                return not any(token.word in FINE for token in self._tokens if token.clause == here)
            # "In Swedish no, in English", "weekends no".
            ends = not following or following[0].kind == "mark"
            return ends and any(
                place > 0 and phrases.covers(kind, place - 1)
                for kind in ("language_name", "schedule")
            )
        return False

    def _of_state(self, place: int, first: int) -> bool:
        return any(
            self._phrases.covers("denied_state", between) for between in range(place + 1, first)
        )

    def _denied_after(self, first: int, last: int) -> bool:
        tokens = self._tokens
        for place in self.places:
            if not last <= place < last + _FOLLOWS_WITHIN:
                continue
            if tokens[place].clause != tokens[first].clause or self._begins_anew(place):
                continue
            if not self._rules_out(place):
                # "Vaasa, ei Turku" and "Vasa inte Åbo" deny what follows.
                continue
            return place == last or self._fronted(first)
        return self.swedish and self._swedish_fronted(first, last)

    def _rules_out(self, place: int) -> bool:
        tokens = self._tokens
        after = place + 1
        while after < len(tokens) and tokens[after].word in _ADVERBS:
            after += 1
        ends = after >= len(tokens) or tokens[after].clause != tokens[place].clause
        return ends or tokens[after].kind == "mark" or self._phrases.covers("denied_verb", after)

    def _begins_anew(self, place: int) -> bool:
        following = self._tokens[place + 1].word if place + 1 < len(self._tokens) else ""
        return following in ("ole", "oo", "löydy", "löytyny", "löytynyt") or self._tokens[
            place
        ].word in ("enkä", "eikä", "muttei", "mutten")

    def _fronted(self, first: int) -> bool:
        clause = self._tokens[first].clause
        return first == 0 or self._tokens[first - 1].clause != clause

    def _swedish_fronted(self, first: int, last: int) -> bool:
        """Tell whether a clause begins with the words and then denies: "på nätet vill jag inte"."""
        tokens = self._tokens
        clause = tokens[first].clause
        begins = (
            first <= 1 or tokens[first - 1].clause != clause or tokens[first - 2].clause != clause
        )
        return begins and any(
            last < place <= last + 3 and tokens[place].clause == clause for place in self.places
        )


def is_more_swedish(phrases: Phrases) -> bool:
    """Tell whether more small words of Swedish than of Finnish stand in the message."""
    swedish = len(phrases.all("swedish_word"))
    return swedish > len(phrases.all("finnish_word"))
