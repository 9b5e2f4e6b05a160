"""One topology for the tests that break its parts, and the table of how soon it recovered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.crowd import Recovery
from tests.postgresql import PostgreSQL, running_postgresql
from tests.scale.topology import Topology, running_topology

FOLDER = Path(__file__).parent
MEASURED = "recovery"
# The parts are started once, and two of them again, which beside others takes minutes.
TIMEOUT_SECONDS = 900

Note = Callable[[str, Recovery], None]


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """Return the server that the topology has its database at."""
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def _topology(
    tmp_path_factory: pytest.TempPathFactory, postgresql_server: PostgreSQL
) -> Iterator[Topology]:
    folder = tmp_path_factory.mktemp("faults")
    with running_topology(folder, postgresql_server.url) as topology:
        yield topology


@pytest.fixture
def topology(_topology: Topology) -> Topology:
    """Return the service on several processes, all of them running."""
    _topology.mend()
    return _topology


@pytest.fixture
def note(record_property: Callable[[str, object], None]) -> Note:
    """Return what keeps how a fault was got over for the table at the end."""

    def keep(fault: str, recovery: Recovery) -> None:
        record_property(MEASURED, recovery.as_line(fault))

    return keep


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give these tests the time that processes take to start on a busy machine."""
    for item in items:
        if item.path.is_relative_to(FOLDER):
            item.add_marker(pytest.mark.timeout(TIMEOUT_SECONDS))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what docs/reference/measurements.md has under "Faults"; nothing of it is asserted."""
    lines = [
        value
        for report in terminalreporter.stats.get("passed", ())
        for name, value in report.user_properties
        if name == MEASURED and report.when == "call"
    ]
    if lines:
        terminalreporter.section("faults: answered again / longest wait / apologies")
        for line in lines:
            terminalreporter.write_line(line)
