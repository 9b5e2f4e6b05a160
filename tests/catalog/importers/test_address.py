from __future__ import annotations

import gzip
import socket
import time

import pytest

from catalog.importers import address
from catalog.importers.address import Fetcher, NotThere
from opastin.errors import UserError
from tests.catalog.importers.web_server import body, redirect, serving, status


@pytest.fixture
def server():
    with serving() as server:
        yield server


@pytest.fixture
def slept():
    return []


@pytest.fixture
def fetch(server, slept):
    """A function that fetches a path of the server, or a whole address."""

    def fetch_(path, *, most_bytes=1_000_000, seconds=20, allow_private=True):
        fetcher = Fetcher(
            most_bytes=most_bytes, seconds=seconds, allow_private=allow_private, sleep=slept.append
        )
        target = path if "://" in path else server.address(path)
        try:
            with fetcher.fetch(target) as file:
                return file.read()
        finally:
            fetcher.close()

    return fetch_


def refused(fetch, path, **options):
    """Return the one sentence that says why not."""
    with pytest.raises(UserError) as error:
        fetch(path, **options)
    message = str(error.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


def test_an_answer_is_fetched_and_asked_for_politely(server, fetch):
    server.answers["/a?b=1,2"] = body(b"hello")
    assert fetch("/a?b=1,2") == b"hello"
    assert "Opastin" in server.headers[0]["User-Agent"]


def test_one_connection_serves_several_requests_with_a_pause(server, slept):
    ports = set()

    def answer(handler):
        ports.add(handler.client_address[1])
        handler.reply(b"x")

    server.answers["/a"] = answer
    fetcher = Fetcher(most_bytes=10, seconds=20, allow_private=True, sleep=slept.append)
    for _ in range(3):
        fetcher.fetch(server.address("/a")).close()
    fetcher.close()
    assert len(ports) == 1
    assert len(slept) == 2
    assert all(0 < pause <= address.PAUSE_SECONDS for pause in slept)


@pytest.mark.parametrize("headers", [{"Content_Encoding": "gzip"}, {}])
def test_what_is_packed_is_unpacked(server, fetch, headers):
    server.answers["/a"] = body(gzip.compress(b"hello"), **headers)
    assert fetch("/a") == b"hello"


@pytest.mark.parametrize("path", ["/long", "/packed", "/endless", "/chunked"])
def test_what_is_too_large_is_not_read_to_its_end(server, fetch, path):
    def endless(handler):
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        while handler.is_wanted():
            handler.wfile.write(b"x" * 100_000)

    def chunked(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        while handler.is_wanted():
            handler.wfile.write(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")

    server.answers["/long"] = body(b"x" * 2_000_000)
    server.answers["/packed"] = body(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    server.answers["/endless"] = endless
    server.answers["/chunked"] = chunked
    assert "is larger than 1 MB" in refused(fetch, path)


def drip(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while handler.is_wanted():
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def drip_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while handler.is_wanted():
        handler.wfile.write(b"x")
        time.sleep(0.05)


def drip_without_length(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[]")
    while handler.is_wanted():
        handler.wfile.write(b" ")
        time.sleep(0.05)


def hang(handler):
    handler.server.is_over.wait(20)


@pytest.mark.parametrize("answer", [drip, drip_headers, drip_without_length, hang])
def test_an_answer_has_an_end_in_time(server, fetch, answer):
    server.answers["/a"] = answer
    began = time.monotonic()
    assert "took longer than 0.5 seconds" in refused(fetch, "/a", seconds=0.5)
    assert time.monotonic() - began < 5


def test_a_server_that_falls_silent_is_given_up(server, fetch, monkeypatch):
    monkeypatch.setattr(address, "READ_SECONDS", 0.2)
    server.answers["/a"] = hang
    assert "has been silent for 0.2 seconds" in refused(fetch, "/a")


def test_an_answer_that_breaks_off_is_noticed(server, fetch):
    def short(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"[]")
        handler.close_connection = True

    server.answers["/a"] = short
    assert "broke off before its end" in refused(fetch, "/a")
    server.answers["/b"] = body(gzip.compress(b"x" * 1000)[:-9], Content_Encoding="gzip")
    assert "is not whole" in refused(fetch, "/b")


@pytest.mark.parametrize("start", [b"PK\x03\x04rest", b"7z\xbc\xaf\x27\x1c"])
def test_archives_are_told_apart(server, fetch, start):
    server.answers["/a"] = body(start)
    assert "unpack it and import the files" in refused(fetch, "/a")


def test_an_encoding_that_was_not_asked_for_is_refused(server, fetch):
    server.answers["/a"] = body(b"x", Content_Encoding="br")
    assert "in the encoding br" in refused(fetch, "/a")


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        (404, "404 (Not Found)"),
        (403, "not open to everybody"),
        (500, "500 (Internal Server Error)"),
        (204, "204 (No Content)"),
        (799, "799 (unknown)"),
    ],
)
def test_other_answers_than_ok_are_said_with_their_code(server, fetch, code, hint):
    server.answers["/a"] = status(code)
    assert hint in refused(fetch, "/a")


def test_what_is_not_there_can_be_told_apart(fetch):
    with pytest.raises(NotThere):
        fetch("/a")


def test_all_together_has_an_end_in_time(server, fetch, monkeypatch):
    monkeypatch.setattr(address, "LONGEST_IN_ALL_SECONDS", -1.0)
    assert "import less at once" in refused(fetch, "/a")
    assert server.asked == []


class TestABusyServer:
    def test_is_waited_for_as_long_as_it_says(self, server, fetch, slept):
        answers = iter([status(429, Retry_After="7"), status(503), body(b"hello")])
        server.answers["/a"] = lambda handler: next(answers)(handler)
        assert fetch("/a") == b"hello"
        assert [wait for wait in slept if wait >= 1] == [7, 4]

    def test_is_not_waited_for_too_long(self, server, fetch, slept):
        server.answers["/a"] = status(503, Retry_After="3600")
        assert "come back in 3600 seconds" in refused(fetch, "/a")
        assert slept == []

    def test_is_not_asked_for_ever(self, server, fetch):
        server.answers["/a"] = status(429, Retry_After="0")
        assert "was busy 4 times" in refused(fetch, "/a")
        assert len(server.asked) == 4

    @pytest.mark.parametrize("text", ["soon", "-5", "9" * 500])
    def test_may_say_nonsense(self, server, fetch, text):
        server.answers["/a"] = status(429, Retry_After=text)
        assert "busy" in refused(fetch, "/a")


class TestRedirects:
    @pytest.fixture(autouse=True)
    def elsewhere(self, monkeypatch):
        """The server counts as one of the open internet; other loopback addresses do not."""
        from catalog.importers import connections

        is_public = connections.is_public
        monkeypatch.setattr(
            connections, "is_public", lambda text: text == "127.0.0.1" or is_public(text)
        )

    def test_are_followed_five_times(self, server, fetch):
        for number in range(7):
            server.answers[f"/{number}"] = redirect(f"{number + 1}")
        server.answers["/5"] = body(b"hello")
        assert fetch("/0", allow_private=False) == b"hello"
        server.answers["/5"] = redirect("/6")
        assert "redirects more than 5 times" in refused(fetch, "/0")

    def test_that_go_round_in_circles_end(self, server, fetch):
        server.answers["/a"] = redirect("/a")
        assert "redirects more than 5 times" in refused(fetch, "/a")

    @pytest.mark.parametrize(
        "target",
        [
            *("file:///etc/passwd", "ftp://a.example/", "data:text/plain,a", "gopher://a/"),
            *("http://[", "x:", "//u:p@a.example/", "http://a b/"),
        ],
    )
    def test_to_other_things_are_not_followed(self, server, fetch, target):
        server.answers["/a"] = redirect(target)
        message = refused(fetch, "/a")
        assert "which is no address to follow" in message or "name service" in message

    @pytest.mark.parametrize(
        "host",
        [
            *("127.0.0.2", "0.0.0.0", "10.0.0.1", "100.64.0.1", "169.254.169.254", "224.0.0.1"),  # noqa: S104
            *("2130706434", "0x7f.2", "0177.0.0.2", "[::1]", "[fe80::1]", "[fc00::1]"),
            *("[::ffff:127.0.0.2]", "[::ffff:169.254.169.254]", "[64:ff9b::7f00:2]"),
            "[2002:7f00:2::]",
        ],
    )
    @pytest.mark.parametrize("allow_private", [True, False])
    def test_into_own_networks_are_not_followed(self, server, fetch, host, allow_private):
        server.answers["/a"] = redirect(f"http://{host}:{server.server_port}/b")
        server.answers["/b"] = body(b"secret")
        message = refused(fetch, "/a", allow_private=allow_private)
        assert "not of the open internet" in message
        assert server.asked == ["/a"]


def test_redirects_do_not_share_what_was_allowed_to_the_typed_address(server, fetch):
    server.answers["/a"] = redirect("/b")
    server.answers["/b"] = body(b"secret")
    assert "not of the open internet" in refused(fetch, "/a", allow_private=True)
    assert server.asked == ["/a"]


def test_own_networks_are_read_only_where_that_is_allowed(server, fetch):
    server.answers["/a"] = body(b"secret")
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"):
        target = f"http://{host}:{server.server_port}/a"
        assert "--allow-private" in refused(fetch, target, allow_private=False)
    assert server.asked == []


def test_a_server_that_does_not_speak_http_is_one_sentence(server, fetch):
    server.answers["/a"] = lambda handler: handler.wfile.write(b"\x00\xffhello\r\n\r\n")
    assert "connection broke off" in refused(fetch, "/a")


def test_a_closed_port_and_an_unknown_name_are_one_sentence(fetch):
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        port = bound.getsockname()[1]
        assert "cannot be connected to" in refused(fetch, f"http://127.0.0.1:{port}/")
    assert "name service" in refused(fetch, "https://nothing.invalid/")


def test_a_proxy_of_the_environment_is_not_used(server, fetch, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.answers["/a"] = body(b"hello")
    assert fetch("/a") == b"hello"
