"""How fast the whole service starts and answers, and what memory it takes.

`python -m bench.turns_through_gateway` starts a service of its own with a trained model, talks
with it as people do, and prints a table on standard error and the figures as JSON on standard
output. Nothing else should run meanwhile; `load` in the figures tells whether it did.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil
from aiohttp import ClientConnectionError, ClientSession

from opastin.chat import Conversation, start_conversation

# What the project promises on two cores.
TARGETS = {
    "start_seconds": 15,
    "memory_mb": 1200,
    "turn_ms": 60,
    "turn_with_options_ms": 150,
    "turn_200_over_turn_5": 1.3,
}
# No line is said twice, so that nothing is answered from a cache of sentences.
LINES = {
    "fi": (
        "Moi, olen {age}-vuotias lähihoitaja ja haluaisin sosionomiksi työn ohessa",
        "Asun Seinäjoella, ja matkaa saa olla korkeintaan {km} kilometriä",
        "Iltaisin, noin {hours} tuntia viikossa",
        "Näytä mitä löytyy, budjetti on {euros} euroa",
        "Näytä lisää",
        "Paljonko nämä {euros} euron opinnot oikeastaan maksavat?",
        "Vain verkossa, kiitos, {km} km on liikaa",
        "Kerro lisää toisesta",
        "Voinko saada opintotukea, kun olen {age}?",
    ),
    "sv": (
        "Hej, jag är {age} år och vill läsa ekonomi vid sidan av jobbet",
        "Jag bor i Vasa och kan resa högst {km} kilometer",
        "På kvällarna, ungefär {hours} timmar i veckan",
        "Visa vad som finns, jag kan betala {euros} euro",
        "Visa fler",
        "Vad kostar {hours} studiepoäng?",
        "Hur ansöker man om man är {age}?",
    ),
    "en": (
        "Hi, I'm {age} and I would like to study programming",
        "I live in Tampere and can travel {km} kilometres",
        "In the evenings, about {hours} hours a week",
        "Show me what there is, my budget is {euros} euros",
        "Show more",
        "How much do {hours} credits cost?",
        "Do I need an entrance exam at {age}?",
    ),
}
LONG_LINE = "Mitä opintopiste tarkoittaa, kysyn jo {turn}. kerran?"
LONG_TURNS = 200


@dataclass
class Turns:
    """The times of turns in milliseconds, apart by whether study options were shown."""

    plain: list[float] = field(default_factory=list)
    with_options: list[float] = field(default_factory=list)

    def add(self, milliseconds: float, replies: Iterable[dict[str, Any]]) -> None:
        """Count one turn."""
        shown = any((reply["custom"] or {}).get("options") for reply in replies)
        (self.with_options if shown else self.plain).append(milliseconds)


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=12)
    parser.add_argument("--long", type=int, default=LONG_TURNS, help="turns of the long one")
    arguments = parser.parse_args()
    figures: dict[str, Any] = {"load": round(os.getloadavg()[0], 2)}
    with tempfile.TemporaryDirectory(prefix="opastin-bench-") as home:
        async with serving(Path(home), figures) as (process, session, url):
            before = processor_seconds(process)
            turns = await talk_much(session, url, arguments.conversations)
            count = len(turns.plain) + len(turns.with_options)
            spent = processor_seconds(process) - before
            figures |= summary("turn", turns.plain)
            figures |= summary("turn_with_options", turns.with_options)
            figures["processor_ms_a_turn"] = round(spent * 1000 / count)
            figures |= await talk_long(session, url, arguments.long)
            figures |= memory(process)
    show(figures, TARGETS)


@asynccontextmanager
async def serving(
    home: Path, figures: dict[str, Any]
) -> AsyncIterator[tuple[psutil.Process, ClientSession, str]]:
    """Run `opastin run` on a home that is ready, and time it to its first answer."""
    port = free_port()
    environment = os.environ | {
        "OPASTIN_HOME": str(home),
        "OPASTIN_MESSAGES_PER_MINUTE": "100000",
        "OPASTIN_CONVERSATIONS_PER_MINUTE": "100000",
    }
    prepare = "from opastin.run import prepare, load_settings, say; prepare(load_settings(), say)"
    made = await asyncio.create_subprocess_exec(sys.executable, "-c", prepare, env=environment)
    if await made.wait() != 0:
        sys.exit("The home could not be prepared.")
    command = (sys.executable, "-m", "opastin.cli", "run", "--port", str(port))
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=asyncio.subprocess.DEVNULL
    )
    try:
        async with ClientSession() as session:
            url = f"http://127.0.0.1:{port}"
            conversation = await first_conversation(session, url, process)
            await conversation.send({"text": "Hei"})
            figures["start_seconds"] = round(time.perf_counter() - began, 1)
            yield psutil.Process(process.pid), session, url
    finally:
        process.terminate()
        await process.wait()


async def first_conversation(
    session: ClientSession, url: str, process: asyncio.subprocess.Process
) -> Conversation:
    """Wait until the service lets a conversation begin."""
    while process.returncode is None:
        try:
            conversation, _ = await start_conversation(session, url, "fi")
        except (ClientConnectionError, ConnectionError):
            await asyncio.sleep(0.05)
        else:
            return conversation
    sys.exit("The service did not start.")


async def talk_much(session: ClientSession, url: str, conversations: int) -> Turns:
    """Have short conversations in all languages, one after the other."""
    turns = Turns()
    for number in range(conversations):
        language = list(LINES)[number % len(LINES)]
        conversation, _ = await start_conversation(session, url, language)
        for line in LINES[language]:
            text = line.format(
                age=25 + number, km=20 + number, hours=4 + number, euros=100 + number
            )
            milliseconds, replies = await timed(conversation, text)
            turns.add(milliseconds, replies)
    return turns


async def talk_long(session: ClientSession, url: str, turns: int) -> dict[str, Any]:
    """Have one long conversation; compare its end with its beginning."""
    conversation, _ = await start_conversation(session, url, "fi")
    times = [
        (await timed(conversation, LONG_LINE.format(turn=turn)))[0] for turn in range(1, turns + 1)
    ]
    # A few turns on each side, since one alone is chance.
    fifth, last = median(times[2:7]), median(times[-5:])
    return {
        "turn_5_ms": round(fifth, 1),
        f"turn_{turns}_ms": round(last, 1),
        f"turn_{turns}_over_turn_5": round(last / fifth, 2),
    }


async def timed(conversation: Conversation, text: str) -> tuple[float, list[dict[str, Any]]]:
    """Send a text; return how many milliseconds the answer took, and the replies."""
    began = time.perf_counter()
    replies = await conversation.send({"text": text})
    return (time.perf_counter() - began) * 1000, replies


def summary(name: str, times: list[float]) -> dict[str, Any]:
    """Return the median and the slow end of some times."""
    if len(times) < 2:
        return {f"{name}_count": len(times)}
    return {
        f"{name}_count": len(times),
        f"{name}_ms": round(median(times), 1),
        f"{name}_p95_ms": round(quantiles(times, n=20)[-1], 1),
    }


def family(process: psutil.Process) -> list[psutil.Process]:
    """Return the service's processes."""
    return [process, *process.children(recursive=True)]


def processor_seconds(process: psutil.Process) -> float:
    """Return the processor time that the service has taken so far."""
    return sum(sum(member.cpu_times()[:2]) for member in family(process))


def memory(process: psutil.Process) -> dict[str, Any]:
    """Return what memory each process takes, shared pages shared out where the system can tell."""
    figures = {}
    for member in family(process):
        command = " ".join(member.cmdline())
        known = ("bot.server", "bot.action_server")
        name = next((part for part in known if part in command), "gateway")
        used = member.memory_full_info()
        figures[name] = round(getattr(used, "pss", used.rss) / 1e6)
    return {"memory_mb": sum(figures.values()), "memory_mb_by_process": figures}


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def show(figures: Mapping[str, Any], targets: Mapping[str, float]) -> None:
    """Print a table for people and the figures for machines."""
    for name, value in figures.items():
        target = targets.get(name)
        verdict = (
            "" if target is None else f"at most {target}: {'yes' if value <= target else 'NO'}"
        )
        print(f"{name:28} {value!s:>10}  {verdict}".rstrip(), file=sys.stderr)
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    asyncio.run(main())
