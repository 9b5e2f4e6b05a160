from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from coaching import figures, handoff, messages
from coaching.desk_models import ConversationFigures, ConversationWords
from coaching.erasure import erase
from coaching.models import Conversation, Message
from coaching.transcript import Answer, Draft, Incoming, Understood


@pytest.fixture
def say(session, begin, now):
    """Let a person say something and the bot answer."""

    def say(
        words,
        conversation=None,
        *,
        intent="inform",
        confidence=0.9,
        slots=None,
        custom=None,
        at=now,
    ):
        conversation = conversation or session.get(Conversation, begin().id)
        received = messages.receive(session, conversation, Incoming(words), now=at)
        answer = Answer(
            [Draft("Missä haluat opiskella?", custom=custom)],
            "fi",
            False,
            None,
            Understood(intent, confidence, "fi", slots or {}),
        )
        messages.store_answer(session, conversation, received.line.id, answer, now=at)
        figures.renew(session, conversation.id, now=at)
        return conversation

    return say


def figures_of(session, conversation):
    return session.scalars(
        select(ConversationFigures).where(ConversationFigures.conversation_id == conversation.id)
    ).one()


def words_of(session, conversation):
    return session.get(ConversationWords, figures_of(session, conversation).id).terms


def test_turns_failures_and_the_least_sure_one_are_counted(session, say, now):
    conversation = say("lähihoitaja olen", confidence=0.914)
    later = now + timedelta(minutes=5)
    say("äöäö", conversation, intent="nlu_fallback", confidence=0.31, at=later)
    found = figures_of(session, conversation)
    assert (found.messages, found.failed, found.least_confidence) == (2, 1, 31)
    assert (found.started_at, found.last_at) == (now, later)
    assert (found.channel, found.language) == ("test", "fi")


def test_the_place_and_field_said_last_are_kept(session, say):
    conversation = say("hoitoalaa Seinäjoella", slots={"place": "743", "field": "0913"})
    say("tai Vaasassa", conversation, slots={"place": "905"})
    say("iltaisin", conversation, slots={"schedule": ["evening"]})
    found = figures_of(session, conversation)
    assert (found.place, found.field) == ("905", "0913")


def test_what_was_shown_stays_counted(session, say):
    conversation = say("hei", custom={"kind": "options", "options": []})
    say("tee suunnitelma", conversation, custom={"kind": "plan"})
    say("kiitos", conversation)
    found = figures_of(session, conversation)
    assert (found.saw_options, found.has_plan, found.was_handed_over) == (True, True, False)


def test_a_coach_who_has_it_is_counted(session, say, now):
    conversation = say("ihminen")
    handoff.change_state(
        session, conversation, handoff.WITH_COACH, who="anna", why="claimed", now=now
    )
    figures.renew(session, conversation.id, now=now)
    assert figures_of(session, conversation).was_handed_over


def test_an_answer_that_failed_and_came_later_is_no_failure(session, begin, now):
    conversation = session.get(Conversation, begin().id)
    received = messages.receive(session, conversation, Incoming("hei"), now=now)
    failure = Draft("Nyt en voi vastata.", is_failure=True)
    messages.store_failure(session, conversation, received.line.id, failure, now=now)
    figures.renew(session, conversation.id, now=now)
    assert figures_of(session, conversation).failed == 1
    answer = Answer([Draft("Hei!")], "fi", False, None, Understood("greet", 0.8))
    messages.store_answer(session, conversation, received.line.id, answer, now=now)
    figures.renew(session, conversation.id, now=now)
    found = figures_of(session, conversation)
    assert (found.failed, found.least_confidence) == (0, 80)
    assert "__greet" in words_of(session, conversation)


def test_a_rating_is_taken_from_its_button(session, say):
    conversation = say("kiitos")
    session.add(
        Message(
            conversation_id=conversation.id,
            number=99,
            text="Hyvin",
            payload='/feedback{"rating": 4}',
            language="fi",
            sent_at=conversation.created_at,
        )
    )
    figures.renew(session, conversation.id, now=conversation.created_at)
    assert figures_of(session, conversation).rating == 4


def test_the_words_are_stems_marked_by_who_said_them(session, say):
    terms = words_of(session, say("Seinäjoella lähihoitajana"))
    assert {"seinäjoe", "lähihoitaj", "__inform"} <= terms
    assert "_opisk" in terms and "opisk" not in terms


def test_a_conversation_that_is_gone_has_no_figures(session, now):
    assert figures.renew(session, "0" * 32, now=now) is None


def test_old_conversations_are_filled_in_oldest_first(session, begin, say, now):
    new = session.get(Conversation, begin(at=now).id)
    old = session.get(Conversation, begin(at=now - timedelta(days=2)).id)
    assert figures.backfill(session, limit=1) == 1
    assert figures_of(session, old).last_at == now - timedelta(days=2)
    assert figures.backfill(session) == 1
    assert figures_of(session, new).id > figures_of(session, old).id
    assert figures.backfill(session) == 0


def test_what_was_said_unnoticed_is_caught_up_with(session, say, now):
    conversation = say("hei")
    messages.store_replies(session, conversation, [Draft("Täällä Anna.", speaker="coach")], now=now)
    assert figures.backfill(session) == 1
    assert "_an" in words_of(session, conversation)


def test_the_full_text_index_agrees_with_its_table_after_changes(
    engine, session, begin, say, pseudonyms, now
):
    first, second = say("yksi kaksi"), say("neljä")
    say("viisi ja kuusi", first)
    session.commit()
    erase(engine, second.id, pseudonyms=pseudonyms, now=now)
    with engine.begin() as connection:
        check = "INSERT INTO transcript_index(transcript_index, rank) VALUES ('integrity-check', 1)"
        connection.execute(text(check))
