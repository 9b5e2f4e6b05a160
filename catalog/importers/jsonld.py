"""Read things and their properties out of JSON-LD in the terms of schema.org.

Contexts are read where they stand in the document and never fetched: schema.org's own is known,
and what another one would say of a term is not needed to find schema.org's terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.importers.languages import language_of

OWN_TERMS = "urn:opastin:"
OWN_PREFIX = "opastin:"
_SCHEMA = re.compile(r"https?://(?:www\.)?schema\.org/?#?", re.IGNORECASE)
_LANGUAGE_KEY = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?|@none|und")
# Each node may add to the terms of those around it; hostile ones would add without end.
MOST_TERMS = 500

Raw = Mapping[str, Any]


@dataclass(frozen=True)
class Context:
    """What a document's terms mean; None for a term that is not of schema.org."""

    language: str
    terms: Mapping[str, str | None] = field(default_factory=dict)
    is_schema: bool = True
    # What names have been asked for: every node of a file asks for the same few.
    _names: dict[str, str | None] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def extended(self, contexts: Any) -> Context:
        """Return the context after what `@context` adds to it."""
        context = self
        for addition in contexts if isinstance(contexts, list) else [contexts]:
            if isinstance(addition, dict):
                context = context._with(addition)
            elif isinstance(addition, str) and _SCHEMA.match(addition):
                context = replace(context, is_schema=True)
        return context

    def _with(self, addition: Raw) -> Context:
        vocabulary, language = addition.get("@vocab"), addition.get("@language")
        is_schema = self.is_schema
        if isinstance(vocabulary, str):
            is_schema = _SCHEMA.fullmatch(vocabulary) is not None
        known = replace(
            self,
            is_schema=is_schema,
            language=language if isinstance(language, str) else self.language,
        )
        terms = dict(known.terms)
        for term, meaning in addition.items():
            if not term.startswith("@") and len(terms) < MOST_TERMS:
                address = meaning.get("@id", term) if isinstance(meaning, dict) else meaning
                known = replace(known, terms=terms)
                terms[term] = known._meaning(address) if isinstance(address, str) else None
        return replace(known, terms=terms)

    def name(self, term: str) -> str | None:
        """Return the name of a term in schema.org, a keyword, or one of our own terms."""
        try:
            return self._names[term]
        except KeyError:
            found = self.terms[term] if term in self.terms else self._meaning(term)
            if len(self._names) < MOST_TERMS:
                self._names[term] = found
            return found

    def _meaning(self, term: str) -> str | None:
        if term.startswith("@"):
            return term
        if ":" not in term:
            return term if self.is_schema else None
        schema = _SCHEMA.match(term)
        if schema:
            return term[schema.end() :]
        if term.startswith(OWN_TERMS):
            return OWN_PREFIX + term.removeprefix(OWN_TERMS)
        prefix, _, rest = term.partition(":")
        base = self.terms.get(prefix, {"schema": "", "sdo": "", "opastin": OWN_PREFIX}.get(prefix))
        return None if base is None else base + rest


Index = dict[str, tuple[Raw, Context]]


class Thing:
    """A node of JSON-LD; references are followed to the node that they mean."""

    def __init__(self, raw: Raw, context: Context, index: Index, path: str = "") -> None:
        self.raw = raw
        self.context = context.extended(raw["@context"]) if "@context" in raw else context
        self._index = index
        self._path = path
        self._values: dict[str, Any] = {}
        self._things: dict[str, list[Thing]] = {}
        known = self.context._names
        for key, value in raw.items():
            name = known[key] if key in known else self.context.name(key)
            if name and name not in self._values:
                self._values[name] = value
        #: The names of its types in schema.org.
        self.types = self._types()

    def path(self, key: str) -> str:
        """Return the name of a property as a reader would look for it."""
        return f"{self._path}.{key}" if self._path else key

    @property
    def id(self) -> str:
        """The address that names the thing, or nothing."""
        value = self._values.get("@id")
        return value if isinstance(value, str) else ""

    def _types(self) -> frozenset[str]:
        said = self._values.get("@type")
        if isinstance(said, str):
            name = self.context.name(said)
            return frozenset((name,)) if name else frozenset()
        names = (self.context.name(type_) for type_ in _listed(said) if isinstance(type_, str))
        return frozenset(filter(None, names))

    @property
    def is_reference(self) -> bool:
        """Say whether it only points to something that is told elsewhere."""
        if "@id" not in self._values and "url" not in self._values:
            return False
        return self._values.keys() <= {"@id", "url", "@type"}

    def values(self, key: str) -> list[Any]:
        """Return what stands under a property: a list in any case, without null."""
        found = self._values.get(key)
        if found is None:
            return []
        if isinstance(found, str):
            return [found]
        values: list[Any] = []
        for value in _listed(found):
            if isinstance(value, dict) and ("@list" in value or "@set" in value):
                values += _listed(value.get("@list", value.get("@set")))
            else:
                values.append(value)
        return [value for value in values if value is not None]

    def things(self, key: str) -> list[Thing]:
        """Return the nodes under a property; a text is a thing of this name."""
        if key not in self._values:
            return []
        # What is asked for again, by another reader, is the same.
        if key not in self._things:
            self._things[key] = self._followed_from(key)
        return self._things[key]

    def _followed_from(self, key: str) -> list[Thing]:
        things: list[Thing] = []
        values = self.values(key)
        for number, value in enumerate(values):
            path = self.path(key) if len(values) == 1 else f"{self.path(key)}[{number}]"
            if isinstance(value, str):
                value = {"@id": value} if value in self._index else {"@type": "Text", "name": value}
            elif isinstance(value, dict) and "@value" in value:
                value = {"@type": "Text", "name": value}
            if isinstance(value, dict):
                things.append(self._followed(value, path))
        return things

    def _followed(self, raw: Raw, path: str) -> Thing:
        thing = Thing(raw, self.context, self._index, path)
        if thing.is_reference and thing.id in self._index:
            found, context = self._index[thing.id]
            return Thing(found, context, self._index, path)
        return thing

    def strings(self, key: str) -> list[str]:
        """Return the texts, numbers and addresses under a property, whatever their language."""
        found = self._values.get(key)
        if found is None or isinstance(found, str):
            return [] if found is None else [found]
        return [text for _, text in self._literals(key)]

    def string(self, key: str) -> str:
        """Return the first of them, or nothing."""
        found = self._values.get(key)
        if found is None or isinstance(found, str):
            return found or ""
        return next((text for _, text in self._literals(key)), "")

    def texts(self, key: str) -> dict[str, list[str]]:
        """Return the texts under a property by language: fi, sv or en."""
        found: dict[str, list[str]] = {}
        if key not in self._values:
            return found
        for code, text in self._literals(key):
            language = language_of(code)
            if language and text.strip():
                found.setdefault(language, []).append(text)
        return found

    def _literals(self, key: str) -> Iterator[tuple[str, str]]:
        default = self.context.language
        for value in self.values(key):
            if isinstance(value, str):
                yield default, value
            elif isinstance(value, int | float) and not isinstance(value, bool):
                yield default, str(value)
            elif isinstance(value, dict) and "@value" in value:
                yield str(value.get("@language") or default), str(value["@value"])
            elif isinstance(value, dict) and set(value) == {"@id"}:
                yield default, str(value["@id"])
            elif isinstance(value, dict) and value and all(map(_LANGUAGE_KEY.fullmatch, value)):
                for code, texts in value.items():
                    yield from ((code, text) for text in _listed(texts) if isinstance(text, str))


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
