"""The whole real service: scripted people, typed commands, erasure, unknown input."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from typing import Any

from aiohttp import ClientSession

from tests.conftest import Service


class Person:
    """Somebody who talks with the service over HTTP."""

    def __init__(self, session: ClientSession, service: Service, started: dict[str, Any]) -> None:
        self.id: str = started["conversation"]
        self._session = session
        self._url = service.url
        self._headers = {"Authorization": f"Bearer {started['token']}"}

    async def say(self, **message: str) -> tuple[int, dict[str, Any]]:
        """Send a text or a payload; return the status and the answer."""
        body = {"conversation": self.id, **message}
        async with self._session.post(
            f"{self._url}/api/messages", json=body, headers=self._headers
        ) as response:
            return response.status, await response.json()


async def begin(session: ClientSession, service: Service, language: str = "fi") -> Person:
    body = {"language": language, "channel": "test"}
    async with session.post(f"{service.url}/api/conversations", json=body) as response:
        assert response.status == 201
        return Person(session, service, await response.json())


def test_scripted_people_get_what_they_came_for(service: Service, tmp_path: Any) -> None:
    report = tmp_path / "dialogues.json"
    # In a process of its own: it has an event loop of its own.
    done = subprocess.run(
        [
            *(sys.executable, "-m", "opastin.cli", "evaluate", "dialogues"),
            *("--url", service.url, "--json", str(report)),
        ],
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert report.exists(), done.stdout + done.stderr
    content = json.loads(report.read_text(encoding="utf-8"))
    figures, wrong = (
        content["figures"],
        {trial["script"] for trial in content["trials"] if not trial["success"]},
    )
    assert figures["people"] >= 60
    assert not wrong, done.stdout
    assert figures["repeated_questions"] == figures["dead_ends"] == 0
    assert figures["questions_about_what_was_said"] == 0
    assert figures["turns_to_options_as_asked"] <= 6
    assert figures["turns_to_options_all_at_once"] <= 2


async def test_commands_that_are_typed_are_words(service: Service) -> None:
    async with ClientSession() as session:
        person = await begin(session, service)
        for text in ("/restart", '/inform{"place": "743"}', "/EXTERNAL_reminder"):
            status, answer = await person.say(text=text)
            assert status == 200
            assert answer["replies"]
        status, _ = await person.say(payload='/inform{"place": "743"}')
        assert status == 403


async def test_odd_words_are_answered_and_the_service_goes_on(service: Service) -> None:
    async with ClientSession() as session:
        person = await begin(session, service)
        for text in (
            "🙂🙂🙂",
            "<script>alert(1)</script>",
            "\u202e\u200bseinäjoki\u0007",
            "?" * 2000,
        ):
            status, answer = await person.say(text=text)
            assert status == 200
            assert all("<script>" not in (reply["text"] or "") for reply in answer["replies"])
        status, _ = await person.say(text="a" * 5000)
        assert status == 413
        status, answer = await person.say(text="Haluaisin sosionomiksi Seinäjoella iltaisin")
        assert status == 200
        assert answer["replies"]


async def test_a_contact_in_passing_is_no_call_back_request(service: Service) -> None:
    async with ClientSession() as session:
        person = await begin(session, service)
        await person.say(text="numero on 040 765 4321 ja asun Oulussa")
    with sqlite3.connect(service.home / "conversations.db") as database:
        asked = database.execute(
            "SELECT count(*) FROM callback_requests WHERE conversation_id = ?", (person.id,)
        ).fetchone()
    assert asked == (0,)


async def test_an_erased_person_leaves_no_word_in_any_file(service: Service) -> None:
    word = "kultasepänverstas"
    async with ClientSession() as session:
        person = await begin(session, service)
        await person.say(text=f"minulla on ollut {word} Oulussa")
        await person.say(text="poista kaikki tietoni")
        status, answer = await person.say(text="kyllä")
        assert answer["replies"][-1]["custom"] == {"kind": "erased"}
        status, _ = await person.say(text="moi")
        assert status == 410
    for path in service.home.rglob("*"):
        if path.is_file():
            assert word.encode() not in path.read_bytes(), path.name
