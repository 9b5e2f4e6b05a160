"""Keep what the checks find outside memory until it is told by kind and by provider."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from catalog.checks.finding import KINDS, LEVELS, Finding
from catalog.checks.likeness import likenesses
from catalog.checks.records import Record

NO_PROVIDER = "no provider told"

_TABLES = """
CREATE TABLE findings (provider TEXT, provider_name TEXT, source TEXT, option TEXT, offering TEXT,
                       kind TEXT, kind_order INTEGER, level TEXT, field TEXT, detail TEXT);
CREATE TABLE likenesses (likeness INTEGER, field TEXT, option TEXT, source TEXT,
                         provider TEXT, provider_name TEXT);
"""
_LIKE_IN_SOURCES = """
SELECT likeness, field, option, source, provider, provider_name FROM likenesses
WHERE likeness IN (SELECT likeness FROM likenesses GROUP BY likeness
                   HAVING COUNT(DISTINCT source) > 1)
ORDER BY likeness, option
"""
_BY_PROVIDER = """
SELECT provider, provider_name, kind, COUNT(DISTINCT option) FROM findings
GROUP BY provider, provider_name, kind ORDER BY provider_name, provider, kind_order
"""
FINDING_COLUMNS = 10
FindingRow = tuple[Any, ...]
_ORDER = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Told:
    """A finding with the option it is about."""

    option: str
    provider: str | None
    provider_name: str
    source: str
    finding: Finding


@dataclass(frozen=True)
class ProviderKind:
    """How many options of a provider have a kind of mistake, and which, the first few."""

    provider_name: str
    kind: str
    options: int
    examples: tuple[str, ...]


class LintStore:
    """What was found, in a database of its own that vanishes when it is closed."""

    def __init__(self) -> None:
        """Open the database; it lies in a temporary file as soon as it grows."""
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_TABLES)
        # Nothing of it is to outlive a crash.
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Forget everything."""
        self._database.close()

    def add(self, record: Record, findings: Iterable[Finding]) -> None:
        """Keep the findings about an option."""
        owner = (record.provider, record.provider_name)
        option = record.option
        self._add(_row(owner, option.source_name, option.id, item) for item in findings)

    def remember(self, record: Record) -> None:
        """Keep what tells that an option of another source is the same."""
        option = record.option
        owner = (option.id, option.source_name, record.provider, record.provider_name)
        # Only equality counts, and texts can be long; hashes are alike within a process.
        rows = [(hash(likeness), likeness[0], *owner) for likeness in likenesses(record)]
        self._database.executemany("INSERT INTO likenesses VALUES (?, ?, ?, ?, ?, ?)", rows)

    def find_duplicates(self) -> None:
        """Add a finding for each option that another source has as well."""
        rows = self._database.execute(_LIKE_IN_SOURCES)
        for _, group in groupby(rows, key=lambda row: row[0]):
            self._add(_twins(list(group)))

    def count_options(self) -> dict[str, int]:
        """Return how many options have a finding, by level."""
        query = "SELECT level, COUNT(DISTINCT option) FROM findings GROUP BY level"
        counts = dict(self._database.execute(query))
        return {level: counts.get(level, 0) for level in LEVELS}

    def count_kinds(self) -> dict[str, int]:
        """Return how many options have each kind of mistake that there is, the worst first."""
        query = "SELECT kind, COUNT(DISTINCT option) FROM findings GROUP BY kind"
        counts = dict(self._database.execute(query))
        return {kind: counts[kind] for kind in KINDS if kind in counts}

    def by_provider(self, *, examples: int) -> Iterator[ProviderKind]:
        """Yield the kinds of mistakes of each provider, by name, the worst first."""
        self._database.execute(
            "CREATE INDEX IF NOT EXISTS by_provider ON findings (provider, kind, option)"
        )
        query = (
            "SELECT DISTINCT option FROM findings "
            "WHERE provider IS ? AND kind = ? ORDER BY option LIMIT ?"
        )
        for provider, name, kind, options in self._database.execute(_BY_PROVIDER):
            found = self._database.execute(query, (provider, kind, examples))
            yield ProviderKind(name, kind, options, tuple(row[0] for row in found))

    def all(self) -> Iterator[Told]:
        """Yield every finding, in the order of providers and options."""
        query = (
            "SELECT option, provider, provider_name, source, kind, field, detail, offering "
            "FROM findings ORDER BY provider_name, provider, option, kind_order, offering"
        )
        for option, provider, name, source, *finding in self._database.execute(query):
            yield Told(option, provider, name, source, Finding(*finding))

    def _add(self, rows: Iterable[FindingRow]) -> None:
        places = ", ".join("?" * FINDING_COLUMNS)
        self._database.executemany(f"INSERT INTO findings VALUES ({places})", rows)  # noqa: S608


def _twins(alike: list[tuple[Any, ...]]) -> Iterator[FindingRow]:
    """Yield a finding for each of the options, which names one of another source."""
    first = alike[0]
    other = next(row for row in alike if row[3] != first[3])
    for _, field, option, source, *owner in alike:
        twin = first if source != first[3] else other
        detail = f"is the same as that of {twin[2]} from {twin[3]}"
        yield _row(tuple(owner), source, option, Finding("duplicate", field, detail))


def _row(owner: tuple[str | None, ...], source: str, option: str, finding: Finding) -> FindingRow:
    provider, provider_name = owner
    kind = finding.kind
    return (
        *(provider, provider_name or NO_PROVIDER, source, option, finding.offering),
        *(kind, _ORDER[kind], KINDS[kind].level, finding.field, finding.detail),
    )
