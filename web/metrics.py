"""What the gateway counts, in Prometheus' text format."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from coaching.demand import KINDS as UNMET_KINDS
from coaching.figures import NOT_UNDERSTOOD
from coaching.transcript import Understood
from web.failures import KINDS

TURN_SECONDS = (0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
GATEWAY_SECONDS = (0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.025, 0.05, 0.1, 1.0)
CONFIDENCE = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
# A turn's parts: until the one before is done, storing what came, the bot, storing the answer.
STAGES = ("wait", "receive", "bot", "store")
STAGE_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
# What a message was: words with a meaning, words without one, or a button.
READINGS = ("understood", "fallback", "button")


class Histogram:
    """How many times were at most each of some limits in seconds."""

    def __init__(self, limits: Sequence[float]) -> None:
        """Begin with no times; `limits` rise."""
        self._limits = (*limits, float("inf"))
        self._counts = [0] * len(self._limits)
        self._sum = 0.0

    def add(self, seconds: float) -> None:
        """Count a time."""
        self._sum += seconds
        self._counts[bisect_left(self._limits, seconds)] += 1

    def as_lines(self, name: str) -> list[str]:
        """Return the counts under a name."""
        return [f"# TYPE opastin_{name} histogram", *self.as_samples(name)]

    def as_samples(self, name: str, label: str = "") -> Iterator[str]:
        """Yield the counts under a name, and a label where it has several histograms."""
        total = 0
        for limit, count in zip(self._limits, self._counts, strict=True):
            total += count
            most = "+Inf" if limit == float("inf") else limit
            labels = ",".join(filter(None, (label, f'le="{most}"')))
            yield f"opastin_{name}_bucket{{{labels}}} {total}"
        own = f"{{{label}}}" if label else ""
        yield f"opastin_{name}_sum{own} {self._sum:.6f}"
        yield f"opastin_{name}_count{own} {total}"


@dataclass(frozen=True)
class Queue:
    """Who waits for a coach now: how many, and the longest of them."""

    waiting: int
    longest_seconds: float


@dataclass
class Metrics:
    """Counts since the start; none of them says anything about one person."""

    responses: Counter[int] = field(default_factory=Counter)
    conversations: Counter[str] = field(default_factory=Counter)
    failures: int = 0
    erasures: int = 0
    callbacks: int = 0
    # A message from when it came until its answer was sent, and how that was shared out.
    turns: Histogram = field(default_factory=lambda: Histogram(TURN_SECONDS))
    bot: Histogram = field(default_factory=lambda: Histogram(TURN_SECONDS))
    gateway: Histogram = field(default_factory=lambda: Histogram(GATEWAY_SECONDS))
    stages: dict[str, Histogram] = field(
        default_factory=lambda: {name: Histogram(STAGE_SECONDS) for name in STAGES}
    )
    confidence: Histogram = field(default_factory=lambda: Histogram(CONFIDENCE))
    # What has a number from the start can be compared with later ones.
    failures_by_kind: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(KINDS, 0)))
    readings: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(READINGS, 0)))
    unmet: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(UNMET_KINDS, 0)))
    # When retention was last kept, in seconds since 1970; 0 until it was.
    purged_at: float = 0.0
    # Says whether other gateways are heard; None where there are none.
    hears_others: Callable[[], bool] | None = None

    def count_turn(self, began: float, bot_seconds: float | None) -> None:
        """Count a message that came at `began` on the performance counter and is answered now.

        `bot_seconds` of that were the bot's; with None it was not asked, and nothing is counted.
        """
        if bot_seconds is None:
            return
        seconds = time.perf_counter() - began
        self.turns.add(seconds)
        self.bot.add(bot_seconds)
        self.gateway.add(seconds - bot_seconds)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count how long a part of a turn takes, whatever comes of it."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.stages[name].add(time.perf_counter() - began)

    def count_reading(self, understood: Understood | None, *, is_button: bool) -> None:
        """Count what the bot made of a message, and how sure it was of words."""
        if is_button:
            self.readings["button"] += 1
        elif understood is not None:
            is_lost = understood.intent in (None, NOT_UNDERSTOOD)
            self.readings["fallback" if is_lost else "understood"] += 1
            if understood.confidence is not None:
                self.confidence.add(understood.confidence)

    def as_text(
        self, *, sockets: int, queue: Queue | None = None, workers: Sequence[bool] = ()
    ) -> str:
        """Return all counts; `sockets` are open now, and without `queue` nobody could be asked.

        `workers` says of each whether it can answer.
        """
        lines = [
            *_counters("responses", "status", self.responses.items()),
            *_counters("conversations", "channel", self.conversations.items()),
            *_counters("failures", "kind", self.failures_by_kind.items()),
            *_counters("messages", "reading", self.readings.items()),
            *_counters("unmet_searches", "kind", self.unmet.items()),
            *_counter("bot_failures", self.failures),
            *_counter("erasures", self.erasures),
            *_counter("callback_requests", self.callbacks),
            *_gauge("sockets", sockets),
            *_gauge("workers", len(workers)),
            *_gauge("workers_ready", sum(workers)),
            *_gauge("database_up", int(queue is not None)),
            *_gauge("purged_timestamp_seconds", round(self.purged_at)),
            *(() if self.hears_others is None else _gauge("relay_up", int(self.hears_others()))),
            *(() if queue is None else _gauge("queue_waiting", queue.waiting)),
            *(() if queue is None else _gauge("queue_longest_seconds", queue.longest_seconds)),
            *self.turns.as_lines("turn_seconds"),
            *self.bot.as_lines("bot_seconds"),
            *self.gateway.as_lines("gateway_seconds"),
            *self.confidence.as_lines("confidence"),
            "# TYPE opastin_stage_seconds histogram",
            *(
                sample
                for stage, times in self.stages.items()
                for sample in times.as_samples("stage_seconds", f'stage="{stage}"')
            ),
        ]
        return "\n".join(lines) + "\n"


def _counter(name: str, count: int) -> tuple[str, str]:
    return f"# TYPE opastin_{name}_total counter", f"opastin_{name}_total {count}"


def _counters(name: str, label: str, counts: Iterable[tuple[object, int]]) -> Iterator[str]:
    yield f"# TYPE opastin_{name}_total counter"
    for value, count in sorted(counts, key=lambda item: str(item[0])):
        yield f'opastin_{name}_total{{{label}="{value}"}} {count}'


def _gauge(name: str, value: float) -> tuple[str, str]:
    return f"# TYPE opastin_{name} gauge", f"opastin_{name} {value}"
