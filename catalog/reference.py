"""Carry the packaged places and fields over into the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.engine import Connection

from catalog.fields import load_fields
from catalog.geography import load_geography
from catalog.models import Field, Place


def reference_differs(connection: Connection) -> bool:
    """Say whether `store_reference` would write anything."""
    return any(_differences(connection))


def store_reference(connection: Connection) -> None:
    """Add what is missing and mend what differs; the caller commits."""
    for table, row, is_new in list(_differences(connection)):
        if is_new:
            connection.execute(insert(table).values(row))
        else:
            connection.execute(update(table).where(table.c.code == row["code"]).values(row))


def _differences(connection: Connection) -> Iterator[tuple[Table, dict[str, Any], bool]]:
    """Yield each row that is not stored so, and whether it is missing altogether."""
    for table, rows in ((Field.__table__, _fields()), (Place.__table__, _places())):
        stored = {row["code"]: dict(row) for row in connection.execute(select(table)).mappings()}
        for row in rows:
            if row != stored.get(row["code"]):
                yield table, row, row["code"] not in stored


def _fields() -> Iterable[dict[str, Any]]:
    for field in load_fields().fields:
        yield {"code": field.code, "level": field.level, **_names(field.names)}


def _places() -> Iterable[dict[str, Any]]:
    # Regions first, for municipalities point to them.
    for place in sorted(load_geography().places, key=lambda place: place.region is not None):
        yield {
            "code": place.code,
            "kind": place.kind,
            "region": place.region,
            "latitude": place.latitude,
            "longitude": place.longitude,
            **_names(place.names),
        }


def _names(names: Mapping[str, str]) -> dict[str, str]:
    return {f"name_{language}": name for language, name in names.items()}
