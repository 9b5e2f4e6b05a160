"""Read what Opintopolku and Kouta say alike about an option: type, names, credits, field, words."""

from __future__ import annotations

from collections.abc import Mapping

from catalog.fields import is_field
from catalog.geography import load_geography
from catalog.importers.credits import read_credits
from catalog.importers.documents import FieldError, OfferingDocument, OptionDocument, is_safe_id
from catalog.importers.konfo import Node
from catalog.importers.skills import listed_skills
from catalog.models import LANGUAGES

NOT_AN_OPTION = "not a study option type"
NOT_PUBLISHED = "not published"

OPEN_STUDIES_TYPES = {"opintojakso": "course", "opintokokonaisuus": "study_package"}
FREE_EDUCATION_TYPES = {
    "amm-muu": "course",
    "vapaa-sivistystyo-muu": "course",
    "vapaa-sivistystyo-osaamismerkki": "skill_badge",
}
# Opintopolku has no types of their own for these; providers name them in titles.
TYPES_BY_WORD = {
    "polkuopin": "path_studies",
    "stigstudier": "path_studies",
    "path studies": "path_studies",
    "avoimen väylä": "open_university_path",
    "avoin väylä": "open_university_path",
    "väyläopin": "open_university_path",
    "öppna leden": "open_university_path",
}
FUNDING_FLAGS = {"hasJotpaRahoitus": "jotpa", "isTyovoimakoulutus": "employment_training"}


def why_not(node: Node) -> str | None:
    """Return why a document is nothing for the catalogue, or None."""
    if node.has("tila") and node.text("tila") != "julkaistu":
        return NOT_PUBLISHED
    return None if _type(node) else NOT_AN_OPTION


def _type(node: Node) -> str | None:
    """Return our type of a koulutus, toteutus or hit; None when it is none of ours."""
    metadata = node.node("metadata")
    kind = node.text("koulutustyyppi") or metadata.text("tyyppi")
    if not kind:
        raise FieldError("koulutustyyppi", "is missing")
    size = kind.removesuffix("-avoin").removeprefix("kk-").removeprefix("amk-").removeprefix("yo-")
    is_module = metadata.flag("isPieniOsaamiskokonaisuus")
    if is_module and (size in OPEN_STUDIES_TYPES or FREE_EDUCATION_TYPES.get(kind) == "course"):
        return "micro_credential"
    if kind in FREE_EDUCATION_TYPES:
        return FREE_EDUCATION_TYPES[kind]
    is_open = kind.endswith("-avoin") or any(
        part.flag("isAvoinKorkeakoulutus") for part in (node, metadata)
    )
    if not is_open or size not in OPEN_STUDIES_TYPES:
        return None
    titles = " ".join(node.titles("nimi").values()).casefold()
    named = (type_ for word, type_ in TYPES_BY_WORD.items() if word in titles)
    return next(named, OPEN_STUDIES_TYPES[size])


def read_option(
    node: Node,
    details: Node,
    *,
    oid: str,
    offerings: tuple[OfferingDocument, ...],
    manner: str,
    all_offerings: bool,
    based_on: str | None = None,
) -> OptionDocument:
    """Return what a document says about the option; `details` holds all but type and names."""
    titles = node.titles("nimi")
    if not titles and based_on is None:
        raise FieldError("nimi", "is missing")
    descriptions = details.texts("kuvaus")
    most, least = read_credits(details, titles, descriptions)
    outcomes = details.texts("osaamistavoitteet")
    return OptionDocument(
        id=oid,
        type=_type(node) or "",
        titles=titles,
        offerings=offerings,
        descriptions=descriptions,
        outcomes=outcomes,
        skills=listed_skills(outcomes),
        requirements=details.texts("lisatietoaValintaperusteista"),
        keywords=_keywords(details),
        field=_field(details),
        credits=most,
        credits_min=least,
        funding=tuple(name for flag, name in FUNDING_FLAGS.items() if details.flag(flag)),
        manner=manner,
        all_offerings=all_offerings,
        based_on=based_on,
    )


def read_oid(node: Node, key: str) -> str:
    """Return the oid under `key`, which must be one."""
    oid = node.text(key)
    if not is_safe_id(oid):
        raise FieldError(node.path(key), f"{oid!r} is no oid" if oid else "is missing")
    return oid


def site_ids(oid: str, count: int) -> list[str]:
    """Return an id for each place that one toteutus runs in."""
    return [oid, *(f"{oid}-{number}" for number in range(2, count + 1))]


def municipality(code: str | None) -> str | None:
    """Return the code if it is that of a municipality of today."""
    # A municipality that has been joined to another, or "abroad", is nowhere on our map.
    return code if code is not None and load_geography().get(code) is not None else None


def page(kind: str, oid: str, names: Mapping[str, str]) -> str:
    """Return the address of a document's page, in a language that it has."""
    language = next(filter(names.__contains__, LANGUAGES), "fi")
    return f"https://opintopolku.fi/konfo/{language}/{kind}/{oid}"


def _keywords(node: Node) -> tuple[str, ...]:
    words = [*node.nodes("asiasanat"), *node.nodes("ammattinimikkeet")]
    texts = (word.text("arvo").replace(";", ",") for word in words)
    return tuple(dict.fromkeys(text for text in texts if text))


def _field(node: Node) -> str | None:
    """Return the closest field that is named, the first where several are as close."""
    codes = [code for code in node.codes("koulutusala") if is_field(code)]
    return max(codes, key=len, default=None)
