"""The judged cases keep what they promise: real options, within each person's limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import pytest

from catalog.search import Candidate
from guidance.locality import is_remote
from opastin.judged_cases import GRADES, JUDGED_ON, JudgedCase, read_judged
from opastin.judged_searches import is_ruled_out, read_offerings
from opastin.judged_trials import sample_catalogue

CASES = read_judged()
LEAST = {"fi": 45, "sv": 43, "en": 43}

Offerings = Mapping[str, Sequence[Candidate]]


@pytest.fixture(scope="module")
def offerings() -> Offerings:
    with sample_catalogue(JUDGED_ON) as session:
        return read_offerings(session, today=JUDGED_ON)


def test_there_are_enough_in_every_language() -> None:
    counts = Counter(case.language for case in CASES)
    assert {name: counts[name] >= least for name, least in LEAST.items()} == dict.fromkeys(
        LEAST, True
    )
    assert sum(counts.values()) >= 130


def test_no_person_is_there_twice() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
    assert len({case.words.casefold() for case in CASES}) == len(CASES)
    assert [case.id for case in CASES if not case.id.startswith(f"{case.language}-")] == []


def test_grades_are_one_to_three_and_somebody_is_served_best() -> None:
    for case in CASES:
        assert set(case.grades.values()) <= set(GRADES), case.id
        assert max(case.grades.values()) == max(GRADES), case.id


def test_what_is_graded_is_in_the_sample(offerings: Offerings) -> None:
    assert [
        (case.id, name) for case in CASES for name in case.grades if name not in offerings
    ] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_is_graded_is_within_the_limits(case: JudgedCase, offerings: Offerings) -> None:
    against = [
        name
        for name in case.grades
        if not any(_suits(case, candidate) for candidate in offerings[name])
    ]
    assert against == []


def _suits(case: JudgedCase, candidate: Candidate) -> bool:
    if case.profile.online_only and not is_remote(candidate):
        return False
    return not is_ruled_out(case.profile, candidate, today=JUDGED_ON)
