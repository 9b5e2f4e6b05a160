"""Whether people are needed in an option's field where the learner is."""

from __future__ import annotations

from catalog.geography import load_geography
from catalog.outlook import Outlook, Outlooks
from catalog.search import Candidate
from guidance.locality import Locality
from guidance.profile import Profile

# Whoever studies for another reason than work is not told about it unasked.
WORK_GOALS = ("new_career", "advance")


def shortage_for(
    profile: Profile, candidate: Candidate, locality: Locality, outlooks: Outlooks
) -> Outlook | None:
    """Return the outlook that speaks for the option: people are short in its field and region.

    The region is the learner's, else the option's; None for one whose goal is not work.
    """
    if profile.goal not in WORK_GOALS:
        return None
    place = locality.from_place or next(iter(profile.all_places), None) or candidate.place
    region = load_geography().region_of(place) if place else None
    found = outlooks.of(candidate.field, region, sample=candidate.sample)
    return found if found is not None and found.outlook == "shortage" else None
