"""A small file of each format with two documents, of which the second may be wrong in many ways."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

KONFO_OIDS = ("1.2.246.562.13.01", "1.2.246.562.13.02")


@dataclass(frozen=True)
class Format:
    """How to write a file; `ids`, `price` and `day` are values of its documents.

    `price_field` and `day_field` are what a refusal must name, None where there is no such field.
    """

    name: str
    file: str
    write: Callable[..., str]
    ids: tuple[str, str]
    price_field: str | None = None
    day_field: str | None = None
    # Values may be gone without a trace where lines are whole documents.
    shows_cuts: bool = True
    nested: tuple[str, ...] = ("[", '{"a":')

    def good(self, **values: Any) -> bytes:
        options = {"ids": self.ids, "price": "40", "day": "2026-05-01", "title": "Hoitotyö"}
        return self.write(**{**options, **values}).encode()


def _csv(ids: Sequence[str], price: str, day: str, title: str) -> str:
    first, second = ids
    return (
        "id,type,provider,title_fi,price_eur,apply_by\n"
        f"{first},course,Opisto,Kurssi,1,\n{second},course,Opisto,{title},{price},{day}\n"
    )


def _outlook(ids: Sequence[str], price: str, day: str, title: str) -> str:
    first, second = ids
    return (
        "field,region,outlook,source,published,valid_to\n"
        f"{first},maakunta_14,shortage,Barometri,2026-01-15,2026-12-31\n"
        f"{second},maakunta_14,balance,{title},2026-01-15,{day}\n"
    )


def _amount(price: str) -> Any:
    return int(price) if price.isdigit() else price


def _toteutus(oid: str, koulutus: str, price: str, day: str) -> dict[str, Any]:
    return {
        "oid": oid,
        "koulutusOid": koulutus,
        "nimi": {"fi": "Kurssi"},
        "metadata": {
            "tyyppi": "vapaa-sivistystyo-muu",
            "hakuaika": {"paattyy": f"{day}T15:00"},
            "opetus": {"maksullisuustyyppi": "maksullinen", "maksunMaara": _amount(price)},
        },
    }


def _opintopolku(ids: Sequence[str], price: str, day: str, title: str) -> str:
    hits = [
        {"oid": oid, "nimi": {"fi": name}, "koulutustyyppi": "vapaa-sivistystyo-muu"}
        for oid, name in zip(ids, ("Kurssi", title), strict=True)
    ]
    return json.dumps({"total": 2, "hits": hits}, ensure_ascii=False)


def _opintopolku_document(ids: Sequence[str], price: str, day: str, title: str) -> str:
    toteutus = _toteutus("1.2.246.562.17.2", ids[1], price, day)
    return json.dumps({**toteutus, "nimi": {"fi": title}}, ensure_ascii=False)


def _kouta(ids: Sequence[str], price: str, day: str, title: str) -> str:
    first, second = ids
    koulutus = {
        "oid": first,
        "nimi": {"fi": title},
        "koulutustyyppi": "vapaa-sivistystyo-muu",
        "metadata": {"tyyppi": "vapaa-sivistystyo-muu"},
    }
    toteutus = _toteutus("1.2.246.562.17.2", second, price, day)
    return json.dumps([koulutus, toteutus], ensure_ascii=False)


def _badges(ids: Sequence[str], price: str, day: str, title: str) -> str:
    badges = [
        {"koodiUri": f"osaamismerkit_{code}", "tila": "JULKAISTU", "nimi": {"fi": name}}
        for code, name in zip(ids, ("Merkki", title), strict=True)
    ]
    return json.dumps({"data": badges}, ensure_ascii=False)


def _ooapi_documents(ids: Sequence[str], price: str, day: str, title: str) -> list[Any]:
    first, second = ids
    return [
        {"courseId": first, "name": [{"language": "fi-FI", "value": title}]},
        {"courseId": second, "name": [{"language": "fi-FI", "value": "Kurssi"}]},
        {
            "offeringId": "offering-2",
            "course": second,
            "name": [{"language": "fi-FI", "value": "Kevät"}],
            "enrollEndDate": day,
            "priceInformation": [{"amount": price, "currency": "EUR", "costType": "total costs"}],
        },
    ]


def _ooapi(ids: Sequence[str], price: str, day: str, title: str) -> str:
    return json.dumps(_ooapi_documents(ids, price, day, title), ensure_ascii=False)


def _yaml(ids: Sequence[str], price: str, day: str, title: str) -> str:
    lines = ["items:"]
    for document in _ooapi_documents(ids, price, day, title):
        pairs = (
            f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in document.items()
        )
        lines.append("- " + "\n  ".join(pairs))
    return "\n".join(lines) + "\n"


def _schemaorg(ids: Sequence[str], price: str, day: str, title: str) -> str:
    courses = [
        {
            "@type": "Course",
            "@id": f"https://opisto.example/{id_}",
            "name": name,
            "offers": {"price": cost, "priceCurrency": "EUR", "validThrough": end},
        }
        for id_, name, cost, end in zip(
            ids, ("Kurssi", title), ("1", price), ("2026-05-01", day), strict=True
        )
    ]
    root = {"@context": "https://schema.org/", "@graph": courses}
    return json.dumps(root, ensure_ascii=False)


def _page(ids: Sequence[str], price: str, day: str, title: str) -> str:
    script = _schemaorg(ids, price, day, title)
    return (
        f'<html lang="fi"><script type="application/ld+json">{script}</script><p>{title}</p></html>'
    )


def _elm(ids: Sequence[str], price: str, day: str, title: str) -> str:
    first, second = ids
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Courses>'
        f'<learningOpportunity id="http://a/{first}"><title language="fi">Kurssi</title>'
        f'</learningOpportunity><learningOpportunity id="http://a/{second}">'
        f'<title language="fi">{title}</title><applicationDeadline>{day}</applicationDeadline>'
        '<priceDetail><amount><unit uri="http://a/EUR"/>'
        f"<value>{price}</value></amount></priceDetail></learningOpportunity></Courses>"
    )


FORMATS = [
    Format("csv", "our.csv", _csv, ("a", "b"), "price_eur", "apply_by"),
    Format("outlook", "our.csv", _outlook, ("0923", "0413"), None, "valid_to"),
    Format("opintopolku", "hits.json", _opintopolku, KONFO_OIDS),
    Format(
        "opintopolku",
        "document.json",
        _opintopolku_document,
        KONFO_OIDS,
        "metadata.opetus.maksunMaara",
        "metadata.hakuaika.paattyy",
    ),
    Format(
        "kouta",
        "kouta.json",
        _kouta,
        KONFO_OIDS,
        "metadata.opetus.maksunMaara",
        "metadata.hakuaika.paattyy",
    ),
    Format("osaamismerkit", "badges.json", _badges, ("1001", "1002")),
    Format("ooapi", "ooapi.json", _ooapi, ("a", "b"), "amount", "enrollEndDate"),
    Format(
        "ooapi",
        "ooapi.yaml",
        _yaml,
        ("a", "b"),
        "amount",
        "enrollEndDate",
        shows_cuts=False,
        nested=("[", "{a: ", "- "),
    ),
    Format("schemaorg", "courses.jsonld", _schemaorg, ("a", "b"), "offers.price", "validThrough"),
    Format(
        "schemaorg",
        "page.html",
        _page,
        ("a", "b"),
        "offers.price",
        "validThrough",
        shows_cuts=False,
        nested=("[", '<script type="application/ld+json">[', "<div>", "<!--"),
    ),
    Format(
        "elm", "elm.xml", _elm, ("a", "b"), "priceDetail", "applicationDeadline", nested=("<a>",)
    ),
]
