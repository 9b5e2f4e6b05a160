"""From the bot to a coach and back, on a person's screen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from coaching.desk_models import Coach
from coaching.models import Conversation
from coaching.transcript import Answer, Draft
from tests.browser.chat import Chat, find_violations
from tests.coaching.desk import add_coach
from web.keys import HANDOFFS, STORAGE

PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
OFFERED = {"kind": "handoff", "state": "offered"}


async def test_a_person_comes_to_a_coach_and_back(open_chat: Any, gateway: Any) -> None:
    maija = await _come_to_work(gateway)
    chat = await open_chat()
    await _ask_for_person(chat, gateway)
    await expect(chat.messages.last).to_contain_text("Jos annat luvan")
    await expect(chat.page.locator(".preview")).to_contain_text("Et ole kertonut vielä mitään")

    await chat.choose("Kyllä, pyydä valmentaja")
    await expect(chat.messages.last).to_contain_text("Pyysin valmentajaa paikalle")
    await expect(chat.page.locator(".across")).to_contain_text("Jonossa ennen sinua: 0")

    key, handoffs = await gateway.followed(), gateway.app[HANDOFFS]
    assert await handoffs.claim(key, maija)
    await expect(chat.page.locator(".across").last).to_contain_text("Maija, valmentaja, on mukana")
    assert await handoffs.say(key, maija, "Hei, täällä Maija.") is not None
    await expect(chat.page.locator(".coach .name")).to_have_text("Valmentaja Maija")
    heard = len(gateway.bot.heard)
    await chat.say("hei Maija")
    await expect(chat.messages.last).to_contain_text("hei Maija")
    await chat.page.reload()
    await expect(chat.page.locator(".coach .name")).to_have_text("Valmentaja Maija")
    assert len(gateway.bot.heard) == heard

    assert await handoffs.give_back(key, maija)
    await expect(chat.page.locator(".across").last).to_contain_text("Maija on poistunut")
    await handoffs.finish()
    assert gateway.bot.heard[-1].startswith('/inform{"choice": "back"')


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light")],
    ids=["phone", "dark phone", "desktop"],
)
async def test_every_step_passes_axe_and_fits(
    open_chat: Any, gateway: Any, viewport: dict[str, int], scheme: str
) -> None:
    maija = await _come_to_work(gateway)
    chat = await open_chat(viewport=viewport, color_scheme=scheme)
    await _ask_for_person(chat, gateway)
    await expect(chat.page.locator(".preview")).to_be_visible()
    found = {"consent": await find_violations(chat.page)}
    await chat.choose("Kyllä, pyydä valmentaja")
    await expect(chat.page.locator(".across")).to_be_visible()
    found["waiting"] = await find_violations(chat.page)
    await gateway.app[HANDOFFS].claim(await gateway.followed(), maija)
    await expect(chat.page.locator(".across").last).to_contain_text("Maija")
    found["with coach"] = await find_violations(chat.page)
    assert {step: problems for step, problems in found.items() if problems} == {}
    assert await chat.transcript.evaluate("node => node.scrollWidth <= node.clientWidth")


async def test_the_page_says_who_sends_the_person(open_chat: Any, gateway: Any) -> None:
    gateway.script_attributes = 'data-language="fi" data-referral="KIRJASTO-1"'
    await open_chat()
    assert await gateway.app[STORAGE].read(_referral) == "KIRJASTO-1"


async def _come_to_work(gateway: Any) -> Coach:
    now = gateway.settings.now()

    def work(session: Session) -> Coach:
        coach = add_coach(session, now=now, seen_at=now)
        session.expunge(coach)
        return coach

    coach: Coach = await gateway.app[STORAGE].write(work)
    return coach


async def _ask_for_person(chat: Chat, gateway: Any) -> None:
    """Have the bot offer a person, once."""
    usual = gateway.bot.send

    async def offer(*_: Any, metadata: Any, **__: Any) -> Answer:
        gateway.bot.send = usual
        draft = Draft("Valmentaja voi soittaa sinulle.", custom=OFFERED)
        return Answer([draft], metadata["language"], False, asked="handoff")

    gateway.bot.send = offer
    await chat.say("haluan puhua ihmisen kanssa")


def _referral(session: Session) -> str | None:
    return session.scalar(select(Conversation.referral))
