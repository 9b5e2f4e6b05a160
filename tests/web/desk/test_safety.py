"""What attacks on the desk have found: each of these was possible once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from coaching import accounts, callback_requests, conversations, handoff
from coaching.desk_models import Coach
from tests.coaching.desk import add_team
from tests.web.desk.coaches import open_desk
from web.desk.session import BACKGROUND
from web.keys import HUB, SETTINGS, STORAGE, TEXTS
from web.queue_keeper import QueueKeeper

WORDS = "I cleaned hospitals for years"
HOSTILE = (
    "x" * 70_000,
    "\u202e\u2066<script>alert(1)</script>",
    "=HYPERLINK(1)",
    "\ufffd\ud83d",
    "'; DROP TABLE notes; --",
    "𝕳𝖊𝖑𝖑𝖔 " * 20,
    "-1",
    "9" * 30,
)


@pytest.fixture
def write(client):
    return client.app[STORAGE].write


@pytest.fixture
def wait(client, write):
    """A function that puts a person in the queue of a team, or of all."""

    async def wait(person, *, consents=True, team_id=None):
        now = client.app[SETTINGS].now()

        def work(session):
            conversation = conversations.get(session, person.id)
            handoff.ask_for_coach(session, conversation, why="asked", urgency=0, now=now)
            conversation.consented_at = now if consents else None
            conversation.team_id = team_id

        await write(work)

    return wait


@pytest.fixture
async def teams(write):
    """Return the numbers of two teams."""
    return await write(lambda s: [add_team(s, name).id for name in ("here", "there")])


@pytest.fixture
def talk(wait, desk):
    """A function that brings a person and the coach together."""

    async def talk(person, **more):
        await wait(person, **more)
        assert (await desk.post(f"/coach/c/{person.id}/claim")).status == 303

    return talk


def seen(rows):
    return rows("SELECT who FROM audit WHERE action = 'view_conversation'")


async def test_no_header_makes_a_first_look_unseen(client, person, talk, desk, rows):
    await talk(person)
    await desk.text(f"/coach/c/{person.id}", headers={BACKGROUND: "1"})
    await desk.text(f"/coach/c/{person.id}", headers={BACKGROUND: "1"})
    assert seen(rows) == [("anna",)]
    lead = await open_desk(client, "lea", role="lead")
    await lead.text(f"/coach/c/{person.id}", headers={BACKGROUND: "1"})
    assert seen(rows) == [("anna",), ("lea",)]


async def test_another_teams_conversation_is_not_claimed(client, person, wait, teams):
    here, there = teams
    stranger = await open_desk(client, "stranger", team_id=there)
    await wait(person, team_id=here)
    answer = await stranger.post(f"/coach/c/{person.id}/claim")
    assert answer.headers["Location"] == "/coach?news=gone"
    own = await open_desk(client, "own", team_id=here)
    answer = await own.post(f"/coach/c/{person.id}/claim")
    assert answer.headers["Location"] == f"/coach/c/{person.id}"


async def test_another_teams_call_is_not_taken(client, person, write, teams):
    here, there = teams
    now = client.app[SETTINGS].now()

    def work(session):
        conversation = conversations.get(session, person.id)
        conversation.team_id = here
        callback_requests.request_callback(
            session, conversation, ["040 123 4567"], who="person", why="asked", now=now
        )

    await write(work)
    stranger = await open_desk(client, "stranger", team_id=there)
    assert (await stranger.post("/coach/calls/1/take")).status == 403
    assert (await stranger.post("/coach/calls/1/reveal")).status == 403
    own = await open_desk(client, "own", team_id=here)
    assert (await own.post("/coach/calls/1/take")).status == 303


async def test_without_consent_nothing_is_seen_of_what_is_said_after_the_coach_has_gone(
    person, talk, desk
):
    await talk(person, consents=False)
    await person.say("Who are you?")
    await desk.post(f"/coach/c/{person.id}/close", {"outcome": "advised"})
    await person.say(WORDS)
    page = await desk.text(f"/coach/c/{person.id}")
    assert "Who are you?" in page
    assert WORDS not in page


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("say", {"text": "Their code is 131052-308T"}),
        ("say", {"text": "Call me at 040 123 4567"}),
        ("plan", {"goal": "Nurse", "text-0": "Write to aino@example.com", "by-0": ""}),
        ("plan", {"goal": "Nurse for FI21 1234 5600 0007 85", "text-0": "Apply", "by-0": ""}),
    ],
)
async def test_a_coach_says_nobodys_personal_data(person, talk, desk, act, fields):
    await talk(person)
    before = len(await person.history())
    answer = await desk.post(f"/coach/c/{person.id}/{act}", fields)
    assert answer.status == 400
    assert "Leave it out" in await answer.text()
    assert len(await person.history()) == before


async def test_what_coaches_keep_beside_a_conversation_is_masked(person, talk, desk, rows):
    await talk(person)
    await desk.post(f"/coach/c/{person.id}/note", {"note": "Reach her at 040 123 4567"})
    await desk.post(f"/coach/c/{person.id}/label", {"label": "040 123 4567"})
    assert rows("SELECT text FROM notes") == [("Reach her at [phone]",)]
    assert rows("SELECT label FROM conversation_labels") == [("[phone]",)]


async def test_contacts_of_services_are_kept_by_a_lead_for_all_to_send(client, person, talk, desk):
    await talk(person)
    reply = {"language": "en", "title": "Crisis line", "text": "Call 09 2525 0111."}
    assert (await desk.post("/coach/canned", {**reply, "is_shared": "yes"})).status == 400
    lead = await open_desk(client, "lea", role="lead")
    assert (await lead.post("/coach/canned", reply)).status == 400
    assert (await lead.post("/coach/canned", {**reply, "is_shared": "yes"})).status == 303
    answer = await desk.post(f"/coach/c/{person.id}/say", {"text": "Call 0925250111 now"})
    assert answer.status == 303
    secret = {**reply, "text": "131052-308T", "is_shared": "yes"}
    assert (await lead.post("/coach/canned", secret)).status == 400


async def test_a_search_that_finds_nothing_is_audited_too(desk, rows):
    answer = await desk.post("/coach/transcripts", {"words": "nobodysaidthis"})
    await desk.text(answer.headers["Location"])
    found = rows("SELECT who, subject FROM audit WHERE action = 'search_transcripts'")
    assert found == [("anna", None)]


async def test_nobody_talks_on_with_a_coach_whose_account_is_closed(client, person, talk, desk):
    await talk(person)
    last = (await person.history())[-1]["id"]
    app = client.app
    keeper = QueueKeeper(app[SETTINGS], storage=app[STORAGE], hub=app[HUB], texts=app[TEXTS])
    await keeper.look()
    assert await person.history(last) == []

    def close(session):
        session.execute(update(Coach).where(Coach.id == desk.coach.id).values(is_disabled=True))

    await app[STORAGE].write(close)
    await keeper.look()
    await keeper.look()
    (line,) = await person.history(last)
    assert line["custom"]["state"] == "waiting"
    other = await open_desk(client, "bertta")
    assert (await other.post(f"/coach/c/{person.id}/claim")).status == 303


async def test_a_closed_accounts_calls_are_for_others(client, person, write, desk):
    now = client.app[SETTINGS].now()

    def work(session):
        conversation = conversations.get(session, person.id)
        callback_requests.request_callback(
            session, conversation, ["a@b.fi"], who="person", why="asked", now=now
        )

    await write(work)
    assert (await desk.post("/coach/calls/1/take")).status == 303
    await write(lambda s: accounts.set_disabled(s, accounts.get(s, desk.coach.id), True))
    assert await write(callback_requests.free_deserted) == 1
    other = await open_desk(client, "bertta")
    assert (await other.post("/coach/calls/1/take")).status == 303


async def test_a_person_may_delete_the_chat_while_a_coach_writes(client, person, talk, desk):
    await talk(person)
    address = f"/api/conversations/{person.id}"
    assert (await client.delete(address, headers=person.headers)).status in (200, 204)
    for act, fields in (
        ("say", {"text": "Hello"}),
        ("note", {"note": "n"}),
        ("label", {"label": "l"}),
        ("close", {"outcome": "advised"}),
        ("give-back", {}),
    ):
        answer = await desk.post(f"/coach/c/{person.id}/{act}", fields)
        assert answer.status in (403, 404, 410), (act, answer.status)
    assert (await desk.get(f"/coach/c/{person.id}")).status == 404
    await desk.text("/coach")


async def test_a_conversation_stays_with_its_coach_when_the_gateway_starts_anew(
    open_gateway, settings, person, talk, desk, rasa
):
    await talk(person)
    again = await open_gateway(replace(settings))
    person.client, desk.client = again, again
    asked = len(rasa.requests)
    assert await person.say("Are you there?") == []
    assert len(rasa.requests) == asked
    assert "Are you there?" in await desk.text(f"/coach/c/{person.id}")
    assert (await desk.post(f"/coach/c/{person.id}/say", {"text": "Yes"})).status == 303


async def test_names_that_people_see_turn_no_text_around(desk):
    fields = {"display_name": "Anna\u202e\u200b", "language": "en", "languages": ["en"]}
    assert (await desk.post("/coach/account", fields)).status == 303
    assert 'value="Anna"' in await desk.text("/coach/account")


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
async def test_no_form_fails_on_hostile_words(client, person, talk, desk, admin, hostile):
    await talk(person)
    sent = hostile.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    at = f"/coach/c/{person.id}"
    forms = [
        (desk, f"{at}/say", {"text": sent}),
        (desk, f"{at}/note", {"note": sent}),
        (desk, f"{at}/delete-note", {"note": sent}),
        (desk, f"{at}/label", {"label": sent}),
        (desk, f"{at}/unlabel", {"label": sent}),
        (desk, f"{at}/assign", {"to": sent}),
        (desk, f"{at}/close", {"outcome": sent}),
        (desk, f"{at}/plan", {"goal": sent, "text-0": sent, "by-0": sent, "code-0": sent}),
        (desk, "/coach/canned", {"language": "en", "title": sent, "text": sent}),
        (desk, "/coach/transcripts", {"words": sent, "place": sent, "since": sent, "label": sent}),
        (desk, "/coach/reviews", {"message": [sent, f"{person.id}.{sent}"], "act": sent}),
        (desk, "/coach/reviews/one", {"message": [sent], "act": sent, "wording": sent}),
        (desk, "/coach/account", {"display_name": sent, "language": "en", "languages": ["en"]}),
        (desk, "/coach/account", {"old_password": sent, "new_password": sent, "repeat": sent}),
        (admin, "/coach/accounts/new", {"name": sent, "display_name": sent, "role": "coach"}),
        (admin, "/coach/accounts/1", {"do": "change", "display_name": sent, "role": sent}),
        (
            admin,
            "/coach/teams/new",
            {"name": sent, "places": sent, "referrals": sent, "mon-begin": sent, "mon-end": sent},
        ),
    ]
    for one, path, fields in forms:
        answer = await one.post(path, fields)
        text = await answer.text()
        assert answer.status < 500, (path, text)
        assert "<script>alert" not in text, path
    gets = [at, f"{at}?before={'9' * 30}", "/coach/canned", "/coach"]
    for path in [*gets, "/coach/transcripts?words=%00&line=%ED%A0%80", "/coach/measures?team=%FF"]:
        answer = await desk.get(path)
        text = await answer.text()
        assert answer.status < 500, (path, text)
        assert "<script>alert" not in text, path
    for path in ("/coach/accounts", "/coach/teams", "/coach/audit?who=%ED%A0%80&since=9999-99-99"):
        answer = await admin.get(path)
        assert answer.status < 500, path
        assert "<script>alert" not in await answer.text(), path


async def test_no_word_and_no_id_is_in_logs_or_metrics(client, person, talk, desk, caplog):
    caplog.set_level("DEBUG")
    await person.say(WORDS)
    await talk(person)
    await desk.text(f"/coach/c/{person.id}")
    await desk.post(f"/coach/c/{person.id}/say", {"text": "Their code is 131052-308T"})
    await desk.post(f"/coach/c/{person.id}/note", {"note": WORDS})
    await desk.post("/coach/transcripts", {"words": "hospitals"})
    await desk.get(f"/coach/transcripts/{person.id}")
    metrics = await (await client.get("/metrics")).text()
    # The driver of the tests' own database tells of its files.
    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith(("web", "coach"))
    )
    for secret in (WORDS, "hospitals", "131052", person.id, person.token, "anna"):
        assert secret not in metrics
        assert secret not in logged


NUMBERS = (
    "9" * 9,
    "9" * 18,
    "9" * 5000,
    "-1",
    "0",
    "1e9",
    "\u0663",
    "%00",
    "a'b",
    "NaN",
    "0x1",
    f"0{'9' * 20}",
    f"{'0' * 9}1{'9' * 5000}",
)


@pytest.mark.parametrize("number", NUMBERS, ids=range(len(NUMBERS)))
async def test_no_address_fails_on_an_odd_number(person, talk, admin, desk, number):
    await talk(person)
    at = person.id
    for path in (
        f"/coach/c/{at}?before={number}",
        f"/coach/transcripts/{at}?line={number}&before={number}&after={number}",
        f"/coach/transcripts?older={number}&newer={number}&least={number}&most={number}",
        f"/coach/transcripts?below={number}&rating={number}&failed={number}&since={number}",
        f"/coach/reviews?done={number}",
        f"/coach/reviews/one?message={at}.{number}",
        f"/coach/measures?weeks={number}",
        f"/coach/measures.csv?team={number}&place={number}",
        f"/coach/audit?before={number}&subject={number}",
        f"/coach/accounts/{number}",
        f"/coach/teams/{number}",
    ):
        for one in (desk, admin):
            answer = await one.get(path)
            assert answer.status < 500, (path, await answer.text())
    for path in (f"/coach/calls/{number}/take", f"/coach/canned/{number}/delete"):
        assert (await desk.post(path)).status < 500, path
