"""Whether the bot's processes can be reached from outside this machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from opastin.doctor import Finding
from opastin.doctor_security import is_local
from opastin.settings import Settings

INNER = {"bot.server": "Rasa", "bot.action_server": "the action server"}
PROCESSES = Path("/proc")
LISTENING = "0A"


@dataclass(frozen=True)
class Inner:
    """A running process of the bot: what it is, and the port that it was told."""

    name: str
    port: int


def examine_ports(settings: Settings, processes: Path = PROCESSES) -> Iterator[Finding]:
    """Yield where the bot listens, as Linux tells it, and how gateways reach it elsewhere."""
    for url in settings.bot_urls:
        if not is_local(urlsplit(url).hostname):
            text = f"{url} is reached over a network: let gateways alone in there"
            yield Finding("optional", "workers", text)
    if not (processes / "net" / "tcp").exists():
        yield Finding("optional", "inner ports", "cannot be seen on this system")
        return
    found = sorted(set(running(processes)), key=lambda inner: inner.port)
    if not found:
        yield Finding("optional", "inner ports", "the bot is not running, so none is open")
    listening = set(listeners(processes))
    for inner in found:
        hosts = sorted(host for host, port in listening if port == inner.port)
        outside = [host for host in hosts if not is_local(host)]
        subject = f"port {inner.port}"
        if outside:
            text = f"{inner.name} listens on {', '.join(outside)}: anybody may reach it"
            yield Finding("broken", subject, f"{text}; start it by `opastin run`")
        else:
            yield Finding("ok", subject, f"{inner.name} on loopback alone")


def running(processes: Path) -> Iterator[Inner]:
    """Yield the bot's processes that this account may see."""
    for path in processes.glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().decode("utf-8", "replace").split("\0")
        except OSError:
            # It has ended meanwhile, or is another account's.
            continue
        told = dict(pairwise(words))
        name, port = INNER.get(told.get("-m", "")), told.get("--port", "")
        if name is not None and port.isdigit():
            yield Inner(name, int(port))


def listeners(processes: Path) -> Iterator[tuple[str, int]]:
    """Yield the address and port of every listening socket of the machine."""
    for table in ("tcp", "tcp6"):
        path = processes / "net" / table
        lines = path.read_text(encoding="ascii").splitlines()[1:] if path.exists() else []
        for line in lines:
            _, local, _, state, *_ = line.split()
            if state == LISTENING:
                host, port = local.split(":")
                yield str(_address(host)), int(port, 16)


def _address(written: str) -> IPv4Address | IPv6Address:
    # Linux writes each four bytes as a number of the machine's own order, which is little-endian
    # on all that Rasa runs on.
    data = b"".join(
        bytes.fromhex(written[start : start + 8])[::-1] for start in range(0, len(written), 8)
    )
    if len(data) == 4:
        return IPv4Address(data)
    address = IPv6Address(data)
    return address.ipv4_mapped or address
