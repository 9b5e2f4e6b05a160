from __future__ import annotations

import pytest
from urllib3.util import parse_url

from catalog.importers.urls import follow, is_address, read_address, shown
from opastin.errors import UserError


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("https://a.example/b", True), ("ftp://a", True), ("a/b.csv", False), ("C:/a.csv", False)],
)
def test_addresses_are_told_from_files(text, is_one):
    assert is_address(text) is is_one


def test_an_address_is_shown_in_one_line_and_not_too_long():
    assert shown("https://a.example/\n\x1b[2J") == "https://a.example/??[2J"
    assert len(shown("a" * 1000)) < 300


def test_from_https_no_redirect_leads_to_http():
    secure = parse_url("https://a.example/b")
    with pytest.raises(UserError, match="from https to http"):
        follow(secure, "http://a.example/c", "a")
    assert follow(secure, "c?d#e", "a").url == "https://a.example/c?d"
    assert follow(parse_url("http://a.example/"), "https://b.example/", "a").scheme == "https"


@pytest.mark.parametrize(
    "text",
    [
        *("file:///etc/passwd", "ftp://a.example/", "http://", "https://[", "http:///a", "a://b"),
        *("http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/"),
    ],
)
def test_only_addresses_of_the_web_are_read(text):
    with pytest.raises(UserError):
        read_address(text)


def test_no_user_is_taken_out_of_an_address_into_a_message():
    with pytest.raises(UserError) as error:
        read_address("https://user:secret@a.example/")
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("location", ["http://[fe80::1%25eth0]/", "//[fe80::1%25eth0]/a"])
def test_no_redirect_leads_to_a_network_interface(location):
    with pytest.raises(UserError, match="no address to follow"):
        follow(parse_url("http://a.example/"), location, "a")
