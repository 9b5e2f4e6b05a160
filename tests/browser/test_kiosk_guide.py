"""The guide's policy and unit name only what the browser knows."""

from __future__ import annotations

import configparser
import json
import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "kiosk.md"
# /usr/bin/chromium is a script that starts it.
PROGRAM = Path("/usr/lib/chromium/chromium")


def block(kind: str) -> str:
    """Return the guide's one block of code of a kind."""
    (found,) = re.findall(rf"```{kind}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


def unknown(names: Iterable[str]) -> set[str]:
    """Return the names that do not stand in the browser's program."""
    if not PROGRAM.exists():
        # Where all tests must run, this one must as well.
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(f"{PROGRAM} is missing")
    wanted = set(names)
    # As many hundred megabytes as there are take long to read in any other way.
    search = ["grep", "-aowF", "-f", "-", str(PROGRAM)]
    found = subprocess.run(
        search, input="\n".join(wanted).encode(), capture_output=True, check=True, timeout=60
    )
    return wanted - set(found.stdout.decode().split())


def test_every_policy_is_one_of_the_browsers() -> None:
    policy = json.loads(block("json"))
    assert unknown({*policy, "PrintingEnabled", "ClearBrowsingDataOnExitList"}) == set()
    assert policy["URLBlocklist"][0] == "*"
    assert {address.partition("//")[2] for address in policy["URLAllowlist"]} == {
        "opastin.example/kiosk",
        "opastin.example/k/",
    }


def test_every_switch_of_the_unit_is_one_of_the_browsers() -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(block("ini").replace("\\\n", ""))
    command = unit["Service"]["ExecStart"]
    switches = set(re.findall(r"--([a-z-]+)", command))
    assert len(switches) > 8
    assert unknown({*switches, "kiosk-printing", "enable-speech-dispatcher"}) == set()
    assert command.endswith("${SERVICE}${PAGE}")
