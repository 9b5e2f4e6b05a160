from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from coaching import audit
from coaching.audit import PAGE
from web.keys import PSEUDONYMS, STORAGE

HELSINKI = ZoneInfo("Europe/Helsinki")
FIRST = datetime(2026, 10, 24, 23, 30, tzinfo=HELSINKI).astimezone(timezone.utc)
CONVERSATION = "0123456789abcdef" * 2


@pytest.fixture
async def entries(client):
    """Note who saw a conversation on either side of the night when the clock is put back."""
    subject = client.app[PSEUDONYMS].in_audit(CONVERSATION)

    def work(session):
        audit.note(session, "anna", "view_conversation", subject, FIRST)
        audit.note(session, "bo", "view_conversation", subject, FIRST + timedelta(hours=1))
        audit.note(session, "root", "role_lead", "anna", FIRST + timedelta(hours=26))

    await client.app[STORAGE].write(work)


@pytest.mark.parametrize(
    ("query", "times"),
    [
        ("", ["26 October 2026 00:30", "25 October 2026 00:30", "24 October 2026 23:30"]),
        ("who=ANNA", ["24 October 2026 23:30"]),
        ("who=nobody", []),
        ("subject=anna", ["26 October 2026 00:30"]),
        (f"subject={CONVERSATION}", ["25 October 2026 00:30", "24 October 2026 23:30"]),
        ("since=2026-10-25&until=2026-10-25", ["25 October 2026 00:30"]),
        ("until=2026-10-24", ["24 October 2026 23:30"]),
        ("before=2", ["24 October 2026 23:30"]),
        ("before=x", ["26 October 2026 00:30", "25 October 2026 00:30", "24 October 2026 23:30"]),
    ],
)
async def test_entries_are_narrowed_in_finnish_time(admin, entries, query, times):
    text = await admin.text(f"/coach/audit?{query}")
    shown = [part.partition("</time>")[0].rpartition(">")[2] for part in text.split("<time")[1:]]
    assert shown == times


async def test_a_day_that_is_none_is_told(admin, entries):
    response = await admin.get("/coach/audit?since=31.12.2026")
    assert response.status == 400
    assert "2026-11-30" in await response.text()


async def test_pages_follow_each_other(client, admin):
    def work(session):
        for number in range(PAGE + 1):
            audit.note(session, "anna", "view", f"n{number}", FIRST)

    await client.app[STORAGE].write(work)
    first = await admin.text("/coach/audit?who=anna")
    assert "n0<" not in first
    assert "Older" in first
    second = await admin.text("/coach/audit?who=anna&before=2")
    assert "n0<" in second
    assert "Older" not in second


async def test_actions_are_told_in_words_where_there_are_any(admin, entries):
    text = await admin.text("/coach/audit")
    assert "Gave the role lead coach" in text


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31", "2026-02-30", "x" * 99])
@pytest.mark.parametrize("name", ["since", "until"])
async def test_a_day_that_no_time_zone_has_is_told(admin, name, day):
    response = await admin.get(f"/coach/audit?{name}={day}")
    assert response.status == 400
