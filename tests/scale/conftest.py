"""One topology for all tests of this folder; each finds it whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgresql import running_server
from tests.scale.topology import Topology, running_topology


@pytest.fixture(scope="session")
def _topology(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Topology]:
    with (
        running_server() as database,
        running_topology(tmp_path_factory.mktemp("scale"), database) as topology,
    ):
        yield topology


@pytest.fixture
def topology(_topology: Topology) -> Topology:
    """Return the service on several processes, all of them running."""
    _topology.mend()
    return _topology
