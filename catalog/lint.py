"""Check the whole catalogue for what is to be mended, and tell it by provider."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import Any, TextIO

from sqlalchemy.orm import Session

from catalog.checks.codes import check_codes
from catalog.checks.dates import check_dates
from catalog.checks.finding import ERROR, KINDS, LEVELS, Finding
from catalog.checks.gaps import check_gaps
from catalog.checks.prices import check_prices
from catalog.checks.records import Record, read_records
from catalog.checks.texts import check_texts
from catalog.lint_store import LintStore, ProviderKind, Told

EXAMPLES = 3


@dataclass(frozen=True)
class Lint:
    """What a check of the catalogue found; readable as long as the check is open."""

    checked: int
    store: LintStore

    @property
    def has_errors(self) -> bool:
        """Say whether something is wrong, and not only missing."""
        return self.store.count_options()[ERROR] > 0


@contextmanager
def lint(
    session: Session, *, today: date, progress: Callable[[int], None] | None = None
) -> Iterator[Lint]:
    """Check every option as of `today`; `progress` is told how many are done."""
    store = LintStore()
    try:
        checked = 0
        for checked, record in enumerate(read_records(session), start=1):
            store.add(record, check(record, today))
            store.remember(record)
            if progress is not None:
                progress(checked)
        store.find_duplicates()
        yield Lint(checked, store)
    finally:
        store.close()


def check(record: Record, today: date) -> Iterator[Finding]:
    """Yield what is to be mended in one option, seen by itself."""
    yield from check_gaps(record, today)
    yield from check_dates(record, today)
    yield from check_prices(record)
    yield from check_codes(record)
    yield from check_texts(record)


def lines(found: Lint, *, least: str = LEVELS[-1]) -> Iterator[str]:
    """Yield the report for people: counts, then what each provider has to mend.

    `least` is the level down to which providers are told; the counts are of all.
    """
    levels = found.store.count_options()
    told = ", ".join(f"{levels[level]} with {level}s" for level in LEVELS)
    yield f"{found.checked} study options checked: {told}"
    for kind, count in found.store.count_kinds().items():
        yield f"  {count:6d}  {KINDS[kind].level:7}  {kind}"
    told_levels = LEVELS[: LEVELS.index(least) + 1]
    rows = (
        row
        for row in found.store.by_provider(examples=EXAMPLES)
        if KINDS[row.kind].level in told_levels
    )
    for provider, kinds in groupby(rows, key=lambda row: row.provider_name):
        yield ""
        yield provider
        for row in kinds:
            yield f"  {row.options:6d}  {KINDS[row.kind].level:7}  {_sentence(row)}"


def write_json(found: Lint, file: TextIO) -> None:
    """Write counts and every finding as one JSON object, a finding a line."""
    kinds = [
        {"kind": kind, **asdict(KINDS[kind]), "options": count}
        for kind, count in found.store.count_kinds().items()
    ]
    head = {
        "checked": found.checked,
        "options": found.store.count_options(),
        "kinds": kinds,
    }
    file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "findings": [')
    separator = "\n"
    for told in found.store.all():
        file.write(separator + json.dumps(_as_json(told), ensure_ascii=False))
        separator = ",\n"
    file.write("\n]}\n")


def _sentence(row: ProviderKind) -> str:
    rest = row.options - len(row.examples)
    more = f" and {rest} more" if rest else ""
    return f"{KINDS[row.kind].mend} ({', '.join(row.examples)}{more})."


def _as_json(told: Told) -> dict[str, Any]:
    return {
        "option": told.option,
        "provider": told.provider,
        "provider_name": told.provider_name if told.provider else None,
        "source": told.source,
        "level": KINDS[told.finding.kind].level,
        **asdict(told.finding),
    }
