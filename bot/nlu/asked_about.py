"""Whether a question is about a way of studying, and does not look for it."""

from __future__ import annotations

import re

from bot.nlu.lexicon import Match, Phrases

# How something is, not whether there is any: "miten etäopiskelu toimii", "do online courses have".
_ABOUT = frozenset(
    (
        "miten", "kuinka", "kuin", "pitääkö", "pitääks", "täytyykö", "tarviiko", "tarvitaanko",
        "vaaditaanko", "jääkö", "jääks", "riittääkö", "hur", "måste", "behöver", "krävs", "räcker",
        "how", "do", "does", "what", "vad", "mitä", "why", "miksi", "varför",
    )
)  # fmt: skip
_INSIDE = re.compile(r"\w+(?:nnoissa|rsseissa|rsseilla|uksessa|nnoista|lussa)")


def is_about(match: Match, phrases: Phrases) -> bool:
    """Tell whether a question is about such studies, and does not look for any."""
    if not phrases.is_question(match.first) or phrases.beside(
        "first_person", match.first, sentence=True
    ):
        return False
    if phrases.beside("existing", match.first, sentence=True) and not _INSIDE.fullmatch(
        phrases.reading.tokens[match.last - 1].word
    ):
        return False
    tokens = phrases.reading.tokens
    sentence = [
        token
        for token in tokens
        if token.sentence == tokens[match.first].sentence and token.kind == "word"
    ]
    return sentence[0].word in _ABOUT or bool(_INSIDE.fullmatch(tokens[match.last - 1].word))
