from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from coaching import accounts, audit
from coaching.audit import Wanted
from coaching.passwords import verify
from opastin import coach, team
from opastin.conversations import conversations_session
from opastin.errors import UserError
from opastin.settings import load_settings

GOOD = "tuoli kynä järvi 7"
PASSWORD = re.compile(r"shown only now: ([a-z0-9-]{23})\n")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Run the commands on a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path))
    for name in ("CONVERSATIONS_URL", "PUBLIC_URL", "NOW", "TODAY"):
        monkeypatch.delenv(f"OPASTIN_{name}", raising=False)


def run(*arguments, typed=None, command=coach.command):
    return CliRunner().invoke(command, arguments, input=typed)


def stored(name):
    """Return an account as it is stored."""
    with conversations_session(load_settings()) as session:
        return accounts.find(session, name)


def test_the_roles_are_those_of_the_accounts():
    assert coach.ROLES == accounts.ROLES


def test_add_prints_a_password_for_one_use_once(monkeypatch):
    monkeypatch.setenv("OPASTIN_PUBLIC_URL", "https://opastin.example/")
    output = run("add", "Anna", "--role", "admin", "--language", "sv").output
    anna = stored("anna")
    assert verify(anna.password_hash, PASSWORD.search(output)[1]).is_right
    assert (anna.role, anna.language, anna.languages) == ("admin", "sv", ["sv"])
    assert anna.one_time_until is not None
    assert "https://opastin.example/coach\n" in output


def test_a_password_can_be_chosen_without_being_shown():
    output = run("add", "anna", "--choose-password", typed=f"{GOOD}\n{GOOD}\n").output
    assert GOOD not in output
    anna = stored("anna")
    assert verify(anna.password_hash, GOOD).is_right
    assert anna.one_time_until is None
    weak = run("add", "bo", "--choose-password", typed="salasana1234\nsalasana1234\n")
    assert "easy to guess" in str(weak.exception)
    assert stored("bo") is None


def test_no_option_takes_a_password():
    for name in ("add", "reset-password"):
        output = run(name, "--help").output
        assert "--choose-password" in output
        assert not re.search(r"--password\b", output)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "anna"), "already"),
        (("add", "a b"), "2 to 64"),
        (("add", "bo", "--team", "Kainuu"), "no team"),
        (("disable", "bo"), "no account"),
        (("disable", "anna"), "last administrator"),
        (("reset-password", "bo"), "no account"),
    ],
)
def test_a_mistake_is_one_sentence(arguments, told):
    run("add", "anna", "--role", "admin")
    result = run(*arguments)
    assert isinstance(result.exception, UserError)
    assert told in str(result.exception)


def test_an_account_is_disabled_enabled_and_given_a_new_password():
    run("add", "root", "--role", "admin")
    first = PASSWORD.search(run("add", "anna").output)[1]
    assert run("disable", "Anna").exit_code == 0
    assert stored("anna").is_disabled
    assert "disabled" in run("list").output
    assert run("enable", "anna").exit_code == 0
    assert not stored("anna").is_disabled
    second = PASSWORD.search(run("reset-password", "anna").output)[1]
    assert not verify(stored("anna").password_hash, first).is_right
    assert verify(stored("anna").password_hash, second).is_right
    with conversations_session(load_settings()) as session:
        noted = [(e.who, e.action, e.subject) for e in audit.read(session, Wanted())]
    assert noted[0] == ("operator", "password_reset", "anna")
    assert len(noted) == 5


def test_list_shows_every_account_and_no_secret():
    assert "There are no accounts yet" in run("list").output
    password = PASSWORD.search(run("add", "bo", "--display-name", "Bo Ek").output)[1]
    run("add", "anna")
    output = run("list").output
    assert output.index("anna") < output.index("bo")
    assert "Bo Ek" in output
    assert "one-time" in output
    assert password not in output
    assert "argon2" not in output


def test_teams_are_added_changed_and_listed():
    assert "every conversation comes to all" in run("list", command=team.command).output
    added = run(
        *("add", "Etelä-Pohjanmaa", "--place", "kauhajoki", "--place", "maakunta_14"),
        *("--field", "09", "--language", "fi", "--referral", "TE-1", "--hours", "mon-tue 9-15.30"),
        command=team.command,
    )
    assert added.exit_code == 0, added.exception
    run("add", "anna", "--team", "etelä-pohjanmaa")
    output = run("list", command=team.command).output
    for part in ("anna", "Kauhajoki", "09", "TE-1"):
        assert part in output
    assert "mon 09:00-15:30, tue 09:00-15:30" in output
    run("change", "Etelä-Pohjanmaa", command=team.command)
    assert "always" in run("list", command=team.command).output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "A", "--place", "Atlantis"), "Atlantis"),
        (("add", "A", "--field", "0923"), "09 Health and welfare"),
        (("add", "A", "--hours", "always"), "cannot be read"),
        (("add", "A", "--referral", "x"), "2 to 32"),
        (("add", "a" * 65), "1 to 64"),
        (("change", "A"), "no team"),
        (("add", "KAINUU"), "already"),
    ],
)
def test_a_team_that_cannot_be_is_one_sentence(arguments, told):
    run("add", "Kainuu", command=team.command)
    result = run(*arguments, command=team.command)
    assert isinstance(result.exception, UserError)
    assert told in str(result.exception)
