"""Searches as conversations make them: a person's words, and what the person can take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from catalog.index.columns import Array
from catalog.index.filters import Filters, near_places
from catalog.index.search import Query


@dataclass(frozen=True)
class Asked:
    """What a person wants; `near` is a municipality and kilometres from it."""

    language: str
    text: str
    field: str | None = None
    near: tuple[str, int] | None = None
    max_price: float | None = None
    schedule: tuple[str, ...] = ()
    remote: bool | None = None
    types: tuple[str, ...] = ()
    education: str | None = None
    funding: tuple[str, ...] = ()
    speaks: tuple[str, ...] = ()

    def query(
        self, today: date, *, text: bool, filters: bool, vector: Array | None = None
    ) -> Query:
        """Return the search, with its words, its filters or its meaning as asked for."""
        return Query(
            text=self.text if text else "",
            language=self.language,
            vector=vector,
            filters=self.filters(today) if filters else Filters(),
        )

    def filters(self, today: date) -> Filters:
        """Return what rules options out for this person."""
        return Filters(
            field=self.field,
            types=self.types,
            teaching_languages=self.speaks or tuple(dict.fromkeys((self.language, "fi"))),
            max_price=self.max_price,
            education=self.education,
            open_on=today,
            remote=self.remote,
            near=near_places(self.near[:1], self.near[1]) if self.near else None,
            schedule=self.schedule,
            funding=self.funding,
        )


EVENING, OWN_PACE, WEEKEND = ("evening",), ("own_pace",), ("weekend",)
SEINAJOKI, TAMPERE, HELSINKI, OULU = "743", "837", "091", "564"
VAASA, TURKU, KUOPIO, JYVASKYLA, PORVOO = "905", "853", "297", "179", "638"

ASKED = (
    Asked("fi", "hoitoalan iltaopinnot", near=(SEINAJOKI, 50), schedule=EVENING),
    Asked("fi", "lähihoitajasta sosionomiksi", field="0923", near=(SEINAJOKI, 60)),
    Asked("fi", "ohjelmointi verkossa", field="0613", remote=True),
    Asked("fi", "tekoäly", remote=True, max_price=0),
    Asked("fi", "kirjanpito ja palkanlaskenta", field="0411", schedule=EVENING),
    Asked("fi", "sairaanhoitajan polkuopinnot", types=("path_studies",), education="vocational"),
    Asked("fi", "varhaiskasvatus", near=(TAMPERE, 40)),
    Asked("fi", "suomen kieli maahanmuuttajille", near=(HELSINKI, 20), max_price=50),
    Asked("fi", "englannin keskustelukurssi", schedule=EVENING, near=(TURKU, 30)),
    Asked("fi", "maatalous ja metsä", near=(KUOPIO, 100)),
    Asked("fi", "hitsaus", near=(OULU, 80)),
    Asked("fi", "puutarhanhoito viikonloppuna", schedule=WEEKEND, near=(JYVASKYLA, 50)),
    Asked("fi", "avoimen väylä tradenomi", types=("open_university_path",), education="vocational"),
    Asked("fi", "psykologian perusopinnot", field="0313", remote=True),
    Asked("fi", "yrittäjyys", max_price=100, schedule=EVENING),
    Asked("fi", "digitaidot vasta-alkajille", max_price=0, near=(KUOPIO, 30)),
    Asked("fi", "kokki ja ravintola-ala", near=(HELSINKI, 30)),
    Asked("fi", "sähköasennus", near=(TAMPERE, 60), education="basic"),
    Asked("fi", "osaamismerkki", types=("skill_badge",), max_price=0),
    Asked("fi", "Jotpa", funding=("jotpa",), remote=True),
    Asked("fi", "ikääntyneiden hoito", near=(OULU, 50), schedule=EVENING),
    Asked("fi", "kemia ja biologia", field="05", near=(TURKU, 60)),
    Asked("fi", "luonnonvara-ala omaan tahtiin", schedule=OWN_PACE),
    Asked("fi", "myynti ja markkinointi", field="0414", remote=True, max_price=300),
    Asked("fi", "kädentaidot", near=(SEINAJOKI, 30), max_price=150),
    Asked("fi", "johtaminen esimiestyö", education="bachelor", schedule=EVENING),
    Asked("fi", "tietoturva", field="0612", remote=True),
    Asked("fi", "hyvinvointi ja liikunta", near=(JYVASKYLA, 40)),
    Asked("fi", "perusopetus aikuisena", near=(HELSINKI, 15), max_price=0),
    Asked("fi", "logistiikka kuljettaja", near=(TAMPERE, 80)),
    Asked("sv", "närvårdare på kvällarna", near=(VAASA, 50), schedule=EVENING),
    Asked("sv", "sjuksköterskeutbildning", near=(VAASA, 100), education="vocational"),
    Asked("sv", "programmering på nätet", field="0613", remote=True),
    Asked("sv", "ekonomi vid sidan av jobbet", field="04", schedule=EVENING),
    Asked("sv", "svenska för nybörjare", near=(HELSINKI, 30), max_price=100),
    Asked("sv", "öppna universitetet pedagogik", remote=True),
    Asked("sv", "finska på kvällstid", near=(PORVOO, 40), schedule=EVENING, max_price=100),
    Asked("sv", "lantbruk och skog", near=(VAASA, 80)),
    Asked("sv", "digitala färdigheter", max_price=0, near=(PORVOO, 50)),
    Asked("sv", "kompetensmärke", types=("skill_badge",)),
    Asked("sv", "barn och unga, socialt arbete", field="0923", near=(VAASA, 60)),
    Asked("sv", "företagare bokföring", max_price=200, remote=True),
    Asked("sv", "AI i det lilla företaget", remote=True, speaks=("sv",)),
    Asked("sv", "snickare och byggande", near=(VAASA, 50), education="basic"),
    Asked("sv", "hälsa och välbefinnande", schedule=WEEKEND),
    Asked("en", "programming online", field="0613", remote=True, speaks=("en",)),
    Asked("en", "Finnish language for beginners", near=(HELSINKI, 20), max_price=100),
    Asked("en", "nursing path studies", near=(TAMPERE, 60), education="vocational"),
    Asked("en", "evening courses in accounting", schedule=EVENING, near=(HELSINKI, 30)),
    Asked("en", "free artificial intelligence basics", max_price=0, remote=True),
    Asked("en", "data and statistics", field="0542", remote=True, speaks=("en",)),
    Asked("en", "early childhood education", near=(TURKU, 40)),
    Asked("en", "cooking", near=(OULU, 50), max_price=150),
    Asked("en", "business and entrepreneurship", education="bachelor", speaks=("en", "fi")),
    Asked("en", "micro-credential in project management", types=("micro_credential",)),
    Asked("en", "welding or electrical work", near=(TAMPERE, 80), education="basic"),
    Asked("en", "basic skills for adults", near=(HELSINKI, 15), max_price=0),
    Asked("en", "environment and climate", field="05", schedule=OWN_PACE),
    Asked("en", "web design", remote=True, max_price=200),
    Asked("en", "social services degree", types=("open_university_path", "path_studies")),
)
