"""Fields of education: the national classification of 2016, which follows ISCED-F."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "fields.csv"
LONGEST_CODE = 4


@dataclass(frozen=True)
class Field:
    """A field of the classification; a broad one has level 1 and no parent."""

    code: str
    level: int
    parent: str | None
    names: Mapping[str, str]


class Fields:
    """The classification, asked with its own codes or with longer ISCED-F codes under them."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self.fields = fields
        self._by_code = {field.code: field for field in fields}

    def get(self, code: str) -> Field | None:
        """Return the field with exactly this code, or None."""
        return self._by_code.get(code)

    def nearest(self, code: str) -> Field | None:
        """Return the field itself, or the closest one that a longer code lies under."""
        if not (code.isascii() and code.isdigit() and len(code) <= LONGEST_CODE):
            return None
        prefixes = (code[:length] for length in range(len(code), 1, -1))
        return next((self._by_code[prefix] for prefix in prefixes if prefix in self._by_code), None)

    def name(self, code: str, language: str) -> str:
        """Return the name of the nearest field; KeyError where there is none."""
        field = self.nearest(code)
        if field is None:
            raise KeyError(code)
        return field.names[language]


@lru_cache(maxsize=1)
def load_fields() -> Fields:
    """Read the packaged classification, once."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return Fields(
            tuple(
                Field(
                    code=row["code"],
                    level=int(row["level"]),
                    parent=row["parent"] or None,
                    names={language: row[f"name_{language}"] for language in ("fi", "sv", "en")},
                )
                for row in csv.DictReader(file)
            )
        )


def is_field(code: str) -> bool:
    """Say whether `code` is of the classification, or an ISCED-F code under it."""
    return load_fields().nearest(code) is not None


def broad(code: str) -> str:
    """Return the broad field (two digits) that `code` lies in."""
    return code[:2]


def closeness(wished: str | None, field: str | None) -> int:
    """Return 3 for the wished field, 2 for its group, 1 for its broad field, else 0."""
    if wished is None or field is None:
        return 0
    if field.startswith(wished):
        return 3
    if len(wished) >= 3 and field[:3] == wished[:3]:
        return 2
    return 1 if broad(field) == broad(wished) else 0


def name(code: str, language: str) -> str:
    """Return the name of the nearest field of the classification."""
    return load_fields().name(code, language)
