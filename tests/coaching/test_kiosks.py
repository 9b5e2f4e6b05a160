from __future__ import annotations

from datetime import timedelta

import pytest

from coaching import kiosks
from coaching.kiosks import CODE_LIVES, KioskExists
from coaching.pins import hash_pin, is_pin


@pytest.fixture
def device(session, now):
    """Return an enrolled device and its token."""
    token = kiosks.enrol(session, kiosks.add(session, "Kauhajoki", pin="1234", now=now), now=now)
    return kiosks.find(session, token), token


def test_a_code_enrols_once(session, now):
    code = kiosks.add(session, "Kauhajoki", pin="1234", now=now)
    assert kiosks.can_enrol(session, code, now=now)
    assert kiosks.enrol(session, code, now=now)
    assert not kiosks.can_enrol(session, code, now=now)
    assert kiosks.enrol(session, code, now=now) is None


def test_a_code_lives_an_hour(session, now):
    code = kiosks.add(session, "Kauhajoki", pin="1234", now=now)
    late = now + CODE_LIVES + timedelta(seconds=1)
    assert kiosks.enrol(session, code, now=late) is None


def test_a_name_is_taken_once(session, now):
    kiosks.add(session, "Kauhajoki", pin="1234", now=now)
    with pytest.raises(KioskExists):
        kiosks.add(session, "Kauhajoki", pin="1234", now=now)


@pytest.mark.parametrize("change", [str.upper, lambda token: token + "a", lambda token: token[:-1]])
def test_only_the_whole_token_is_a_device(session, device, change):
    found, token = device
    assert found.name == "Kauhajoki"
    assert kiosks.find(session, change(token)) is None


def test_a_device_that_is_not_enrolled_has_no_token(session, now):
    kiosks.add(session, "Kauhajoki", pin="1234", now=now)
    (kiosk_id,) = session.connection().exec_driver_sql("SELECT id FROM kiosks").scalars()
    assert kiosks.find(session, f"{kiosk_id}.{'a' * 43}") is None


def test_visits_are_counted_by_the_day(session, device, now):
    found, _ = device
    for _ in range(3):
        kiosks.count_visit(session, found.id, now=now)
    tomorrow = now + timedelta(days=1)
    assert kiosks.state_of(session, found.id, today=now.date()).visits_today == 3
    assert kiosks.state_of(session, found.id, today=tomorrow.date()).visits_today == 0
    kiosks.count_visit(session, found.id, now=tomorrow)
    assert kiosks.state_of(session, found.id, today=tomorrow.date()).visits_today == 1


def test_the_last_error_is_kept_by_its_code_and_can_be_cleared(session, device, now):
    found, _ = device
    kiosks.note_error(session, found.id, "unavailable", now=now)
    state = kiosks.state_of(session, found.id, today=now.date())
    assert (state.last_error, state.last_error_at) == ("unavailable", now)
    kiosks.clear_error(session, found.id)
    session.expire_all()
    assert kiosks.state_of(session, found.id, today=now.date()).last_error is None


def test_a_pin_is_kept_as_a_salted_hash():
    kept = hash_pin("271828")
    assert "271828" not in kept
    assert kept != hash_pin("271828")
    assert (is_pin("271828", kept), is_pin("271829", kept)) == (True, False)
