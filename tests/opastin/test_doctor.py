"""What the doctor finds."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, select

from catalog.db import open_engine
from catalog.models import OptionVector
from guidance import rule_files, rules
from opastin import doctor, model
from opastin.home import ensure_home
from opastin.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(
        home=tmp_path,
        catalog_url=f"sqlite:///{tmp_path}/catalog.db",
        conversations_url=f"sqlite:///{tmp_path}/conversations.db",
    )


def findings(settings, port=0):
    return {finding.subject: finding for finding in doctor.examine(settings, port)}


def test_an_empty_home_is_not_broken_and_stays_empty(settings):
    found = findings(settings)
    assert found["catalogue"].state == found["conversations"].state == "optional"
    assert found["Python"].state == found["rasa"].state == "ok"
    assert list(settings.home.iterdir()) == []


def test_a_home_in_use_is_up_to_date(settings):
    ensure_home(settings, lambda line: None)
    found = findings(settings)
    assert found["catalogue"].state == found["conversations"].state == "ok"


def test_a_misspelt_setting_is_named(settings, monkeypatch):
    for name in [name for name in os.environ if name.startswith("OPASTIN_")]:
        monkeypatch.delenv(name)
    for name in settings.environment():
        monkeypatch.setenv(name, "a")
    assert findings(settings)["settings"].state == "ok"
    monkeypatch.setenv("OPASTIN_RETENTION_DAY", "30")
    found = findings(settings)["settings"]
    assert found.state == "optional"
    assert "OPASTIN_RETENTION_DAY:" in found.text


def test_options_without_a_sentence_vector_are_counted(settings):
    ensure_home(settings, lambda line: None)
    assert findings(settings)["sentence vectors"].state == "ok"
    engine = open_engine(settings.catalog_url)
    with engine.begin() as connection:
        some = select(OptionVector.option_id).limit(2)
        ids = connection.execute(some).scalars().all()
        connection.execute(delete(OptionVector).where(OptionVector.option_id.in_(ids)))
    engine.dispose()
    found = findings(settings)["sentence vectors"]
    assert found.state == "optional"
    assert found.text == "missing of 2 study options: run `opastin catalog vectors`"


@pytest.mark.parametrize(
    ("change", "subject", "words"),
    [
        ({"catalog_url": "postgresql://x@127.0.0.1:1/x"}, "catalogue", "OPASTIN_CATALOG_URL"),
        ({"conversations_url": "nonsense"}, "conversations", "OPASTIN_CONVERSATIONS_URL"),
        ({"redis_url": "redis://127.0.0.1:1"}, "Redis", "OPASTIN_REDIS_URL"),
    ],
)
def test_what_cannot_be_reached_is_named_with_its_setting(settings, change, subject, words):
    finding = findings(replace(settings, **change))[subject]
    assert finding.state == "broken"
    assert words in finding.text


def test_a_home_that_cannot_be_written_is_broken(settings, tmp_path):
    (tmp_path / "file").write_text("x")
    assert findings(replace(settings, home=tmp_path / "file"))["home"].state == "broken"


def test_a_port_in_use_is_broken(settings):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert findings(settings, port)[f"port {port}"].state == "broken"


def test_an_old_model_is_told(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(model, "MODELS", tmp_path)
    assert findings(settings)["model"].state == "optional"


@pytest.mark.parametrize(("pinned", "word"), [({"rasa": "9."}, "not 9."), ({"nope": "1"}, "not")])
def test_a_wrong_library_is_broken(settings, monkeypatch, pinned, word):
    monkeypatch.setattr(doctor, "PINNED", pinned)
    finding = findings(settings)[next(iter(pinned))]
    assert finding.state == "broken"
    assert word in finding.text and "make setup" in finding.text


@pytest.mark.parametrize(("state", "status"), [("ok", 0), ("optional", 0), ("broken", 1)])
def test_the_status_tells_whether_something_is_broken(monkeypatch, state, status):
    monkeypatch.setattr(doctor, "examine", lambda *_: [doctor.Finding(state, "thing", "is so")])
    result = CliRunner().invoke(doctor.command)
    assert result.exit_code == status
    assert "thing: is so" in result.output


def test_rules_that_have_ended_or_are_due_for_review_are_told(settings, monkeypatch):
    def find(day):
        return findings(replace(settings, fixed_today=day))["rules"]

    monkeypatch.setattr(rules, "load_rules", lambda: (FEE,))
    assert find(date(2026, 6, 30)).state == "ok"
    assert (find(date(2026, 7, 1)).state, find(date(2026, 7, 1)).text[:19]) == (
        "optional",
        "due for review: fee",
    )
    assert find(date(2027, 1, 1)).text.startswith("ended: fee")


def test_a_rule_written_wrongly_is_broken(settings, monkeypatch):
    def refuse():
        raise rule_files.RuleError("fee.yml: 'review_by' is not a date.")

    monkeypatch.setattr(rules, "load_rules", refuse)
    finding = findings(settings)["rules"]
    assert (finding.state, "fee.yml" in finding.text) == ("broken", True)


FEE = rule_files.Rule(
    stem="fee",
    topic="fee",
    valid_to=date(2026, 12, 31),
    review_by=date(2026, 6, 30),
    decided_by="provider",
)
