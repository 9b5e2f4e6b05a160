"""What to look for in the catalogue for a learner."""

from __future__ import annotations

from datetime import date

from catalog.index.filters import Filters, near_places
from catalog.index.wishes import Wish
from guidance.profile import Profile
from opastin.texts import DEFAULT_LANGUAGE


def wish_of(profile: Profile, *, today: date) -> Wish:
    """Return what the learner wishes for, with what `guidance.eligibility` would rule out.

    The limits only choose what is compared first; what is ruled out is decided there.
    """
    distance = profile.max_distance_km
    return Wish(
        words=profile.interest or "",
        language=profile.language or DEFAULT_LANGUAGE,
        field=profile.field,
        known_fields=tuple(item.field for item in profile.competence if item.field),
        places=profile.all_places,
        limits=Filters(
            teaching_languages=profile.teaching_languages,
            max_price=profile.budget_eur,
            education=profile.education,
            open_on=today,
            remote=False if profile.online_ok is False else None,
            near=None if distance is None else near_places(profile.all_places, distance),
        ),
    )
