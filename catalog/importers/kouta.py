"""Read Kouta's JSON: koulutus and toteutus documents as schools write them.

They are those of Opintopolku with other names for fields with codes, and name organisations by
their oids alone. What has not been saved in Kouta has no oid of its own either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from catalog.importers import values
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
from catalog.importers.identities import id_of
from catalog.importers.json_stream import JsonStream
from catalog.importers.json_window import Source
from catalog.importers.konfo import Node
from catalog.importers.konfo_option import (
    NOT_AN_OPTION,
    page,
    read_oid,
    read_option,
    site_ids,
    why_not,
)
from catalog.importers.konfo_teaching import read_teaching
from catalog.importers.osaamismerkit import badge_id
from catalog.importers.updates import stand_in_id
from catalog.models import LANGUAGES

# Documents of the same register that tell of application rounds alone.
OTHER_DOCUMENTS = frozenset({"toteutusOid", "hakutapaKoodiUri", "hakulomakeAtaruId"})
FROM_AFAR = frozenset({"online", "distance"})
_CODE_SUFFIX = re.compile(r"KoodiUri(?:t)?$")


def read_options(source: Source, *, name: str, today: date) -> Iterator[Read]:
    """Read one document or a list of them; `name` is the file's, for messages.

    Raises UserError where the file as a whole cannot be read.
    """
    documents = JsonStream(source, name, key="documents")
    for number, document in enumerate(documents, start=1):
        yield _read(document, f"document {number}", today)


def _read(document: Any, label: str, today: date) -> Read:
    if not isinstance(document, dict):
        return Refusal(label, "document", "is not an object")
    oid, koulutus = document.get("oid"), document.get("koulutusOid")
    if isinstance(oid, str) and is_safe_id(oid):
        label = oid
    originals: dict[str, str] = {}
    node = Node(_as_opintopolku(document, originals))
    try:
        if not OTHER_DOCUMENTS.isdisjoint(document):
            return Skipped(label, NOT_AN_OPTION)
        reason = why_not(node)
        if reason:
            return Skipped(label, reason)
        return _toteutus(node, today) if node.has("koulutusOid") else _koulutus(node)
    except FieldError as error:
        path = ".".join(originals.get(part, part) for part in error.field.split("."))
        option = koulutus or oid
        known = option if isinstance(option, str) else None
        return Refusal(label, path, error.reason, option=known)


def _as_opintopolku(document: Mapping[str, Any], originals: dict[str, str]) -> dict[str, Any]:
    """Return the document with the names that Opintopolku has; note what they were."""
    renamed = _renamed(document, originals)
    metadata = renamed.get("metadata")
    if isinstance(metadata, dict):
        metadata = renamed["metadata"] = _renamed(metadata, originals)
        if isinstance(metadata.get("opetus"), dict):
            metadata["opetus"] = _renamed(metadata["opetus"], originals)
    return renamed


def _renamed(values: Mapping[str, Any], originals: dict[str, str]) -> dict[str, Any]:
    renamed: dict[str, Any] = {}
    for key, value in values.items():
        name = _CODE_SUFFIX.sub("", key)
        if name == key or name not in values:
            renamed[name] = value
            originals[name] = key
    return renamed


def _koulutus(node: Node) -> OptionDocument:
    metadata = node.node("metadata")
    badge = metadata.code("osaamismerkki")
    option_id = read_oid(node, "oid") if node.has("oid") else _unsaved_id(node, badge)
    providers = _providers(node)
    stand_in = OfferingDocument(
        id=stand_in_id(option_id),
        # With several, which of them it is can only be told by a toteutus.
        provider=providers[0] if len(providers) == 1 else None,
        url=page("koulutus", option_id, node.titles("nimi")) if node.has("oid") else None,
        outline=True,
    )
    return read_option(
        node,
        metadata,
        oid=option_id,
        offerings=(stand_in,),
        manner="refresh",
        all_offerings=False,
        based_on=badge_id(badge) if badge else None,
    )


def _toteutus(node: Node, today: date) -> OptionDocument:
    option_id = read_oid(node, "koulutusOid")
    oid = read_oid(node, "oid") if node.has("oid") else _unsaved_id(node, option_id)
    teaching = read_teaching(node, today=today)
    offering = replace(
        teaching,
        url=_address(node, oid),
        is_at_provider=not teaching.modes or not FROM_AFAR.issuperset(teaching.modes),
    )
    providers = _providers(node) or [None]
    offerings = tuple(
        replace(offering, id=offering_id, provider=provider)
        for offering_id, provider in zip(site_ids(oid, len(providers)), providers, strict=True)
    )
    return read_option(
        node,
        node.node("metadata"),
        oid=option_id,
        offerings=offerings,
        manner="fill",
        all_offerings=False,
    )


def _unsaved_id(node: Node, within: str | None) -> str:
    """Return an id, the same at each import, for what Kouta has not given one yet."""
    names = node.titles("nimi")
    name = next((names[language] for language in LANGUAGES if language in names), "")
    own = node.text("externalId") or node.node("metadata").text("tunniste") or name or within
    if not own:
        raise FieldError("oid", "is missing, and so are externalId, tunniste and nimi")
    kind = node.text("koulutustyyppi") or node.node("metadata").text("tyyppi")
    identity = (node.text("organisaatioOid"), kind, within or "", own)
    return id_of("|".join(identity), stem=own)


def _providers(node: Node) -> list[ProviderDocument | None]:
    oids = []
    for oid in node.strings("tarjoajat"):
        if not isinstance(oid, str) or not is_safe_id(oid):
            raise FieldError("tarjoajat", f"{oid!r} is no oid")
        oids.append(oid)
    return [ProviderDocument(id=oid, optional=True) for oid in dict.fromkeys(oids)]


def _address(node: Node, oid: str) -> str | None:
    """Return the page of a toteutus, or else that of its own form."""
    if node.has("oid"):
        return page("toteutus", oid, node.titles("nimi"))
    link = node.node("metadata").node("hakulomakeLinkki")
    texts = (link.text(language) for language in LANGUAGES)
    return values.read_address("metadata.hakulomakeLinkki", next(filter(None, texts), ""))
