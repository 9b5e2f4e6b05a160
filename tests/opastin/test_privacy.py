from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from coaching import conversations, messages
from coaching.db import open_engine, session_factory, upgrade_engine
from coaching.models import Conversation
from coaching.transcript import Incoming
from opastin.errors import UserError
from opastin.privacy import command
from opastin.settings import load_settings


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command on a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path))
    monkeypatch.delenv("OPASTIN_CONVERSATIONS_URL", raising=False)

    def run(*arguments):
        return CliRunner().invoke(command, arguments)

    return run


@pytest.fixture
def conversation(run):
    """Return the id of a conversation of 100 days ago."""
    settings = load_settings()
    engine = open_engine(settings.conversations_url)
    upgrade_engine(engine)
    then = settings.now() - timedelta(days=100)
    with session_factory(engine).begin() as session:
        started = conversations.start(
            session, channel="test", language="fi", plain_language=False, now=then
        )
        stored = session.get(Conversation, started.id)
        messages.receive(session, stored, Incoming("sosionomiksi"), now=then)
    engine.dispose()
    return started.id


def test_erase_says_what_it_removed_and_that_nothing_is_left(run, conversation):
    result = run("erase", conversation)
    assert result.exit_code == 0, result.output
    assert "messages 1" in result.output
    assert "conversations 1" in result.output
    assert "Left: 0 rows" in result.output


def test_erasing_twice_says_when_it_was_done(run, conversation):
    run("erase", conversation)
    result = run("erase", conversation)
    assert isinstance(result.exception, UserError)
    assert "erased already" in str(result.exception)


@pytest.mark.parametrize("subcommand", ["erase", "export"])
@pytest.mark.parametrize("conversation_id", ["nobody", "0" * 32, "'; DROP TABLE messages; --"])
def test_an_unknown_id_is_a_clear_mistake(run, subcommand, conversation_id):
    result = run(subcommand, conversation_id)
    assert isinstance(result.exception, UserError)
    assert "No conversation has the ID" in str(result.exception)


def test_export_is_json_in_readable_letters(run, conversation):
    result = run("export", conversation)
    assert json.loads(result.output)["messages"][0]["text"] == "sosionomiksi"


def test_purge_counts_what_it_erased(run, conversation, monkeypatch):
    monkeypatch.setenv("OPASTIN_RETENTION_DAYS", "101")
    assert "Erased 0 conversations" in run("purge").output
    monkeypatch.setenv("OPASTIN_RETENTION_DAYS", "99")
    result = run("purge")
    assert "Erased 1 conversations" in result.output
    assert "messages 1" in result.output


def test_a_database_that_is_none_is_a_clear_mistake(run, tmp_path):
    (tmp_path / "conversations.db").write_text("this is no database, " * 100)
    result = run("purge")
    assert isinstance(result.exception, UserError)
    assert "OPASTIN_CONVERSATIONS_URL" in str(result.exception)


def test_a_saved_export_lies_where_erasing_finds_it(run, conversation, tmp_path):
    result = run("export", "--save", conversation)
    saved = tmp_path / "exports" / f"{conversation}.json"
    assert result.output == f"Saved: {saved}\n"
    assert json.loads(saved.read_text())["messages"][0]["text"] == "sosionomiksi"
    assert "exports 1" in run("erase", conversation).output
    assert not saved.exists()


def test_the_audit_tells_that_words_were_handed_out(run, conversation):
    run("export", conversation)
    (entry,) = json.loads(run("export", conversation).output)["audit"]
    assert (entry["who"], entry["action"]) == ("operator", "export")
