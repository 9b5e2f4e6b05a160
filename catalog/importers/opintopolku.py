"""Read Opintopolku's JSON: search responses, and koulutus and toteutus documents (konfo-backend).

A hit of the search says what can be studied, but not where, how, until when or at what price.
A toteutus says that of one offering; both may be imported in any order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from catalog.fields import is_field
from catalog.geography import load_geography
from catalog.importers.credits import read_credits
from catalog.importers.documents import (
    FieldError,
    OfferingDocument,
    OptionDocument,
    ProviderDocument,
    Read,
    Refusal,
    Skipped,
    is_safe_id,
)
from catalog.importers.konfo import Node
from catalog.importers.konfo_teaching import read_teaching
from catalog.importers.updates import stand_in_id
from catalog.models import LANGUAGES
from opastin.errors import UserError

SOURCE = "opintopolku"
NOT_AN_OPTION = "not a study option type"
NOT_PUBLISHED = "not published"

OPEN_STUDIES_TYPES = {"opintojakso": "course", "opintokokonaisuus": "study_package"}
FREE_EDUCATION_TYPES = {
    "vapaa-sivistystyo-muu": "course",
    "vapaa-sivistystyo-osaamismerkki": "skill_badge",
}
# Opintopolku has no types of their own for these; providers name them in titles.
TYPES_BY_WORD = {
    "polkuopin": "path_studies",
    "ledstudier": "path_studies",
    "stigstudier": "path_studies",
    "path studies": "path_studies",
    "avoimen väylä": "open_university_path",
    "avoin väylä": "open_university_path",
    "väyläopin": "open_university_path",
    "öppna leden": "open_university_path",
}


def read_options(data: bytes, *, name: str, today: date) -> Iterator[Read]:
    """Read a search response or one document; `name` is the file's, for messages.

    Raises UserError before the first document where the file as a whole cannot be read.
    """
    root = _root(data, name)
    if "hits" in root:
        for number, hit in enumerate(root["hits"], start=1):
            yield _read(hit, f"hit {number}", _hit, today)
    elif "koulutusOid" in root:
        yield _read(root, name, _toteutus, today)
    else:
        yield _read(root, name, _koulutus, today)


def _root(data: bytes, name: str) -> dict[str, Any]:
    try:
        root = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise UserError(
            f"{name} is not UTF-8 (byte {error.start}); Opintopolku's JSON is, so fetch it again."
        ) from error
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "its start"
        raise UserError(
            f"{name} is not whole JSON (wrong at {where}); fetch it again from Opintopolku."
        ) from error
    if not isinstance(root, dict) or not (isinstance(root.get("hits"), list) or "oid" in root):
        raise UserError(
            f"{name} is not from Opintopolku: "
            "it has neither `hits`, as a search response, nor an `oid`, as a document."
        )
    return root


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _read(
    value: Any, label: str, read: Callable[[Node, date], OptionDocument], today: date
) -> Read:
    if not isinstance(value, dict):
        return Refusal(label, "document", "is not an object")
    oid = value.get("oid")
    if isinstance(oid, str) and is_safe_id(oid):
        label = oid
    node = Node(value)
    try:
        reason = _why_not(node)
        return Skipped(label, reason) if reason else read(node, today)
    except FieldError as error:
        return Refusal(label, error.field, error.reason)


def _why_not(node: Node) -> str | None:
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
    if kind in FREE_EDUCATION_TYPES:
        return FREE_EDUCATION_TYPES[kind]
    is_open = kind.endswith("-avoin") or any(
        part.flag("isAvoinKorkeakoulutus") for part in (node, metadata)
    )
    size = kind.removesuffix("-avoin").removeprefix("kk-").removeprefix("amk-").removeprefix("yo-")
    if not is_open or size not in OPEN_STUDIES_TYPES:
        return None
    if metadata.flag("isPieniOsaamiskokonaisuus"):
        return "micro_credential"
    titles = " ".join(node.titles("nimi").values()).casefold()
    named = (type_ for word, type_ in TYPES_BY_WORD.items() if word in titles)
    return next(named, OPEN_STUDIES_TYPES[size])


def _hit(node: Node, today: date) -> OptionDocument:
    oid = _oid(node, "oid")
    names = node.titles("nimi")
    offerings = [
        offering
        for realisation in node.nodes("toteutukset")
        for offering in _outlines(realisation, names)
    ]
    stand_in = OfferingDocument(
        id=stand_in_id(oid),
        provider=_provider(node.node("toteutustenTarjoajat"), None),
        url=_page("koulutus", oid, names),
        outline=True,
    )
    return _option(
        node,
        node,
        oid=oid,
        offerings=tuple(offerings) or (stand_in,),
        manner="refresh",
        all_offerings=bool(offerings),
    )


def _koulutus(node: Node, today: date) -> OptionDocument:
    oid = _oid(node, "oid")
    providers = [_provider(provider, "oid") for provider in node.nodes("tarjoajat")]
    stand_in = OfferingDocument(
        id=stand_in_id(oid),
        # With several, which of them it is can only be told by a toteutus.
        provider=providers[0] if len(providers) == 1 else None,
        url=_page("koulutus", oid, node.titles("nimi")),
        outline=True,
    )
    return _option(
        node,
        node.node("metadata"),
        oid=oid,
        offerings=(stand_in,),
        manner="refresh",
        all_offerings=False,
    )


def _toteutus(node: Node, today: date) -> OptionDocument:
    oid = _oid(node, "oid")
    teaching = read_teaching(node, today=today)
    url = _page("toteutus", oid, node.titles("nimi"))
    sites = [
        (_provider(site, "oid"), _municipality(site.code("paikkakunta")))
        for site in node.nodes("tarjoajat")
    ] or [(None, None)]
    offerings = tuple(
        replace(teaching, id=offering_id, provider=provider, place=place, url=url)
        for offering_id, (provider, place) in zip(_ids(oid, len(sites)), sites, strict=True)
    )
    return _option(
        node,
        node.node("metadata"),
        oid=_oid(node, "koulutusOid"),
        offerings=offerings,
        manner="fill",
        all_offerings=False,
    )


def _option(
    node: Node,
    details: Node,
    *,
    oid: str,
    offerings: tuple[OfferingDocument, ...],
    manner: str,
    all_offerings: bool,
) -> OptionDocument:
    titles = node.titles("nimi")
    if not titles:
        raise FieldError("nimi", "is missing")
    descriptions = details.texts("kuvaus")
    most, least = read_credits(details, titles, descriptions)
    return OptionDocument(
        id=oid,
        type=_type(node) or "",
        titles=titles,
        offerings=offerings,
        descriptions=descriptions,
        outcomes=details.texts("osaamistavoitteet"),
        requirements=details.texts("lisatietoaValintaperusteista"),
        keywords=_keywords(details),
        field=_field(details),
        credits=most,
        credits_min=least,
        manner=manner,
        all_offerings=all_offerings,
    )


def _outlines(node: Node, names: Mapping[str, str]) -> Iterator[OfferingDocument]:
    """Yield an offering for each municipality that a hit's toteutus runs in."""
    oid = _oid(node, "toteutusOid")
    places = list(map(_municipality, node.codes("kunnat"))) or [None]
    school = ProviderDocument(
        id=_oid(node, "oppilaitosOid") if node.has("oppilaitosOid") else None,
        names=node.titles("oppilaitosNimi"),
    )
    for offering_id, place in zip(_ids(oid, len(places)), places, strict=True):
        yield OfferingDocument(
            id=offering_id,
            provider=school if school.names else None,
            place=place,
            url=_page("toteutus", oid, names),
            outline=True,
        )


def _ids(oid: str, count: int) -> list[str]:
    return [oid, *(f"{oid}-{number}" for number in range(2, count + 1))]


def _oid(node: Node, key: str) -> str:
    oid = node.text(key)
    if not is_safe_id(oid):
        raise FieldError(node.path(key), f"{oid!r} is no oid" if oid else "is missing")
    return oid


def _provider(node: Node, id_key: str | None) -> ProviderDocument | None:
    names = node.titles("nimi")
    if not names:
        return None
    return ProviderDocument(id=_oid(node, id_key) if id_key else None, names=names)


def _municipality(code: str | None) -> str | None:
    # A municipality that has been joined to another, or "abroad", is nowhere on our map.
    return code if code is not None and load_geography().get(code) is not None else None


def _keywords(node: Node) -> tuple[str, ...]:
    words = [*node.nodes("asiasanat"), *node.nodes("ammattinimikkeet")]
    texts = (word.text("arvo").replace(";", ",") for word in words)
    return tuple(dict.fromkeys(text for text in texts if text))


def _field(node: Node) -> str | None:
    """Return the closest field that is named, the first where several are as close."""
    codes = [code for code in node.codes("koulutusala") if is_field(code)]
    return max(codes, key=len, default=None)


def _page(kind: str, oid: str, names: Mapping[str, str]) -> str:
    language = next(filter(names.__contains__, LANGUAGES), "fi")
    return f"https://opintopolku.fi/konfo/{language}/{kind}/{oid}"
