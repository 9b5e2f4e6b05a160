"""Find or add the providers that documents speak of."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.importers.documents import FieldError, ProviderDocument
from catalog.models import LANGUAGES, Provider


class ProviderStore:
    """The stored providers, by id and by any of their names."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._by_id: dict[str, Provider] = {}
        self._by_name: dict[str, Provider] = {}
        # Ids of those that have been stored under other names before.
        self.renamed: set[str] = set()
        for provider in session.scalars(select(Provider).order_by(Provider.id)):
            self._remember(provider)

    def define(self, document: ProviderDocument) -> None:
        """Add a provider, or make the stored one like the document, which has an id."""
        provider = self._by_id.get(document.id or "")
        if provider is None:
            self._add(document, document.id or "")
            return
        earlier = self.names(provider.id)
        for language in LANGUAGES:
            setattr(provider, f"name_{language}", document.names.get(language))
        if self.names(provider.id) != earlier:
            self.renamed.add(provider.id)
        provider.municipality = document.municipality
        provider.url = document.url
        self._remember(provider)

    def names(self, provider_id: str) -> tuple[str, ...]:
        """Return the names of a stored provider."""
        provider = self._by_id[provider_id]
        return tuple(filter(None, (provider.name_fi, provider.name_sv, provider.name_en)))

    def find_id(self, document: ProviderDocument | None) -> str | None:
        """Return the id of the stored provider that the document means, or None."""
        provider = None if document is None else self._find(document)
        return None if provider is None else provider.id

    def check(self, document: ProviderDocument) -> None:
        """Raise FieldError where the document only refers to a provider that is not stored."""
        if not document.names and not document.optional and self._find(document) is None:
            raise FieldError(
                "provider",
                f"no provider has the id {document.id!r}; import the providers first, "
                "or write the provider's name",
            )

    def municipality(self, document: ProviderDocument) -> str | None:
        """Return the municipality of the provider that the document means, or None."""
        provider = self._find(document)
        return None if provider is None else provider.municipality

    def resolve(self, document: ProviderDocument) -> str | None:
        """Return the id of the provider that the document means, after adding a new one.

        None is for one that is optional and unknown.
        """
        self.check(document)
        provider = self._find(document)
        if provider is None:
            if not document.names:
                return None
            provider = self._add(document, document.id or self._free_id(document))
        return provider.id

    def _find(self, document: ProviderDocument) -> Provider | None:
        if document.id is not None:
            return self._by_id.get(document.id)
        names = (document.names.get(language, "").casefold() for language in LANGUAGES)
        return next((self._by_name[name] for name in names if name in self._by_name), None)

    def _add(self, document: ProviderDocument, provider_id: str) -> Provider:
        provider = Provider(
            id=provider_id,
            name_fi=document.names.get("fi"),
            name_sv=document.names.get("sv"),
            name_en=document.names.get("en"),
            municipality=document.municipality,
            url=document.url,
        )
        self._session.add(provider)
        self._remember(provider)
        return provider

    def _remember(self, provider: Provider) -> None:
        self._by_id[provider.id] = provider
        for name in (provider.name_fi, provider.name_sv, provider.name_en):
            if name:
                self._by_name.setdefault(name.casefold(), provider)

    def _free_id(self, document: ProviderDocument) -> str:
        """Return an id made of the name: "Härmän opisto" gives `harman-opisto`."""
        name = next(filter(None, map(document.names.get, LANGUAGES)))
        letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
        stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80] or "provider"
        number, candidate = 1, stem
        while candidate in self._by_id:
            number += 1
            candidate = f"{stem}-{number}"
        return candidate
