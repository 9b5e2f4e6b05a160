"""What the gateway counts, in Prometheus' text format."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

TURN_SECONDS = (0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
GATEWAY_SECONDS = (0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.025, 0.05, 0.1, 1.0)


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
        lines = [f"# TYPE opastin_{name} histogram"]
        total = 0
        for limit, count in zip(self._limits, self._counts, strict=True):
            total += count
            label = "+Inf" if limit == float("inf") else limit
            lines.append(f'opastin_{name}_bucket{{le="{label}"}} {total}')
        lines.append(f"opastin_{name}_sum {self._sum:.6f}")
        lines.append(f"opastin_{name}_count {total}")
        return lines


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

    def as_text(self, *, sockets: int) -> str:
        """Return all counts; `sockets` are open now."""
        lines = [
            "# TYPE opastin_responses_total counter",
            *(
                f'opastin_responses_total{{status="{status}"}} {count}'
                for status, count in sorted(self.responses.items())
            ),
            "# TYPE opastin_conversations_total counter",
            *(
                f'opastin_conversations_total{{channel="{channel}"}} {count}'
                for channel, count in sorted(self.conversations.items())
            ),
            *_counter("bot_failures", self.failures),
            *_counter("erasures", self.erasures),
            *_counter("callback_requests", self.callbacks),
            "# TYPE opastin_sockets gauge",
            f"opastin_sockets {sockets}",
            *self.turns.as_lines("turn_seconds"),
            *self.bot.as_lines("bot_seconds"),
            *self.gateway.as_lines("gateway_seconds"),
        ]
        return "\n".join(lines) + "\n"


def _counter(name: str, count: int) -> tuple[str, str]:
    return f"# TYPE opastin_{name}_total counter", f"opastin_{name}_total {count}"
