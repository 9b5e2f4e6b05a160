"""Read the words of schema.org's things: titles, texts, lists, places and providers."""

from __future__ import annotations

import re
from functools import lru_cache

from catalog.importers.documents import FieldError, ProviderDocument, is_safe_id
from catalog.importers.jsonld import OWN_PREFIX, Thing
from catalog.importers.localities import municipality_in_words, municipality_of
from catalog.importers.markdown import from_maybe_html
from catalog.importers.plain_text import clean_line
from catalog.importers.skills import known_skills, skills_of
from catalog.importers.values import CACHED, LONGEST_CACHED, check_host, read_place
from catalog.models import ID_LENGTH

# How an export of ours names an option, an offering or a provider.
OWN_ID = "opastin"
NAMES = ("name", "targetName", "credentialCategory", "termCode")
LONGEST_ADDRESS = 2000

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def titles(thing: Thing, key: str = "name") -> dict[str, str]:
    """Return a name by language, in one line each."""
    found = {language: title_of(texts[0]) for language, texts in thing.texts(key).items()}
    return {language: title for language, title in found.items() if title}


def title_of(text: str) -> str:
    """Return what may be HTML as one line."""
    return _short_title(text) if len(text) <= LONGEST_CACHED else _cleaned_title(text)


@lru_cache(maxsize=CACHED)
def _short_title(text: str) -> str:
    return _cleaned_title(text)


def _cleaned_title(text: str) -> str:
    return clean_line(from_maybe_html(text))


def paragraphs(thing: Thing, key: str) -> dict[str, str]:
    """Return texts by language; several are paragraphs of one."""
    joined = {
        language: "\n\n".join(filter(None, map(from_maybe_html, texts)))
        for language, texts in thing.texts(key).items()
    }
    return {language: text for language, text in joined.items() if text}


def points(thing: Thing, *keys: str) -> dict[str, str]:
    """Return texts, and the names of things, by language; several are points of a list."""
    found: dict[str, list[str]] = {}
    for key in keys:
        for item in thing.things(key):
            name_key = next((name for name in NAMES if item.texts(name)), "description")
            for language, texts in item.texts(name_key).items():
                found.setdefault(language, []).extend(filter(None, map(from_maybe_html, texts)))
    return {
        language: texts[0]
        if len(texts) == 1
        else "\n".join(f"- {title_of(text)}" for text in texts)
        for language, texts in found.items()
        if texts
    }


def skills(thing: Thing, *keys: str) -> dict[str, tuple[str, ...]]:
    """Return the names of the skills that are terms of their own, by language."""
    found: dict[str, list[str]] = {}
    for key in keys:
        for item in thing.things(key):
            name_key = next((name for name in NAMES if item.texts(name)), None)
            if "Text" in item.types or name_key is None:
                continue
            for language, names in item.texts(name_key).items():
                found.setdefault(language, []).extend(map(title_of, names))
    return known_skills({language: skills_of(names) for language, names in found.items()})


def keywords(thing: Thing) -> tuple[str, ...]:
    """Return keywords, be they a list, terms with names or one text with commas."""
    values = thing.strings("keywords")
    named = [item.string("name") for item in thing.things("keywords") if "Text" not in item.types]
    words = [*(values[0].split(",") if len(values) == 1 else values), *named]
    cleaned = (title_of(word).replace(";", ",") for word in words)
    return tuple(dict.fromkeys(word for word in cleaned if word))


def own_id(thing: Thing, *, longest: int = ID_LENGTH) -> str | None:
    """Return the id under which an export of ours wrote a thing, or None."""
    for identifier in thing.things("identifier"):
        value = identifier.string("value")
        if identifier.string("propertyID") == OWN_ID and is_safe_id(value, longest=longest):
            return value
    return None


def own(thing: Thing, name: str) -> str:
    """Return the value of a term of our own as text, or nothing."""
    return ";".join(_text(value) for value in thing.values(OWN_PREFIX + name))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return clean_line(str(value)) if isinstance(value, str | int | float) else "?"


def address(thing: Thing, key: str = "url") -> str | None:
    """Return the first whole address; one that is relative to a page unknown here is None."""
    for text in thing.strings(key):
        text = text.strip()
        if text.startswith(("http://", "https://")) and not re.search(r"[\s<>\"]", text):
            return check_host(thing.path(key), text[:LONGEST_ADDRESS])
        if _SCHEME.match(text):
            raise FieldError(
                thing.path(key), f"{text[:60]!r} is no address that begins with https://"
            )
    return None


def place(thing: Thing, key: str = "location") -> str | None:
    """Return the municipality of the first location that is in one of ours."""
    for location in thing.things(key):
        for postal in location.things("address") or [location]:
            countries = [item.string("name") for item in postal.things("addressCountry")]
            found = municipality_of(
                locality=title_of(postal.string("addressLocality")),
                postcode=postal.string("postalCode"),
                country=next(iter(countries), ""),
            ) or municipality_in_words(title_of(postal.string("name")))
            if found:
                return found
        found = municipality_in_words(title_of(location.string("name")))
        if found:
            return found
    return None


def provider(thing: Thing) -> ProviderDocument | None:
    """Return who provides a course, if it has a name."""
    for key in ("provider", "organizer", "sourceOrganization"):
        for found in thing.things(key):
            names = titles(found)
            if names:
                own_place = own(found, "municipality")
                return ProviderDocument(
                    id=own_id(found),
                    names=names,
                    municipality=read_place(found.path("municipality"), own_place)
                    or (None if own_id(found) else place(found, "address")),
                    url=address(found),
                )
    return None
