"""Imports point one way: nothing here pulls in Rasa, and only web pulls in aiohttp."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RASA = ("rasa", "rasa_sdk", "tensorflow", "sanic")
PACKAGES = {
    "web": RASA,
    "catalog": (*RASA, "aiohttp", "web", "coaching"),
    "guidance": (*RASA, "aiohttp", "web", "coaching"),
    "coaching": (*RASA, "aiohttp", "web", "guidance", "catalog"),
}


def modules(package):
    for path in sorted((ROOT / package).rglob("*.py")):
        if "migrations" not in path.parts:
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_nothing_from_above_it(package):
    code = "\n".join(
        [
            "import sys",
            *(f"import {name}" for name in modules(package)),
            f"print(*sorted(set({PACKAGES[package]!r}) & set(sys.modules)))",
        ]
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr[-2000:]
