"""Which conversations are measured: the weeks in which they began, and what narrows them down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from coaching.demand import UNCOUNTED_CHANNELS, week_of
from coaching.desk_models import ConversationFigures
from coaching.models import Conversation


@dataclass(frozen=True)
class Scope:
    """Which conversations are measured: those begun in whole weeks; None is "any"."""

    first: date
    weeks: int
    zone: tzinfo
    channel: str | None = None
    language: str | None = None
    # Codes of municipalities and regions.
    places: frozenset[str] | None = None
    team_id: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the weeks: 2026-W09 and so on."""
        return tuple(week_of(self.first + timedelta(weeks=at)) for at in range(self.weeks))

    @property
    def last(self) -> date:
        """Return the last day."""
        return self.first + timedelta(weeks=self.weeks, days=-1)

    @property
    def since(self) -> datetime:
        """Return when the first week begins."""
        return datetime.combine(self.first, time(), self.zone)

    @property
    def until(self) -> datetime:
        """Return when the week after the last one begins."""
        return datetime.combine(self.first + timedelta(weeks=self.weeks), time(), self.zone)


def last_weeks(
    weeks: int,
    today: date,
    zone: tzinfo,
    *,
    channel: str | None = None,
    language: str | None = None,
    places: frozenset[str] | None = None,
    team_id: int | None = None,
) -> Scope:
    """Return the last `weeks` weeks, this one with them, narrowed down as wished."""
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    return Scope(first, weeks, zone, channel, language, places, team_id)


def within(query: Any, scope: Scope) -> Any:
    """Narrow a query of conversations, or of what belongs to them, down to a scope.

    What speaks for the service itself (the channel `test`) is left out, and those who said nothing.
    """
    query = query.where(
        ConversationFigures.conversation_id == Conversation.id,
        ConversationFigures.messages > 0,
        Conversation.created_at >= scope.since,
        Conversation.created_at < scope.until,
        Conversation.channel.not_in(UNCOUNTED_CHANNELS),
    )
    if scope.channel is not None:
        query = query.where(Conversation.channel == scope.channel)
    if scope.language is not None:
        query = query.where(Conversation.language == scope.language)
    if scope.team_id is not None:
        query = query.where(Conversation.team_id == scope.team_id)
    if scope.places is not None:
        query = query.where(ConversationFigures.place.in_(scope.places))
    return query
