"""Read what clients send, strictly: every field known, every value one that can be used."""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from aiohttp import web

from coaching.models import CLIENT_ID_LENGTH, PAYLOAD_LENGTH
from opastin.texts import LANGUAGES
from web.errors import ApiError

MAX_BODY_BYTES = 16 * 1024
# A form writes one letter as up to twelve; and what is too long must come back to be shortened.
MAX_FORM_BYTES = 64 * 1024
MAX_FORM_FIELDS = 20
# Whoever sends a letter now and then would keep a connection, and what waits on it, for good.
BODY_SECONDS = 20.0
FORM = "application/x-www-form-urlencoded"
KIOSK = "kiosk"
CHANNELS = ("web", KIOSK, "test")
MESSAGE_FIELDS = frozenset({"text", "payload", "client_id"})

_CLIENT_ID = re.compile(rf"[\x21-\x7e]{{1,{CLIENT_ID_LENGTH}}}")
_REFERRAL = re.compile(r"[\w-]{1,32}")
# No database takes these, so no stored reply holds them.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
# Control characters, lone halves of characters, and marks that turn the writing
# direction around or hide: never part of a message. The joiners inside emoji stay.
_REMOVED_CATEGORIES = frozenset({"Cc", "Cs"})
_REMOVED_CHARACTERS = frozenset(
    "\u200b\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


@dataclass(frozen=True)
class Sent:
    """What a person sent: either words or a button's payload."""

    text: str | None
    payload: str | None
    client_id: str | None


async def read_body(request: web.Request, fields: Collection[str]) -> dict[str, Any]:
    """Return a request's JSON object, or raise an ApiError that names the unknown field."""
    return parse_object(await receive(request), fields)


async def receive(request: web.Request) -> bytes:
    """Return a request's body, or raise an ApiError when it is too long in coming or breaks off."""
    try:
        return await asyncio.wait_for(request.read(), BODY_SECONDS)
    except asyncio.TimeoutError as error:
        raise ApiError("slow") from error
    except ConnectionResetError as error:
        # Whoever sent it has gone, which is no failure of ours.
        raise ApiError("malformed") from error


async def read_form(request: web.Request) -> dict[str, str]:
    """Return the fields of a page's form; of several with one name, the last."""
    # aiohttp would read the parts of a form of another kind without any limit.
    if request.content_type != FORM:
        raise ApiError("malformed")
    try:
        data = await receive(request.clone(client_max_size=MAX_FORM_BYTES))
    except web.HTTPRequestEntityTooLarge as error:
        raise ApiError("too_large") from error
    try:
        fields = parse_qsl(
            data.decode("ascii"), keep_blank_values=True, max_num_fields=MAX_FORM_FIELDS
        )
    except ValueError as error:
        raise ApiError("malformed") from error
    return dict(fields)


def parse_object(data: bytes | str, fields: Collection[str] | None) -> dict[str, Any]:
    """Return the JSON object in `data`; with `fields` None every field is allowed."""
    try:
        # Deep nesting exhausts the reader's stack, which must not look like our failure.
        body = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ApiError("malformed") from error
    if not isinstance(body, dict):
        raise ApiError("malformed")
    if fields is not None:
        check_fields(body, fields)
    return body


def check_fields(given: Mapping[str, Any], fields: Collection[str]) -> None:
    """Raise an ApiError that names a field of `given` that is not one of `fields`."""
    for name in given:
        if name not in fields:
            raise ApiError("unknown_field", name=clean(name)[:CLIENT_ID_LENGTH])


def read_message(body: Mapping[str, Any], *, max_characters: int) -> Sent:
    """Return the message in a JSON object: words without control characters, or a payload."""
    text, payload = body.get("text"), body.get("payload")
    if text is not None and payload is not None:
        raise ApiError("text_or_payload")
    client_id = read_client_id(body)
    name, value = ("text", text) if payload is None else ("payload", payload)
    if value is None:
        raise ApiError("missing_field", name=name)
    if not isinstance(value, str):
        raise ApiError("wrong_value", name=name)
    limit = max_characters if payload is None else PAYLOAD_LENGTH
    if len(value.strip()) > limit:
        raise ApiError("too_large")
    if payload is not None:
        if not payload.strip():
            raise ApiError("empty")
        if _UNSTORABLE.search(payload):
            raise ApiError("forbidden")
        return Sent(None, payload, client_id)
    words = clean(value)
    if not words:
        raise ApiError("empty")
    return Sent(words, None, client_id)


def clean(text: str) -> str:
    """Return the text without what is never meant to be read: line breaks and emoji stay."""
    kept = (
        character
        for character in _LINE_ENDS.sub("\n", text).replace("\t", " ")
        if character == "\n"
        or (
            character not in _REMOVED_CHARACTERS
            and unicodedata.category(character) not in _REMOVED_CATEGORIES
        )
    )
    return "".join(kept).strip()


def read_choice(given: Mapping[str, Any], name: str, choices: Collection[str], default: str) -> str:
    """Return a field that is one of `choices`, or `default` where it is not given."""
    value = given.get(name, default)
    if not isinstance(value, str) or value not in choices:
        raise ApiError("wrong_value", name=name)
    return value


def read_language(given: Mapping[str, Any], default: str) -> str:
    """Return the field `language`, or `default` where it is not given."""
    return read_choice(given, "language", LANGUAGES, default)


def read_flag(given: Mapping[str, Any], name: str) -> bool | None:
    """Return a field that is true or false, None where it is not given."""
    value = given.get(name)
    if name in given and not isinstance(value, bool):
        raise ApiError("wrong_value", name=name)
    return value


def read_referral(given: Mapping[str, Any]) -> str | None:
    """Return the code that sent the person here, None where none is given."""
    code = given.get("referral")
    if code is None or (isinstance(code, str) and _REFERRAL.fullmatch(code)):
        return code
    raise ApiError("wrong_value", name="referral")


def read_client_id(body: Mapping[str, Any]) -> str | None:
    """Return the sender's own id of a message, or raise an ApiError for one of another shape."""
    client_id = body.get("client_id")
    if client_id is None or (isinstance(client_id, str) and _CLIENT_ID.fullmatch(client_id)):
        return client_id
    raise ApiError("wrong_value", name="client_id")


def read_number(given: Mapping[str, Any], name: str, *, least: int, most: int, default: int) -> int:
    """Return a whole number from `least` to `most`, written as a number or in an address."""
    value: Any = given.get(name, default)
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ApiError("wrong_value", name=name)
    return int(value)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON.")
