"""Suggest to simulated people, and add up who was suggested and who was served."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from catalog.geography import load_geography
from catalog.search import Criteria, find_candidates
from guidance.evaluation import PAGE, Spread
from guidance.profile import LANGUAGES, Profile
from guidance.ranking import Match
from guidance.suggestions import rank
from opastin.simulated_people import People

# So many people are tried in every region, and so many in every language.
MOVED = 50
SPEAKING = 100
FEW = 3
NO_PLACE = "anywhere"
_NEAR = frozenset({"here", "region", "online"})


@dataclass
class Served:
    """How a group of people was served."""

    people: int = 0
    # Nothing at all to suggest.
    without: int = 0
    # Something, but fewer than three options.
    few: int = 0
    # At least one on the first page is in the own region, or is studied at home.
    reachable: int = 0
    # An option is not on the first page only because its id comes later in the alphabet.
    tied: int = 0

    def add(self, ranked: Sequence[Match]) -> None:
        """Count one person."""
        self.people += 1
        self.without += not ranked
        self.few += 0 < len(ranked) < FEW
        self.reachable += any(item.locality.step in _NEAR for item in ranked[:PAGE])
        self.tied += _is_decided_by_id(ranked)


@dataclass
class Trials:
    """Everything that is added up."""

    options: int
    sample_options: int
    all: Served = field(default_factory=Served)
    providers: Spread = field(default_factory=lambda: Spread(provider_of))
    types: Spread = field(default_factory=lambda: Spread(lambda item: item.candidate.type))
    regions: dict[str, Served] = field(default_factory=lambda: defaultdict(Served))
    languages: dict[str, Served] = field(default_factory=lambda: defaultdict(Served))
    # The same people, in every region and in every language.
    moved: dict[str, Served] = field(default_factory=lambda: defaultdict(Served))
    speaking: dict[str, Served] = field(default_factory=lambda: defaultdict(Served))


@dataclass(frozen=True)
class Trial:
    """One person to suggest to, and where it counts."""

    profile: Profile
    served: tuple[Served, ...]
    spreads: tuple[Spread, ...] = ()


def plan_trials(
    session: Session, people: People, count: int, *, today: date
) -> tuple[Trials, list[Trial]]:
    """Return the sums to be filled, and whom to suggest to in order to fill them."""
    options = {
        candidate.id: candidate.sample
        for candidate in find_candidates(session, Criteria(), today=today)
    }
    trials = Trials(len(options), sum(options.values()))
    return trials, list(_plan(trials, people, count))


def run_trial(session: Session, trial: Trial, *, today: date) -> None:
    """Suggest to one person, and count it."""
    ranked = rank(session, trial.profile, today=today)
    for served in trial.served:
        served.add(ranked)
    for spread in trial.spreads:
        spread.add(ranked)


def provider_of(item: Match) -> str:
    """Return the name of the option's provider, in Finnish where it has one."""
    names = item.candidate.provider
    return names.get("fi") or next(iter(names.values()), "-")


def _plan(trials: Trials, people: People, count: int) -> Iterator[Trial]:
    spreads = (trials.providers, trials.types)
    for number in range(count):
        profile = people.person(number)
        language = trials.languages[profile.language or ""]
        yield Trial(profile, (trials.all, trials.regions[_region(profile)], language), spreads)
    for region in people.regions:
        for number in range(min(MOVED, count)):
            yield Trial(people.person(number, region=region), (trials.moved[region],))
    for language_code in LANGUAGES:
        for number in range(min(SPEAKING, count)):
            profile = people.person(number, language=language_code)
            yield Trial(profile, (trials.speaking[language_code],))


def _is_decided_by_id(ranked: Sequence[Match]) -> bool:
    """Say whether an option as good and as near as one on the first page was left out."""
    shown, others = ranked[:PAGE], ranked[PAGE:]
    merits = {_merits(item) for item in shown}
    # Of a provider that is on the page already, variety is the reason.
    providers = {provider_of(item) for item in shown}
    return any(_merits(item) in merits and provider_of(item) not in providers for item in others)


def _merits(item: Match) -> tuple[float, int | None, str]:
    return (round(item.score, 6), item.locality.distance_km, item.candidate.type)


def _region(profile: Profile) -> str:
    places = profile.all_places
    return load_geography().region_of(places[0]) if places else NO_PLACE
