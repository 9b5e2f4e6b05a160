"""What the scripted bot of the browser tests says, in the shapes of the contract."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from opastin.settings import TIME_ZONE

GREETINGS = {
    "fi": "Hei! Olen Opastin, chatbotti. Autan sinua löytämään sopivia opintoja. "
    "Voit kertoa omin sanoin, mitä mietit.",
    "sv": "Hej! Jag är Opastin, en chattbot. Jag hjälper dig att hitta studier som passar dig. "
    "Berätta med egna ord vad du funderar på.",
    "en": "Hello! I'm Opastin, a chatbot. I help you find studies that suit you. "
    "Tell me in your own words what you have in mind.",
}


def today_in_finland() -> date:
    """Return the day by which the pages count, which begins before that of UTC."""
    return datetime.now(TIME_ZONE).date()


def bot(
    text: str, *, buttons: Any = (), custom: Any = None, speaker: str = "bot"
) -> dict[str, Any]:
    """Return a reply without its number and language."""
    return {
        "from": speaker,
        "text": text,
        "buttons": [{"title": title, "payload": payload} for title, payload in buttons],
        "custom": custom,
    }


def greeting(language: str) -> dict[str, Any]:
    """Return the reply that begins a conversation."""
    return bot(
        GREETINGS[language],
        buttons=[
            ("Haluan uuden ammatin", '/inform{"goal": "new_career"}'),
            ("Haluan edetä työssäni", '/inform{"goal": "advance"}'),
            ("En tiedä vielä", "/unsure"),
        ]
        if language == "fi"
        else (),
    )


def options(today: date) -> list[dict[str, Any]]:
    """Return study options that between them hold every part of a card."""
    first = {
        "id": "sample-sosionomi-avoin",
        "type": "open_university_path",
        "title": "Sosionomi (AMK), avoimen väylän opinnot",
        "provider": "Lakeuden ammattikorkeakoulu",
        "sample": True,
        "field": "0923",
        "place": "743",
        "place_name": "Seinäjoki",
        "distance_km": 52,
        "modes": ["blended"],
        "schedule": ["evening", "weekend"],
        "weekly_hours": 12,
        "credits": 60,
        "duration_months": 12,
        "price_eur": 900,
        "teaching_languages": ["fi"],
        "level": "bachelor",
        "education_required": None,
        "apply_by": (today + timedelta(days=12)).isoformat(),
        "continuous": False,
        "starts": (today + timedelta(days=40)).isoformat(),
        "url": "https://lakeus.example/sosionomi",
        "reasons": [
            {"code": "builds_on_competence", "text": "Lähihoitajan osaamisesi on hyvä pohja."},
            {"code": "fits_schedule", "text": "Opinnot voi tehdä työn ohessa."},
            {"code": "nearby", "text": "Seinäjoelle on sinulta 52 km."},
        ],
        "warnings": [
            {"code": "closes_soon", "text": "Haku päättyy pian."},
            {"code": "sample_data", "text": "Tämä on esimerkki."},
        ],
        "actions": _actions("sample-sosionomi-avoin"),
    }
    second = first | {
        "id": "sample-johdanto",
        "type": "course",
        "title": "Johdatus sosiaalialaan",
        "provider": "Pohjanmaan avoin opisto",
        "place": None,
        "place_name": None,
        "distance_km": None,
        "modes": ["online"],
        "schedule": ["own_pace"],
        "weekly_hours": 4,
        "credits": 5,
        "duration_months": 3,
        "price_eur": 0,
        "apply_by": None,
        "continuous": True,
        "starts": None,
        "url": None,
        "reasons": [
            {"code": "free", "text": "Ei maksa mitään."},
            {"code": "first_step", "text": "Pienellä kurssilla voit kokeilla alaa."},
        ],
        "warnings": [{"code": "sample_data", "text": "Tämä on esimerkki."}],
        "actions": _actions("sample-johdanto"),
    }
    third = second | {
        "id": "sample-kompetens",
        "type": "micro_credential",
        "title": "Ohjausosaaminen monikulttuurisessa sosiaali- ja terveydenhuollossa",
        "provider": "Etelä-Pohjanmaan osaamiskeskus",
        "place": "maakunta_14",
        "place_name": "Etelä-Pohjanmaa",
        "distance_km": 0,
        "modes": ["in_person", "online"],
        "schedule": [],
        "weekly_hours": None,
        "credits": 15,
        "duration_months": None,
        "price_eur": None,
        "teaching_languages": ["sv"],
        "continuous": False,
        "url": "javascript:alert(1)",
        "reasons": [{"code": "field_match", "text": "Sosiaaliala on toiveesi."}],
        "warnings": [
            {"code": "price_unknown", "text": "Hinta ei ole tiedossa. Kysy se järjestäjältä."},
            {"code": "other_language", "text": "Opetus on ruotsiksi."},
        ],
        "actions": _actions("sample-kompetens"),
    }
    return [first, second, third]


def answers(today: date) -> list[dict[str, Any]]:
    """Return what the bot says to the first, second, ... message of a person."""
    found = options(today)
    return [
        bot(
            "Selvä: lähihoitaja, Kauhajoki, sosiaaliala, työn ohessa.\n"
            "Mihin aikaan voisit opiskella? Kysyn, jotta opinnot mahtuvat arkeesi.",
            buttons=[
                ("Iltaisin", '/inform{"schedule": ["evening"]}'),
                ("Viikonloppuisin", '/inform{"schedule": ["weekend"]}'),
                ("Omaan tahtiin", '/inform{"schedule": ["own_pace"]}'),
                ("Ei väliä", "/unsure"),
            ],
        ),
        bot(
            "Näistä voisit aloittaa.",
            custom={
                "kind": "options",
                "options": found,
                "total": 8,
                "fallback": {
                    "step": "neighbours",
                    "text": "Kauhajoelta en löytänyt tähän sopivaa. Katsoin myös lähikunnista "
                    "ja verkosta.",
                },
            },
            buttons=[
                ("Näytä lisää", "/show_more"),
                ("Edullisempia", '/refine_options{"refine": "cheaper"}'),
                ("Vain verkossa", '/refine_options{"refine": "online"}'),
            ],
        ),
        bot(
            "Sosionomi (AMK), avoimen väylän opinnot. Opinnoissa suoritat ensimmäisen vuoden "
            "opinnot avoimessa ammattikorkeakoulussa. Lisää hakemisesta: "
            "https://lakeus.example/hakeminen.",
            custom={"kind": "options", "options": found[:1], "total": 1, "fallback": None},
        ),
        bot("Tässä on jotakin, mitä en osaa vielä piirtää.", custom={"kind": "hologram"}),
        bot(
            "Soitamme sinulle pian.",
            custom={"kind": "handoff", "state": "callback", "hours": "ma–pe 9–15"},
        ),
    ]


def _actions(option: str) -> list[dict[str, str]]:
    return [{"title": "Lisätietoja", "payload": f'/ask_details{{"option": "{option}"}}'}]
