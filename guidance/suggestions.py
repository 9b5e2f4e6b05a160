"""Suggest study options to a learner: the catalogue's candidates, ruled out, ranked, explained."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from catalog.geography import REGION_PREFIX, Geography, load_geography
from catalog.index.wishes import find_worthwhile, likeness_of
from catalog.outlook import Outlooks, read_outlooks
from catalog.search import Candidate, find_option, read_candidates
from guidance.comparison import is_route, routes
from guidance.eligibility import obstacles
from guidance.locality import is_remote, locate
from guidance.openings import (
    Blocked,
    also_at,
    in_wished_times,
    openings,
    what_keeps_the_wish_out,
    what_stood_in_the_way,
)
from guidance.outlook import WORK_GOALS
from guidance.profile import Profile
from guidance.ranking import HAS_TO_DO_WITH, Match, best_first, in_wish, match, relevant
from guidance.reasons import reasons, warnings
from guidance.remarks import Remark
from guidance.wishes import wish_of

RULED_OUT_SHOWN = 3


@dataclass(frozen=True)
class Suggestion:
    """One option for a learner: how far it is, why it suits, what to be careful about."""

    candidate: Candidate
    distance_km: int | None
    reasons: tuple[Remark, ...]
    warnings: tuple[Remark, ...]


@dataclass(frozen=True)
class Fallback:
    """The step of the ladder that the options were found on when none was where it was wished."""

    step: str
    place: str
    nearest: str | None
    distance_km: int | None
    online: int
    within_km: float | None


@dataclass(frozen=True)
class Suggestions:
    """A page of ranked options, how many there are in all, and what to say beside them."""

    options: tuple[Suggestion, ...]
    total: int
    fallback: Fallback | None
    notices: tuple[Remark, ...]


def suggest(
    session: Session, profile: Profile, *, today: date, limit: int = 5, offset: int = 0
) -> Suggestions:
    """Return the options that suit `profile` best, from `offset` on, best first."""
    geography = load_geography()
    ranked, blocked = _rank(session, profile, geography, today=today)
    page = ranked[offset : offset + limit]
    return Suggestions(
        options=tuple(_explain(profile, item, (), geography, today=today) for item in page),
        total=len(ranked),
        fallback=_fallback(profile, ranked, page, blocked, geography),
        notices=(
            *what_keeps_the_wish_out(profile, ranked, blocked),
            *in_wished_times(profile, page),
        )
        if ranked
        else what_stood_in_the_way(profile, blocked),
    )


def rank(session: Session, profile: Profile, *, today: date) -> list[Match]:
    """Return everything that `suggest` would show page by page, as it was matched, best first."""
    ranked, _ = _rank(session, profile, load_geography(), today=today)
    return ranked


def ruled_out(
    session: Session, profile: Profile, *, today: date, limit: int = RULED_OUT_SHOWN
) -> Suggestions:
    """Return options of the wished subject that one thing alone rules out, and what would open up.

    What rules an option out is first among its warnings.
    """
    geography = load_geography()
    ranked, blocked = _rank(session, profile, geography, today=today)
    subject = {id(item) for item in relevant(profile, [item for item, _ in blocked])}
    by_match = {id(item): against for item, against in blocked if len(against) == 1}
    alone = best_first(item for item, _ in blocked if id(item) in subject & by_match.keys())
    return Suggestions(
        options=tuple(
            _explain(profile, item, by_match[id(item)], geography, today=today)
            for item in alone[:limit]
        ),
        total=len(alone),
        fallback=None,
        notices=(*openings(profile, blocked), *also_at(profile, ranked)),
    )


def suggest_routes(session: Session, profile: Profile, *, today: date) -> Suggestions:
    """Return options of different types that lead to one degree in the wished field.

    Where none is open to the learner, the notices say what rules out those that there are.
    """
    geography = load_geography()
    eligible, blocked = _sift(session, profile, geography, today=today)
    found = routes(best_first(relevant(profile, eligible)))
    shut = [(item, against) for item, against in blocked if is_route(item.candidate)]
    return Suggestions(
        options=tuple(_explain(profile, item, (), geography, today=today) for item in found),
        total=len(found),
        fallback=None,
        notices=() if found else openings(profile, shut),
    )


def describe(
    session: Session, profile: Profile, option_id: str, *, today: date
) -> Suggestion | None:
    """Return one option with what speaks for and against it, None when there is no such option."""
    geography = load_geography()
    outlooks = _outlooks(session, profile, today)
    likeness = likeness_of(session, wish_of(profile, today=today), option_id)
    found: list[tuple[int, Match, tuple[str, ...]]] = []
    for candidate in find_option(session, option_id):
        locality = locate(profile, candidate, geography)
        against = obstacles(profile, candidate, locality, today=today)
        item = match(
            profile, candidate, locality, today=today, likeness=likeness, outlooks=outlooks
        )
        found.append((len(against), item, against))
    if not found:
        return None
    _, item, against = min(found, key=lambda entry: (entry[0], -entry[1].score))
    return _explain(profile, item, against, geography, today=today)


def _rank(
    session: Session, profile: Profile, geography: Geography, *, today: date
) -> tuple[list[Match], Blocked]:
    eligible, blocked = _sift(session, profile, geography, today=today)
    if _is_all_ruled_out(profile, eligible, blocked):
        return [], blocked
    ranked = best_first(_online_first(profile, relevant(profile, eligible)))
    return _known_free_first(profile, ranked), blocked


def _is_all_ruled_out(profile: Profile, eligible: list[Match], blocked: Blocked) -> bool:
    """Say whether only what is ruled out speaks of the words, and nothing else comes near them."""
    likest = max((item.likeness for item in eligible), default=0.0)
    if profile.field is not None or likest >= HAS_TO_DO_WITH:
        return False
    return any(in_wish(profile, item) for item, _ in blocked)


def _sift(
    session: Session, profile: Profile, geography: Geography, *, today: date
) -> tuple[list[Match], Blocked]:
    """Return what may suit the learner, and what is ruled out and by what."""
    eligible: list[Match] = []
    blocked: Blocked = []
    outlooks = _outlooks(session, profile, today)
    found = find_worthwhile(session, wish_of(profile, today=today))
    likeness = {finding.option: finding.likeness for finding in found}
    for candidate in read_candidates(session, found):
        locality = locate(profile, candidate, geography)
        against = obstacles(profile, candidate, locality, today=today)
        item = match(
            profile,
            candidate,
            locality,
            today=today,
            likeness=likeness[candidate.id],
            outlooks=outlooks,
        )
        if against:
            blocked.append((item, against))
        else:
            eligible.append(item)
    return eligible, blocked


def _outlooks(session: Session, profile: Profile, today: date) -> Outlooks:
    """Return how work is found where, for one whose goal it has to do with."""
    return read_outlooks(session, today=today) if profile.goal in WORK_GOALS else Outlooks()


def _known_free_first(profile: Profile, ranked: list[Match]) -> list[Match]:
    """Put what tells no price last for one who can pay nothing: it may well cost."""
    if profile.budget_eur != 0:
        return ranked
    return sorted(ranked, key=lambda item: item.candidate.price_eur is None)


def _online_first(profile: Profile, matches: list[Match]) -> list[Match]:
    """Keep what can be studied at home for one who wants only that, where there is any."""
    remote = [item for item in matches if is_remote(item.candidate)]
    return remote if profile.online_only and remote else matches


def _explain(
    profile: Profile,
    item: Match,
    against: tuple[str, ...],
    geography: Geography,
    *,
    today: date,
) -> Suggestion:
    # Authorities go by where one lives, which is told or else guessed from the option.
    place = next(iter(profile.all_places), None) or item.candidate.place
    region = geography.region_of(place) if place and geography.get(place) else None
    return Suggestion(
        candidate=item.candidate,
        distance_km=item.locality.distance_km,
        reasons=reasons(profile, item, today=today),
        warnings=warnings(profile, item.candidate, against, region=region, today=today),
    )


def _fallback(
    profile: Profile,
    ranked: list[Match],
    page: list[Match],
    blocked: Blocked,
    geography: Geography,
) -> Fallback | None:
    """Say which step of the ladder was taken, None when something was found where it was wished.

    The nearest place is one of the page's where there is any: people look for it there.
    """
    places = profile.all_places
    if not places or profile.online_only or not ranked:
        return None
    steps = Counter(item.locality.step for item in ranked)
    if steps["here"]:
        return None
    step = next(step for step in ("region", "neighbours", "online", "wider") if steps[step])
    too_far = [item for item, against in blocked if against == ("far_away",)]
    candidates = (page, ranked, relevant(profile, too_far))
    reachable = next(filter(None, map(_reachable, candidates)), set())
    # With several places, the one that is named is the one to measure from.
    kilometres = {code: geography.distance_km(places[0], code) for code in reachable}
    nearest = min(reachable, key=lambda code: (kilometres[code], code), default=None)
    return Fallback(
        step=step,
        place=places[0],
        nearest=nearest,
        distance_km=None if nearest is None else kilometres[nearest],
        online=steps["online"],
        within_km=profile.max_distance_km,
    )


def _reachable(matches: list[Match]) -> set[str]:
    """Return the municipalities of the options that one travels to; a region has no one place."""
    places = {item.candidate.place for item in matches if item.locality.step != "online"}
    return {place for place in places if place is not None and not place.startswith(REGION_PREFIX)}
