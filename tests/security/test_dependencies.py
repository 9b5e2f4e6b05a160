"""What is said of dependencies is so: rows, pins, imports, the audit's judgement and the SBOM."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "reference" / "dependencies.md").read_text(encoding="utf-8")
LIFTED, _, UNFIXED = PAGE.partition("## Unfixed")
AUDIT: dict[str, Any] = runpy.run_path(str(ROOT / ".ci" / "audit"))
PINS = dict(AUDIT["_PIN"].findall((ROOT / "requirements.lock").read_text(encoding="utf-8")))
KNOWN: dict[str, set[str]] = AUDIT["read_known"](PAGE)
# What each process imports before it answers anybody.
PROCESSES = {
    "gateway": "import opastin.gateway, opastin.run, web.app; "
    "from web.desk import desk_routes; list(desk_routes())",
    "actions": "from bot.process import prepare_process; prepare_process(); "
    "import bot.action_server, rasa_sdk.executor, rasa_sdk.endpoint",
    "rasa": "from bot.process import prepare_process; prepare_process(); "
    "import bot.server, bot.channel, bot.action_endpoint, bot.tracker_store, rasa.core.agent, "
    "rasa.core.channels.channel, rasa.engine.recipes.default_recipe, sanic",
}
# Those whose folder is not called as they are.
FOLDERS = {"tensorflow-hub": "tensorflow_hub", "tensorflow-text": "tensorflow_text"}


def never_imported() -> list[str]:
    """Return the packages of which the page says so."""
    rows = AUDIT["_ROW"].finditer(UNFIXED)
    return [row["package"] for row in rows if "never imported" in row["why"]]


@pytest.mark.parametrize("process", PROCESSES)
def test_what_is_never_imported_is_not(process: str, tmp_path: Path) -> None:
    tell = "; import sys; print(*(n for n, m in sys.modules.items() if m is not None))"
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROCESSES[process] + tell],
        cwd=ROOT,
        env={**os.environ, "OPASTIN_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {name.partition(".")[0] for name in told.stdout.split()}
    absent = {FOLDERS.get(name, name) for name in never_imported()}
    assert absent and not absent & imported
    if process == "gateway":
        assert not {"rasa", "tensorflow", "sanic", "sklearn", "keras"} & imported


def test_every_row_is_of_a_locked_package_and_has_a_reason() -> None:
    assert KNOWN.keys() <= {name.lower() for name in PINS}
    assert all(KNOWN.values())
    assert all(len(row["why"].strip()) > 10 for row in AUDIT["_ROW"].finditer(UNFIXED))


def test_what_is_said_to_be_lifted_is_overridden() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (overrides,) = re.findall(r"override-dependencies = \[(.*?)\n\]", text, re.DOTALL)
    lifted = re.findall(r"^\| `([\w-]+)` \|", LIFTED, re.MULTILINE)
    assert lifted
    for name in lifted:
        assert f'"{name}>=' in overrides, name


def hole(name: str, *ids: str) -> dict[str, Any]:
    """Return a package of pip-audit's answer."""
    vulns = [{"id": id_, "aliases": ["CVE-1-2"], "fix_versions": ["9"]} for id_ in ids]
    return {"name": name, "version": "1", "vulns": vulns}


@pytest.mark.parametrize(
    ("found", "unknown"),
    [
        (hole("a"), 0),
        (hole("a", "PYSEC-1"), 1),
        (hole("b", "PYSEC-1", "PYSEC-2"), 0),
        (hole("c", "PYSEC-7"), 0),
        (hole("C", "PYSEC-8"), 1),
        (hole("d", "PYSEC-8"), 0),
    ],
)
def test_only_what_a_row_names_is_known(found: dict[str, Any], unknown: int) -> None:
    known = AUDIT["read_known"](
        "| `b` | any | never imported |\n| `c` | PYSEC-7 | not so |\n| `d` | CVE-1-2 | not so |\n"
    )
    lines = list(AUDIT["judge"]([found], known))
    assert len(lines) == unknown
    assert all("mended in 9: lift it, or list it" in line for line in lines)


def test_a_service_that_knows_no_package_has_not_answered() -> None:
    skipped = [{"name": "a", "skip_reason": "not found"}]
    assert not AUDIT["is_answer"](None) and not AUDIT["is_answer"](skipped)
    assert AUDIT["is_answer"]([{"name": "a", "version": "1", "vulns": []}])


def test_the_list_of_parts_has_every_pin_and_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = (_sbom(tmp_path / name) for name in ("one.json", "two.json"))
    assert first == second
    document = json.loads(first)
    assert document["bomFormat"] == "CycloneDX"
    listed = {part["name"]: part["version"] for part in document["components"]}
    assert listed == PINS
    for part in document["components"]:
        assert part["purl"] and part["externalReferences"][0]["hashes"], part


def _sbom(path: Path) -> bytes:
    """Return what `make sbom` writes, by the very command of the Makefile."""
    uv = shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
    text = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nsbom:")[2]
    written = text.partition("@$(UV) ")[2].partition("\n\n")[0].replace("\\\n", " ")
    known = {"$(BIN)/python": sys.executable, "$(SBOM)": str(path)}
    words = [known.get(word, word) for word in written.split()]
    try:
        made = subprocess.run([uv, *words], cwd=ROOT, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("uv is not here")
    if made.returncode and not os.environ.get("CI"):
        pytest.skip("the tool cannot be fetched")
    assert made.returncode == 0, made.stderr
    return path.read_bytes()
