from __future__ import annotations

import numpy as np
import pytest

from tests.web.desk.coaches import open_desk
from tests.web.desk.talks import talk_with
from web import likeness
from web.keys import LIKENESS, PSEUDONYMS

FAILED = {"intent": "nlu_fallback", "confidence": 0.4}


class FakeEncoder:
    """Says that texts with the same first letter are alike, and counts what it was asked."""

    name = "fake"

    def __init__(self):
        self.asked = []

    def passages(self, texts):
        self.asked += texts
        return np.array([[float(text[0] == letter) for letter in "mhk"] for text in texts])

    def question(self, text):
        return self.passages([text])[0]


@pytest.fixture
async def encoder(client):
    encoder = FakeEncoder()
    client.app[LIKENESS]._load = lambda: encoder
    return encoder


@pytest.fixture
async def lead(client, encoder):
    return await open_desk(client, "lea", role="lead")


def decided(rows):
    return rows(
        "SELECT number, verdict, intent, slots, paraphrase, who FROM reviews ORDER BY number"
    )


async def test_messages_that_are_alike_stand_together(client, lead, encoder, rows):
    first = await talk_with(client, ("mist rahhaa", FAILED), ("hoitsuks", {"confidence": 0.2}))
    second = await talk_with(client, ("mistä massia", FAILED))
    page = await lead.text("/coach/reviews")
    assert (
        "Not understood (2 alike)" in page and "Tells about oneself or one's wishes, 20 %" in page
    )
    assert page.index("mist rahhaa") < page.index("hoitsuks")
    subjects = {
        subject for (subject,) in rows("SELECT subject FROM audit WHERE action = 'view_reviews'")
    }
    assert subjects == {client.app[PSEUDONYMS].in_audit(one) for one in (first, second)}
    await lead.text("/coach/reviews")
    assert len(encoder.asked) == 3


async def test_without_an_encoder_the_inbox_is_there(client, lead):
    await talk_with(client, ("mist rahhaa", FAILED), ("Mist rahhaa?", FAILED))
    client.app[LIKENESS]._load = lambda: None
    assert "(2 alike)" in await lead.text("/coach/reviews")

    def fail():
        raise OSError("no file")

    client.app[LIKENESS]._load = fail
    assert "mist rahhaa" in await lead.text("/coach/reviews")


async def test_an_empty_inbox_says_so(lead):
    assert "Everything has been reviewed" in await lead.text("/coach/reviews")


async def test_many_are_decided_at_once(client, lead, rows):
    found = await talk_with(client, ("mist rahhaa", FAILED), ("hoitsuks", {"confidence": 0.2}))
    both = {"message": [f"{found}.1", f"{found}.3"], "act": "confirmed"}
    response = await lead.post("/coach/reviews", both)
    assert response.headers["Location"] == "/coach/reviews?done=1"
    assert decided(rows) == [(3, "confirmed", "inform", "{}", None, "lea")]
    one = {"message": f"{found}.1", "act": "out_of_scope"}
    response = await lead.post("/coach/reviews", one)
    assert response.headers["Location"] == "/coach/reviews?done=1"
    page = await lead.text("/coach/reviews?done=1")
    assert "Saved for one message." in page and "rahhaa" not in page
    assert len(rows("SELECT id FROM audit WHERE action = 'review_decided'")) == 2


async def test_correcting_leads_to_the_form(client, lead):
    found = await talk_with(client, ("mist rahhaa", FAILED))
    fields = {"message": f"{found}.1", "act": "correct"}
    address = (await lead.post("/coach/reviews", fields)).headers["Location"]
    assert address == f"/coach/reviews/one?message={found}.1"
    page = await lead.text(address)
    assert '<textarea id="wording"' in page and page.count("mist rahhaa") == 2
    assert "Money" not in page and "Study grant and loan" in page


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"act": "confirmed"}, "?none=1"),
        ({"message": "nonsense", "act": "passed"}, "?none=1"),
        ({"message": "0" * 32 + ".1", "act": "passed"}, "?done=0"),
        ({"message": "0" * 32 + ".1", "act": "burn"}, ""),
    ],
)
async def test_nothing_ticked_decides_nothing(lead, fields, where):
    response = await lead.post("/coach/reviews", fields)
    assert response.headers["Location"] == f"/coach/reviews{where}"


async def test_a_correction_is_stored_with_its_facts_and_wording(client, lead, rows):
    found = await talk_with(client, ("vois Seinäjoel iltasin hoitsuks", FAILED))
    response = await lead.post(
        "/coach/reviews/one",
        {
            "message": f"{found}.1",
            "act": "corrected",
            "intent": "inform",
            "place": "seinäjoki",
            "schedule": "evening",
            "budget_eur": "0",
            "wording": "haluaisin sairaanhoitajan opintoja illalla",
        },
    )
    assert response.status == 303, await response.text()
    assert decided(rows) == [
        (
            1,
            "corrected",
            "inform",
            '{"place": "743", "schedule": ["evening"], "budget_eur": 0}',
            "haluaisin sairaanhoitajan opintoja illalla",
            "lea",
        )
    ]


async def test_what_was_understood_is_filled_in_and_kept(client, lead, rows):
    slots = {"place": "743", "places": ["743", "905"], "start_by": "2027-01-31", "interest": "omat"}
    found = await talk_with(client, ("hoitsuks", {"slots": slots}))
    page = await lead.text(f"/coach/reviews/one?message={found}.1")
    assert 'value="Seinäjoki"' in page
    fields = {"message": f"{found}.1", "act": "corrected", "intent": "inform", "place": "Seinäjoki"}
    assert (await lead.post("/coach/reviews/one", fields)).status == 303
    [(_, _, _, stored, *_)] = decided(rows)
    assert stored == '{"place": "743", "places": ["743", "905"], "start_by": "2027-01-31"}'


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"intent": ""}, "Choose what the person meant"),
        ({"intent": "nlu_fallback"}, "Choose what the person meant"),
        ({"place": "Atlantis"}, "“Place” cannot be"),
        ({"weekly_hours": "many"}, "“Hours a week” cannot be"),
        ({"budget_eur": "1e999"}, "“Euros at most” cannot be"),
        ({"goal": "gold"}, "“Goal” cannot be"),
        ({"schedule": "never"}, "“Times” cannot be"),
        ({"wording": "Mist saa rahhaa"}, "too near to the person"),
        ({"wording": "soita 040 123 4567"}, "cannot be used"),
        ({"act": "confirmed"}, "nothing to confirm"),
    ],
)
async def test_what_is_wrong_is_told_and_nothing_stored(client, lead, rows, change, told):
    found = await talk_with(client, ("mist saa rahhaa", FAILED))
    fields = {"message": f"{found}.1", "act": "corrected", "intent": "faq_study_grant", **change}
    response = await lead.post("/coach/reviews/one", fields)
    page = await response.text()
    assert response.status == 400 and told in page, page
    assert decided(rows) == []


async def test_the_persons_words_left_as_offered_are_no_wording(client, lead, rows):
    found = await talk_with(client, ("mist saa rahhaa", FAILED))
    fields = {"message": f"{found}.1", "act": "corrected", "intent": "faq_study_grant"}
    response = await lead.post("/coach/reviews/one", {**fields, "wording": "mist saa rahhaa"})
    assert response.status == 303
    assert decided(rows)[0][4] is None


async def test_a_coach_reviews_what_is_allowed(client, encoder, desk):
    found = await talk_with(client, ("mist saa rahhaa", FAILED))
    assert "rahhaa" not in await desk.text("/coach/reviews")
    response = await desk.get(f"/coach/reviews/one?message={found}.1")
    assert response.status == 404


async def test_vectors_are_kept_by_hash_and_not_for_ever(monkeypatch):
    monkeypatch.setattr(likeness, "KEPT", 2)
    encoder = FakeEncoder()
    made = likeness.Likeness(lambda: encoder)
    first = await made.vectors(["m", "h", "m"])
    assert first.shape == (3, 3) and encoder.asked == ["m", "h"]
    await made.vectors(["k"])
    assert len(made._vectors) == 2
    assert await made.vectors([]) is None
    made.close()
