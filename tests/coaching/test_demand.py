from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, select

from coaching import conversations
from coaching.db import MIGRATIONS, session_factory, upgrade_engine
from coaching.demand import (
    MOST_A_WEEK,
    Group,
    Unmet,
    count_unmet,
    first_week,
    read_demand,
    read_unmet,
    week_of,
)
from coaching.erasure import erase, purge
from coaching.models import Conversation, Demand

TODAY = date(2026, 3, 1)
UNMET = Unmet("743", "09", "course", "any", "far")


@pytest.fixture
def count(session, now):
    """Count a search in a conversation of its own, or in the one given."""

    def count_(unmet=UNMET, *, conversation=None, channel="web", today=TODAY):
        if conversation is None:
            started = conversations.start(
                session, channel=channel, language="fi", plain_language=False, now=now
            )
            conversation = session.get(Conversation, started.id)
        is_counted = count_unmet(session, conversation, unmet, today=today)
        session.commit()
        return conversation, is_counted

    return count_


def of_courses(place, field, searches):
    return Group(place, field, searches, {"course": searches}, {"any": searches})


def groups(session, weeks=1, today=TODAY):
    return list(read_demand(session, weeks=weeks, today=today))


def test_searches_of_different_conversations_add_up(session, count):
    for kind in ("far", "nothing", "far"):
        count(replace(UNMET, kind=kind))
    count(replace(UNMET, field="04"))
    assert groups(session) == [of_courses("743", "04", 1), of_courses("743", "09", 3)]


def test_a_conversation_counts_once_by_place_field_and_week(session, count):
    conversation, _ = count()
    assert count(replace(UNMET, kind="nothing"), conversation=conversation)[1] is False
    assert count(replace(UNMET, place="905"), conversation=conversation)[1] is True
    assert count(conversation=conversation, today=TODAY + timedelta(days=1))[1] is True
    assert [group.searches for group in groups(session)] == [1, 1]


def test_one_conversation_cannot_move_the_figures_much(session, count):
    conversation, _ = count()
    for number in range(2 * MOST_A_WEEK):
        count(replace(UNMET, place=f"{number:03}"), conversation=conversation)
    assert sum(group.searches for group in groups(session)) == MOST_A_WEEK


def test_conversations_of_tests_are_not_counted(session, count):
    assert count(channel="test")[1] is False
    assert groups(session) == []


def test_only_the_weeks_asked_for_are_read(session, count):
    count(today=TODAY - timedelta(weeks=2))
    count(today=TODAY + timedelta(weeks=1))
    assert groups(session, weeks=2) == []
    assert groups(session, weeks=3) == [of_courses("743", "09", 1)]


def test_weeks_are_those_of_the_calendar():
    assert week_of(date(2027, 1, 3)) == "2026-W53"
    assert first_week(2, date(2027, 1, 5)) == "2026-W53"


def test_no_column_can_hold_a_person():
    assert set(Demand.__table__.columns.keys()) == {
        *("week", "place", "field", "type", "mode", "kind", "searches")
    }


def test_an_erased_conversation_leaves_its_count(engine, session, count, pseudonyms, now):
    conversation, _ = count()
    session.close()
    erase(engine, conversation.id, pseudonyms=pseudonyms, now=now)
    assert groups(session) == [of_courses("743", "09", 1)]


def test_a_purge_forgets_what_earlier_weeks_counted(engine, session, count, pseudonyms, now):
    count()
    session.close()
    for days, counted in ((0, ["2026-W09 743 09"]), (1, None)):
        purge(engine, retention_days=90, pseudonyms=pseudonyms, now=now + timedelta(days=days))
        with session_factory(engine)() as reader:
            assert reader.scalar(select(Conversation.counted)) == counted


@pytest.mark.parametrize(
    "value",
    [
        None,
        "far",
        {},
        {"kind": "near"},
        {"kind": ["far"]},
        {"kind": "far", "place": "7" * 21},
        {"kind": "far", "field": 9},
        {"kind": "far", "mode": {"a": 1}},
    ],
)
def test_what_is_not_as_agreed_is_not_read(value):
    assert read_unmet(value) is None


def test_what_is_not_known_is_an_empty_text():
    assert read_unmet({"kind": "far", "place": None, "more": 1}) == Unmet("", "", "", "", "far")


def test_the_migration_can_be_taken_back(engine, begin, session):
    begin()
    session.commit()
    session.close()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        assert "demand" not in inspect(connection).get_table_names()
    upgrade_engine(engine)
    with session_factory(engine)() as reader:
        assert [row.counted for row in reader.scalars(select(Conversation))] == [None]
