"""People who go on talking while something breaks, and how soon each is answered again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle

from aiohttp import ClientSession

from tests.faults.records import check_answered_once
from tests.scale.people import Person, arrive, check_history
from tests.scale.test_scale import TALKS

PEOPLE = 10
THINK_SECONDS = 0.5
RECOVERY_SECONDS = 150.0


@dataclass(frozen=True)
class Turn:
    """One message: whose, when it was said and answered, and whether with an apology."""

    person: str
    said_at: float
    answered_at: float
    is_apology: bool


@dataclass(frozen=True)
class Recovery:
    """How the crowd fared from a fault on."""

    answered_again_seconds: float
    longest_wait_seconds: float
    apologies: int
    messages: int

    def as_line(self, fault: str) -> str:
        """Return a line of the table."""
        return (
            f"{fault}: {self.answered_again_seconds:.1f} s / {self.longest_wait_seconds:.1f} s / "
            f"{self.apologies} of {self.messages} messages"
        )


@dataclass
class Crowd:
    """People in conversations of their own."""

    people: list[Person]
    turns: list[Turn] = field(default_factory=list)
    is_over: bool = False

    async def talk(self, person: Person, language: str) -> None:
        """Say one thing after the other until it is over."""
        for line in cycle(TALKS[language]):
            before, said_at = person.apologies, time.monotonic()
            await person.say(line)
            is_apology = person.apologies > before
            self.turns.append(Turn(person.id, said_at, time.monotonic(), is_apology))
            if self.is_over:
                return
            await asyncio.sleep(THINK_SECONDS)

    async def recover(self, since: float) -> Recovery:
        """Wait until everybody has a real answer to something said after `since`."""
        deadline = time.monotonic() + RECOVERY_SECONDS
        while len(again := self._answered_again(since)) < len(self.people):
            assert time.monotonic() < deadline, "somebody is not answered any more"
            await asyncio.sleep(0.05)
        hit = [turn for turn in self.turns if turn.answered_at > since]
        return Recovery(
            max(again.values()) - since,
            max(turn.answered_at - turn.said_at for turn in hit),
            sum(turn.is_apology for turn in hit),
            len(hit),
        )

    def _answered_again(self, since: float) -> dict[str, float]:
        """Return when each person got the first real answer to something said since."""
        first: dict[str, float] = {}
        for turn in self.turns:
            if turn.said_at >= since and not turn.is_apology:
                first.setdefault(turn.person, turn.answered_at)
        return first


@asynccontextmanager
async def talking_crowd(url: str, database: str, *, count: int = PEOPLE) -> AsyncIterator[Crowd]:
    """Have people talk at `url`; at the end assert that nothing was lost or answered twice."""
    languages = list(TALKS)
    async with ClientSession() as session:
        spoken = [languages[number % len(languages)] for number in range(count)]
        people = [await arrive(session, url, language) for language in spoken]
        crowd = Crowd(people)
        talking = asyncio.gather(*map(crowd.talk, people, spoken))
        try:
            await crowd.recover(time.monotonic())
            yield crowd
        except BaseException:
            talking.cancel()
            await asyncio.gather(talking, return_exceptions=True)
            raise
        crowd.is_over = True
        await talking
        for person in people:
            check_history(person, await person.history())
    await asyncio.to_thread(check_answered_once, database, [person.id for person in people])
