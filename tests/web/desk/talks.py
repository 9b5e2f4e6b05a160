"""Conversations that coaches read, for the tests of transcripts and reviews."""

from __future__ import annotations

from datetime import timedelta

from tests.coaching.transcripts import begin, turn
from web.keys import SETTINGS, STORAGE

OPTIONS = {
    "kind": "options",
    "options": [
        {
            "id": "a",
            "title": "Hoitotyön perusteet",
            "provider": "Kuntayhtymä",
            "sample": False,
            "type": "course",
            "field": "0913",
            "place": "743",
            "place_name": "Seinäjoki",
            "distance_km": 0,
            "modes": ["in_person"],
            "schedule": ["evening"],
            "weekly_hours": None,
            "credits": 10,
            "duration_months": None,
            "price_eur": None,
            "teaching_languages": ["fi"],
            "level": None,
            "education_required": None,
            "apply_by": None,
            "continuous": True,
            "starts": None,
            "url": None,
            "reasons": [{"code": "nearby", "text": "Lähellä sinua"}],
            "warnings": [{"code": "price_unknown", "text": "Hinta ei ole tiedossa"}],
            "actions": [],
        }
    ],
    "total": 1,
    "fallback": None,
}


async def talk_with(client, *turns, hours_ago=1, **about):
    """Store a conversation of (words, understood) and return its id."""
    now = client.app[SETTINGS].now() - timedelta(hours=hours_ago)

    def work(session):
        conversation = begin(session, at=now, **about)
        for words, understood in turns:
            turn(session, conversation, words, at=now, **understood)
        return conversation.id

    return await client.app[STORAGE].write(work)
