"""The form by which measures are narrowed down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from catalog.geography import Place, load_geography
from coaching.measure_report import CHANNELS, LANGUAGES
from web.desk.measure_names import Names
from web.desk.measure_wishes import WEEKS, Wishes
from web.desk.parts import choice
from web.markup import build


def filters(names: Names, wishes: Wishes, teams: Mapping[int, str], address: str) -> Element:
    """Return the form; `address` is the page's own, and with `.csv` behind it the download's."""
    every = ("", names.text("filters.any"))
    weeks = [(str(number), names.count("filters.week", number)) for number in WEEKS]
    fields = [
        choice(names.text("filters.weeks"), "weeks", weeks, chosen=str(wishes.weeks)),
        _choice(names, "channel", [every, *_named(names, "channels", CHANNELS)], wishes.channel),
        _choice(
            names, "language", [every, *_named(names, "languages", LANGUAGES)], wishes.language
        ),
        _places(names, wishes.place),
    ]
    if teams:
        options = [every, *((str(number), name) for number, name in teams.items())]
        fields.append(_choice(names, "team", options, wishes.team))
    query = wishes.query()
    return build(
        "form",
        *fields,
        build("button", names.text("filters.show"), class_="main"),
        build("a", names.text("filters.csv"), href=f"{address}.csv?{query}", class_="button"),
        method="get",
        action=address,
        class_="filters",
        aria_label=names.text("filters.title"),
    )


def _choice(names: Names, name: str, options: Sequence[tuple[str, str]], chosen: str) -> Element:
    return choice(names.text(f"filters.{name}"), name, options, chosen=chosen)


def _named(names: Names, table_name: str, codes: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((code, names.group(table_name, code)) for code in codes)


def _places(names: Names, chosen: str) -> Element:
    places = load_geography().places
    groups = [
        build("optgroup", *_options(names, found, chosen), label=names.text(f"filters.{label}"))
        for label, found in (
            ("regions", [place for place in places if place.region is None]),
            ("municipalities", [place for place in places if place.region is not None]),
        )
    ]
    every = build("option", names.text("filters.any"), value="", selected=not chosen)
    label = build("label", names.text("filters.place"), for_="place")
    return build(
        "div", label, build("select", every, *groups, id="place", name="place"), class_="field"
    )


def _options(names: Names, places: Sequence[Place], chosen: str) -> Iterator[Element]:
    for name, code in sorted((names.place(place.code), place.code) for place in places):
        yield build("option", name, value=code, selected=code == chosen)
