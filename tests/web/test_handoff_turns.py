"""What a person sees on the way to a coach: the offer, the consent, the queue, the way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from coaching.desk_models import Coach
from opastin.texts import Texts
from tests.coaching.desk import OFFICE_HOURS
from tests.web.conftest import GREETINGS
from tests.web.handoffs import ASK, CANCEL, MONDAY, NO, OFFERED, YES, Office, payloads
from web.keys import HUB, SETTINGS, STORAGE, TEXTS
from web.queue_keeper import QueueKeeper

CRISIS = {
    language: {"utter_crisis": {"text": f"112 {language}"}} for language in ("fi", "sv", "en")
}
WITH_CRISIS = Texts({name: GREETINGS[name] | CRISIS.get(name, {}) for name in GREETINGS})
WORDS = {
    "fi": ("Jos annat luvan", "Pyysin valmentajaa", "et ole enää jonossa"),
    "sv": ("Om du ger lov", "Jag har bett en handledare", "står inte längre i kön"),
    "en": ("If you allow it", "I have asked a coach", "no longer in the queue"),
}


@pytest.fixture
async def client(open_gateway, settings):
    return await open_gateway(replace(settings, fixed_now=MONDAY), texts=WITH_CRISIS)


@pytest.fixture
def office(client):
    return Office(client, MONDAY)


@pytest.fixture
def offer(person, rasa):
    """Have the bot offer a person."""

    async def offer(who=person, **custom):
        rasa.answer = lambda _: rasa.say("A coach?", custom=OFFERED | custom, asked="handoff")
        (reply,) = await who.say("human please")
        rasa.answer = rasa.echo
        return reply

    return offer


@pytest.fixture
def wait(person, office, offer):
    """Bring the person into the queue."""

    async def wait(**custom):
        await offer(**custom)
        return (await press(person, YES))[0]

    return wait


async def press(person, payload):
    response = await person.post(payload=payload)
    assert response.status == 200, await response.text()
    return (await response.json())["replies"]


async def test_without_any_coach_the_bots_offer_of_a_call_stands(offer):
    reply = await offer()
    assert (reply["text"], reply["custom"]["state"]) == ("A coach?", "offered")


async def test_with_a_coach_on_duty_consent_is_asked_and_all_is_shown(person, office, offer):
    await office.coach()
    reply = await offer()
    assert (reply["from"], reply["custom"]["state"]) == ("system", "consent")
    assert "If you allow it" in reply["text"]
    assert reply["custom"]["preview"] == [
        {
            "label": "What you have told about yourself and your wishes",
            "value": "You have not told anything yet",
        }
    ]
    assert payloads(reply) == [YES, "/request_callback", NO]
    conversation = await office.conversation(person.id)
    assert (conversation.state, conversation.consented_at) == ("with_bot", None)


async def test_outside_hours_the_person_hears_when_to_come(office, offer):
    await office.coach()
    await office.team(hours=OFFICE_HOURS | {"mon": ["12:00", "15:00"]})
    reply = await offer()
    assert reply["text"] == (
        "The coaches are not here right now. You can reach them again today at 12:00. A coach?"
    )
    assert (reply["custom"]["state"], reply["custom"]["hours"]) == (
        "offered",
        "Mon 12:00–15:00, Tue–Fri 9:00–15:00",
    )


async def test_nobody_there_within_hours_leaves_the_offer_of_a_call(office, offer):
    await office.team(hours=OFFICE_HOURS)
    await office.coach(away=30)
    assert (await offer())["text"] == "A coach?"


async def test_yes_leads_into_the_queue_and_says_honestly_how_long(person, office, wait):
    await office.coach()
    reply = await wait()
    assert reply["custom"]["state"] == "waiting"
    assert reply["custom"]["position"] == 0
    assert "I can't say how long it will take." in reply["text"]
    conversation = await office.conversation(person.id)
    assert (conversation.state, conversation.consented_at) == ("waiting", MONDAY)


async def test_yes_in_words_is_a_yes_too(person, office, offer, rasa):
    await office.coach()
    await offer()
    rasa.meanings["sure"] = ("affirm", {})
    (reply,) = await person.say("sure")
    assert reply["custom"]["state"] == "waiting"
    assert rasa.parsed[0]["metadata"]["asked"] == "handoff"


@pytest.mark.parametrize("in_words", [True, False])
async def test_no_stays_with_the_bot_which_hears_of_it(person, office, offer, rasa, in_words):
    await office.coach()
    await offer()
    rasa.meanings["rather not"] = ("deny", {})
    (reply,) = await (person.say("rather not") if in_words else press(person, NO))
    assert reply["text"] == "You said: /deny"
    conversation = await office.conversation(person.id)
    assert (conversation.state, conversation.consented_at) == ("with_bot", None)


async def test_a_yes_that_may_be_none_is_asked_for_again(person, office, offer, rasa):
    await office.coach()
    await offer()
    rasa.meanings["well"] = ("affirm", {})
    rasa.confidences["well"] = 0.91
    (reply,) = await person.say("well")
    assert reply["custom"]["state"] == "consent"
    assert (await office.conversation(person.id)).consented_at is None


@pytest.mark.parametrize("words", ["leave it", "anna olla", "låt det vara"])
async def test_let_it_be_is_no_yes_whatever_the_bot_takes_it_for(
    person, office, offer, rasa, words
):
    await office.coach()
    await offer()
    rasa.meanings[words] = ("affirm", {})
    (reply,) = await person.say(words)
    assert reply["text"] == "You said: /deny"


async def test_anything_else_goes_to_the_bot_as_before(person, office, offer, rasa):
    await office.coach()
    await offer()
    (reply,) = await person.say("what does it cost?")
    assert reply["text"] == "You said: what does it cost?"
    assert rasa.requests[-1]["metadata"]["asked"] == "handoff"


async def test_a_bot_that_did_not_understand_offers_the_coach_by_a_button(person, office, rasa):
    await office.coach()
    buttons = [
        {"title": "Call me", "payload": "/request_callback"},
        {"title": "Go on", "payload": "/start_guidance"},
    ]
    custom = OFFERED | {"why": "failures"}
    rasa.answer = lambda _: rasa.say("Sorry.", buttons=buttons, custom=custom, asked="place")
    (reply,) = await person.say("xyz")
    assert (reply["text"], payloads(reply)) == ("Sorry.", [ASK, "/start_guidance"])
    (consent,) = await press(person, ASK)
    assert (consent["custom"]["state"], consent["custom"]["why"]) == ("consent", "failures")
    await press(person, YES)
    assert rasa.requests[-1]["text"] == "xyz"


async def test_a_crisis_is_first_in_the_queue(client, arrive, office, person, rasa, offer, wait):
    await office.coach()
    other = await arrive(client, language="en")
    await offer(other)
    await press(other, YES)
    reply = await wait(why="crisis")
    assert reply["custom"]["position"] == 0
    assert (await office.conversation(person.id)).urgency == 2
    news = [reply for words in "abc" for reply in await other.say(words)]
    assert [reply["custom"]["position"] for reply in news] == [1]


async def test_whoever_says_yes_after_all_have_left_is_offered_a_call(
    person, office, offer, client, rows
):
    await office.coach()
    await offer()
    gone = update(Coach).values(seen_at=MONDAY - timedelta(hours=1))
    await client.app[STORAGE].write(lambda session: session.execute(gone))
    (reply,) = await press(person, YES)
    assert (reply["custom"]["state"], payloads(reply)) == ("offered", ["/request_callback"])
    assert rows("SELECT state, consented_at FROM conversations") == [("with_bot", None)]


async def test_while_waiting_the_bot_is_silent_and_news_are_rare(person, office, wait, rasa):
    await office.coach()
    await wait()
    asked = len(rasa.requests)
    assert await person.say("hello?") == []
    assert await person.say("anybody?", client_id="a") == []
    assert await person.say("anybody?", client_id="a") == []
    (news,) = await person.say("still there?", client_id="b")
    assert (news["from"], news["custom"]["state"]) == ("system", "waiting")
    assert await person.say("still there?", client_id="b") == [news]
    assert len(rasa.requests) == asked
    assert await person.say("hm") == []


async def test_a_change_of_mind_leads_back_to_the_bot(person, office, wait, rasa):
    await office.coach()
    await wait()
    rasa.meanings["enough of this"] = ("stop", {})
    told, back = await person.say("enough of this")
    assert told["text"] == "All right, you are no longer in the queue."
    assert back["text"] == 'You said: /inform{"choice": "back"}'
    assert (await office.conversation(person.id)).state == "with_bot"


async def test_i_have_changed_my_mind_is_no_cry_for_help(person, office, wait, rasa):
    await office.coach()
    await wait()
    rasa.meanings["jag ångrar mig"] = ("crisis", {})
    await person.say("jag ångrar mig")
    assert (await office.conversation(person.id)).state == "with_bot"


async def test_a_mere_no_leaves_no_queue_but_shows_the_way_out(person, office, wait, rasa):
    await office.coach()
    await wait()
    rasa.meanings["no hurry"] = ("deny", {})
    (news,) = await person.say("no hurry")
    assert payloads(news) == ["/request_callback", CANCEL]
    assert (await office.conversation(person.id)).state == "waiting"


async def test_a_call_instead_keeps_the_place_until_the_number_comes(person, office, wait, rasa):
    await office.coach()
    await wait()
    (question,) = await press(person, "/request_callback")
    assert question["custom"] is None
    assert (await office.conversation(person.id)).state == "waiting"
    (stored,) = await person.say("040 123 4567, tomorrow")
    assert stored["custom"]["state"] == "callback"
    assert (await office.conversation(person.id)).state == "callback"
    (reply,) = await person.say("and what about evenings?")
    assert reply["from"] == "bot"


async def test_a_call_asked_for_with_its_number_is_stored_at_once(person, office, wait, rasa, rows):
    await office.coach()
    await wait()
    rasa.meanings["call me [phone]"] = ("request_callback", {})
    (stored,) = await person.say("call me 040 123 4567")
    assert stored["custom"]["state"] == "callback"
    assert rows("SELECT contact FROM callback_requests") == [("040 123 4567",)]


async def test_a_crisis_while_waiting_gets_help_and_the_first_place(person, office, wait, rasa):
    await office.coach()
    await wait()
    rasa.meanings["I want to die"] = ("crisis", {})
    help_at_once, moved = await person.say("I want to die")
    assert (help_at_once["text"], help_at_once["from"]) == ("112 en", "bot")
    assert moved["text"] == "I have moved you to the front of the queue."
    assert (await office.conversation(person.id)).urgency == 2


async def test_another_language_is_spoken_at_once_while_waiting(person, office, wait, rasa):
    await office.coach()
    await wait()
    rasa.meanings["på svenska"] = ("change_language", {"language": "sv"})
    (news,) = await person.say("på svenska")
    assert (news["language"], news["text"][:10]) == ("sv", "Du väntar ")


async def test_a_wish_to_be_deleted_reaches_the_bot(person, office, wait, rasa):
    await office.coach()
    await wait()
    rasa.meanings["delete everything"] = ("delete_my_data", {})
    (reply,) = await person.say("delete everything")
    assert reply["text"] == "You said: delete everything"
    assert (await office.conversation(person.id)).state == "with_bot"


async def test_a_bot_that_is_away_does_not_matter_to_whoever_waits(person, office, wait, rasa):
    await office.coach()
    await wait()
    rasa.is_deaf = True
    assert await person.say("hello?") == []


async def test_a_rating_is_thanked_for_while_waiting(client, person, office, wait, rasa):
    await office.coach()
    await wait()
    asked = len(rasa.requests)
    await client.post(f"/api/conversations/{person.id}/feedback", headers=person.headers)
    (thanks,) = await press(person, '/feedback{"rating": 5}')
    assert "Thank you" in thanks["text"]
    assert (await office.conversation(person.id)).state == "waiting"
    assert len(rasa.requests) == asked


async def test_whoever_waits_in_silence_hears_once_that_all_have_left(
    client, settings, person, office, wait
):
    await office.coach()
    await wait()
    app = client.app
    keeper = QueueKeeper(app[SETTINGS], storage=app[STORAGE], hub=app[HUB], texts=app[TEXTS])
    await keeper.look()
    seen = (await person.history())[-1]["id"]
    gone = update(Coach).values(seen_at=MONDAY - timedelta(hours=1))
    await app[STORAGE].write(lambda session: session.execute(gone))
    await keeper.look()
    await keeper.look()
    (news,) = await person.history(seen)
    assert (
        news["text"] == "No coach is free right now. A coach can call you. Shall I ask for a call?"
    )
    assert payloads(news) == ["/request_callback", CANCEL]


async def test_a_gateway_that_starts_anew_knows_who_waits(
    open_gateway, settings, arrive, person, office, wait, rasa
):
    await office.coach()
    await wait()
    again = await open_gateway(replace(settings, fixed_now=MONDAY), texts=WITH_CRISIS)
    person.client = again
    asked = len(rasa.requests)
    assert await person.say("hello?") == []
    assert len(rasa.requests) == asked
    coach = await Office(again, MONDAY).coach("pekka")
    assert await Office(again, MONDAY).handoffs.claim(person.id, coach)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("plain", [True, False])
async def test_the_whole_way_in_every_language(client, arrive, office, offer, language, plain):
    await office.coach()
    person = await arrive(client, language=language, plain_language=plain)
    consent = await offer(person)
    asked, queued, left = WORDS[language]
    assert (asked in consent["text"]) is not plain
    assert consent["language"] == language
    (waiting,) = await press(person, YES)
    assert queued in waiting["text"]
    told, _ = await press(person, CANCEL)
    assert left in told["text"]


async def test_the_state_tells_place_and_hours(person, office, wait):
    await office.coach()
    await office.team(hours=OFFICE_HOURS)
    await wait()
    response = await person.client.get("/api/messages", headers=person.headers)
    assert (await response.json())["state"] == {
        "state": "waiting",
        "position": 0,
        "hours": "Mon–Fri 9:00–15:00",
    }


async def test_a_later_no_takes_back_what_was_allowed(person, office, offer, wait, rasa):
    maija = await office.coach()
    await wait()
    assert await office.handoffs.claim(person.id, maija)
    assert await office.handoffs.close(person.id, maija, "advised")
    assert (await office.conversation(person.id)).consented_at is not None
    await offer()
    rasa.answer = rasa.echo
    (reply,) = await press(person, NO)
    assert reply["from"] == "bot"
    assert (await office.conversation(person.id)).consented_at is None


async def test_a_coach_who_may_see_may_be_told_no_later(person, office):
    maija = await office.coach()
    assert await office.handoffs.step_in(person.id, maija)
    for answer, is_allowed in (("show", True), ("hide", False)):
        await press(person, f'/handoff{{"answer": "{answer}"}}')
        conversation = await office.conversation(person.id)
        assert (conversation.consented_at is not None) == is_allowed
