"""Figures for the principles of good guidance, told as carefully as all measures.

Every function works within the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from coaching.callback_requests import DONE, PROMISED, REVEALED
from coaching.desk_models import AuditEntry, Review
from coaching.measure_report import LANGUAGES
from coaching.measure_scope import Scope
from coaching.measures import share, tabulate, tell_waits
from coaching.models import CallbackRequest
from coaching.questions import COMPLAINT, count_questions
from coaching.small_groups import percent, rounded
from coaching.talks import read_talks

# The actions of the audit by which somebody saw a person's words.
VIEWS = "view%"
_UNHAPPY = 2


@dataclass(frozen=True)
class Quality:
    """What is known of each principle that is measured; None is too little to tell."""

    # Shares are in per cent.
    success_by_language: Mapping[str, int | None]
    views: int | None
    plans: int | None
    rating: float | None
    calls_done: int | None
    got_coach: int | None
    off_hours: int | None
    wait_minutes: float | None
    plain: int | None
    kiosk: int | None
    reviews: int | None
    complaints: int | None
    unhappy: int | None


def read_quality(session: Session, scope: Scope) -> Quality:
    """Return the figures of the conversations of a scope, and of the desk in its weeks."""
    talks = read_talks(session, scope)
    languages = tabulate(talks, lambda talk: talk.language, LANGUAGES)
    asked = [talk for talk in talks if talk.asked_for_coach]
    rated = [talk for talk in talks if talk.rating is not None]
    return Quality(
        success_by_language={name: languages.groups[name].success for name in LANGUAGES},
        views=rounded(_count_views(session, scope)),
        plans=share(talks, lambda talk: talk.has_plan),
        rating=languages.total.rating,
        calls_done=_share_of_calls_done(session, scope),
        got_coach=share(asked, lambda talk: talk.had_coach),
        off_hours=share(talks, lambda talk: talk.is_off_hours),
        wait_minutes=tell_waits(talks).middle,
        plain=share(talks, lambda talk: talk.is_plain),
        kiosk=share(talks, lambda talk: talk.channel == "kiosk"),
        reviews=rounded(_count_reviews(session, scope)),
        complaints=rounded(count_questions(session, scope).get(COMPLAINT, 0)),
        unhappy=share(rated, lambda talk: (talk.rating or 0) <= _UNHAPPY),
    )


def _count_views(session: Session, scope: Scope) -> int:
    seen = or_(AuditEntry.action.like(VIEWS), AuditEntry.action == REVEALED)
    return _count(session, select(func.count(AuditEntry.id)).where(seen), AuditEntry.at, scope)


def _count_reviews(session: Session, scope: Scope) -> int:
    return _count(session, select(func.count(Review.number)), Review.decided_at, scope)


def _share_of_calls_done(session: Session, scope: Scope) -> int | None:
    requests = select(func.count(CallbackRequest.id))
    done = requests.where(CallbackRequest.state == DONE)
    meant = requests.where(CallbackRequest.state.in_((DONE, *PROMISED)))
    at = CallbackRequest.requested_at
    told = [rounded(_count(session, query, at, scope)) for query in (done, meant)]
    return percent(*told)


def _count(session: Session, query: Any, moment: Any, scope: Scope) -> int:
    within = query.where(moment >= scope.since, moment < scope.until)
    return int(session.scalar(within) or 0)
