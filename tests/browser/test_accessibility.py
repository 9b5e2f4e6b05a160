"""What screen readers, magnifiers and unsteady hands meet."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.chat import Chat, find_violations
from tests.browser.replies import bot

PHONE, TABLET, DESKTOP = (
    {"width": 360, "height": 740},
    {"width": 768, "height": 1024},
    {"width": 1280, "height": 800},
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
async def test_every_state_passes_axe(
    open_chat: Any, gateway: Any, viewport: dict[str, int], scheme: str
) -> None:
    chat = await open_chat(launched=False, viewport=viewport, color_scheme=scheme)
    await expect(chat.launcher).to_be_visible()
    found = {"closed": await find_violations(chat.page)}
    await chat.launch()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    found["buttons"] = await find_violations(chat.page)
    await chat.choose("Iltaisin")
    await expect(chat.cards).to_have_count(3)
    found["cards"] = await find_violations(chat.page)
    await chat.page.locator(".round.menu").click()
    found["menu"] = await find_violations(chat.page)
    await chat.page.keyboard.press("Escape")
    await chat.say("ä" * 2001)
    found["too long"] = await find_violations(chat.page)
    gateway.bot.fail_next = True
    await chat.say("tämä jää vastaamatta")
    await expect(chat.page.locator(".again")).to_be_visible()
    await gateway.say(bot("Hei, täällä Maija.", speaker="coach"))
    await expect(chat.page.locator(".coach")).to_be_visible()
    found["failed and coach"] = await find_violations(chat.page)
    gateway.closed = {"GET /api/chat", "GET /api/messages"}
    await gateway.drop_sockets()
    await expect(chat.banner).to_be_visible()
    await chat.say("tämä odottaa")
    found["offline"] = await find_violations(chat.page)
    await chat.act("Poista keskusteluni")
    found["question"] = await find_violations(chat.page)
    await chat.question.get_by_role("button", name="Poista keskustelu").click()
    await expect(chat.ending).to_be_visible()
    found["erased"] = await find_violations(chat.page)

    assert {state: problems for state, problems in found.items() if problems} == {}


async def test_each_message_is_named_by_its_speaker(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    await gateway.say(bot("Vielä yksi asia."))
    await chat.expect_count(4)

    snapshot = await chat.transcript.aria_snapshot()

    assert snapshot.count("- paragraph: Opastin") == 3
    assert snapshot.count("- paragraph: Sinä") == 1
    names = chat.page.locator(".message > .name")
    await expect(names.nth(2)).to_have_class("name")
    await expect(names.nth(3)).to_have_class("name for-readers")


@pytest.mark.parametrize("viewport", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
async def test_screen_readers_meet_everything_in_its_order(
    open_chat: Any, viewport: dict[str, int]
) -> None:
    chat = await open_chat(viewport=viewport)
    await chat.choose("En tiedä vielä")
    await chat.expect_count(3)

    resizing = '- button "Suurenna"' if viewport == DESKTOP else ""
    await expect(chat.panel).to_match_aria_snapshot(
        f"""
        - dialog "Opastin":
          - heading "Opastin" [level=2]
          - combobox "Kieli"
          - button "Toiminnot ja asetukset"
          {resizing}
          - button "Sulje keskustelu"
          - region "Keskustelun viestit":
            - list:
              - listitem:
                - paragraph: Opastin
                - paragraph: /^Hei! Olen Opastin/
                - group "Vastausvaihtoehdot":
                  - button "Haluan uuden ammatin" [disabled]
                  - button "Haluan edetä työssäni" [disabled]
                  - button "En tiedä vielä , valittu" [disabled]
              - listitem:
                - paragraph: Sinä
                - paragraph: En tiedä vielä
              - listitem:
                - paragraph: Opastin
                - paragraph: /Mihin aikaan voisit opiskella/
                - group "Vastausvaihtoehdot":
                  - button "Iltaisin"
                  - button "Viikonloppuisin"
                  - button "Omaan tahtiin"
                  - button "Ei väliä"
          - textbox "Kirjoita viesti"
          - button "Lähetä"
          - log:
            - paragraph: /^Opastin. Hei! Olen Opastin/
            - paragraph: /4 vastausvaihtoehtoa/
        """
    )


async def test_news_are_told_once_and_apart_from_the_transcript(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    await chat.choose("Iltaisin")
    await expect(chat.cards).to_have_count(3)

    told = await chat.news.locator("p").all_inner_texts()

    assert len(told) == 3
    assert told[-1] == (
        "Opastin: Näistä voisit aloittaa. 3 koulutusvaihtoehtoa. 3 vastausvaihtoehtoa."
    )
    assert await chat.page.locator(".transcript [aria-live], .transcript [role=log]").count() == 0


async def test_history_is_not_read_out_again(open_chat: Any) -> None:
    chat = await open_chat()
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)

    await chat.page.reload()

    await chat.expect_count(3)
    await expect(chat.news).to_be_empty()


async def test_slow_answer_is_announced_once(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    gateway.bot.hold()

    await chat.say("olen lähihoitaja")

    await expect(chat.news).to_contain_text("Opastin kirjoittaa")
    gateway.bot.release()
    await chat.expect_count(3)
    assert (await chat.news.inner_text()).count("Opastin kirjoittaa") == 1


async def test_closed_chat_says_nothing_but_counts(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    await gateway.followed()
    await chat.page.keyboard.press("Escape")

    await gateway.say(bot("Hei, täällä Maija.", speaker="coach"))

    await expect(chat.launcher).to_have_accessible_name("Kysy opinnoista (1 uusi viesti)")
    await expect(chat.news).to_be_empty()
    await chat.launcher.click()
    await expect(chat.messages).to_have_count(2)
    await chat.page.keyboard.press("Escape")
    await expect(chat.launcher).to_have_accessible_name("Kysy opinnoista")


@pytest.mark.parametrize("width", [320, 360, 1280])
async def test_targets_are_large_enough(open_chat: Any, width: int) -> None:
    chat = await open_chat(viewport={"width": width, "height": 700})
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    await chat.choose("Iltaisin")
    await expect(chat.cards).to_have_count(3)

    small = await chat.page.evaluate(
        """() => [...document.querySelector("opastin-chat").shadowRoot
             .querySelectorAll("button, select, .actions a, textarea")]
             .filter((node) => node.checkVisibility())
             .map((node) => [node.className, node.getBoundingClientRect()])
             .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
             .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )

    assert small == []


@pytest.mark.parametrize(
    "viewport",
    [{"width": 320, "height": 568}, {"width": 640, "height": 400}],
    ids=["320 px", "1280 px at 200 %"],
)
async def test_nothing_is_cut_off_where_it_is_narrow(
    open_chat: Any, viewport: dict[str, int]
) -> None:
    chat = await open_chat(viewport=viewport)
    await chat.say("olen lähihoitaja")
    await chat.expect_count(3)
    await chat.choose("Iltaisin")
    await expect(chat.cards).to_have_count(3)

    wide = await chat.page.evaluate(
        """() => [...document.querySelector("opastin-chat").shadowRoot.querySelectorAll(".panel *")]
             .filter((node) => node.checkVisibility() && !node.closest(".for-readers"))
             .filter((node) => node.getBoundingClientRect().right > innerWidth + 0.5)
             .map((node) => node.className || node.localName)"""
    )

    assert wide == []
    assert await chat.transcript.evaluate("node => node.clientHeight") > 150
    await expect(chat.field).to_be_in_viewport()


async def test_reduced_motion_stops_the_dots(open_chat: Any, gateway: Any) -> None:
    gateway.bot.hold()
    chat = await open_chat(reduced_motion="reduce")

    await chat.say("hei")

    await expect(chat.typing).to_be_visible()
    assert (
        await chat.page.locator(".dot").first.evaluate(
            "node => getComputedStyle(node).animationName"
        )
        == "none"
    )
    gateway.bot.release()


async def test_chosen_and_warned_show_without_colours(open_chat: Any) -> None:
    chat: Chat = await open_chat(forced_colors="active")
    await chat.choose("En tiedä vielä")
    await expect(chat.page.locator(".chosen")).to_be_visible()

    assert await find_violations(chat.page) == []


async def test_more_contrast_is_given_where_it_is_asked_for(open_chat: Any) -> None:
    chat = await open_chat(contrast="more")
    await chat.choose("En tiedä vielä")
    await chat.expect_count(3)

    for part in (".message .name", ".choice:disabled"):
        await expect(chat.page.locator(part).first).to_have_css("color", "rgb(23, 33, 43)")
    assert await find_violations(chat.page) == []


async def test_faults_in_the_page_and_in_the_chat_would_be_found(open_chat: Any) -> None:
    chat = await open_chat()
    await chat.page.evaluate("() => document.documentElement.removeAttribute('lang')")
    await chat.page.locator(".text").first.evaluate("node => (node.style.color = '#ccc')")

    found = await find_violations(chat.page)

    assert sorted(line.split()[0] for line in found) == ["color-contrast", "html-has-lang"]
