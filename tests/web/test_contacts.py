from __future__ import annotations

from web import contacts
from web.contacts import Contacts


def test_the_newest_contacts_are_kept():
    kept = Contacts()
    kept.remember("a", ["040 123 4567"])
    kept.remember("a", [])
    assert kept.of("a") == ("040 123 4567",)
    kept.remember("a", ["050 123 4567"])
    assert kept.of("a") == ("050 123 4567",)


def test_contacts_are_forgotten_after_half_an_hour():
    seconds = [0.0]
    kept = Contacts(clock=lambda: seconds[0])
    kept.remember("a", ["040 123 4567"])
    seconds[0] = contacts.KEPT_SECONDS + 1
    assert kept.of("a") == ()


def test_only_so_many_are_kept(monkeypatch):
    monkeypatch.setattr(contacts, "KEPT_CONVERSATIONS", 2)
    kept = Contacts()
    for name in "abc":
        kept.remember(name, ["040 123 4567"])
    assert [bool(kept.of(name)) for name in "abc"] == [False, True, True]
