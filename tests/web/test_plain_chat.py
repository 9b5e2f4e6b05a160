"""The chat without scripts, as its forms meet the gateway."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.web.handoffs import OFFERED, YES, Office
from web.keys import SETTINGS
from web.plain_chat import COOKIE
from web.wording import load_strings


class Browser:
    """Somebody with a browser that runs no scripts."""

    def __init__(self, client):
        self.client = client
        self.html = ""

    async def get(self, address="/chat?language=en", **headers):
        response = await self.client.get(address, headers=headers)
        self.html = await response.text()
        return response

    async def post(self, headers=None, **fields):
        found = re.search(r'name="proof" value="(\w+)"', self.html)
        proof = {"proof": found.group(1)} if found else {}
        response = await self.client.post("/chat", data={**proof, **fields}, headers=headers)
        self.html = await response.text()
        return response

    @property
    def cookies(self):
        return {cookie.key: cookie for cookie in self.client.session.cookie_jar}


@pytest.fixture
async def browser(client):
    browser = Browser(client)
    await browser.get()
    await browser.post(start="yes", language="en")
    return browser


async def test_the_beginning_keeps_no_cookie(client):
    browser = Browser(client)
    response = await browser.get()
    assert response.status == 200
    assert "Start the chat" in browser.html
    assert browser.cookies == {}


async def test_a_conversation_goes_on_by_page_loads(browser, rasa):
    await browser.post(text="I like <b>bread</b>", client_id="one")
    assert "I like &lt;b&gt;bread&lt;/b&gt;" in browser.html
    assert "You said: I like" in browser.html

    await browser.post(payload="/affirm", client_id="two")

    assert rasa.requests[-1]["payload"] == "/affirm"
    assert browser.html.count("disabled") >= 2


async def test_pressing_twice_says_it_once(browser, rasa):
    for _ in range(2):
        await browser.post(text="hello", client_id="same")
    assert len(rasa.requests) == 1


async def test_the_cookie_is_out_of_reach_and_the_page_is_stored_nowhere(browser):
    response = await browser.get()
    cookie = browser.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/chat")
    assert cookie["max-age"] == cookie["expires"] == ""
    assert response.headers["Cache-Control"] == "no-store"
    policy = response.headers["Content-Security-Policy"]
    assert "script-src" not in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert cookie.value not in browser.html
    assert cookie.value.partition(".")[0] not in browser.html


async def test_over_https_the_cookie_is_secure(open_gateway, settings):
    client = await open_gateway(replace(settings, public_url="https://opastin.example"))
    response = await client.post("/chat", data={"start": "yes"}, allow_redirects=False)
    assert response.status == 303
    assert "Secure" in response.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_forms_of_other_pages_are_refused(browser, rasa, headers):
    response = await browser.post(headers, text="forged")
    assert response.status == 403
    assert rasa.requests == []


@pytest.mark.parametrize("proof", ["", "0" * 64, "ä"])
async def test_forms_without_proof_are_refused(browser, rasa, proof):
    response = await browser.client.post("/chat", data={"proof": proof, "text": "forged"})
    assert response.status == 401
    assert rasa.requests == []


async def test_a_page_of_an_earlier_conversation_leaves_the_present_one_alone(browser, rasa):
    old = browser.html
    await browser.post(start="yes", language="en")
    await browser.post(text="second conversation")
    browser.html = old
    response = await browser.post(text="typed on the old page")
    assert response.status == 401
    assert "second conversation" in browser.html
    assert "typed on the old page" in browser.html
    assert "That page was old" in browser.html
    assert COOKIE in browser.cookies
    assert len(rasa.requests) == 1


async def test_a_browser_that_has_forgotten_the_chat_is_told_so(browser):
    browser.client.session.cookie_jar.clear()
    response = await browser.post({"Accept-Language": "sv"}, text="hej")
    assert response.status == 401
    assert "har redan glömt samtalet" in browser.html


@pytest.mark.parametrize("text", ["🙂" * 2000, "ทดสอบ" * 400])
async def test_a_long_message_in_any_script_is_taken(browser, rasa, text):
    response = await browser.post(text=text)
    assert response.status == 200
    assert rasa.requests[-1]["text"] == text


async def test_far_too_long_a_message_is_told_too(browser, rasa):
    response = await browser.post(text="x" * 100_000)
    assert response.status == 413
    assert "too long" in browser.html
    assert COOKIE in browser.cookies
    assert rasa.requests == []


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\nx\r\n--b--\r\n"),
        ("text/plain", b"text=hi"),
        ("application/x-www-form-urlencoded", b"\xff=1"),
        ("application/x-www-form-urlencoded", b"a=1&" * 21),
        ("application/x-www-form-urlencoded; charset=none", b"\xe4"),
    ],
)
async def test_forms_of_another_kind_are_malformed(browser, rasa, kind, data):
    headers = {"Content-Type": kind}
    response = await browser.client.post("/chat", data=data, headers=headers)
    assert response.status == 400
    assert "Start the chat" not in await response.text()
    assert rasa.requests == []


async def test_a_payload_that_was_never_offered_is_refused(browser, rasa):
    response = await browser.post(payload="/restart")
    assert response.status == 403
    assert "This button can no longer be used" in browser.html
    assert rasa.requests == []


async def test_too_long_a_message_comes_back_with_the_reason(browser):
    response = await browser.post(text="ä" * 2001)
    assert response.status == 413
    assert "ä" * 2001 in browser.html
    assert "too long" in browser.html
    assert (await browser.post(text="  ")).status == 400


async def test_language_and_easy_language_are_changed(browser):
    await browser.post(change="language", language="fi")
    assert '<html lang="fi">' in browser.html
    await browser.post(plain="on")
    assert "Vaihda yleiskieleen" in browser.html
    assert (await browser.post(change="language", language="de")).status == 400


async def test_a_conversation_is_rated(browser, rows):
    await browser.post(feedback="ask")
    assert "How well did this chat help you?" in browser.html
    await browser.post(payload='/feedback{"rating": 5}')
    assert "Thank you for your rating" in browser.html
    assert rows("SELECT payload FROM messages") == [('/feedback{"rating": 5}',)]


async def test_a_conversation_is_erased_after_one_question(browser, rows):
    await browser.post(erase="ask")
    assert "Delete this chat?" in browser.html
    assert rows("SELECT count(*) FROM conversations") == [(1,)]
    await browser.post(erase="yes")
    assert "Your chat has been deleted." in browser.html
    assert rows("SELECT count(*) FROM conversations") == [(0,)]
    assert browser.cookies == {}


async def test_an_ended_conversation_gives_a_new_beginning(browser, client):
    token = browser.cookies[COOKIE].value
    conversation = token.partition(".")[0]
    await client.delete(
        f"/api/conversations/{conversation}", headers={"Authorization": f"Bearer {token}"}
    )
    response = await browser.get()
    assert response.status == 410
    assert "Start the chat" in browser.html
    assert browser.cookies == {}


async def test_erasure_confirmed_in_the_chat_ends_it(browser, rasa):
    rasa.answer = lambda _: rasa.say("Gone.", custom={"kind": "erased"})
    await browser.post(text="delete everything")
    assert "Your chat has been deleted." in browser.html
    assert browser.cookies == {}


async def test_without_the_bot_the_person_is_told(browser, rasa):
    rasa.answer = lambda _: {}
    response = await browser.post(text="hello")
    assert response.status == 200
    assert "answer right now" in browser.html


async def test_new_conversations_of_an_address_are_limited(open_gateway, settings):
    client = await open_gateway(replace(settings, conversations_per_minute=1))
    browser = Browser(client)
    await browser.post(start="yes", language="en")
    client.session.cookie_jar.clear()
    await browser.get()
    assert (await browser.post(start="yes", language="en")).status == 429
    assert "Start the chat" in browser.html


@pytest.mark.parametrize("language", ["sv", "en"])
def test_languages_have_the_same_words(language):
    for name in ("plain.{}", "widget-more.{}"):
        assert load_strings(name.format("fi")).keys() == load_strings(name.format(language)).keys()


async def test_who_sent_the_person_goes_along_to_the_conversation(browser, rows):
    browser.client.session.cookie_jar.clear()
    await browser.get("/chat?language=en&referral=KIRJASTO-1")
    assert 'name="referral" type="hidden"' in browser.html or 'value="KIRJASTO-1"' in browser.html
    await browser.post(start="yes", language="en", referral="KIRJASTO-1")
    assert ("KIRJASTO-1",) in rows("SELECT referral FROM conversations")


async def test_the_way_to_a_coach_works_by_page_loads(browser, rasa):
    office = Office(browser.client, browser.client.app[SETTINGS].now())
    maija = await office.coach()
    rasa.answer = lambda _: rasa.say("A coach?", custom=OFFERED, asked="handoff")
    await browser.post(text="human please")
    assert "If you allow it" in browser.html
    assert "You have not told anything yet" in browser.html
    await browser.post(payload=YES)
    assert "You are waiting for a coach." in browser.html
    assert "In the queue before you: 0" in browser.html
    (key,) = [one.conversation_id for one in await office.waiting(maija)]
    assert await office.handoffs.claim(key, maija)
    await office.handoffs.say(key, maija, "Hello there!")
    await browser.get("/chat")
    assert "Maija, a coach, has joined the chat" in browser.html
    assert "Coach Maija" in browser.html
    await browser.post(text="hello")
    assert "You said: hello" not in browser.html
