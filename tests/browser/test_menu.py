"""The menu of the chat: by keyboard alone, in every look, and what its items do."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.chat import Chat, find_violations
from tests.browser.replies import bot

SAVED_WITHIN_SECONDS = 5
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
SETTINGS = ["Selkokieli", "Lue vastaukset ääneen", "Äänimerkki uudesta viestistä"]
ITEMS = [
    "Lataa keskustelu tiedostona",
    "Arvioi keskustelu",
    "Aloita uusi keskustelu",
    "Poista keskusteluni",
]
# A voice that speaks until it is told to stop, and counts what it was given.
VOICE = """(language) => {
  globalThis.said = [];
  const voices = [
    { lang: "fi-FI", localService: false, name: "distant" },
    { lang: `${language}-FI`, localService: true, name: "near" },
  ];
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const speech = {
    speaking: false, pending: false, addEventListener() {}, getVoices: () => voices,
    cancel() { this.speaking = false; },
    speak(one) {
      this.speaking = true;
      said.push([one.text, one.lang, one.voice.name]);
      setTimeout(() => one.onstart?.());
    },
  };
  Object.defineProperty(globalThis, "speechSynthesis", { value: speech, configurable: true });
}"""
COUNT_TONES = """() => {
  globalThis.tones = 0;
  AudioScheduledSourceNode.prototype.start = () => { tones += 1; };
  AudioScheduledSourceNode.prototype.stop = () => {};
}"""


async def _begin(open_chat: Any, **settings: Any) -> Chat:
    chat: Chat = await open_chat(**settings)
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    return chat


async def _open(chat: Chat) -> None:
    await chat.page.locator(".round.menu").click()
    await expect(chat.page.locator(".items")).to_be_visible()


async def _set(chat: Chat, name: str) -> None:
    await _open(chat)
    await chat.page.get_by_label(name).check()
    await chat.page.keyboard.press("Escape")


async def test_menu_is_fetched_when_it_is_first_opened(open_chat: Any, gateway: Any) -> None:
    chat = await _begin(open_chat)
    late = {"/widget/menu.js", "/widget/menu.css", "/widget/strings/fi-more.json"}
    assert late.isdisjoint(gateway.requests)

    await _open(chat)

    assert late <= set(gateway.requests)


async def test_menu_is_worked_by_keyboard_alone(open_chat: Any) -> None:
    chat = await _begin(open_chat)
    button = chat.page.get_by_role("button", name="Toiminnot ja asetukset")
    await button.focus()
    await chat.page.keyboard.press("Enter")
    await expect(chat.page.locator(".items")).to_be_visible()
    await expect(button).to_have_attribute("aria-expanded", "true")

    reached = []
    for _ in range(8):
        await chat.page.keyboard.press("Tab")
        reached.append(
            await chat.page.evaluate(
                """() => {
                     const node = document.querySelector("opastin-chat").shadowRoot.activeElement;
                     return (node.closest("label") ?? node).textContent;
                   }"""
            )
        )

    assert reached == [*SETTINGS, "Tavallinen", *ITEMS]
    await chat.page.keyboard.press("Escape")
    await expect(button).to_be_focused()
    await expect(button).to_have_attribute("aria-expanded", "false")
    await expect(chat.panel).to_be_visible()


async def test_focus_that_leaves_the_menu_closes_it(open_chat: Any) -> None:
    chat = await _begin(open_chat)
    await _open(chat)

    await chat.field.focus()

    await expect(chat.page.locator(".items")).to_be_hidden()


async def test_menu_that_cannot_be_fetched_says_so_and_comes_later(open_chat: Any) -> None:
    chat = await _begin(open_chat)
    await chat.page.route("**/menu.css", lambda route: route.abort())
    await chat.page.locator(".round.menu").click()
    await expect(chat.page.locator(".line")).to_contain_text("Valikko ei avautunut.")

    await chat.page.unroute("**/menu.css")

    await _open(chat)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_every_state_of_the_menu_passes_axe_and_fits(
    open_chat: Any, gateway: Any, viewport: dict[str, int], look: str
) -> None:
    chat = await _begin(open_chat, viewport=viewport, **LOOKS[look])
    found = {}
    for size in ("Tavallinen", "Suurin"):
        await _open(chat)
        await chat.page.get_by_label(size).check()
        found[f"menu {size}"] = await find_violations(chat.page)
        assert await _cut_off(chat) == []
        await chat.page.keyboard.press("Escape")
    await _set(chat, "Lue vastaukset ääneen")
    await expect(chat.page.locator(".bar-aloud")).to_contain_text("ei ole puheääntä")
    found["aloud"] = await find_violations(chat.page)
    await chat.act("Arvioi keskustelu")
    await chat.choose("Erittäin hyvin")
    await expect(chat.messages.last).to_contain_text("Kiitos arviosta.")
    found["rated"] = await find_violations(chat.page)
    await gateway.say(
        bot(
            "", custom={"kind": "handoff", "state": "with_coach", "name": "Maija"}, speaker="system"
        )
    )
    await gateway.say(bot("Hei.", speaker="coach"))
    await expect(chat.page.locator(".coach")).to_be_visible()
    assert await _cut_off(chat) == []
    found["coach"] = await find_violations(chat.page)
    await chat.act("Poista keskusteluni")
    found["question"] = await find_violations(chat.page)

    assert {state: problems for state, problems in found.items() if problems} == {}


async def _cut_off(chat: Chat) -> list[str]:
    names: list[str] = await chat.page.evaluate(
        """() => [...document.querySelector("opastin-chat").shadowRoot.querySelectorAll(".panel *")]
             .filter((node) => node.checkVisibility() && !node.closest(".for-readers"))
             .map((node) => [node.className || node.localName, node.getBoundingClientRect()])
             .filter(([, box]) => box.right > innerWidth + 0.5 || box.left < -0.5)
             .map(([name]) => name)"""
    )
    return names


async def test_text_grows_and_stays_so(open_chat: Any) -> None:
    chat = await _begin(open_chat)
    await _set(chat, "Suurin")

    await expect(chat.messages.first).to_have_css("font-size", "24px")
    await chat.page.reload()
    await expect(chat.messages.first).to_have_css("font-size", "24px")
    await _open(chat)
    await expect(chat.page.get_by_label("Suurin")).to_be_checked()


@pytest.mark.parametrize(
    "viewport",
    [{"width": 320, "height": 568}, {"width": 640, "height": 400}],
    ids=["320 px", "1280 px at 200 %"],
)
async def test_largest_text_fits_where_it_is_narrow(
    open_chat: Any, viewport: dict[str, int]
) -> None:
    chat = await _begin(open_chat, viewport=viewport)
    await _set(chat, "Suurin")
    await chat.choose("Iltaisin")
    await expect(chat.cards).to_have_count(3)
    assert await _cut_off(chat) == []

    await _open(chat)

    assert await _cut_off(chat) == []
    last = chat.page.get_by_role("button", name="Poista keskusteluni")
    await last.focus()
    await expect(last).to_be_in_viewport()


async def test_easy_language_is_asked_of_the_service(open_chat: Any, gateway: Any) -> None:
    chat = await _begin(open_chat)
    await _open(chat)
    await chat.page.get_by_label("Selkokieli").check()
    await _plain(gateway, True)
    await chat.page.keyboard.press("Escape")

    await chat.act("Poista keskusteluni")

    await expect(chat.question).to_contain_text("Poistamme koko keskustelun.")
    await chat.page.keyboard.press("Escape")
    await chat.page.reload()
    await _open(chat)
    await expect(chat.page.get_by_label("Selkokieli")).to_be_checked()


async def test_easy_language_chosen_first_begins_anew(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()

    await _set(chat, "Selkokieli")

    await chat.expect_count(1)
    await _plain(gateway, True)


async def test_easy_language_that_the_service_knows_is_shown(open_chat: Any, gateway: Any) -> None:
    chat = await _begin(open_chat)
    saved = await chat.remembered()
    await chat.page.evaluate(
        """([conversation, token]) => fetch(`/api/conversations/${conversation}`, {
             method: "PATCH",
             headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
             body: '{"plain_language": true}',
           })""",
        [saved["conversation"], saved["token"]],
    )

    await _open(chat)

    await expect(chat.page.get_by_label("Selkokieli")).to_be_checked()


async def test_failed_change_to_easy_language_is_taken_back(open_chat: Any, gateway: Any) -> None:
    chat = await _begin(open_chat)
    gateway.closed = {"PATCH /api/conversations/{conversation}"}
    await _open(chat)

    await chat.page.get_by_text("Selkokieli").click()

    await expect(chat.page.locator(".line")).to_contain_text("Selkokielen vaihto ei onnistunut")
    await expect(chat.page.get_by_label("Selkokieli")).not_to_be_checked()


async def _plain(gateway: Any, wanted: bool) -> None:
    from coaching import conversations
    from web.keys import STORAGE

    conversation_id = await gateway.followed()

    async def is_plain() -> bool:
        return await gateway.app[STORAGE].read(
            lambda session: conversations.get(session, conversation_id).plain_language
        )

    # The page ticks its box before the service has answered.
    deadline = time.monotonic() + SAVED_WITHIN_SECONDS
    while await is_plain() is not wanted and time.monotonic() < deadline:
        await asyncio.sleep(0.02)
    assert await is_plain() is wanted


async def test_answers_are_read_aloud_by_a_voice_of_the_device(
    open_chat: Any, gateway: Any
) -> None:
    chat = await _begin(open_chat)
    await chat.page.evaluate(VOICE, "fi")
    await _set(chat, "Lue vastaukset ääneen")
    stop = chat.page.get_by_role("button", name="Lopeta lukeminen")
    await expect(stop).to_be_visible()
    said = await chat.page.evaluate("said")
    assert said[0] == ["Selvä: lähihoitaja, Kauhajoki, sosiaaliala, työn ohessa.", "fi-FI", "near"]
    assert [text for text, *_ in said][-1] == "Ei väliä"

    await stop.click()

    await expect(chat.page.get_by_role("button", name="Lue viimeisin vastaus")).to_be_focused()
    assert not await chat.page.evaluate("speechSynthesis.speaking")
    await gateway.say(bot("Vielä yksi asia."))
    await expect(stop).to_be_visible()
    assert (await chat.page.evaluate("said"))[-1][0] == "Vielä yksi asia."
    await chat.say("kiitos")
    await chat.page.keyboard.press("Escape")
    assert not await chat.page.evaluate("speechSynthesis.speaking")


async def test_language_without_a_voice_is_told(open_chat: Any) -> None:
    chat = await _begin(open_chat)
    await chat.page.evaluate(VOICE, "sv")

    await _set(chat, "Lue vastaukset ääneen")

    await expect(chat.page.locator(".bar-aloud [role=status]")).to_contain_text("ei ole puheääntä")
    assert await chat.page.evaluate("said") == []


async def test_sound_is_off_until_it_is_wanted(open_chat: Any, gateway: Any) -> None:
    chat = await _begin(open_chat)
    await chat.page.evaluate(COUNT_TONES)
    await gateway.say(bot("Eka."))
    await chat.expect_count(4)
    await _open(chat)
    assert await chat.page.evaluate("tones") == 0

    await chat.page.get_by_label("Äänimerkki").check()
    await chat.page.keyboard.press("Escape")
    assert await chat.page.evaluate("tones") == 2
    await gateway.say(bot("Toka."))
    await chat.expect_count(5)

    await chat.page.wait_for_function("tones === 4")
    assert "/widget/sound.js" in gateway.requests
    assert not [path for path in gateway.requests if path.endswith((".mp3", ".ogg", ".wav"))]


async def test_own_transcript_is_a_file_made_in_the_page(
    open_chat: Any, gateway: Any, tmp_path: Path
) -> None:
    chat = await _begin(open_chat)
    await chat.choose("Iltaisin")
    await expect(chat.cards).to_have_count(3)
    asked = len(gateway.requests)

    async with chat.page.expect_download() as download:
        await chat.act("Lataa keskustelu tiedostona")
    await (await download.value).save_as(tmp_path / "chat.txt")

    assert (await download.value).suggested_filename.startswith("opastin-keskustelu-2")
    text = (tmp_path / "chat.txt").read_text(encoding="utf-8-sig")
    assert "Sinä: olen lähihoitaja" in text
    assert "1. Sosionomi (AMK), avoimen väylän opinnot" in text
    assert "Hae viimeistään" in text
    assert "javascript:" not in text
    assert not [path for path in gateway.requests[asked:] if "download" in path]
    await expect(chat.news).to_contain_text("tallennettu tiedostoon")
    await expect(chat.page.locator(".round.menu")).to_be_focused()


async def test_file_is_named_and_dated_by_the_day_here(
    open_chat: Any, gateway: Any, tmp_path: Path
) -> None:
    chat = await open_chat(timezone_id="Europe/Helsinki")
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    handoff = {"kind": "handoff", "state": "with_coach", "name": "Maija"}
    await gateway.say(bot("", custom=handoff, speaker="system"))
    await chat.expect_count(4)
    await chat.page.clock.set_fixed_time("2027-01-31T00:30:00+02:00")

    async with chat.page.expect_download() as download:
        await chat.act("Lataa keskustelu tiedostona")
    await (await download.value).save_as(tmp_path / "chat.txt")

    assert (await download.value).suggested_filename == "opastin-keskustelu-2027-01-31.txt"
    text = (tmp_path / "chat.txt").read_text(encoding="utf-8-sig")
    assert text.startswith("Opastin, 31.1.2027\n")
    assert "Palvelu: Maija, valmentaja, on mukana keskustelussa" in text


async def test_switch_is_not_turned_back_by_what_was_asked_before_it(
    open_chat: Any, gateway: Any
) -> None:
    chat = await _begin(open_chat)
    asked: asyncio.Queue[Any] = asyncio.Queue()
    await chat.page.route("**/api/messages?after=999999999", lambda route: asked.put_nowait(route))
    await _open(chat)
    route = await asked.get()
    await chat.page.get_by_label("Selkokieli").check()
    await _plain(gateway, True)

    async with chat.page.expect_response("**/api/messages?after=999999999"):
        old = '{"messages": [], "plain_language": false}'
        await route.fulfill(body=old, content_type="application/json")

    await chat.page.keyboard.press("Escape")
    await chat.act("Poista keskusteluni")
    await expect(chat.question).to_contain_text("Poistamme koko keskustelun.")
    assert (await chat.remembered())["plain"] is True


async def test_rating_is_stored_and_thanked_for(open_chat: Any, gateway: Any) -> None:
    chat = await _begin(open_chat)
    await chat.act("Arvioi keskustelu")
    await expect(chat.messages.last).to_contain_text("Miten hyvin tämä keskustelu auttoi sinua?")

    await chat.choose("Jonkin verran")

    await expect(chat.messages.last).to_contain_text("Kiitos arviosta.")
    await expect(chat.choice("Jonkin verran")).to_contain_text("valittu")
    assert gateway.bot.heard == ["olen lähihoitaja"]
    await chat.page.reload()
    await expect(chat.choice("Jonkin verran")).to_be_disabled()


async def test_what_needs_something_said_is_not_offered_before(open_chat: Any) -> None:
    chat = await open_chat()

    await _open(chat)

    await expect(chat.page.locator(".items button:visible")).to_have_text(ITEMS[2:])


async def test_coach_is_named_when_joining_speaking_and_leaving(
    open_chat: Any, gateway: Any
) -> None:
    chat = await _begin(open_chat)
    handoff = {"kind": "handoff", "state": "with_coach", "name": "Maija"}
    await gateway.say(bot("", custom=handoff, speaker="system"))
    await gateway.say(bot("Hei.", speaker="coach"))
    await expect(chat.page.locator(".across")).to_contain_text("Maija, valmentaja, on mukana")
    await expect(chat.page.locator(".coach .name")).to_have_text("Valmentaja Maija")
    await expect(chat.news).to_contain_text("Valmentaja Maija: Hei.")

    await gateway.announce({"state": {"state": "closed", "name": "Maija"}})

    await expect(chat.page.locator(".line")).to_contain_text("Maija on poistunut keskustelusta")
    await chat.page.reload()
    await expect(chat.page.locator(".coach .name")).to_have_text("Valmentaja Maija")


async def test_unread_messages_are_counted_in_the_title_of_the_page(
    open_chat: Any, gateway: Any
) -> None:
    chat = await _begin(open_chat)
    title = await chat.page.title()
    await gateway.followed()
    await chat.page.keyboard.press("Escape")
    await gateway.say(bot("Eka."))
    await expect(chat.page).to_have_title(f"(1) {title}")

    await chat.page.evaluate("() => (document.title = 'Toinen otsikko')")
    await gateway.say(bot("Toka."))
    await expect(chat.page).to_have_title("(2) Toinen otsikko")
    await chat.launcher.click()

    await expect(chat.page).to_have_title("Toinen otsikko")


async def test_menu_speaks_the_language_chosen_after_it(open_chat: Any) -> None:
    chat = await _begin(open_chat)
    await _open(chat)
    await chat.page.keyboard.press("Escape")

    await chat.page.get_by_label("Kieli", exact=True).select_option("sv")
    await expect(chat.page.get_by_label("Skriv ett meddelande")).to_be_visible()
    await chat.page.locator(".round.menu").click()

    await expect(chat.page.get_by_label("Lätt språk")).to_be_visible()
    await expect(chat.page.locator(".items button").last).to_have_text("Radera mitt samtal")


@pytest.mark.parametrize("name", ["Lue vastaukset ääneen", "Äänimerkki uudesta viestistä"])
async def test_settings_are_there_after_a_reload(open_chat: Any, name: str) -> None:
    chat = await _begin(open_chat)
    await _set(chat, name)

    await chat.page.reload()
    await chat.expect_count(3)

    await _open(chat)
    await expect(chat.page.get_by_label(name)).to_be_checked()
