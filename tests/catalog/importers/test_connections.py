from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import threading
from typing import ClassVar

import pytest

from catalog.importers import connections
from catalog.importers.address import Fetcher
from catalog.importers.connections import Guard, is_public
from opastin.errors import UserError


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "2a00:1450:400f::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet_are_public(text):
    assert is_public(text)


@pytest.mark.parametrize(
    "text",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254"),  # noqa: S104
        "172.16.0.1",
        *("192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::127.0.0.1", "::ffff:10.0.0.1", "fe80::1%eth0", "fc00::1", "fec0::1"),
        *(
            "ff02::1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001:0:7f00:1::",
            "2001:db8::",
            "3fff::1",
            "5f00::1",
        ),
        *(
            "192.88.99.1",
            "::ffff:192.88.99.1",
        ),
    ],
)
def test_all_others_are_not(text):
    assert not is_public(text)


class Unreachable(socket.socket):
    tried: ClassVar[list[object]] = []

    def connect(self, address):
        self.tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")


def answer(*addresses):
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]


def test_what_was_checked_is_connected_to_whatever_the_name_means_later(monkeypatch):
    answers = iter([answer("8.8.8.8"), answer("127.0.0.1")])
    monkeypatch.setattr(connections.socket, "getaddrinfo", lambda *_, **__: next(answers))
    monkeypatch.setattr(connections.socket, "socket", Unreachable)
    monkeypatch.setattr(Unreachable, "tried", [])
    with pytest.raises(UserError, match="cannot be connected to: Connection refused"):
        Guard(allow_private=False).connect("rebinding.example", 80)
    assert Unreachable.tried == [("8.8.8.8", 80)]


def test_one_address_of_an_own_network_spoils_a_name(monkeypatch):
    mixed = answer("8.8.8.8", "192.168.0.1")
    monkeypatch.setattr(connections.socket, "getaddrinfo", lambda *_, **__: mixed)
    with pytest.raises(UserError, match=r"192\.168\.0\.1"):
        Guard(allow_private=False).connect("mixed.example", 80)


@pytest.fixture
def certificate(tmp_path):
    """A certificate for 127.0.0.1 that nobody has signed but itself."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.timezone.utc)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "server.pem"
    path.write_bytes(
        built.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture
def tls_port(certificate):
    """The port of a server that answers one request by TLS, and then drips."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    over = threading.Event()

    def serve(listening):
        try:
            with context.wrap_socket(listening.accept()[0], server_side=True) as client:
                path = client.recv(1000).split(b" ")[1]
                client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe")
                while path == b"/drip" and not over.wait(0.05):
                    client.sendall(b"")
                client.sendall(b"llo")
        except OSError:
            pass

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        over.set()
        thread.join(5)


def fetch(port, path="/", seconds=10.0):
    fetcher = Fetcher(most_bytes=100, seconds=seconds, allow_private=True)
    try:
        with fetcher.fetch(f"https://127.0.0.1:{port}{path}") as file:
            return file.read()
    finally:
        fetcher.close()


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tls_port):
    with pytest.raises(UserError, match="certificate that is not trusted"):
        fetch(tls_port)


def test_a_trusted_server_is_read_and_cut_off_in_time(tls_port, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert fetch(tls_port) == b"hello"


def test_tls_is_cut_off_in_time(tls_port, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(UserError, match=r"took longer than 0\.5 seconds"):
        fetch(tls_port, "/drip", seconds=0.5)
