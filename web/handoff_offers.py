"""Fill in what the bot leaves to the gateway when it offers a person: only what can be kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from coaching.conversations import set_language
from coaching.handoff import ASKED, CALLBACK, CRISIS, FAILURES
from coaching.models import Conversation
from coaching.transcript import Answer, Draft
from opastin.texts import Texts
from web.callback import REQUEST_PAYLOAD
from web.handoff_lines import OFFERED, Lines
from web.handoff_state import KIND, Prospects, hours_of, look_around
from web.handoff_turns import ASKED_CONSENT


def fill(
    session: Session, conversation: Conversation, answer: Answer, texts: Texts, now: datetime
) -> Answer:
    """Return the answer with its offers of a person filled in.

    With a coach on duty the person is asked for consent; where it was the bot that did not
    understand, a button leads there. With nobody there the bot's offer of a call stands, and says
    when somebody is.
    """
    states = {_state(draft) for draft in answer.drafts}
    if states.isdisjoint((OFFERED, CALLBACK)):
        return answer
    set_language(conversation, language=answer.language, plain_language=answer.plain_language)
    prospects = look_around(session, conversation, now)
    lines = Lines(session, conversation, texts, now)
    asks = OFFERED in states and prospects.is_on_duty and _why(answer) != FAILURES
    drafts = tuple(_fill(draft, answer, lines, prospects) for draft in answer.drafts)
    return replace(answer, drafts=drafts, asked=ASKED_CONSENT if asks else answer.asked)


def _fill(draft: Draft, answer: Answer, lines: Lines, prospects: Prospects) -> Draft:
    state = _state(draft)
    hours = hours_of(lines.session, lines.conversation)
    custom = {**(draft.custom or {}), "hours": hours}
    if state == CALLBACK:
        text = " ".join(filter(None, (draft.text, lines.opens(prospects))))
        return replace(draft, text=text, custom=custom)
    if state != OFFERED:
        return draft
    if not prospects.is_on_duty:
        # Where nobody has told any hours, there is nothing to add to the bot's own offer.
        absence = lines.absence(prospects) if prospects.opens_at is not None else ""
        text = " ".join(filter(None, (absence, draft.text)))
        return replace(draft, text=text, custom=custom)
    if _why(answer) != FAILURES:
        return lines.consent(_why(answer))
    others = [button for button in draft.buttons if button["payload"] != REQUEST_PAYLOAD]
    return replace(draft, buttons=(lines.talk(), *others), custom=custom)


def _why(answer: Answer) -> str:
    told = [(draft.custom or {}).get("why") for draft in answer.drafts if _state(draft) == OFFERED]
    return str(told[0]) if told and told[0] in (CRISIS, FAILURES) else ASKED


def _state(draft: Draft) -> str | None:
    custom = draft.custom or {}
    return custom.get("state") if custom.get("kind") == KIND else None
