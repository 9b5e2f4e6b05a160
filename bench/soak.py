"""Whether the service's memory stays flat over thousands of conversations.

`python -m bench.soak` starts a service of its own, has people talk with it, and looks at the memory
of each process after every tenth of the conversations; the first tenth, in which caches fill, is
told apart. It prints the figures as JSON. 2,000 conversations take minutes; a day of a busy
service is `--conversations 20000`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from aiohttp import ClientSession

from bench.turns_through_gateway import LINES, family, serving
from opastin.chat import start_conversation

CONVERSATIONS, PEOPLE, PARTS = 2000, 8, 10
# Long enough for the search for options and what is said about them.
MESSAGES = 4
CHILDREN = {"bot.server": "rasa", "bot.action_server": "actions"}


async def main() -> None:
    """Have the conversations and print what memory they took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--conversations", type=int, default=CONVERSATIONS)
    parser.add_argument("--people", type=int, default=PEOPLE, help="who talk at once")
    arguments = parser.parse_args()
    figures: dict[str, Any] = {"conversations": arguments.conversations}
    with tempfile.TemporaryDirectory(prefix="opastin-bench-") as home:
        async with serving(Path(home), figures) as (process, session, url):
            figures |= await soak(process, session, url, arguments)
            database = Path(home) / "conversations.db"
            written = sum(file.stat().st_size for file in database.parent.glob(f"{database.name}*"))
            figures["database_kb_a_conversation"] = round(
                written / 1000 / arguments.conversations, 1
            )
    figures["load"] = round(os.getloadavg()[0], 2)
    print(json.dumps(figures, indent=2))


async def soak(
    process: psutil.Process, session: ClientSession, url: str, arguments: argparse.Namespace
) -> dict[str, Any]:
    """Return the megabytes of each process after each part of the conversations."""
    megabytes = [memory(process)]
    unanswered = 0
    began = time.perf_counter()
    for part in range(1, PARTS + 1):
        begin, until = (arguments.conversations * at // PARTS for at in (part - 1, part))
        numbers = iter(range(begin, until))
        talking = (talk(session, url, numbers) for _ in range(arguments.people))
        unanswered += sum(await asyncio.gather(*talking))
        megabytes.append(memory(process))
        print(f"{until} conversations: {megabytes[-1]}", file=sys.stderr)
    seconds = time.perf_counter() - began
    return {
        "seconds": round(seconds),
        "turns_a_second": round(arguments.conversations * MESSAGES / seconds, 1),
        "unanswered": unanswered,
        "megabytes": {name: [at[name] for at in megabytes] for name in megabytes[0]},
        "growth_mb_after_first_tenth": {
            name: round(megabytes[-1][name] - megabytes[1][name], 1) for name in megabytes[0]
        },
    }


async def talk(session: ClientSession, url: str, numbers: Iterator[int]) -> int:
    """Have one conversation after the other while there are any; count what had no answer."""
    unanswered = 0
    for number in numbers:
        language = list(LINES)[number % len(LINES)]
        conversation, _ = await start_conversation(session, url, language)
        for line in LINES[language][:MESSAGES]:
            text = line.format(
                age=18 + number % 60, km=number % 300, hours=number % 40, euros=number
            )
            unanswered += not await conversation.send({"text": text})
    return unanswered


def memory(process: psutil.Process) -> dict[str, float]:
    """Return what each process of the service has to itself, in megabytes."""
    used = {}
    for member in family(process):
        command = " ".join(member.cmdline())
        name = next((told for module, told in CHILDREN.items() if module in command), "gateway")
        used[name] = round(member.memory_full_info().uss / 1e6, 1)
    return used


if __name__ == "__main__":
    asyncio.run(main())
