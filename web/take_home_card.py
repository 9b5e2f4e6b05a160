"""One study option on a page to take home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

from opastin import formats
from web.labels import Labels
from web.markup import build
from web.qr import fits, qr_image


def card(option: Mapping[str, Any], words: Labels, *, today: date) -> Element:
    """Return an option's card; its address and a code of it are for paper alone."""
    place = ", ".join(filter(None, (option["provider"], option["place_name"])))
    return build(
        "article",
        build(
            "div",
            build(
                "p",
                words.text(f"types.{option['type']}"),
                build("span", words.text("sample"), class_="sample") if option["sample"] else None,
                class_="kind",
            ),
            build("h3", option["title"]),
            build("p", place, class_="provider"),
            build(
                "dl",
                *(
                    build("div", build("dt", words.text(f"facts.{name}")), build("dd", value))
                    for name, value in _facts(option, words)
                ),
                class_="facts",
            ),
            build("p", *_deadline(option, words, today), class_="deadline"),
            _link(option["url"], words),
        ),
        _code(option["url"], words),
        class_="card",
    )


def _facts(option: Mapping[str, Any], words: Labels) -> Iterator[tuple[str, str]]:
    unknown = words.text("unknown")
    hours, months = option["weekly_hours"], option["duration_months"]
    size = (
        None if option["credits"] is None else words.count("credits", option["credits"]),
        None
        if hours is None
        else words.text("weekly_hours", count=formats.number(hours, words.language)),
        None if months is None else words.count("months", months),
    )
    how = (
        *(words.text(f"modes.{mode}") for mode in option["modes"] or ()),
        *(words.text(f"schedules.{time}") for time in option["schedule"] or ()),
    )
    starts = words.day(option["starts"]) if option["starts"] else None
    for name, value in (
        ("size", ", ".join(filter(None, size))),
        ("price", _price(option, words)),
        ("how", ", ".join(how)),
        ("when", starts or (words.text("anytime") if option["continuous"] else None)),
    ):
        shown = value or unknown
        yield name, shown[:1].upper() + shown[1:]


def _price(option: Mapping[str, Any], words: Labels) -> str | None:
    price = option["price_eur"]
    if price is None:
        return None
    if not price and not option["price_max_eur"]:
        return words.text("free")
    return formats.money(price, words.language, option["price_max_eur"])


def _deadline(option: Mapping[str, Any], words: Labels, today: date) -> list[Element | str]:
    if option["continuous"]:
        return [words.text("deadlines.continuous")]
    if not option["apply_by"]:
        return [words.text("deadlines.unknown")]
    days = (date.fromisoformat(option["apply_by"]) - today).days
    if days == 0:
        return [words.text("deadlines.today")]
    name = "past" if days < 0 else "by"
    told: list[Element | str] = [
        words.text(f"deadlines.{name}", date=words.day(option["apply_by"]))
    ]
    if days > 0:
        # On paper the number would be wrong from tomorrow on.
        told.append(build("strong", ", ", words.count("days_left", days), class_="screen"))
    return told


def _link(url: str | None, words: Labels) -> Element | None:
    if not _is_address(url):
        return None
    link = build("a", words.text("read_more"), href=url, rel="noopener noreferrer")
    return build("p", link, build("span", url, class_="paper address"), class_="more")


def _code(url: str | None, words: Labels) -> Element | None:
    if url is None or not _is_address(url) or not fits(url):
        return None
    return build("img", src=qr_image(url), alt="", class_="paper code")


def _is_address(url: str | None) -> bool:
    return url is not None and url.startswith(("https://", "http://"))
