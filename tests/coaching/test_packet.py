"""The packet: empty without consent, and with it what a conversation holds."""

from __future__ import annotations

import pytest

from coaching import messages
from coaching.packet import packet, preview
from coaching.transcript import Answer, Draft, Incoming, Understood
from tests.coaching.desk import begin, fill_slots


def option(key, reason=None):
    reasons = [{"code": "free", "text": reason}] if reason else []
    return {"id": key, "title": f"Course {key}", "provider": "SeAMK", "reasons": reasons}


@pytest.fixture
def conversation(session, now):
    return begin(session, now)


@pytest.fixture
def say(session, conversation, now):
    def say(text, intent, *customs, payload=None, asked=None, **slots):
        if payload is not None:
            issued = [Draft("?", buttons=({"title": text, "payload": payload},))]
            messages.store_replies(session, conversation, issued, now=now)
        incoming = Incoming(None if payload else text, payload)
        received = messages.receive(session, conversation, incoming, now=now)
        drafts = [Draft("ok", custom=custom) for custom in customs] or [Draft("ok")]
        answer = Answer(drafts, "fi", False, asked, Understood(intent, 0.9, slots=slots))
        messages.store_answer(session, conversation, received.line.id, answer, now=now)

    return say


@pytest.fixture
def talk(session, conversation, say):
    words = {"words": "lähihoitaja", "kind": "occupation", "field": "0913", "code": None}
    fill_slots(
        session,
        conversation,
        language="fi",
        place="743",
        goal="new_career",
        interest="auttaa ihmisiä",
        competence=[words],
        memory={"pending": None},
    )
    say("moi, olen lähihoitaja", "inform")
    say("haluan auttaa ihmisiä", "inform", interest="auttaa ihmisiä")
    say("näytä", "show_options", {"kind": "options", "options": [option("a"), option("b", "Free")]})
    say("liian kallis", "refine_options", {"kind": "options", "options": [option("c", "Near")]})
    say("Tallenna", "save_option", {"kind": "saved", "options": [option("c"), option("d")]})
    remove = '/save_option{"option": "d", "choice": "remove"}'
    say("Poista", "save_option", {"kind": "saved", "options": [option("c")]}, payload=remove)
    say("saako koiran mukaan", "out_of_scope", {"kind": "plan", "goal": "auttaa", "steps": []})
    say("no mitä sitten", "inform", asked="schedule")


@pytest.mark.usefixtures("talk")
def test_without_consent_the_packet_is_empty(session, conversation):
    found = packet(session, conversation)
    assert not found.has_consent
    assert not (found.profile or found.goal_words or found.competence or found.shown)
    assert not (found.saved or found.turned_down or found.open_questions or found.plan)
    assert found.asked is None


@pytest.mark.usefixtures("talk")
def test_with_consent_it_holds_the_persons_situation(session, conversation, now):
    conversation.consented_at = now
    found = packet(session, conversation)
    assert found.has_consent
    assert found.profile == {"place": "743", "goal": "new_career"}
    assert found.goal_words == "haluan auttaa ihmisiä"
    assert [item["words"] for item in found.competence] == ["lähihoitaja"]
    assert [(one.id, one.reason) for one in found.shown] == [("c", "Near")]
    assert [one.id for one in found.saved] == ["c"]
    assert [(one.id, one.reason) for one in found.turned_down] == [
        ("a", "liian kallis"),
        ("b", "liian kallis"),
        ("d", "Poista"),
    ]
    assert found.open_questions == ("saako koiran mukaan",)
    assert (found.plan or {})["goal"] == "auttaa"
    assert (found.language, found.asked) == ("fi", "schedule")


@pytest.mark.usefixtures("talk")
def test_the_person_sees_beforehand_what_it_would_hold(session, conversation):
    assert preview(session, conversation).goal_words == "haluan auttaa ihmisiä"


def test_an_option_suggested_again_is_no_longer_turned_down(session, conversation, say, now):
    shown = {"kind": "options", "options": [option("a")]}
    say("näytä", "show_options", shown)
    say("ei sittenkään", "deny", shown)
    found = preview(session, conversation)
    assert [one.id for one in found.shown] == ["a"]
    assert found.turned_down == ()


def test_of_a_talk_that_has_hardly_begun_there_is_nothing(session, conversation, now):
    conversation.consented_at = now
    found = packet(session, conversation)
    assert (found.has_consent, found.goal_words, found.shown) == (True, "", ())


def test_where_no_wish_was_told_the_first_fact_stands_for_it(session, conversation, say):
    say("hei", "greet")
    say("olen lähihoitaja", "inform")
    assert preview(session, conversation).goal_words == "olen lähihoitaja"
