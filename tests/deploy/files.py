"""The files of deploy/, as the programs read them that they are made for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from opastin.settings import ROOT

DEPLOY = ROOT / "deploy"
KUSTOMIZE = DEPLOY / "kustomize"
_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


@dataclass(frozen=True)
class Pod:
    """A pod's template, and the object that makes it."""

    name: str
    kind: str
    spec: dict[str, Any]


def compose_text() -> str:
    """Return compose.yaml as Docker reads it when .env holds the defaults and made-up secrets."""
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    return _VARIABLE.sub(lambda found: found[3] if found[2] == "-" else "made-up", text)


def compose_variables() -> dict[str, bool]:
    """Return what compose.yaml asks of .env, and whether it must be there."""
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    return {found[1]: found[2] != "-" for found in _VARIABLE.finditer(text)}


@lru_cache(maxsize=1)
def compose() -> dict[str, Any]:
    """Return compose.yaml with its anchors and defaults put in."""
    content: dict[str, Any] = yaml.safe_load(compose_text())
    return content


def manifests() -> Iterator[dict[str, Any]]:
    """Yield every object for Kubernetes."""
    for path in sorted(KUSTOMIZE.rglob("*.yaml")):
        if path.name != "kustomization.yaml":
            yield from yaml.safe_load_all(path.read_text(encoding="utf-8"))


def pods() -> Iterator[Pod]:
    """Yield every template of pods."""
    for manifest in manifests():
        name, kind = manifest["metadata"]["name"], manifest["kind"]
        if kind == "Deployment":
            yield Pod(name, kind, manifest["spec"]["template"]["spec"])
        elif kind == "CronJob":
            template = manifest["spec"]["jobTemplate"]["spec"]["template"]
            yield Pod(name, kind, template["spec"])


def pod(name: str) -> Pod:
    """Return a template by the name of what makes it."""
    return next(one for one in pods() if one.name == name)


def images() -> Iterator[str]:
    """Yield every image that is named anywhere, but for our own in Kubernetes' base."""
    for line in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("FROM "):
            yield line.split()[1]
    for service in compose()["services"].values():
        yield service["image"]
    for one in pods():
        yield from (box["image"] for box in one.spec["containers"] if box["image"] != "opastin")
    example = KUSTOMIZE / "overlays" / "example" / "kustomization.yaml"
    for image in yaml.safe_load(example.read_text(encoding="utf-8"))["images"]:
        yield f"{image['newName']}:{image['newTag']}"
