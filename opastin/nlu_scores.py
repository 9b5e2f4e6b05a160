"""The figures of `opastin evaluate nlu`, from messages and what was understood of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from opastin.nlu_cases import Case
from opastin.nlu_slots import Tally, compare_slots
from opastin.understand import Understood

OUT_OF_SCOPE, CRISIS = "out_of_scope", "crisis"
NOTHING = "(nothing)"
BINS = 10
# Two facts and more make a frame; `places` repeats what `place` begins.
FRAME_FACTS = 2
# The normal distribution's quantile for 95 %.
_Z = 1.959964


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """Return the share; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Return Wilson's 95 % interval; None of nothing."""
        if not self.of:
            return None
        share, spread = self.count / self.of, _Z * _Z / self.of
        middle = (share + spread / 2) / (1 + spread)
        half = _Z * math.sqrt(share * (1 - share) / self.of + spread / self.of / 4) / (1 + spread)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Outcome:
    """A message and what was understood of it."""

    case: Case
    understood: Understood

    @property
    def intent(self) -> str:
        """Return the intent that was understood."""
        return self.understood.intent or NOTHING

    @property
    def is_intent_right(self) -> bool:
        """Tell whether the intent is the one meant."""
        return self.intent == self.case.intent

    @property
    def is_language_right(self) -> bool:
        """Tell whether the language is the one written."""
        return self.understood.language == self.case.language

    @cached_property
    def slots(self) -> dict[str, Tally]:
        """Return the tally of each slot that was said or found."""
        return compare_slots(self.case.slots, self.understood.slots)

    @property
    def are_slots_right(self) -> bool:
        """Tell whether all that was said was found, and nothing else."""
        return all(tally.is_perfect for tally in self.slots.values())

    @property
    def is_frame(self) -> bool:
        """Tell whether the message holds several facts."""
        return len(self.case.slots.keys() - {"places"}) >= FRAME_FACTS

    @property
    def is_out_of_scope(self) -> bool:
        """Tell whether the message is taken for out of scope, or for unclear."""
        return self.intent == OUT_OF_SCOPE or self.understood.is_in_doubt


@dataclass(frozen=True)
class Figures:
    """How well a set of messages was understood."""

    messages: int
    intent: Share
    macro_f1: float | None
    # With what the FallbackClassifier takes for unclear, and by the intent alone.
    out_of_scope_noticed: Share
    out_of_scope_noticed_by_intent: Share
    out_of_scope_false_alarms: Share
    out_of_scope_false_alarms_by_intent: Share
    in_doubt: Share
    crisis_noticed: Share
    crisis_false_alarms: Share
    all_slots: Tally
    place: Share
    frames: Share
    language: Share
    calibration_error: float | None
    slots: Mapping[str, Tally]
    intents: Mapping[str, Tally]
    # How often each intent (first) was taken for each (second).
    confusion: Mapping[tuple[str, str], int]

    @property
    def confused(self) -> list[tuple[str, str, int]]:
        """Return intents taken for others, the most frequent first."""
        pairs = [(*pair, count) for pair, count in self.confusion.items() if pair[0] != pair[1]]
        return sorted(pairs, key=lambda pair: (-pair[2], pair[:2]))


def measure(outcomes: Sequence[Outcome]) -> Figures:
    """Return the figures over `outcomes`."""
    confusion = Counter((one.case.intent, one.intent) for one in outcomes)
    slots = _sum_slots(outcomes)
    intents = _tally_intents(confusion)
    off, on = _split(outcomes, OUT_OF_SCOPE)
    distressed, others = _split(outcomes, CRISIS)
    return Figures(
        messages=len(outcomes),
        intent=_share(one.is_intent_right for one in outcomes),
        macro_f1=_macro_f1(intents),
        out_of_scope_noticed=_share(one.is_out_of_scope for one in off),
        out_of_scope_noticed_by_intent=_share(one.intent == OUT_OF_SCOPE for one in off),
        out_of_scope_false_alarms=_share(one.is_out_of_scope for one in on),
        out_of_scope_false_alarms_by_intent=_share(one.intent == OUT_OF_SCOPE for one in on),
        in_doubt=_share(one.understood.is_in_doubt for one in outcomes),
        crisis_noticed=_share(one.intent == CRISIS for one in distressed),
        crisis_false_alarms=_share(one.intent == CRISIS for one in others),
        all_slots=sum(slots.values(), Tally()),
        place=_share(one.slots["place"].right for one in outcomes if "place" in one.case.slots),
        frames=_share(one.are_slots_right for one in outcomes if one.is_frame),
        language=_share(one.is_language_right for one in outcomes),
        calibration_error=_calibration_error(outcomes),
        slots=slots,
        intents=intents,
        confusion=confusion,
    )


def measure_groups(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """Return the figures of each language, and of `all` together."""
    groups = dict.fromkeys(one.case.group for one in outcomes)
    by_group = {
        group: measure([one for one in outcomes if one.case.group == group]) for group in groups
    }
    return {**by_group, "all": measure(outcomes)}


def _share(held: Iterable[object]) -> Share:
    answers = [bool(one) for one in held]
    return Share(sum(answers), len(answers))


def _split(outcomes: Sequence[Outcome], intent: str) -> tuple[list[Outcome], list[Outcome]]:
    meant = [one for one in outcomes if one.case.intent == intent]
    return meant, [one for one in outcomes if one.case.intent != intent]


def _sum_slots(outcomes: Sequence[Outcome]) -> dict[str, Tally]:
    total: dict[str, Tally] = {}
    for outcome in outcomes:
        for name, tally in outcome.slots.items():
            total[name] = total.get(name, Tally()) + tally
    return dict(sorted(total.items()))


def _tally_intents(confusion: Mapping[tuple[str, str], int]) -> dict[str, Tally]:
    total: dict[str, Tally] = {}
    for (meant, taken), count in confusion.items():
        parts = [(meant, Tally(right=count))]
        if meant != taken:
            parts = [(meant, Tally(missed=count)), (taken, Tally(wrong=count))]
        for name, tally in parts:
            total[name] = total.get(name, Tally()) + tally
    return dict(sorted(total.items()))


def _macro_f1(intents: Mapping[str, Tally]) -> float | None:
    # An intent that nobody meant has no recall; it lowers the precision of none and the recall of
    # those it was taken for.
    scores = [tally.f1 or 0.0 for tally in intents.values() if tally.support]
    return sum(scores) / len(scores) if scores else None


def _calibration_error(outcomes: Sequence[Outcome]) -> float | None:
    if not outcomes:
        return None
    bins: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        place = min(int(outcome.understood.confidence * BINS), BINS - 1)
        bins.setdefault(place, []).append(outcome)
    gaps = (
        abs(sum(one.is_intent_right - one.understood.confidence for one in members))
        for members in bins.values()
    )
    return sum(gaps) / len(outcomes)
