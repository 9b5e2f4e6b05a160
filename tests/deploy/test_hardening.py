"""Nothing in deploy/ has more rights than it needs, and all of it is what the project has."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest

from opastin.cli import opastin
from opastin.settings import ROOT, Settings
from tests.deploy.files import (
    DEPLOY,
    compose,
    compose_variables,
    images,
    manifests,
    pod,
    pods,
)

SERVICES = sorted(compose()["services"])
BOXES = [(one, box) for one in pods() for box in one.spec["containers"]]
FILES = [path for path in DEPLOY.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
OURS = ("gateway", "worker-1", "worker-2", "nightly", "import")


def settings_names() -> set[str]:
    renamed = {"fixed_now": "now", "fixed_today": "today"}
    names = {renamed.get(one.name, one.name) for one in fields(Settings)} - {"has_inner_secret"}
    return {f"OPASTIN_{name.upper()}" for name in names}


@pytest.mark.parametrize("image", sorted(set(images())))
def test_an_image_is_pinned(image: str) -> None:
    tag = image.rpartition("/")[2].partition(":")[2]
    assert re.match(r"\d+\.\d+\.?\d*", tag), image


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_no_more_rights_than_it_needs(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert int(service["user"].partition(":")[0]) > 0
    assert "privileged" not in service
    limits = service["deploy"]["resources"]["limits"]
    assert set(limits) == {"cpus", "memory", "pids"}
    assert "healthcheck" in service
    assert "ports" not in service or name == "nginx"


@pytest.mark.parametrize(("one", "box"), BOXES, ids=[f"{a.name}-{b['name']}" for a, b in BOXES])
def test_a_container_has_no_more_rights_than_it_needs(one: Any, box: dict[str, Any]) -> None:
    assert one.spec["automountServiceAccountToken"] is False
    assert one.spec["enableServiceLinks"] is False
    assert one.spec["securityContext"]["runAsNonRoot"] is True
    assert one.spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert box["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    for kind in ("requests", "limits"):
        assert set(box["resources"][kind]) == {"cpu", "memory"}
    if one.kind == "Deployment":
        assert {"startupProbe", "livenessProbe"} <= set(box)


def test_the_gateway_is_asked_whether_it_can_answer() -> None:
    (gateway,) = (box for box in pod("opastin").spec["containers"] if box["name"] == "gateway")
    assert gateway["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert gateway["livenessProbe"]["httpGet"]["path"] == "/healthz"


def test_who_waits_for_an_answer_gets_it_before_a_pod_ends() -> None:
    spec, timeout = pod("opastin").spec, Settings(Path(), "", "").bot_timeout_seconds
    pauses = {
        box["name"]: int(box["lifecycle"]["preStop"]["exec"]["command"][1])
        for box in spec["containers"]
    }
    gateway = pauses.pop("gateway")
    # Workers are there until the gateway has given up waiting for them.
    assert all(gateway + timeout < worker for worker in pauses.values())
    assert max(pauses.values()) + timeout < spec["terminationGracePeriodSeconds"]
    stop = compose()["services"]["gateway"]["stop_grace_period"]
    assert int(stop.removesuffix("s")) > timeout


def test_the_gateway_asks_the_workers_that_are_there() -> None:
    boxes = [box for box in pod("opastin").spec["containers"] if box["name"] != "gateway"]
    ports = {entry["value"] for box in boxes for entry in box["env"] if "RASA" in entry["name"]}
    text = (DEPLOY / "kustomize" / "base" / "kustomization.yaml").read_text(encoding="utf-8")
    (urls,) = re.findall(r"OPASTIN_BOT_URLS=(\S+)", text)
    assert {url.rpartition(":")[2] for url in urls.split(",")} == ports
    used = {entry["value"] for box in boxes for entry in box["env"] if "PORT" in entry["name"]}
    assert len(used) == 2 * len(boxes)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_setting_that_is_named_is_one(path: Path) -> None:
    named = set(re.findall(r"\bOPASTIN_[A-Z_]+\b", path.read_text(encoding="utf-8")))
    assert named <= settings_names()


def test_no_secret_is_kept() -> None:
    example = (DEPLOY / ".env.example").read_text(encoding="utf-8")
    values = dict(line.split("=", 1) for line in example.splitlines() if re.match("[A-Z]", line))
    assert values["POSTGRES_PASSWORD"] == values["OPASTIN_INNER_SECRET"] == ""
    assert {name for name, is_needed in compose_variables().items() if is_needed} <= set(values)
    told = {*values, *re.findall(r"^# (\w+)=", example, re.MULTILINE)}
    assert set(compose_variables()) == told
    assert not any(manifest["kind"] == "Secret" for manifest in manifests())
    assert ".env" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert not re.search(r"SECRET|PASSWORD|_URL", dockerfile)


def test_the_image_holds_the_project_and_ends_as_nobody_important() -> None:
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    names = [line[1:] for line in kept if line.startswith("!")]
    assert [name for name in names if not (ROOT / name).exists()] == []
    assert {"bot", "catalog", "coaching", "guidance", "opastin", "web"} <= set(names)
    users = re.findall(r"^USER (\d+)", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert users and users[-1] != "0"


def commands() -> list[list[str]]:
    """Return every call of `opastin` in deploy/, as words."""
    services = compose()["services"].values()
    calls = [service["command"] for service in services if service.get("command")]
    calls += [box["args"] for _, box in BOXES if box["name"] in OURS]
    scripts = [call[2] for call in calls if call[:2] == ["sh", "-c"]]
    scripts.append((DEPLOY / "nightly.sh").read_text(encoding="utf-8"))
    for script in scripts:
        script = re.sub(r"\$\{\w+:-(\w+)\}", r"\1", script)
        calls += [shlex.split(found) for found in re.findall(r"opastin [^|&;\n]+", script)]
    calls.append(re.findall(r'"([^"]+)"', (DEPLOY / "Dockerfile").read_text().rpartition("CMD")[2]))
    # What an operator puts in later.
    chosen = {"IMPORT_FORMAT": "csv", "IMPORT_SOURCE": "options.csv"}
    return [
        [chosen.get(word.strip("$()"), word) for word in call[1:]]
        for call in calls
        if call[0] == "opastin"
    ]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_is_one(words: list[str]) -> None:
    command: click.Command | None = opastin
    while isinstance(command, click.Group):
        command = command.get_command(click.Context(command), words[0])
        words = words[1:]
    assert command is not None
    # Reads the options without doing anything.
    command.make_context("opastin", list(words))
