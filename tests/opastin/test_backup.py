"""Backups: whole, closed to others, refused when damaged, and the erased stay erased."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url

from coaching import conversations, messages
from coaching.db import open_engine, session_factory
from coaching.models import Conversation
from coaching.privacy import erase, load_pseudonyms
from coaching.transcript import Incoming
from opastin.backup import MANIFEST, remove_older
from opastin.backup import command as backup_command
from opastin.errors import UserError
from opastin.home import ensure_home
from opastin.restore import command as restore_command
from opastin.settings import load_settings

Run = Callable[..., Any]


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home with empty databases of each kind."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path / "home"))
    for name in ("CATALOG", "CONVERSATIONS"):
        monkeypatch.delenv(f"OPASTIN_{name}_URL", raising=False)
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        for name in ("catalog", "conversations"):
            database = f"backup_{name}"
            address = make_url(server).set(database=database)
            run_sql(server, f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            run_sql(server, f"CREATE DATABASE {database}")
            monkeypatch.setenv(f"OPASTIN_{name.upper()}_URL", str(address))
    ensure_home(load_settings(), lambda _: None)
    load_pseudonyms(tmp_path / "home")
    return tmp_path / "home"


def run_sql(url: str, statement: str) -> None:
    engine = create_engine(url, future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def backup(*arguments: str) -> Any:
    return CliRunner().invoke(backup_command, arguments)


def restore(*arguments: str) -> Any:
    return CliRunner().invoke(restore_command, arguments)


def back_up(home: Path) -> Path:
    result = backup()
    assert result.exit_code == 0, result.exception
    (made,) = (home / "backups").iterdir()
    return made


def say(text: str, *, days_ago: int = 0) -> str:
    """Have somebody say something in a new conversation; return its id."""
    settings = load_settings()
    then = settings.now() - timedelta(days=days_ago)
    engine = open_engine(settings.conversations_url)
    with session_factory(engine).begin() as session:
        started = conversations.start(
            session, channel="test", language="fi", plain_language=False, now=then
        )
        stored = session.get(Conversation, started.id)
        assert stored is not None
        messages.receive(session, stored, Incoming(text), now=then)
    engine.dispose()
    return started.id


def forget(conversation_id: str) -> None:
    settings = load_settings()
    engine = open_engine(settings.conversations_url)
    names = load_pseudonyms(settings.home)
    erase(engine, conversation_id, pseudonyms=names, now=settings.now())
    engine.dispose()


def kept() -> set[str]:
    engine = open_engine(load_settings().conversations_url)
    with session_factory(engine)() as session:
        ids = {one.id for one in session.query(Conversation)}
    engine.dispose()
    return ids


def test_nothing_need_be_written_beside_a_backup(home: Path) -> None:
    made = back_up(home)
    # Stands in for a folder or a disk that can only be read: SQLite wants a file of this name.
    for name in ("conversations.db-wal", "catalog.db-wal"):
        (made / name).mkdir()
    assert restore(str(made), "--yes").exit_code == 0


def test_what_was_said_comes_back_and_what_was_said_later_goes(home: Path) -> None:
    first = say("sosionomiksi")
    made = back_up(home)
    say("myöhemmin")
    result = restore(str(made), "--yes")
    assert result.exit_code == 0, result.exception
    assert kept() == {first}


def test_a_backup_is_this_accounts_alone_and_tells_what_it_holds(home: Path) -> None:
    made = back_up(home)
    assert made.stat().st_mode & 0o777 == 0o700
    for file in made.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file
    manifest = json.loads((made / MANIFEST).read_text())
    assert set(manifest["databases"]) == {"catalog", "conversations"}
    assert set(manifest["sha256"]) >= {"pseudonyms.key", *manifest["databases"].values()}


def test_what_was_erased_since_is_erased_again(home: Path) -> None:
    stays, goes = say("sosionomiksi"), say("poista tämä")
    made = back_up(home)
    forget(goes)
    result = restore(str(made), "--yes")
    assert result.exit_code == 0, result.exception
    assert "Erased 1 conversations again" in result.output
    assert kept() == {stays}


def test_a_list_saved_elsewhere_counts_when_all_else_is_lost(home: Path, tmp_path: Path) -> None:
    goes = say("poista tämä")
    made = shutil.copytree(back_up(home), tmp_path / "elsewhere")
    forget(goes)
    saved = shutil.copy(home / "erased.txt", tmp_path / "erased.txt")
    shutil.rmtree(home)
    result = restore(str(made), "--yes", "--erased", str(saved))
    assert result.exit_code == 0, result.exception
    assert kept() == set()


def test_what_has_become_too_old_does_not_come_back(home: Path) -> None:
    say("kauan sitten", days_ago=100)
    made = back_up(home)
    assert "and 1 that are too old" in restore(str(made), "--yes").output
    assert kept() == set()


def test_nothing_is_overwritten_unasked(home: Path) -> None:
    made = back_up(home)
    later = say("myöhemmin")
    assert "--yes" in str(restore(str(made)).exception)
    assert kept() == {later}


def test_a_table_of_a_later_version_is_no_hindrance(home: Path) -> None:
    made = back_up(home)
    url = load_settings().conversations_url
    run_sql(url, "CREATE TABLE of_the_future (id INTEGER)")
    assert restore(str(made), "--yes").exit_code == 0
    assert "of_the_future" not in inspect(create_engine(url)).get_table_names()


@pytest.mark.parametrize("home", ["sqlite"], indirect=True)
class TestOnSqlite:
    """What does not depend on the database."""

    @pytest.mark.parametrize("part", ["conversations.db", "pseudonyms.key", MANIFEST])
    def test_a_damaged_or_missing_file_is_noticed_before_anything_changes(
        self, home: Path, part: str
    ) -> None:
        made = back_up(home)
        later = say("myöhemmin")
        file = made / part
        file.write_bytes(file.read_bytes()[:-1] + b"?")
        assert isinstance(restore(str(made), "--yes").exception, UserError)
        file.unlink()
        assert isinstance(restore(str(made), "--yes").exception, UserError)
        assert kept() == {later}

    def test_another_key_is_never_replaced(self, home: Path) -> None:
        made = back_up(home)
        (home / "pseudonyms.key").write_bytes(b"another key, made since" * 2)
        assert "pseudonyms.key" in str(restore(str(made), "--yes").exception)
        assert (home / "pseudonyms.key").read_bytes().startswith(b"another")

    def test_an_empty_home_needs_no_yes_and_gets_the_key(self, home: Path, tmp_path: Path) -> None:
        said = say("sosionomiksi")
        key = (home / "pseudonyms.key").read_bytes()
        made = shutil.copytree(back_up(home), tmp_path / "elsewhere")
        shutil.rmtree(home)
        result = restore(str(made))
        assert result.exit_code == 0, result.exception
        assert kept() == {said}
        assert (home / "pseudonyms.key").read_bytes() == key
        assert (home / "pseudonyms.key").stat().st_mode & 0o077 == 0

    def test_a_database_of_another_kind_is_a_clear_mistake(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = back_up(home)
        monkeypatch.setenv("OPASTIN_CATALOG_URL", "postgresql://nobody@127.0.0.1:9/x")
        assert "same kind" in str(restore(str(made), "--yes").exception)

    def test_an_empty_home_cannot_be_backed_up(
        self, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPASTIN_HOME", str(tmp_path / "wrong"))
        assert "OPASTIN_HOME" in str(backup().exception)

    def test_old_backups_go_and_other_folders_stay(self, home: Path, tmp_path: Path) -> None:
        for name in ("opastin-20260101T000000Z", "opastin-20260301T000000Z", "photographs"):
            (tmp_path / "kept" / name).mkdir(parents=True)
        remove_older(tmp_path / "kept", than=datetime(2026, 2, 1, tzinfo=timezone.utc))
        left = {path.name for path in (tmp_path / "kept").iterdir()}
        assert left == {"opastin-20260301T000000Z", "photographs"}


def test_no_password_is_in_the_arguments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from opastin import dumps

    seen: dict[str, Any] = {}

    def run(command: list[str], **options: Any) -> Any:
        seen.update(options, command=command)
        raise FileNotFoundError

    monkeypatch.setattr(dumps.subprocess, "run", run)
    with pytest.raises(UserError, match="client programs"):
        dumps.dump("postgresql://u:hush@db/talks?sslmode=require", tmp_path / "x")
    assert "hush" not in " ".join(seen["command"])
    assert seen["env"]["PGPASSWORD"] == "hush"
    assert (seen["env"]["PGSSLMODE"], seen["env"]["PGHOST"]) == ("require", "db")
