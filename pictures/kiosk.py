"""The kiosk's states, from the first screen to the staff's."""

from __future__ import annotations

from playwright.async_api import expect

from pictures.lines import line
from pictures.stage import Stage
from tests.browser.kiosk import PIN, Kiosk
from web.wording import load_strings


async def visit(stage: Stage) -> None:
    """A visit, from the first screen to the question before its end."""
    words = load_strings(f"kiosk.{stage.language}")
    kiosk = await _open(stage)
    await stage.take(kiosk.page, "attract")
    await kiosk.touch(words["begin"])
    await expect(kiosk.button(words["one"])).to_be_visible()
    await stage.take(kiosk.page, "people")
    await kiosk.touch(words["one"])
    await expect(kiosk.messages).to_have_count(1)
    await stage.take(kiosk.page, "visit")
    await kiosk.field.tap()
    await kiosk.field.fill(line("story", stage.language)[:30])
    await stage.take(kiosk.page, "keyboard")
    await kiosk.button(words["keyboard_hide"]).first.tap()
    await _say(stage, kiosk, "story", replies=2)
    await _say(stage, kiosk, "options")
    await stage.take(kiosk.page, "options")
    for state, name in {"take-home": "take_home", "phone": "phone"}.items():
        if stage.wants(state):
            await kiosk.touch(words[name])
            await expect(kiosk.dialog.locator(".code")).to_be_visible()
            await stage.take(kiosk.page, state)
            await kiosk.touch(words["close"])
    if stage.wants("outside"):
        await kiosk.page.locator(".outside").first.tap()
        await expect(kiosk.dialog.locator(".code")).to_be_visible()
        await stage.take(kiosk.page, "outside")
        await kiosk.touch(words["close"])
    if stage.wants("plan", "text-size"):
        await _say(stage, kiosk, "plan")
        await stage.take(kiosk.page, "plan")
        for _ in range(2):
            await kiosk.page.get_by_role("button", name=words["size"]).tap()
        await kiosk.page.locator(".message.bot").nth(-2).scroll_into_view_if_needed()
        await stage.take(kiosk.page, "text-size")
        await kiosk.page.get_by_role("button", name=words["size"]).tap()
    await kiosk.touch(words["end"])
    await stage.take(kiosk.page, "end")


async def be_disturbed(stage: Stage) -> None:
    """A lost connection, a walk away, a phone that takes over."""
    gateway = stage.gateway
    words = load_strings(f"kiosk.{stage.language}")
    kiosk = await _begin(stage, words["two"])
    await expect(kiosk.page.locator(".line")).to_be_visible()
    await stage.take(kiosk.page, "two")
    await _say(stage, kiosk, "story", replies=2)
    gateway.closed = {"GET /api/chat", "GET /api/messages"}
    await gateway.drop_sockets()
    await expect(kiosk.banner).to_be_visible()
    await stage.take(kiosk.page, "offline")
    gateway.closed = set()
    await expect(kiosk.banner).to_be_hidden(timeout=30_000)
    await kiosk.touch(words["phone"])
    await expect(kiosk.dialog.locator(".address")).to_be_visible()
    address = await kiosk.dialog.locator(".address").inner_text()
    code = address.rpartition("/")[2]
    await kiosk.page.request.post(f"{gateway.url}continue/{code}", headers={"Origin": gateway.url})
    await expect(kiosk.page.locator(".moved")).to_be_visible()
    await stage.take(kiosk.page, "over")


async def be_left(stage: Stage) -> None:
    """The question whether somebody is still there."""
    words = load_strings(f"kiosk.{stage.language}")
    await stage.gateway.set(kiosk_idle_seconds=1, kiosk_warning_seconds=20)
    kiosk = await _begin(stage, words["one"])
    await expect(kiosk.warning).to_be_visible()
    await stage.take(kiosk.page, "warning")
    await stage.gateway.set(kiosk_idle_seconds=600)


async def be_kept(stage: Stage) -> None:
    """What the staff sees."""
    gateway = stage.gateway
    words = load_strings(f"kiosk.{stage.language}")
    if stage.wants("unenrolled"):
        stranger = await stage.open("kiosk")
        await expect(stranger.locator(".unenrolled")).to_be_visible()
        await stage.take(stranger, "unenrolled")
    kiosk = await _open(stage)
    await kiosk.button(words["staff"]).press("Enter")
    await kiosk.page.keyboard.type(PIN[:4])
    await stage.take(kiosk.page, "pin")
    await kiosk.page.keyboard.type(PIN[4:])
    await kiosk.touch(words["staff_open"])
    await expect(kiosk.dialog.locator(".state")).to_be_visible()
    await stage.take(kiosk.page, "staff")
    if stage.wants("away"):
        await kiosk.touch(words["close"])
        await kiosk.touch(words["begin"])
        gateway.closed = {"POST /api/conversations", "GET /readyz"}
        await kiosk.touch(words["one"])
        await expect(kiosk.page.locator(".away")).to_be_visible()
        await stage.take(kiosk.page, "away")
        gateway.closed = set()


async def _open(stage: Stage) -> Kiosk:
    cookies = [await stage.gateway.enrol()]
    kiosk = Kiosk(await stage.open("kiosk", cookies=cookies))
    await kiosk.expect_first_screen()
    return kiosk


async def _begin(stage: Stage, people: str) -> Kiosk:
    kiosk = await _open(stage)
    await kiosk.touch(load_strings(f"kiosk.{stage.language}")["begin"])
    await kiosk.touch(people)
    await expect(kiosk.messages).to_have_count(1)
    return kiosk


async def _say(stage: Stage, kiosk: Kiosk, name: str, *, replies: int = 1) -> None:
    before = await kiosk.messages.count()
    await kiosk.field.fill(line(name, stage.language))
    await kiosk.field.press("Enter")
    await expect(kiosk.messages).to_have_count(before + 1 + replies)
    await expect(kiosk.page.locator(".typing")).to_be_hidden()
