"""Whatever a person, a coach or a header says, reading it ends in a value or an error of ours."""

from __future__ import annotations

import json
import string
from contextlib import suppress
from dataclasses import fields
from datetime import date, datetime, time, timezone
from ipaddress import ip_address, ip_network
from types import SimpleNamespace
from typing import Any

import yaml
from aiohttp.test_utils import make_mocked_request
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from multidict import CIMultiDict

from bot.incoming import BadRequestError, as_typed, read_incoming, read_payload
from catalog.importers.documents import FieldError
from catalog.importers.durations import read_hours as read_duration
from catalog.importers.durations import read_months
from catalog.importers.markdown import from_maybe_html
from catalog.importers.moments import read_day
from catalog.importers.plain_text import from_html
from catalog.importers.prices import read_amount
from catalog.importers.urls import read_address
from coaching.masking import mask
from coaching.opening import is_open, next_open
from coaching.passwords import WeakPassword, check_password
from coaching.pseudonyms import Pseudonyms
from coaching.rewording import NotReworded, UnfitWording
from coaching.rewording import check as check_wording
from coaching.search_terms import wanted
from coaching.teams import BadTeam, read_hours
from guidance.profile import Profile
from opastin.errors import UserError
from opastin.review_files import Sentence, as_line, insert_example
from web.bodies import MESSAGE_FIELDS, clean, parse_object, read_message
from web.errors import ApiError
from web.keys import SETTINGS
from web.origins import is_allowed, is_own
from web.requests import find_token, preferred_language
from web.senders import sender_of

LONGEST_MESSAGE = 2000
LONGEST_HEADER = 8000
PROFILE_KEYS = [item.name for item in fields(Profile)]
odd = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
header_texts = st.text(alphabet=string.printable.strip(), max_size=200)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@odd
@given(st.text(max_size=LONGEST_MESSAGE))
def test_masking_keeps_the_order_and_little_more_than_there_was(text: str) -> None:
    masked = mask(text)
    # The longest token stands for no fewer than six characters.
    assert len(masked.text) <= 3 * len(text) + 20
    assert all(contact in text for contact in masked.contacts)
    assert mask(masked.text).text == masked.text or masked.contacts or "[" in masked.text


@odd
@given(st.binary(max_size=200) | json_values.map(json.dumps))
@example(b"[" * 100_000)
@example(b'{"text": ' * 20_000)
@example(b"9" * 16_000)
@example(b'{"text": 1e999}')
@example(b'{"text": NaN}')
@example(b"\xff\xfe{\x00}\x00")
def test_a_body_is_an_object_or_refused(data: bytes | str) -> None:
    with suppress(ApiError):
        assert isinstance(parse_object(data, None), dict)


@odd
@given(st.dictionaries(st.sampled_from([*MESSAGE_FIELDS, "x"]), json_values))
def test_a_message_is_words_or_a_payload_or_refused(body: dict[str, Any]) -> None:
    with suppress(ApiError):
        sent = read_message(body, max_characters=LONGEST_MESSAGE)
        assert (sent.text is None) != (sent.payload is None)


@odd
@given(st.text(max_size=300))
def test_cleaned_words_can_be_stored_and_are_clean_already(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode()
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned
    assert len(cleaned) <= len(text)


@odd
@given(st.text(max_size=200))
@example("/x" + '{"a":' * 50_000)
@example('/x{"a": ' + "[" * 50_000 + "}")
@example('/x{"a": ' + "9" * 5000 + "}")
def test_a_payload_is_read_or_refused(written: str) -> None:
    with suppress(BadRequestError):
        payload = read_payload(written)
        assert written.startswith(f"/{payload.intent}")


@odd
@given(
    json_values
    | st.fixed_dictionaries(
        {"sender": st.text(), "metadata": json_values},
        optional={"text": json_values, "payload": json_values},
    )
)
def test_what_the_gateway_sends_is_read_or_refused(body: Any) -> None:
    with suppress(BadRequestError):
        read_incoming(body)


@odd
@given(st.text(max_size=100))
def test_typed_words_never_begin_a_command(text: str) -> None:
    typed = as_typed(text)
    assert not typed.lstrip().startswith("/")


@odd
@given(st.text(max_size=60))
@example("mon-sun 0-24")
@example("mon 9-" + "9" * 5000)
@example("mon ٩-١٢")
def test_hours_are_read_or_refused(text: str) -> None:
    with suppress(BadTeam):
        for begin, end in read_hours(text).values():
            assert time.fromisoformat(begin) < time.fromisoformat(end)


@odd
@given(
    st.dictionaries(
        st.sampled_from(["mon", "wed", "sun"]),
        st.tuples(st.times(), st.times()).map(lambda both: [f"{t:%H:%M}" for t in both]),
    ),
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(timezone.utc)),
)
def test_the_next_opening_is_open_or_not_told(hours: Any, now: datetime) -> None:
    opens = next_open(hours, now)
    assert opens is None or (opens >= now and is_open(hours, opens))


@odd
@given(st.text(max_size=400), st.lists(st.text(max_size=60), max_size=3))
@example("- intent: x", [])
@example("a\n    - b", [])
@example("mistä saan [tukea](aihe) opintoihin", [])
def test_a_coachs_wording_stays_one_line_of_the_training_data(
    wording: str, originals: list[str]
) -> None:
    with suppress(NotReworded, UnfitWording):
        tidy = check_wording(wording, originals)
        before = "nlu:\n  - intent: greet\n    examples: |\n      - hei\n"
        written = insert_example(before, "greet", tidy)
        assert written is not None
        (block,) = yaml.safe_load(written)["nlu"]
        lines = block["examples"].splitlines()
        assert sorted(lines) == sorted(["- hei", f"- {tidy}"])


@odd
@given(st.text(max_size=100), st.sampled_from(["fi", "sv", "en"]))
def test_a_sentence_of_a_review_comes_back_from_its_file(text: str, language: str) -> None:
    sentence = Sentence(text, language, "faq_cost", {"place": text}, "place")
    (read,) = yaml.safe_load(as_line(sentence.as_case()))
    assert (read["text"], read["slots"]) == (text, {"place": text})


@odd
@given(st.text(max_size=200))
@example("*" * 200)
@example("ﷺ" * 50)
def test_a_search_asks_for_few_words(words: str) -> None:
    found = wanted(words)
    assert len(found) <= 8
    assert all(len(term) < 200 for want in found for term in (*want.terms, *want.beginnings))


@odd
@given(st.text(max_size=200), st.text(max_size=30))
def test_a_password_is_taken_or_refused_with_a_rule(password: str, name: str) -> None:
    with suppress(WeakPassword):
        check_password(password, name)


@given(st.text(max_size=60), st.text(max_size=60))
def test_names_for_logs_differ_by_purpose_and_hold_nothing_of_the_id(one: str, other: str) -> None:
    names = Pseudonyms(b"k" * 32)
    kinds = [names.of_erased(one), names.in_audit(one), names.of_login(one), names.of_browser(one)]
    assert len(set(kinds)) == len(kinds)
    assert len(one) < 8 or one not in "".join(kinds)
    assert names.in_logs(one) != Pseudonyms(b"j" * 32).in_logs(one)


@odd
@given(json_values | st.dictionaries(st.sampled_from(PROFILE_KEYS), json_values))
def test_a_profile_is_read_or_refused(values: Any) -> None:
    with suppress(UserError):
        Profile.from_dict(values)


@odd
@given(header_texts)
@example("http://[")
@example("//" * 500)
def test_an_origin_is_judged(origin: str) -> None:
    request = _request({"Origin": origin, "Host": "opastin.example"})
    assert is_allowed(request, request.app[SETTINGS]) in (True, False)
    assert is_own(request, request.app[SETTINGS]) in (True, False)


@odd
@given(st.lists(header_texts | st.ip_addresses().map(str), max_size=3))
def test_a_sender_is_an_address_or_a_network_whatever_was_forwarded(hops: list[str]) -> None:
    request = _request(CIMultiDict([("X-Forwarded-For", hop) for hop in hops]))
    sender = sender_of(request)
    assert sender == "" or ip_network(sender) or ip_address(sender)


@odd
@given(header_texts)
@example("a," * LONGEST_HEADER)
@example("Bearer " + "a" * LONGEST_HEADER)
def test_headers_of_any_kind_are_read(header: str) -> None:
    assert preferred_language(header) in ("fi", "sv", "en")
    token = find_token(_request({"Authorization": header}))
    assert token is None or len(token) <= 200


@odd
@given(st.text(max_size=60))
@example("P" + "9" * 5000 + "Y")
@example("9" * 5000)
@example("2026-13-45")
def test_days_durations_and_prices_are_read_or_refused(text: str) -> None:
    for read in (read_months, read_duration, read_amount):
        with suppress(FieldError):
            value = read("field", text)
            assert value is None or 0 <= value < float("inf")
    with suppress(FieldError):
        day = read_day("field", text)
        assert day is None or isinstance(day, date)


@odd
@given(st.text(max_size=300))
@example("<" * 3000)
@example("<a " * 1000)
@example("&#" * 1000)
@example("[" * 1000 + "](")
@example("*_" * 1000)
def test_marked_up_texts_lose_their_marks_and_do_not_grow(text: str) -> None:
    for plain in (from_html(text), from_maybe_html(text)):
        assert len(plain) <= 8 * len(text) + 20
        assert "<script" not in plain.casefold() or "&lt;" in text.casefold()


@odd
@given(st.text(max_size=80))
@example("http://[")
@example("http://a:99999999999/")
@example("https://a@b@c/")
@example("file:///etc/passwd")
def test_an_address_to_fetch_is_read_or_refused(text: str) -> None:
    with suppress(UserError):
        assert read_address(text).scheme in ("http", "https")


def _request(headers: Any) -> Any:
    request = make_mocked_request("GET", "/api/messages", headers=headers)
    known = SimpleNamespace(
        public_url="https://opastin.example",
        allowed_origins=("https://school.example",),
        trusted_proxies=("127.0.0.0/8", "::1"),
    )
    request.app[SETTINGS] = known
    return request
