"""A request for suggestions, as `POST /api/suggest` and `opastin suggest` take it."""

from __future__ import annotations

from dataclasses import dataclass

from guidance.profile import Profile, ProfileError

DEFAULT_LIMIT = 5
MAX_LIMIT = 50


@dataclass(frozen=True)
class SuggestRequest:
    """For whom to suggest, and how many options at most."""

    profile: Profile
    limit: int = DEFAULT_LIMIT

    @classmethod
    def from_json(cls, values: object) -> SuggestRequest:
        """Read `{"profile": {...}, "limit": 5}` or a bare profile, or raise ProfileError."""
        if not isinstance(values, dict) or not {"profile", "limit"} & set(values):
            return cls(Profile.from_dict(values))
        unknown = sorted(set(values) - {"profile", "limit"})
        if unknown:
            raise ProfileError(f"The request has an unknown key: {str(unknown[0])[:60]!r}.")
        limit = values.get("limit", DEFAULT_LIMIT)
        if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= MAX_LIMIT:
            raise ProfileError(f"`limit` must be a whole number from 1 to {MAX_LIMIT}.")
        return cls(Profile.from_dict(values.get("profile", {})), limit)
