"""What `opastin doctor --security` finds in deployments of every kind."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coaching import accounts
from coaching.accounts import NewAccount
from coaching.db import open_engine, session_factory, upgrade
from opastin import doctor
from opastin.doctor_ports import examine_ports
from opastin.doctor_security import examine_security
from opastin.home import ensure_home
from opastin.settings import Settings

NOW = datetime(2026, 11, 23, 10, tzinfo=timezone.utc)
GOOD = {
    "public_url": "https://opastin.example",
    "trusted_proxies": ("10.0.0.2",),
    "allowed_origins": ("https://school.example",),
}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings of a sound deployment."""
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return Settings(
        home=home,
        catalog_url=f"sqlite:///{home}/catalog.db",
        conversations_url=f"sqlite:///{home}/conversations.db",
        **GOOD,
    )


def found(settings: Settings) -> dict[str, doctor.Finding]:
    return {finding.subject: finding for finding in examine_security(settings)}


def test_nothing_is_to_be_mended_in_a_sound_deployment(settings: Settings) -> None:
    states = {finding.state for finding in examine_security(settings)}
    assert "broken" not in states


@pytest.mark.parametrize(
    ("change", "subject", "words"),
    [
        ({"public_url": None}, "public address", "set OPASTIN_PUBLIC_URL"),
        ({"public_url": "http://opastin.example"}, "public address", "has no https"),
        ({"trusted_proxies": ()}, "trusted proxies", "OPASTIN_TRUSTED_PROXIES"),
        ({"trusted_proxies": ("0.0.0.0/0",)}, "trusted proxies", "claim to be anybody"),
        ({"trusted_proxies": ("::/0", "10.0.0.2")}, "trusted proxies", "::/0: anybody"),
        ({"allowed_origins": ("http://school.example",)}, "allowed origins", "https address"),
        (
            {"inner_secret": "secret", "has_inner_secret": True},
            "inner secret",
            "OPASTIN_INNER_SECRET",
        ),
        ({"inner_secret": "ab" * 20, "has_inner_secret": True}, "inner secret", "guessed"),
        ({"fixed_now": NOW}, "clock", "unset OPASTIN_NOW"),
        ({"fixed_today": NOW.date()}, "clock", "unset OPASTIN_TODAY"),
        (
            {"conversations_url": "postgresql://a:b@db.example/x"},
            "conversations database",
            "?sslmode=verify-full",
        ),
        (
            {"catalog_url": "postgresql://a:b@10.0.0.9/x?sslmode=prefer"},
            "catalog database",
            "without TLS",
        ),
        ({"redis_url": "redis://cache.example:6379"}, "Redis", "rediss://"),
        ({"redis_url": "rediss://cache.example:6379"}, "Redis", "no password"),
    ],
)
def test_what_is_to_be_mended_says_how(
    settings: Settings, change: dict[str, Any], subject: str, words: str
) -> None:
    finding = found(replace(settings, **change))[subject]
    assert finding.state == "broken"
    assert words in finding.text


@pytest.mark.parametrize(
    ("change", "subject", "state"),
    [
        ({"public_url": "http://localhost:8080"}, "public address", "optional"),
        ({"allowed_origins": ("*",)}, "allowed origins", "optional"),
        ({"allowed_origins": ("http://127.0.0.1:9",)}, "allowed origins", "ok"),
        ({"inner_secret": "0123456789abcdefghijklmnop"}, "inner secret", "ok"),
        ({"conversations_url": "postgresql://a@localhost/x"}, "conversations database", "ok"),
        ({"conversations_url": "postgresql:///x?host=/run/pg"}, "conversations database", "ok"),
        (
            {"catalog_url": "postgresql://a@db.example/x?sslmode=require"},
            "catalog database",
            "optional",
        ),
        (
            {"catalog_url": "postgresql://a@db.example/x?sslmode=verify-full"},
            "catalog database",
            "ok",
        ),
        (
            {"conversations_url": "postgresql://a:b@postgres/x"},
            "conversations database",
            "optional",
        ),
        ({"redis_url": "redis://opastin-redis:6379"}, "Redis", "optional"),
        ({"redis_url": "redis://127.0.0.1:1"}, "Redis", "ok"),
        ({"redis_url": "rediss://:secret@cache.example"}, "Redis", "ok"),
        ({"bot_urls": ("http://worker:5005",)}, "workers", "optional"),
    ],
)
def test_what_may_stay_says_so(
    settings: Settings, change: dict[str, Any], subject: str, state: str
) -> None:
    assert found(replace(settings, **change))[subject].state == state


def test_no_password_of_an_address_is_printed(settings: Settings) -> None:
    secret = "s3cret"
    chosen = replace(
        settings,
        conversations_url=f"postgresql://a:{secret}@db.example/x",
        redis_url=f"redis://:{secret}@cache.example",
        inner_secret=secret,
        has_inner_secret=True,
    )
    assert not any(secret in finding.text for finding in examine_security(chosen))


def test_a_home_that_others_can_read_is_named_with_its_files(settings: Settings) -> None:
    (settings.home / "conversations.db").write_text("")
    settings.home.chmod(0o755)
    finding = found(settings)["home"]
    assert finding.state == "broken"
    assert "conversations.db" in finding.text and f"chmod 700 {settings.home}" in finding.text


def test_a_home_is_made_closed_to_others(settings: Settings) -> None:
    home = settings.home / "new"
    chosen = replace(settings, home=home, catalog_url=f"sqlite:///{home}/catalog.db")
    chosen = replace(chosen, conversations_url=f"sqlite:///{home}/conversations.db")
    ensure_home(chosen, lambda line: None)
    assert home.stat().st_mode & 0o777 == 0o700
    assert found(chosen)["home"].state == "ok"


@pytest.mark.parametrize(("mode", "state"), [(0o644, "broken"), (0o600, "ok")])
def test_a_file_of_settings_holds_secrets(
    settings: Settings, tmp_path: Path, mode: int, state: str
) -> None:
    (tmp_path / ".env").write_text("OPASTIN_INNER_SECRET=x")
    (tmp_path / ".env").chmod(mode)
    assert found(settings)[".env"].state == state


def test_backups_outlive_nobody(settings: Settings) -> None:
    folder = settings.home / "backups"
    folder.mkdir()
    (folder / "new.db").write_text("")
    assert found(settings)["backups"].state == "ok"
    old = datetime.now(timezone.utc) - timedelta(days=settings.retention_days + 1)
    (folder / "old.db").write_text("")
    os.utime(folder / "old.db", (old.timestamp(), old.timestamp()))
    finding = found(settings)["backups"]
    assert finding.state == "broken"
    assert "old.db" in finding.text and "new.db" not in finding.text


@pytest.fixture
def add_coach(settings: Settings) -> Any:
    """Add accounts to the deployment's database."""
    upgrade(settings.conversations_url)

    def add_coach(name: str, *, ago: int = 1, seen: int | None = None, **more: Any) -> None:
        engine = open_engine(settings.conversations_url)
        with session_factory(engine).begin() as session:
            new = NewAccount(name, password_hash="x", display_name=name, **more)
            now = settings.now()
            coach = accounts.add(session, new, now=now - timedelta(days=ago))
            coach.seen_at = None if seen is None else now - timedelta(days=seen)
        engine.dispose()

    return add_coach


def test_a_one_time_password_that_nobody_has_used_is_told(
    settings: Settings, add_coach: Any
) -> None:
    add_coach("anna", ago=8, is_one_time=True)
    add_coach("bo", ago=1, is_one_time=True)
    add_coach("cia", ago=8, seen=1)
    finding = found(settings)["one-time passwords"]
    assert finding.state == "broken"
    assert "anna" in finding.text and "bo" not in finding.text.split("by ")[1].split(":")[0]


def test_accounts_that_nobody_uses_are_told(settings: Settings, add_coach: Any) -> None:
    add_coach("anna", ago=400, seen=200)
    add_coach("bo", ago=400, seen=3)
    finding = found(settings)["idle accounts"]
    assert (finding.state, "anna" in finding.text) == ("broken", True)


@pytest.mark.parametrize(
    ("admins", "others", "state"),
    [(0, 2, "optional"), (1, 0, "ok"), (3, 0, "ok"), (4, 2, "broken")],
)
def test_administrators_are_counted(
    settings: Settings, add_coach: Any, admins: int, others: int, state: str
) -> None:
    for number in range(admins + others):
        add_coach(f"c{number}", role="admin" if number < admins else "coach")
    assert found(settings)["administrators"].state == state


TABLE = "  sl  local_address rem_address   st\n"


@pytest.mark.parametrize(
    ("table", "line", "state", "words"),
    [
        ("tcp", "0: 0100007F:138D 00000000:0000 0A 0", "ok", "Rasa on loopback"),
        ("tcp", "0: 00000000:138D 00000000:0000 0A 0", "broken", "Rasa listens on 0.0.0.0"),
        ("tcp", "0: 0B00A8C0:138D 00000000:0000 0A 0", "broken", "192.168.0.11"),
        ("tcp", "0: 00000000:138D 00000000:0000 01 0", "ok", "loopback"),
        ("tcp6", f"0: {'0' * 32}:138D {'0' * 32}:0000 0A 0", "broken", "listens on ::"),
        ("tcp6", f"0: {'0' * 24}01000000:138D {'0' * 32}:0000 0A 0", "ok", "loopback"),
    ],
)
def test_the_bot_listens_on_loopback_alone(
    settings: Settings, tmp_path: Path, table: str, line: str, state: str, words: str
) -> None:
    process, net = tmp_path / "proc" / "17", tmp_path / "proc" / "net"
    process.mkdir(parents=True)
    net.mkdir()
    (process / "cmdline").write_bytes(b"python\0-m\0bot.server\0--port\x005005\0")
    (net / "tcp").write_text(TABLE)
    (net / table).write_text(f"{TABLE}{line}\n")
    (finding,) = examine_ports(settings, tmp_path / "proc")
    assert (finding.subject, finding.state) == ("port 5005", state)
    assert words in finding.text


def test_the_command_says_by_its_status_whether_anything_is_to_be_mended(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPASTIN_HOME", str(settings.home))
    monkeypatch.setenv("OPASTIN_PUBLIC_URL", "https://opastin.example")
    monkeypatch.setenv("OPASTIN_TRUSTED_PROXIES", "10.0.0.2")
    sound = CliRunner().invoke(doctor.command, ["--security"])
    assert (sound.exit_code, "MEND" in sound.output) == (0, False), sound.output
    monkeypatch.setenv("OPASTIN_PUBLIC_URL", "http://opastin.example")
    open_ = CliRunner().invoke(doctor.command, ["--security"])
    assert (open_.exit_code, "MEND  public address" in open_.output) == (1, True)
