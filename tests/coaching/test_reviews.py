"""The inbox of reviews and what is decided there, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coaching.desk_models import Review
from coaching.reviews import (
    CONFIRMED,
    CORRECTED,
    OUT_OF_SCOPE,
    PASSED,
    Decision,
    NothingToConfirm,
    candidates,
    decide,
    inbox,
    worded,
)
from coaching.rewording import NotReworded
from tests.coaching.transcripts import NOW, account, begin, talk, turn

FAILED = {"intent": "nlu_fallback", "confidence": 0.4}


@pytest.fixture
def engine(either_engine):
    return either_engine


def texts(found):
    return [candidate.text for candidate in found]


def listed(session, coach=None, **more):
    return inbox(session, coach or account(), now=NOW, **more)


def test_failed_turns_come_first_and_then_the_least_sure(session):
    talk(session, "varma", confidence=0.99)
    talk(session, "epävarma", confidence=0.3)
    talk(session, "vanha hylky", at=NOW - timedelta(hours=2), **FAILED)
    talk(session, "uusi hylky", at=NOW - timedelta(hours=1), **FAILED)
    assert texts(listed(session)) == ["uusi hylky", "vanha hylky", "epävarma", "varma"]
    assert texts(listed(session, limit=3)) == ["uusi hylky", "vanha hylky", "epävarma"]
    assert listed(session, language="sv") == []


def test_what_is_old_or_reviewed_is_not_asked_again(session):
    talk(session, "vanha", at=NOW - timedelta(days=90))
    talk(session, "uusi")
    found = listed(session)
    assert texts(found) == ["uusi"]
    assert decide(session, found, Decision(PASSED), who="anna", now=NOW) == 1
    assert listed(session) == []


def test_a_coach_reviews_own_conversations_only(session):
    talk(session, "muiden")
    own = talk(session, "oma")
    own.coach_id, own.consented_at = 1, NOW
    session.flush()
    coach = account(role="coach")
    found = listed(session)
    assert texts(listed(session, coach)) == ["oma"]
    assert texts(candidates(session, coach, [one.key for one in found])) == ["oma"]


def test_confirming_keeps_what_was_understood_but_no_own_words(session):
    slots = {"place": "743", "interest": "hoitohommat"}
    talk(session, "seinäjoella", confidence=0.5, slots=slots)
    talk(session, "äöä", **FAILED)
    found = listed(session)
    assert decide(session, found, Decision(CONFIRMED), who="anna", now=NOW) == 1
    review = session.query(Review).one()
    assert (review.verdict, review.intent, review.slots) == (CONFIRMED, "inform", {"place": "743"})
    with pytest.raises(NothingToConfirm):
        decide(session, listed(session), Decision(CONFIRMED), who="anna", now=NOW)


def test_a_correction_of_many_keeps_one_wording(session):
    for words in ("mist rahhaa", "mistä saa massia"):
        talk(session, words, **FAILED)
    decision = Decision(CORRECTED, "faq_study_grant", {}, "saako opintoihin tukea")
    assert decide(session, listed(session), decision, who="anna", now=NOW) == 2
    [(review, message)] = worded(session)
    assert (review.intent, review.paraphrase) == ("faq_study_grant", "saako opintoihin tukea")
    assert message.text in ("mist rahhaa", "mistä saa massia")
    assert session.query(Review).count() == 2


def test_a_wording_too_near_stores_nothing(session):
    talk(session, "mistä saa massia", **FAILED)
    decision = Decision(CORRECTED, "faq_study_grant", {}, "Mistä saa massia?")
    with pytest.raises(NotReworded):
        decide(session, listed(session), decision, who="anna", now=NOW)
    assert session.query(Review).count() == 0


def test_a_decision_can_be_changed(session):
    conversation = begin(session)
    number = turn(session, conversation, "paljonko bitcoin", **FAILED)
    found = listed(session)
    decide(
        session,
        found,
        Decision(OUT_OF_SCOPE, paraphrase="paljonko on valuutan kurssi"),
        who="anna",
        now=NOW,
    )
    again = candidates(session, account(), [(conversation.id, number)])
    decide(session, again, Decision(PASSED), who="bo", now=NOW)
    review = session.query(Review).one()
    assert (review.verdict, review.intent, review.who) == (PASSED, None, "bo")
    assert worded(session) == []
