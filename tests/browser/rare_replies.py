"""What the scripted bot says in the kinds of replies that few conversations come to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.browser.replies import bot, options

HEARD = "hoidin äitiä kotona kolme vuotta"
LETTER = (
    "Hei,\npyydän, että aiempi osaamiseni arvioidaan ja tunnustetaan. Kyse on opinnoista: "
    "Johdatus sosiaalialaan.\nOsaan jo tätä:\n– lääkkeistä huolehtiminen\nVoin näyttää osaamiseni "
    "näin:\n– Työtodistus: lähihoitaja\nYstävällisin terveisin"
)
EXERCISE = "Kirjoita kolme asiaa, joissa onnistuit viime viikolla."


def comparison(today: date, count: int = 3) -> dict[str, Any]:
    """Return options side by side: some rows differ, one is the same, one is not all known."""
    rows = [
        ("price", "Hinta", ["900 €", "Maksuton", None]),
        ("credits", "Laajuus", ["60 op", "5 op", "15 op"]),
        ("place", "Paikka", ["Seinäjoki", None, "Etelä-Pohjanmaa"]),
        ("if_not", "Jos et pääse", ["Opintopisteet jäävät sinulle, ja voit hakea uudelleen"] * 3),
        ("education", "Pohjakoulutus", ["Ei vaatimusta"] * 3),
    ]
    return bot(
        "Tässä rinnakkain vaihtoehdot. Erot ovat ylimpänä.",
        custom={
            "kind": "comparison",
            "options": options(today)[:count],
            "rows": [
                {"code": code, "label": label, "values": values[:count]}
                for code, label, values in rows
            ],
        },
    )


def saved(today: date, count: int = 2) -> dict[str, Any]:
    """Return what is put aside, each with a button to take it away again."""
    kept = [
        option
        | {
            "actions": [
                {
                    "title": "Poista tallennetuista",
                    "payload": f'/save_option{{"option": "{option["id"]}", "choice": "remove"}}',
                }
            ]
        }
        for option in options(today)[:count]
    ]
    text = f"Tallessa olevat vaihtoehdot: {count}." if count else "Et ole vielä tallentanut mitään."
    return bot(text, custom={"kind": "saved", "options": kept})


def competence() -> dict[str, Any]:
    """Return strengths from two stories, one of them in the person's own words alone."""
    return bot("Tässä osaamisesi, kuten sen kuulin.", custom=_competence() | {"kind": "competence"})


def career_skills() -> dict[str, Any]:
    """Return the result of the check of career-planning skills."""
    areas = [
        ("self", "Itsensä tunteminen", 4),
        ("world", "Työn ja opintojen tunteminen", 2),
        ("information", "Tiedon ja avun hakeminen", 3),
        ("choices", "Valintojen tekeminen", 1),
        ("change", "Muutoksen kestäminen", 3),
        ("steps", "Askelten ottaminen ja osaamisesta kertominen", 2),
    ]
    return bot(
        "Tunnet itsesi hyvin. Valintojen tekemistä voit harjoitella.",
        custom={
            "kind": "career_skills",
            "areas": [{"code": code, "text": text, "value": value} for code, text, value in areas],
            "weakest": "choices",
            "exercise": EXERCISE,
        },
    )


def recognition() -> dict[str, Any]:
    """Return the draft of a request, which the reply's text holds as well."""
    return bot(LETTER, custom={"kind": "recognition"} | _recognition())


def plan(today: date) -> dict[str, Any]:
    """Return a plan that holds every part."""
    first, second, _ = options(today)
    enrol = _task("enrol", f"Ilmoittaudu opintoihin: {first['title']}", today, 12)
    ask = _task("ask_authority", "Kerro opinnoista työllisyysalueelle.", today, 4)
    price = _task("ask_price", "Kysy koululta, mitä opinnot maksavat.", today, None)
    return bot(
        "Tein suunnitelman tallentamistasi vaihtoehdoista.",
        custom={
            "kind": "plan",
            "goal": "Haluan auttaa ihmisiä, uusi ammatti",
            **_competence(),
            "options": [first, second],
            "steps": [
                ask | {"option": None, "is_deadline": False},
                enrol | {"option": first["id"], "is_deadline": True},
                price | {"option": second["id"], "is_deadline": False},
            ],
            "fallback": f"Jos tämä ei onnistu, seuraava vaihtoehto on {second['title']}.",
            "helpers": [
                {"code": "library", "text": "Kirjasto", "why": "Apua laitteisiin."},
                {"code": "coach", "text": "Valmentaja", "why": "Käy suunnitelman läpi kanssasi."},
            ],
            "checklists": [
                {"option": first["id"], "title": first["title"], "items": [enrol, price]},
                {"option": second["id"], "title": second["title"], "items": [price]},
            ],
            "recognition": _recognition(),
            "summary": "Tavoite: uusi ammatti",
        },
        buttons=[("Pyydä soittoa", "/request_callback")],
    )


def _task(code: str, text: str, today: date, days: int | None) -> dict[str, Any]:
    by = None if days is None else (today + timedelta(days=days)).isoformat()
    return {"code": code, "text": text, "by": by}


def _competence() -> dict[str, Any]:
    return {
        "areas": [{"code": "home", "text": "Koti ja läheiset", "asked": True}],
        "strengths": [
            {"code": "care", "text": "toisen ihmisen hoitaminen", "from": HEARD},
            {"code": "medicine", "text": "lääkkeistä huolehtiminen", "from": HEARD},
            {"code": None, "text": "teen ryijyjä", "from": "teen ryijyjä"},
        ],
        "gaps": [{"code": "guidance", "text": "ryhmän ohjaaminen"}],
        "directions": [],
    }


def _recognition() -> dict[str, Any]:
    return {
        "title": "Johdatus sosiaalialaan",
        "text": LETTER,
        "evidence": ["Työtodistus: lähihoitaja"],
        "note": "Koulu päättää jokaisen pyynnön erikseen.",
    }
