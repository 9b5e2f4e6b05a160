"""A development plan: next steps with dates, what if it fails, who helps, what to do when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from catalog.search import Candidate
from guidance.checklists import Entry, application_of, facts_of, fitting, load_checklists
from guidance.eligibility import has_ended
from guidance.plan_dates import Dates, Day
from guidance.profile import Profile
from guidance.remarks import Remark
from guidance.suggestions import Suggestion

MAX_STEPS = 3
MAX_OPTIONS = 3


@dataclass(frozen=True)
class Step:
    """Something to do, for an option where it is about one; `day` is None when it has no date."""

    code: str
    option: Candidate | None
    day: Day | None


@dataclass(frozen=True)
class Checklist:
    """Everything to do for one option, in order; only days that somebody else set have a date."""

    option: Candidate
    items: tuple[Step, ...]


@dataclass(frozen=True)
class Plan:
    """The options of a plan, the nearest first, and what follows from them."""

    options: tuple[Suggestion, ...]
    steps: tuple[Step, ...]
    fallback: tuple[Remark, ...]
    helpers: tuple[str, ...]
    checklists: tuple[Checklist, ...]


def make_plan(
    profile: Profile, chosen: Sequence[Suggestion], spare: Suggestion | None, *, today: date
) -> Plan:
    """Return the plan for the options chosen; `spare` is the one to turn to when they fail."""
    cases = sorted(
        (_Case.of(profile, item, today=today) for item in chosen[:MAX_OPTIONS]),
        key=lambda case: case.order,
    )
    return Plan(
        options=tuple(case.suggestion for case in cases),
        steps=_steps(cases) if cases else _steps_without_option(today),
        fallback=tuple(_fallback(cases, spare, today=today)),
        helpers=_helpers(profile, cases, today=today),
        checklists=tuple(case.checklist() for case in cases),
    )


@dataclass(frozen=True)
class _Case:
    """One chosen option, with its days and what there is to do for it."""

    suggestion: Suggestion
    dates: Dates
    entries: tuple[Entry, ...]
    # What can still be applied for comes before what is closed or has ended, then the nearest day.
    order: tuple[int, date]

    @classmethod
    def of(cls, profile: Profile, suggestion: Suggestion, *, today: date) -> _Case:
        candidate = suggestion.candidate
        dates = Dates.of(candidate, profile.start_by, today=today)
        facts = facts_of(profile, suggestion, today=today)
        application = application_of(candidate, today=today)
        entries = fitting(load_checklists().items, [facts])
        if application == "ended":
            # What there is to do for any option is not done for one that nobody can take.
            entries = tuple(entry for entry in entries if "application" in entry.when)
        return cls(suggestion, dates, entries, (_ORDER.get(application, 0), dates.enrol.by))

    def checklist(self) -> Checklist:
        """Return everything to do for the option, in order."""
        days = [self.dates.before(entry.before, entry.days) for entry in self.entries]
        items = (
            Step(entry.code, self.suggestion.candidate, day if day and day.is_deadline else None)
            for entry, day in zip(self.entries, days, strict=True)
        )
        return Checklist(self.suggestion.candidate, tuple(items))

    def step(self, entry: Entry) -> Step:
        """Return an entry as a step, which always has a date."""
        day = self.dates.before(entry.before, entry.days) or Day(self.dates.start.by)
        return Step(entry.code, self.suggestion.candidate, day)


_ORDER = {"closed": 1, "ended": 2}


def _steps(cases: Sequence[_Case]) -> tuple[Step, ...]:
    """Return the three things that matter most, the nearest first."""
    ranked = [
        (entry.rank_of_others if place else entry.rank, place, entry)
        for place, case in enumerate(cases)
        for entry in case.entries
    ]
    pressing = sorted(
        ((rank, place, entry) for rank, place, entry in ranked if rank is not None),
        key=lambda item: item[:2],
    )
    steps = [cases[place].step(entry) for _, place, entry in pressing[:MAX_STEPS]]
    return tuple(sorted(steps, key=lambda step: step.day.by if step.day else date.max))


def _steps_without_option(today: date) -> tuple[Step, ...]:
    return tuple(
        Step(entry.code, None, Day(today + timedelta(days=entry.days)))
        for entry in load_checklists().without_option
    )


def _fallback(cases: Sequence[_Case], spare: Suggestion | None, *, today: date) -> Iterator[Remark]:
    """Yield what the studies still count for, the option to turn to, and the next chance."""
    if not cases:
        return
    first = cases[0].suggestion.candidate
    others = [case.suggestion for case in cases[1:]]
    other = next((item for item in others if not has_ended(item.candidate)), spare)
    if has_ended(first):
        yield Remark("instead_option", {"option": other.candidate}) if other else _SEARCH_AGAIN
        return
    yield Remark(_COUNTS_AS[first.type])
    if other is not None:
        yield Remark("other_option", {"option": other.candidate})
    if any(remark.code == "too_late_for_round" for remark in cases[0].suggestion.warnings):
        yield Remark("later_round")
    elif application_of(first, today=today) in ("dated", "unknown"):
        yield Remark("next_round")


_SEARCH_AGAIN = Remark("instead_search")
# What is left of studies that lead no further.
_COUNTS_AS = {
    "open_university_path": "counts_path",
    "path_studies": "counts_path",
    "micro_credential": "counts_certificate",
    "study_package": "counts_credits",
    "course": "counts_credits",
    "skill_badge": "counts_badge",
}


def _helpers(profile: Profile, cases: Sequence[_Case], *, today: date) -> tuple[str, ...]:
    """Return who helps with any of the options, or with finding one."""
    suggestions: list[Suggestion | None] = [case.suggestion for case in cases]
    all_facts = [facts_of(profile, item, today=today) for item in suggestions or [None]]
    return tuple(entry.code for entry in fitting(load_checklists().helpers, all_facts))
