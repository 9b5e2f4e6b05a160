"""How far the mapping of competence has come, as the memory keeps it between turns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from guidance.dialogue_memory import Memory

NAME = "mapping"
# Asked one after the other; what is told at the start or later on belongs to none of them.
AREAS = ("work", "studies", "home", "hobbies", "voluntary")
OTHER = "other"
MOST_PROPOSED = 4
MAX_WORDS = 300


# As much of a story as a reply repeats.
WORDS_REPEATED = 60


def repeated(words: str) -> str:
    """Return a story short enough to repeat, without braces to fill in or a last full stop."""
    words = " ".join(words.replace("{", "").replace("}", "").split()).rstrip(".!")
    return words if len(words) <= WORDS_REPEATED else words[: WORDS_REPEATED - 1].rstrip() + "…"


@dataclass(frozen=True)
class MappingState:
    """The area asked about, what is proposed, and what became of earlier proposals."""

    area: str = OTHER
    asked: tuple[str, ...] = ()
    # The story that is being put into words of competence, and what is proposed for it: first
    # `proposed`, then `waiting`.
    words: str = ""
    proposed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    # The person is saying which of the proposed ones are wrong.
    dropping: bool = False
    # An answer to a proposal was not understood once.
    unclear: bool = False
    confirmed: tuple[Mapping[str, str], ...] = ()
    rejected: tuple[str, ...] = ()
    own: tuple[Mapping[str, str], ...] = ()
    done: bool = False

    @classmethod
    def of(cls, memory: Memory) -> MappingState:
        """Read the state out of the memory."""
        return cls.from_dict(memory.progress.get(NAME))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any] | None) -> MappingState:
        """Read a state back; None is a mapping not begun."""
        known = {item.name for item in fields(cls)}
        kept: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in (values or {}).items()
            if name in known
        }
        return cls(**kept)

    def to_dict(self) -> dict[str, Any]:
        """Return the state ready for JSON."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }

    @property
    def begun(self) -> bool:
        """Say whether anything has been asked or told."""
        return bool(self.asked or self.proposed or self.confirmed or self.own)

    @property
    def next_area(self) -> str | None:
        """Return the area to ask about next, None when all were."""
        return next((area for area in AREAS if area not in self.asked), None)

    def asking(self, area: str) -> MappingState:
        """Return the state after asking about an area."""
        return replace(self._settled(), area=area, asked=(*self.asked, area))

    def hearing(self, words: str, codes: Iterable[str]) -> MappingState:
        """Return the state with new proposals for a story, without any that were answered."""
        new = self.unanswered(codes)
        return replace(
            self,
            words=words[:MAX_WORDS],
            proposed=new[:MOST_PROPOSED],
            waiting=new[MOST_PROPOSED : 2 * MOST_PROPOSED],
            dropping=False,
            unclear=False,
        )

    def unanswered(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return those of `codes` that were neither confirmed nor rejected."""
        answered = {item["code"] for item in self.confirmed} | set(self.rejected)
        return tuple(code for code in codes if code not in answered)

    def with_more(self) -> MappingState:
        """Return the state with what waited proposed now."""
        return replace(self, proposed=self.waiting, waiting=(), dropping=False, unclear=False)

    def confirming(self) -> MappingState:
        """Return the state with everything proposed confirmed."""
        new = tuple(
            {"code": code, "words": self.words, "area": self.area} for code in self.proposed
        )
        return replace(self, confirmed=(*self.confirmed, *new), proposed=(), dropping=False)

    def rejecting(self, codes: Iterable[str]) -> MappingState:
        """Return the state without `codes`; they are never proposed again."""
        gone = set(codes)
        return replace(
            self,
            rejected=tuple(dict.fromkeys((*self.rejected, *gone))),
            proposed=tuple(code for code in self.proposed if code not in gone),
        )

    def in_own_words(self, words: str) -> MappingState:
        """Return the state with a story kept as the person told it."""
        if not words or any(item["words"] == words[:MAX_WORDS] for item in self.own):
            return self
        item = {"words": words[:MAX_WORDS], "area": self.area}
        return replace(self, own=(*self.own, item))

    def leaving_open(self) -> MappingState:
        """Return the state with what is proposed left unanswered; the story itself is kept."""
        kept = self.in_own_words(self.words) if self.proposed and not self._told() else self
        return kept._settled()

    def without_area(self, area: str) -> MappingState:
        """Return the state as if nothing had been told of an area."""
        return replace(
            self,
            confirmed=tuple(item for item in self.confirmed if item["area"] != area),
            own=tuple(item for item in self.own if item["area"] != area),
        )

    def _told(self) -> bool:
        return any(item["words"] == self.words for item in self.confirmed)

    def _settled(self) -> MappingState:
        return replace(self, words="", proposed=(), waiting=(), dropping=False, unclear=False)
