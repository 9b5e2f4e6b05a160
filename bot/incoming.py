"""What the gateway sends to the bot: read strictly, without Rasa."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from opastin.texts import LANGUAGES

PAYLOAD = re.compile(r"/(?P<intent>[a-z][a-z0-9_]*)(?P<entities>\{.*\})?", re.DOTALL)
# Rasa runs a text that begins with "/" as a command, blanks before it or not.
COMMAND_PREFIX = re.compile(r"^[\s/]+")
METADATA_KEYS = frozenset({"language", "plain_language", "asked", "heard", "first"})


class BadRequestError(ValueError):
    """The request is not a message; the text says which part is wrong, never what it held."""


@dataclass(frozen=True)
class Payload:
    """A pressed button: an intent with the entities that it stands for."""

    intent: str
    entities: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Incoming:
    """One message of a person: words or a pressed button, and what the gateway knows besides."""

    sender: str
    text: str
    payload: Payload | None
    metadata: dict[str, Any]


def read_incoming(body: object) -> Incoming:
    """Return the message in a request's JSON body, or raise BadRequestError."""
    if not isinstance(body, dict):
        raise BadRequestError("The body must be a JSON object.")
    unknown = body.keys() - {"sender", "text", "payload", "metadata"}
    if unknown:
        raise BadRequestError(f"Unknown keys: {', '.join(sorted(unknown))}.")
    sender = _text(body, "sender")
    if ("text" in body) == ("payload" in body):
        raise BadRequestError("Either `text` or `payload` must be given.")
    metadata = _read_metadata(body.get("metadata"))
    if "payload" in body:
        written = _text(body, "payload")
        return Incoming(sender, written, read_payload(written), metadata)
    return Incoming(sender, as_typed(_text(body, "text")), None, metadata)


def as_typed(text: str) -> str:
    """Return typed words as words: nothing at their start makes Rasa run them.

    >>> as_typed(" /restart")
    'restart'
    """
    return COMMAND_PREFIX.sub("", text).rstrip()


def read_payload(written: str) -> Payload:
    """Return the intent and entities of `/intent{json}`; a list gives one entity an item."""
    match = PAYLOAD.fullmatch(written)
    if match is None:
        raise BadRequestError("`payload` must be /intent or /intent{json}.")
    try:
        values = json.loads(match["entities"] or "{}", parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        # Deep nesting exhausts the reader's stack.
        raise BadRequestError("The JSON of `payload` is malformed.") from error
    entities = [
        {"entity": name, "value": item, "start": 0, "end": 0, "extractor": "payload"}
        for name, value in values.items()
        for item in (value if isinstance(value, list) else [value])
    ]
    return Payload(match["intent"], tuple(entities))


def _read_metadata(metadata: object) -> dict[str, Any]:
    if not isinstance(metadata, dict):
        raise BadRequestError("`metadata` must be an object.")
    unknown = metadata.keys() - METADATA_KEYS
    if unknown:
        raise BadRequestError(f"Unknown metadata: {', '.join(sorted(unknown))}.")
    known = {"plain_language": False, "asked": None, "heard": None, "first": False, **metadata}
    checks = {
        "language": known.get("language") in LANGUAGES,
        "plain_language": isinstance(known["plain_language"], bool),
        "asked": known["asked"] is None or isinstance(known["asked"], str),
        "heard": known["heard"] is None or known["heard"] in LANGUAGES,
        "first": isinstance(known["first"], bool),
    }
    wrong = [name for name, is_right in checks.items() if not is_right]
    if wrong:
        raise BadRequestError(f"Wrong metadata: {', '.join(wrong)}.")
    return known


def _text(body: Mapping[str, object], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str) or not value.strip():
        raise BadRequestError(f"`{key}` must be a text.")
    return value


def _refuse(constant: str) -> NoReturn:
    # Python reads NaN and Infinity, which are not JSON.
    raise ValueError(constant)
