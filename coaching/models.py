"""The tables of the conversations' database."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, declarative_base
from sqlalchemy.types import TypeDecorator

ID_LENGTH = 32
CLIENT_ID_LENGTH = 64
PAYLOAD_LENGTH = 2000
KIOSK_NAME_LENGTH = 64

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Base = declarative_base(metadata=metadata)


class Moment(TypeDecorator):  # type: ignore[type-arg]  # the stubs and SQLAlchemy 1.4 disagree
    """An aware moment, kept as UTC: SQLite forgets time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=timezone.utc)


class Conversation(Base):
    """One person's conversation; `last_number` numbers its messages and replies alike."""

    __tablename__ = "conversations"

    id: Mapped[str] = Column(String(ID_LENGTH), primary_key=True)
    token_hash: Mapped[str] = Column(String(64), nullable=False)
    channel: Mapped[str] = Column(String(16), nullable=False)
    language: Mapped[str] = Column(String(2), nullable=False)
    plain_language: Mapped[bool] = Column(Boolean, nullable=False)
    asked = Column(String(64))
    state: Mapped[str] = Column(String(16), nullable=False)
    last_number: Mapped[int] = Column(Integer, nullable=False)
    created_at: Mapped[datetime] = Column(Moment, nullable=False)
    used_at: Mapped[datetime] = Column(Moment, nullable=False, index=True)
    # What this week's searches were counted under, so that each is counted once.
    counted: Mapped[Any] = Column(JSON(none_as_null=True))
    # The device that the conversation is a visit to; null once a phone has taken it along.
    kiosk = Column(String(ID_LENGTH), index=True)
    # When the visit ended: no token opens the conversation from then on.
    ended_at = Column(Moment)
    # The coach who has the conversation, and the team that it waits for or belongs to.
    # No foreign keys, which SQLite cannot add later; neither is ever deleted.
    coach_id = Column(Integer, index=True)
    team_id = Column(Integer, index=True)
    # A code that a school, library or employment service gave the person along.
    referral = Column(String(32))
    # 2 is a crisis, 1 another urgent need, 0 the rest; the queue begins with the highest.
    urgency: Mapped[int] = Column(Integer, nullable=False, server_default="0")
    waiting_since = Column(Moment)
    # When the person allowed coaches to see what had been told; null when never.
    consented_at = Column(Moment)
    closed_at = Column(Moment)
    outcome = Column(String(32), index=True)
    # The number of the last line that its coach has seen.
    read_by_coach: Mapped[int] = Column(Integer, nullable=False, server_default="0")


class Message(Base):
    """What a person said, masked, and what the bot made of it."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id"),
        Index("ix_messages_intent_sent_at", "intent", "sent_at"),
    )

    conversation_id: Mapped[str] = Column(
        String(ID_LENGTH), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = Column(Integer, primary_key=True, autoincrement=False)
    client_id = Column(String(CLIENT_ID_LENGTH))
    text: Mapped[str] = Column(Text, nullable=False)
    payload = Column(Text)
    language: Mapped[str] = Column(String(2), nullable=False)
    asked = Column(String(64))
    sent_at: Mapped[datetime] = Column(Moment, nullable=False)
    # Null until the bot has answered, so that sending again tries again.
    answered_at = Column(Moment)
    intent = Column(String(64))
    confidence = Column(Float, index=True)
    # The language that the message was clearly in, whatever the conversation's.
    heard = Column(String(2))
    slots: Mapped[Any] = Column(JSON(none_as_null=True))


class Reply(Base):
    """What a person was told by the bot, a coach or the service."""

    __tablename__ = "replies"

    conversation_id: Mapped[str] = Column(
        String(ID_LENGTH), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = Column(Integer, primary_key=True, autoincrement=False)
    # The number of the message that it answers; null when it answers none.
    answers = Column(Integer)
    # True when it only says that the bot could not answer.
    is_failure: Mapped[bool] = Column(Boolean, nullable=False)
    speaker: Mapped[str] = Column(String(16), nullable=False)
    # What a coach is called; null for all others who speak.
    name = Column(String(64))
    language: Mapped[str] = Column(String(2), nullable=False)
    text: Mapped[str] = Column(Text, nullable=False)
    buttons: Mapped[Any] = Column(JSON, nullable=False)
    custom: Mapped[Any] = Column(JSON(none_as_null=True))
    sent_at: Mapped[datetime] = Column(Moment, nullable=False)


class IssuedPayload(Base):
    """A payload that a stored reply offered, with the words on its button."""

    __tablename__ = "issued_payloads"

    conversation_id: Mapped[str] = Column(
        String(ID_LENGTH), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    payload: Mapped[str] = Column(String(PAYLOAD_LENGTH), primary_key=True)
    title: Mapped[str] = Column(Text, nullable=False)


class CallbackRequest(Base):
    """A wish to be called or written to; the only place that keeps how to reach the person."""

    __tablename__ = "callback_requests"

    id: Mapped[int] = Column(Integer, primary_key=True)
    conversation_id: Mapped[str] = Column(
        String(ID_LENGTH),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    )
    contact: Mapped[str] = Column(Text, nullable=False)
    # The person's last words, masked: they say when it suits and what it is about.
    words: Mapped[str] = Column(Text, nullable=False)
    language: Mapped[str] = Column(String(2), nullable=False)
    state: Mapped[str] = Column(String(16), nullable=False)
    requested_at: Mapped[datetime] = Column(Moment, nullable=False)
    # The account of the coach who has promised to call, and when it was done.
    taken_by = Column(String(64))
    done_at = Column(Moment)


class HandoffChange(Base):
    """One change of who has the conversation: when, by whom and why."""

    __tablename__ = "handoff_changes"

    id: Mapped[int] = Column(Integer, primary_key=True)
    conversation_id: Mapped[str] = Column(
        String(ID_LENGTH),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    )
    state: Mapped[str] = Column(String(16), nullable=False)
    who: Mapped[str] = Column(String(64), nullable=False)
    why: Mapped[str] = Column(String(64), nullable=False)
    changed_at: Mapped[datetime] = Column(Moment, nullable=False)


class Kiosk(Base):
    """A device that people visit; what it shows to staff, and nothing of the people."""

    __tablename__ = "kiosks"

    id: Mapped[str] = Column(String(ID_LENGTH), primary_key=True)
    name: Mapped[str] = Column(String(KIOSK_NAME_LENGTH), nullable=False, unique=True)
    # Null until the device is enrolled; from then on the hash of the code is.
    token_hash = Column(String(64))
    code_hash = Column(String(64), unique=True)
    code_expires_at = Column(Moment)
    pin_hash: Mapped[str] = Column(String(200), nullable=False)
    created_at: Mapped[datetime] = Column(Moment, nullable=False)
    enrolled_at = Column(Moment)
    seen_at = Column(Moment)
    # The day that `visits` counts.
    visits_on = Column(Date)
    visits: Mapped[int] = Column(Integer, nullable=False)
    last_error = Column(String(32))
    last_error_at = Column(Moment)


class TakeHomePage(Base):
    """Options and a plan to take along, without the person, under a key that nobody guesses."""

    __tablename__ = "take_home_pages"

    key: Mapped[str] = Column(String(64), primary_key=True)
    # Null once the visit has ended: the page stays, and nothing tells whose it was.
    conversation_id = Column(
        String(ID_LENGTH), ForeignKey("conversations.id", ondelete="CASCADE"), unique=True
    )
    language: Mapped[str] = Column(String(2), nullable=False)
    plain_language: Mapped[bool] = Column(Boolean, nullable=False)
    # Null once it has expired: only the key stays for a while, so that the page can say so.
    content: Mapped[Any] = Column(JSON(none_as_null=True))
    expires_at: Mapped[datetime] = Column(Moment, nullable=False, index=True)


class Ticket(Base):
    """The right to go on with a conversation on another device, once and soon."""

    __tablename__ = "tickets"

    code_hash: Mapped[str] = Column(String(64), primary_key=True)
    conversation_id: Mapped[str] = Column(
        String(ID_LENGTH),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    )
    expires_at: Mapped[datetime] = Column(Moment, nullable=False)


class Demand(Base):
    """How often a search found nothing near enough, by week; an empty text is "not known"."""

    __tablename__ = "demand"

    week: Mapped[str] = Column(String(8), primary_key=True)
    place: Mapped[str] = Column(String(20), primary_key=True)
    field: Mapped[str] = Column(String(2), primary_key=True)
    type: Mapped[str] = Column(String(40), primary_key=True)
    mode: Mapped[str] = Column(String(20), primary_key=True)
    kind: Mapped[str] = Column(String(20), primary_key=True)
    searches: Mapped[int] = Column(Integer, nullable=False)


class Erased(Base):
    """A keyed hash of an erased conversation's id: its token answers "gone" for good."""

    __tablename__ = "erased"

    id_hash: Mapped[str] = Column(String(64), primary_key=True)
    erased_at: Mapped[datetime] = Column(Moment, nullable=False)


# The two tables of Rasa's process live here because erasure must reach them. `events` is
# what rasa.core.tracker_store.SQLTrackerStore.SQLEvent declares, index name included.
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255), nullable=False),
    Column("type_name", String(255), nullable=False),
    Column("timestamp", Float),
    Column("intent_name", String(255)),
    Column("action_name", String(255)),
    Column("data", Text),
    Index("ix_events_sender_id", "sender_id"),
)

tracker_snapshots = Table(
    "tracker_snapshots",
    metadata,
    Column("sender_id", Text, primary_key=True),
    Column("watermark", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("updated", Float, nullable=False),
)
