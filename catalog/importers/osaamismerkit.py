"""Read the national basic-skills badges, and the code list of their names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timezone
from typing import Any

from catalog.importers.documents import (
    FieldError,
    OfferingDocument,
    OptionDocument,
    Read,
    Refusal,
    Skipped,
)
from catalog.importers.json_stream import JsonStream
from catalog.importers.json_window import Source
from catalog.importers.konfo import Node
from catalog.importers.konfo_option import NOT_PUBLISHED
from catalog.importers.skills import listed_skills
from catalog.importers.updates import stand_in_id
from catalog.models import LANGUAGES
from opastin.settings import TIME_ZONE

CODE_SET = "osaamismerkit"
PUBLISHED = "JULKAISTU"
NOT_VALID = "not valid today"
# Basic programmes: what Kouta itself gives to the studies that lead to a badge.
FIELD = "001"
LEVEL = "basic"


def badge_id(code: str) -> str:
    """Return the id of the option that a badge is, by its number: `1007`."""
    return f"osaamismerkki-{code}"


def read_options(source: Source, *, name: str, today: date) -> Iterator[Read]:
    """Read a badge, a list of badges or the code list; `name` is the file's, for messages.

    Raises UserError where the file as a whole cannot be read.
    """
    badges = JsonStream(source, name, key="data")
    for number, badge in enumerate(badges, start=1):
        yield _read(badge, f"badge {number}", today)


def _read(badge: Any, label: str, today: date) -> Read:
    if not isinstance(badge, dict):
        return Refusal(label, "document", "is not an object")
    node = Node(badge)
    option_id = None
    try:
        code = _code(node)
        label, option_id = f"{CODE_SET}_{code}", badge_id(code)
        # Only the code list says which list it is of.
        if node.has("koodisto"):
            return _name_of_code_list(node, option_id)
        return _why_not(node, label, today) or _badge(node, option_id)
    except FieldError as error:
        return Refusal(label, error.field, error.reason, option=option_id)


def _code(node: Node) -> str:
    uri = node.text("koodiUri")
    if not uri:
        raise FieldError("koodiUri", "is missing")
    code_set, _, code = uri.split("#", 1)[0].partition("_")
    if code_set != CODE_SET or not (code.isascii() and code.isdigit() and len(code) <= 10):
        raise FieldError("koodiUri", f"{uri[:60]!r} is no badge, like {CODE_SET}_1007")
    return code


def _why_not(node: Node, label: str, today: date) -> Skipped | None:
    if node.has("tila") and node.text("tila") != PUBLISHED:
        return Skipped(label, NOT_PUBLISHED)
    begins, ends = _day(node, "voimassaoloAlkaa"), _day(node, "voimassaoloLoppuu")
    if (begins and begins > today) or (ends and ends < today):
        return Skipped(label, NOT_VALID)
    return None


def _day(node: Node, key: str) -> date | None:
    """Return the day in Finland of a moment in milliseconds."""
    value = node.value(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise FieldError(key, f"{str(value)[:60]!r} is not a moment in milliseconds")
    try:
        return datetime.fromtimestamp(value / 1000, tz=timezone.utc).astimezone(TIME_ZONE).date()
    except (ValueError, OverflowError, OSError):
        raise FieldError(key, "is too far off to be a day") from None


def _badge(node: Node, option_id: str) -> OptionDocument:
    titles = node.titles("nimi")
    if not titles:
        raise FieldError("nimi", "is missing")
    category = node.node("kategoria")
    outcomes = _bullets(node, "osaamistavoitteet", "osaamistavoite")
    return OptionDocument(
        id=option_id,
        type="skill_badge",
        titles=titles,
        descriptions=node.texts("kuvaus") or category.texts("kuvaus"),
        outcomes=outcomes,
        skills=listed_skills(outcomes),
        criteria=_bullets(node, "arviointikriteerit", "arviointikriteeri"),
        keywords=tuple(dict.fromkeys(_word(name) for name in category.titles("nimi").values())),
        field=FIELD,
        level=LEVEL,
        offerings=(_stand_in(option_id),),
        manner="refresh",
        all_offerings=False,
    )


def _name_of_code_list(node: Node, option_id: str) -> OptionDocument:
    titles: dict[str, str] = {}
    for item in node.nodes("metadata"):
        language = item.text("kieli").lower()
        if language in LANGUAGES and item.text("nimi"):
            titles.setdefault(language, item.text("nimi"))
    if not titles:
        raise FieldError("metadata", "holds no name")
    return OptionDocument(
        id=option_id,
        type="skill_badge",
        titles=titles,
        field=FIELD,
        level=LEVEL,
        offerings=(_stand_in(option_id),),
        manner="fill",
        all_offerings=False,
    )


def _stand_in(option_id: str) -> OfferingDocument:
    # Who awards a badge, where and when, is told by the documents of schools.
    return OfferingDocument(id=stand_in_id(option_id), outline=True)


def _bullets(node: Node, key: str, text_key: str) -> dict[str, str]:
    """Return the texts of a list by language, a bullet each."""
    items = [item.texts(text_key) for item in node.nodes(key)]
    texts = {
        language: "\n".join(f"- {item[language]}" for item in items if language in item)
        for language in LANGUAGES
    }
    return {language: text for language, text in texts.items() if text}


def _word(name: str) -> str:
    return name.replace(";", ",")
