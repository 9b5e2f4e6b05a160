"""What people say in `bench.turns`, one after the other and many at once; and how long it takes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count

from aiohttp import ClientError

from bench.turns_sides import Running
from bench.turns_talk import NoAnswerError, Said, Talk

# Questions, facts and wishes; the number makes each new, so that nobody knows it from a cache.
LINES = {
    "fi": (
        "Paljonko opinnot maksavat, kysymys {n}?",
        "Asun Seinäjoella, haluan opiskella ohjelmointia ja voin matkustaa {n} kilometriä",
        "Mitä opintopiste tarkoittaa, kysyn jo {n}. kerran?",
        "Mitä vaihtoehtoja minulle on, kysymys {n}?",
        "Voinko saada opintotukea, jos opiskelen {n} opintopistettä?",
    ),
    "sv": (
        "Vad kostar studier på {n} studiepoäng?",
        "Jag bor i Vasa, vill läsa ekonomi och kan resa högst {n} kilometer",
        "Vad betyder studiepoäng, jag frågar för {n}:e gången?",
        "Vilka alternativ finns det för mig, fråga {n}?",
        "Kan jag få studiestöd om jag läser {n} studiepoäng?",
    ),
    "en": (
        "How much do studies of {n} credits cost?",
        "I live in Tampere, want to study programming and can travel {n} kilometres",
        "What does a credit mean? This is my question number {n}",
        "What options are there for me, question {n}?",
        "Can I get a study grant if I study {n} credits?",
    ),
}
# The turns to look at, each with two on both sides of it: in there every line comes once.
MARKS = (5, 50, 200)
AROUND = 2
# As long as a conversation of somebody who is one of many.
TURNS_A_CONVERSATION = 10


@dataclass(frozen=True)
class Timed:
    """A turn that was timed, and whether both sides answered the same."""

    side: str
    turn: int
    milliseconds: float
    processor_ms: float
    is_same: bool
    has_options: bool


@dataclass(frozen=True)
class Crowd:
    """What so many people at once did in a stretch of time."""

    side: str
    users: int
    turns: int
    seconds: float
    milliseconds: Sequence[float]
    unanswered: int
    own_processor_seconds: float
    processor_seconds: dict[str, float]


class Lines:
    """Gives lines in turn, never the same text twice."""

    def __init__(self) -> None:
        """Begin with plausible numbers."""
        self._numbers = count(200)

    def line(self, language: str, turn: int) -> str:
        """Return a new line of the kind that is due at a turn; the second says what is wished."""
        return LINES[language][(turn - 1) % len(LINES[language])].format(n=next(self._numbers))


async def talk_long(
    bots: Sequence[Running], lines: Lines, language: str, *, marks: Sequence[int] = MARKS
) -> list[Timed]:
    """Have one long conversation with each bot, the same line to both in turn; return the turns."""
    timed: list[Timed] = []
    talks = [await bot.begin(language) for bot in bots]
    # The greeting was the first.
    for turn in range(2, max(marks) + AROUND + 1):
        text = lines.line(language, turn)
        # Who is first changes, lest one always find the processor's caches as the other left them.
        pairs = list(zip(bots, talks, strict=True))
        answers = [
            await _measured(bot, talk, text) for bot, talk in pairs[:: 1 if turn % 2 else -1]
        ]
        timed += _as_timed(answers, turn)
    return timed


async def talk_at_once(bot: Running, lines: Lines, *, users: int, seconds: float) -> Crowd:
    """Let so many people talk without thinking for so long; return what they got done."""
    took: list[float] = []
    unanswered: list[str] = []
    own, processors = time.process_time(), bot.processor_seconds()
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(
        *(_keep_talking(bot, lines, number, until, took, unanswered) for number in range(users))
    )
    # The last answers came when the time was over already.
    lasted = time.perf_counter() - began
    after = bot.processor_seconds()
    return Crowd(
        side=bot.recipe.side,
        users=users,
        turns=len(took),
        seconds=lasted,
        milliseconds=took,
        unanswered=len(unanswered),
        own_processor_seconds=time.process_time() - own,
        processor_seconds={name: after[name] - processors[name] for name in after},
    )


async def _keep_talking(
    bot: Running, lines: Lines, number: int, until: float, took: list[float], failed: list[str]
) -> None:
    language = tuple(LINES)[number % len(LINES)]
    while time.perf_counter() < until:
        with suppress(NoAnswerError):
            began = time.perf_counter()
            talk = await bot.begin(language)
            took.append((time.perf_counter() - began) * 1000)
            for turn in range(2, TURNS_A_CONVERSATION + 1):
                if time.perf_counter() >= until:
                    return
                try:
                    milliseconds, _ = await _timed(talk, lines.line(language, turn + number))
                except (NoAnswerError, ClientError, asyncio.TimeoutError) as error:
                    failed.append(type(error).__name__)
                else:
                    took.append(milliseconds)


async def _measured(bot: Running, talk: Talk, text: str) -> tuple[str, float, float, Said]:
    before = sum(bot.processor_seconds().values())
    milliseconds, said = await _timed(talk, text)
    spent = sum(bot.processor_seconds().values()) - before
    return talk.side, milliseconds, spent * 1000, said


async def _timed(talk: Talk, text: str) -> tuple[float, Said]:
    began = time.perf_counter()
    said = await talk.say(text)
    return (time.perf_counter() - began) * 1000, said


def _as_timed(answers: Sequence[tuple[str, float, float, Said]], turn: int) -> Iterator[Timed]:
    is_same = len({said.text for *_, said in answers}) == 1
    for side, milliseconds, processor_ms, said in answers:
        yield Timed(side, turn, milliseconds, processor_ms, is_same, said.has_options)
