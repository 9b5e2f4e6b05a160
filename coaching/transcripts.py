"""Find conversations by what was said in them, and by what is known about them.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from coaching import search_terms, transcript_index
from coaching.desk_models import Coach, ConversationFigures, ConversationLabel
from coaching.excerpts import Excerpt, find_excerpts
from coaching.models import Conversation
from coaching.search_terms import Wanted
from coaching.sight import readable

PAGE = 25
# More are not counted: nobody reads them, and counting takes as long as finding.
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Filters:
    """What a conversation must be like; an empty value is "any". `until` is not included."""

    words: str = ""
    only_person: bool = False
    since: datetime | None = None
    until: datetime | None = None
    channel: str = ""
    language: str = ""
    places: tuple[str, ...] = ()
    field: str = ""
    outcome: str = ""
    label: str = ""
    intent: str = ""
    # In per cent: somewhere the bot was less sure than this.
    below_confidence: int | None = None
    least_messages: int | None = None
    most_messages: int | None = None
    most_rating: int | None = None
    handed_over: bool | None = None
    least_failed: int | None = None


@dataclass(frozen=True)
class Turn:
    """Which page: what began before or after the conversation at a position, else the newest."""

    older_than: int | None = None
    newer_than: int | None = None


@dataclass(frozen=True)
class Found:
    """One conversation as a list shows it."""

    figures: ConversationFigures
    state: str
    outcome: str | None
    labels: tuple[str, ...]
    excerpt: Excerpt | None = None


@dataclass(frozen=True)
class Page:
    """Conversations, the one begun last first, and the turns to the pages beside."""

    found: Sequence[Found]
    count: int
    # False where there are more than were counted.
    is_count_whole: bool
    older: Turn | None = None
    newer: Turn | None = None


def find(session: Session, filters: Filters, turn: Turn, *, coach: Coach, size: int = PAGE) -> Page:
    """Return a page of the conversations that `filters` describe and the coach may see.

    Pages keep their places while conversations go on and new ones begin.
    """
    terms = _terms(filters)
    if terms is None:
        return Page((), 0, True)
    conditions = [*_conditions(filters), *_own(session, coach)]
    query, position = transcript_index.positions(session, terms)
    query = query.where(*conditions)
    counted = query.order_by(position.desc()).limit(MOST_COUNTED + 1)
    # One walk of the index for both, where the page is within what is counted.
    first = session.execute(counted).scalars().all()
    ids, has_before, has_after = _slice(session, query, position, first, turn, size)
    return Page(
        found=_load(session, ids, filters),
        count=min(len(first), MOST_COUNTED),
        is_count_whole=len(first) <= MOST_COUNTED,
        older=Turn(older_than=ids[-1]) if ids and has_after else None,
        newer=Turn(newer_than=ids[0]) if ids and has_before else None,
    )


def labels_in_use(session: Session, *, limit: int = 200) -> list[str]:
    """Return the labels that conversations have, by name."""
    query = select(ConversationLabel.label).distinct().order_by(ConversationLabel.label)
    return list(session.scalars(query.limit(limit)))


def _terms(filters: Filters) -> list[Wanted] | None:
    """Return what must be in the index; None where words were asked for, and none can be found."""
    terms = list(search_terms.wanted(filters.words, only_person=filters.only_person))
    if filters.words.strip() and not terms:
        return None
    if filters.intent:
        terms.append(search_terms.wanted_intent(filters.intent))
    return terms


def _slice(
    session: Session, query: Select, position: Any, first: Sequence[int], turn: Turn, size: int
) -> tuple[Sequence[int], bool, bool]:
    """Return the ids of the page, and whether there are any before and after it."""
    if turn.newer_than is not None:
        above = query.where(position > turn.newer_than).order_by(position)
        nearest = session.execute(above.limit(size + 1)).scalars().all()
        ids = list(reversed(nearest[:size]))
        return ids, len(nearest) > size, True
    if turn.older_than is None:
        return first[:size], False, len(first) > size
    below = query.where(position < turn.older_than).order_by(position.desc())
    nearest = session.execute(below.limit(size + 1)).scalars().all()
    return nearest[:size], True, len(nearest) > size


def _conditions(filters: Filters) -> Iterator[Any]:
    figures = ConversationFigures
    equal = ((figures.channel, filters.channel), (figures.language, filters.language))
    yield from (column == value for column, value in equal if value)
    if filters.since is not None:
        yield figures.started_at >= filters.since
    if filters.until is not None:
        yield figures.started_at < filters.until
    if filters.places:
        yield figures.place.in_(filters.places)
    if filters.field:
        yield figures.field.startswith(filters.field, autoescape=True)
    if filters.handed_over is not None:
        yield figures.was_handed_over.is_(filters.handed_over)
    yield from _limits(filters)
    yield from _elsewhere(filters)


def _limits(filters: Filters) -> Iterator[Any]:
    figures = ConversationFigures
    if filters.below_confidence is not None:
        yield figures.least_confidence < filters.below_confidence
    if filters.least_messages is not None:
        yield figures.messages >= filters.least_messages
    if filters.most_messages is not None:
        yield figures.messages <= filters.most_messages
    if filters.most_rating is not None:
        yield figures.rating <= filters.most_rating
    if filters.least_failed is not None:
        yield figures.failed >= filters.least_failed


def _elsewhere(filters: Filters) -> Iterator[Any]:
    """Yield what other tables must say of the conversation."""
    own = ConversationFigures.conversation_id
    if filters.label:
        labelled = select(ConversationLabel.conversation_id)
        yield own.in_(labelled.where(ConversationLabel.label == filters.label))
    if filters.outcome:
        yield own.in_(select(Conversation.id).where(Conversation.outcome == filters.outcome))


def _own(session: Session, coach: Coach) -> Iterator[Any]:
    """Yield the condition that keeps a coach to what the coach may read."""
    condition = readable(coach)
    if condition is not None:
        # Read first: a coach has some hundreds, among which to look for the rest.
        ids = session.execute(select(Conversation.id).where(condition)).scalars().all()
        yield ConversationFigures.conversation_id.in_(ids)


def _load(session: Session, ids: Sequence[int], filters: Filters) -> tuple[Found, ...]:
    rows = session.execute(
        select(ConversationFigures, Conversation.state, Conversation.outcome)
        .join(Conversation, Conversation.id == ConversationFigures.conversation_id)
        .where(ConversationFigures.id.in_(ids))
        .order_by(ConversationFigures.id.desc())
    ).all()
    conversations = [figures.conversation_id for figures, *_ in rows]
    labels = _labels(session, conversations)
    excerpts = find_excerpts(
        session,
        conversations,
        search_terms.wanted(filters.words, only_person=filters.only_person),
    )
    return tuple(
        Found(
            figures,
            state,
            outcome,
            labels.get(figures.conversation_id, ()),
            excerpts.get(figures.conversation_id),
        )
        for figures, state, outcome in rows
    )


def _labels(session: Session, conversations: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for conversation_id, label in session.execute(
        select(ConversationLabel.conversation_id, ConversationLabel.label)
        .where(ConversationLabel.conversation_id.in_(conversations))
        .order_by(ConversationLabel.label)
    ):
        found[conversation_id] = (*found.get(conversation_id, ()), label)
    return found
