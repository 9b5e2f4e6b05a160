from __future__ import annotations

import pytest

from coaching.conversations import get
from tests.web.desk.coaches import open_desk
from tests.web.desk.talks import OPTIONS, talk_with
from web.keys import PSEUDONYMS, STORAGE
from web.wording import load_strings

SECRET = "seinäjoella"


@pytest.fixture
async def lead(client):
    return await open_desk(client, "lea", role="lead")


async def search(desk, **fields):
    """Send the form and return where it leads."""
    response = await desk.post("/coach/transcripts", fields)
    assert response.status == 303
    return response.headers["Location"]


def audited(rows, action):
    return [subject for (subject,) in rows("SELECT subject FROM audit WHERE action = ?", action)]


async def test_words_stay_out_of_the_address(client, lead, rows):
    found = await talk_with(client, (f"olen {SECRET} ja haluan hoitajaksi", {}))
    other = await talk_with(client, ("hei vaan", {}))
    address = await search(lead, words="Seinäjoki", channel="web", unknown="x")
    assert "einäjo" not in address and "unknown" not in address
    page = await lead.text(address)
    assert f"/coach/transcripts/{found}?line=1#line-1" in page
    assert SECRET in page and other not in page
    assert 'value="Seinäjoki"' in page and "1 conversation" in page
    assert audited(rows, "search_transcripts") == [client.app[PSEUDONYMS].in_audit(found)]


async def test_a_list_without_words_shows_none_and_is_not_audited(client, lead, rows):
    found = await talk_with(
        client, (SECRET, {"slots": {"place": "743", "field": "0913"}, "confidence": 0.42})
    )
    page = await lead.text("/coach/transcripts")
    assert found in page and SECRET not in page
    assert "Seinäjoki" in page and "least sure 42 %" in page and "1 message" in page
    assert audited(rows, "search_transcripts") == []


async def test_a_key_is_its_coachs_alone(client, lead):
    await talk_with(client, (SECRET, {}))
    address = await search(lead, words=SECRET)
    other = await open_desk(client, "leo", role="lead")
    page = await other.text(address)
    assert "Type them again" in page and SECRET not in page


async def test_filters_narrow_the_list(client, lead):
    near = await talk_with(client, ("hei", {"slots": {"place": "743"}}))
    far = await talk_with(client, ("hei", {"slots": {"place": "905"}, "intent": "faq_cost"}))
    page = await lead.text("/coach/transcripts?place=Etelä-Pohjanmaa")
    assert near in page and far not in page
    page = await lead.text("/coach/transcripts?intent=faq_cost&place=Vasa")
    assert far in page and near not in page
    assert 'value="Vasa"' in page and '<details open="open">' in page
    page = await lead.text("/coach/transcripts?most=0")
    assert "Nothing fits all of this" in page


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("place=Atlantis", "There is no municipality"),
        ("since=yesterday", "A date cannot be read"),
        ("until=0001-01-01", "A date cannot be read"),
    ],
)
async def test_what_cannot_be_read_is_told(lead, question, told):
    response = await lead.get(f"/coach/transcripts?{question}")
    assert response.status == 400
    assert told in await response.text()


@pytest.mark.parametrize(
    "question", ["older=x", "older=99999999999999999999", "least=-1", "rating=a", "handoff=maybe"]
)
async def test_odd_values_harm_nothing(lead, question):
    await lead.text(f"/coach/transcripts?{question}")


async def test_pages_lead_on_with_the_same_filters(client, lead):
    for _ in range(26):
        await talk_with(client, ("hei", {}))
    page = await lead.text("/coach/transcripts?channel=web")
    assert page.count('class="small"') >= 25 and "26 conversations" in page
    older = page.split('href="/coach/transcripts?channel=web&amp;older=')[1].split('"')[0]
    page = await lead.text(f"/coach/transcripts?channel=web&older={older}")
    assert page.count("data-item=") == 1 and "newer=" in page


async def test_a_transcript_tells_what_was_understood_and_why(client, lead, rows):
    found = await talk_with(
        client,
        (SECRET, {"slots": {"place": "743"}, "confidence": 0.42}),
        ("mitä löytyi", {"intent": "show_options", "custom": OPTIONS}),
        ("äöäö", {"intent": "nlu_fallback", "confidence": 0.3}),
    )
    page = await lead.text(f"/coach/transcripts/{found}")
    assert SECRET in page and "Tells about oneself or one's wishes, 42 %" in page
    assert "<dt>Place</dt><dd>Seinäjoki</dd>" in page
    assert "+ nearby, − price_unknown" in page and "Lähellä sinua" in page
    assert 'class="failed">Not understood' in page
    assert f"/coach/reviews/one?message={found}.1" in page
    assert audited(rows, "view_transcript") == [client.app[PSEUDONYMS].in_audit(found)]


async def test_a_long_transcript_is_read_in_parts(client, lead):
    found = await talk_with(client, *((f"viesti numero {number}", {}) for number in range(30)))
    page = await lead.text(f"/coach/transcripts/{found}")
    assert 'id="line-40"' in page and 'id="line-41"' not in page
    assert f"/coach/transcripts/{found}?after=40" in page and "?before=" not in page
    page = await lead.text(f"/coach/transcripts/{found}?after=40")
    assert 'id="line-60"' in page and "?before=41" in page
    page = await lead.text(f"/coach/transcripts/{found}?line=55")
    assert 'id="line-50"' in page and 'id="line-49"' not in page


async def test_a_coach_reads_only_what_is_allowed(client, desk):
    found = await talk_with(client, (SECRET, {}))
    response = await desk.get(f"/coach/transcripts/{found}")
    assert response.status == 404 and SECRET not in await response.text()
    assert found not in await desk.text("/coach/transcripts")

    def allow(session):
        conversation = get(session, found)
        conversation.coach_id, conversation.consented_at = desk.coach.id, conversation.created_at

    await client.app[STORAGE].write(allow)
    assert SECRET in await desk.text(f"/coach/transcripts/{found}")
    assert found in await desk.text("/coach/transcripts")


async def test_nobody_reads_without_logging_in(client):
    for path in ("/coach/transcripts", "/coach/transcripts/" + "0" * 32, "/coach/reviews"):
        response = await client.get(path, allow_redirects=False)
        assert response.status == 303 and "/coach/login" in response.headers["Location"]


async def test_what_is_unknown_is_told(lead):
    response = await lead.get("/coach/transcripts/" + "0" * 32)
    assert response.status == 404


@pytest.mark.parametrize("part", ["transcripts", "intents"])
def test_the_words_are_the_same_in_every_language(part):
    def names(value, path=""):
        if not isinstance(value, dict):
            return {path}
        return set().union(*(names(item, f"{path}.{key}") for key, item in value.items()))

    known = [names(load_strings(f"desk-{part}.{language}")) for language in ("fi", "sv", "en")]
    assert known[0] == known[1] == known[2]
    assert all(isinstance(key, str) for key in load_strings(f"desk-{part}.fi"))


def test_every_intent_of_the_domain_has_a_name():
    import yaml

    from opastin.settings import ROOT

    domain = yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))
    assert set(load_strings("desk-intents.fi")["intents"]) == set(domain["intents"])
