"""A study option as lines of text, with the same wording as the widget's cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import yaml

from opastin import formats
from opastin.settings import ROOT

STRINGS = ROOT / "web" / "strings"
INDENT = "  "


@dataclass(frozen=True)
class Card:
    """Writes options in one language."""

    language: str
    words: dict[str, Any]

    def lines(self, option: dict[str, Any]) -> str:
        """Return the option's title with everything known about it, a subject a line."""
        title = option["title"]
        if option["sample"]:
            title = f"{title} ({self.words['sample']})"
        facts = [
            *self.facts(option),
            *(f"+ {reason['text']}" for reason in option["reasons"]),
            *(f"! {warning['text']}" for warning in option["warnings"]),
            option["url"],
        ]
        return "\n".join([title, *(INDENT + fact for fact in facts if fact)])

    def facts(self, option: dict[str, Any]) -> list[str]:
        """Return what is known about the option itself, a subject a line."""
        words = self.words
        facts = [
            f"{words['types'][option['type']]}: {option['provider']}",
            ", ".join(self._where(option)),
            ", ".join(self._size(option)),
            f"{words['facts']['price']}: {self._price(option)}",
            self._deadline(option),
            option.get("admission_text"),
            ", ".join(self._skills(option)),
        ]
        return [fact for fact in facts if fact]

    def _where(self, option: dict[str, Any]) -> Iterator[str]:
        if option["place_name"]:
            yield option["place_name"]
        if option["distance_km"]:
            distance = formats.number(option["distance_km"], self.language)
            yield self.words["away"].format(count=distance)
        for mode in option["modes"]:
            yield self.words["modes"][mode]
        for schedule in option["schedule"]:
            yield self.words["schedules"][schedule]

    def _size(self, option: dict[str, Any]) -> Iterator[str]:
        names = {"credits": "credits", "weekly_hours": "weekly_hours", "duration_months": "months"}
        for key, name in names.items():
            if option[key] is not None:
                yield self._counted(name, option[key])

    def _counted(self, name: str, number: float) -> str:
        words = self.words[name]
        form = words if isinstance(words, str) else words["one" if number == 1 else "other"]
        return str(form.format(count=formats.number(number, self.language)))

    def _price(self, option: dict[str, Any]) -> str:
        price, most = option["price_eur"], option.get("price_max_eur")
        if price is None:
            return str(self.words["unknown"])
        if not price and not most:
            return str(self.words["free"])
        return formats.money(price, self.language, most)

    def _skills(self, option: dict[str, Any]) -> Iterator[str]:
        for number, skill in enumerate(option.get("skills") or ()):
            yield skill if number else f"{self.words['skills']}: {skill}"

    def _deadline(self, option: dict[str, Any]) -> str:
        if option["continuous"]:
            return str(self.words["deadlines"]["continuous"])
        if option["apply_by"] is None:
            return str(self.words["deadlines"]["unknown"])
        by = formats.day(date.fromisoformat(option["apply_by"]), self.language)
        return str(self.words["deadlines"]["by"].format(date=by))


@lru_cache(maxsize=3)
def load_card(language: str) -> Card:
    """Return the writer of options in `language`."""
    path = STRINGS / f"widget.{language}.yml"
    return Card(language, yaml.safe_load(path.read_text(encoding="utf-8")))
