"""The tables of the coaches' desk: accounts, teams, sessions, notes, labels, reviews, audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped
from sqlalchemy.types import TypeDecorator

from coaching.models import ID_LENGTH, Base, Moment, metadata

__all__ = ["metadata"]

NAME_LENGTH = 64
LABEL_LENGTH = 40


class Terms(TypeDecorator):  # type: ignore[type-arg]  # the stubs and SQLAlchemy 1.4 disagree
    """A set of stems: a tsvector on PostgreSQL, a text beside its full-text index on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: frozenset[str] | None, dialect: Any) -> str | None:
        return None if value is None else " ".join(sorted(value))

    def process_result_value(self, value: str | None, dialect: Any) -> frozenset[str] | None:
        # PostgreSQL puts each stem between quotes.
        return None if value is None else frozenset(stem.strip("'") for stem in value.split())


class Team(Base):
    """Coaches who share a queue, and which conversations come to it; an empty list is "any"."""

    __tablename__ = "teams"

    id: Mapped[int] = Column(Integer, primary_key=True)
    name: Mapped[str] = Column(String(NAME_LENGTH), nullable=False, unique=True)
    # Codes of municipalities and regions, of broad fields, of languages, and referral codes.
    places: Mapped[Any] = Column(JSON, nullable=False)
    fields: Mapped[Any] = Column(JSON, nullable=False)
    languages: Mapped[Any] = Column(JSON, nullable=False)
    referrals: Mapped[Any] = Column(JSON, nullable=False)
    # {"mon": ["09:00", "15:00"], ...} in Finland's time; a day left out is closed.
    hours: Mapped[Any] = Column(JSON, nullable=False)


class Coach(Base):
    """An account of the desk; `display_name` is what a person sees of a coach."""

    __tablename__ = "coaches"

    id: Mapped[int] = Column(Integer, primary_key=True)
    name: Mapped[str] = Column(String(NAME_LENGTH), nullable=False, unique=True)
    display_name: Mapped[str] = Column(String(NAME_LENGTH), nullable=False)
    password_hash: Mapped[str] = Column(String(200), nullable=False)
    # Until when a password that somebody else made may be changed to one's own; else null.
    one_time_until = Column(Moment)
    # coach, lead, admin or reviewer: coaching/accounts.py says what each may do.
    role: Mapped[str] = Column(String(16), nullable=False)
    # The desk's own language for this coach, and the languages the coach guides in.
    language: Mapped[str] = Column(String(2), nullable=False)
    languages: Mapped[Any] = Column(JSON, nullable=False)
    team_id = Column(Integer, ForeignKey("teams.id", ondelete="SET NULL"), index=True)
    is_disabled: Mapped[bool] = Column(Boolean, nullable=False)
    # True while the coach takes conversations; presence also needs a fresh `seen_at`.
    is_available: Mapped[bool] = Column(Boolean, nullable=False)
    seen_at = Column(Moment)
    created_at: Mapped[datetime] = Column(Moment, nullable=False)


class CoachSession(Base):
    """A coach's session in one browser; only the hash of its cookie is kept."""

    __tablename__ = "coach_sessions"

    token_hash: Mapped[str] = Column(String(64), primary_key=True)
    coach_id: Mapped[int] = Column(
        Integer, ForeignKey("coaches.id", ondelete="CASCADE"), nullable=False, index=True
    )
    # What every form must send along, against requests forged by other sites.
    form_token: Mapped[str] = Column(String(64), nullable=False)
    created_at: Mapped[datetime] = Column(Moment, nullable=False)
    used_at: Mapped[datetime] = Column(Moment, nullable=False, index=True)


class LoginFailures(Base):
    """How often logging in has failed of late, by a keyed hash of the account or the address."""

    __tablename__ = "login_failures"

    key: Mapped[str] = Column(String(64), primary_key=True)
    failures: Mapped[int] = Column(Integer, nullable=False)
    since: Mapped[datetime] = Column(Moment, nullable=False, index=True)


class AuditEntry(Base):
    """Who did what and when, never the words; the database refuses to change or delete one."""

    __tablename__ = "audit"

    id: Mapped[int] = Column(Integer, primary_key=True)
    at: Mapped[datetime] = Column(Moment, nullable=False, index=True)
    # The account's name, or `operator` for the command line: kept when the account is gone.
    who: Mapped[str] = Column(String(NAME_LENGTH), nullable=False, index=True)
    action: Mapped[str] = Column(String(32), nullable=False)
    # A keyed hash of the conversation's id, or an account's or team's name.
    subject = Column(String(64), index=True)


class Note(Base):
    """A coach's private note on a conversation."""

    __tablename__ = "notes"

    id: Mapped[int] = Column(Integer, primary_key=True)
    conversation_id: Mapped[str] = Column(
        String(ID_LENGTH),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    )
    who: Mapped[str] = Column(String(NAME_LENGTH), nullable=False)
    text: Mapped[str] = Column(Text, nullable=False)
    written_at: Mapped[datetime] = Column(Moment, nullable=False)


class ConversationLabel(Base):
    """A label on a conversation."""

    __tablename__ = "conversation_labels"

    conversation_id: Mapped[str] = Column(
        String(ID_LENGTH), ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    label: Mapped[str] = Column(String(LABEL_LENGTH), primary_key=True, index=True)


class CannedReply(Base):
    """A text that coaches send often, in one language; `coach_id` null is everybody's."""

    __tablename__ = "canned_replies"

    id: Mapped[int] = Column(Integer, primary_key=True)
    coach_id = Column(Integer, ForeignKey("coaches.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = Column(String(2), nullable=False)
    title: Mapped[str] = Column(String(NAME_LENGTH), nullable=False)
    text: Mapped[str] = Column(Text, nullable=False)


class Review(Base):
    """What a coach says that a message meant."""

    __tablename__ = "reviews"
    __table_args__ = (
        ForeignKeyConstraint(
            ["conversation_id", "number"],
            ["messages.conversation_id", "messages.number"],
            ondelete="CASCADE",
        ),
    )

    conversation_id: Mapped[str] = Column(String(ID_LENGTH), primary_key=True)
    number: Mapped[int] = Column(Integer, primary_key=True, autoincrement=False)
    # confirmed, corrected, out_of_scope or passed.
    verdict: Mapped[str] = Column(String(16), nullable=False, index=True)
    intent = Column(String(64))
    slots: Mapped[Any] = Column(JSON(none_as_null=True))
    # The coach's own wording, the only one that may leave the database.
    paraphrase = Column(Text)
    language: Mapped[str] = Column(String(2), nullable=False)
    who: Mapped[str] = Column(String(NAME_LENGTH), nullable=False)
    decided_at: Mapped[datetime] = Column(Moment, nullable=False)
    exported_at = Column(Moment)


class ConversationFigures(Base):
    """What lists, filters and measures ask of a conversation, renewed with each of its turns."""

    __tablename__ = "conversation_figures"

    # In the order in which conversations began, so that lists page by it.
    id: Mapped[int] = Column(Integer, primary_key=True)
    conversation_id: Mapped[str] = Column(
        String(ID_LENGTH),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    )
    # Copies, so that a filter looks at this table alone; null until `figures.renew` fills them in.
    channel = Column(String(16))
    language = Column(String(2))
    started_at = Column(Moment)
    # What a person wrote or pressed.
    messages: Mapped[int] = Column(Integer, nullable=False)
    failed: Mapped[int] = Column(Integer, nullable=False)
    # Of its messages, in per cent; null while nothing was understood.
    least_confidence = Column(Integer)
    last_at: Mapped[datetime] = Column(Moment, nullable=False, index=True)
    place = Column(String(20), index=True)
    field = Column(String(4), index=True)
    rating = Column(Integer)
    saw_options: Mapped[bool] = Column(Boolean, nullable=False)
    has_plan: Mapped[bool] = Column(Boolean, nullable=False)
    was_handed_over: Mapped[bool] = Column(Boolean, nullable=False)
    # The number of the last line that is counted in.
    read_upto: Mapped[int] = Column(Integer, nullable=False, server_default="0")


class ConversationWords(Base):
    """The stems of what was said in a conversation, each once: what the search looks at.

    On SQLite triggers keep the full-text index `transcript_index` of this table.
    """

    __tablename__ = "conversation_words"

    id: Mapped[int] = Column(
        Integer,
        ForeignKey("conversation_figures.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    conversation_id: Mapped[str] = Column(
        String(ID_LENGTH),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    )
    terms: Mapped[Any] = Column(Terms, nullable=False)
