"""Generated conversations: sentences of the training data, and the bot's own replies.

Most conversations are short and a few are long; half of what people say holds words of their own
beside the sentence, drawn from the sample catalogue. Some were not understood, some had a coach.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bench.generated_words import sample_words
from catalog.fields import load_fields
from catalog.geography import load_geography
from coaching import search_terms
from coaching.handoff import OUTCOMES
from opastin.settings import ROOT
from opastin.texts import LANGUAGES, load_texts

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)
DAYS = 90
# The natural logarithms of how many messages there are: 7 in the middle, over 40 in one of 100.
LENGTH, SPREAD, LONGEST = 1.9, 0.8, 150
LANGUAGE_WEIGHTS = (80, 12, 8)
LABELS = ("kiire", "jatkuu", "soitettu", "palaute", "ryhmä")


@dataclass(frozen=True)
class Said:
    """One line: by the person where it has an intent, else what the bot replied."""

    text: str
    intent: str | None = None
    confidence: float | None = None


@dataclass(frozen=True)
class Talk:
    """One conversation, its lines, and what is known about it."""

    id: str
    language: str
    channel: str
    began: datetime
    lines: Sequence[Said]
    place: str | None
    field: str | None
    rating: int | None
    outcome: str | None
    label: str | None

    @property
    def spoken(self) -> list[Said]:
        """Return what the person said."""
        return [line for line in self.lines if line.intent is not None]

    @property
    def terms(self) -> set[str]:
        """Return what the search would keep of it."""
        terms = search_terms.intents(line.intent for line in self.lines)
        for line in self.lines:
            terms |= _terms(line.text, self.language, line.intent is None)
        return terms


def generate(count: int, *, seed: int = 1) -> Iterator[Talk]:
    """Yield conversations, the oldest first, the same for a seed."""
    random = Random(seed)  # noqa: S311 - nothing secret
    step = timedelta(days=DAYS) / count
    for number in range(count):
        yield _talk(random, number, NOW - timedelta(days=DAYS) + number * step)


def _talk(random: Random, number: int, began: datetime) -> Talk:
    [language] = random.choices(LANGUAGES, LANGUAGE_WEIGHTS)
    field = random.choice(_fields()) if random.random() < 0.6 else None
    length = min(LONGEST, max(1, round(random.lognormvariate(LENGTH, SPREAD))))
    lines: list[Said] = []
    for _ in range(length):
        lines.append(_message(random, language, field))
        lines += (
            Said(random.choice(_replies(language))) for _ in range(1 + (random.random() < 0.3))
        )
    had_coach = random.random() < 0.08
    return Talk(
        id=hashlib.md5(f"talk {number}".encode(), usedforsecurity=False).hexdigest(),
        language=language,
        channel="kiosk" if random.random() < 0.15 else "web",
        began=began,
        lines=lines,
        place=random.choice(_places()) if random.random() < 0.55 else None,
        field=field,
        rating=random.randint(1, 5) if random.random() < 0.12 else None,
        outcome=random.choice(OUTCOMES) if had_coach else None,
        label=random.choice(LABELS) if random.random() < 0.05 else None,
    )


def _message(random: Random, language: str, field: str | None) -> Said:
    intent, text = random.choice(_sentences(language))
    if random.random() < 0.5:
        own = sample_words().draw(random, language, field or "09", 1 + int(random.random() * 8))
        text = f"{text} {' '.join(own)}"
    if random.random() < 0.06:
        return Said(text, "nlu_fallback", round(random.uniform(0.3, 0.6), 3))
    return Said(text, intent, round(1 - random.random() ** 3 * 0.7, 3))


@lru_cache(maxsize=200_000)
def _terms(text: str, language: str, is_told: bool) -> frozenset[str]:
    return frozenset((search_terms.told if is_told else search_terms.said)(text, language))


@lru_cache(maxsize=1)
def _fields() -> list[str]:
    return [field.code for field in load_fields().fields]


@lru_cache(maxsize=1)
def _places() -> list[str]:
    geography = load_geography()
    # People live where there are many postcodes.
    return [
        place.code
        for place in geography.places
        for _ in range(geography.count_postcodes(place.code))
    ]


@lru_cache(maxsize=3)
def _sentences(language: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for path in sorted(Path(ROOT, "bot", "data", "nlu", language).glob("*.yml")):
        items: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        for item in items:
            lines = item["examples"].splitlines()
            found += ((item["intent"], line.removeprefix("- ")) for line in lines)
    return found


@lru_cache(maxsize=3)
def _replies(language: str) -> list[str]:
    texts = load_texts()
    found = []
    for name in sorted(texts.names(language)):
        try:
            found.append(texts.text(name, language))
        except KeyError:
            # It has places for values that nobody gives here.
            continue
    return found
