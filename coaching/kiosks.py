"""Kiosks: devices that are enrolled once, known by a token, and counted without the people.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from coaching.conversations import hash_of, new_token
from coaching.models import ID_LENGTH, Conversation, Kiosk
from coaching.pins import hash_pin

CODE_LIVES = timedelta(hours=1)
# Seldom enough that a page that asks every few seconds does not write each time.
_SEEN_IS_NOTED_AFTER = timedelta(minutes=1)
_TOKEN = re.compile(rf"([0-9a-f]{{{ID_LENGTH}}})\.[\w-]{{20,80}}", re.ASCII)


class KioskExists(Exception):
    """Another device has the name."""


@dataclass(frozen=True)
class Device:
    """A device that has shown its token."""

    id: str
    name: str


@dataclass(frozen=True)
class DeviceState:
    """What staff may know of a device."""

    name: str
    created_at: datetime
    enrolled_at: datetime | None
    seen_at: datetime | None
    visits_today: int
    last_error: str | None
    last_error_at: datetime | None


def add(session: Session, name: str, *, pin: str, now: datetime) -> str:
    """Store a new device and return the code that enrols it once, within an hour."""
    if session.scalar(select(Kiosk.id).where(Kiosk.name == name)) is not None:
        raise KioskExists
    code = secrets.token_urlsafe(24)
    session.add(
        Kiosk(
            id=secrets.token_hex(16),
            name=name,
            code_hash=hash_of(code),
            code_expires_at=now + CODE_LIVES,
            pin_hash=hash_pin(pin),
            created_at=now,
            visits=0,
        )
    )
    session.flush()
    return code


def can_enrol(session: Session, code: str, *, now: datetime) -> bool:
    """Say whether a code still enrols a device."""
    return _of_code(session, code, now=now) is not None


def enrol(session: Session, code: str, *, now: datetime) -> str | None:
    """Use up a code and return the device's token; None when the code is used or too old."""
    kiosk = _of_code(session, code, now=now)
    if kiosk is None:
        return None
    token = new_token(kiosk.id)
    kiosk.token_hash, kiosk.code_hash, kiosk.code_expires_at = hash_of(token), None, None
    kiosk.enrolled_at = kiosk.seen_at = now
    return token


def find(session: Session, token: str) -> Device | None:
    """Return the device that a token belongs to, None when it is none of ours."""
    match = _TOKEN.fullmatch(token)
    kiosk = session.get(Kiosk, match.group(1)) if match else None
    if kiosk is None or not hmac.compare_digest(kiosk.token_hash or "", hash_of(token)):
        return None
    return Device(kiosk.id, kiosk.name)


def note_seen(session: Session, kiosk_id: str, *, now: datetime) -> None:
    """Remember that a device was there, to the minute."""
    session.execute(
        update(Kiosk)
        .where(
            Kiosk.id == kiosk_id,
            (Kiosk.seen_at.is_(None)) | (Kiosk.seen_at < now - _SEEN_IS_NOTED_AFTER),
        )
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )


def count_visit(session: Session, kiosk_id: str, *, now: datetime) -> None:
    """Count one more visit of the day."""
    kiosk = session.get(Kiosk, kiosk_id, with_for_update=True)
    if kiosk is not None:
        kiosk.visits = _visits(kiosk, now.date()) + 1
        kiosk.visits_on = now.date()
        kiosk.seen_at = now


def note_error(session: Session, kiosk_id: str, code: str, *, now: datetime) -> None:
    """Remember the last thing that went wrong at a device, by its code alone."""
    session.execute(
        update(Kiosk)
        .where(Kiosk.id == kiosk_id)
        .values(last_error=code, last_error_at=now)
        .execution_options(synchronize_session=False)
    )


def clear_error(session: Session, kiosk_id: str) -> None:
    """Forget the last thing that went wrong at a device."""
    session.execute(
        update(Kiosk)
        .where(Kiosk.id == kiosk_id)
        .values(last_error=None, last_error_at=None)
        .execution_options(synchronize_session=False)
    )


def pin_hash_of(session: Session, kiosk_id: str) -> str | None:
    """Return what is kept of the staff's PIN, None when the device is gone."""
    found: str | None = session.scalar(select(Kiosk.pin_hash).where(Kiosk.id == kiosk_id))
    return found


def state_of(session: Session, kiosk_id: str, *, today: date) -> DeviceState | None:
    """Return what staff may know of a device, None when it is gone."""
    kiosk = session.get(Kiosk, kiosk_id)
    return None if kiosk is None else _state(kiosk, today)


def states(session: Session, *, today: date) -> Sequence[DeviceState]:
    """Return every device by name."""
    return [_state(kiosk, today) for kiosk in session.scalars(select(Kiosk).order_by(Kiosk.name))]


def remove(session: Session, name: str, *, now: datetime) -> bool:
    """Remove a device and end its visits; False when there is none of that name."""
    kiosk = session.scalars(select(Kiosk).where(Kiosk.name == name)).first()
    if kiosk is None:
        return False
    session.execute(
        update(Conversation)
        .where(Conversation.kiosk == kiosk.id, Conversation.ended_at.is_(None))
        .values(ended_at=now)
        .execution_options(synchronize_session=False)
    )
    session.delete(kiosk)
    session.flush()
    return True


def _of_code(session: Session, code: str, *, now: datetime) -> Kiosk | None:
    found: Kiosk | None = session.scalars(
        select(Kiosk)
        .where(Kiosk.code_hash == hash_of(code), Kiosk.code_expires_at >= now)
        .with_for_update()
    ).first()
    return found


def _visits(kiosk: Kiosk, today: date) -> int:
    return int(kiosk.visits) if kiosk.visits_on == today else 0


def _state(kiosk: Kiosk, today: date) -> DeviceState:
    return DeviceState(
        name=kiosk.name,
        created_at=kiosk.created_at,
        enrolled_at=kiosk.enrolled_at,
        seen_at=kiosk.seen_at,
        visits_today=_visits(kiosk, today),
        last_error=kiosk.last_error,
        last_error_at=kiosk.last_error_at,
    )
