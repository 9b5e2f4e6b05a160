"""Measures of guidance by week and by group, in which no small group can be found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from coaching.questions import QUESTION_PREFIX, QUESTIONS
from coaching.small_groups import SMALLEST, percent, protect, rounded
from coaching.talks import Talk

# Groups of which each is too small to be told by itself.
OTHERS = "others"
RATINGS = ("1", "2", "3", "4", "5")
# The longest wait of nine in ten is told only where it cannot be one person's.
_LEAST_FOR_TENTH = 20


@dataclass(frozen=True)
class Figures:
    """What is told of a group of conversations; None is hidden, or there was nothing to measure."""

    conversations: int | None = None
    # Shares in per cent.
    success: int | None = None
    handed_over: int | None = None
    # Of what people said, not of the conversations.
    not_understood: int | None = None
    # The middle one's number of messages, and minutes waited for a coach.
    messages: float | None = None
    wait: float | None = None
    rating: float | None = None


@dataclass(frozen=True)
class Table:
    """Figures by group, and of all together."""

    total: Figures
    groups: Mapping[str, Figures]


@dataclass(frozen=True)
class Waits:
    """How long people waited for a coach, in minutes, and how many were counted."""

    counted: int | None
    middle: float | None = None
    nine_in_ten: float | None = None


def tabulate(talks: Sequence[Talk], key: Callable[[Talk], str], names: Sequence[str] = ()) -> Table:
    """Return the figures by what `key` gives; the groups in `names` stand first, empty ones too."""
    groups: dict[str, list[Talk]] = {name: [] for name in names}
    for talk in talks:
        groups.setdefault(key(talk), []).append(talk)
    counts = protect({name: len(group) for name, group in groups.items()})
    success = protect({name: _count(group, _is_success) for name, group in groups.items()})
    handed = protect({name: _count(group, _was_handed) for name, group in groups.items()})
    return Table(
        _figures(talks, counts.total, success.total, handed.total),
        {
            name: _figures(group, counts.parts[name], success.parts[name], handed.parts[name])
            for name, group in groups.items()
        },
    )


def tabulate_places(talks: Sequence[Talk]) -> Table:
    """Return the figures by place, the largest first; the small ones stand together."""
    numbers: dict[str, int] = {}
    for talk in talks:
        numbers[talk.place] = numbers.get(talk.place, 0) + 1
    large = {place for place, number in numbers.items() if number >= SMALLEST}
    table = tabulate(talks, lambda talk: talk.place if talk.place in large else OTHERS)
    return Table(table.total, dict(sorted(table.groups.items(), key=_largest_first)))


def tell_steps(talks: Sequence[Talk]) -> Mapping[str, int | None]:
    """Return how many conversations came how far."""
    steps: dict[str, Callable[[Talk], bool]] = {
        "all": lambda talk: True,
        "saw_options": lambda talk: talk.saw_options,
        "has_plan": lambda talk: talk.has_plan,
        "asked_for_coach": lambda talk: talk.asked_for_coach,
        "had_coach": lambda talk: talk.had_coach,
        "success": _is_success,
    }
    return {name: rounded(_count(talks, is_met)) for name, is_met in steps.items()}


def tell_ratings(talks: Iterable[Talk]) -> Mapping[str, int | None]:
    """Return how many gave each rating, from 1 to 5."""
    given = [str(talk.rating) for talk in talks if talk.rating is not None]
    return protect({rating: given.count(rating) for rating in RATINGS}).parts


def tell_waits(talks: Iterable[Talk]) -> Waits:
    """Return how long those who got a coach had waited."""
    waits = sorted(talk.wait_minutes for talk in talks if talk.wait_minutes is not None)
    if len(waits) < SMALLEST:
        return Waits(None)
    late = waits[int(0.9 * len(waits))] if len(waits) >= _LEAST_FOR_TENTH else None
    return Waits(rounded(len(waits)), median(waits), late)


def tell_questions(intents: Mapping[str, int], *, most: int = 15) -> Mapping[str, int]:
    """Return in about how many conversations each question was asked, the most asked first."""
    told = {
        intent: number
        for intent, counted in intents.items()
        if is_question(intent) and (number := rounded(counted)) is not None
    }
    # Within a number the order must not tell which is larger.
    return dict(sorted(told.items(), key=lambda item: (-item[1], item[0]))[:most])


def is_question(intent: str) -> bool:
    """Say whether an intent asks something of the bot."""
    return intent in QUESTIONS or intent.startswith(QUESTION_PREFIX)


def share(talks: Sequence[Talk], is_met: Callable[[Talk], bool]) -> int | None:
    """Return in how many per cent of the conversations something was so, by what may be told."""
    return percent(rounded(_count(talks, is_met)), rounded(len(talks)))


def _figures(
    talks: Sequence[Talk], conversations: int | None, success: int | None, handed: int | None
) -> Figures:
    if not conversations:
        return Figures(conversations)
    ratings = [talk.rating for talk in talks if talk.rating is not None]
    waits = [talk.wait_minutes for talk in talks if talk.wait_minutes is not None]
    return Figures(
        conversations=conversations,
        success=percent(success, conversations),
        handed_over=percent(handed, conversations),
        not_understood=percent(sum(t.failed for t in talks), sum(t.messages for t in talks)),
        messages=median(talk.messages for talk in talks),
        wait=median(waits) if len(waits) >= SMALLEST else None,
        rating=round(fmean(ratings), 1) if len(ratings) >= SMALLEST else None,
    )


def _count(talks: Iterable[Talk], is_met: Callable[[Talk], bool]) -> int:
    return sum(map(is_met, talks))


def _is_success(talk: Talk) -> bool:
    return talk.is_success


def _was_handed(talk: Talk) -> bool:
    return talk.was_handed_over


def _largest_first(item: tuple[str, Figures]) -> tuple[bool, int, str]:
    name, figures = item
    return (name in ("", OTHERS), -(figures.conversations or 0), name)
