"""The widget's states, one conversation after the other."""

from __future__ import annotations

from playwright.async_api import expect

from pictures.lines import line
from pictures.paper import shoot_paper
from pictures.stage import Stage
from tests.browser.chat import Chat
from tests.browser.replies import bot
from web.wording import load_strings

CONSENT = (
    "Pyydän paikalle valmentajan. Hän näkee, mitä olet kertonut, jos annat luvan.",
    [("Annan luvan", "/affirm"), ("En anna lupaa", "/deny")],
)
COACH = "Hei, olen Maija Seinäjoen työllisyysalueelta. Luin, mitä olit kertonut. Miten voin auttaa?"
MUCH = "Olen miettinyt tätä pitkään. " * 80


async def meet(stage: Stage) -> None:
    """From the button in the corner to the first option cards."""
    chat = await stage.open_chat(launched=False)
    await stage.take(chat.page, "closed")
    await chat.launch()
    await _speak_easily(stage, chat)
    await stage.take(chat.page, "greeting")
    guide = stage.gateway.bot
    guide.may_answer.clear()
    await chat.say(line("story", stage.language))
    await expect(chat.typing).to_be_visible()
    await stage.take(chat.page, "typing")
    guide.may_answer.set()
    await expect(chat.messages).to_have_count(4)
    await expect(chat.typing).to_be_hidden()
    await stage.take(chat.page, "question")
    await stage.ask(chat, "options")
    await stage.take(chat.page, "options")
    if stage.wants("details"):
        await stage.ask(chat, "details")
        await stage.take(chat.page, "details")
    if stage.wants("rule"):
        await stage.ask(chat, "grant")
        await stage.take(chat.page, "rule")


async def weigh(stage: Stage) -> None:
    """From cards to a plan and the way home."""
    chat = await stage.open_chat()
    await _speak_easily(stage, chat)
    await stage.ask(chat, "story", replies=2)
    await stage.ask(chat, "options")
    if stage.wants("comparison", "large"):
        await stage.ask(chat, "compare")
        await stage.take(chat.page, "comparison")
        if await chat.page.locator(".round.expand").is_visible():
            await chat.page.locator(".round.expand").click()
        await _scroll_to_latest(chat)
        await stage.take(chat.page, "large")
        if await chat.page.locator(".round.shrink").is_visible():
            await chat.page.locator(".round.shrink").click()
    await stage.ask(chat, "save")
    await stage.ask(chat, "save_more")
    await stage.take(chat.page, "saved")
    await stage.ask(chat, "plan")
    await stage.take(chat.page, "plan")
    if stage.wants("plan-paper"):
        await shoot_paper(stage, chat.page, "plan-paper", _print_plan(stage))
    if stage.wants("take-home"):
        await stage.ask(chat, "take_home")
        await stage.take(chat.page, "take-home")


async def meet_people(stage: Stage) -> None:
    """A call-back, then a coach who comes and goes."""
    gateway = stage.gateway
    chat = await stage.open_chat()
    await stage.ask(chat, "story", replies=2)
    await stage.ask(chat, "human")
    await stage.take(chat.page, "handoff-offered")
    await chat.choose("Jätä soittopyyntö")
    await expect(chat.messages).to_have_count(8)
    await stage.ask(chat, "contact", replies=2)
    await stage.take(chat.page, "callback")
    text, buttons = CONSENT
    await gateway.say(bot(text, buttons=buttons, custom={"kind": "handoff", "state": "consent"}))
    await expect(chat.messages).to_have_count(12)
    await stage.take(chat.page, "handoff-consent")
    waiting = {"kind": "handoff", "state": "waiting", "position": 2, "hours": "arkisin"}
    await gateway.say(bot("", custom=waiting, speaker="system"))
    await expect(chat.page.locator(".across")).to_have_count(2)
    await stage.take(chat.page, "handoff-waiting")
    joined = {"kind": "handoff", "state": "with_coach", "name": "Maija"}
    await gateway.say(bot("", custom=joined, speaker="system"))
    await gateway.say(bot(COACH, speaker="coach"))
    await expect(chat.page.locator(".coach")).to_be_visible()
    await stage.take(chat.page, "with-coach")
    if stage.wants("unread"):
        await chat.page.keyboard.press("Escape")
        await gateway.say(bot("Oletko vielä siinä?", speaker="coach"))
        await expect(chat.page.locator(".badge")).to_be_visible()
        await stage.take(chat.page, "unread")
        await chat.launcher.click()
    left = {"kind": "handoff", "state": "closed", "name": "Maija"}
    await gateway.say(bot("", custom=left, speaker="system"))
    await expect(chat.page.locator(".across")).to_have_count(4)
    await stage.take(chat.page, "handoff-closed")


async def use_menu(stage: Stage) -> None:
    """The menu and what its items do, to the end of the conversation."""
    more = load_strings(f"widget-more.{stage.language}")
    chat = await stage.open_chat()
    await _speak_easily(stage, chat)
    await stage.ask(chat, "story", replies=2)
    await chat.page.locator(".round.menu").click()
    await expect(chat.page.locator(".items")).to_be_visible()
    await stage.take(chat.page, "menu")
    if stage.wants("text-size", "read-aloud"):
        await chat.page.get_by_label(more["sizes"]["2"]).check()
        await chat.page.keyboard.press("Escape")
        await stage.take(chat.page, "text-size")
        await chat.page.locator(".round.menu").click()
        await chat.page.get_by_label(more["sizes"]["0"]).check()
        await chat.page.get_by_label(more["read"]).check()
        await chat.page.keyboard.press("Escape")
        await stage.take(chat.page, "read-aloud")
        await chat.page.locator(".round.menu").click()
        await chat.page.get_by_label(more["read"]).uncheck()
    await chat.page.keyboard.press("Escape")
    if stage.wants("rating", "rated"):
        await chat.act(more["feedback"])
        await expect(chat.messages).to_have_count(5)
        await stage.take(chat.page, "rating")
        await chat.choose("Erittäin hyvin")
        await expect(chat.messages).to_have_count(7)
        await stage.take(chat.page, "rated")
    await chat.act(more["delete"])
    await expect(chat.question).to_be_visible()
    await stage.take(chat.page, "delete")
    await chat.question.get_by_role("button", name=more["delete_confirm"]).click()
    await expect(chat.ending).to_be_visible()
    await stage.take(chat.page, "erased")


async def meet_trouble(stage: Stage) -> None:
    """What goes wrong, each said calmly."""
    gateway = stage.gateway
    chat = await stage.open_chat()
    await stage.ask(chat, "story", replies=2)
    if stage.wants("unanswered"):
        gateway.bot.fail_next = True
        await chat.say("Mitä se maksaa?")
        await expect(chat.page.locator(".again")).to_be_visible()
        await stage.take(chat.page, "unanswered")
    if stage.wants("too-long"):
        await chat.field.fill(MUCH)
        await chat.field.press("Enter")
        await expect(chat.page.locator(".problem")).not_to_be_empty()
        await stage.take(chat.page, "too-long")
        await chat.field.fill("")
    if stage.wants("offline"):
        gateway.closed = {"GET /api/chat", "GET /api/messages"}
        await gateway.drop_sockets()
        await expect(chat.banner).to_be_visible()
        await chat.say("Ja asun siis Kauhajoella.")
        await expect(chat.page.locator(".person .status").last).not_to_be_empty()
        await stage.take(chat.page, "offline")
        gateway.closed = set()


async def be_refused(stage: Stage) -> None:
    """Too much at once, a conversation that is over, and a service that is not there."""
    gateway = stage.gateway
    if stage.wants("too-fast"):
        await gateway.set(messages_per_minute=1)
        chat = await stage.open_chat()
        await stage.ask(chat, "story", replies=2)
        await chat.say("Ja vielä yksi asia.")
        await expect(chat.page.locator(".again")).to_be_visible()
        await stage.take(chat.page, "too-fast")
        await gateway.set(messages_per_minute=1000)
    if stage.wants("expired"):
        chat = await stage.open_chat()
        await gateway.followed()
        await gateway.lose()
        await chat.page.reload()
        await expect(chat.page.locator(".line")).to_be_visible()
        await stage.take(chat.page, "expired")
    if stage.wants("failed"):
        gateway.closed = {"POST /api/conversations"}
        chat = await stage.open_chat(launched=False)
        await chat.launcher.click()
        await expect(chat.ending).to_be_visible()
        await stage.take(chat.page, "failed")
        gateway.closed = set()


async def _speak_easily(stage: Stage, chat: Chat) -> None:
    """Ask for easy language in the menu, where the look has it."""
    if not stage.look.is_easy:
        return
    more = load_strings(f"widget-more.{stage.language}")
    ordinary = await chat.messages.first.inner_text()
    await chat.page.locator(".round.menu").click()
    await chat.page.get_by_label(more["plain"]).check()
    await chat.page.keyboard.press("Escape")
    await expect(chat.messages.first).not_to_have_text(ordinary)
    await expect(chat.messages).to_have_count(1)


async def _scroll_to_latest(chat: Chat) -> None:
    await chat.messages.last.evaluate("node => node.scrollIntoView()")


def _print_plan(stage: Stage) -> str:
    name = load_strings(f"widget-more.{stage.language}")["plan"]["print"]
    return f"""() => {{
      window.print = () => {{}};
      const root = document.querySelector("opastin-chat").shadowRoot;
      [...root.querySelectorAll("button")].find((one) => one.textContent === "{name}").click();
    }}"""
