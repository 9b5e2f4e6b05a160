"""A visit to the kiosk, from the first screen to the end, on a touch screen."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import expect

from catalog import db
from catalog.sample import load_sample
from catalog.search import find_option
from tests.browser.kiosk import PIN
from tests.browser.rare_replies import career_skills, plan
from tests.browser.replies import bot, options

SAMPLE = "agrologi-polku-iisalmi"


@pytest.fixture
def sample_address(kiosk_gateway: Any) -> str:
    """Load the sample catalogue and return the address of one of its options."""
    settings = kiosk_gateway.settings
    db.upgrade(settings.catalog_url)
    sessions = db.session_factory(settings.catalog_url, writing=True)
    with sessions.begin() as session:
        load_sample(session, settings.today())
    with sessions() as session:
        address = find_option(session, SAMPLE)[0].url
    sessions.kw["bind"].dispose()
    assert address is not None
    return address


async def test_visit_from_the_first_screen_to_the_end(open_kiosk: Any, kiosk_gateway: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.type(["{shift}", "O", "l", "e", "n", "{space}", "ä", "å", "ö"])
    await kiosk.type(["{backspace}", "{left}", "x", "{right}", "{enter}"])
    await expect(kiosk.messages).to_have_count(3)
    await kiosk.choose("Iltaisin")
    await expect(kiosk.cards).to_have_count(3)

    await kiosk.touch("Ota mukaan")
    await expect(kiosk.dialog.locator(".code")).to_be_visible()
    shown = await kiosk.dialog.inner_text()
    await kiosk.touch("Sulje")
    await kiosk.finish()

    assert kiosk_gateway.bot.heard == ["Olen äxå", '/inform{"schedule": ["evening"]}']
    assert "/k/" in shown
    assert "Sivu toimii" in shown
    assert await kiosk_gateway.pages() == 1
    assert await kiosk_gateway.count() == 0


@pytest.mark.parametrize(
    ("begin", "people", "greeting"),
    [
        ("Aloita suomeksi", "Olen yksin", "Hei!"),
        ("Börja på svenska", "Jag är ensam", "Hej!"),
        ("Start in English", "I'm alone", "Hello!"),
    ],
)
async def test_each_language_begins_by_a_touch(
    open_kiosk: Any, begin: str, people: str, greeting: str
) -> None:
    kiosk = await open_kiosk()

    await kiosk.touch(begin)
    await kiosk.touch(people)

    await expect(kiosk.messages).to_contain_text(greeting)


async def test_two_people_are_told_that_there_is_time(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()

    await kiosk.begin(people="Olemme kahdestaan")

    await expect(kiosk.page.locator(".line")).to_contain_text("Jutelkaa keskenänne rauhassa")


async def test_language_can_be_taken_back_before_the_visit(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.touch("Börja på svenska")

    await kiosk.touch("Tillbaka")

    await kiosk.expect_first_screen()
    assert await kiosk.page.evaluate("document.documentElement.lang") == "fi"


async def test_language_and_easy_language_change_within_the_visit(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()

    await kiosk.touch("Svenska")
    await expect(kiosk.button("Avsluta")).to_be_visible()
    await kiosk.touch("Lätt språk")
    await expect(kiosk.button("Lätt språk")).to_have_attribute("aria-pressed", "true")

    assert await kiosk_gateway.language() == "sv"
    await expect(kiosk.page.locator(".line")).to_contain_text("talar jag lätt språk")
    await kiosk.touch("Ta med dig")
    await expect(kiosk.dialog).to_contain_text("Vi pratar först.")
    await kiosk.touch("Stäng")
    await kiosk.touch("Lätt språk")
    await expect(kiosk.button("Lätt språk")).to_have_attribute("aria-pressed", "false")
    await kiosk.touch("Ta med dig")
    await expect(kiosk.dialog).to_contain_text("Vi pratar en stund först.")


async def test_text_grows_in_two_steps_and_back(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    sizes = []

    for _ in range(3):
        sizes.append(await kiosk.messages.first.evaluate("node => getComputedStyle(node).fontSize"))
        await kiosk.page.get_by_role("button", name="Tekstin koko").tap()

    assert sizes == ["24px", "30px", "36px"]
    await expect(kiosk.page.get_by_role("button", name="Tekstin koko: tavallinen")).to_be_visible()


async def test_reading_aloud_without_a_voice_is_told(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()

    await kiosk.touch("Lue ääneen")

    await expect(kiosk.page.locator(".bar-aloud")).to_contain_text("ei ole puheääntä")
    await kiosk.touch("Lue ääneen")
    await expect(kiosk.page.locator(".bar-aloud")).to_be_hidden()


async def test_option_page_becomes_a_code(
    open_kiosk: Any, kiosk_gateway: Any, sample_address: str
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    option = options(kiosk_gateway.settings.today())[0] | {"id": SAMPLE, "url": sample_address}
    custom = {"kind": "options", "options": [option], "total": 1, "fallback": None}
    await kiosk_gateway.say(bot("Tässä yksi.", custom=custom))

    await kiosk.page.get_by_role("button", name="Koulutuksen sivut").tap()

    await expect(kiosk.dialog.locator(".code")).to_be_visible()
    await expect(kiosk.dialog.locator(".address")).to_contain_text(sample_address)


async def test_other_links_show_their_address(open_kiosk: Any, kiosk_gateway: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk_gateway.say(bot("Lisää: https://lakeus.example/hakeminen."))

    await kiosk.page.get_by_role("button", name="https://lakeus.example/hakeminen").tap()

    await expect(kiosk.dialog).to_contain_text("Kirjoita osoite muistiin")
    await expect(kiosk.dialog.locator(".address")).to_contain_text("lakeus.example/hakeminen")
    assert await kiosk.page.locator("a[href]").count() == 0


async def test_nothing_to_take_home_yet_is_said(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()

    await kiosk.touch("Ota mukaan")

    await expect(kiosk.dialog).to_contain_text("Mukaan otettavaa ei vielä ole.")


async def test_print_is_the_page_to_take_home(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.page.context.add_init_script(
        """globalThis.print = () =>
             (top.printed ??= []).push([location.pathname, document.body.innerText])"""
    )
    await kiosk.begin()
    await kiosk.find_options()
    await kiosk.touch("Ota mukaan")

    await kiosk.touch("Tulosta")
    # A second touch prints nothing more.
    await kiosk.button("Tulostetaan").dispatch_event("click")

    printed: list[tuple[str, str]] = []
    while not printed:
        # The page's policy lets nothing wait in it for the frame.
        await asyncio.sleep(0.05)
        printed = await kiosk.page.evaluate("globalThis.printed ?? []")
    [[path, words]] = printed
    assert path.startswith("/k/")
    assert "Johdatus sosiaalialaan" in words
    assert "olen lähihoitaja" not in words
    await kiosk.touch("Sulje")
    await expect(kiosk.page.locator("iframe")).to_have_count(0)


async def test_print_that_fails_is_told_and_can_be_tried_again(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.find_options()
    await kiosk.touch("Ota mukaan")
    await expect(kiosk.button("Tulosta")).to_be_visible()
    await kiosk_gateway.served.stop()

    await kiosk.touch("Tulosta")

    await expect(kiosk.button("Tulostus ei onnistunut")).not_to_have_attribute(
        "aria-disabled", "true"
    )
    await kiosk_gateway.served.start()


async def test_without_a_printer_nothing_offers_to_print(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.page.goto(f"{kiosk_gateway.url}kiosk?printer=none")
    await kiosk.begin()
    await kiosk_gateway.say(plan(kiosk_gateway.settings.today()))
    await expect(kiosk.messages).to_have_count(2)
    await kiosk.touch("Ota mukaan")
    await expect(kiosk.dialog.locator(".code")).to_be_visible()

    await expect(kiosk.page.get_by_role("button", name="Tulosta")).to_have_count(0)
    await kiosk.touch("Sulje")
    await kiosk.finish()
    assert kiosk.page.url.endswith("/kiosk?printer=none")


async def test_conversation_goes_on_on_a_phone_and_leaves_the_kiosk(
    open_kiosk: Any, new_page: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.find_options()
    await kiosk.touch("Jatka puhelimella")
    await expect(kiosk.dialog.locator(".code")).to_be_visible()
    address = (await kiosk.dialog.locator(".address").inner_text()).removeprefix("Osoite: ")

    phone = await new_page(address, viewport={"width": 360, "height": 740})
    await phone.get_by_role("button").click()

    await expect(phone.locator(".message").last).to_be_visible()
    await expect(phone.locator(".card")).to_have_count(3)
    await expect(kiosk.page.get_by_role("heading", name="jatkuu puhelimessasi")).to_be_visible()
    await kiosk.expect_first_screen()
    assert await kiosk_gateway.count() == 1


async def test_staff_see_the_state_with_the_pin_and_start_anew(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.finish()
    corner = kiosk.button("Henkilökunnalle")
    await corner.tap()
    await expect(kiosk.dialog).to_be_hidden()

    await kiosk.page.mouse.move(1040, 40)
    await kiosk.page.mouse.down()
    await expect(kiosk.dialog).to_be_visible()
    await kiosk.page.mouse.up()
    for digit in "000000":
        await kiosk.touch(digit)
    await kiosk.touch("Avaa")
    await expect(kiosk.dialog).to_contain_text("PIN-koodi ei kelpaa.")
    for digit in PIN:
        await kiosk.touch(digit)
    await kiosk.touch("Avaa")

    await expect(kiosk.dialog.locator(".state")).to_contain_text("Käyntejä tänään")
    facts = await kiosk.dialog.locator("dd").all_inner_texts()
    assert facts[:3] == ["Seinäjoen pääkirjasto", "kunnossa", "1"]
    assert re.fullmatch(r"väärä PIN-koodi \(\d+\.\d+\.\d{4} klo \d+\.\d\d\)", facts[3])
    await kiosk.touch("Svenska")
    await expect(kiosk.dialog.locator("dd").last).to_contain_text("fel PIN-kod (")
    await kiosk.touch("Suomi")
    await kiosk.touch("Käynnistä näyttö uudelleen")
    await kiosk.expect_first_screen()


async def test_staff_page_left_open_closes_by_itself(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.page.clock.install()
    await kiosk.button("Henkilökunnalle").press("Enter")
    await kiosk.page.keyboard.type(PIN)
    await kiosk.page.clock.fast_forward(50_000)
    await kiosk.touch("Avaa")
    await expect(kiosk.dialog.locator(".state")).to_be_visible()

    await kiosk.page.clock.fast_forward(61_000)

    await expect(kiosk.dialog).to_be_hidden()
    assert "Seinäjoen" not in await kiosk.page.content()


async def test_signs_of_an_email_address_are_on_the_keyboard(open_kiosk: Any) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()

    await kiosk.type(["m", "{shift}", "_", "1", "@", "b", "-", "c", ".", "f", "i", "{shift}", "!"])

    await expect(kiosk.field).to_have_value("m_1@b-c.fi!")


async def test_device_is_enrolled_once_by_its_address(new_page: Any, kiosk_gateway: Any) -> None:
    address = await kiosk_gateway.add_device()
    page = await new_page(address)

    await page.get_by_role("button").click()

    await expect(page.get_by_role("button", name="Aloita suomeksi")).to_be_visible()
    assert page.url.endswith("/kiosk")


async def test_device_that_is_not_enrolled_says_so(new_page: Any, kiosk_gateway: Any) -> None:
    page = await new_page(f"{kiosk_gateway.url}kiosk")

    await expect(page.get_by_role("heading", name="Laite ei ole vielä käytössä")).to_be_visible()


async def test_too_many_visits_are_told_calmly(open_kiosk: Any, kiosk_gateway: Any) -> None:
    await kiosk_gateway.set(conversations_per_minute=1)
    kiosk = await open_kiosk()
    await kiosk.begin()
    await kiosk.finish()
    await kiosk.touch("Aloita suomeksi")

    await kiosk.touch("Olen yksin")

    await expect(kiosk.page.get_by_role("heading", name="Aloituksia on ollut")).to_be_visible()
    await kiosk.expect_first_screen()


async def test_conversation_deleted_in_the_chat_ends_the_visit(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()

    await kiosk_gateway.say(bot("Poistin kaiken.", custom={"kind": "erased"}))

    heading = kiosk.page.get_by_role("heading", name="Keskustelusi on poistettu.")
    await expect(heading).to_be_visible()
    await kiosk.expect_first_screen()


async def test_parts_of_replies_leave_the_rest_of_the_screen_as_it_was(
    open_kiosk: Any, kiosk_gateway: Any
) -> None:
    kiosk = await open_kiosk()
    await kiosk.begin()
    look = "node => [getComputedStyle(node).color, getComputedStyle(node).gap]"
    before = await kiosk.page.locator("header").evaluate(look)

    await kiosk_gateway.say(career_skills())
    await expect(kiosk.page.locator(".sheet")).to_be_visible()

    assert await kiosk.page.locator("header").evaluate(look) == before
