"""What the dialogue remembers beside the profile: questions, answers, options shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

from guidance.length import months_of

HISTORY_KEPT = 8
_REMOTE = frozenset({"online", "distance"})


@dataclass(frozen=True)
class Shown:
    """An option of the page shown last: what refining and "the second one" need of it."""

    id: str
    title: str
    price_eur: float | None = None
    price_max_eur: float | None = None
    # How far one has to travel; None where one does not have to.
    distance_km: float | None = None
    starts: str | None = None
    months: float | None = None
    # It can be begun at any time.
    continuous: bool = False

    @classmethod
    def of(cls, option: Mapping[str, Any]) -> Shown:
        """Return what to remember of an option as JSON."""
        is_remote = not _REMOTE.isdisjoint(option["modes"])
        return cls(
            id=option["id"],
            title=option["title"],
            price_eur=option["price_eur"],
            price_max_eur=option.get("price_max_eur"),
            distance_km=None if is_remote else option["distance_km"],
            starts=option["starts"],
            months=months_of(option.get("duration_months"), option.get("credits")),
            continuous=bool(option.get("continuous")),
        )


@dataclass(frozen=True)
class Answer:
    """An answer that can be taken back: the question, and the values that it replaced."""

    slot: str | None
    before: Mapping[str, Any]


@dataclass(frozen=True)
class Memory:
    """The state of one conversation beyond the profile."""

    # The question that waits for an answer, and every question asked so far.
    pending: str | None = None
    asked: tuple[str, ...] = ()
    # Wordings used already: no question is put twice in the same words.
    said: tuple[str, ...] = ()
    # Answered with "doesn't matter" or "won't say", or left open after two tries.
    settled: tuple[str, ...] = ()
    # A confirmation or contact that the bot waits for, beside the questions.
    expecting: str | None = None
    # What is being done step by step, and how far each such activity has come: one that was
    # left can be taken up again.
    activity: str | None = None
    progress: Mapping[str, Any] = field(default_factory=dict)
    contact_asked: int = 0
    history: tuple[Answer, ...] = ()
    # Options have been sought; `shown` is the page shown last, empty where nothing was found.
    searched: bool = False
    shown: tuple[Shown, ...] = ()
    offset: int = 0
    total: int = 0
    # The option shown in full last, until a page is shown: "what does it cost" is about it.
    looked_at: Shown | None = None
    # The topic of the rule told last.
    rule: str | None = None
    # Put aside by the person, the latest last.
    saved: tuple[Shown, ...] = ()
    # A plan was asked for before there was anything to plan: it comes with the first options.
    plan_wished: bool = False
    # The options of the plan made last.
    planned: tuple[str, ...] = ()
    failures: int = 0
    unsure: int = 0
    # Whether the last turn was spoken in easy language.
    was_plain: bool = False
    # The other of two people is to begin once that is confirmed.
    next_person: bool = False
    # After a crisis no course talk until the person brings studies up again.
    hushed: bool = False

    @classmethod
    def from_dict(cls, values: Mapping[str, Any] | None) -> Memory:
        """Read a memory back; what an older version stored under other names is dropped."""
        known = {item.name for item in fields(cls)}
        kept = {key: value for key, value in (values or {}).items() if key in known}
        for name in ("asked", "planned", "said", "settled"):
            kept[name] = tuple(kept.get(name, ()))
        kept["history"] = tuple(_read(Answer, item) for item in kept.get("history", ()))
        for name in ("shown", "saved"):
            kept[name] = tuple(_read(Shown, item) for item in kept.get(name, ()))
        looked_at = kept.get("looked_at")
        kept["looked_at"] = None if looked_at is None else _read(Shown, looked_at)
        return cls(**kept)

    def to_dict(self) -> dict[str, Any]:
        """Return what differs from an empty memory, ready for JSON."""
        empty = asdict(Memory())
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value != empty[name]
        }

    def with_answer(self, slot: str | None, before: Mapping[str, Any]) -> tuple[Answer, ...]:
        """Return the history with one more answer, the oldest forgotten."""
        return (*self.history, Answer(slot, before))[-HISTORY_KEPT:]

    def with_progress(self, activity: str, state: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """Return the progress with that of one activity put in place; None forgets it."""
        others = {name: kept for name, kept in self.progress.items() if name != activity}
        return others if state is None else {**others, activity: state}


_Part = TypeVar("_Part", Answer, Shown)


def _read(part: type[_Part], values: Mapping[str, Any]) -> _Part:
    known = {item.name for item in fields(part)}
    return part(**{key: value for key, value in values.items() if key in known})
