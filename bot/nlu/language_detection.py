"""Which of the three languages a message is in, and whether that is clear enough to act on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

LANGUAGES = ("fi", "sv", "en")

# lingua's certainty from which a message without telltale words counts as clear.
CERTAIN = 0.9
# Fewer words than this never change the language of a conversation.
CLEAR_WORDS = 3
# A message is mixed unless one language has so many times the telltale words of the next.
DOMINANCE = 3
# Below this lingua's opinion may be overruled by a single telltale word.
DOUBTFUL = 0.8

# Words that each stand in one of the languages only. "in", "i", "on", "he", "me", "man", "men",
# "var", "en" and "ja" are words in two of them, and "joo" and "moi" are at home in Finland's
# Swedish too.
_FINNISH = """
asun ehkä ei eikä etten että haluaisin haluan haluisin haluun hei iltaisin joka jos jossa jotain
jotakin kai kanssa kiitos koska kuin kun kyllä mie mies mihin mikä mikään milloin minua minulla
minulle minun minä missä mistä miten mitä mua mulla mulle mun mut mutta myös mä mää niin oikein
oisko olen olet oli olin olisi olisko olla onko oon opinnoista opinnot opintoja opiskelen
opiskella opiskelu paljonko pitäisi pitää saako saanko sinä sitä sun sä tai tarvitsen terve toi
tuo työn tähän tämä tän tätä tää töissä vaan vai vain verkossa vielä voi voiko voin voinko
"""
_SWEDISH = """
att av bara bor borde det du där eller ett finns finska från får för förr gå går hej hur här
inga ingen int inte jag jobb jobba jobbar jobbet jå kan kostar lite med mig min mitt mot nej nä
när något några nån nåt och också om plugga på samma sedan ska sku skulle som studera studier
svenska tack tycker under utan utbildning vad varför vem vet vid vilka vilken vill än är åt
"""
_ENGLISH = """
about am and are can could course courses do does don't dont don’t english find finnish for from
have hello hi how i'm if is i’m job like live more my need not of or please studies study
studying thank thanks that the there they this to want was what when where which who why will
with work worked working would yes you your
"""
TELLTALE: Mapping[str, frozenset[str]] = {
    "fi": frozenset(_FINNISH.split()),
    "sv": frozenset(_SWEDISH.split()),
    "en": frozenset(_ENGLISH.split()),
}

# One of these alone is enough at the start of a conversation: people greet in their own language.
GREETINGS: Mapping[str, frozenset[str]] = {
    "fi": frozenset({"hei", "huomenta", "iltaa", "moikka", "päivää", "terve"}),
    "sv": frozenset({"goddag", "hej", "hejsan", "morjens", "tjena"}),
    "en": frozenset({"hello", "hey", "hi"}),
}

_UNWORDED = re.compile(r"\[[a-z ]+\]|https?://\S+|\S+@\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True)
class Detection:
    """The likeliest language, None when there are no words, and whether it is clear."""

    code: str | None
    clear: bool


class Detector:
    """Tells the languages apart by telltale words and by lingua."""

    def __init__(self, neutral: frozenset[str] = frozenset()) -> None:
        """Load lingua; `neutral` are words that tell nothing, such as names of places."""
        from lingua import Language, LanguageDetectorBuilder

        self._neutral = neutral
        languages = (Language.FINNISH, Language.SWEDISH, Language.ENGLISH)
        self._lingua: Any = (
            LanguageDetectorBuilder.from_languages(*languages)
            .with_preloaded_language_models()
            .build()
        )

    def detect(self, text: str, *, first: bool = False) -> Detection:
        """Return the language of `text`; `first` when nothing was said before it."""
        words = _WORD.findall(_UNWORDED.sub(" ", text).casefold())
        telling = [word for word in words if word not in self._neutral]
        certainty = self._certainty(" ".join(telling or words))
        if not certainty:
            return Detection(None, False)
        if first and len(words) <= CLEAR_WORDS:
            for language, greetings in GREETINGS.items():
                if words[0] in greetings:
                    return Detection(language, True)
        return _decide(telling, certainty)

    def _certainty(self, text: str) -> dict[str, float]:
        values = self._lingua.compute_language_confidence_values(text) if text else []
        found = {value.language.iso_code_639_1.name.lower(): value.value for value in values}
        return found if any(found.values()) else {}


@lru_cache(maxsize=1)
def load_detector() -> Detector:
    """Return this process's detector, which takes a second to load."""
    from catalog.geography import load_geography

    names = {name.casefold() for place in load_geography().places for name in place.names.values()}
    return Detector(frozenset(names))


def _decide(words: list[str], certainty: Mapping[str, float]) -> Detection:
    hits = {name: sum(word in TELLTALE[name] for word in words) for name in LANGUAGES}
    likely, rival = sorted(LANGUAGES, key=lambda name: -hits[name])[:2]
    guess = max(LANGUAGES, key=lambda name: certainty.get(name, 0.0))
    if hits[likely] >= 2:
        dominant = hits[likely] >= DOMINANCE * hits[rival]
        return Detection(
            likely if hits[likely] > hits[rival] else guess,
            dominant and len(words) >= CLEAR_WORDS,
        )
    if hits[likely] == 1 and hits[rival] == 0 and likely != guess:
        code = likely if certainty[guess] < DOUBTFUL else guess
        return Detection(code, False)
    is_certain = certainty[guess] >= CERTAIN and hits[rival] == 0
    return Detection(guess, is_certain and len(words) >= CLEAR_WORDS)
