"""Pages to take home: made of a conversation's latest parts when the bot or the person asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from coaching import conversations, take_home
from coaching.conversations import latest_custom
from coaching.models import Conversation
from coaching.transcript import SYSTEM, Answer, Draft
from web.qr import qr_svg
from web.take_home_content import content_of
from web.wording import say

KIND = "take_home"


def fill(
    session: Session,
    conversation: Conversation,
    answer: Answer,
    address: str,
    expires: datetime,
) -> Answer:
    """Return the answer with its request for a page done: the page's address stands in it."""
    if not any(map(_is_wish, answer.drafts)):
        return answer
    conversations.set_language(
        conversation, language=answer.language, plain_language=answer.plain_language
    )
    part = make_page(session, conversation, address, expires)
    drafts = tuple(_fill(draft, part, answer) for draft in answer.drafts)
    return replace(answer, drafts=drafts)


def make_page(
    session: Session, conversation: Conversation, address: str, expires: datetime
) -> dict[str, Any] | None:
    """Store a conversation's page and return the custom part that tells of it.

    None when there is nothing to take home yet. `address` is where people reach the service.
    """

    def latest(kind: str) -> Any:
        line = latest_custom(session, conversation.id, kind)
        return None if line is None else line.custom

    content = content_of(saved=latest("saved"), plan=latest("plan"), shown=latest("options"))
    if content is None:
        return None
    page = take_home.keep(session, conversation, content, expires_at=expires)
    url = f"{address}/k/{page.key}"
    moment = page.expires_at.isoformat(timespec="seconds")
    return {"kind": KIND, "url": url, "qr_svg": qr_svg(url), "expires": moment}


def _is_wish(draft: Draft) -> bool:
    return (draft.custom or {}).get("kind") == KIND


def _fill(draft: Draft, part: dict[str, Any] | None, answer: Answer) -> Draft:
    if not _is_wish(draft):
        return draft
    if part is None:
        words = say("take_home_nothing", answer.language, plain=answer.plain_language)
        return Draft(words, draft.buttons, speaker=SYSTEM)
    return replace(draft, custom=part)
