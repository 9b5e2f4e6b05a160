"""Messages as people send them, made fit for the encoder and the n-grams."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Two thirds from the beginning and one from the end keep the wish of a long message: the encoder
# needs a quarter of a second for 2,000 characters.
LONGEST = 600
HEAD = 400

# A sentence shorter than this is read together with the next: alone "En jaksa." says too little.
SHORTEST_PASSAGE = 12
# A longer sentence is read in overlapping parts of so many words.
LONGEST_PASSAGE = 160
PASSAGE_WORDS = 14

_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs")
_RUN = re.compile(r"([^\W\d]|[^\w\s])\1{2,}")
# "aaaa" is no word; folded like the runs inside words it would be one.
_ONE_LETTER = re.compile(r"\b([^\W\d_])\1{3,}\b")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…\n]*")


def tidy(text: str) -> str:
    """Return `text` in one line, without unseen characters, long runs and an overlong middle.

    >>> tidy("jooooo   olen\\u200b lähäri!!!!")
    'joo olen lähäri!!'
    """
    if len(text) > LONGEST:
        text = f"{text[:HEAD]} {text[HEAD - LONGEST :]}"
    text = unicodedata.normalize("NFC", text)
    seen = "".join(_seen(character) for character in text)
    return _RUN.sub(r"\1\1", " ".join(_ONE_LETTER.sub(" ", seen).split()))


def split_passages(text: str) -> Iterator[str]:
    """Yield the parts of a long text, each about as long as a message that says one thing.

    >>> list(split_passages("Moi. Olen lähäri ja asun Vaasassa. Mitä alan opinnot maksavat?"))
    ['Moi. Olen lähäri ja asun Vaasassa.', 'Mitä alan opinnot maksavat?']
    """
    waiting = ""
    for sentence in _SENTENCE.findall(text):
        waiting = f"{waiting} {sentence.strip()}".strip()
        if len(waiting) >= SHORTEST_PASSAGE:
            yield from _shorten(waiting)
            waiting = ""
    if waiting:
        yield waiting


def plain_letter(character: str) -> str:
    """Return a full-width or otherwise dressed letter or digit as the keyboard has it.

    >>> plain_letter("\uff34")
    'T'
    """
    if character.isascii() or unicodedata.category(character)[0] not in "LN":
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain.isalnum() else character


def _shorten(passage: str) -> Iterator[str]:
    words = passage.split()
    if len(passage) <= LONGEST_PASSAGE or len(words) <= PASSAGE_WORDS:
        yield passage[:LONGEST]
        return
    for start in range(0, len(words) - PASSAGE_WORDS // 2, PASSAGE_WORDS // 2):
        yield " ".join(words[start : start + PASSAGE_WORDS])[:LONGEST]


def _seen(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    return "" if category in _UNSEEN else plain_letter(character)
