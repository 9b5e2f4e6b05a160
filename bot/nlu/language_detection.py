"""Which of the three languages a message is in, and whether that is clear enough to act on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from typing import Any

from bot.nlu.language_pieces import LanguagePieces, load_language_pieces, split_words
from bot.nlu.lexicon import load_table

LANGUAGES = ("fi", "sv", "en")

# The certainty from which a message without telltale words counts as clear.
CERTAIN = 0.99
# Fewer words than this never change the language of a conversation.
CLEAR_WORDS = 3
# A message is mixed unless one language has so many times the telltale words of the next.
DOMINANCE = 3
# Below this a single telltale word overrules lingua and the pieces of words.
DOUBTFUL = 0.8
# In so few words a telltale one decides.
FEW_WORDS = 4
# The least that lingua grants a language: what it rules out, enough pieces of words bring back.
_LEAST = 1e-5
# At home in all three languages as people here speak them.
_ANYWHERE = ("max", "min", "km", "ok", "okei", "e", "h", "eur", "euro", "moi", "kela", "fpa", "te")

# One of these alone is enough at the start of a conversation: people greet in their own language.
GREETINGS: Mapping[str, frozenset[str]] = {
    "fi": frozenset({"hei", "huomenta", "iltaa", "moikka", "päivää", "terve"}),
    "sv": frozenset({"goddag", "hej", "hejsan", "morjens", "tjena"}),
    "en": frozenset({"hello", "hey", "hi"}),
}

# "What's" tells what "what" does.
_CLITIC = re.compile(r"['’](?:s|re|ll|ve|d|m)$")


@dataclass(frozen=True)
class Detection:
    """The likeliest language, None when there are no words, and whether it is clear."""

    code: str | None
    clear: bool


class Detector:
    """Tells the languages apart by telltale words, by lingua and by pieces of words."""

    def __init__(
        self,
        names: Mapping[str, str | None] | None = None,
        pieces: LanguagePieces | None = None,
    ) -> None:
        """Load lingua; `names` are words that tell little, and their language if they have one."""
        from lingua import Language, LanguageDetectorBuilder

        self._names = names or {}
        self._pieces = pieces or load_language_pieces()
        self._telltale = load_telltale()
        languages = (Language.FINNISH, Language.SWEDISH, Language.ENGLISH)
        self._lingua: Any = (
            LanguageDetectorBuilder.from_languages(*languages)
            # Three letters at a time: more takes 100 MB, and the pieces make up for it.
            .with_low_accuracy_mode()
            .with_preloaded_language_models()
            .build()
        )

    def detect(self, text: str, *, first: bool = False) -> Detection:
        """Return the language of `text`; `first` when nothing was said before it."""
        words = split_words(text)
        telling = [_CLITIC.sub("", word) for word in words if word not in self._names]
        if words and not telling:
            return Detection(self._language_of_names(words), False)
        certainty = self._certainty(telling)
        if not certainty:
            return Detection(None, False)
        if first and len(words) <= CLEAR_WORDS:
            for language, greetings in GREETINGS.items():
                if words[0] in greetings:
                    return Detection(language, True)
        hits = {name: sum(word in self._telltale[name] for word in telling) for name in LANGUAGES}
        return _decide(telling, hits, certainty)

    def _language_of_names(self, words: list[str]) -> str | None:
        spoken = {self._names[word] for word in words}
        return spoken.pop() if len(spoken) == 1 else None

    def _certainty(self, words: list[str]) -> dict[str, float]:
        """Return the probability of each language; nothing where neither witness knows a word."""
        values = self._lingua.compute_language_confidence_values(" ".join(words)) if words else []
        granted = {value.language.iso_code_639_1.name.lower(): value.value for value in values}
        evidence = self._pieces.evidence(words)
        if not evidence:
            return granted if any(granted.values()) else {}
        # lingua has nothing to say of words without three letters, and then says nought of each.
        total = {
            name: evidence[name] + log(max(granted.get(name, 0.0), _LEAST)) for name in evidence
        }
        largest = max(total.values())
        shares = {name: exp(value - largest) for name, value in total.items()}
        return {name: share / sum(shares.values()) for name, share in shares.items()}


@lru_cache(maxsize=1)
def load_detector() -> Detector:
    """Return this process's detector, which takes a second to load."""
    from catalog.geography import load_geography

    names: dict[str, str | None] = dict.fromkeys(_ANYWHERE)
    for place in load_geography().places:
        for language in ("fi", "sv"):
            name = place.names[language].casefold()
            same = place.names["fi"] == place.names["sv"]
            names[name] = None if same else language
    for spoken in load_table("place_names")["place_names"].values():
        for name in map(str, spoken):
            # Capitals are the names on the map, most of them Swedish; the others are everyday ones.
            names.setdefault(name.casefold(), "sv" if name[0].isupper() else None)
    for spoken in load_table("place_names")["place_forms"].values():
        names.update({str(name).casefold(): "fi" for name in spoken})
    return Detector(names)


@lru_cache(maxsize=1)
def load_telltale() -> Mapping[str, frozenset[str]]:
    """Return the words that each tell one language."""
    words = load_table("telltale")["telltale"]
    return {language: frozenset(words[language].split()) for language in LANGUAGES}


def _decide(words: list[str], hits: Mapping[str, int], certainty: Mapping[str, float]) -> Detection:
    likely, rival = sorted(LANGUAGES, key=lambda name: -hits[name])[:2]
    guess = max(LANGUAGES, key=lambda name: certainty.get(name, 0.0))
    if hits[likely] >= 2:
        dominant = hits[likely] >= DOMINANCE * hits[rival]
        return Detection(
            likely if hits[likely] > hits[rival] else guess,
            dominant and len(words) >= CLEAR_WORDS,
        )
    if hits[likely] == 1 and hits[rival] == 0 and likely != guess:
        sure = len(words) > FEW_WORDS and certainty[guess] >= DOUBTFUL
        return Detection(guess if sure else likely, False)
    is_certain = certainty[guess] >= CERTAIN and hits[rival] == 0
    return Detection(guess, is_certain and len(words) >= CLEAR_WORDS)
