"""How far an option is from where the learner wants to study, and on which step of the ladder."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.geography import Geography
from catalog.search import Candidate
from guidance.profile import Profile

NEIGHBOUR_KM = 100
REMOTE_MODES = frozenset({"online", "distance"})

# The ladder, nearest first. "here" is the place itself, "anywhere" means that no place was given.
STEPS = ("here", "region", "neighbours", "online", "wider")


@dataclass(frozen=True)
class Locality:
    """Where an option lies, seen from the learner: a step of the ladder and kilometres."""

    step: str
    distance_km: int | None
    from_place: str | None


def is_remote(candidate: Candidate) -> bool:
    """Say whether the option can be studied without travelling; blended teaching cannot."""
    return not REMOTE_MODES.isdisjoint(candidate.modes) and "blended" not in candidate.modes


def locate(profile: Profile, candidate: Candidate, geography: Geography) -> Locality:
    """Place the option on the ladder, from the nearest of the learner's places."""
    origins = profile.all_places
    if not origins or candidate.place is None:
        return Locality("online" if is_remote(candidate) else "wider", None, None)
    origin = min(origins, key=lambda code: _closeness(code, candidate.place or "", geography))
    distance = geography.distance_km(origin, candidate.place)
    step = _step(origin, candidate.place, distance, geography)
    # What can be done at home is not far away, however far its school is.
    if is_remote(candidate) and step in ("neighbours", "wider"):
        step = "online"
    return Locality(step, distance, origin)


def _closeness(origin: str, place: str, geography: Geography) -> tuple[int, int]:
    distance = geography.distance_km(origin, place)
    return (STEPS.index(_step(origin, place, distance, geography)), distance)


def _step(origin: str, place: str, distance: int, geography: Geography) -> str:
    if place == origin or geography.region_of(place) == origin:
        return "here"
    if geography.region_of(place) == geography.region_of(origin):
        return "region"
    return "neighbours" if distance <= NEIGHBOUR_KM else "wider"
