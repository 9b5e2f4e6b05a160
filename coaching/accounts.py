"""Accounts of the desk: who there is, and what each role may do.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from coaching.desk_models import NAME_LENGTH, Coach, CoachSession

Account = Coach

ADMIN = "admin"
# `guide`: claim, talk, note and label. `see_all`: any conversation; without it a coach sees what
# waits for the coach's team, or is or was the coach's own, in the review inbox too.
# `review`: correct what was understood.
# `measure`: figures without any person. `manage`: accounts and teams. `audit`: who saw what.
_ACTS = {
    "coach": frozenset({"guide", "review", "measure"}),
    "lead": frozenset({"guide", "see_all", "review", "measure"}),
    ADMIN: frozenset({"guide", "see_all", "review", "measure", "manage", "audit"}),
    "reviewer": frozenset({"see_all", "review", "measure"}),
}
ROLES = tuple(_ACTS)
# A password made by somebody else opens the desk once, and not for long.
ONE_TIME_LIVES = timedelta(days=7)
_NAME = re.compile(r"[^\W_][\w.@+-]{1,63}")


class BadName(Exception):
    """The name cannot be one of an account."""


class AccountExists(Exception):
    """Another account has the name."""


class LastAdmin(Exception):
    """The change would leave nobody who can manage accounts."""


@dataclass(frozen=True)
class NewAccount:
    """What an account begins with; `password_hash` is of coaching/passwords.py."""

    name: str
    password_hash: str
    role: str = "coach"
    display_name: str = ""
    language: str = "fi"
    languages: Sequence[str] = ()
    team_id: int | None = None
    # Somebody else knows the password: it must be changed at the first login.
    is_one_time: bool = False


def may(role: str, act: str) -> bool:
    """Say whether an account of this role may do something."""
    return act in _ACTS.get(role, frozenset())


def is_gone() -> Any:
    """Return the condition on accounts that guide nobody: closed, or of a role that may not."""
    guiding = [role for role in ROLES if may(role, "guide")]
    return or_(Coach.is_disabled, Coach.role.not_in(guiding))


def fold_name(name: str) -> str:
    """Return a login name as it is kept: whoever types "Anna " is anna."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def add(session: Session, new: NewAccount, *, now: datetime) -> Coach:
    """Store a new account and return it; raise BadName or AccountExists."""
    name = fold_name(new.name)
    if not _NAME.fullmatch(name):
        raise BadName
    if find(session, name) is not None:
        raise AccountExists
    coach = Coach(
        name=name,
        display_name=(new.display_name.strip() or new.name.strip())[:NAME_LENGTH],
        password_hash=new.password_hash,
        one_time_until=now + ONE_TIME_LIVES if new.is_one_time else None,
        role=new.role,
        language=new.language,
        languages=list(new.languages) or [new.language],
        team_id=new.team_id,
        is_disabled=False,
        is_available=True,
        created_at=now,
    )
    session.add(coach)
    session.flush()
    return coach


def find(session: Session, name: str) -> Coach | None:
    """Return the account that a typed name means, None when there is none."""
    found: Coach | None = session.scalars(
        select(Coach).where(Coach.name == fold_name(name))
    ).first()
    return found


def get(session: Session, coach_id: int) -> Coach | None:
    """Return an account by its number."""
    found: Coach | None = session.get(Coach, coach_id)
    return found


def every(session: Session) -> Sequence[Coach]:
    """Return all accounts by name, the disabled ones last."""
    found: Sequence[Coach] = session.scalars(
        select(Coach).order_by(Coach.is_disabled, Coach.name)
    ).all()
    return found


def set_password(
    session: Session, coach: Coach, password_hash: str, *, one_time_until: datetime | None = None
) -> None:
    """Keep a new password and end every session of the account."""
    coach.password_hash, coach.one_time_until = password_hash, one_time_until
    end_sessions(session, coach)


def set_disabled(session: Session, coach: Coach, is_disabled: bool) -> None:
    """Close or open an account; closing ends its sessions. Raise LastAdmin for the last one."""
    if is_disabled:
        _keep_an_admin(session, coach)
        end_sessions(session, coach)
    coach.is_disabled = is_disabled


def set_role(session: Session, coach: Coach, role: str) -> None:
    """Give an account another role; raise LastAdmin for the last one who manages accounts."""
    if role != ADMIN:
        _keep_an_admin(session, coach)
    coach.role = role


def end_sessions(session: Session, coach: Coach) -> None:
    """Log an account out everywhere."""
    session.execute(
        delete(CoachSession)
        .where(CoachSession.coach_id == coach.id)
        .execution_options(synchronize_session="fetch")
    )


def _keep_an_admin(session: Session, coach: Coach) -> None:
    if coach.role != ADMIN or coach.is_disabled:
        return
    # Locked: two administrators may close each other's accounts at the same moment.
    admins = session.scalars(
        select(Coach.id)
        .where(Coach.role == ADMIN, Coach.is_disabled.is_(False))
        .order_by(Coach.id)
        .with_for_update()
    ).all()
    if set(admins) <= {coach.id}:
        raise LastAdmin
