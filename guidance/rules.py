"""Rules of studies and benefits: which version holds on a day, where, and for whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from catalog.geography import ALAND, load_geography
from guidance.profile import ANYWHERE, Profile
from guidance.rule_files import IN_ALAND_ONLY, UNKNOWN, FollowUp, Rule, RuleError, read_rules

RULES = Path(__file__).parent / "data" / "rules"
# Decides in Åland what others decide elsewhere.
DECIDES_IN_ALAND = "ams"

IN_FORCE = "in_force"
DUE = "due"
ENDED = "ended"
NOT_YET = "not_yet"
IN_ALAND = "in_aland"


@dataclass(frozen=True)
class Stated:
    """What can be said about a topic on a day at a place.

    `state` is in_force, due (holds, but should have been reviewed), ended, not_yet (no version
    has begun) or in_aland (holds elsewhere, not where the person is). Only the first two may be
    told. `rule` is the version meant; with not_yet, the one that comes first.
    """

    state: str
    rule: Rule

    @property
    def is_told(self) -> bool:
        """Say whether the rule itself may be told."""
        return self.state in (IN_FORCE, DUE)

    @property
    def decided_by(self) -> str:
        """Return the code of who decides, and is asked."""
        return DECIDES_IN_ALAND if self.state == IN_ALAND else self.rule.decided_by


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """Return the rules of this installation, read once."""
    return read_rules(RULES)


def stated(
    topic: str, today: date, place: str | None = None, *, rules: Iterable[Rule] | None = None
) -> Stated:
    """Return what to say about `topic` on `today` to a person at `place`.

    A later version takes over on its first day, for good: an older one does not come back. Where
    a region has versions of its own, only they count there.
    """
    versions = _versions(topic, place, _all(rules))
    begun = [rule for rule in versions if _begins(rule) <= today]
    if not begun:
        return Stated(NOT_YET, min(versions, key=_begins))
    rule = max(begun, key=_begins)
    if rule.not_in_aland and is_in_aland(place):
        return Stated(IN_ALAND, rule)
    return Stated(_state(rule, today), rule)


def rules_to_mend(today: date, *, rules: Iterable[Rule] | None = None) -> dict[str, list[str]]:
    """Return the topics whose rule has ended, and those whose review is due.

    A region's own rule is named by its file.
    """
    known = tuple(_all(rules))
    found: dict[str, list[str]] = {ENDED: [], DUE: []}
    for topic in sorted({rule.topic for rule in known}):
        for place in (None, ALAND):
            told = stated(topic, today, place, rules=known)
            is_own = told.rule.region is not None
            if told.state in found and (place is None or is_own):
                found[told.state].append(told.rule.stem if is_own else topic)
    return found


def follow_up(rule: Rule, profile: Profile) -> FollowUp | None:
    """Return what to add to a rule for this person: the first that fits, None without any."""
    return next((item for item in rule.follow_ups if _fits(item.when, profile)), None)


def depends_on(rule: Rule, profile: Profile, slot: str) -> bool:
    """Say whether knowing `slot`, not known yet, would tell what to add for this person."""
    if getattr(profile, slot) is not None or follow_up(rule, profile) is not None:
        return False
    return any(
        slot in item.when
        and _fits({name: item.when[name] for name in item.when if name != slot}, profile)
        for item in rule.follow_ups
    )


def is_in_aland(place: str | None) -> bool:
    """Say whether a municipality or region, where it is known, lies in Åland."""
    geography = load_geography()
    if place is None or place == ANYWHERE or geography.get(place) is None:
        return False
    return geography.region_of(place) == ALAND


def _all(rules: Iterable[Rule] | None) -> Iterable[Rule]:
    return load_rules() if rules is None else rules


def _versions(topic: str, place: str | None, rules: Iterable[Rule]) -> list[Rule]:
    versions = [rule for rule in rules if rule.topic == topic]
    own = [rule for rule in versions if rule.region == IN_ALAND_ONLY]
    elsewhere = [rule for rule in versions if rule.region is None]
    if not elsewhere:
        raise RuleError(f"No rule is about {topic!r}.")
    return own if own and is_in_aland(place) else elsewhere


def _begins(rule: Rule) -> date:
    return rule.valid_from or date.min


def _state(rule: Rule, today: date) -> str:
    if rule.valid_to is not None and today > rule.valid_to:
        return ENDED
    return DUE if today > rule.review_by else IN_FORCE


def _fits(when: Mapping[str, tuple[str, ...]], profile: Profile) -> bool:
    return all((getattr(profile, slot) or UNKNOWN) in values for slot, values in when.items())
