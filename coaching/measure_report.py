"""Everything that the page of measures, its table to download and the command tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from coaching.demand import read_demand
from coaching.demand_figures import PlaceDemand, by_place
from coaching.measure_scope import Scope
from coaching.measures import (
    Table,
    Waits,
    tabulate,
    tabulate_places,
    tell_questions,
    tell_ratings,
    tell_steps,
    tell_waits,
)
from coaching.questions import count_questions
from coaching.talks import read_talks

CHANNELS = ("web", "kiosk")
LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True)
class Report:
    """The measures of a scope; `demand` is of all channels, languages and teams."""

    scope: Scope
    weeks: Table
    channels: Table
    languages: Table
    places: Table
    # By the team's number, "" where a conversation has none.
    teams: Table
    steps: Mapping[str, int | None]
    ratings: Mapping[str, int | None]
    waits: Waits
    questions: Mapping[str, int]
    demand: Sequence[PlaceDemand]

    @property
    def is_empty(self) -> bool:
        """Say whether there are too few conversations to tell anything of them."""
        return not self.weeks.total.conversations


def make_report(session: Session, scope: Scope, *, today: date) -> Report:
    """Return the measures of a scope whose last week is this one."""
    talks = read_talks(session, scope)
    unmet = by_place(read_demand(session, weeks=scope.weeks, today=today))
    is_wanted = scope.places
    return Report(
        scope=scope,
        weeks=tabulate(talks, lambda talk: talk.week, scope.names),
        channels=tabulate(talks, lambda talk: talk.channel, CHANNELS),
        languages=tabulate(talks, lambda talk: talk.language, LANGUAGES),
        places=tabulate_places(talks),
        teams=tabulate(talks, lambda talk: "" if talk.team_id is None else str(talk.team_id)),
        steps=tell_steps(talks),
        ratings=tell_ratings(talks),
        waits=tell_waits(talks),
        questions=tell_questions(count_questions(session, scope)),
        demand=[one for one in unmet if is_wanted is None or one.place in is_wanted],
    )
