from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from opastin.errors import UserError
from opastin.kiosk import command


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command on a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPASTIN_HOME", str(tmp_path))
    for name in ("CONVERSATIONS_URL", "PUBLIC_URL"):
        monkeypatch.delenv(f"OPASTIN_{name}", raising=False)

    def run(*arguments, typed=None):
        return CliRunner().invoke(command, arguments, input=typed)

    return run


def test_add_prints_an_address_and_a_pin_once(run, monkeypatch):
    monkeypatch.setenv("OPASTIN_PUBLIC_URL", "https://opastin.example/")
    output = run("add", "Kauhajoen kirjasto").output
    assert re.search(r"https://opastin\.example/kiosk/enrol/[\w-]{32}\n", output)
    assert re.search(r"PIN, shown only now: [0-9]{6}\n", output)


def test_a_pin_can_be_chosen_without_being_shown(run):
    output = run("add", "Kauhajoki", "--choose-pin", typed="4711\n4711\n").output
    assert "4711" not in output
    wrong = run("add", "Seinäjoki", "--choose-pin", typed="abc\nabc\n")
    assert isinstance(wrong.exception, UserError)


def test_list_shows_every_device_and_no_secret(run):
    assert "There are no kiosks yet" in run("list").output
    code = run("add", "Seinäjoki").output.split("/enrol/")[1].split()[0]
    run("add", "Kauhajoki")
    output = run("list").output
    assert output.index("Kauhajoki") < output.index("Seinäjoki")
    assert code not in output


def test_a_removed_device_is_gone(run):
    run("add", "Kauhajoki")
    assert "Removed" in run("remove", "Kauhajoki").output
    assert isinstance(run("remove", "Kauhajoki").exception, UserError)


@pytest.mark.parametrize("name", ["", "  ", "a" * 65, "<b>", "a\nb"])
def test_a_bad_name_is_a_clear_mistake(run, name):
    assert isinstance(run("add", name).exception, UserError)


def test_a_name_is_taken_once(run):
    run("add", "Kauhajoki")
    again = run("add", " Kauhajoki ")
    assert "already" in str(again.exception)
