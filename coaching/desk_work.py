"""What coaches keep beside a conversation: notes, labels, and replies that they send often.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from coaching.coach_words import check_canned
from coaching.desk_models import (
    LABEL_LENGTH,
    NAME_LENGTH,
    CannedReply,
    Coach,
    ConversationLabel,
    Note,
)
from coaching.masking import mask

MOST_LABELS = 12
# Labels to choose from: those used most.
LABELS_OFFERED = 50


def notes(session: Session, conversation_id: str) -> Sequence[Note]:
    """Return the notes on a conversation, the latest first."""
    found: Sequence[Note] = session.scalars(
        select(Note).where(Note.conversation_id == conversation_id).order_by(Note.id.desc())
    ).all()
    return found


def write_note(
    session: Session, conversation_id: str, coach: Coach, text: str, *, now: datetime
) -> None:
    """Keep a note; only coaches ever see it, and whoever asks for one's own data."""
    words = mask(text).text
    session.add(Note(conversation_id=conversation_id, who=coach.name, text=words, written_at=now))
    session.flush()


def delete_note(session: Session, conversation_id: str, coach: Coach, note_id: int) -> bool:
    """Delete a note of one's own; False when it is not."""
    deleted: Any = session.execute(
        delete(Note)
        .where(Note.id == note_id, Note.conversation_id == conversation_id, Note.who == coach.name)
        .execution_options(synchronize_session=False)
    )
    return bool(deleted.rowcount)


def fold_label(label: str) -> str:
    """Return a label as it is kept, so that "Työtön " and "työtön" are one."""
    return mask(" ".join(label.split())).text.casefold()[:LABEL_LENGTH]


def labels(session: Session, conversation_id: str) -> Sequence[str]:
    """Return a conversation's labels by name."""
    found: Sequence[str] = session.scalars(
        select(ConversationLabel.label)
        .where(ConversationLabel.conversation_id == conversation_id)
        .order_by(ConversationLabel.label)
    ).all()
    return found


def known_labels(session: Session) -> Sequence[str]:
    """Return the labels in use, those used most first."""
    found: Sequence[str] = session.scalars(
        select(ConversationLabel.label)
        .group_by(ConversationLabel.label)
        .order_by(func.count().desc(), ConversationLabel.label)
        .limit(LABELS_OFFERED)
    ).all()
    return found


def set_label(session: Session, conversation_id: str, label: str) -> bool:
    """Put a label on a conversation; False when it is empty or there are too many."""
    label = fold_label(label)
    present = labels(session, conversation_id)
    if not label or (label not in present and len(present) >= MOST_LABELS):
        return False
    if label not in present:
        session.add(ConversationLabel(conversation_id=conversation_id, label=label))
        session.flush()
    return True


def remove_label(session: Session, conversation_id: str, label: str) -> None:
    """Take a label off a conversation."""
    session.execute(
        delete(ConversationLabel)
        .where(
            ConversationLabel.conversation_id == conversation_id,
            ConversationLabel.label == label,
        )
        .execution_options(synchronize_session=False)
    )


def canned_replies(
    session: Session, coach: Coach, language: str | None = None
) -> Sequence[CannedReply]:
    """Return the replies that a coach may send, everybody's and one's own, by title."""
    query = select(CannedReply).where(
        or_(CannedReply.coach_id.is_(None), CannedReply.coach_id == coach.id)
    )
    if language is not None:
        query = query.where(CannedReply.language == language)
    found: Sequence[CannedReply] = session.scalars(
        query.order_by(CannedReply.language, CannedReply.title, CannedReply.id)
    ).all()
    return found


def add_canned_reply(
    session: Session, coach: Coach, *, language: str, title: str, text: str, is_shared: bool
) -> None:
    """Keep a reply for oneself or for everybody; raise PersonalData where it tells of a person."""
    check_canned(coach, f"{title}\n{text}", is_shared=is_shared)
    session.add(
        CannedReply(
            coach_id=None if is_shared else coach.id,
            language=language,
            title=" ".join(title.split())[:NAME_LENGTH],
            text=text,
        )
    )
    session.flush()


def delete_canned_reply(
    session: Session, coach: Coach, reply_id: int, *, may_delete_shared: bool
) -> bool:
    """Delete a reply; False when there is none that the coach may delete."""
    own = CannedReply.coach_id == coach.id
    deleted: Any = session.execute(
        delete(CannedReply)
        .where(
            CannedReply.id == reply_id,
            or_(own, CannedReply.coach_id.is_(None)) if may_delete_shared else own,
        )
        .execution_options(synchronize_session=False)
    )
    return bool(deleted.rowcount)
