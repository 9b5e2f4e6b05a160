"""People who do not exist, drawn by the weights of simulated_people.yml, the same for a seed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from catalog.fields import load_fields
from catalog.geography import load_geography
from guidance.profile import ANYWHERE, Profile

WEIGHTS = Path(__file__).with_suffix(".yml")
UNSAID = "unsaid"
WORKING = ("employed", "self_employed", "laid_off")
_Weights = Mapping[Any, float]


class People:
    """Draws people; each depends on the seed and its own number alone."""

    def __init__(self, *, seed: int, today: date, weights: Path = WEIGHTS) -> None:
        """Draw by `weights`, with starts that count from `today`."""
        self._weights: dict[str, Any] = yaml.safe_load(weights.read_text(encoding="utf-8"))
        self._seed = seed
        self._today = today
        self._regions = {
            region: {
                code: load_geography().count_postcodes(code)
                for code in load_geography().municipalities_in(region)
            }
            for region in self._weights["regions"]
        }

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the codes of the regions where people live."""
        return tuple(self._regions)

    def person(
        self, number: int, *, region: str | None = None, language: str | None = None
    ) -> Profile:
        """Return person `number`; the same one in another `region` or `language` where given.

        One who is moved names the new municipality as the place. Schooling, and all else that was
        drawn by language or region, stays.
        """
        random = Random(f"{self._seed}/{number}")  # noqa: S311
        home = _pick(random, self._weights["regions"])
        place = _pick(random, self._weights["place"])
        languages = self._weights["languages"]
        drawn = _pick(random, languages.get(home, languages["elsewhere"]))
        spoken = language or drawn
        field = self._field(random)
        facts = {
            "language": spoken,
            **self._about_place(random, region or home, "municipality" if region else place),
            **self._about_wish(random, spoken, field),
            **self._about_background(random, drawn, field),
            **self._about_limits(random, spoken),
        }
        return Profile.from_dict(facts)

    def _about_place(self, random: Random, region: str, place: str) -> dict[str, Any]:
        # Drawn in any case, so that the draws after it are the same wherever one is moved to.
        municipality = _pick(random, self._regions[region])
        codes = {"municipality": municipality, "region": region, "any": ANYWHERE}
        return {"place": codes[place]}

    def _about_wish(self, random: Random, language: str, field: str) -> dict[str, Any]:
        way = _pick(random, self._weights["wish"])
        words = random.randrange(len(self._weights["words"][language]))
        return {
            "goal": _pick(random, self._weights["goal"]),
            "field": field if way == "field" else None,
            "interest": self._weights["words"][language][words] if way == "words" else None,
        }

    def _about_background(self, random: Random, language: str, wished: str) -> dict[str, Any]:
        situation = self._known(random, "situation")
        of_whom = "working" if situation in WORKING else "others"
        time = _said(_pick(random, self._weights["schedule"][of_whom]))
        return {
            "situation": situation,
            "education": _said(_pick(random, self._weights["education"][language])),
            "schedule": None if time is None else [time],
            "competence": self._competence(random, wished),
        }

    def _about_limits(self, random: Random, language: str) -> dict[str, Any]:
        online = self._known(random, "online")
        taught = self._known(random, "teaching_languages")
        in_days = self._known(random, "start_in_days")
        return {
            "online_ok": None if online is None else online != "never",
            "online_only": True if online == "only" else None,
            "max_distance_km": self._known(random, "max_distance_km"),
            "weekly_hours": self._known(random, "weekly_hours"),
            "budget_eur": self._known(random, "budget_eur"),
            "teaching_languages": taught and taught.replace("own", language).split(),
            "start_by": in_days and (self._today + timedelta(days=in_days)).isoformat(),
        }

    def _competence(self, random: Random, wished: str) -> list[dict[str, str]] | None:
        field = {"wished": wished, "other": self._field(random), UNSAID: None}[
            _pick(random, self._weights["competence"])
        ]
        if field is None:
            return None
        return [{"words": field, "kind": "occupation", "field": field}]

    def _field(self, random: Random) -> str:
        broad = _pick(random, self._weights["fields"])
        fields = load_fields().fields
        return random.choice([field.code for field in fields if field.parent == broad])

    def _known(self, random: Random, name: str) -> Any:
        return _said(_pick(random, self._weights[name]))


def _pick(random: Random, weights: _Weights) -> Any:
    return random.choices(list(weights), list(weights.values()))[0]


def _said(value: Any) -> Any:
    return None if value == UNSAID else value
