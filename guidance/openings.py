"""What ruled options out, and what would open more of them: codes and values, no wording."""

from __future__ import annotations

from guidance.comparison import months_needed
from guidance.eligibility import has_ended
from guidance.profile import SCHEDULES, Profile
from guidance.ranking import OWN_PACE, Match, in_wish, misses_times, relevant, runs_when_wished
from guidance.remarks import Remark

# Options that are ruled out, each with the codes of what rules it out.
Blocked = list[tuple[Match, tuple[str, ...]]]


def what_stood_in_the_way(profile: Profile, blocked: Blocked) -> tuple[Remark, ...]:
    """Return what ruled out the options of the wished subject, and what would open them up."""
    opened = openings(profile, blocked)
    return (Remark("nothing_fits"), *opened) if opened else (Remark("nothing_in_field"),)


def openings(profile: Profile, blocked: Blocked) -> tuple[Remark, ...]:
    """Return what rules out options of the wished subject, first what rules out the most.

    What one thing alone rules out counts; where there is none such, what the fewest things do.
    What has ended opens to nobody.
    """
    subject = {id(item) for item in relevant(profile, [item for item, _ in blocked])}
    closed = [
        (item, against)
        for item, against in blocked
        if id(item) in subject and not has_ended(item.candidate)
    ]
    fewest = min((len(against) for _, against in closed), default=0)
    by_code: dict[str, list[Match]] = {}
    for item, against in closed:
        for code in against if len(against) == fewest else ():
            by_code.setdefault(code, []).append(item)
    order = sorted(by_code, key=lambda code: (-_count(by_code[code]), code))
    return tuple(_opening(code, by_code[code]) for code in order)


def in_wished_times(profile: Profile, page: list[Match]) -> tuple[Remark, ...]:
    """Return how many of the page run at the times wished for, where some are known not to."""
    candidates = [item.candidate for item in page]
    if not any(misses_times(profile, candidate) for candidate in candidates):
        return ()
    count = sum(runs_when_wished(profile, candidate) for candidate in candidates)
    if not count:
        return (Remark("none_in_wished_times"),)
    return (Remark("some_in_wished_times", {"count": count}),)


def what_keeps_the_wish_out(
    profile: Profile, ranked: list[Match], blocked: Blocked
) -> tuple[Remark, ...]:
    """Return what rules out all that was wished for, where only what is close to it is left.

    () where some of it is left, and where nothing was wished for or nothing is of it.
    """
    if any(in_wish(profile, item) for item in ranked):
        return ()
    return openings(profile, [entry for entry in blocked if in_wish(profile, entry[0])])


def also_at(profile: Profile, eligible: list[Match]) -> tuple[Remark, ...]:
    """Return when most options of the list run that run at none of the times wished for.

    They are in the list already: times only rank.
    """
    if not profile.schedule:
        return ()
    misfits = [item.candidate for item in eligible if misses_times(profile, item.candidate)]
    options_by_time = {
        time: len({candidate.id for candidate in misfits if set(candidate.schedule) == {time}})
        for time in SCHEDULES
        if time != OWN_PACE
    }
    time = max(options_by_time, key=lambda name: options_by_time[name])
    if not options_by_time[time]:
        return ()
    return (Remark(f"opened_by_{time}", {"count": options_by_time[time]}),)


def _opening(code: str, items: list[Match]) -> Remark:
    values: dict[str, object] = {"count": _count(items)}
    if code == "over_budget":
        values["price"] = min(item.candidate.price_eur or 0 for item in items)
    if code == "too_long":
        values["months"] = min(months_needed(item.candidate) or 0 for item in items)
    if code == "far_away":
        nearest = min(items, key=_distance)
        values |= {"place": nearest.candidate.place, "distance_km": _distance(nearest)}
    return Remark(f"blocked_by_{code}", values)


def _count(items: list[Match]) -> int:
    return len({item.candidate.id for item in items})


def _distance(item: Match) -> int:
    return item.locality.distance_km or 0
