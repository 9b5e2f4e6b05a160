"""Messages, buttons and cards as the person sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.async_api import expect

from tests.browser.replies import GREETINGS, bot, options, today_in_finland

WISH = "Olen lähihoitaja Kauhajoelta ja haluaisin sosionomiksi työn ohessa"


async def test_conversation_begins_with_the_greeting_only_when_opened(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat(launched=False)
    await expect(chat.launcher).to_be_visible()
    assert await gateway.count() == 0

    await chat.launch()

    assert await chat.texts() == [GREETINGS["fi"]]


async def test_own_message_is_shown_at_once_and_once(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    gateway.bot.hold()

    await chat.say(WISH)

    await chat.expect_count(2)
    await expect(chat.typing).to_be_visible()
    gateway.bot.release()
    await chat.expect_count(3)
    await expect(chat.typing).to_be_hidden()
    assert (await chat.texts())[1] == WISH


async def test_messages_keep_their_order_when_a_coach_speaks_in_between(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    await gateway.followed()
    gateway.bot.hold()
    await chat.say("eka")
    await chat.say("toka")
    await chat.expect_count(3)

    await gateway.say(bot("Hei, täällä Maija.", speaker="coach"))
    gateway.bot.release()

    await chat.expect_count(6)
    shown = await chat.texts()
    await chat.page.reload()
    await chat.expect_count(6)
    assert shown == await chat.texts()


async def test_chosen_button_gets_a_tick_and_the_others_stay_readable(open_chat: Any) -> None:
    chat = await open_chat()

    await chat.choose("Haluan uuden ammatin")

    chosen = chat.choice("Haluan uuden ammatin")
    await expect(chosen).to_have_class("choice chosen")
    await expect(chosen.locator("svg")).to_be_visible()
    await expect(chosen).to_contain_text("valittu")
    other = chat.choice("En tiedä vielä")
    await expect(other).to_be_disabled()
    await expect(other).to_be_visible()
    assert (await chat.texts())[1] == "Haluan uuden ammatin"


async def test_answering_in_words_closes_the_buttons(open_chat: Any) -> None:
    chat = await open_chat()

    await chat.say("jotain ihan muuta")

    await expect(chat.choice("En tiedä vielä")).to_be_disabled()
    await expect(chat.page.locator(".chosen")).to_have_count(0)


async def test_button_is_taken_once(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()

    await chat.choice("En tiedä vielä").dblclick()

    await chat.expect_count(3)
    assert len(gateway.bot.heard) == 1


async def test_card_says_what_a_person_needs_to_choose(open_chat: Any) -> None:
    chat = await _see_cards(open_chat)
    apply_by = today_in_finland() + timedelta(days=12)

    card = chat.cards.nth(0)

    expected = [
        "Avoimen väylä",
        "Esimerkki",
        "Sosionomi (AMK), avoimen väylän opinnot",
        "Lakeuden ammattikorkeakoulu",
        "Seinäjoki, 52 km päässä",
        "60 op",
        "900 €",
        "Monimuotona",
        "Iltaisin, viikonloppuisin",
        "Kesto 12 kk",
        f"Hae viimeistään {apply_by.day}.{apply_by.month}.{apply_by.year}",
        "12 päivää jäljellä",
        "Huomaa: Haku päättyy pian.",
        "Lähihoitajan osaamisesi on hyvä pohja.",
    ]
    text = (await card.inner_text()).replace("\xa0", " ")
    assert [part for part in expected if part not in text] == []
    assert text.index("Huomaa") < text.index("Lähihoitajan")
    link = card.get_by_role("link")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(link).to_have_accessible_name("Koulutuksen sivut (avautuu uuteen välilehteen)")


async def test_details_tell_a_range_of_prices_skills_and_how_places_are_given(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    details = options(today_in_finland())[0] | {
        "price_eur": 60,
        "price_max_eur": 120,
        "admission": "enrolment_order",
        "admission_text": "Paikat täytetään ilmoittautumisjärjestyksessä.",
        "skills": ["asiakkaan kohtaaminen", "palveluohjaus"],
    }
    part = {"kind": "options", "options": [details], "total": 1, "fallback": None}

    await gateway.say(bot("Tässä lisää tietoa.", custom=part))

    await expect(chat.cards).to_have_count(1)
    text = (await chat.cards.nth(0).inner_text()).replace("\xa0", " ")
    assert "60–120 €" in text
    assert "Paikat täytetään ilmoittautumisjärjestyksessä." in text
    assert "Saat näitä taitoja: asiakkaan kohtaaminen, palveluohjaus" in text


async def test_card_says_what_is_not_known(open_chat: Any) -> None:
    chat = await _see_cards(open_chat)

    text = await chat.cards.nth(2).inner_text()

    assert "Hakuaika ei ole tiedossa" in text
    assert "Opetuskieli: ruotsi" in text
    assert text.count("Ei tiedossa") == 2
    assert "null" not in text


async def test_card_of_continuous_application_has_no_deadline(open_chat: Any) -> None:
    chat = await _see_cards(open_chat)

    text = await chat.cards.nth(1).inner_text()

    assert "Jatkuva haku" in text
    assert "Maksuton" in text
    assert "jäljellä" not in text


async def test_only_web_addresses_become_links(open_chat: Any) -> None:
    chat = await _see_cards(open_chat)

    await expect(chat.cards.nth(2).get_by_role("link")).to_have_count(0)


async def test_sample_data_is_said_once_under_the_cards(open_chat: Any) -> None:
    chat = await _see_cards(open_chat)

    await expect(chat.page.locator(".sample-note")).to_have_count(1)
    await expect(chat.page.get_by_text("Tämä on esimerkki.")).to_have_count(0)


async def test_details_are_asked_by_the_card(open_chat: Any, gateway: Any) -> None:
    chat = await _see_cards(open_chat)

    await chat.cards.nth(0).get_by_role("button").click()

    await chat.expect_count(7)
    assert gateway.bot.heard[-1] == options(today_in_finland())[0]["actions"][0]["payload"]
    await expect(chat.messages.last.get_by_role("link").first).to_have_attribute(
        "href", "https://lakeus.example/hakeminen"
    )


async def test_fallback_is_told_before_the_cards(open_chat: Any) -> None:
    chat = await _see_cards(open_chat)

    await expect(chat.page.locator(".fallback")).to_contain_text("Kauhajoelta en löytänyt")


async def test_unknown_custom_part_leaves_the_text(open_chat: Any) -> None:
    chat = await _see_cards(open_chat)

    await chat.say("kerro lisää")
    await chat.say("ja vielä")

    await expect(chat.messages.last).to_contain_text("mitä en osaa vielä piirtää")


async def test_call_back_request_is_a_line_across(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    part = {"kind": "handoff", "state": "callback", "position": None, "hours": "ma–pe 9–15"}

    await gateway.say(bot("Soitamme sinulle.", custom=part))
    await gateway.announce({"state": part})

    await expect(chat.page.locator(".across")).to_have_count(1)
    await expect(chat.page.locator(".across")).to_contain_text("ma–pe 9–15")


async def test_coach_speaks_under_a_name_of_their_own(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()

    await gateway.announce({"state": {"state": "with_coach", "position": None, "hours": None}})
    await gateway.say(bot("Hei, täällä Maija.", speaker="coach"))

    await expect(chat.page.locator(".coach .name")).to_have_text("Valmentaja")
    await expect(chat.page.locator(".across")).to_contain_text("Valmentaja on mukana")


async def test_markup_is_only_text(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    markup = "<img src=x onerror=alert(1)><script>alert(2)</script><b>x</b>"

    await chat.say(markup)
    await gateway.say(bot(markup, buttons=[(markup, "/x")]))

    await chat.expect_count(4)
    assert (await chat.texts()).count(markup) == 2
    assert await chat.page.locator(".message img, .message b, .message script").count() == 0


async def test_long_word_does_not_widen_the_chat(open_chat: Any) -> None:
    chat = await open_chat()

    await chat.say("a" * 1500)

    await chat.expect_count(3)
    assert await chat.transcript.evaluate("node => node.scrollWidth <= node.clientWidth")


async def _see_cards(open_chat: Any) -> Any:
    chat = await open_chat()
    await chat.say(WISH)
    await chat.expect_count(3)
    await chat.choose("Iltaisin")
    await expect(chat.cards).to_have_count(3)
    return chat
