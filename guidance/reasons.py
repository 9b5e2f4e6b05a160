"""Why an option suits a learner, and what to be careful about: codes and values, no wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from catalog.geography import REGION_PREFIX
from catalog.search import Candidate
from guidance.comparison import months_needed
from guidance.conflicts import conflicts
from guidance.eligibility import has_ended
from guidance.locality import Locality, is_remote
from guidance.prices import price_of
from guidance.profile import Profile
from guidance.ranking import (
    FULL_TIME_HOURS,
    Match,
    builds_on_competence,
    fits_goal,
    fits_schedule,
    is_first_step,
    misses_times,
    starts_in_time,
)
from guidance.remarks import Remark

CLOSES_SOON = timedelta(days=14)
OUTDATED = timedelta(days=180)


def reasons(profile: Profile, item: Match, *, today: date) -> tuple[Remark, ...]:
    """Return why the option was chosen, most telling first; nothing speaks for what has ended."""
    if has_ended(item.candidate):
        return ()
    return (
        *_reasons_of_subject(profile, item),
        *_reasons_of_work(item),
        *_reasons_of_place(profile, item.candidate, item.locality),
        *_reasons_of_terms(profile, item.candidate, today=today),
    )


def warnings(
    profile: Profile,
    candidate: Candidate,
    blocked_by: tuple[str, ...] = (),
    *,
    region: str | None,
    today: date,
) -> tuple[Remark, ...]:
    """Return what to be careful about; `region` is that of the learner's or the option's place."""
    blocks = tuple(Remark(code, _values_of(code, candidate)) for code in blocked_by)
    if has_ended(candidate):
        return blocks
    return (
        *blocks,
        *_warnings_of_application(candidate, today=today),
        *conflicts(profile, candidate, region=region, today=today),
        *_warnings_of_situation(profile, candidate),
        *_warnings_of_data(profile, candidate, today=today),
    )


def _reasons_of_subject(profile: Profile, item: Match) -> Iterator[Remark]:
    candidate = item.candidate
    if item.field_closeness >= 2:
        code = "field_match" if item.field_closeness == 3 else "related_field"
        yield Remark(code, {"field": candidate.field})
    if item.interest_match:
        yield Remark("interest_match", {"interest": profile.interest})
    if candidate.leads_to and profile.goal in ("degree", "new_career", None):
        yield Remark("leads_to_degree", {"degree": candidate.leads_to})
    if profile.goal == "try_field" and is_first_step(candidate):
        yield Remark("first_step")
    elif profile.goal not in (None, "unsure") and fits_goal(profile, candidate):
        yield Remark("fits_goal")
    if builds_on_competence(profile, candidate):
        yield Remark("builds_on_competence")


def _reasons_of_work(item: Match) -> Iterator[Remark]:
    outlook = item.shortage
    if outlook is not None:
        values = {"place": outlook.region, "source": outlook.source, "month": outlook.published}
        yield Remark("employing", values)


def _reasons_of_place(
    profile: Profile, candidate: Candidate, locality: Locality
) -> Iterator[Remark]:
    if locality.step == "here" and locality.from_place is not None:
        whole_region = locality.from_place.startswith(REGION_PREFIX)
        code = "in_your_region" if whole_region else "in_your_municipality"
        yield Remark(code, {"place": locality.from_place})
    elif locality.step == "region":
        yield Remark("in_your_region", {"place": candidate.place})
    elif locality.step == "neighbours":
        yield Remark("nearby", {"distance_km": locality.distance_km})
    if is_remote(candidate) and profile.online_ok is not False:
        yield Remark("online")


def _reasons_of_terms(profile: Profile, candidate: Candidate, *, today: date) -> Iterator[Remark]:
    if profile.schedule and fits_schedule(profile, candidate):
        yield Remark("fits_schedule")
    hours, wished = candidate.weekly_hours, profile.weekly_hours
    if hours is not None and wished is not None and hours <= wished:
        yield Remark("fits_hours", {"hours": hours})
    price = price_of(candidate)
    if price is not None and price.is_free:
        yield Remark("free")
    elif _fits_budget(profile, candidate):
        yield Remark("fits_budget")
    if candidate.education_required == "none":
        yield Remark("no_requirements")
    if candidate.continuous:
        yield Remark("always_open")
    elif starts_in_time(profile, candidate, today=today):
        yield Remark("starts_soon", {"date": candidate.starts})
    if profile.language in ("sv", "en") and profile.language in candidate.teaching_languages:
        yield Remark("your_language", {"language": profile.language})


def _values_of(code: str, candidate: Candidate) -> Mapping[str, object]:
    if code == "over_budget":
        return {"price": price_of(candidate)}
    if code == "too_long":
        return {"months": months_needed(candidate)}
    if code == "requirement_unmet":
        return {"education": candidate.education_required}
    if code == "application_closed":
        return {"date": candidate.apply_by}
    if code == "ended":
        return {"date": candidate.withdrawn_on}
    return {}


def _warnings_of_application(candidate: Candidate, *, today: date) -> Iterator[Remark]:
    if candidate.continuous:
        return
    if candidate.apply_by is None:
        yield Remark("deadline_unknown")
    elif today <= candidate.apply_by <= today + CLOSES_SOON:
        yield Remark("closes_soon", {"date": candidate.apply_by})


def _warnings_of_situation(profile: Profile, candidate: Candidate) -> Iterator[Remark]:
    if misses_times(profile, candidate):
        yield Remark("other_times", {"times": candidate.schedule})
    if (
        profile.situation in ("employed", "self_employed")
        and candidate.weekly_hours is not None
        and candidate.weekly_hours >= FULL_TIME_HOURS
    ):
        yield Remark("full_time_load", {"hours": candidate.weekly_hours})
    if profile.online_only and candidate.modes and not is_remote(candidate):
        yield Remark("not_online")


def _warnings_of_data(profile: Profile, candidate: Candidate, *, today: date) -> Iterator[Remark]:
    if candidate.price_eur is None:
        yield Remark("price_unknown")
    elif _may_cost_more(profile, candidate):
        yield Remark("price_varies", {"price": price_of(candidate)})
    if candidate.place is None and not is_remote(candidate) and profile.online_only is not True:
        yield Remark("place_unknown")
    if today - candidate.source_read_on > OUTDATED:
        yield Remark("outdated_source", {"date": candidate.source_read_on})
    if candidate.sample:
        yield Remark("sample_data")


def _fits_budget(profile: Profile, candidate: Candidate) -> bool:
    budget, price = profile.budget_eur, price_of(candidate)
    return budget is not None and price is not None and price.highest <= budget


def _may_cost_more(profile: Profile, candidate: Candidate) -> bool:
    """Say whether the price is within the budget for some and beyond it for others."""
    budget, price = profile.budget_eur, price_of(candidate)
    return budget is not None and price is not None and price.least <= budget < price.highest
