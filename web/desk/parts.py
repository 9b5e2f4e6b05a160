"""Pieces that the desk's pages are made of: fields, choices, news, problems, tables, times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element

from opastin import formats
from opastin.settings import TIME_ZONE
from web.labels import Labels
from web.markup import Content, build

NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


def field(
    label: str, name: str, *, hint: str | None = None, **attributes: str | bool | None
) -> Element:
    """Return a labelled line to type in; `hint` is told under the label."""
    hint_id = f"{name}-hint"
    attributes.setdefault("type", "text")
    return build(
        "div",
        build("label", label, for_=name),
        build("p", hint, id=hint_id, class_="hint") if hint else None,
        build(
            "input",
            id=name,
            name=name,
            aria_describedby=hint_id if hint else None,
            **attributes,
        ),
        class_="field",
    )


def area(label: str, name: str, value: str, *, hint: str | None = None, rows: int = 3) -> Element:
    """Return a labelled box of several lines."""
    hint_id = f"{name}-hint"
    return build(
        "div",
        build("label", label, for_=name),
        build("p", hint, id=hint_id, class_="hint") if hint else None,
        build(
            "textarea",
            value,
            id=name,
            name=name,
            rows=str(rows),
            aria_describedby=hint_id if hint else None,
        ),
        class_="field",
    )


def choice(
    label: str, name: str, options: Iterable[tuple[str, str]], *, chosen: str = ""
) -> Element:
    """Return a labelled list to choose one from; `options` are values and their words."""
    return build(
        "div",
        build("label", label, for_=name),
        build(
            "select",
            *(
                build("option", text, value=value, selected=value == chosen)
                for value, text in options
            ),
            id=name,
            name=name,
        ),
        class_="field",
    )


def checks(
    legend: str,
    name: str,
    options: Iterable[tuple[str, str]],
    *,
    chosen: Sequence[str] = (),
    hint: str | None = None,
) -> Element:
    """Return boxes to tick, any number of them."""
    hint_id = f"{name}-hint"
    return build(
        "fieldset",
        build("legend", legend),
        build("p", hint, id=hint_id, class_="hint") if hint else None,
        *(
            build(
                "label",
                build("input", type="checkbox", name=name, value=value, checked=value in chosen),
                " ",
                text,
                class_="check",
            )
            for value, text in options
        ),
        aria_describedby=hint_id if hint else None,
        class_="checks",
    )


def status_line(text: str) -> Element:
    """Return good news about what was just done."""
    return build("p", text, class_="news", role="status")


def problem(labels: Labels, *texts: str) -> Element:
    """Return what went wrong and what to do about it, told at once to screen readers."""
    title = build("h2", labels.text("shell.problem"))
    return build(
        "div", title, *(build("p", text) for text in texts), class_="problem", role="alert"
    )


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Content]]) -> Element:
    """Return a table that scrolls sideways by itself where the screen is narrow.

    The first cell of a row is its head.
    """
    head = build("tr", *(build("th", text, scope="col") for text in heads))
    body = [
        build(
            "tr",
            build("th", row[0], scope="row"),
            *(build("td", cell) for cell in row[1:]),
        )
        for row in rows
    ]
    whole = build("table", build("caption", caption), build("thead", head), build("tbody", *body))
    return build("div", whole, class_="wide", role="region", aria_label=caption, tabindex="0")


def moment(value: datetime | None, language: str) -> Element | str:
    """Return a moment in Finland's time: "22.11.2026 14.05"."""
    if value is None:
        return "–"
    local = value.astimezone(TIME_ZONE)
    shown = f"{formats.day(local.date(), language)} {formats.clock(local.time(), language)}"
    return build("time", shown, datetime=local.isoformat(timespec="minutes"))
