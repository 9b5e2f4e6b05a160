"""The command `opastin catalog demand`: what people asked for that nobody offers near them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TextIO

import click

from catalog.fields import load_fields
from catalog.geography import load_geography
from opastin.settings import Settings, load_settings
from opastin.tables import aligned
from opastin.terminal import load_card

if TYPE_CHECKING:
    from coaching.demand import Group
    from coaching.demand_figures import Band, PlaceDemand

DEFAULT_WEEKS = 13
MOST_WEEKS = 520
LANGUAGE = "fi"
NO_PLACE, NO_FIELD = "no place told", "no field told"
# What searches are told by beside place and field, and how that is headed.
ASPECTS = {"types": "all places together, by type", "modes": "all places together, by mode"}
NOT_TOLD = {"types": "no type told", "modes": "no mode told"}


@click.group()
def command() -> None:
    """Say what was asked for in vain."""


@command.command("demand")
@click.option(
    "--weeks",
    type=click.IntRange(1, MOST_WEEKS),
    default=DEFAULT_WEEKS,
    show_default=True,
    help="How many weeks to count, this one with them.",
)
@click.option(
    "--json",
    "json_file",
    type=click.File("w", encoding="utf-8", lazy=True),
    help="Write the figures to a file as JSON; - is standard output, without the table.",
)
def demand_command(weeks: int, json_file: TextIO | None) -> None:
    """Show unmet demand by municipality and field of study, and by type and mode of studies.

    Counted are searches of conversations that found nothing near enough. Groups under five are
    hidden ("<5"), larger ones are told in bands of five, and totals only add the bands up.
    """
    from coaching.demand import first_week, week_of
    from coaching.demand_figures import by_aspect, by_field, by_place

    settings = load_settings()
    today = settings.today()
    span = {"from": first_week(weeks, today), "to": week_of(today)}
    groups = _read(settings, weeks)
    places = tuple(sorted(by_place(groups), key=lambda item: _order(item.place)))
    fields = by_field(places)
    aspects = {name: by_aspect(groups, name) for name in ASPECTS}
    if json_file is not None:
        figures = {"weeks": span, "places": list(map(_place_json, places))}
        figures["fields"] = _fields_json(fields)
        figures |= {name: _aspect_json(name, bands) for name, bands in aspects.items()}
        json_file.write(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    if json_file is None or json_file.name != "-":
        for line in _lines(places, fields, aspects, span):
            click.echo(line)


def _read(settings: Settings, weeks: int) -> tuple[Group, ...]:
    from coaching.db import open_engine, session_factory, upgrade_engine
    from coaching.demand import read_demand

    engine = open_engine(settings.conversations_url)
    try:
        upgrade_engine(engine)
        with session_factory(engine.execution_options(reads_only=True))() as session:
            return tuple(read_demand(session, weeks=weeks, today=settings.today()))
    finally:
        engine.dispose()


def _lines(
    places: tuple[PlaceDemand, ...],
    fields: Mapping[str, Band],
    aspects: Mapping[str, Mapping[str, Band]],
    span: Mapping[str, str],
) -> Iterator[str]:
    weeks = f"{span['from']} to {span['to']}"
    if not places:
        yield f"No search found too little near the person, {weeks}."
        return
    yield f"Searches that found nothing near enough, {weeks}"
    rows = [("all places together", "")]
    rows += [(f"  {_field(code)}", str(band)) for code, band in fields.items()]
    for aspect, bands in aspects.items():
        if bands:
            rows.append((ASPECTS[aspect], ""))
            rows += [(f"  {_aspect(aspect, code)}", str(band)) for code, band in bands.items()]
    for place in places:
        name = ", ".join(filter(None, (_place(place.place), _region(place.place))))
        rows.append((name, str(place.total)))
        rows += [(f"  {_field(code)}", str(band)) for code, band in place.fields.items()]
    yield from aligned(rows)


def _place_json(place: PlaceDemand) -> dict[str, Any]:
    return {
        "place": place.place or None,
        "name": _place(place.place),
        "region": _region(place.place) or None,
        "total": _band_json(place.total),
        "fields": _fields_json(place.fields),
    }


def _fields_json(fields: Mapping[str, Band]) -> list[dict[str, Any]]:
    return [
        {"field": code or None, "name": _field(code), **_band_json(band)}
        for code, band in fields.items()
    ]


def _aspect_json(aspect: str, bands: Mapping[str, Band]) -> list[dict[str, Any]]:
    key = aspect.removesuffix("s")
    return [
        {key: code or None, "name": _aspect(aspect, code), **_band_json(band)}
        for code, band in bands.items()
    ]


def _band_json(band: Band) -> dict[str, Any]:
    return {"at_least": band.at_least, "at_most": band.at_most, "shown": str(band)}


def _order(code: str) -> tuple[bool, str, bool, str]:
    """Order places by region, the region itself first; what is not known comes last."""
    region = _region(code)
    return (not code, region or _place(code), bool(region), _place(code))


def _place(code: str) -> str:
    place = load_geography().get(code)
    return place.name(LANGUAGE) if place else code or NO_PLACE


def _region(code: str) -> str:
    """Return the name of the region that a municipality lies in, nothing for a region itself."""
    geography = load_geography()
    place = geography.get(code)
    region = geography.get(place.region) if place and place.region else None
    return region.name(LANGUAGE) if region else ""


def _field(code: str) -> str:
    field = load_fields().nearest(code) if code else None
    return field.names[LANGUAGE] if field else code or NO_FIELD


def _aspect(aspect: str, code: str) -> str:
    if not code:
        return NOT_TOLD[aspect]
    names: Mapping[str, str] = {"any": "any mode", **load_card(LANGUAGE).words[aspect]}
    return names.get(code, code)
