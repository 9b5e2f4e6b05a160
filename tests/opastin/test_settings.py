"""Settings: defaults, bad values all at once, and the fixed day."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from opastin.errors import UserError
from opastin.settings import ROOT, Settings, load_settings

SETTINGS_PAGE = ROOT / "docs" / "reference" / "settings.md"


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("OPASTIN_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.home == tmp_path / "var"
    assert settings.catalog_url == f"sqlite:///{tmp_path / 'var' / 'catalog.db'}"
    assert settings.messages_per_minute == 30


def test_all_bad_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPASTIN_RETENTION_DAYS", "many")
    monkeypatch.setenv("OPASTIN_RASA_PORT", "99999")
    monkeypatch.setenv("OPASTIN_TODAY", "2026-02-30")
    with pytest.raises(UserError) as error:
        load_settings()
    for name in ("OPASTIN_RETENTION_DAYS", "OPASTIN_RASA_PORT", "OPASTIN_TODAY"):
        assert name in str(error.value)


def test_the_day_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPASTIN_TODAY", "2026-12-24")
    assert load_settings().today() == date(2026, 12, 24)


def test_the_moment_is_told_in_finnish_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPASTIN_NOW", "2026-06-30T22:30:00+00:00")
    assert load_settings().now().isoformat() == "2026-07-01T01:30:00+03:00"


@pytest.mark.parametrize("name", ["proxy.example", "10.0.0.0/33", "10.0.0.1, x"])
def test_a_proxy_is_an_address_or_a_network(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("OPASTIN_TRUSTED_PROXIES", "10.0.0.0/8, ::1")
    assert load_settings().trusted_proxies == ("10.0.0.0/8", "::1")
    monkeypatch.setenv("OPASTIN_TRUSTED_PROXIES", name)
    with pytest.raises(UserError, match="OPASTIN_TRUSTED_PROXIES"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("CATALOG_URL", "mysql://user:hush@host/catalog"),
        ("CONVERSATIONS_URL", "/srv/conversations.db"),
        ("REDIS_URL", "http://:hush@redis"),
        ("PUBLIC_URL", "opastin.example"),
        ("PUBLIC_URL", "https://opastin.example:port"),
        ("ALLOWED_ORIGINS", "https://a.example, library.example"),
        ("ALLOWED_ORIGINS", "https://a.example/page"),
        ("ALLOWED_ORIGINS", "https://[a.example"),
        ("BOT_URLS", "127.0.0.1:5005"),
    ],
)
def test_an_address_that_can_never_do_is_refused_without_its_password(
    monkeypatch: pytest.MonkeyPatch, name: str, address: str
) -> None:
    monkeypatch.setenv(f"OPASTIN_{name}", address)
    with pytest.raises(UserError, match=f"OPASTIN_{name}") as error:
        load_settings()
    assert "hush" not in str(error.value)


def test_addresses_that_do_are_taken_and_empty_ones_are_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPASTIN_CATALOG_URL", "postgresql+psycopg2://user@host/catalog")
    monkeypatch.setenv("OPASTIN_ALLOWED_ORIGINS", "https://A.example/, http://localhost:8000, *,")
    monkeypatch.setenv("OPASTIN_REDIS_URL", "")
    monkeypatch.setenv("OPASTIN_PUBLIC_URL", "")
    settings = load_settings()
    assert settings.allowed_origins == ("https://A.example/", "http://localhost:8000", "*")
    assert (settings.redis_url, settings.public_url) == (None, None)


def test_a_child_process_reads_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPASTIN_ALLOWED_ORIGINS", "https://a.example, https://b.example")
    monkeypatch.setenv("OPASTIN_TODAY", "2026-12-24")
    settings = load_settings()
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    assert load_settings() == settings


def test_the_secret_is_not_shown() -> None:
    settings = load_settings()
    assert settings.inner_secret not in repr(settings)


def test_every_setting_is_documented() -> None:
    page = SETTINGS_PAGE.read_text(encoding="utf-8")
    missing = [name for name in load_settings().environment() if f"`{name}`" not in page]
    assert not missing


def test_the_table_holds_the_settings_and_nothing_else() -> None:
    listed = re.findall(r"^\| `OPASTIN_(\w+)` \|", SETTINGS_PAGE.read_text("utf-8"), re.MULTILINE)
    renamed = {"fixed_now": "now", "fixed_today": "today"}
    names = {renamed.get(one.name, one.name) for one in fields(Settings)} - {"has_inner_secret"}
    assert sorted(listed) == sorted(name.upper() for name in names)


@pytest.mark.parametrize("name", ["LOG_FORMAT", "LOG_TO", "LOG_LEVEL"])
def test_logs_are_of_a_kind_that_there_is(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"OPASTIN_{name}", "loud")
    with pytest.raises(UserError, match=f"OPASTIN_{name}"):
        load_settings()
