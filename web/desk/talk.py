"""What the page of one conversation shows, read in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching import accounts, desk_work, queue
from coaching.accounts import may
from coaching.desk_models import CannedReply, Coach, Note
from coaching.errors import UnknownConversation
from coaching.handoff import WITH_COACH
from coaching.models import Conversation, HandoffChange
from coaching.packet import Packet, packet
from coaching.queue import Held
from coaching.sight import may_see
from coaching.transcript_parts import Part, Told, read_part

LINES = 60


@dataclass(frozen=True)
class Talk:
    """A conversation as its coach sees it: of what was said before, only what is allowed."""

    conversation: Conversation
    lines: Sequence[Told]
    # The number to read on from, where there are earlier lines to see.
    earlier: int | None
    packet: Packet
    notes: Sequence[Note]
    labels: Sequence[str]
    known_labels: Sequence[str]
    canned: Sequence[CannedReply]
    others: Sequence[Coach]
    mine: Sequence[Held]
    holder: str | None

    def is_held_by(self, coach: Coach) -> bool:
        """Say whether the coach has the conversation."""
        return self.conversation.state == WITH_COACH and self.conversation.coach_id == coach.id


def read_talk(
    session: Session, coach: Coach, conversation_id: str, *, before: int | None, now: datetime
) -> Talk:
    """Read a conversation for a coach; UnknownConversation when there is none to see."""
    conversation = session.get(Conversation, conversation_id)
    if conversation is None or not may_see(session, coach, conversation_id):
        raise UnknownConversation
    part = read_part(
        session, conversation_id, before=before or conversation.last_number + 1, limit=LINES
    )
    lines = _allowed(session, conversation, part)
    has_earlier = part.has_earlier and len(lines) == len(part.lines)
    holder = None if conversation.coach_id is None else accounts.get(session, conversation.coach_id)
    return Talk(
        conversation=conversation,
        lines=lines,
        earlier=lines[0].line.id if lines and has_earlier else None,
        packet=packet(session, conversation),
        notes=desk_work.notes(session, conversation_id),
        labels=desk_work.labels(session, conversation_id),
        known_labels=desk_work.known_labels(session),
        canned=desk_work.canned_replies(session, coach, conversation.language),
        others=[
            one
            for one in accounts.every(session)
            if not one.is_disabled and one.id != coach.id and may(one.role, "guide")
        ],
        mine=queue.mine(session, coach),
        holder=None if holder is None else holder.display_name,
    )


def _allowed(session: Session, conversation: Conversation, part: Part) -> Sequence[Told]:
    """Return the lines that the person has allowed to be seen, or said since a coach is there."""
    if conversation.consented_at is not None:
        return part.lines
    changes = session.scalars(
        select(HandoffChange)
        .where(HandoffChange.conversation_id == conversation.id)
        .order_by(HandoffChange.id.desc())
    ).all()
    # What is told to the bot once the coach has gone is not for the coach either.
    left: datetime | None = None
    for change in changes:
        if change.state == WITH_COACH:
            joined = change.changed_at
            return [
                told for told in part.lines if joined <= told.at and (not left or told.at <= left)
            ]
        left = change.changed_at
    return ()
