"""What a message says of one slot, and at which of its tokens."""

from __future__ import annotations

from dataclasses import dataclass

from bot.nlu.lexicon import Match


@dataclass(frozen=True, slots=True)
class Mention:
    """A value of a slot, said from token `first` up to, not including, token `last`."""

    slot: str
    value: object
    first: int
    last: int

    def overlaps(self, first: int, last: int) -> bool:
        """Tell whether it shares a token with the tokens from `first` to before `last`."""
        return self.first < last and first < self.last


def mention(slot: str, match: Match) -> Mention:
    """Return the mention of what a phrase of the lookups stands for."""
    return Mention(slot, match.value, match.first, match.last)
