"""Read Opintopolku's JSON: search responses, and koulutus and toteutus documents (konfo-backend).

A hit of the search says what can be studied, but not where, how, until when or at what price.
A toteutus says that of one offering; both may be imported in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

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
from catalog.importers.json_stream import JsonStream
from catalog.importers.json_window import Source
from catalog.importers.konfo import Node
from catalog.importers.konfo_option import (
    municipality,
    page,
    read_oid,
    read_option,
    site_ids,
    why_not,
)
from catalog.importers.konfo_teaching import read_teaching
from catalog.importers.updates import stand_in_id
from opastin.errors import UserError

HITS = "hits"


def read_options(source: Source, *, name: str, today: date) -> Iterator[Read]:
    """Read a search response or one document; `name` is the file's, for messages.

    Raises UserError where the file as a whole cannot be read.
    """
    hits = JsonStream(source, name, key=HITS)
    for number, item in enumerate(hits, start=1):
        if hits.shape == "key":
            yield read_hit(item, f"hit {number}", today)
        elif hits.shape == "list" or "oid" not in item:
            raise not_of_opintopolku(name)
        elif "koulutusOid" in item:
            yield read_toteutus(item, name, today)
        else:
            yield read_koulutus(item, name, today)
    if hits.shape == "list":
        raise not_of_opintopolku(name)


def not_of_opintopolku(name: str) -> UserError:
    """Return the error for a file that has another shape than Opintopolku's."""
    return UserError(
        f"{name} is not from Opintopolku: "
        "it has neither `hits`, as a search response, nor an `oid`, as a document."
    )


def read_hit(value: Any, label: str, today: date) -> Read:
    """Read a hit of a search; `label` names it where it has no oid."""
    return _read(value, label, _hit, today)


def read_koulutus(value: Any, label: str, today: date) -> Read:
    """Read a koulutus document."""
    return _read(value, label, _koulutus, today)


def read_toteutus(value: Any, label: str, today: date) -> Read:
    """Read a toteutus document."""
    return _read(value, label, _toteutus, today)


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
        reason = why_not(node)
        return Skipped(label, reason) if reason else read(node, today)
    except FieldError as error:
        option = value.get("koulutusOid") or oid
        known = option if isinstance(option, str) else None
        return Refusal(label, error.field, error.reason, option=known)


def _hit(node: Node, today: date) -> OptionDocument:
    oid = read_oid(node, "oid")
    names = node.titles("nimi")
    offerings = [
        offering
        for realisation in node.nodes("toteutukset")
        for offering in _outlines(realisation, names)
    ]
    stand_in = OfferingDocument(
        id=stand_in_id(oid),
        provider=_provider(node.node("toteutustenTarjoajat"), None),
        url=page("koulutus", oid, names),
        outline=True,
    )
    return read_option(
        node,
        node,
        oid=oid,
        offerings=tuple(offerings) or (stand_in,),
        manner="refresh",
        all_offerings=bool(offerings),
    )


def _koulutus(node: Node, today: date) -> OptionDocument:
    oid = read_oid(node, "oid")
    providers = [_provider(provider, "oid") for provider in node.nodes("tarjoajat")]
    stand_in = OfferingDocument(
        id=stand_in_id(oid),
        # With several, which of them it is can only be told by a toteutus.
        provider=providers[0] if len(providers) == 1 else None,
        url=page("koulutus", oid, node.titles("nimi")),
        outline=True,
    )
    return read_option(
        node,
        node.node("metadata"),
        oid=oid,
        offerings=(stand_in,),
        manner="refresh",
        all_offerings=False,
    )


def _toteutus(node: Node, today: date) -> OptionDocument:
    oid = read_oid(node, "oid")
    teaching = read_teaching(node, today=today)
    url = page("toteutus", oid, node.titles("nimi"))
    sites = [
        (_provider(site, "oid"), municipality(site.code("paikkakunta")))
        for site in node.nodes("tarjoajat")
    ] or [(None, None)]
    offerings = tuple(
        replace(teaching, id=offering_id, provider=provider, place=place, url=url)
        for offering_id, (provider, place) in zip(site_ids(oid, len(sites)), sites, strict=True)
    )
    return read_option(
        node,
        node.node("metadata"),
        oid=read_oid(node, "koulutusOid"),
        offerings=offerings,
        manner="fill",
        all_offerings=False,
    )


def _outlines(node: Node, names: Mapping[str, str]) -> Iterator[OfferingDocument]:
    """Yield an offering for each municipality that a hit's toteutus runs in."""
    oid = read_oid(node, "toteutusOid")
    places = list(map(municipality, node.codes("kunnat"))) or [None]
    school = ProviderDocument(
        id=read_oid(node, "oppilaitosOid") if node.has("oppilaitosOid") else None,
        names=node.titles("oppilaitosNimi"),
    )
    for offering_id, place in zip(site_ids(oid, len(places)), places, strict=True):
        yield OfferingDocument(
            id=offering_id,
            provider=school if school.names else None,
            place=place,
            url=page("toteutus", oid, names),
            outline=True,
        )


def _provider(node: Node, id_key: str | None) -> ProviderDocument | None:
    names = node.titles("nimi")
    if not names:
        return None
    return ProviderDocument(id=read_oid(node, id_key) if id_key else None, names=names)
