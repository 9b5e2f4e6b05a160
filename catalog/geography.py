"""Municipalities and regions: names, phrases, positions, distances and postcodes."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

DATA = Path(__file__).parent / "data"
EARTH_RADIUS_KM = 6371.0
REGION_PREFIX = "maakunta_"
# Has authorities and benefits of its own.
ALAND = "maakunta_21"


@dataclass(frozen=True)
class Place:
    """A municipality, or a region at the position of its largest town."""

    code: str
    kind: str
    names: Mapping[str, str]
    region: str | None
    latitude: float
    longitude: float
    finnish_forms: Mapping[str, str] = field(default_factory=dict)
    swedish_preposition: str = "i"

    def name(self, language: str) -> str:
        """Return the name used in `language`: "Vaasa", "Vasa"."""
        return self.names[language]

    def inside(self, language: str) -> str:
        """Return "in this place": "Seinäjoella", "i Vasa", "på Åland", "in Turku"."""
        if language == "fi":
            return self.finnish_forms.get("inessive_like") or self.name("fi")
        preposition = self.swedish_preposition if language == "sv" else "in"
        return f"{preposition} {self.name(language)}"

    def from_(self, language: str) -> str:
        """Return "from this place": "Seinäjoelta", "från Vasa", "from Turku"."""
        if language == "fi":
            return self.finnish_forms.get("elative_like") or self.name("fi")
        return f"{'från' if language == 'sv' else 'from'} {self.name(language)}"


class Geography:
    """All places by code, and how they lie to each other."""

    def __init__(self, places: tuple[Place, ...], postcodes: Mapping[str, str]) -> None:
        self.places = places
        self._by_code = {place.code: place for place in places}
        self._postcodes = postcodes
        self._postcode_counts = Counter(postcodes.values())

    def get(self, code: str) -> Place | None:
        """Return the place with this code, or None."""
        return self._by_code.get(code)

    def distance_km(self, code_a: str, code_b: str) -> int:
        """Return the straight line between two main towns, in whole kilometres."""
        return round(_haversine_km(self._by_code[code_a], self._by_code[code_b]))

    def region_of(self, code: str) -> str:
        """Return the region that a place lies in; a region is its own."""
        return self._by_code[code].region or code

    def municipalities_in(self, region: str) -> tuple[str, ...]:
        """Return the codes of the municipalities of a region."""
        return tuple(place.code for place in self.places if place.region == region)

    def postcode(self, code: str) -> str | None:
        """Return the municipality that a postcode belongs to, or None."""
        return self._postcodes.get(code)

    def count_postcodes(self, municipality: str) -> int:
        """Return how many postcodes belong to a municipality: more where more people live."""
        return self._postcode_counts[municipality]


@lru_cache(maxsize=1)
def load_geography() -> Geography:
    """Read the places of the packaged tables, once."""
    municipalities = {row["code"]: row for row in _rows("municipalities.csv")}
    forms = {row["code"]: row for row in _rows("place_forms.csv")}
    usage = {row["code"]: row for row in _rows("place_usage.csv")}
    places = [_municipality(row, forms, usage) for row in municipalities.values()]
    for row in _rows("regions.csv"):
        places.append(_region(row["code"], municipalities[row["main_town"]], forms, usage))
    postcodes = {row["postcode"]: row["municipality_code"] for row in _rows("postcodes.csv")}
    return Geography(tuple(places), postcodes)


def _municipality(row: dict[str, str], forms: _Rows, usage: _Rows) -> Place:
    # English texts about Finland use the Finnish name, except where most people speak Swedish.
    own = usage.get(row["code"], {})
    name_en = own.get("name_en") or row["name_fi"]
    return Place(
        code=row["code"],
        kind="municipality",
        names={"fi": row["name_fi"], "sv": row["name_sv"], "en": name_en},
        region=REGION_PREFIX + row["region_code"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        finnish_forms=forms.get(row["code"], {}),
        swedish_preposition=own.get("preposition_sv") or "i",
    )


def _region(number: str, town: dict[str, str], forms: _Rows, usage: _Rows) -> Place:
    code = REGION_PREFIX + number
    return Place(
        code=code,
        kind="region",
        names={language: town[f"region_{language}"] for language in ("fi", "sv", "en")},
        region=None,
        latitude=float(town["latitude"]),
        longitude=float(town["longitude"]),
        finnish_forms=forms.get(code, {}),
        swedish_preposition=usage.get(code, {}).get("preposition_sv") or "i",
    )


_Rows = Mapping[str, Mapping[str, str]]


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = DATA / name
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _haversine_km(a: Place, b: Place) -> float:
    latitude_a, latitude_b = radians(a.latitude), radians(b.latitude)
    half_height = sin((latitude_b - latitude_a) / 2) ** 2
    half_width = sin(radians(b.longitude - a.longitude) / 2) ** 2
    chord = half_height + cos(latitude_a) * cos(latitude_b) * half_width
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
