"""Programs that some tests need beside Python: missing in continuous integration, they fail."""

from __future__ import annotations

import os
import shutil

import pytest


def require(program: str, package: str) -> None:
    """Skip the test where a program is missing; fail in continuous integration."""
    if shutil.which(program) is not None:
        return
    if os.environ.get("CI"):
        pytest.fail(f"{program} is missing: apt-get install {package}")
    pytest.skip(f"{program} is not installed")
