"""Find the municipality that an address means; one that is not in Finland has none."""

from __future__ import annotations

import re

from catalog.geography import load_geography
from catalog.importers.values import place_by_name

FINLAND = frozenset({"", "fi", "fin", "finland", "suomi"})

_POSTCODE = re.compile(r"(?:FI-?)?(\d{5})", re.IGNORECASE)
_POSTCODE_INSIDE = re.compile(r"\b(?:FI-?)?(\d{5})\b", re.IGNORECASE)
LONGEST_ADDRESS = 300


def municipality_of(*, locality: str = "", postcode: str = "", country: str = "") -> str | None:
    """Return the code of the place that a locality or else a postcode names, or None."""
    if country.rsplit("/", 1)[-1].strip().casefold() not in FINLAND:
        return None
    found = place_by_name(locality.strip())
    if found is not None:
        return found
    match = _POSTCODE.fullmatch(postcode.strip())
    return load_geography().postcode(match[1]) if match else None


def municipality_in_words(text: str) -> str | None:
    """Return the place that an address in one line names: "Koulukatu 1, 60100 Seinäjoki"."""
    text = text[:LONGEST_ADDRESS]
    parts = [part.strip() for part in re.split(r"[,;\n]", text)]
    for part in reversed(parts):
        postcode = _POSTCODE_INSIDE.search(part)
        rest = _POSTCODE_INSIDE.sub("", part).strip()
        found = municipality_of(locality=rest, postcode=postcode[1] if postcode else "")
        if found is not None:
            return found
    return None
