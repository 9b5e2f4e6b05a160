"""Read the pieces that documents of the Open Education API are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from catalog.importers.documents import FieldError, is_safe_id
from catalog.importers.konfo import Node
from catalog.importers.languages import language_of
from catalog.importers.localities import municipality_of
from catalog.importers.markdown import from_markdown
from catalog.importers.moments import read_day
from catalog.importers.plain_text import clean_line
from catalog.importers.prices import is_euro, range_of, read_amount
from catalog.importers.values import check_host

MODES = {
    "distance-learning": "distance",
    "on campus": "in_person",
    "online": "online",
    "hybrid": "blended",
    "situated": "in_person",
}
LEVELS = {
    "secondary vocational education": "upper_secondary",
    "associate degree": "bachelor",
    "bachelor": "bachelor",
    "master": "master",
}
CREDIT_UNITS = ("ects", "sp")
MOST_CREDITS = 400
# Course systems of other countries name no language where there is one alone.
UNNAMED_LANGUAGE = "fi"


def read_id(node: Node, key: str) -> str:
    """Return the id under `key`: itself, or that of the whole document in its place."""
    value = node.value(key)
    if isinstance(value, dict):
        value = value.get(f"{key}Id")
    if value is None or value == "":
        raise FieldError(node.path(key), "is missing")
    if not isinstance(value, str) or not is_safe_id(value):
        raise FieldError(node.path(key), f"{str(value)[:60]!r} is no id")
    return value


def titles(node: Node, key: str) -> dict[str, str]:
    """Return a name by language, in one line each."""
    return _words(node, key, clean_line)


def texts(node: Node, key: str) -> dict[str, str]:
    """Return Markdown by language as plain text; several texts are lines of a list."""
    return _words(node, key, from_markdown)


def _words(node: Node, key: str, clean: Callable[[str], str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    groups = list(_groups(node.value(key), node.path(key)))
    for group in groups:
        for language, text in group:
            cleaned = clean(text)
            if language and cleaned:
                found.setdefault(language, []).append(cleaned)
    if sum(bool(group) for group in groups) <= 1:
        return {language: words[0] for language, words in found.items()}
    return {
        language: words[0] if len(words) == 1 else "\n".join(f"- {text}" for text in words)
        for language, words in found.items()
    }


def _groups(value: Any, path: str) -> Iterator[list[tuple[str | None, str]]]:
    """Yield texts with their languages: one group, or several where lists lie in the list."""
    if value is None:
        return
    if isinstance(value, str):
        yield [(UNNAMED_LANGUAGE, value)]
    elif isinstance(value, list) and any(isinstance(item, list) for item in value):
        for number, item in enumerate(value):
            yield from _groups(item, f"{path}[{number}]")
    elif isinstance(value, list):
        yield [_typed_string(item, f"{path}[{number}]") for number, item in enumerate(value)]
    else:
        raise FieldError(path, "is neither a text nor a list of texts with their languages")


def _typed_string(item: Any, path: str) -> tuple[str | None, str]:
    if isinstance(item, str):
        return UNNAMED_LANGUAGE, item
    if not isinstance(item, dict) or not isinstance(item.get("value"), str):
        raise FieldError(path, "is no text with its language")
    language = item.get("language")
    return (language_of(language) if isinstance(language, str) else UNNAMED_LANGUAGE), item["value"]


def words_of(node: Node, key: str) -> list[str]:
    """Return the texts under `key`, be it one or a list of them."""
    value = node.value(key)
    items = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(item, str) for item in items):
        raise FieldError(node.path(key), "holds something else than texts")
    return [clean_line(item) for item in items]


def modes(node: Node) -> tuple[str, ...]:
    """Return the modes of delivery that are ours, each once."""
    words = (word.casefold() for word in words_of(node, "modeOfDelivery"))
    return tuple(dict.fromkeys(MODES[word] for word in words if word in MODES))


def level(node: Node) -> str | None:
    """Return our level, or None."""
    text = node.text("level").casefold()
    return next((ours for theirs, ours in LEVELS.items() if text.startswith(theirs)), None)


def credits(node: Node) -> float | None:
    """Return the study load in credits; None where it is told in hours or not at all."""
    value = node.value("studyLoad")
    loads = node.nodes("studyLoad") if isinstance(value, list) else [node.node("studyLoad")]
    for load in loads:
        amount = read_amount(load.path("value"), load.value("value"), at_most=MOST_CREDITS)
        if amount and load.text("studyLoadUnit").casefold() in CREDIT_UNITS:
            return amount
    return None


def price_eur(node: Node) -> tuple[float | None, float | None]:
    """Return the price of all and the upper end of a range; None where only parts are told."""
    costs = [
        (cost.text("costType").casefold(), read_amount(cost.path("amount"), cost.value("amount")))
        for cost in node.nodes("priceInformation")
        if is_euro(cost.text("currency") or "EUR")
    ]
    whole = {amount for kind, amount in costs if kind == "total costs" and amount is not None}
    if whole:
        return range_of(whole)
    alone = len(node.nodes("priceInformation")) == 1
    return (costs[0][1] if costs and alone else None), None


def place(node: Node) -> str | None:
    """Return the municipality of the first address that is in one of ours."""
    found = (
        municipality_of(
            locality=address.text("city"),
            postcode=address.text("postalCode"),
            country=address.text("countryCode"),
        )
        for address in node.nodes("addresses")
    )
    return next(filter(None, found), None)


def day(node: Node, key: str) -> Any:
    """Return the day under `key`, or None."""
    return read_day(node.path(key), node.text(key))


def link(node: Node) -> str | None:
    """Return the address to read more at."""
    text = node.text("link")
    if not text:
        return None
    if not text.startswith(("http://", "https://")):
        raise FieldError(
            node.path("link"), f"{text[:60]!r} is no address that begins with https://"
        )
    return check_host(node.path("link"), text.split(" ", 1)[0])
