"""Phrases of bot/data/lookups, and where a message holds them, in any of the three languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.nlu.patterns import spelled_out
from bot.nlu.reading import Reading, Token, fold, without_dots

LOOKUPS = Path(__file__).parents[1] / "data" / "lookups"
PHRASE_FILES = (
    "choice", "competence", "cues", "field", "goal", "language", "numbers", "online", "ordinal",
    "people", "place", "refine", "schedule", "situation",
)  # fmt: skip
LANGUAGES = ("fi", "sv", "en")
# Stands in a phrase for none to three words that do not matter.
GAP = "~"
LONGEST_GAP = 3
# Tables whose values do not exclude each other: a word may be several cues.
_TABLES_APART = (
    "cue", "date_word", "language_talk", "negation", "preposition", "trained", "turn",
    "unit",
)  # fmt: skip

# Dots are only ignored in words long enough not to become others ("työ", "sää").
_SHORTEST_DOTLESS = 4
# Two words are read as a compound typed apart only if the compound is long.
_SHORTEST_APART = 8
_SHORT_TALK = 3
# A question begins with its verb or soon after: "voiko", "mulle sopiiko"; "voinko" is one's own.
_QUESTION_BEGINS = 2
_ASKING = re.compile(r"\w+[^k](?:ko|kö)(?:han|hän|s)?")
_OWN_ASKING = re.compile(r"\w+n(?:ko|kö)(?:han|hän|s)?")
# Where a compound is written with a hyphen, both parts being words.
_APART = re.compile(r"(?<=\w\w)-(?=\w\w)")
_MIXED = re.compile(r"[aou].*[äö]|[äö].*[aou]")


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: its kind and value, its first token and the one after its last."""

    kind: str
    value: str
    first: int
    last: int
    # How many letters of the words are named by the pattern: the longest wins.
    weight: int


class Phrases:
    """The phrases found in one message."""

    def __init__(self, reading: Reading, matches: Iterable[Match]) -> None:
        self.reading = reading
        self._by_kind: dict[str, list[Match]] = {}
        self._by_place: dict[str, dict[int, Match]] = {}
        for match in matches:
            self._by_kind.setdefault(match.kind, []).append(match)

    def all(self, kind: str) -> Sequence[Match]:
        """Return the matches of a kind in their order."""
        return self._by_kind.get(kind, ())

    def covers(self, kind: str, place: int) -> bool:
        """Tell whether the token at `place` belongs to a match of this kind."""
        return self.covering(kind, place) is not None

    def covering(self, kind: str, place: int) -> Match | None:
        """Return the match of this kind that the token at `place` belongs to."""
        found = self._by_place.get(kind)
        if found is None:
            found = self._by_place[kind] = {}
            for match in self._by_kind.get(kind, ()):
                for held in range(match.first, match.last):
                    found.setdefault(held, match)
        return found.get(place)

    def between(self, kind: str, first: int, last: int) -> list[Match]:
        """Return the matches of a kind that begin from `first` on and before `last`."""
        return [match for match in self._by_kind.get(kind, ()) if first <= match.first < last]

    def beside(self, kind: str, place: int, *, sentence: bool = False) -> list[Match]:
        """Return the matches of a kind in the clause (or sentence) of the token at `place`."""
        tokens = self.reading.tokens
        if sentence:
            here = tokens[place].sentence
            return [one for one in self.all(kind) if tokens[one.first].sentence == here]
        here = tokens[place].clause
        return [one for one in self.all(kind) if tokens[one.first].clause == here]

    def is_question(self, place: int) -> bool:
        """Tell whether the sentence of the token at `place` asks something."""
        tokens = self.reading.tokens
        here = [one for one, token in enumerate(tokens) if token.sentence == tokens[place].sentence]
        if any(tokens[one].word == "?" for one in here):
            return True
        words = [one for one in here if tokens[one].kind == "word"][:_QUESTION_BEGINS]
        return any(self.covers("asking", one) for one in words[:1]) or any(
            _ASKING.fullmatch(tokens[one].word) for one in words
        )

    def is_general_question(self, place: int) -> bool:
        """Tell whether it asks about people in general: "voiko työtön opiskella"."""
        if not self.is_question(place) or self.beside("first_person", place, sentence=True):
            return False
        tokens = self.reading.tokens
        here = [token for token in tokens if token.sentence == tokens[place].sentence]
        return not any(_OWN_ASKING.fullmatch(token.word) for token in here)

    def knows(self, place: int, *, but: Collection[str]) -> bool:
        """Tell whether a phrase of any kind not among `but` holds the token at `place`."""
        return any(self.covers(kind, place) for kind in self._by_kind if kind not in but)

    def is_talk(self) -> bool:
        """Tell whether a short message steers the talk: "lopeta", "näytä lisää"."""
        words = sum(token.kind == "word" for token in self.reading.tokens)
        return words <= _SHORT_TALK and bool(self.all("talk_word"))


# Kind, value, weight, and how it is typed exactly where that matters.
_Value = tuple[str, str, int, str | None]
_NOTHING: Mapping[str, Any] = {}


class _Node:
    """What may come next after the words so far, and what they mean if they end here."""

    __slots__ = ("begins", "exact", "gap", "values")

    def __init__(self) -> None:
        # Most of a hundred thousand nodes end a phrase: only those that go on have tables.
        self.exact: Mapping[str, _Node] = _NOTHING
        self.begins: Mapping[str, _Node] = _NOTHING
        self.gap: _Node | None = None
        self.values: tuple[_Value, ...] = ()

    def step(self, word: str) -> _Node:
        """Return the node that `word` of a pattern leads to, made if there is none."""
        name = "begins" if word.endswith("*") else "exact"
        branch, key = getattr(self, name), word.rstrip("*")
        if branch is _NOTHING:
            branch = {}
            setattr(self, name, branch)
        if key not in branch:
            branch[key] = _Node()
        node: _Node = branch[key]
        return node


class Lexicon:
    """Finds phrases; a word that ends in `*` stands for every word that begins so,
    and `~` for up to three words between.

    >>> lexicon = Lexicon([("field", "0913", "hoitotyö*")])
    >>> from bot.nlu.reading import read
    >>> [match.value for match in lexicon.find(read("Hoitotyötä, kiitos", {})).all("field")]
    ['0913']
    """

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        self._root = _Node()
        self._words: dict[str, set[str]] = {}
        for kind, value, pattern in phrases:
            for phrase in spelled_out(pattern):
                self._add(kind, value, phrase)
                self._words.setdefault(kind, set()).add(fold(phrase))

    def words(self, kind: str) -> frozenset[str]:
        """Return the folded phrases of a kind, for use without a reading."""
        return frozenset(self._words.get(kind, ()))

    def find(self, reading: Reading) -> Phrases:
        """Return all phrases; of those of one kind that overlap, the longest."""
        found: list[Match] = []
        for place in range(len(reading.tokens)):
            found.extend(self._at(reading, place))
        return Phrases(reading, _longest(found))

    def _add(self, kind: str, value: str, phrase: str) -> None:
        if _APART.search(phrase):
            # "it-hommiin" is typed in two words as well.
            self._add(kind, value, _APART.sub(" ", phrase))
        as_typed = phrase[1:] if phrase.startswith("=") else None
        words = [_pattern_word(word) for word in phrase.removeprefix("=").split()]
        weight = sum(len(word.strip("*~")) for word in words)
        self._insert(kind, (value, weight, as_typed), words)
        dotless = [without_dots(word) for word in words]
        changed = [word for word, bare in zip(words, dotless, strict=True) if word != bare]
        if changed and all(len(word.rstrip("*")) >= _SHORTEST_DOTLESS for word in changed):
            self._insert(kind, (value, weight, as_typed), dotless)

    def _insert(self, kind: str, value: tuple[str, int, str | None], words: list[str]) -> None:
        node = self._root
        for word in words:
            if word == GAP:
                node.gap = node = node.gap or _Node()
                continue
            node = node.step(word)
        if all(kind != one[0] for one in node.values):
            node.values += ((kind, *value),)

    def _at(self, reading: Reading, place: int) -> Iterator[Match]:
        tokens = reading.tokens
        frontier: list[tuple[_Node, int]] = [(self._root, place)]
        while frontier:
            node, here = frontier.pop()
            for kind, value, weight, as_typed in node.values:
                if as_typed is None or reading.slice(place, here) == as_typed:
                    yield Match(kind, value, place, here, weight)
            frontier.extend(_steps(node, tokens, here, begin=node is self._root))


def _steps(
    node: _Node, tokens: tuple[Token, ...], here: int, *, begin: bool
) -> Iterator[tuple[_Node, int]]:
    if here >= len(tokens):
        return
    token = tokens[here]
    if node.gap is not None:
        for skipped in range(LONGEST_GAP + 1):
            yield node.gap, here + skipped
            place = here + skipped
            if place >= len(tokens) or tokens[place].kind == "mark":
                break
    if not begin and token.kind == "mark" and token.word not in "%€":
        return
    for branch in _branches(node, token.word):
        yield branch, here + 1
    if token.dotless is None and _MIXED.search(token.word):
        # No Finnish word mixes these vowels: "tyotön" lacks some of its dots.
        for branch in _branches(node, without_dots(token.word)):
            yield branch, here + 1
    if begin and _compound_apart(tokens, here):
        whole = token.word + tokens[here + 1].word
        for length in range(_SHORTEST_APART - 1, len(whole) + 1):
            step = node.begins.get(whole[:length])
            if step is not None and length > len(token.word) + 1:
                yield step, here + 2


def _branches(node: _Node, word: str) -> Iterator[_Node]:
    exact = node.exact.get(word)
    if exact is not None:
        yield exact
    if node.begins:
        for length in range(1, len(word) + 1):
            step = node.begins.get(word[:length])
            if step is not None:
                yield step


def _compound_apart(tokens: tuple[Token, ...], here: int) -> bool:
    if here + 1 >= len(tokens):
        return False
    one, other = tokens[here], tokens[here + 1]
    return (
        one.kind == other.kind == "word"
        and len(one.word) >= 3
        and len(other.word) >= 3
        and len(one.word) + len(other.word) >= _SHORTEST_APART
    )


def _longest(found: list[Match]) -> list[Match]:
    """Drop a match that a longer one of its kind overlaps."""
    taken: dict[str, set[int]] = {}
    kept: list[Match] = []
    for match in sorted(found, key=lambda one: (one.first - one.last, -one.weight, one.first)):
        places = set(range(match.first, match.last))
        mine = taken.setdefault(match.kind, set())
        if not places & mine:
            mine |= places
            kept.append(match)
    return sorted(kept, key=lambda one: (one.first, -one.last))


def _pattern_word(word: str) -> str:
    return fold(word.rstrip("*")) + ("*" if word.endswith("*") else "")


def load_table(name: str) -> dict[str, Any]:
    """Return one file of bot/data/lookups without its version line."""
    text = (LOOKUPS / f"{name}.yml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders
    table.pop("version", None)
    return table


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return all phrases of the lookups, read once."""
    return Lexicon(phrase for name in PHRASE_FILES for phrase in _phrases(load_table(name)))


def _phrases(table: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for kind, values in table.items():
        apart = kind in _TABLES_APART
        for value, entry in values.items():
            for language in LANGUAGES:
                for pattern in entry.get(language) or ():
                    yield (f"{kind}:{value}" if apart else kind), str(value), str(pattern)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
