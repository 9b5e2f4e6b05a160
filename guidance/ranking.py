"""Which of the eligible options suit a learner best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from catalog.fields import closeness
from catalog.outlook import Outlook, Outlooks
from catalog.search import Candidate
from guidance.locality import Locality, is_remote
from guidance.outlook import shortage_for
from guidance.profile import Profile
from guidance.words import names_degree

SOON = timedelta(days=60)
# Below this many options close to the wished field, ones from the same broad field are added.
ENOUGH_IN_FIELD = 3
# An option as like the learner's words as this speaks of what they said.
SPEAKS_OF_IT = 0.7
# And less like them than this it has nothing to do with it.
HAS_TO_DO_WITH = 0.3
FIELD_POINTS = 10
INTEREST_POINTS = 30
# Small enough to try a field with.
FIRST_STEP_CREDITS = 5
FULL_TIME_HOURS = 25
# Where people are needed tells two equal options apart; it outweighs no wish of the learner's.
EMPLOYING_POINTS = 2
NO_OUTLOOKS = Outlooks()
YEAR_CREDITS = 60
# As much as a year of studies at a dear provider; above it all are alike.
DEAR_EUR = 900
OWN_PACE = "own_pace"
BADGE_GOALS = ("basic_skills", "try_field", "interest")

GOAL_TYPES = {
    "degree": ("open_university_path", "path_studies"),
    "new_career": ("path_studies", "open_university_path", "study_package"),
    "advance": ("micro_credential", "study_package"),
    "try_field": ("course", "skill_badge", "micro_credential"),
    "basic_skills": ("skill_badge",),
    "interest": ("course", "study_package"),
}


@dataclass(frozen=True)
class Match:
    """An eligible option, how it fits, and its score; a higher score suits better."""

    candidate: Candidate
    locality: Locality
    field_closeness: int
    # How like the option is to the learner's own words, from 0 to 1.
    likeness: float
    score: float
    # People are short in the option's field where the learner is.
    shortage: Outlook | None = None
    # What the score is made of.
    parts: tuple[tuple[str, float], ...] = ()
    # Decides between equals: another order every day, so that no provider is always the last.
    lot: int = 0

    @property
    def interest_match(self) -> bool:
        """Say whether the option speaks of what the learner said in their own words."""
        return self.likeness >= SPEAKS_OF_IT


def match(
    profile: Profile,
    candidate: Candidate,
    locality: Locality,
    *,
    today: date,
    likeness: float = 0.0,
    outlooks: Outlooks = NO_OUTLOOKS,
) -> Match:
    """Score one option for a learner; `likeness` is that of the option to their own words."""
    close = closeness(profile.field, candidate.field)
    shortage = shortage_for(profile, candidate, locality, outlooks)
    parts = (
        *_points(profile, candidate, locality, today=today),
        ("field", FIELD_POINTS * close),
        ("interest", INTEREST_POINTS * likeness),
        ("outlook", EMPLOYING_POINTS if shortage else 0),
    )
    score = sum(points for _, points in parts)
    lot = crc32(f"{candidate.id} {today}".encode())
    return Match(candidate, locality, close, likeness, score, shortage, parts, lot)


def in_wish(profile: Profile, item: Match) -> bool:
    """Say whether the option is of what was wished for, and not only close to it."""
    if profile.field is None or item.candidate.field is None:
        return item.interest_match
    return item.field_closeness == 3 or (item.field_closeness == 2 and item.interest_match)


def relevant(profile: Profile, matches: Iterable[Match]) -> list[Match]:
    """Keep what has to do with the wish: the field, else the learner's words, else what they do."""
    everything = list(matches)
    if profile.field is not None:
        close = [item for item in everything if item.field_closeness >= 2 or item.interest_match]
        if len({item.candidate.id for item in close}) >= ENOUGH_IN_FIELD:
            return close
        return [item for item in everything if item.field_closeness >= 1 or item.interest_match]
    best = max((item.likeness for item in everything), default=0.0)
    if best == 0:
        # Nothing is wished for yet: what one has done is the best hint.
        known = [item for item in everything if builds_on_competence(profile, item.candidate)]
        return (
            known if len({item.candidate.id for item in known}) >= ENOUGH_IN_FIELD else everything
        )
    return [item for item in everything if item.likeness >= best / 2]


def best_first(matches: Iterable[Match]) -> list[Match]:
    """Order options best first, each once, without one provider or type taking every place."""
    best: dict[str, Match] = {}
    for item in matches:
        known = best.get(item.candidate.id)
        if known is None or _order(item) < _order(known):
            best[item.candidate.id] = item
    return list(_spread(sorted(best.values(), key=_order)))


def _order(item: Match) -> tuple[float, int, int, str, str]:
    distance = item.locality.distance_km
    return (
        -item.score,
        10_000 if distance is None else distance,
        item.lot,
        item.candidate.id,
        item.candidate.offering,
    )


def _spread(ordered: list[Match]) -> Iterator[Match]:
    # A provider's second option has to be a little better than another's first: a choice between
    # providers is worth more to a learner than the fine print of the score.
    providers: Counter[str] = Counter()
    types: Counter[str] = Counter()
    remaining = ordered
    for _ in range(min(len(ordered), 20)):
        chosen = max(
            remaining[:40],
            key=lambda item: (
                item.score - 3 * providers[_provider(item)] - 2 * types[item.candidate.type]
            ),
        )
        remaining = [item for item in remaining if item is not chosen]
        providers[_provider(chosen)] += 1
        types[chosen.candidate.type] += 1
        yield chosen
    yield from remaining


def _provider(item: Match) -> str:
    return "/".join(item.candidate.provider.values())


def _points(
    profile: Profile, candidate: Candidate, locality: Locality, *, today: date
) -> Iterator[tuple[str, float]]:
    yield "place", _place_points(profile, candidate, locality)
    if profile.schedule and candidate.schedule:
        yield "schedule", 8 if fits_schedule(profile, candidate) else -6
    if profile.weekly_hours is not None and candidate.weekly_hours is not None:
        yield "hours", 4 if candidate.weekly_hours <= profile.weekly_hours else -4
    if candidate.price_eur is not None:
        yield "price", 3 if candidate.price_eur == 0 and not candidate.price_max_eur else 1
    if fits_goal(profile, candidate):
        yield "goal", 6
    if profile.goal == "try_field":
        yield "ease", _ease_points(candidate)
    if names_degree(profile.interest, candidate):
        yield "degree", 15
    if candidate.type == "skill_badge" and profile.goal not in BADGE_GOALS:
        # A badge shows an everyday skill; it is not what one who looks for a profession means.
        yield "badge", -6
    if builds_on_competence(profile, candidate):
        yield "competence", 3
    if starts_in_time(profile, candidate, today=today):
        yield "start", 3
    if profile.language is not None and candidate.teaching_languages:
        yield "language", 4 if profile.language in candidate.teaching_languages else -8


def _ease_points(candidate: Candidate) -> float:
    """Give more the less one has to put in: to try a field, small and cheap steps come first."""
    size, price = candidate.credits, candidate.price_eur
    small = 0.0 if size is None else 1 - min(size, YEAR_CREDITS) / YEAR_CREDITS
    cheap = 0.0 if price is None else 1 - min(price, DEAR_EUR) / DEAR_EUR
    return 10 * small + 5 * cheap + (15 if is_first_step(candidate) else 0)


def _place_points(profile: Profile, candidate: Candidate, locality: Locality) -> float:
    if profile.online_only:
        return 25 if is_remote(candidate) else -10
    if not profile.all_places:
        return 4 if is_remote(candidate) and profile.online_ok else 0
    if locality.step == "online":
        return 16 if profile.online_ok else 9
    if locality.distance_km is None:
        return 2
    near = {"here": 22, "region": 15, "neighbours": 12}.get(locality.step, 0)
    return near - locality.distance_km / 50


def fits_schedule(profile: Profile, candidate: Candidate) -> bool:
    """Say whether the option runs at a time that the learner named."""
    return not set(profile.schedule).isdisjoint(candidate.schedule)


def misses_times(profile: Profile, candidate: Candidate) -> bool:
    """Say whether the option is known to run at none of the times that the learner named."""
    known = bool(profile.schedule and candidate.schedule)
    return known and not runs_when_wished(profile, candidate)


def runs_when_wished(profile: Profile, candidate: Candidate) -> bool:
    """Say whether the option can be done at a time named; at one's own pace it always can."""
    return OWN_PACE in candidate.schedule or fits_schedule(profile, candidate)


def fits_goal(profile: Profile, candidate: Candidate) -> bool:
    """Say whether the option is of a type that serves the learner's goal."""
    if profile.goal == "try_field":
        return is_first_step(candidate)
    if profile.goal == "basic_skills" and candidate.level == "basic":
        return True
    return candidate.type in GOAL_TYPES.get(profile.goal or "", ())


def is_first_step(candidate: Candidate) -> bool:
    """Say whether the option is small and open enough to try a field with."""
    small = candidate.credits is not None and candidate.credits <= FIRST_STEP_CREDITS
    return (small or candidate.type == "skill_badge") and candidate.education_required in (
        None,
        "none",
    )


def builds_on_competence(profile: Profile, candidate: Candidate) -> bool:
    """Say whether the learner already knows something of the option's field."""
    return any(closeness(item.field, candidate.field) >= 2 for item in profile.competence)


def starts_in_time(profile: Profile, candidate: Candidate, *, today: date) -> bool:
    """Say whether the option can be begun by the day wished for, or else soon."""
    if candidate.continuous:
        return True
    if candidate.starts is None or candidate.starts < today:
        return False
    return candidate.starts <= (profile.start_by or today + SOON)
