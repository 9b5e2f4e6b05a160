"""`opastin understand`: what the bot understands of each line, as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

import click

from guidance.facts import facts_from_entities
from opastin.model import ensure_model
from opastin.settings import load_settings
from opastin.texts import DEFAULT_LANGUAGE, LANGUAGES

AUTO = "auto"
FALLBACK = "nlu_fallback"
# Rasa would parse `faq/cost` as a retrieval intent, so it is `faq_cost` inside.
INNER_PREFIX, PREFIX = "faq_", "faq/"


@dataclass(frozen=True)
class Understood:
    """What was understood of one message, in the names of the contract."""

    text: str
    language: str | None = None
    intent: str | None = None
    confidence: float = 0.0
    slots: Mapping[str, object] = field(default_factory=dict)
    entities: Sequence[Mapping[str, object]] = ()
    # The FallbackClassifier takes the message for unclear. Reports count it; it is not printed.
    is_in_doubt: bool = False

    def as_line(self) -> str:
        """Return it as one line of JSON."""
        printed = asdict(self)
        del printed["is_in_doubt"]
        return json.dumps(printed, ensure_ascii=False)


@click.command()
@click.option(
    "--language",
    type=click.Choice([AUTO, *LANGUAGES]),
    default=AUTO,
    show_default=True,
    help="The conversation's language.",
)
@click.option("--asked", metavar="SLOT", help="The slot that the bot had just asked.")
@click.argument("text", nargs=-1)
def command(language: str, asked: str | None, text: tuple[str, ...]) -> None:
    """Print what the bot understands of each TEXT, else of each line of standard input."""
    metadata: dict[str, Any] = {"asked": asked}
    if language != AUTO:
        metadata["language"] = language
    interpreter = load_interpreter()
    for line in (_clean(item) for item in text) if text else read_lines(sys.stdin.buffer):
        click.echo(interpreter.understand(line, metadata).as_line())


class Interpreter:
    """The trained model, asked about one message at a time."""

    def __init__(self, processor: Any) -> None:
        """Use the processor of a loaded Rasa agent."""
        self._processor = processor

    def understand(self, text: str, metadata: Mapping[str, Any]) -> Understood:
        """Return what is understood of `text`."""
        # Whatever a person types is text: without this, "/inform{...}" would be run.
        typed = text.lstrip("/ \t\r\n")
        if not typed.strip():
            return Understood(text)
        parsed = asyncio.run(self._parse(typed, metadata))
        return _as_understood(text, len(text) - len(typed), parsed, metadata.get("language"))

    async def _parse(self, text: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
        from rasa.core.channels.channel import UserMessage

        parsed: dict[str, Any] = await self._processor.parse_message(
            UserMessage(text, metadata=dict(metadata))
        )
        return parsed


def load_interpreter() -> Interpreter:
    """Load the model of the present data, training it first if it is missing."""
    from bot.process import prepare_process

    model = ensure_model(load_settings())
    prepare_process()
    from rasa.core.agent import Agent

    from bot.shortcuts import take_shortcuts

    take_shortcuts()
    return Interpreter(Agent.load(model).processor)


def read_lines(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of `stream` as they come; bytes that are no UTF-8 become U+FFFD."""
    lines: Iterable[bytes] = iter(stream.readline, b"")
    for line in lines:
        yield line.decode("utf-8", "replace").rstrip("\r\n")


def _clean(argument: str) -> str:
    # Bytes of an argument that are no UTF-8 arrive as lone surrogates, which cannot be printed.
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _as_understood(
    text: str, offset: int, parsed: Mapping[str, Any], given: str | None
) -> Understood:
    intent, confidence = _best_intent(parsed)
    entities = [entity for entity in parsed["entities"] if entity["entity"] != "language"]
    return Understood(
        text=text,
        language=_language(parsed.get("language") or {}, given),
        intent=intent,
        confidence=round(confidence, 4),
        slots=facts_from_entities(entities),
        entities=[
            {
                "slot": entity["entity"],
                "value": entity["value"],
                "start": entity["start"] + offset,
                "end": entity["end"] + offset,
            }
            for entity in entities
        ],
        is_in_doubt=parsed["intent"].get("name") == FALLBACK,
    )


def _best_intent(parsed: Mapping[str, Any]) -> tuple[str | None, float]:
    ranking = [parsed["intent"], *parsed.get("intent_ranking", [])]
    for candidate in ranking:
        name = candidate.get("name")
        if name and name != FALLBACK:
            if name.startswith(INNER_PREFIX):
                name = PREFIX + name[len(INNER_PREFIX) :]
            return name, float(candidate["confidence"])
    return None, 0.0


def _language(spoken: Mapping[str, Any], given: str | None) -> str | None:
    if given is not None and not spoken.get("clear"):
        return given
    return str(spoken.get("code") or DEFAULT_LANGUAGE)


if __name__ == "__main__":
    command()
