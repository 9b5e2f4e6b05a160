"""What the gateway counts, in Prometheus' text format."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

TURN_SECONDS = (0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass
class Metrics:
    """Counts since the start; none of them says anything about one person."""

    responses: Counter[int] = field(default_factory=Counter)
    conversations: Counter[str] = field(default_factory=Counter)
    failures: int = 0
    erasures: int = 0
    callbacks: int = 0
    turns: Counter[float] = field(default_factory=Counter)
    turn_seconds: float = 0.0

    def count_turn(self, seconds: float) -> None:
        """Count a message that the bot has answered."""
        self.turn_seconds += seconds
        self.turns[min((le for le in TURN_SECONDS if seconds <= le), default=float("inf"))] += 1

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
            "# TYPE opastin_turn_seconds histogram",
        ]
        total = 0
        for limit in (*TURN_SECONDS, float("inf")):
            total += self.turns[limit]
            name = "+Inf" if limit == float("inf") else limit
            lines.append(f'opastin_turn_seconds_bucket{{le="{name}"}} {total}')
        lines += [
            f"opastin_turn_seconds_sum {self.turn_seconds:.6f}",
            f"opastin_turn_seconds_count {total}",
        ]
        return "\n".join(lines) + "\n"


def _counter(name: str, count: int) -> tuple[str, str]:
    return f"# TYPE opastin_{name}_total counter", f"opastin_{name}_total {count}"
