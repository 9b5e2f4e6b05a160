"""Read the pieces that the European Learning Model is made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from catalog.fields import is_field
from catalog.importers.documents import FieldError
from catalog.importers.languages import language_of, languages_of
from catalog.importers.localities import FINLAND, municipality_in_words, municipality_of
from catalog.importers.markdown import from_maybe_html
from catalog.importers.moments import read_day
from catalog.importers.plain_text import clean_line
from catalog.importers.prices import is_euro, range_of, read_amount
from catalog.importers.values import check_host
from catalog.importers.xml_elements import Element

# Codes of the EU's vocabularies, as the last part of their addresses:
# http://data.europa.eu/snb/learning-assessment/ and .../education-credit/
MODES = {
    "9191af2ed9": "in_person",
    "920fbb3cbe": "online",
    "e92d221e4d": "blended",
    "c_3a90b26d": "blended",
    "729f3bed4b": "in_person",
    "ed4c557045": "in_person",
}
ECTS = "6fcec5c5af"
# http://data.europa.eu/snb/eqf/
LEVELS = {
    "1": "basic",
    "2": "basic",
    "3": "upper_secondary",
    "4": "upper_secondary",
    "5": "bachelor",
    "6": "bachelor",
    "7": "master",
}
MOST_CREDITS = 400


def code_of(element: Element) -> str:
    """Return the last part of the address that a code is."""
    address = element.attributes.get("uri") or element.text
    return address.rstrip("/").rpartition("/")[2]


def titles(elements: Iterable[Element]) -> dict[str, str]:
    """Return texts by language in one line each, the first of each language."""
    return {language: texts[0] for language, texts in _by_language(elements, _one_line).items()}


def texts(elements: Iterable[Element]) -> dict[str, str]:
    """Return texts by language; several of a language are paragraphs of one."""
    found = _by_language(elements, from_maybe_html)
    return {language: "\n\n".join(parts) for language, parts in found.items()}


def notes(element: Element, name: str) -> dict[str, str]:
    """Return the words of the notes of this name, by language."""
    return texts(element.find(name, "noteLiteral"))


def _by_language(elements: Iterable[Element], clean: Callable[[str], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in elements:
        code = element.attributes.get("language") or element.attributes.get("lang") or "fi"
        language, text = language_of(code), clean(element.text)
        if language and text:
            found.setdefault(language, []).append(text)
    return found


def _one_line(text: str) -> str:
    return clean_line(from_maybe_html(text))


def modes(element: Element) -> tuple[str, ...]:
    """Return the modes of learning that are ours, each once."""
    codes = map(code_of, element.all("mode"))
    return tuple(dict.fromkeys(MODES[code] for code in codes if code in MODES))


def languages(element: Element) -> tuple[str, ...]:
    """Return the languages of teaching that are ours."""
    return languages_of(map(code_of, element.all("language")))


def isced_field(element: Element) -> str | None:
    """Return the closest field that is named, or None."""
    codes = filter(is_field, map(code_of, element.all("ISCEDFCode")))
    return max(codes, key=len, default=None)


def credits(element: Element, path: str) -> float | None:
    """Return the points of the European system; None where there are none, or of others only."""
    for points in element.all("creditPoint"):
        if ECTS in map(code_of, points.all("framework")) or not points.all("framework"):
            text = next((point.text for point in points.all("point")), "")
            return read_amount(f"{path}.creditPoint.point", text, at_most=MOST_CREDITS) or None
    return None


def level(element: Element) -> str | None:
    """Return our level for that of the European framework."""
    return next((LEVELS.get(code) for code in map(code_of, element.all("EQFLevel"))), None)


def price_eur(element: Element) -> tuple[float | None, float | None]:
    """Return the price and the upper end of a range; None where one is not in euros."""
    prices: set[float | None] = set()
    for amount in element.find("priceDetail", "amount"):
        if all(is_euro(code_of(unit)) for unit in amount.all("unit")):
            text = next((value.text for value in amount.all("value")), amount.text)
            prices.add(read_amount("priceDetail.amount.value", text))
        else:
            prices.add(None)
    return range_of(prices)


def days(element: Element, *path: str) -> list[date]:
    """Return the days that a path of names leads to, in order of time."""
    name = ".".join(path)
    return sorted(filter(None, (read_day(name, found.text) for found in element.find(*path))))


def next_day(found: list[date], today: date) -> date | None:
    """Return the first day from `today` on, else the last that was."""
    return next((day for day in found if day >= today), found[-1] if found else None)


def place(location: Element) -> str | None:
    """Return the municipality that a location is in, or None."""
    for address in location.all("address"):
        countries = list(map(code_of, address.all("countryCode")))
        if any(country.casefold() not in FINLAND for country in countries):
            return None
        for note in address.find("fullAddress", "noteLiteral"):
            found = municipality_in_words(note.text)
            if found:
                return found
    names = (clean_line(name.text) for name in location.all("geographicName"))
    return next(filter(None, (municipality_of(locality=name) for name in names)), None)


def homepage(element: Element) -> str | None:
    """Return the first address to read more at."""
    for page in element.find("homepage", "contentUrl"):
        text = page.text
        if not re.fullmatch(r"https?://[^\s<>\"]+", text):
            reason = f"{text[:60]!r} is no address that begins with https://"
            raise FieldError("homepage.contentUrl", reason)
        return check_host("homepage.contentUrl", text)
    return None
