from __future__ import annotations

import re

import pytest
from argon2 import PasswordHasher

from coaching import passwords
from coaching.passwords import (
    COMMON,
    WeakPassword,
    check_password,
    draw_password,
    hash_password,
    verify,
)

GOOD = "tuoli kynä järvi 7"


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("tuoli kynä7", "short"),
        ("x" * 201, "long"),
        ("hei Anna.Virtanen 7", "name"),
        ("ababababababab", "same"),
        ("salasana1234", "common"),
        ("Salasana2026!", "common"),
        ("qwertyuiop12", "common"),
        ("opastin opastin", "common"),
        ("valmentajavalmentaja", "common"),
        ("1q2w3e4r5t6y", "common"),
    ],
)
def test_a_weak_password_is_refused_for_what_is_weak(password, rule):
    with pytest.raises(WeakPassword) as weak:
        check_password(password, "anna.virtanen")
    assert weak.value.rule == rule


@pytest.mark.parametrize("password", [GOOD, "korkea-lintu-4-huivi", "åäö åäö åäö 12 sanaa"])
def test_a_good_password_is_taken(password):
    check_password(password, "anna.virtanen")


def test_the_list_of_common_passwords_is_sorted_and_folded():
    words = COMMON.read_text(encoding="utf-8").split()
    assert words == sorted({word.casefold() for word in words})


def test_only_the_right_password_opens():
    kept = hash_password(GOOD)
    assert verify(kept, GOOD).is_right
    assert not verify(kept, GOOD + " ").is_right
    assert GOOD not in kept


def test_letters_may_be_composed_in_either_way():
    assert verify(hash_password("ja\u0308rvi ja kuu 12"), "j\u00e4rvi ja kuu 12").is_right


@pytest.mark.parametrize("kept", [None, "none", ""])
def test_an_account_that_is_not_there_opens_with_nothing(kept):
    assert not verify(kept, GOOD).is_right


def test_an_account_that_is_not_there_costs_as_much_work(monkeypatch):
    worked = []

    class Counting(PasswordHasher):
        def verify(self, hash, password):
            worked.append(hash[:40])
            return super().verify(hash, password)

    hasher = Counting()
    monkeypatch.setattr(passwords, "_hasher", lambda: hasher)
    verify(None, GOOD)
    verify(hasher.hash(GOOD), "wrong")
    # The same algorithm with the same costs, once each.
    assert [kept.rpartition("$")[0] for kept in worked] == [worked[0].rpartition("$")[0]] * 2


def test_a_cheaper_hash_of_old_is_made_anew():
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    better = verify(old, GOOD).better_hash
    assert better is not None
    assert verify(better, GOOD) == passwords.Verified(True)


def test_drawn_passwords_are_readable_and_differ():
    drawn = {draw_password() for _ in range(20)}
    assert len(drawn) == 20
    for password in drawn:
        assert re.fullmatch(r"(?:[a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}", password)
        check_password(password, "anna")
