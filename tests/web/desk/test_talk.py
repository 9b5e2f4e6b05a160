"""The queue and one conversation of the desk, over HTTP."""

from __future__ import annotations

import asyncio

import pytest

from coaching import conversations, handoff, queue
from coaching.desk_work import MOST_LABELS
from coaching.models import Conversation
from coaching.transcript import COACH
from tests.coaching.desk import fill_slots
from tests.web.desk.coaches import open_desk
from web.hub import DESK
from web.keys import HUB, SETTINGS, STORAGE

SECRET_WORDS = "I cleaned hospitals for years"


@pytest.fixture
def wait(client):
    """A function that puts a person in the queue, with the consent to be seen or without."""

    async def wait(person, *, urgency=0, consents=True):
        now = client.app[SETTINGS].now()

        def work(session):
            conversation = conversations.get(session, person.id)
            handoff.ask_for_coach(session, conversation, why="asked", urgency=urgency, now=now)
            conversation.consented_at = now if consents else None

        await client.app[STORAGE].write(work)

    return wait


@pytest.fixture
def state_of(client):
    async def state_of(person):
        return await client.app[STORAGE].read(
            lambda session: session.get(Conversation, person.id).state
        )

    return state_of


async def test_the_queue_shows_who_waits_the_most_urgent_first(client, arrive, wait, desk):
    first, second = [await arrive(client, language="en") for _ in range(2)]
    await wait(first)
    await wait(second, urgency=2)
    page = await desk.text("/coach")
    assert page.index(second.id) < page.index(first.id)
    assert "Distress" in page


async def test_nothing_of_what_people_said_is_in_the_queue(person, wait, desk):
    await person.say(SECRET_WORDS)
    await wait(person)
    assert SECRET_WORDS not in await desk.text("/coach")


async def test_of_two_coaches_one_gets_the_conversation(client, person, wait):
    await wait(person)
    desks = [await open_desk(client, name) for name in ("anna", "bertta")]
    answers = await asyncio.gather(*(one.post(f"/coach/c/{person.id}/claim") for one in desks))
    places = sorted(answer.headers["Location"] for answer in answers)
    assert places == [f"/coach/c/{person.id}", "/coach?news=gone"]
    page = await desks[0].text("/coach?news=gone")
    assert "Another coach was quicker" in page


async def test_a_coach_and_a_person_talk(person, wait, desk):
    await person.say(SECRET_WORDS)
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    page = await desk.text(f"/coach/c/{person.id}")
    assert SECRET_WORDS in page
    await desk.post(f"/coach/c/{person.id}/say", {"text": "Hello, I am here."})
    spoken = [line for line in await person.history() if line["from"] == COACH]
    assert spoken[-1]["text"] == "Hello, I am here."
    assert spoken[-1]["name"] == "Anna"
    assert await person.say("Nice to meet you") == []
    assert "Nice to meet you" in await desk.text(f"/coach/c/{person.id}")


async def test_without_consent_only_what_is_said_from_then_on_is_seen(person, wait, desk):
    await person.say(SECRET_WORDS)
    await wait(person, consents=False)
    await desk.post(f"/coach/c/{person.id}/claim")
    await person.say("Who are you?")
    page = await desk.text(f"/coach/c/{person.id}")
    assert SECRET_WORDS not in page
    assert "Who are you?" in page
    assert "has not allowed" in page


async def test_reading_marks_what_is_read_for_its_own_coach_only(client, person, wait, desk):
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    await desk.text(f"/coach/c/{person.id}")
    await person.say("Are you there?")
    lead = await open_desk(client, "lea", role="lead")
    await lead.text(f"/coach/c/{person.id}")
    assert "1 new message" in await desk.text("/coach")
    await desk.text(f"/coach/c/{person.id}")
    assert "new message" not in await desk.text("/coach")


@pytest.mark.parametrize(
    ("act", "fields", "state"),
    [
        ("give-back", {}, "with_bot"),
        ("close", {"outcome": "advised"}, "closed"),
    ],
)
async def test_a_talk_ends(person, wait, desk, state_of, act, fields, state):
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    answer = await desk.post(f"/coach/c/{person.id}/{act}", fields)
    assert answer.status == 303
    assert await state_of(person) == state
    assert (await desk.post(f"/coach/c/{person.id}/say", {"text": "Hello"})).status == 403


async def test_a_conversation_is_handed_on(client, person, wait, desk):
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    other = await open_desk(client, "bertta")
    await desk.post(f"/coach/c/{person.id}/assign", {"to": str(other.coach.id)})
    held = await client.app[STORAGE].read(lambda session: queue.mine(session, other.coach))
    assert [one.conversation_id for one in held] == [person.id]


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("close", {"outcome": "no such"}),
        ("assign", {"to": "x"}),
        ("assign", {"to": "99999"}),
        ("say", {"text": " "}),
        ("note", {"note": "\x00"}),
        ("delete-note", {"note": "-1"}),
        ("options", {"text": "Look"}),
        ("plan", {"text-0": "Call", "by-0": "2026-02-30"}),
    ],
)
async def test_what_cannot_be_done_is_refused_and_changes_nothing(
    person, wait, desk, state_of, act, fields
):
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    before = len(await person.history())
    assert (await desk.post(f"/coach/c/{person.id}/{act}", fields)).status == 400
    assert await state_of(person) == "with_coach"
    assert len(await person.history()) == before


async def test_a_stranger_to_the_conversation_sees_and_does_nothing(client, person, desk):
    await person.say(SECRET_WORDS)
    assert (await desk.get(f"/coach/c/{person.id}")).status == 404
    for act in ("note", "label", "step-in"):
        answer = await desk.post(f"/coach/c/{person.id}/{act}", {"note": "a", "label": "b"})
        assert answer.status == 404, act
    reviewer = await open_desk(client, "rita", role="reviewer")
    assert (await reviewer.get(f"/coach/c/{person.id}")).status == 200
    assert (await reviewer.post(f"/coach/c/{person.id}/step-in")).status == 403


async def test_notes_and_labels_are_kept(person, wait, desk):
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    await desk.post(f"/coach/c/{person.id}/note", {"note": "Call the school <b>first</b>"})
    await desk.post(f"/coach/c/{person.id}/label", {"label": "  Benefit  QUESTION "})
    page = await desk.text(f"/coach/c/{person.id}")
    assert "Call the school &lt;b&gt;first&lt;/b&gt;" in page
    assert "benefit question" in page
    await desk.post(f"/coach/c/{person.id}/unlabel", {"label": "benefit question"})
    assert "Remove the label" not in await desk.text(f"/coach/c/{person.id}")
    assert all("Call the school" not in line["text"] for line in await person.history())


async def test_a_canned_reply_is_put_into_the_field(person, wait, desk):
    reply = {"language": "en", "title": "Greeting", "text": "Good day to you."}
    assert (await desk.post("/coach/canned", reply)).status == 303
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    page = await desk.text(f"/coach/c/{person.id}?canned=1")
    field = page[page.index("<textarea") : page.index("</textarea>")]
    assert "Good day to you." in field


async def test_only_whoever_sees_all_deletes_a_shared_reply(client, desk):
    reply = {"language": "en", "title": "Greeting", "text": "Good day.", "is_shared": "yes"}
    lead = await open_desk(client, "lea", role="lead")
    await lead.post("/coach/canned", reply)
    await desk.post("/coach/canned/1/delete")
    assert "Good day." in await desk.text("/coach/canned")
    await lead.post("/coach/canned/1/delete")
    assert "Good day." not in await desk.text("/coach/canned")


async def test_each_view_is_audited_but_not_what_the_page_asks_by_itself(
    client, person, wait, desk, rows
):
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    await desk.text(f"/coach/c/{person.id}")
    await desk.text(f"/coach/c/{person.id}", headers={"X-Background": "1"})
    seen = rows("SELECT who, subject FROM audit WHERE action = 'view_conversation'")
    assert len(seen) == 1
    assert seen[0][0] == "anna"
    assert person.id not in seen[0][1]


async def test_the_packet_tells_the_facts_and_nothing_that_rasa_keeps(client, person, wait, desk):
    facts = {
        "place": "any",
        "education": "vocational",
        "schedule": ["evening", "a new time"],
        "start_by": "2027-01-15",
        "online_ok": True,
        "a_new_slot": "unheard of",
        "session_started_metadata": {"heard": None, "language": "en"},
    }

    def work(session):
        fill_slots(session, conversations.get(session, person.id), **facts)

    await client.app[STORAGE].write(work)
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    page = await desk.text(f"/coach/c/{person.id}")
    for told in ("anywhere", "vocational", "evenings, a new time", "15 January 2027"):
        assert told in page, told
    for kept in ("session_started_metadata", "unheard of"):
        assert kept not in page


@pytest.mark.parametrize(
    ("act", "fields", "news"),
    [
        ("say", {"text": "Hello"}, "The message has been sent."),
        ("note", {"note": "Call the school"}, "The note has been saved."),
        ("label", {"label": "nurse"}, "The label has been added."),
        ("unlabel", {"label": "nurse"}, "The label has been removed."),
        ("plan", {"text-0": "Call the school"}, "The changed plan has been sent"),
    ],
)
async def test_each_act_says_what_happened(person, wait, desk, act, fields, news):
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    answer = await desk.post(f"/coach/c/{person.id}/{act}", fields)
    assert news in await desk.text(answer.headers["Location"])


async def test_a_label_too_many_is_not_said_to_be_kept(person, wait, desk):
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    for number in range(MOST_LABELS + 1):
        fields = {"label": f"label {number}"}
        answer = await desk.post(f"/coach/c/{person.id}/label", fields)
    page = await desk.text(answer.headers["Location"])
    assert "The label was not added" in page
    assert f"label {MOST_LABELS}" not in page


async def test_who_has_just_come_has_waited_no_minutes(person, wait, desk):
    await wait(person)
    assert "Has just begun to wait" in await desk.text("/coach")
    await desk.post(f"/coach/c/{person.id}/claim")
    page = await desk.text("/coach")
    assert "just now" in page
    assert "0 minutes" not in page


async def test_a_changed_plan_is_marked_by_whom(person, wait, desk):
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim")
    fields = {"goal": "Practical nurse", "text-0": "Call the school", "by-0": "2027-01-15"}
    assert (await desk.post(f"/coach/c/{person.id}/plan", fields)).status == 303
    plan = (await person.history())[-1]["custom"]
    assert plan["changed_by"] == plan["goal_changed_by"] == "Anna"
    assert "Call the school (Changed by Anna)" in await desk.text(f"/coach/c/{person.id}")
    assert [(step["text"], step["by"], step["changed_by"]) for step in plan["steps"]] == [
        ("Call the school", "2027-01-15", "Anna")
    ]


async def test_the_desk_is_told_of_every_change_without_words(client, person, wait, desk):
    headers = {"Origin": str(client.make_url("/")).rstrip("/")}
    async with client.ws_connect(
        "/coach/api/live",
        headers={**headers, "Cookie": f"opastin_coach={desk.cookies['opastin_coach']}"},
    ) as socket:
        await wait(person)
        await desk.post(f"/coach/c/{person.id}/claim")
        assert await socket.receive_json(timeout=5) is not None
        await person.say(SECRET_WORDS)
        frames: list[object] = []
        while {"conversation": person.id} not in frames:
            frames.append(await socket.receive_json(timeout=5))
        assert SECRET_WORDS not in str(frames)


async def test_the_desk_is_renewed_when_other_gateways_are_heard_again(client, desk):
    headers = {"Origin": str(client.make_url("/")).rstrip("/")}
    async with client.ws_connect(
        "/coach/api/live",
        headers={**headers, "Cookie": f"opastin_coach={desk.cookies['opastin_coach']}"},
    ) as socket:
        while not client.app[HUB].count(DESK):
            await asyncio.sleep(0.01)
        client.app[HUB].look_again()
        assert await socket.receive_json(timeout=5) == {"queue": True}


async def test_the_socket_of_the_desk_needs_a_session_and_our_own_page(client, desk):
    cookie = {"Cookie": f"opastin_coach={desk.cookies['opastin_coach']}"}
    for headers in ({}, {**cookie, "Origin": "https://evil.example"}):
        answer = await client.get(
            "/coach/api/live",
            headers={"Upgrade": "websocket", "Connection": "Upgrade", **headers},
        )
        assert answer.status in (401, 403)


async def test_a_coachs_step_stays_when_the_bot_plans_anew(person, wait, desk, rasa, client):
    await wait(person)
    await desk.post(f"/coach/c/{person.id}/claim", {})
    await desk.post(f"/coach/c/{person.id}/plan", {"text-0": "Call the school"})
    await desk.post(f"/coach/c/{person.id}/give-back", {})
    plan = {"kind": "plan", "goal": "IT", "steps": [{"code": "apply", "text": "Apply", "by": None}]}
    rasa.answer = lambda message: rasa.say("Here it is.", custom=plan)
    replies = await person.say("make my plan again")
    steps = [step["text"] for step in replies[-1]["custom"]["steps"]]
    assert steps == ["Apply", "Call the school"]
