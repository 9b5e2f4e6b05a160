"""Conflicts between a learner's situation and an option, found before anybody applies.

None of them rules an option out: a school or an authority decides, and the text says which.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.geography import ALAND
from catalog.search import Candidate
from guidance.comparison import begin_by
from guidance.eligibility import LADDER, requirement_is_unclear
from guidance.profile import Profile
from guidance.ranking import FULL_TIME_HOURS
from guidance.remarks import Remark

WITHOUT_WORK = ("unemployed", "laid_off")
# Self-motivated study on benefit may be full-time without more ado up to this long.
SHORT_MONTHS = 6


def conflicts(
    profile: Profile, candidate: Candidate, *, region: str | None, today: date
) -> tuple[Remark, ...]:
    """Return what may get in the way, gravest first; `region` says whose rules hold."""
    return (
        *_of_benefits(profile, candidate, region),
        *_of_entry(profile, candidate),
        *_of_languages(profile, candidate),
        *_of_time(candidate, today),
    )


def _of_benefits(profile: Profile, candidate: Candidate, region: str | None) -> Iterator[Remark]:
    if profile.situation in WITHOUT_WORK and region == ALAND:
        yield Remark("benefit_check_aland")
    elif profile.situation in WITHOUT_WORK:
        if _endangers_benefit(candidate):
            yield Remark("long_full_time_unemployed", {"hours": candidate.weekly_hours})
        yield Remark("benefit_check_first")
    if profile.situation == "unemployed" and "jotpa" in candidate.funding:
        yield Remark("not_for_unemployed")


def _endangers_benefit(candidate: Candidate) -> bool:
    hours, months = candidate.weekly_hours, candidate.duration_months
    # The authority has bought the training for people without work itself.
    if "employment_training" in candidate.funding:
        return False
    return (
        hours is not None
        and months is not None
        and hours >= FULL_TIME_HOURS
        and months > SHORT_MONTHS
    )


def _of_entry(profile: Profile, candidate: Candidate) -> Iterator[Remark]:
    reached = LADDER.get(profile.education or "")
    if requirement_is_unclear(profile, candidate):
        yield Remark("requirement_unclear", {"education": candidate.education_required})
    elif candidate.leads_to_level != "master":
        return
    elif reached is None:
        yield Remark("requirement_unclear", {"education": "bachelor"})
    elif reached < LADDER["bachelor"]:
        yield Remark("degree_needed_first", {"degree": candidate.leads_to})


def _of_languages(profile: Profile, candidate: Candidate) -> Iterator[Remark]:
    for demand in candidate.language_required:
        language, _, level = demand.partition(":")
        values = {"language": language, "level": level}
        if profile.teaching_languages:
            if language not in profile.teaching_languages:
                yield Remark("language_needed", values)
        elif profile.language != language or profile.plain_language:
            # One who chats in a language with ease need not be asked whether they know it.
            yield Remark("language_level_check", values)


def _of_time(candidate: Candidate, today: date) -> Iterator[Remark]:
    last_day = begin_by(candidate)
    first_day = max(today, candidate.starts or today)
    if last_day is not None and last_day < first_day:
        yield Remark("too_late_for_round", {"date": candidate.route_apply_by})
