"""Tell a coach's own wording from a person's: only the former may leave the database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from coaching.masking import mask
from coaching.search_terms import split

LONGEST = 300
# Alike to this share, letter by letter, is a slip of the finger and no other wording.
_ALIKE = 0.8
# Words taken over, as a share of both texts' words, of the person's, and of the coach's.
_MOST_SHARED, _MOST_OF_ORIGINAL, _MOST_OF_WORDING = 0.6, 0.8, 0.8
# Fewer words are too common to be anybody's own.
_FEW = 3
_LONGEST_RUN = 4
# What Rasa would read as the mark of an entity within a training sentence.
_ANNOTATION = re.compile(r"\][({]")
# Emoji are made of several characters with it.
_JOINER = "\u200d"


class NotReworded(Exception):
    """The wording is too near to a person's own."""


class UnfitWording(Exception):
    """The wording is empty or too long, names a person's data, or is no plain sentence."""


def check(wording: str, originals: Iterable[str]) -> str:
    """Return the wording tidied; raise NotReworded or UnfitWording where it may not leave."""
    tidy = " ".join(wording.split()).lstrip("/- ")
    if not split(tidy) or len(tidy) > LONGEST:
        raise UnfitWording
    if mask(tidy).text != tidy or _ANNOTATION.search(tidy):
        raise UnfitWording
    # A file of YAML with a control character in it cannot be read, and so nothing be trained.
    if not tidy.replace(_JOINER, "").isprintable():
        raise UnfitWording
    if not all(is_reworded(tidy, original) for original in originals):
        raise NotReworded
    return tidy


def is_reworded(wording: str, original: str) -> bool:
    """Say whether a wording is another than the original, by its letters and by its words.

    >>> is_reworded("mistä opintoihin saa rahallista tukea", "mistä saan rahaa opiskeluun")
    True
    >>> is_reworded("Mistä saan rahaa opiskeluun?", "mistä saan rahhaa opiskeluun")
    False
    """
    new, old = split(wording), split(original)
    if not old:
        return True
    if SequenceMatcher(None, " ".join(new), " ".join(old), autojunk=False).ratio() >= _ALIKE:
        return False
    shared = set(new) & set(old)
    if len(shared) >= _MOST_SHARED * len({*new, *old}):
        return False
    if len(old) >= _FEW and len(shared) >= _MOST_OF_ORIGINAL * len(set(old)):
        return False
    if len(new) > _FEW and len(shared) >= _MOST_OF_WORDING * len(set(new)):
        return False
    return _longest_run(new, old) < _LONGEST_RUN


def _longest_run(new: Sequence[str], old: Sequence[str]) -> int:
    matcher: SequenceMatcher[str] = SequenceMatcher(None, new, old, autojunk=False)
    return matcher.find_longest_match().size
