"""Which model fits the data, and that it is trained once."""

from __future__ import annotations

import fcntl
import os
import shutil
import threading

import pytest

from opastin import model
from opastin.errors import UserError
from opastin.settings import ROOT, Settings


@pytest.fixture
def project(tmp_path):
    """A folder with a bit of everything that a model depends on."""
    for path in ("config.yml", "domain.yml", "bot/data/nlu/fi/a.yml", "bot/responses/fi/a.yml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    return tmp_path


@pytest.fixture
def models(tmp_path, monkeypatch):
    folder = tmp_path / "models"
    monkeypatch.setattr(model, "MODELS", folder)
    return folder


@pytest.fixture
def training(monkeypatch):
    """Count trainings instead of doing them."""
    trained = []

    def train(path, progress):
        trained.append(path)
        path.write_text("a model")

    monkeypatch.setattr(model, "_train", train)
    return trained


def home(tmp_path):
    return Settings(home=tmp_path / "home", catalog_url="", conversations_url="")


@pytest.mark.parametrize(
    "path",
    [
        "domain.yml",
        "bot/data/nlu/fi/a.yml",
        "bot/responses/fi/a.yml",
        "bot/nlu/new.py",
        "catalog/e5/graph.py",
        "guidance/data/rules/a.yml",
    ],
)
def test_fingerprint_changes_with_the_data(project, path):
    before = model.fingerprint(project)
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text("y")
    assert model.fingerprint(project) != before


def test_fingerprint_does_not_change_with_anything_else(project):
    before = model.fingerprint(project)
    (project / "bot" / "nlu" / "__pycache__").mkdir(parents=True)
    (project / "bot" / "nlu" / "__pycache__" / "a.py").write_text("z")
    (project / "README.md").write_text("z")
    (project / "domain.yml").touch()
    assert model.fingerprint(project) == before


def test_fingerprint_is_of_content_and_place(project, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "project"
    shutil.copytree(project, other)
    assert model.fingerprint(other) == model.fingerprint(project)
    (other / "bot/data/nlu/fi/a.yml").rename(other / "bot/data/nlu/fi/b.yml")
    assert model.fingerprint(other) != model.fingerprint(project)


def test_a_missing_model_is_trained_once_and_shared_by_homes(tmp_path, models, training):
    first = model.ensure_model(home(tmp_path), lambda line: None)
    second = model.ensure_model(home(tmp_path / "other"), lambda line: None)
    assert training == [models / first.name]
    assert first.read_text() == second.read_text() == "a model"
    assert first.parent == tmp_path / "home" / "models"


def test_two_processes_do_not_train_at_once(tmp_path, models, training):
    models.mkdir()
    told = []
    with (models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = threading.Thread(target=model.ensure_shared_model, args=(told.append,))
        waiting.start()
        while not told:
            pass
        # The other one finishes: nothing is left to train.
        models.joinpath(model.current_model().name).write_text("trained meanwhile")
        fcntl.flock(lock, fcntl.LOCK_UN)
        waiting.join()
    assert training == []
    assert "waiting" in told[0]


def test_old_models_are_removed(tmp_path, models, training):
    models.mkdir()
    for number in range(7):
        (models / f"opastin-{number}.tar.gz").write_text("old")
    model.ensure_shared_model(lambda line: None)
    assert len(list(models.glob("*.tar.gz"))) == model.KEPT


def test_a_model_made_long_ago_is_kept_where_it_is_the_one_in_use(tmp_path, models, training):
    made = model.ensure_model(home(tmp_path))
    for number in range(model.KEPT):
        later = made.with_name(f"opastin-{number}.tar.gz")
        later.touch()
        os.utime(later, (2e9, 2e9))
    made.unlink()
    assert model.ensure_model(home(tmp_path)).exists()


def test_a_failed_training_leaves_no_model_and_names_the_log(models, monkeypatch):
    monkeypatch.setattr(model.sys, "executable", shutil.which("false"))
    with pytest.raises(UserError, match=r"\.training\.log"):
        model.ensure_shared_model(lambda line: None)
    assert not list(models.glob("*.tar.gz"))


def test_everything_that_training_reads_is_in_the_fingerprint():
    assert all(list(ROOT.glob(pattern)) for pattern in model.SOURCES)
