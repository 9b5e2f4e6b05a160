"""A message cut into tokens and clauses, with offsets into the text as it was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.nlu.text import plain_letter

# What comes after is not read: a message has at most this many characters anyway.
LONGEST = 2000

_TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d{1,2})?(?![.,]?\d)"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?(?![.,]?\d)"
    r"|\d+(?:[.,]\d+)?"
    r"|[^\W\d_]{1,4}:[^\W\d_]{1,5}(?![^\W_])"
    r"|[^\W\d_]+(?:[-'][^\W\d_]+)*(?:-(?=\s))?"
    r"|\[[a-z ]+\]"
    r"|[^\w\s]|_"
)
_DOTLESS = str.maketrans("åäöéèøæüõšž", "aaoeeoauosz")
_SAME = str.maketrans("éèøæüõ’´`", "eeöäyö'''")
_SILENT = re.compile(r"[-']")
# Swedish pronouns as many people write them.
_AS_SPOKEN = {"mej": "mig", "dej": "dig", "sej": "sig"}
_BREAKS = frozenset(".!?;,:()\n–—|/…")
_STOPS = frozenset(".!?\n…")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark: where it stands, how it is compared, and in which clause it is."""

    kind: str
    text: str
    start: int
    end: int
    word: str
    dotless: str | None
    clause: int
    sentence: int
    joined: bool

    @property
    def capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens of a message; `start` and `end` of a token slice `text`, the message as typed."""

    text: str
    tokens: tuple[Token, ...]

    def slice(self, first: int, last: int) -> str:
        """Return the words from token `first` up to, not including, token `last`."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


def read(text: str, turns: Mapping[str, Collection[str]], short: Collection[str] = ()) -> Reading:
    """Cut `text` into tokens; `turns` holds the words that begin a clause, `short` abbreviations.

    >>> [token.word for token in read("Moi, asun Vaasassa!", {}).tokens]
    ['moi', ',', 'asun', 'vaasassa', '!']
    """
    seen, starts, ends = _seen(text)
    turning = {*turns.get("contrast", ()), *turns.get("joining", ())}
    tokens: list[Token] = []
    clause = sentence = 0
    before_end = -1
    for match in _TOKEN.finditer(seen):
        piece = match.group()
        first, last = match.span()
        gap = seen[before_end:first] if before_end >= 0 else " "
        if "\n" in gap:
            clause += 1
            sentence += 1
        kind = _kind(piece)
        word = _SILENT.sub("", piece) if kind == "word" else piece
        word = _AS_SPOKEN.get(word, word)
        if tokens and kind == "word" and word in turning:
            clause += 1
        tokens.append(
            Token(
                kind=kind,
                text=text[starts[first] : ends[last - 1]],
                start=starts[first],
                end=ends[last - 1],
                word=word,
                dotless=_dotless(word),
                clause=clause,
                sentence=sentence,
                joined=first == before_end,
            )
        )
        if kind == "mark" and _breaks(piece, tokens, short, seen[last : last + 1]):
            clause += 1
            sentence += piece in _STOPS
        before_end = last
    return Reading(text, tuple(tokens))


def fold(word: str) -> str:
    """Return `word` as tokens are compared: small letters, no hyphens or apostrophes.

    >>> fold("IT-ala")
    'itala'
    """
    folded = _SILENT.sub("", word.lower().translate(_SAME))
    return _AS_SPOKEN.get(folded, folded)


def without_dots(word: str) -> str:
    """Return `word` as someone without the letters å, ä and ö would type it."""
    return word.translate(_DOTLESS)


def _dotless(word: str) -> str | None:
    # Only a word typed without dots may mean one with dots.
    return word if word.isascii() else None


def _kind(piece: str) -> str:
    if piece[0].isdecimal():
        return "number"
    return "word" if piece[0].isalpha() else "mark"


def _breaks(piece: str, tokens: list[Token], short: Collection[str], following: str) -> bool:
    if piece not in _BREAKS:
        return False
    before = tokens[-2].word if len(tokens) > 1 else ""
    if piece == ".":
        return before not in short
    # "10h/vko" and "Turku/Salo" are one thought, "12:30" is one number.
    return piece not in "/:" or following.isspace()


def _seen(text: str) -> tuple[str, list[int], list[int]]:
    """Return the visible characters in small letters, and where each begins and ends in `text`."""
    text = text[:LONGEST]
    if text.isascii() and text.isprintable():
        places = list(range(len(text)))
        return text.lower(), places, [place + 1 for place in places]
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(text):
        category = unicodedata.category(character)
        if category in ("Mn", "Me") and characters:
            characters[-1] = _composed(characters[-1], character)
            ends[-1] = place + 1
        elif category == "Cc" and character != "\n":
            # They part words, as the encoder sees them too.
            characters.append(" ")
            starts.append(place)
            ends.append(place + 1)
        elif category[0] == "C" and character != "\n":
            continue
        else:
            small = plain_letter(character).lower()
            characters.append(small.translate(_SAME) if len(small) == 1 else character)
            starts.append(place)
            ends.append(place + 1)
    return "".join(characters), starts, ends


def _composed(base: str, mark: str) -> str:
    whole = unicodedata.normalize("NFC", base + mark)
    return whole.translate(_SAME) if len(whole) == 1 else base
