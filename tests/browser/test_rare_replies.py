"""Comparison, saved options, competence, career-planning skills and plans on the screen."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.chat import Chat, find_violations
from tests.browser.rare_replies import (
    EXERCISE,
    HEARD,
    LETTER,
    career_skills,
    comparison,
    competence,
    plan,
    recognition,
    saved,
)
from tests.browser.replies import bot, options, today_in_finland

TODAY = today_in_finland()
REPLIES = {
    "comparison": comparison(TODAY),
    "saved": saved(TODAY),
    "competence": competence(),
    "career skills": career_skills(),
    "plan": plan(TODAY),
    "recognition": recognition(),
}
PHONE, DESKTOP, KIOSK = (
    {"width": 360, "height": 740},
    {"width": 1280, "height": 800},
    {"width": 1080, "height": 1920},
)


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light"), (KIOSK, "dark")],
    ids=["phone", "dark phone", "desktop", "dark kiosk"],
)
async def test_every_kind_passes_axe_and_fits(
    open_chat: Any, gateway: Any, viewport: dict[str, int], scheme: str
) -> None:
    chat = await open_chat(viewport=viewport, color_scheme=scheme)
    if viewport != PHONE:
        await chat.page.locator(".round.expand").click()
    for line in REPLIES.values():
        await gateway.say(line)
    await chat.expect_count(1 + len(REPLIES))
    await _unfold(chat)

    assert await find_violations(chat.page) == []
    assert await chat.transcript.evaluate("node => node.scrollWidth <= node.clientWidth")
    small = await chat.page.evaluate(
        """() => [...document.querySelector("opastin-chat").shadowRoot
             .querySelectorAll(".body :is(button, summary, label, .actions a)")]
             .map((node) => [node.textContent, node.getBoundingClientRect()])
             .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
             .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []


async def test_rare_kinds_are_fetched_only_when_they_come(open_chat: Any, gateway: Any) -> None:
    chat = await open_chat()
    rare = {f"/widget/{name}" for name in ("plan.js", "competence.js", "parts.css")}
    assert rare.isdisjoint(gateway.requests)

    await gateway.say(plan(TODAY))
    await expect(chat.page.locator(".sheet")).to_be_visible()

    assert rare <= set(gateway.requests)
    assert "/widget/comparison.js" not in gateway.requests


async def test_text_stands_alone_when_its_part_cannot_be_fetched(
    open_chat: Any, gateway: Any
) -> None:
    chat = await open_chat()
    await chat.page.route("**/parts.css", lambda route: route.abort())

    await gateway.say(plan(TODAY))
    await gateway.say(bot("Vielä yksi asia."))

    await chat.expect_count(3)
    await expect(chat.messages.nth(1)).to_contain_text("Tein suunnitelman")
    await expect(chat.page.locator(".sheet")).to_have_count(0)


async def test_comparison_is_a_table_with_headers(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, comparison(TODAY), large=True)
    table = chat.page.get_by_role("table")

    assert await table.get_by_role("columnheader").count() == 3
    heads = await table.get_by_role("columnheader").all_inner_texts()
    assert [option["title"] in head for option, head in zip(options(TODAY), heads, strict=True)]
    price = table.get_by_role("row").filter(has_text="Hinta")
    assert await price.get_by_role("cell").all_inner_texts() == ["900 €", "Maksuton", "ei tiedossa"]
    labels = await table.get_by_role("rowheader").all_inner_texts()
    assert labels == ["Hinta", "Laajuus", "Paikka", "Jos et pääse", "Pohjakoulutus"]


async def test_what_is_the_same_for_all_is_said_once(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, comparison(TODAY))

    await expect(chat.page.get_by_text("Ei vaatimusta")).to_have_count(1)


async def test_actions_stand_under_each_column(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, comparison(TODAY), large=True)
    columns = chat.page.get_by_role("row").last.get_by_role("cell")

    await columns.nth(2).get_by_role("button").click()

    await chat.expect_count(4)
    assert gateway.bot.heard == [options(TODAY)[1]["actions"][0]["payload"]]


async def test_comparison_is_pairs_on_a_phone(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, comparison(TODAY), viewport=PHONE)
    row = chat.page.get_by_role("row").filter(has_text="Laajuus")

    text = await row.inner_text()

    assert "1.\u00a0Sosionomi" in text
    assert "2.\u00a0Johdatus sosiaalialaan" in text
    boxes = [await cell.bounding_box() for cell in await row.get_by_role("cell").all()]
    assert [box["x"] for box in boxes if box] == [boxes[0]["x"]] * 3  # type: ignore[index]


async def test_first_column_stays_when_the_table_is_scrolled(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, comparison(TODAY), large=True)
    region = chat.page.get_by_role("region", name="Vertailu")
    await region.evaluate("node => (node.firstChild.style.width = '1600px')")
    label = chat.page.get_by_role("rowheader").first
    before = await label.bounding_box()

    await region.focus()
    await chat.page.keyboard.press("ArrowRight")

    await chat.page.wait_for_function(
        "() => document.querySelector('opastin-chat').shadowRoot"
        ".querySelector('.comparison').scrollLeft > 0"
    )
    assert await label.bounding_box() == before


async def test_saved_option_is_taken_away_by_its_card(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, saved(TODAY))

    await chat.cards.first.get_by_role("button", name="Poista tallennetuista").click()

    await chat.expect_count(4)
    assert '"choice": "remove"' in gateway.bot.heard[0]


async def test_nothing_saved_leaves_the_text_alone(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, saved(TODAY, 0))

    await expect(chat.messages.last).to_contain_text("Et ole vielä tallentanut mitään.")
    assert await chat.messages.last.locator(".body > *").count() == 1


async def test_strengths_stand_by_the_words_they_were_heard_in(
    open_chat: Any, gateway: Any
) -> None:
    chat = await _see(open_chat, gateway, competence())

    groups = await chat.page.locator(".sheet dl > div").all_inner_texts()

    assert [group.split("\n") for group in groups] == [
        [f"Kerroit: {HEARD}", "toisen ihmisen hoitaminen", "lääkkeistä huolehtiminen"],
        ["Omin sanoin", "teen ryijyjä"],
    ]
    await expect(chat.page.locator(".sheet")).to_contain_text("ryhmän ohjaaminen")


async def test_skills_have_pictures_with_their_values(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, career_skills())
    area = chat.page.get_by_role("listitem").filter(has_text="Valintojen tekeminen").last

    await expect(area.get_by_role("img", name="1 / 4")).to_be_visible()
    await expect(area.locator(".full")).to_have_count(1)
    await expect(chat.page.get_by_text(EXERCISE)).to_be_visible()


async def test_exercise_that_the_text_says_is_not_said_twice(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, career_skills() | {"text": f"Harjoitus: {EXERCISE}"})

    await expect(chat.messages.last.get_by_text(EXERCISE)).to_have_count(1)


async def test_plan_says_all_that_it_holds(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, plan(TODAY))
    by = TODAY + timedelta(days=12)

    text = await chat.page.locator(".sheet").inner_text()

    expected = [
        "Haluan auttaa ihmisiä, uusi ammatti",
        HEARD,
        "ryhmän ohjaaminen",
        f"{by.day}.{by.month}.{by.year} Ilmoittaudu opintoihin",
        "Johdatus sosiaalialaan",
        "Muistilista: Johdatus sosiaalialaan",
        "Luonnos: pyydä osaamisesi tunnustamista",
        "seuraava vaihtoehto on Johdatus",
        "Käy suunnitelman läpi kanssasi.",
        "Koulutuksen sivut",
    ]
    assert [part for part in expected if part not in text] == []
    assert "pyydän, että" not in text


async def test_checklists_and_draft_unfold_with_the_keyboard(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, plan(TODAY))

    await chat.page.locator("summary").last.focus()
    await chat.page.keyboard.press("Enter")

    await expect(chat.page.get_by_text("pyydän, että aiempi osaamiseni")).to_be_visible()


async def test_ticks_stay_in_the_browser_and_go_with_the_conversation(
    open_chat: Any, gateway: Any
) -> None:
    chat = await _see(open_chat, gateway, plan(TODAY))
    boxes = chat.page.locator("input[type=checkbox]")
    sent = list(gateway.requests)
    await boxes.nth(1).focus()
    await chat.page.keyboard.press("Space")
    await expect(boxes.nth(3)).to_be_checked()
    assert gateway.requests == sent

    await chat.page.reload()

    await expect(boxes.nth(1)).to_be_checked()
    await expect(boxes.nth(0)).not_to_be_checked()
    # The same thing to do in the checklist of the same studies, but not in that of the others.
    await expect(boxes.nth(3)).to_be_checked()
    await expect(boxes.nth(5)).not_to_be_checked()
    await chat.act("Poista keskusteluni")
    await chat.question.get_by_role("button", name="Poista keskustelu").click()
    await expect(chat.ending).to_be_visible()
    assert not (await chat.remembered())["ticks"]


async def test_ticks_outlast_a_change_of_language(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, plan(TODAY))
    boxes = chat.page.locator("input[type=checkbox]")
    count = await boxes.count()
    await boxes.nth(1).check()

    await gateway.say(_reworded(plan(TODAY)))
    await chat.expect_count(3)

    await expect(boxes.nth(count + 1)).to_be_checked()
    await expect(boxes.nth(count)).not_to_be_checked()


async def test_steps_are_saved_as_a_calendar_file(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, plan(TODAY))

    async with chat.page.expect_download() as started:
        await chat.page.get_by_role("button", name="Tallenna askeleet kalenteriin").click()

    download = await started.value
    assert download.suggested_filename == "opastin.ics"
    content = (await download.path()).read_text()
    assert content.startswith("BEGIN:VCALENDAR")
    assert (TODAY + timedelta(days=12)).strftime("%Y%m%d") in content
    token = (await chat.remembered())["token"]
    assert [path for path in gateway.requests if token in path] == []
    await expect(chat.page.get_by_role("status")).to_have_text(
        ["", "Avaa tallennettu tiedosto kalenterissasi."]
    )


async def test_calendar_that_cannot_be_fetched_is_told(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, plan(TODAY))
    gateway.closed = {"GET /api/conversations/{conversation}/plan.ics"}

    await chat.page.get_by_role("button", name="Tallenna askeleet kalenteriin").click()

    await expect(chat.page.get_by_text("Kalenteria ei saatu.")).to_be_visible()


async def test_draft_is_copied(open_chat: Any, gateway: Any) -> None:
    chat = await _see(
        open_chat, gateway, recognition(), permissions=["clipboard-read", "clipboard-write"]
    )

    await chat.page.get_by_role("button", name="Kopioi teksti").click()

    await expect(chat.page.get_by_role("status")).to_have_text("Teksti on kopioitu.")
    assert await chat.page.evaluate("() => navigator.clipboard.readText()") == LETTER


async def test_copying_that_is_not_allowed_is_told(open_chat: Any, gateway: Any) -> None:
    chat = await _see(open_chat, gateway, recognition())
    await chat.page.evaluate(
        "() => (navigator.clipboard.writeText = () => Promise.reject(new Error()))"
    )

    await chat.page.get_by_role("button", name="Kopioi teksti").click()

    await expect(chat.page.get_by_role("status")).to_contain_text("Kopioiminen ei onnistunut.")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_only_the_plan_is_printed_and_unfolded(
    open_chat: Any, gateway: Any, viewport: dict[str, int]
) -> None:
    chat = await _see(open_chat, gateway, plan(TODAY), viewport=viewport)
    await chat.page.evaluate("() => (window.print = () => (window.printed = true))")
    await chat.page.get_by_role("button", name="Tulosta suunnitelma").click()
    assert await chat.page.evaluate("() => window.printed")
    paper = chat.page.locator(".paper")
    await expect(paper).to_be_hidden()

    await chat.page.emulate_media(media="print")

    await expect(paper).to_be_visible()
    await expect(chat.page.locator("body")).to_be_hidden()
    await expect(paper.get_by_text("pyydän, että aiempi osaamiseni")).to_be_visible()
    assert await paper.locator("button:visible").count() == 0
    address = await paper.locator("a").evaluate("node => getComputedStyle(node, '::after').content")
    assert "https://lakeus.example/sosionomi" in address
    await chat.page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    await expect(paper).to_have_count(0)
    await expect(chat.page.locator("body")).to_be_visible()
    await expect(chat.page.locator("details").first).not_to_have_attribute("open", "")


async def test_plan_of_little_has_no_empty_headings(open_chat: Any, gateway: Any) -> None:
    line = plan(TODAY)
    bare = {"strengths": [], "gaps": [], "options": [], "helpers": [], "checklists": []}
    step = line["custom"]["steps"][2]
    line["custom"] |= bare | {"steps": [step], "fallback": "", "recognition": None}

    chat = await _see(open_chat, gateway, line)

    sheet = chat.page.locator(".sheet")
    assert await sheet.get_by_role("heading").all_inner_texts() == [
        "Haluan auttaa ihmisiä, uusi ammatti",
        "Seuraavat askeleet",
    ]
    await expect(sheet.get_by_role("button")).to_have_text(["Tulosta suunnitelma"])


async def _see(
    open_chat: Callable[..., Any],
    gateway: Any,
    line: dict[str, Any],
    *,
    large: bool = False,
    **settings: Any,
) -> Chat:
    """Open a chat in which the bot has said the line."""
    chat: Chat = await open_chat(**settings)
    if large:
        await chat.page.locator(".round.expand").click()
    await gateway.say(line)
    await chat.expect_count(2)
    return chat


async def _unfold(chat: Chat) -> None:
    for summary in await chat.page.locator("summary").all():
        await summary.click()


def _reworded(line: dict[str, Any]) -> dict[str, Any]:
    """Return a plan as it is told in another language: the same things to do in other words."""
    custom = copy.deepcopy(line["custom"])
    lists = (custom["steps"], *(each["items"] for each in custom["checklists"]))
    for item in (item for listed in lists for item in listed):
        item["text"] = f"På svenska: {item['code']}"
    return {**line, "custom": custom}
