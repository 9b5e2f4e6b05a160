from __future__ import annotations

import pytest

from web.feedback import question, rating_of


async def ask(person):
    response = await person.client.post(
        f"/api/conversations/{person.id}/feedback", headers=person.headers
    )
    assert response.status == 200, await response.text()
    return (await response.json())["replies"][0]


async def test_a_person_may_rate_a_conversation_at_any_time(person, rasa, rows):
    await person.say("hi")
    asked = await ask(person)
    assert asked["custom"] == {"kind": "feedback", "scale": 5}
    assert asked["buttons"][0]["title"] == "Very well"

    response = await person.post(payload=asked["buttons"][1]["payload"])

    replies = (await response.json())["replies"]
    assert [reply["from"] for reply in replies] == ["system"]
    assert "Thank you" in replies[0]["text"]
    assert len(rasa.requests) == 1
    assert rows("SELECT payload FROM messages WHERE payload LIKE '/feedback%'") == [
        ('/feedback{"rating": 4}',)
    ]


async def test_the_question_is_asked_once_while_it_stands_last(person):
    first = await ask(person)
    assert await ask(person) == first
    await person.say("hi")
    assert (await ask(person))["id"] > first["id"]


async def test_a_rating_that_was_never_offered_is_refused(person):
    assert (await person.post(payload='/feedback{"rating": 5}')).status == 403


async def test_another_token_cannot_ask(client, arrive, person):
    other = await arrive(client)
    response = await client.post(f"/api/conversations/{person.id}/feedback", headers=other.headers)
    assert response.status == 401


async def test_goodbye_is_followed_by_the_question_once(person, rasa):
    understood = {"intent": "goodbye", "confidence": 1.0, "language": "en", "slots": {}}
    rasa.answer = lambda _: rasa.say("Goodbye.", understood=understood, language="en")

    assert [r["custom"] for r in await person.say("bye")] == [
        None,
        {"kind": "feedback", "scale": 5},
    ]
    assert len(await person.say("bye then")) == 1


async def test_a_rating_leaves_what_the_bot_had_asked(person, rasa):
    rasa.answer = lambda _: rasa.say("When?", asked="schedule")
    await person.say("hi")
    asked = await ask(person)
    await person.post(payload=asked["buttons"][0]["payload"])
    await person.say("evenings")
    assert rasa.requests[-1]["metadata"]["asked"] == "schedule"


@pytest.mark.parametrize("payload", [None, "/feedback", '/feedback{"rating": 6}', "/affirm"])
def test_what_is_no_rating_is_none(payload):
    assert rating_of(payload) is None


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_button_is_a_rating(language):
    buttons = question(language).buttons
    assert [rating_of(button["payload"]) for button in buttons] == [5, 4, 3, 2, 1]
    assert len({button["title"] for button in buttons}) == 5
