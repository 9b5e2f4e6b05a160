"""Write generated study options as files of the formats that the catalogue imports."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TextIO

from catalog.geography import load_geography
from catalog.importers.documents import OfferingDocument, OptionDocument, ProviderDocument
from catalog.models import LANGUAGES

SITE = "https://example.fi"
TEXTS = {"title": "titles", "description": "descriptions", "outcomes": "outcomes"}
OPTION_COLUMNS = (
    "type",
    "field",
    "keywords",
    "credits",
    "level",
    "education_required",
    "funding",
    *(f"{text}_{language}" for text in TEXTS for language in LANGUAGES),
)
SCHOOL_COLUMNS = (
    "provider",
    *(f"provider_{language}" for language in LANGUAGES),
    "provider_municipality",
    "provider_url",
)
OFFERING_COLUMNS = (
    "place",
    "modes",
    "schedule",
    "weekly_hours",
    "duration_months",
    "price_eur",
    "teaching_languages",
    "apply_from",
    "apply_by",
    "continuous",
    "starts",
    "url",
)
COLUMNS = ("id", *OPTION_COLUMNS, *SCHOOL_COLUMNS, "offering", *OFFERING_COLUMNS)
KOUTULUS_TYPES = {
    "course": "kk-opintojakso-avoin",
    "micro_credential": "kk-opintojakso-avoin",
    "study_package": "kk-opintokokonaisuus-avoin",
    "path_studies": "kk-opintokokonaisuus-avoin",
    "open_university_path": "kk-opintokokonaisuus-avoin",
    "skill_badge": "vapaa-sivistystyo-osaamismerkki",
}

Json = dict[str, Any]


def write_csv(options: Iterable[OptionDocument], file: TextIO) -> None:
    """Write our own table, one row an offering; only the first says what the option is."""
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for option in options:
        about = {
            name: _cell(getattr(option, name)) for name in OPTION_COLUMNS if hasattr(option, name)
        }
        for column, texts in TEXTS.items():
            for language, text in getattr(option, texts).items():
                about[f"{column}_{language}"] = text
        for offering in option.offerings:
            writer.writerow(about | {"id": option.id} | _offering_cells(offering))
            about = {}


def write_opintopolku(options: Iterable[OptionDocument], file: TextIO) -> None:
    """Write a search response with all hits, as konfo-backend answers."""
    file.write('{"hits": [')
    _write_list(map(_hit, options), file)
    file.write("]}\n")


def write_schemaorg(options: Iterable[OptionDocument], file: TextIO) -> None:
    """Write one graph of courses, in schema.org's own terms alone, as schools publish them."""
    file.write('{"@context": "https://schema.org/", "@graph": [')
    _write_list(map(_course, options), file)
    file.write("]}\n")


WRITERS: Mapping[str, Callable[[Iterable[OptionDocument], TextIO], None]] = {
    "csv": write_csv,
    "opintopolku": write_opintopolku,
    "schemaorg": write_schemaorg,
}


def _write_list(items: Iterable[Json], file: TextIO) -> None:
    for number, item in enumerate(items):
        file.write(",\n" if number else "\n")
        file.write(json.dumps(item, ensure_ascii=False))


def _offering_cells(offering: OfferingDocument) -> dict[str, str]:
    cells = {name: _cell(getattr(offering, name)) for name in OFFERING_COLUMNS}
    school = offering.provider
    if school is None:
        return cells | {"offering": offering.id, "provider": "-"}
    names = {f"provider_{language}": name for language, name in school.names.items()}
    about = {"provider_municipality": school.municipality or "", "provider_url": school.url or ""}
    return cells | names | about | {"offering": offering.id, "provider": school.id or ""}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "".join(f"{word};" for word in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _hit(option: OptionDocument) -> Json:
    places = [offering.place for offering in option.offerings if offering.place]
    school = option.offerings[0].provider
    return {
        "oid": option.id,
        "nimi": _by_language(option.titles),
        "kuvaus": {language: f"<p>{text}</p>" for language, text in option.descriptions.items()},
        "koulutustyyppi": KOUTULUS_TYPES[option.type],
        "isAvoinKorkeakoulutus": True,
        "isPieniOsaamiskokonaisuus": option.type == "micro_credential",
        "koulutusala": [{"koodiUri": f"kansallinenkoulutusluokitus2016_{option.field}#1"}],
        "opintojenLaajuusyksikko": {"koodiUri": "opintojenlaajuusyksikko_2#1"},
        "opintojenLaajuusNumero": option.credits,
        "asiasanat": [{"kieli": "fi", "arvo": word} for word in option.keywords],
        "kielivalinta": list(option.titles),
        "toteutustenTarjoajat": {"count": 1, "nimi": _by_language(school.names if school else {})},
        "toteutukset": [
            {
                "toteutusOid": option.offerings[0].id,
                "oppilaitosOid": school.id if school else None,
                "oppilaitosNimi": _by_language(school.names if school else {}),
                "kunnat": [f"kunta_{code}#2" for code in dict.fromkeys(places)],
            }
        ],
        "teemakuva": f"{SITE}/pictures/{option.id}.png",
        "_score": 1,
    }


def _by_language(texts: Mapping[str, str]) -> Json:
    return {language: texts.get(language) for language in LANGUAGES}


def _course(option: OptionDocument) -> Json:
    school = option.offerings[0].provider
    return _known(
        {
            "@type": "Course",
            "@id": f"{SITE}/{option.id}",
            "name": _words(option.titles),
            "description": _words(
                {language: f"<p>{text}</p>" for language, text in option.descriptions.items()}
            ),
            "teaches": _words(option.outcomes),
            "additionalType": option.type,
            "keywords": ", ".join(option.keywords),
            "numberOfCredits": option.credits,
            "about": option.field
            and {"@type": "DefinedTerm", "inDefinedTermSet": "ISCED-F", "termCode": option.field},
            "provider": school and _school(school),
            "hasCourseInstance": list(map(_instance, option.offerings)),
        }
    )


def _instance(offering: OfferingDocument) -> Json:
    offer = {
        "@type": "Offer",
        "price": offering.price_eur,
        "priceCurrency": "EUR",
        "validFrom": _iso(offering.apply_from),
        "validThrough": _iso(offering.apply_by),
    }
    return _known(
        {
            "@type": "CourseInstance",
            "@id": offering.url,
            "url": offering.url,
            "courseMode": [*offering.modes, *offering.schedule],
            "inLanguage": list(offering.teaching_languages),
            "startDate": _iso(offering.starts),
            "location": _place(offering.place),
            "offers": _known(offer),
        }
    )


def _school(school: ProviderDocument) -> Json:
    return {
        "@type": "EducationalOrganization",
        "name": _words(school.names),
        "url": school.url,
        "address": (_place(school.municipality) or {}).get("address"),
    }


def _place(code: str | None) -> Json | None:
    place = load_geography().get(code) if code else None
    if place is None:
        return None
    address = {"addressLocality": place.name("fi"), "addressCountry": "FI"}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **address}}


def _words(texts: Mapping[str, str]) -> list[Json]:
    return [{"@value": text, "@language": language} for language, text in texts.items()]


def _known(node: Json) -> Json:
    return {key: value for key, value in node.items() if value not in (None, [], "")}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
