"""Filling in responses."""

from __future__ import annotations

from bot.wording import Wording


def said(response, slots, **values):
    return Wording()._fill_response(response, slots, **values)


def test_fields_are_filled_and_the_json_of_payloads_is_left_alone():
    response = {
        "text": "Haen alaa {field}, {unknown}.",
        "buttons": [{"title": "{field}", "payload": '/inform{"field":"{code}"}'}],
    }
    assert said(response, {"field": "hoiva", "unknown": None}, code="0913") == {
        "text": "Haen alaa hoiva, {unknown}.",
        "buttons": [{"title": "hoiva", "payload": '/inform{"field":"0913"}'}],
    }


def test_braces_in_what_a_person_said_are_not_filled_again():
    assert said({"text": "{interest}"}, {"interest": "{place}", "place": "Vaasa"}) == {
        "text": "{place}"
    }
