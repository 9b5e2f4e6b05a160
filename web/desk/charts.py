"""Pictures of figures, drawn by the server: one hue, the numbers on the data."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from web.markup import build

STEP, BAR = 56, 36
HEIGHT, TOP, BOTTOM = 168, 24, 28
_WIDTH = 100


def columns(values: Mapping[str, int | None], *, title: str, hidden: str) -> Element:
    """Return a picture with a column for each value; one that is hidden has none but `hidden`.

    It keeps its size, so that its words can be read on a phone as well.
    """
    largest = max((value or 0 for value in values.values()), default=0) or 1
    width = STEP * max(len(values), 1)
    picture = build(
        "svg",
        *(
            part
            for at, (name, value) in enumerate(values.items())
            for part in _column(at, name, value, largest, hidden)
        ),
        build("path", d=f"M0 {HEIGHT - BOTTOM}.5H{width}", class_="axis"),
        viewBox=f"0 0 {width} {HEIGHT}",
        width=str(width),
        height=str(HEIGHT),
        class_="columns",
        role="img",
        aria_label=title,
    )
    return build("div", picture, class_="wide", role="region", aria_label=title, tabindex="0")


def bar(value: int | None, largest: int) -> Element | None:
    """Return a bar as long as the value is beside the largest one; None where it is hidden."""
    if value is None:
        return None
    length = round(_WIDTH * value / max(largest, 1), 1)
    return build(
        "svg",
        build("rect", width=str(length), height="12"),
        viewBox=f"0 0 {_WIDTH} 12",
        preserveAspectRatio="none",
        class_="bar",
        aria_hidden="true",
        focusable="false",
    )


def _column(at: int, name: str, value: int | None, largest: int, hidden: str) -> list[Element]:
    middle, floor = STEP * at + STEP // 2, HEIGHT - BOTTOM
    height = 0 if value is None else round((floor - TOP) * value / largest)
    shape = build(
        "rect",
        x=str(middle - BAR // 2),
        y=str(floor - height),
        width=str(BAR),
        height=str(height),
    )
    return [
        shape,
        _text(middle, floor - height - 6, hidden if value is None else str(value), "value"),
        _text(middle, HEIGHT - 8, name, "name"),
    ]


def _text(x: int, y: int, words: str, kind: str) -> Element:
    return build("text", words, x=str(x), y=str(y), class_=kind)
