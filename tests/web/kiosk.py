"""A device in front of a gateway, for the tests of kiosks."""

from __future__ import annotations

import re
from typing import Any

from aiohttp.test_utils import TestClient

from coaching import kiosks
from opastin.settings import Settings
from web.keys import SETTINGS, STORAGE

PIN = "271828"

OPTION = {
    "id": "a",
    "type": "open_university_path",
    "title": "Sosionomi (AMK), <avoimen> väylän opinnot",
    "provider": "Lakeuden ammattikorkeakoulu",
    "sample": True,
    "field": "0923",
    "place": "743",
    "place_name": "Seinäjoki",
    "distance_km": 52,
    "modes": ["blended"],
    "schedule": ["evening"],
    "weekly_hours": 12,
    "credits": 60,
    "duration_months": 12,
    "price_eur": 900,
    "apply_by": "2027-01-15",
    "continuous": False,
    "starts": "2027-02-01",
    "url": "https://lakeus.example/sosionomi",
    "reasons": [{"code": "nearby", "text": "Seinäjoelle on sinulta 52 km."}],
    "warnings": [],
    "actions": [{"title": "Lisätietoja", "payload": '/ask_details{"option": "a"}'}],
}
OTHER = {
    **OPTION,
    "id": "b",
    "title": "Johdatus",
    "apply_by": None,
    "continuous": True,
    "url": None,
}
SECRET = "tahdon auttaa vanhuksia kuten äitini"
PLAN = {
    "kind": "plan",
    "goal": SECRET,
    "strengths": [{"code": None, "text": SECRET, "from": SECRET}],
    "gaps": [{"code": "x", "text": SECRET}],
    "options": [OPTION],
    "steps": [
        {"text": "Ilmoittaudu", "by": "2027-01-15", "code": "enrol", "option": "a"},
        {"text": "Juttele opolle", "by": None, "code": "talk", "option": None},
    ],
    "fallback": "Jos paikkaa ei tule, kokeile uudelleen.",
    "helpers": [{"code": "coach", "text": "Valmentaja", "why": "auttaa valinnassa."}],
    "checklists": [
        {
            "option": "a",
            "title": "Sosionomi",
            "items": [{"code": "cv", "text": "Kokoa todistukset", "by": None}],
        }
    ],
    "recognition": {"title": "Sosionomi", "text": SECRET, "evidence": [SECRET], "note": "x"},
    "summary": SECRET,
}


async def add_kiosk(client: TestClient, name: str = "Kauhajoki") -> str:
    """Add a device and return the code that enrols it."""
    settings: Settings = client.app[SETTINGS]
    code: str = await client.app[STORAGE].write(
        lambda session: kiosks.add(session, name, pin=PIN, now=settings.now())
    )
    return code


async def enrol(client: TestClient, name: str = "Kauhajoki") -> None:
    """Add a device and enrol the client as it."""
    code = await add_kiosk(client, name)
    response = await client.post(f"/kiosk/enrol/{code}", allow_redirects=False)
    assert response.status == 303, await response.text()


def path_of(url: str) -> str:
    """Return the part of an address that a test's client asks for."""
    return re.sub(r"^https?://[^/]+", "", url)


def custom_of(kind: str, *options: dict[str, Any]) -> dict[str, Any]:
    """Return a custom part with options."""
    return {"kind": kind, "options": list(options), "total": len(options), "fallback": None}
