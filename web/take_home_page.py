"""The page to take home: read on a phone, or printed on one or two sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

from coaching.take_home import Page
from web.labels import Labels
from web.markup import build, page
from web.qr import qr_image
from web.take_home_card import card

FILES = ("pages", "widget")
STYLES = ("/widget/tokens.css", "/pages/pages.css")
SCRIPT = "/pages/print.js"
DEADLINE = "apply_by"


@dataclass(frozen=True)
class Visit:
    """When and where a page is read."""

    address: str
    today: date
    expires: date


def show(stored: Page, visit: Visit) -> Element:
    """Return the page with everything on it."""
    words = Labels(stored.language, plain=stored.plain_language, files=FILES)
    content = stored.content
    has_dates = any(step["by"] for step in dated_steps(stored))
    options = content["options"]
    return _page(
        words,
        "take_home.title",
        build("p", words.text("take_home.lead"), class_="lead"),
        _actions(words, visit.address if has_dates else None),
        _section(words, "steps", _tasks(content["steps"], words)) if content["steps"] else None,
        _section(
            words,
            "options",
            build(
                "ol",
                *(build("li", card(o, words, today=visit.today)) for o in options),
                class_="cards",
            ),
            build("p", words.text("sample_note"), class_="small")
            if any(option["sample"] for option in options)
            else None,
        )
        if options
        else None,
        *(
            build(
                "section",
                build("h2", words.text("take_home.checklist", title=item["title"] or "")),
                _tasks(item["items"], words),
            )
            for item in content["checklists"]
            if item["items"]
        ),
        _section(words, "fallback", build("p", content["fallback"]))
        if content["fallback"]
        else None,
        _section(words, "helpers", _helpers(content["helpers"], words)),
        _footer(words, visit),
        script=SCRIPT,
    )


def expired(language: str, plain_language: bool) -> Element:
    """Return the page in place of one that has expired: it says what to do."""
    return _instead(Labels(language, plain=plain_language, files=FILES), "expired")


def missing(language: str) -> Element:
    """Return the page in place of one that is not known: it says what to do."""
    return _instead(Labels(language, files=FILES), "unknown")


def dated_steps(stored: Page) -> list[Mapping[str, Any]]:
    """Return the steps of a page with the last days to apply that no step tells already."""
    words = Labels(stored.language, plain=stored.plain_language, files=FILES)
    steps: list[Mapping[str, Any]] = list(stored.content["steps"])
    told = {(step["option"], step["by"]) for step in steps}
    steps += [
        {
            "code": DEADLINE,
            "text": words.text("take_home.apply_by", title=option["title"] or ""),
            "by": option["apply_by"],
            "option": option["id"],
        }
        for option in stored.content["options"]
        if option["apply_by"] and (option["id"], option["apply_by"]) not in told
    ]
    return steps


def _instead(words: Labels, name: str) -> Element:
    return _page(
        words,
        f"take_home.{name}_title",
        build("p", words.text(f"take_home.{name}"), class_="lead"),
        build("p", build("a", words.text("start"), href="/", class_="button")),
    )


def _page(
    words: Labels, title: str, *content: Element | None, script: str | None = None
) -> Element:
    return page(
        words.text("take_home.name", title=words.text(title)),
        build(
            "main",
            build("p", "Opastin", class_="name"),
            build("h1", words.text(title)),
            *content,
        ),
        language=words.language,
        styles=STYLES,
        scripts=() if script is None else (script,),
    )


def _section(words: Labels, name: str, *content: Element | None) -> Element:
    return build("section", build("h2", words.text(f"take_home.{name}")), *content)


def _actions(words: Labels, address: str | None) -> Element:
    calendar = None
    if address is not None:
        href = f"{address}/calendar.ics"
        calendar = build("a", words.text("take_home.calendar"), href=href, class_="button")
    # Only a script can print; without one the browser's own menu does.
    printing = build(
        "button",
        words.text("take_home.print"),
        type="button",
        id="print",
        hidden=True,
        class_="button plain",
    )
    return build("p", calendar, printing, class_="actions")


def _tasks(items: Sequence[Mapping[str, Any]], words: Labels) -> Element:
    return build(
        "ul",
        *(
            build(
                "li",
                build("span", class_="box", aria_hidden="true"),
                build(
                    "span",
                    build("strong", words.day(item["by"]), " ") if item["by"] else None,
                    item["text"],
                ),
            )
            for item in items
        ),
        class_="tasks",
        role="list",
    )


def _helpers(helpers: Sequence[Mapping[str, Any]], words: Labels) -> Element:
    told = helpers or [
        {"text": words.text(f"take_home.{name}"), "why": words.text(f"take_home.{name}_why")}
        for name in ("provider", "library")
    ]
    return build(
        "ul",
        *(build("li", build("strong", item["text"]), " ", item["why"]) for item in told),
        class_="dots",
    )


def _footer(words: Labels, visit: Visit) -> Element:
    return build(
        "footer",
        build("p", words.text("take_home.expires", date=words.day(visit.expires.isoformat()))),
        build("p", words.text("take_home.nobody")),
        build("p", visit.address, class_="paper address"),
        build("img", src=qr_image(visit.address), alt="", class_="paper code"),
    )
