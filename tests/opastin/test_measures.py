from __future__ import annotations

import pytest
from click.testing import CliRunner

from coaching.db import open_engine, session_factory, upgrade_engine
from opastin.measures import command
from opastin.settings import load_settings
from tests.web.desk.measured import add_many


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command on a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path))
    monkeypatch.setenv("OPASTIN_NOW", "2026-03-04T12:00:00+02:00")
    monkeypatch.delenv("OPASTIN_CONVERSATIONS_URL", raising=False)

    def run(*arguments):
        result = CliRunner().invoke(command, arguments)
        assert result.exit_code == 0, result.output
        return result.output

    return run


@pytest.fixture
def measured(run):
    """Store conversations of three weeks."""
    settings = load_settings()
    engine = open_engine(settings.conversations_url)
    upgrade_engine(engine)
    with session_factory(engine).begin() as session:
        add_many(session, settings.now())
    engine.dispose()


def test_little_is_said_of_few_people(run):
    assert "too few conversations to measure, 2026-W10 to 2026-W10" in run("--weeks", "1")


def test_figures_are_shown_by_week(run, measured):
    lines = run("--weeks", "4").splitlines()
    assert lines[0] == "Conversations begun in 2026-W07 to 2026-W10"
    assert lines[2].split() == ["all", "120", "38%", "38%", "3", "min", "4"]
    assert lines[-1].startswith("2026-W10")


def test_every_figure_comes_as_csv(run, measured):
    output = run("--csv", "-")
    assert output.lstrip("\ufeff").startswith("table,code,name,conversations")
    assert "language,fi,Finnish,95" in output
    assert "Conversations begun" not in output
