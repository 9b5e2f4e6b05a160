"""The words of server-rendered pages in one language, ordinary or easy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from babel import Locale

from opastin import formats
from web.wording import load_strings

EASY = "easy"


class Labels:
    """Finds a page's words, and writes numbers and dates as the language does."""

    def __init__(self, language: str, *, plain: bool = False, files: Iterable[str]) -> None:
        """Look the words up in `files`, such as "pages" and "widget", in this order."""
        self.language = language
        strings = [load_strings(f"{file}.{language}") for file in files]
        # Easy words come first, wherever they stand.
        easy = [content[EASY] for content in strings if plain and EASY in content]
        self._strings: list[dict[str, Any]] = [*easy, *strings]

    def text(self, name: str, /, **values: object) -> str:
        """Return the text at a dotted name; KeyError when there is none."""
        return str(self._find(name)).format_map(values)

    def find(self, name: str) -> str | None:
        """Return the text at a dotted name, None when there is none."""
        try:
            return str(self._find(name))
        except KeyError:
            return None

    def count(self, name: str, number: float) -> str:
        """Return the text in the form that the number asks for."""
        forms = self._find(name)
        form = Locale.parse(self.language).plural_form(number)
        shown = formats.number(number, self.language)
        return str(forms.get(form, forms["other"])).format(count=shown)

    def day(self, iso: str) -> str:
        """Return an ISO date as people write it."""
        return formats.day(date.fromisoformat(iso), self.language)

    def _find(self, name: str) -> Any:
        for strings in self._strings:
            found: Any = strings
            for part in name.split("."):
                found = found.get(part) if isinstance(found, dict) else None
            if found is not None:
                return found
        raise KeyError(name)
