"""Messages as people send them, made fit for the encoder and the n-grams."""

from __future__ import annotations

import re
import unicodedata

# Two thirds from the beginning and one from the end keep the wish of a long message: the encoder
# needs more than a second for 2,000 characters.
LONGEST = 600
HEAD = 400

_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs")
_RUN = re.compile(r"([^\W\d]|[^\w\s])\1{2,}")


def tidy(text: str) -> str:
    """Return `text` in one line, without unseen characters, long runs and an overlong middle.

    >>> tidy("jooooo   olen\\u200b lähäri!!!!")
    'joo olen lähäri!!'
    """
    if len(text) > LONGEST:
        text = f"{text[:HEAD]} {text[HEAD - LONGEST :]}"
    text = unicodedata.normalize("NFC", text)
    seen = (_seen(character) for character in text)
    return _RUN.sub(r"\1\1", " ".join("".join(seen).split()))


def _seen(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    return "" if category in _UNSEEN else character
