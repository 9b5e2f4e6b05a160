"""What tests of several parts share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of real sample documents, which lies beside the project."""
    folder = ROOT.parent / "shared" / "samples"
    if not folder.is_dir():
        pytest.skip("the sample documents are not beside the project")
    return folder
