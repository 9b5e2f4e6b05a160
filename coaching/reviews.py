"""What the bot was least sure of, and what a coach says that it meant.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from coaching import rewording
from coaching.desk_models import Coach, Review
from coaching.figures import NOT_UNDERSTOOD
from coaching.models import Conversation, Message
from coaching.sight import readable

CONFIRMED, CORRECTED, OUT_OF_SCOPE, PASSED = "confirmed", "corrected", "out_of_scope", "passed"
VERDICTS = (CONFIRMED, CORRECTED, OUT_OF_SCOPE, PASSED)
# What was said longer ago is seldom worth a coach's time.
RECENT = timedelta(days=60)
LISTED = 120
# Free words of the person's own: never kept with a review.
OWN_WORDS = frozenset({"interest", "competence"})

Key = tuple[str, int]


@dataclass(frozen=True)
class Candidate:
    """A message to look at, and what the bot made of it."""

    conversation_id: str
    number: int
    text: str
    language: str
    asked: str | None
    intent: str
    confidence: float
    slots: Mapping[str, Any]
    sent_at: datetime

    @property
    def key(self) -> Key:
        """Return what names the message."""
        return self.conversation_id, self.number

    @property
    def is_failed(self) -> bool:
        """Say whether the bot told that it had not understood."""
        return self.intent == NOT_UNDERSTOOD


@dataclass(frozen=True)
class Decision:
    """What a coach says of messages; `intent` and `slots` are asked for where it is corrected."""

    verdict: str
    intent: str | None = None
    slots: Mapping[str, Any] | None = None
    # The coach's own wording of what was meant; "" is none.
    paraphrase: str = ""


class NothingToConfirm(Exception):
    """No message was understood as anything that could be confirmed."""


def inbox(
    session: Session, coach: Coach, *, now: datetime, language: str = "", limit: int = LISTED
) -> list[Candidate]:
    """Return what nobody has reviewed yet: failed turns, the newest first, then the least sure."""
    query = _to_review(coach, since=now - RECENT, language=language)
    named = (Message.conversation_id, Message.number)
    failed = query.where(Message.intent == NOT_UNDERSTOOD).order_by(Message.sent_at.desc(), *named)
    found = list(map(_candidate, session.execute(failed.limit(limit))))
    if len(found) < limit:
        unsure = query.where(Message.intent != NOT_UNDERSTOOD).order_by(Message.confidence, *named)
        found += map(_candidate, session.execute(unsure.limit(limit - len(found))))
    return found


def candidates(session: Session, coach: Coach, keys: Sequence[Key]) -> list[Candidate]:
    """Return the messages with these keys that the coach may see, reviewed or not."""
    if not keys:
        return []
    columns: Any = (Message.conversation_id, Message.number)
    named = tuple_(*columns).in_(list(keys))
    rows = session.execute(_readable(coach).where(named)).all()
    by_key = {found.key: found for found in map(_candidate, rows)}
    return [by_key[key] for key in keys if key in by_key]


def decide(
    session: Session, found: Sequence[Candidate], decision: Decision, *, who: str, now: datetime
) -> int:
    """Store a decision on messages, and return on how many.

    A wording and corrected facts are kept with the first one, which they tell of. Raise
    NotReworded or UnfitWording where the wording may not leave, and NothingToConfirm where nothing
    was understood.
    """
    if decision.verdict not in VERDICTS:
        raise ValueError(f"{decision.verdict!r} is not one of {', '.join(VERDICTS)}.")
    if decision.verdict == CONFIRMED:
        found = [candidate for candidate in found if not candidate.is_failed]
        if not found:
            raise NothingToConfirm
    wording = decision.paraphrase.strip()
    if wording:
        wording = rewording.check(wording, (candidate.text for candidate in found))
    for place, candidate in enumerate(found):
        intent, slots = _meaning(candidate, decision, is_first=place == 0)
        session.merge(
            Review(
                conversation_id=candidate.conversation_id,
                number=candidate.number,
                verdict=decision.verdict,
                intent=intent,
                slots=slots,
                paraphrase=(wording or None) if place == 0 else None,
                language=candidate.language,
                who=who,
                decided_at=now,
                exported_at=None,
            )
        )
    session.flush()
    return len(found)


def worded(session: Session) -> list[tuple[Review, Message]]:
    """Return the reviews with a wording that is not exported yet, with the messages meant."""
    query = (
        select(Review, Message)
        .join(
            Message,
            and_(
                Message.conversation_id == Review.conversation_id,
                Message.number == Review.number,
            ),
        )
        .where(
            Review.paraphrase.is_not(None), Review.exported_at.is_(None), Review.verdict != PASSED
        )
        .order_by(Review.decided_at, Review.conversation_id, Review.number)
    )
    return [(review, message) for review, message in session.execute(query)]


def without_own_words(slots: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return slots without those that hold a person's own words."""
    return {name: value for name, value in (slots or {}).items() if name not in OWN_WORDS}


def _meaning(
    candidate: Candidate, decision: Decision, *, is_first: bool
) -> tuple[str | None, dict[str, Any] | None]:
    if decision.verdict == CONFIRMED:
        return candidate.intent, without_own_words(candidate.slots)
    if decision.verdict == CORRECTED:
        return decision.intent, without_own_words(decision.slots) if is_first else None
    return (OUT_OF_SCOPE, {}) if decision.verdict == OUT_OF_SCOPE else (None, None)


def _readable(coach: Coach) -> Select:
    """Return the question for typed messages that the coach may see."""
    query = select(Message).where(
        Message.payload.is_(None), Message.intent.is_not(None), Message.confidence.is_not(None)
    )
    condition = readable(coach)
    if condition is None:
        return query
    return query.where(Message.conversation_id.in_(select(Conversation.id).where(condition)))


def _to_review(coach: Coach, *, since: datetime, language: str) -> Select:
    reviewed = (
        select(Review.number)
        .where(Review.conversation_id == Message.conversation_id, Review.number == Message.number)
        .exists()
    )
    query = _readable(coach).where(Message.sent_at >= since, ~reviewed)
    return query.where(Message.language == language) if language else query


def _candidate(row: Any) -> Candidate:
    message = row[0]
    return Candidate(
        conversation_id=message.conversation_id,
        number=message.number,
        text=message.text,
        language=message.heard or message.language,
        asked=message.asked,
        intent=message.intent,
        confidence=message.confidence,
        slots=message.slots or {},
        sent_at=message.sent_at,
    )
