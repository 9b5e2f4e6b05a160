"""The coaches' desk, with people who are plainly invented."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from playwright.async_api import Page, expect
from sqlalchemy.orm import Session

from coaching import accounts, handoff
from coaching.db import upgrade
from coaching.models import Conversation
from pictures.gateway import NOW
from pictures.stage import Stage
from tests.browser.desk import sign_in
from tests.coaching.desk import fill_slots
from tests.coaching.transcripts import begin, turn
from tests.web.desk.measured import add_many
from web.keys import HANDOFFS, STORAGE

COACH = "maija"
HELLO = "Hei, olen Maija. Luin, mitä olit kertonut. Mikä sinua nyt mietityttää?"
QUESTION = "Ehdinkö opiskella, kun teen vuorotyötä?"
FACTS = {
    "education": "vocational",
    "interest": "sosionomiksi työn ohessa",
    "field": "0923",
    "goal": "advance",
    "place": "232",
    "schedule": ["evening", "weekend"],
    "situation": "employed",
    "competence": [{"words": "lähihoitaja", "kind": "qualification", "field": "0913"}],
}
# Who else waits: minutes, language, channel and urgency.
WAITING = ((14, "fi", "kiosk", 0), (6, "sv", "web", 0), (2, "en", "web", 2))
# What was said to the bot: minutes ago, language, words, and what it was taken for.
SAID = (
    (50, "fi", "Paljonko opinnot maksavat?", "faq_cost", 0.94),
    (95, "sv", "Jag vill bli närvårdare", "inform", 0.91),
    (130, "fi", "Miten se kurssijuttu menee?", "nlu_fallback", 0.31),
    (190, "fi", "Miten se kurssi oikein menee?", "nlu_fallback", 0.28),
    (240, "en", "Can I study in the evenings?", "inform", 0.88),
    (300, "sv", "Hur är det med hunden?", "nlu_fallback", 0.22),
    (420, "fi", "Saanko työttömyysrahaa, jos opiskelen?", "faq_unemployment_benefit", 0.57),
)


async def work(stage: Stage) -> None:
    """A coach's morning: the queue, a talk, transcripts, the review inbox and the measures."""
    gateway = stage.gateway
    usual = gateway.settings.conversations_url
    url = f"sqlite:///{gateway.settings.home}/desk-{stage.look.name}.sqlite"
    upgrade(url)
    # A database of its own: the conversations of other pictures are no part of these.
    await gateway.set(conversations_url=url)
    try:
        await _work(stage)
    finally:
        await gateway.set(conversations_url=usual)


async def _work(stage: Stage) -> None:
    cookie = await sign_in(stage.gateway, COACH, role="lead")
    conversation_id = await _talk(stage)
    await stage.gateway.app[STORAGE].write(_fill)
    page = await stage.open("coach", cookies=[cookie])
    await expect(page.locator("#waiting li")).to_have_count(len(WAITING))
    await stage.take(page, "queue")
    await _go(stage, page, f"c/{conversation_id}")
    await page.locator("#lines").evaluate("node => (node.scrollTop = node.scrollHeight)")
    await stage.take(page, "talk", whole=stage.look.is_touched)
    for state in ("transcripts", "reviews"):
        await _go(stage, page, state)
        await stage.take(page, state)
    await stage.gateway.app[STORAGE].write(lambda session: add_many(session, NOW))
    await _go(stage, page, "measures")
    await stage.take(page, "measures")


async def _talk(stage: Stage) -> str:
    """Have a person talk with the bot, then with a coach; return the conversation's id."""
    chat = await stage.open_chat()
    await stage.ask(chat, "story", replies=2)
    await stage.ask(chat, "options")
    await stage.ask(chat, "save")
    await stage.ask(chat, "plan")
    gateway = stage.gateway
    conversation_id, handoffs = await gateway.newest() or "", gateway.app[HANDOFFS]

    def ask(session: Session) -> Any:
        conversation = session.get(Conversation, conversation_id)
        fill_slots(session, conversation, language="fi", **FACTS)
        _wait(session, conversation, NOW)
        return accounts.find(session, COACH)

    coach = await gateway.app[STORAGE].write(ask)
    await handoffs.claim(conversation_id, coach)
    await handoffs.say(conversation_id, coach, HELLO)
    await expect(chat.page.locator(".coach")).to_be_visible()
    await chat.say(QUESTION)
    await expect(chat.messages.last).to_contain_text(QUESTION)
    return conversation_id


def _fill(session: Session) -> None:
    """Store others who wait, and what was said to the bot before."""
    for minutes, language, words, intent, confidence in reversed(SAID):
        at = NOW - timedelta(minutes=minutes)
        conversation = begin(session, at=at, language=language)
        turn(session, conversation, words, at=at, intent=intent, confidence=confidence)
        conversation.consented_at = at
    for minutes, language, channel, urgency in WAITING:
        at = NOW - timedelta(minutes=minutes)
        conversation = begin(session, at=at, language=language, channel=channel)
        _wait(session, conversation, at, urgency=urgency)


def _wait(session: Session, conversation: Any, at: datetime, *, urgency: int = 0) -> None:
    handoff.ask_for_coach(session, conversation, why="asked", urgency=urgency, now=at)
    conversation.consented_at = at


async def _go(stage: Stage, page: Page, path: str) -> None:
    await page.goto(f"{stage.gateway.url}coach/{path}")
