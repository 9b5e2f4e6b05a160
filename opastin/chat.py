"""`opastin chat`: the same bot in the terminal, through the same gateway."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, TextIO

import click
from aiohttp import ClientSession

from opastin.errors import UserError
from opastin.run import open_socket, prepare, serving, use_fast_loop
from opastin.settings import Settings, load_settings
from opastin.supervisor import HOST
from opastin.terminal import Card, load_card
from opastin.texts import LANGUAGES

PROMPT = "> "
# Nobody types faster than this, and lines from a pipe are not an attack.
MESSAGES_PER_MINUTE = 100_000
# How often, and how long each time, one waits for a service that has had enough for the moment.
MOST_WAITS = 3
LONGEST_WAIT_SECONDS = 90


@click.command()
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="fi", show_default=True, help="To begin in."
)
def command(language: str) -> None:
    """Talk with the bot in the terminal. A number presses a button; Ctrl-D ends."""
    settings = replace(load_settings(), messages_per_minute=MESSAGES_PER_MINUTE)
    model = prepare(settings, lambda line: click.echo(line, err=True))
    use_fast_loop()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_chat(settings, model, language))


@dataclass(frozen=True)
class Conversation:
    """One conversation with a gateway."""

    session: ClientSession
    url: str
    id: str
    token: str

    async def send(self, message: dict[str, str]) -> list[dict[str, Any]]:
        """Send a text or a payload; return the replies."""
        headers = {"Authorization": f"Bearer {self.token}"}
        body = {"conversation": self.id, **message}
        _, answer = await _post(self.session, f"{self.url}/api/messages", body, headers)
        return _replies(answer)


async def start_conversation(
    session: ClientSession, url: str, language: str, *, plain_language: bool = False
) -> tuple[Conversation, list[dict[str, Any]]]:
    """Start a conversation; return it with its greeting."""
    body: dict[str, Any] = {"language": language, "channel": "test"}
    if plain_language:
        body["plain_language"] = True
    status, answer = await _post(session, f"{url}/api/conversations", body)
    if status != 201:
        raise UserError(f"No conversation could be started: {answer['error']['message']}")
    return Conversation(session, url, answer["conversation"], answer["token"]), _replies(answer)


async def _post(
    session: ClientSession, url: str, body: dict[str, Any], headers: dict[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """Post; where the service asks to come back later, come back then. Return status and answer."""
    for waits_left in range(MOST_WAITS, -1, -1):
        async with session.post(url, json=body, headers=headers) as response:
            answer = await response.json()
            if response.status != HTTPStatus.TOO_MANY_REQUESTS or not waits_left:
                break
            pause = int(response.headers.get("Retry-After", "1"))
        await asyncio.sleep(min(pause, LONGEST_WAIT_SECONDS))
    return response.status, answer


async def _chat(settings: Settings, model: Any, language: str) -> None:
    gateway = open_socket(HOST, 0)
    say = _quietly if not sys.stderr.isatty() else _on_one_line
    say("...")
    async with serving(settings, gateway, model, say=_quietly) as service:
        say("")
        async with ClientSession() as session:
            conversation, replies = await start_conversation(session, service.url, language)
            await talk(conversation, replies, sys.stdin, sys.stdout)


async def talk(
    conversation: Conversation, replies: list[dict[str, Any]], source: TextIO, output: TextIO
) -> None:
    """Carry the conversation between a person's lines and the gateway, until the lines end."""
    choices = _show(replies, output)
    async for line in _lines(source, output):
        if not line.strip():
            continue
        message = _chosen(line.strip(), choices) or {"text": line}
        replies = await conversation.send(message)
        choices = _show(replies, output)
        if any((reply["custom"] or {}).get("kind") == "erased" for reply in replies):
            return


def _chosen(line: str, choices: list[dict[str, str]]) -> dict[str, str] | None:
    if line.isdecimal() and 1 <= int(line) <= len(choices):
        return {"payload": choices[int(line) - 1]["payload"]}
    return None


def _show(replies: Iterable[dict[str, Any]], output: TextIO) -> list[dict[str, str]]:
    """Print the replies; return what can be chosen by number, in order."""
    choices: list[dict[str, str]] = []
    for reply in replies:
        card = load_card(reply["language"])
        print(f"\n{reply['text']}" if reply["text"] else "", file=output)
        if (reply["custom"] or {}).get("kind") == "plan":
            print(f"\n{reply['custom']['summary']}", file=output)
        for option in (reply["custom"] or {}).get("options", []):
            _show_option(card, option, choices, output)
        for button in reply["buttons"]:
            choices.append(button)
            print(f"  [{len(choices)}] {button['title']}", file=output)
    print(file=output, flush=True)
    return choices


def _show_option(
    card: Card, option: dict[str, Any], choices: list[dict[str, str]], output: TextIO
) -> None:
    print(f"\n{card.lines(option)}", file=output)
    for action in option["actions"]:
        choices.append(action)
        print(f"  [{len(choices)}] {action['title']}", file=output)


async def _lines(source: TextIO, output: TextIO) -> AsyncIterator[str]:
    """Yield lines as they come, without keeping the loop from what the service has to do."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    wanted = threading.Event()

    def read() -> None:
        # A thread of its own that nobody waits for: it may be reading when the chat ends.
        while wanted.wait():
            wanted.clear()
            line = source.readline()
            loop.call_soon_threadsafe(lines.put_nowait, line or None)

    threading.Thread(target=read, daemon=True, name="terminal").start()
    is_terminal = source.isatty()
    while True:
        if is_terminal:
            print(PROMPT, end="", file=output, flush=True)
        wanted.set()
        line = await lines.get()
        if line is None:
            return
        if not is_terminal:
            # A transcript of piped lines reads like the chat it was.
            print(PROMPT + line.rstrip("\n"), file=output)
        yield line


def _replies(answer: dict[str, Any]) -> list[dict[str, Any]]:
    # A bot that cannot answer says so in `replies`; anything else is a mistake of the request.
    if "replies" not in answer:
        raise UserError(f"The gateway refused the message: {answer['error']['message']}")
    return list(answer["replies"])


def _on_one_line(text: str) -> None:
    sys.stderr.write(f"\r\033[K{text}")
    sys.stderr.flush()


def _quietly(_text: str) -> None:
    """Say nothing."""
