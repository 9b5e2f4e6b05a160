"""Whole reports, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coaching import audit
from coaching.desk_models import Review
from coaching.measure_report import make_report
from coaching.measure_scope import last_weeks
from coaching.models import Message
from coaching.quality import read_quality
from opastin.settings import TIME_ZONE
from tests.web.desk.measured import add_many, add_talks


@pytest.fixture
def engine(either_engine):
    return either_engine


@pytest.fixture
def scope(now):
    """Return the last four weeks."""
    return last_weeks(4, now.date(), TIME_ZONE)


def report_of(session, scope, now):
    return make_report(session, scope, today=now.date())


def test_a_report_tells_everything_of_many(session, scope, now):
    add_many(session, now)
    report = report_of(session, scope, now)
    assert not report.is_empty
    assert report.weeks.total.conversations == 120
    assert list(report.weeks.groups) == list(scope.names)
    assert report.channels.groups["kiosk"].conversations == 30
    assert list(report.places.groups) == ["743", "905", "maakunta_14"]
    assert report.questions == {"faq_cost": 45}
    assert report.waits.middle == 3
    assert [(one.place, str(one.total)) for one in report.demand] == [("743", "5-9")]


def test_a_report_of_nobody_is_empty(session, scope, now):
    assert report_of(session, scope, now).is_empty


def test_the_quality_is_told_by_what_is_known(session, scope, now):
    at = now - timedelta(days=1)
    add_talks(session, 20, at=at, plain_language=True, has_plan=True, intent="complain")
    add_talks(session, 20, at=at, channel="kiosk", rating=1, wait_minutes=2)
    for number in range(7):
        audit.note(session, "anna", "view_transcript", str(number), at)
        audit.note(session, "anna", "login", None, at)
    for message in session.query(Message).limit(9):
        key = {"conversation_id": message.conversation_id, "number": message.number}
        what = {"verdict": "confirmed", "language": "fi", "who": "anna", "decided_at": at}
        session.add(Review(**key, **what))
    session.flush()
    quality = read_quality(session, scope)
    assert (quality.views, quality.reviews, quality.complaints) == (5, 10, 20)
    assert (quality.plans, quality.plain, quality.kiosk, quality.unhappy) == (50, 50, 50, 100)
    assert (quality.got_coach, quality.wait_minutes, quality.rating) == (100, 2, 1)
    assert quality.calls_done is None
    assert quality.success_by_language == {"fi": 50, "sv": None, "en": None}
