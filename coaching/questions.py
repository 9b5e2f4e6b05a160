"""What people ask of the bot, and in how many conversations.

Every function works within the caller's transaction.
"""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from coaching.measure_scope import Scope, within
from coaching.models import Conversation, Message

# What is asked of the bot; other intents answer its questions or steer the talk.
QUESTIONS = frozenset(
    {
        "ask_details",
        "ask_human",
        "ask_privacy",
        "compare_options",
        "delete_my_data",
        "explain_choice",
        "make_plan",
        "map_competence",
        "request_callback",
        "use_plain_language",
    }
)
QUESTION_PREFIX = "faq_"
COMPLAINT = "complain"


def count_questions(session: Session, scope: Scope) -> dict[str, int]:
    """Return in how many conversations of a scope each question or complaint was understood."""
    counted = func.count(Message.conversation_id.distinct())
    query = within(select(Message.intent, counted), scope).where(
        Message.conversation_id == Conversation.id,
        or_(
            Message.intent.in_((*QUESTIONS, COMPLAINT)),
            # "_" stands for any character in LIKE; no other intent begins with "faq".
            Message.intent.like(f"{QUESTION_PREFIX}%"),
        ),
    )
    return {str(intent): int(n) for intent, n in session.execute(query.group_by(Message.intent))}
