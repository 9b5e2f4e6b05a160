"""Desks for the tests of its pages: the fixtures of tests/web serve here too."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.desk.coaches import Desk, open_desk


@pytest.fixture
async def desk(client: Any) -> Desk:
    """Return the desk of an ordinary coach, in English."""
    return await open_desk(client)


@pytest.fixture
async def admin(client: Any) -> Desk:
    """Return the desk of an administrator, in English."""
    return await open_desk(client, "root", role="admin")
