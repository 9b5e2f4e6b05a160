"""Reading the gateway's requests."""

from __future__ import annotations

import pytest

from bot.incoming import BadRequestError, as_typed, read_incoming, read_payload

METADATA = {"language": "fi"}


def request(**parts):
    return {"sender": "a", "metadata": METADATA, **parts}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/restart", "restart"),
        (" \n/ //inform{}", "inform{}"),
        ("\u00a0/EXTERNAL_x", "EXTERNAL_x"),
        ("kyllä/ei", "kyllä/ei"),
        ("///", ""),
    ],
)
def test_typed_words_cannot_be_a_command(typed, words):
    assert as_typed(typed) == words
    assert read_incoming(request(text=typed)).text == words


def test_a_payload_gives_an_entity_for_each_item_of_a_list():
    payload = read_payload('/inform{"place": "905", "schedule": ["evening", "weekend"]}')
    assert payload.intent == "inform"
    assert [(e["entity"], e["value"]) for e in payload.entities] == [
        ("place", "905"),
        ("schedule", "evening"),
        ("schedule", "weekend"),
    ]


@pytest.mark.parametrize(
    "payload",
    [
        "inform",
        "/",
        "/inform ",
        "/inform{",
        "/inform{}x",
        '/inform{"a": NaN}',
        "/Inform",
        "/inform[1]",
        "//inform",
        "/in form{}",
    ],
)
def test_anything_else_is_not_a_payload(payload):
    with pytest.raises(BadRequestError):
        read_payload(payload)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {"sender": "a", "text": "hei"},
        request(),
        request(text="hei", payload="/greet"),
        request(text=""),
        request(text=3),
        request(text="hei", more=1),
        {**request(text="hei"), "sender": ""},
        {**request(text="hei"), "metadata": {"language": "de"}},
        {**request(text="hei"), "metadata": {"language": "fi", "plain_language": "yes"}},
        {**request(text="hei"), "metadata": {"language": "fi", "heard": "de"}},
        {**request(text="hei"), "metadata": {"language": "fi", "asked": 1}},
        {**request(text="hei"), "metadata": {"language": "fi", "first": None}},
        {**request(text="hei"), "metadata": {"language": "fi", "mood": "good"}},
    ],
)
def test_a_malformed_request_is_refused(body):
    with pytest.raises(BadRequestError):
        read_incoming(body)


def test_missing_metadata_has_its_usual_value():
    assert read_incoming(request(text="hei")).metadata == {
        "language": "fi",
        "plain_language": False,
        "asked": None,
        "heard": None,
        "first": False,
    }
