"""The channel between the gateway and Rasa: one request a message, one reply an utterance."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.action_endpoint import ActionEndpoint
from bot.incoming import BadRequestError, Incoming, read_incoming
from opastin.settings import load_settings
from opastin.texts import LANGUAGES

NAME = "gateway"
# Rasa's own: they wipe or rewind a conversation, or stand for what nobody can mean.
RESERVED_INTENTS = frozenset({"restart", "back", "session_start", "nlu_fallback"})
# A message keeps this much of the ranking, which is stored and sent to actions every turn.
RANKING_KEPT = 5

logger = logging.getLogger(__name__)

Facts = Callable[[Sequence[Mapping[str, Any]]], dict[str, Any]]


class GatewayOutput(OutputChannel):
    """Keeps each utterance whole: text, buttons and custom part are one reply."""

    def __init__(self) -> None:
        """Begin without replies."""
        self.replies: list[dict[str, Any]] = []
        self.asked: str | None = None

    @classmethod
    def name(cls) -> str:
        return NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep an utterance as one reply, and what its last one has asked."""
        text, custom = message.get("text") or "", message.get("custom") or None
        if not text and custom is None:
            logger.error("An utterance without text and custom part was left out.")
            return
        buttons = [
            {"title": button["title"], "payload": button["payload"]}
            for button in message.get("buttons") or []
        ]
        self.replies.append({"text": text, "buttons": buttons, "custom": custom})
        self.asked = message.get("asked")


class GatewayInput(InputChannel):
    """Takes messages from the gateway alone; typed words are never a command."""

    def __init__(self, secret: str, facts: Facts) -> None:
        """Ask for `secret` in every request; `facts` folds entities into profile slots."""
        self._secret = secret.encode()
        self._facts = facts
        # Understanding takes tens of milliseconds, in which health and other people are served.
        self._parser = ThreadPoolExecutor(max_workers=1, thread_name_prefix="parser")

    @classmethod
    def name(cls) -> str:
        return NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayInput:
        """Build the channel; its secret is a setting and never stands in a file."""
        from guidance.facts import facts_from_entities

        return cls(load_settings().inner_secret, facts_from_entities)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the channel's addresses: its health, where messages go, and what they mean."""
        blueprint = Blueprint("gateway_channel")

        @blueprint.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            if _ready_agent(request) is None:
                return _error(503, "The model is not loaded yet.")
            return response.json({"status": "ok"})

        @blueprint.route("/ready", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            agent = _ready_agent(request)
            if agent is None:
                return _error(503, "The model is not loaded yet.")
            if not await agent.action_endpoint.answers():
                return _error(503, "The action server does not answer.")
            return response.json({"status": "ok"})

        @blueprint.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return _error(401, "The secret is missing or wrong.")
            agent = _ready_agent(request)
            if agent is None:
                return _error(503, "The model is not loaded yet.")
            if not await _reaches_actions(agent):
                # Nothing has been done with the message, so another worker may answer it.
                return _error(503, "The action server does not answer.")
            return await _respond(self._answer(request, agent, on_new_message))

        @blueprint.route("/parse", methods=["POST"])
        async def parse(request: Request) -> HTTPResponse:
            if not self._is_gateway(request):
                return _error(401, "The secret is missing or wrong.")
            agent = _ready_agent(request)
            if agent is None:
                return _error(503, "The model is not loaded yet.")
            return await _respond(self._explain(request, agent))

        return blueprint

    def _is_gateway(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), b"Bearer " + self._secret)

    async def _answer(
        self,
        request: Request,
        agent: Agent,
        on_new_message: Callable[[UserMessage], Awaitable[Any]],
    ) -> dict[str, Any]:
        incoming = read_incoming(_body(request))
        parse_data = await self._parse(incoming, agent)
        understood = self._understood(parse_data)
        spoken = _spoken(parse_data, incoming.metadata)
        others = [entity for entity in parse_data["entities"] if entity["entity"] not in spoken]
        # The slots are set from these, so that every action of this turn speaks so already.
        parse_data["entities"] = others + [
            {"entity": name, "value": value, "start": 0, "end": 0, "extractor": NAME}
            for name, value in spoken.items()
        ]
        output = GatewayOutput()
        await on_new_message(
            UserMessage(
                incoming.text,
                output,
                incoming.sender,
                parse_data=parse_data,
                input_channel=NAME,
                metadata=incoming.metadata,
            )
        )
        if not output.replies:
            logger.error("The bot said nothing after %s.", parse_data["intent"]["name"])
        return {"replies": output.replies, "understood": understood, "asked": output.asked} | spoken

    async def _explain(self, request: Request, agent: Agent) -> dict[str, Any]:
        """Return what a message means; the conversation never hears of it."""
        incoming = read_incoming(_body(request))
        parse_data = await self._parse(incoming, agent)
        spoken = _spoken(parse_data, incoming.metadata)
        return {"understood": self._understood(parse_data)} | spoken

    async def _parse(self, incoming: Incoming, agent: Agent) -> dict[str, Any]:
        if incoming.payload is not None:
            return _parse_payload(incoming, agent)
        if not incoming.text:
            return _parse_data("", "nlu_fallback", confidence=0.0)
        message = UserMessage(
            incoming.text, sender_id=incoming.sender, input_channel=NAME, metadata=incoming.metadata
        )
        loop = asyncio.get_running_loop()
        # The coroutine waits for nothing: it is Rasa's wrapper around plain computing.
        parse_data: dict[str, Any] = await loop.run_in_executor(
            self._parser, lambda: asyncio.run(agent.processor.parse_message(message))
        )
        parse_data["intent_ranking"] = parse_data.get("intent_ranking", [])[:RANKING_KEPT]
        return parse_data

    def _understood(self, parse_data: Mapping[str, Any]) -> dict[str, Any]:
        heard = parse_data.get("language") or {}
        return {
            "intent": parse_data["intent"]["name"],
            "confidence": float(parse_data["intent"]["confidence"]),
            "language": heard.get("code") if heard.get("clear") else None,
            "slots": self._facts(parse_data["entities"]),
            "entities": parse_data["entities"],
        }


async def _respond(work: Awaitable[dict[str, Any]]) -> HTTPResponse:
    try:
        return response.json(await work)
    except BadRequestError as error:
        return _error(400, str(error))
    except asyncio.CancelledError:
        logger.error("The gateway stopped waiting for an answer.")
        return _error(500, "The answer was cancelled.")
    except Exception as error:
        logger.error("A message could not be answered: %s", _where(error))
        return _error(500, "The message could not be answered.")


def _spoken(parse_data: Mapping[str, Any], metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the conversation is spoken in from this message on."""
    said = {entity["entity"]: entity["value"] for entity in parse_data["entities"]}
    heard = parse_data.get("language") or {}
    language = said.get("language_wish") or heard.get("use")
    plain = said.get("plain_language")
    return {
        "language": language if language in LANGUAGES else metadata["language"],
        "plain_language": plain if isinstance(plain, bool) else metadata["plain_language"],
    }


def _parse_payload(incoming: Incoming, agent: Agent) -> dict[str, Any]:
    payload, domain = incoming.payload, agent.domain
    assert payload is not None and domain is not None  # noqa: S101 - for the type checker
    if payload.intent not in set(domain.intents) - RESERVED_INTENTS:
        raise BadRequestError("The intent of `payload` is unknown.")
    if not {entity["entity"] for entity in payload.entities} <= set(domain.entities):
        raise BadRequestError("An entity of `payload` is unknown.")
    return _parse_data(incoming.text, payload.intent, list(payload.entities))


def _parse_data(
    text: str,
    intent: str,
    entities: list[dict[str, Any]] | None = None,
    *,
    confidence: float = 1.0,
) -> dict[str, Any]:
    found = {"name": intent, "confidence": confidence}
    return {
        "text": text,
        "intent": found,
        "intent_ranking": [found],
        "entities": entities or [],
    }


def _ready_agent(request: Request) -> Agent | None:
    agent = getattr(request.app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


async def _reaches_actions(agent: Agent) -> bool:
    endpoint = getattr(agent, "action_endpoint", None)
    return not isinstance(endpoint, ActionEndpoint) or await endpoint.is_there()


def _body(request: Request) -> object:
    try:
        return json.loads(request.body)
    except ValueError as error:
        raise BadRequestError("The body must be JSON.") from error


def _error(status: int, message: str) -> HTTPResponse:
    return response.json({"error": {"code": status, "message": message}}, status=status)


def _where(error: Exception) -> str:
    """Return what went wrong and where; an exception's own words may hold a person's."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name}, {frame.filename}:{frame.lineno}"
