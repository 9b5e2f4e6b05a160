"""How a chat went: the question at its end, and the answer to it, without the bot.

A rating is a button's payload like any other, so it is stored with the messages.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy.orm import Session

from coaching import messages
from coaching.conversations import latest_custom
from coaching.models import Conversation
from coaching.transcript import SYSTEM, Answer, Draft, Line, Received
from opastin.settings import Settings
from web.wording import say

KIND = "feedback"
SCALE = 5
# After these the person is about to leave.
_LAST_WORDS = frozenset({"goodbye"})
_RATING = re.compile(rf'/{KIND}\{{"rating": ([1-{SCALE}])\}}')


def question(language: str) -> Draft:
    """Return the question, with a button for each rating, the best first."""
    buttons = tuple(
        {
            "title": say(f"feedback.scale.{rating}", language),
            "payload": f'/{KIND}{{"rating": {rating}}}',
        }
        for rating in range(SCALE, 0, -1)
    )
    custom = {"kind": KIND, "scale": SCALE}
    return Draft(say("feedback.ask", language), buttons=buttons, custom=custom, speaker=SYSTEM)


def rating_of(payload: str | None) -> int | None:
    """Return the rating that a payload gives, None where it gives none.

    >>> rating_of('/feedback{"rating": 4}')
    4
    """
    found = _RATING.fullmatch(payload or "")
    return None if found is None else int(found.group(1))


def thank(received: Received) -> Answer:
    """Return the thanks for a rating; what the bot had asked stays asked."""
    thanks = Draft(say("feedback.thanks", received.language), speaker=SYSTEM)
    return Answer((thanks,), received.language, received.plain_language, asked=received.asked)


def ask_at_the_end(session: Session, conversation: Conversation, answer: Answer) -> Answer:
    """Return `answer` with the question after it, where it says goodbye for the first time."""
    intent = None if answer.understood is None else answer.understood.intent
    if intent not in _LAST_WORDS or latest_custom(session, conversation.id, KIND) is not None:
        return answer
    return replace(answer, drafts=(*answer.drafts, question(answer.language)))


def ask_now(session: Session, conversation: Conversation, settings: Settings) -> tuple[Line, bool]:
    """Return the stored question and whether it is new; one that stands last is not asked again."""
    asked = latest_custom(session, conversation.id, KIND)
    if asked is not None and asked.id == conversation.last_number:
        return asked, False
    lines = messages.store_replies(
        session, conversation, [question(conversation.language)], now=settings.now()
    )
    return lines[0], True
