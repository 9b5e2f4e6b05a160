"""Finding transcripts, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coaching import figures, handoff
from coaching.db import session_factory
from coaching.desk_models import ConversationLabel
from coaching.erasure import erase
from coaching.transcript_parts import read_part
from coaching.transcripts import Filters, Turn, find, labels_in_use
from tests.coaching.transcripts import NOW, account, begin, talk, turn


@pytest.fixture
def engine(either_engine):
    return either_engine


def ids(page):
    return [found.figures.conversation_id for found in page.found]


def search(session, coach=None, **filters):
    return ids(find(session, Filters(**filters), Turn(), coach=coach or account()))


def test_words_are_found_whatever_their_ending(session):
    finnish = talk(session, "Asun Seinäjoella ja olen lähihoitaja")
    swedish = talk(session, "jag vill studera på kvällarna", language="sv")
    english = talk(session, "I worked as a nurse in hospitals", language="en")
    assert search(session, words="seinäjoki") == [finnish.id]
    assert search(session, words="lähihoitajana") == [finnish.id]
    assert search(session, words="kvällen") == [swedish.id]
    assert search(session, words="hospital NURSES") == [english.id]
    assert search(session, words="hospital seinäjoki") == []


def test_the_beginning_of_a_word_is_found_with_a_star(session):
    found = talk(session, "robottihitsaus kiinnostaa")
    assert search(session, words="robotti*") == [found.id]
    assert search(session, words="robo") == []


def test_what_the_bot_said_is_found_unless_only_the_person_is_asked(session):
    conversation = begin(session)
    turn(session, conversation, "hei", reply="Millä alalla?")
    assert search(session, words="alalla") == [conversation.id]
    assert search(session, words="alalla", only_person=True) == []


@pytest.mark.parametrize("words", ["", "   "])
def test_no_words_are_any_words(session, words):
    found = talk(session, "hei")
    assert search(session, words=words) == [found.id]


@pytest.mark.parametrize("words", ["?!", "'\"", "*", "''; DROP TABLE messages", '" OR "', "a\x00b"])
def test_signs_are_no_question_to_the_database(session, words):
    talk(session, "hei")
    assert search(session, words=words) == []


def test_an_excerpt_shows_the_persons_line_first(session):
    conversation = begin(session)
    turn(session, conversation, "hei", reply="Haluatko hoitoalalle?")
    turn(session, conversation, "hoitoala joo " + "ja kaikkea muuta " * 30)
    page = find(session, Filters(words="hoitoala"), Turn(), coach=account())
    excerpt = page.found[0].excerpt
    assert (excerpt.number, excerpt.speaker) == (3, "person")
    assert excerpt.text.startswith("hoitoala joo") and excerpt.text.endswith(" …")
    assert len(excerpt.text) <= 170


def test_each_filter_leaves_out_what_does_not_fit(session):
    day = timedelta(days=1)
    plain = talk(session, "hei", at=NOW - 3 * day)
    rich = begin(session, at=NOW - day, channel="kiosk", language="sv")
    turn(session, rich, "hej", at=NOW, intent="nlu_fallback", confidence=0.2)
    turn(session, rich, "vård", at=NOW, slots={"place": "743", "field": "0913"})
    handoff.change_state(session, rich, handoff.WITH_COACH, who="anna", why="claimed", now=NOW)
    rich.outcome = "answered"
    session.add(ConversationLabel(conversation_id=rich.id, label="kiire"))
    figures.renew(session, rich.id, now=NOW)
    for filters in (
        {"since": NOW - 2 * day},
        {"channel": "kiosk"},
        {"language": "sv"},
        {"places": ("905", "743")},
        {"field": "09"},
        {"outcome": "answered"},
        {"label": "kiire"},
        {"intent": "nlu_fallback"},
        {"intent": "nlu_fallback", "words": "vård"},
        {"below_confidence": 50},
        {"least_messages": 2},
        {"handed_over": True},
        {"least_failed": 1},
    ):
        assert search(session, **filters) == [rich.id], filters
    for filters in (
        {"until": NOW - 2 * day},
        {"most_messages": 1},
        {"handed_over": False},
        {"channel": "web"},
    ):
        assert search(session, **filters) == [plain.id], filters
    assert search(session, field="%") == []
    assert search(session, most_rating=3) == []
    assert labels_in_use(session) == ["kiire"]


def test_pages_keep_their_places_while_new_conversations_begin(session):
    told = [talk(session, "hei").id for _ in range(7)][::-1]
    first = find(session, Filters(), Turn(), coach=account(), size=3)
    assert (ids(first), first.newer) == (told[:3], None)
    talk(session, "uusi")
    second = find(session, Filters(words="hei"), first.older, coach=account(), size=3)
    assert ids(second) == told[3:6]
    third = find(session, Filters(), second.older, coach=account(), size=3)
    assert (ids(third), third.older) == (told[6:], None)
    back = find(session, Filters(words="hei"), second.newer, coach=account(), size=3)
    assert (ids(back), back.newer) == (told[:3], None)


def test_the_count_says_where_it_stops(session, monkeypatch):
    for _ in range(3):
        talk(session, "hei")
    page = find(session, Filters(), Turn(), coach=account())
    assert (page.count, page.is_count_whole) == (3, True)
    monkeypatch.setattr("coaching.transcripts.MOST_COUNTED", 2)
    page = find(session, Filters(words="hei"), Turn(), coach=account(), size=1)
    assert (page.count, page.is_count_whole) == (2, False)


def test_a_coach_finds_what_is_allowed_of_own_conversations_and_of_those_that_wait(session):
    told = [talk(session, "hei") for _ in range(6)]
    own, had, waiting, _others, away, refused = told
    for conversation in told[:5]:
        conversation.consented_at = NOW
    own.coach_id = refused.coach_id = 1
    handoff.change_state(session, had, handoff.WITH_COACH, who="bo", why="claimed", now=NOW)
    waiting.state, waiting.team_id = handoff.WAITING, 7
    away.state, away.team_id = handoff.WAITING, 8
    session.flush()
    coach = account("bo", "coach", team_id=7)
    assert set(search(session, coach)) == {own.id, had.id, waiting.id}
    assert len(search(session)) == 6


def test_what_is_erased_is_not_found(engine, pseudonyms):
    with session_factory(engine).begin() as session:
        gone, left = talk(session, "salaisuus yksi").id, talk(session, "salaisuus kaksi").id
    erase(engine, gone, pseudonyms=pseudonyms, now=NOW)
    with session_factory(engine)() as session:
        assert search(session, words="salaisuus") == [left]
        assert search(session, words="yksi") == []


def test_a_long_conversation_is_read_in_parts(session):
    conversation = talk(session, *(f"viesti {number}" for number in range(30)))
    first = read_part(session, conversation.id, limit=20)
    assert [told.line.id for told in first.lines] == list(range(1, 21))
    assert (first.has_earlier, first.has_later) == (False, True)
    last = read_part(session, conversation.id, after=45, limit=20)
    assert (len(last.lines), last.has_earlier, last.has_later) == (15, True, False)
    before = read_part(session, conversation.id, before=46, limit=20)
    assert [told.line.id for told in before.lines] == list(range(26, 46))
    assert read_part(session, "0" * 32).lines == ()


def test_a_turn_says_what_was_understood(session):
    conversation = begin(session)
    turn(session, conversation, "Vaasassa", slots={"place": "905"}, confidence=0.5)
    told, answer = read_part(session, conversation.id).lines
    understanding = told.understanding
    assert (understanding.intent, understanding.confidence) == ("inform", 0.5)
    assert understanding.slots == {"place": "905"}
    assert not understanding.is_button and understanding.is_answered
    assert answer.understanding is None
