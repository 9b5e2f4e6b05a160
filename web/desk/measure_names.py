"""What measures and their groups are called in the desk's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from catalog.fields import load_fields
from catalog.geography import load_geography
from coaching.measure_scope import Scope
from coaching.measures import OTHERS
from opastin import formats
from web.labels import Labels

ANYWHERE = "any"


class Names:
    """Finds words for codes, and writes figures as the language does."""

    def __init__(self, labels: Labels, teams: Mapping[int, str]) -> None:
        """Use the desk's words, and the names that the teams have been given."""
        self._labels = labels
        self._teams = teams

    def text(self, name: str, **values: object) -> str:
        """Return a text of the page by its name."""
        return self._labels.text(f"measures.{name}", **values)

    def count(self, name: str, number: int) -> str:
        """Return a text in the form that a number asks for."""
        return self._labels.count(f"measures.{name}", number)

    def span(self, name: str, scope: Scope) -> str:
        """Return a text, of any part, with the days between which conversations began."""
        first, last = (formats.day(day, self._labels.language) for day in (scope.first, scope.last))
        return self._labels.text(name, first=first, last=last)

    def week(self, code: str) -> str:
        """Return a week of the year: "vk 9" for 2026-W09."""
        return self.text("weeks.week", number=int(code[-2:]))

    def place(self, code: str) -> str:
        """Return a municipality or region, or what stands for none."""
        if code in ("", ANYWHERE, OTHERS):
            return self.text(f"places.{code or 'none'}")
        place = load_geography().get(code)
        return place.name(self._labels.language) if place else code

    def unmet_place(self, code: str) -> str:
        """Return the place of a search that found nothing near enough."""
        return self.place(code) if code else self.text("demand.no_place")

    def field(self, code: str) -> str:
        """Return a field of education."""
        field = load_fields().nearest(code) if code else None
        if field is None:
            return code or self.text("demand.no_field")
        return field.names[self._labels.language]

    def team(self, number: str) -> str:
        """Return a team; one that is gone is told by its number."""
        if not number:
            return self.text("teams.none")
        return self._teams.get(int(number), number)

    def group(self, table: str, code: str) -> str:
        """Return a group whose names stand among the words of its table."""
        try:
            return self.text(f"{table}.{code}")
        except KeyError:
            return code

    def among(self, table: str) -> Callable[[str], str]:
        """Return what names the groups of a table."""
        return lambda code: self.group(table, code)

    def number(self, value: float | None) -> str | None:
        """Return a number, None for a hidden one."""
        return None if value is None else formats.number(value, self._labels.language)

    def percent(self, value: int | None) -> str | None:
        """Return a share, None for a hidden one."""
        return None if value is None else self.text("percent", value=value)

    def minutes(self, value: float | None) -> str | None:
        """Return a time in whole minutes, None for a hidden one."""
        if value is None:
            return None
        if value < 1:
            return self.text("under_minute")
        return self.text("minutes", value=self.number(round(value)))
