"""Start conversations, open them with their token, and read them back in order.

Every function works within the caller's transaction; the caller commits.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql import Select

from coaching.errors import ConversationGone, UnknownConversation, WrongToken
from coaching.models import ID_LENGTH, Conversation, Erased, Message, Reply
from coaching.pseudonyms import Pseudonyms
from coaching.transcript import Line, line_of_message, line_of_reply

WITH_BOT = "with_bot"
PAGE = 200
_ID = re.compile(rf"[0-9a-f]{{{ID_LENGTH}}}")
# Statements of every turn are built once: building one takes as long as asking it.
_LOCKED = select(Conversation).where(Conversation.id == bindparam("id")).with_for_update()
# The time of use is written this often at most, so that reading seldom writes.
_USE_IS_NOTED_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Started:
    """A new conversation's id and the token that opens it; only the token's hash is kept."""

    id: str
    token: str


@dataclass(frozen=True)
class Doorkeeper:
    """What decides whether a token opens a conversation."""

    pseudonyms: Pseudonyms
    token_days: int

    def open(
        self, session: Session, token: str, *, now: datetime, conversation_id: str | None = None
    ) -> Conversation:
        """Return the conversation that `token` opens, locked, and note its use.

        Raise UnknownConversation, WrongToken or ConversationGone. `conversation_id` is the one
        that the sender names beside the token, where a request has both.
        """
        wanted = token.partition(".")[0] if conversation_id is None else conversation_id
        # Anything may be sent as an id; not everything can be asked of a database.
        is_id = _ID.fullmatch(wanted) is not None
        conversation = _lock(session, wanted) if is_id else None
        if conversation is None:
            if session.get(Erased, self.pseudonyms.of_erased(wanted)):
                raise ConversationGone
            raise WrongToken if conversation_id is None else UnknownConversation
        if not hmac.compare_digest(conversation.token_hash, hash_of(token)):
            raise WrongToken
        if conversation.ended_at is not None:
            raise ConversationGone
        if conversation.used_at < now - timedelta(days=self.token_days):
            raise ConversationGone
        if conversation.used_at < now - _USE_IS_NOTED_AFTER:
            conversation.used_at = now
        return conversation


def hash_of(token: str) -> str:
    """Return the hash by which a token is known."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def new_token(owner: str) -> str:
    """Return a token that names what it opens and cannot be guessed."""
    return f"{owner}.{secrets.token_urlsafe(32)}"


def start(
    session: Session,
    *,
    channel: str,
    language: str,
    plain_language: bool,
    now: datetime,
    kiosk: str | None = None,
) -> Started:
    """Store a new conversation and return its id and token; `kiosk` is the device visited."""
    conversation_id = secrets.token_hex(16)
    token = new_token(conversation_id)
    session.add(
        Conversation(
            id=conversation_id,
            token_hash=hash_of(token),
            channel=channel,
            language=language,
            plain_language=plain_language,
            state=WITH_BOT,
            last_number=0,
            created_at=now,
            used_at=now,
            kiosk=kiosk,
        )
    )
    session.flush()
    return Started(conversation_id, token)


def get(session: Session, conversation_id: str) -> Conversation:
    """Return a conversation, locked, or raise ConversationGone: it was there a moment ago."""
    conversation = _lock(session, conversation_id)
    if conversation is None:
        raise ConversationGone
    return conversation


def language_of_token(session: Session, token: str) -> str | None:
    """Return the language of the conversation that `token` opens, None where it opens none."""
    conversation_id = token.partition(".")[0]
    if not _ID.fullmatch(conversation_id):
        return None
    conversation = session.get(Conversation, conversation_id)
    if conversation is None or not hmac.compare_digest(conversation.token_hash, hash_of(token)):
        return None
    return str(conversation.language)


def set_language(
    conversation: Conversation, *, language: str | None, plain_language: bool | None
) -> None:
    """Change the language or easy language of what is said from now on; None keeps it."""
    if language is not None:
        conversation.language = language
    if plain_language is not None:
        conversation.plain_language = plain_language


def read_after(
    session: Session, conversation_id: str, after: int, *, limit: int = PAGE
) -> tuple[Line, ...]:
    """Return at most `limit` lines numbered above `after`, in order, whoever said them."""
    lines = [
        *map(line_of_message, session.scalars(_above(Message, conversation_id, after, limit))),
        *map(line_of_reply, session.scalars(_above(Reply, conversation_id, after, limit))),
    ]
    return tuple(sorted(lines, key=lambda line: line.id)[:limit])


def latest_custom(session: Session, conversation_id: str, kind: str) -> Line | None:
    """Return the last reply whose custom part is of `kind`, None when there is none."""
    # The databases ask JSON in different ways; few replies of a conversation have a custom part.
    replies = session.scalars(
        select(Reply)
        .where(Reply.conversation_id == conversation_id, Reply.custom.is_not(None))
        .order_by(Reply.number.desc())
    )
    found = next((reply for reply in replies if reply.custom.get("kind") == kind), None)
    return None if found is None else line_of_reply(found)


def last_words(session: Session, conversation_id: str, *, count: int) -> str:
    """Return a person's last typed messages, masked, oldest first, a line each."""
    texts = session.scalars(
        select(Message.text)
        .where(Message.conversation_id == conversation_id, Message.payload.is_(None))
        .order_by(Message.number.desc())
        .limit(count)
    ).all()
    return "\n".join(reversed(texts))


def count_conversations(session: Session) -> int:
    """Return how many conversations are stored."""
    return int(session.scalar(select(func.count()).select_from(Conversation)) or 0)


def _lock(session: Session, conversation_id: str) -> Conversation | None:
    return session.scalars(_LOCKED, {"id": conversation_id}).one_or_none()


def _above(
    table: type[Message] | type[Reply], conversation_id: str, after: int, limit: int
) -> Select:
    return (
        select(table)
        .where(table.conversation_id == conversation_id, table.number > after)
        .order_by(table.number)
        .limit(limit)
    )
