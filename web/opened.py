"""What several addresses do alike: open the conversation that a request names with its token."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from aiohttp import web
from sqlalchemy.orm import Session

from coaching.conversations import hash_of
from coaching.models import Conversation
from web.keys import LIMITS, SETTINGS, STORAGE, TURNS
from web.requests import read_token, speak

Result = TypeVar("Result")
Work = Callable[[Session, Conversation, datetime], Result]


async def in_conversation(
    request: web.Request, work: Work[Result], *, is_limited: bool = True
) -> Result:
    """Return what `work` gives on the conversation in the address, in one transaction.

    What goes wrong afterwards is said in the conversation's language. Where it is limited, it
    counts as a message.
    """
    token = read_token(request)
    app = request.app
    if is_limited:
        await app[LIMITS].take_message(hash_of(token))
    now = app[SETTINGS].now()

    def transaction(session: Session) -> tuple[str, Result]:
        conversation = app[TURNS].doorkeeper.open(
            session, token, now=now, conversation_id=request.match_info["conversation"]
        )
        return conversation.language, work(session, conversation, now)

    language, result = await app[STORAGE].write(transaction)
    speak(request, language)
    return result
